"""How fast the program is beside its peers, and beside what this machine could do."""
