"""A multi-layer perceptron in NumPy, built one function at a time."""
