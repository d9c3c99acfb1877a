"""Backpropagation: the chain rule, one layer at a time, from the loss back to every weight.

Every gradient is the exact derivative of the *mean* loss over the m samples. The 1/m enters
once, in output_error; all later steps only pass it on.
"""

import numpy as np

from mlp.activations import ACTIVATIONS
from mlp.forward import binary_cross_entropy, forward


def output_error(Y_hat, Y):
    """dL/dZ of a sigmoid output layer under the mean binary cross-entropy: (Y_hat - Y) / m.

    Y_hat: (1, m), the output layer's activation. Y: (1, m), labels 0 or 1. Returns (1, m),
    finite also where Y_hat is exactly 0 or 1: the sigmoid's slope and the loss's cancel.
    Source: Nielsen, "Neural Networks and Deep Learning", chapter 3.

    >>> output_error(np.array([[0.75, 0.25]]), np.array([[1, 0]]))
    array([[-0.125,  0.125]])
    """
    return (Y_hat - Y) / Y.shape[1]


def layer_backward(dZ, A_prev, W):
    """From dL/dZ of one layer to the gradients of all that went into Z = W A_prev + b.

    dZ: (n_out, m). A_prev: (n_in, m). W: (n_out, n_in).
    Returns (dA_prev, dW, db): dA_prev = W^T dZ, (n_in, m); dW = dZ A_prev^T, (n_out, n_in);
    db = the sum of each row of dZ, (n_out, 1). Nothing is divided by m here: dZ already was.
    Source: Rumelhart, Hinton and Williams, Nature 323, 1986.

    >>> dZ, A_prev, W = np.array([[1.0, 2.0]]), np.array([[3.0, 4.0]]), np.array([[5.0]])
    >>> layer_backward(dZ, A_prev, W)
    (array([[ 5., 10.]]), array([[11.]]), array([[3.]]))
    """
    return W.T @ dZ, dZ @ A_prev.T, dZ.sum(axis=1, keepdims=True)


def backward(Y_hat, Y, cache, parameters, activations):
    """The gradients of the mean loss for all layers, from the last to the first.

    Y_hat: (1, m) and cache: one (A_prev, Z) per layer, both as forward returned them.
    Y: (1, m). parameters: one (W, b) per layer. activations: one name per layer; the last is
    "sigmoid".
    Returns a list with one (dW, db) per layer in forward order, shaped like the parameters.
    Between two layers, dZ = dA * activation'(Z), with the Z of the layer that made A.
    Source: the tutorial by R. Mondal, 2025; Goodfellow, Bengio and Courville, "Deep Learning",
    algorithm 6.4.

    >>> X, Y = np.array([[1.0, -1.0]]), np.array([[1, 0]])
    >>> b = np.array([[0.0]])
    >>> parameters = [(np.array([[2.0]]), b), (np.array([[1.0]]), b)]
    >>> Y_hat, cache = forward(X, parameters, ["relu", "sigmoid"])
    >>> gradients = backward(Y_hat, Y, cache, parameters, ["relu", "sigmoid"])
    >>> [(dW.round(4).tolist(), db.round(4).tolist()) for dW, db in gradients]
    [([[-0.0596]], [[-0.0596]]), ([[-0.1192]], [[0.1904]])]
    """
    dZ = output_error(Y_hat, Y)
    gradients = []
    for layer in reversed(range(len(parameters))):
        A_prev, _ = cache[layer]
        W, _ = parameters[layer]
        dA_prev, dW, db = layer_backward(dZ, A_prev, W)
        gradients.insert(0, (dW, db))
        if layer > 0:
            _, derivative = ACTIVATIONS[activations[layer - 1]]
            _, Z_prev = cache[layer - 1]
            dZ = dA_prev * derivative(Z_prev)
    return gradients


def numerical_gradients(X, Y, parameters, activations, epsilon=1e-5):
    """The same gradients without calculus: (L(w + epsilon) - L(w - epsilon)) / (2 epsilon).

    w is each entry of each W and b in turn, while all others stay as they are; L is the
    binary_cross_entropy of forward's output.
    X: (n_features, m). Y: (1, m). parameters: one (W, b) per layer. activations: one name per
    layer. epsilon: the step, a float > 0.
    Returns a list with one (dW, db) per layer, shaped like the parameters, which are afterwards
    what they were. Slow (two forward passes an entry), but hard to get wrong: it is the judge.
    Source: CS231n, "Gradient checks", Stanford.

    >>> X, Y = np.array([[1.0, -1.0]]), np.array([[1, 0]])
    >>> parameters = [(np.array([[2.0]]), np.array([[0.5]]))]
    >>> gradients = numerical_gradients(X, Y, parameters, ["sigmoid"])
    >>> [(dW.round(4).tolist(), db.round(4).tolist()) for dW, db in gradients]
    [([[-0.1291]], [[0.0533]])]
    """
    moved = [(np.array(W, dtype=float), np.array(b, dtype=float)) for W, b in parameters]

    def loss():
        return binary_cross_entropy(forward(X, moved, activations)[0], Y)

    gradients = []
    for pair in moved:
        slopes = []
        for array in pair:
            slope = np.zeros_like(array)
            for index in np.ndindex(array.shape):
                value = array[index]
                array[index] = value + epsilon
                above = loss()
                array[index] = value - epsilon
                below = loss()
                array[index] = value
                slope[index] = (above - below) / (2 * epsilon)
            slopes.append(slope)
        gradients.append(tuple(slopes))
    return gradients


def relative_error(analytic, numeric):
    """How far two gradients are apart: norm(a - n) / (norm(a) + norm(n)).

    a and n are all entries of all layers together; the norm is the root of their squares' sum.
    analytic, numeric: lists with one (dW, db) per layer, of the same shapes. Returns a float in
    [0, 1]; 0.0 where both are all zero. Below 1e-7 the gradients agree; above 1e-4 something is
    wrong.
    Source: CS231n, "Gradient checks", Stanford.

    >>> analytic = [(np.array([[3.0]]), np.array([[0.0]]))]
    >>> numeric = [(np.array([[1.0]]), np.array([[0.0]]))]
    >>> relative_error(analytic, numeric)
    0.5
    """
    a = np.concatenate([np.ravel(array) for pair in analytic for array in pair])
    n = np.concatenate([np.ravel(array) for pair in numeric for array in pair])
    total = np.linalg.norm(a) + np.linalg.norm(n)
    return float(np.linalg.norm(a - n) / total) if total > 0 else 0.0
