"""The training loop: forward, loss, backward, a small step downhill, again.

Inside the network samples are columns again: X is (n_features, m), Y is (1, m).
"""

import numpy as np

from mlp.backprop import backward
from mlp.forward import binary_cross_entropy, forward, initialize_parameters


def update_parameters(parameters, gradients, learning_rate):
    """One step of gradient descent: every parameter minus learning_rate times its gradient.

    parameters: one (W, b) per layer. gradients: one (dW, db) per layer, of the same shapes.
    learning_rate: a float > 0.
    Returns a new list of (W, b); the old one stays as it was.
    Source: Cauchy, Comptes Rendus, 1847.

    >>> parameters = [(np.array([[1.0]]), np.array([[2.0]]))]
    >>> gradients = [(np.array([[0.5]]), np.array([[-1.0]]))]
    >>> update_parameters(parameters, gradients, learning_rate=0.1)
    [(array([[0.95]]), array([[2.1]]))]
    """
    raise NotImplementedError("update_parameters")


class MLP:
    """A multi-layer perceptron for two classes, trained by full-batch gradient descent."""

    def __init__(self, layer_sizes, activations, learning_rate=0.1, seed=42):
        """A network that has learned nothing yet: draw its first parameters.

        layer_sizes: [n_features, ..., 1]. activations: one name per layer, the last is
        "sigmoid". learning_rate: a float > 0. seed: int, for initialize_parameters.
        `self.parameters` gives the current parameters, one (W, b) per layer.

        >>> model = MLP([2, 3, 1], ["relu", "sigmoid"], learning_rate=0.5, seed=0)
        >>> [W.shape for W, b in model.parameters]
        [(3, 2), (1, 3)]
        """
        raise NotImplementedError("MLP")

    def forward(self, X):
        """Y_hat: the probability of class 1 for each sample, with the current parameters.

        X: (n_features, m). Returns (1, m).

        >>> model = MLP([2, 3, 1], ["relu", "sigmoid"])
        >>> model.forward(np.zeros((2, 4)))
        array([[0.5, 0.5, 0.5, 0.5]])
        """
        raise NotImplementedError("MLP.forward")

    def predict(self, X):
        """The likelier class of each sample: 1 where Y_hat is above 0.5, 0 where it is below.

        X: (n_features, m). Returns integers, (1, m). Exactly 0.5 may go either way.

        >>> model = MLP([1, 1], ["sigmoid"])
        >>> losses = model.train(np.array([[-1.0, 1.0]]), np.array([[0, 1]]), verbose=False)
        >>> model.predict(np.array([[-2.0, -0.1, 0.1, 2.0]]))
        array([[0, 0, 1, 1]])
        """
        raise NotImplementedError("MLP.predict")

    def train(self, X, Y, epochs=1000, print_every=100, verbose=True):
        """Full-batch gradient descent: `epochs` times forward, loss, backward, update.

        X: (n_features, m). Y: (1, m), labels 0 or 1. With verbose, the loss is printed every
        `print_every` epochs.
        Returns a list with one loss per epoch, each taken before that epoch's update. Training
        again goes on from where it stood.

        >>> model = MLP([1, 1], ["sigmoid"], learning_rate=1.0)
        >>> X, Y = np.array([[-1.0, 1.0]]), np.array([[0, 1]])
        >>> losses = model.train(X, Y, epochs=50, verbose=False)
        >>> len(losses), losses[-1] < losses[0]
        (50, True)
        """
        raise NotImplementedError("MLP.train")

    def evaluate(self, X, Y):
        """The accuracy: the share of samples whose class predict gets right.

        X: (n_features, m). Y: (1, m), labels 0 or 1. Returns a float in [0, 1].

        >>> model = MLP([1, 1], ["sigmoid"])
        >>> losses = model.train(np.array([[-1.0, 1.0]]), np.array([[0, 1]]), verbose=False)
        >>> model.evaluate(np.array([[-2.0, -0.1, 0.1, 2.0]]), np.array([[0, 0, 0, 1]]))
        0.75
        """
        raise NotImplementedError("MLP.evaluate")


def compare_learning_rates(
    X_train, Y_train, X_test, Y_test, learning_rates, layer_sizes, activations, epochs=1000, seed=42
):
    """The test accuracy that each learning rate reaches, all from the same start.

    X_train: (n_features, m). Y_train: (1, m). X_test, Y_test: the same for the test part.
    learning_rates: floats. layer_sizes, activations, epochs, seed: as for MLP and train.
    Returns {learning_rate: test accuracy}: a fresh network for each, from the same seed. Prints
    nothing.

    >>> X, Y = np.array([[-2.0, -1.0, 1.0, 2.0]]), np.array([[0, 0, 1, 1]])
    >>> compare_learning_rates(X, Y, X, Y, [0.1, 1.0], [1, 1], ["sigmoid"], epochs=100)
    {0.1: 1.0, 1.0: 1.0}
    """
    raise NotImplementedError("compare_learning_rates")
