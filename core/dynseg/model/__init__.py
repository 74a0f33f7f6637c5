"""The network: dynamic convolution, heads, model files."""
