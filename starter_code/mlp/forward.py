"""From inputs to predictions, and from predictions to one number that says how wrong they are.

Samples are columns: X is (n_features, m), one column per sample, and a layer turns all m of
them at once.
"""

from itertools import pairwise

import numpy as np

from mlp.activations import ACTIVATIONS


def collapse_linear_layers(W1, b1, W2, b2):
    """One linear layer that does the work of two: W x + b = W2 (W1 x + b1) + b2 for every x.

    W1: (n_hidden, n_in), b1: (n_hidden, 1), W2: (n_out, n_hidden), b2: (n_out, 1).
    Returns (W, b), of shapes (n_out, n_in) and (n_out, 1). This is why depth without
    activations is worth nothing.

    >>> W1, b1 = np.array([[1.0, 2.0]]), np.array([[1.0]])
    >>> W2, b2 = np.array([[3.0]]), np.array([[0.5]])
    >>> collapse_linear_layers(W1, b1, W2, b2)
    (array([[3., 6.]]), array([[3.5]]))
    """
    raise NotImplementedError("collapse_linear_layers")


def initialize_parameters(layer_sizes, seed=42):
    """He initialisation: weights normal with standard deviation sqrt(2 / n_in), biases zero.

    layer_sizes: [n_0, n_1, ..., n_L], inputs first. seed: int; the same seed gives the same
    parameters.
    Returns a list with one (W, b) per layer: W is (n_out, n_in), b is (n_out, 1). The scale
    keeps the size of the activations about the same from layer to layer when half of them are
    cut off by relu.
    Source: He, Zhang, Ren and Sun, ICCV 2015.

    >>> parameters = initialize_parameters([2, 3, 1])
    >>> [(W.shape, b.shape) for W, b in parameters]
    [((3, 2), (3, 1)), ((1, 3), (1, 1))]
    """
    raise NotImplementedError("initialize_parameters")


def linear_forward(A_prev, W, b):
    """Z = W A_prev + b: the pre-activations of one layer, for all samples at once.

    A_prev: (n_in, m), one column per sample. W: (n_out, n_in). b: (n_out, 1), added to every
    column.
    Returns Z, (n_out, m).

    >>> A_prev = np.array([[1.0, 0.0], [2.0, 1.0]])
    >>> linear_forward(A_prev, W=np.array([[1.0, -1.0]]), b=np.array([[0.5]]))
    array([[-0.5, -0.5]])
    """
    raise NotImplementedError("linear_forward")


def forward(X, parameters, activations):
    """The forward pass: layer by layer Z = W A_prev + b and A = activation(Z), from A = X on.

    X: (n_features, m). parameters: one (W, b) per layer. activations: one name per layer, out
    of "sigmoid", "relu", "tanh".
    Returns (Y_hat, cache): Y_hat is the last layer's activation, (n_out, m); cache is a list
    with one (A_prev, Z) per layer, in forward order, which backpropagation will need.

    >>> hidden = np.array([[1.0], [-1.0]]), np.zeros((2, 1))
    >>> parameters = [hidden, (np.array([[1.0, 1.0]]), np.array([[-2.0]]))]
    >>> Y_hat, cache = forward(np.array([[2.0, -3.0]]), parameters, ["relu", "sigmoid"])
    >>> Y_hat.round(4)
    array([[0.5   , 0.7311]])
    >>> [(A_prev.shape, Z.shape) for A_prev, Z in cache]
    [((1, 2), (2, 2)), ((2, 2), (1, 2))]
    """
    raise NotImplementedError("forward")


def binary_cross_entropy(Y_hat, Y):
    """The mean loss over m samples: -mean(Y log(Y_hat) + (1 - Y) log(1 - Y_hat)).

    Y_hat: (1, m), predicted probabilities. Y: (1, m), labels 0 or 1. Returns a float, in nats
    (the logarithm is the natural one): 0 for perfect predictions, log 2 = 0.693 for a coin
    toss. Finite also where Y_hat is exactly 0 or 1: keep what a logarithm is taken of away from
    0, by a clip at no more than 1e-7 or by adding no more than 1e-12.
    Source: the negative log-likelihood of a Bernoulli variable; Bishop, "Pattern Recognition
    and Machine Learning", 4.3.2.

    >>> round(binary_cross_entropy(np.array([[0.9, 0.2]]), np.array([[1, 0]])), 4)
    0.1643
    """
    raise NotImplementedError("binary_cross_entropy")
