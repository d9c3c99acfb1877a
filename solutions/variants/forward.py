"""Right answers to `mlp.forward` in odd styles."""

import math
from itertools import pairwise

import numpy as np
from mlp.activations import relu, sigmoid, tanh

from variants import variant


@variant("forward.collapse_linear_layers")
def collapse_by_probing(W1, b1, W2, b2):
    """What the layers do to 0 is the bias, what they do to the unit vectors the weights; a list comes back."""

    def through(X):
        return W2.dot(W1.dot(X) + b1) + b2

    n_in = W1.shape[1]
    b = through(np.zeros((n_in, 1)))
    return [through(np.eye(n_in)) - b, b]


@variant("forward.collapse_linear_layers")
def collapse_by_einsum(W1, b1, W2, b2):
    """Einstein's sums."""
    return np.einsum("ij,jk->ik", W2, W1), np.einsum("ij,jk->ik", W2, b1) + b2


@variant("forward.initialize_parameters")
def init_by_the_new_generator(layer_sizes, seed=42):
    """default_rng, and lists in the place of tuples."""
    rng, parameters = np.random.default_rng(seed), []
    for i in range(1, len(layer_sizes)):
        scale = (2 / layer_sizes[i - 1]) ** 0.5
        parameters.append(
            [rng.normal(scale=scale, size=(layer_sizes[i], layer_sizes[i - 1])), np.zeros([layer_sizes[i], 1])]
        )
    return parameters


@variant("forward.initialize_parameters")
def init_by_the_global_seed(layer_sizes, seed=42):
    """The old global generator, seeded anew for each layer; Fortran order."""
    parameters = []
    for n_in, n_out in pairwise(layer_sizes):
        np.random.seed(seed)
        parameters.append((np.random.randn(n_in, n_out).T * np.sqrt(2.0 / n_in), np.zeros((n_out, 1))))
    return parameters


@variant("forward.initialize_parameters")
def init_by_python(layer_sizes, seed=42):
    """Python's own generator, number by number."""
    import random

    generator = random.Random(seed)
    return tuple(
        (np.array([[generator.gauss(0, math.sqrt(2 / i)) for _ in range(i)] for _ in range(o)]), np.zeros((o, 1)))
        for i, o in pairwise(layer_sizes)
    )


@variant("forward.linear_forward")
def linear_by_loops(A_prev, W, b):
    """Three loops."""
    Z = np.zeros((W.shape[0], A_prev.shape[1]))
    for i in range(W.shape[0]):
        for j in range(A_prev.shape[1]):
            Z[i, j] = b[i, 0]
            for k in range(W.shape[1]):
                Z[i, j] += W[i, k] * A_prev[k, j]
    return Z


@variant("forward.linear_forward")
def linear_by_rows(A_prev, W, b):
    """Samples as rows on the way, so that a transposed view comes back."""
    return (A_prev.T @ W.T + b.T).T


@variant("forward.linear_forward")
def linear_with_a_row_of_ones(A_prev, W, b):
    """The bias as one more weight."""
    return np.hstack([W, b]) @ np.vstack([A_prev, np.ones((1, A_prev.shape[1]))])


@variant("forward.forward")
def forward_recursive(X, parameters, activations):
    """The first layer, then the rest of the network; tuples for lists and lists for tuples."""
    functions = {"sigmoid": sigmoid, "relu": relu, "tanh": tanh}
    if len(parameters) == 0:
        return [X, ()]
    W, b = parameters[0]
    Z = np.matmul(W, X) + b
    Y_hat, cache = forward_recursive(functions[activations[0]](Z), parameters[1:], activations[1:])
    return [Y_hat, ([X, Z], *cache)]


@variant("forward.forward")
def forward_sample_by_sample(X, parameters, activations):
    """One column at a time, joined afterwards."""
    columns = []
    for j in range(X.shape[1]):
        A, steps = X[:, j : j + 1], []
        for (W, b), name in zip(parameters, activations, strict=True):
            Z = W @ A + b
            steps.append((A, Z))
            A = sigmoid(Z) if name == "sigmoid" else relu(Z) if name == "relu" else tanh(Z)
        columns.append((A, steps))
    cache = [
        (np.hstack([steps[i][0] for _, steps in columns]), np.hstack([steps[i][1] for _, steps in columns]))
        for i in range(len(parameters))
    ]
    return np.hstack([A for A, _ in columns]), cache


@variant("forward.binary_cross_entropy")
def bce_clipped_at_1e_7(Y_hat, Y):
    """The coarsest clipping allowed, and a 0-d array."""
    P = np.clip(Y_hat, 1e-7, 1 - 1e-7)
    return np.array(-np.mean(Y * np.log(P) + (1 - Y) * np.log(1 - P)))


@variant("forward.binary_cross_entropy")
def bce_with_an_offset(Y_hat, Y):
    """The largest offset allowed, and a matrix product for the sum."""
    m = Y.shape[1]
    loss = -(np.log(Y_hat + 1e-12) @ Y.T + np.log(1 - Y_hat + 1e-12) @ (1 - Y).T) / m
    return loss[0, 0]


@variant("forward.binary_cross_entropy")
def bce_by_loop(Y_hat, Y):
    """The probability that each label was given, one after the other."""
    total = 0.0
    for p, y in zip(Y_hat[0].tolist(), Y[0].tolist(), strict=True):
        total -= math.log(max(p if y == 1 else 1 - p, 1e-15))
    return total / len(Y[0])
