"""Processes that decode images and draft proposals for the one that has the model.

Threads do not do: decoding and tracing hold Python's lock for half of their time, so a machine of
sixteen cores and a GPU was as slow as one of two (78 images a second, of 2,400 that the network
can do).
"""
