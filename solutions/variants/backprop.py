"""Right answers to `mlp.backprop` in odd styles."""

import numpy as np
from mlp.activations import relu_derivative, sigmoid_derivative, tanh_derivative
from mlp.forward import binary_cross_entropy, forward

from variants import variant


@variant("backprop.output_error")
def error_through_the_chain(Y_hat, Y):
    """dL/dY_hat times the sigmoid's slope, clipped on the way."""
    P = np.clip(Y_hat, 1e-12, 1 - 1e-12)
    return ((1 - Y) / (1 - P) - Y / P) * P * (1 - P) / Y.size


@variant("backprop.output_error")
def error_of_column_means(Y_hat, Y):
    """Divided before subtracting."""
    m = len(Y[0])
    return Y_hat / m - Y / m


@variant("backprop.layer_backward")
def layer_by_einsum(dZ, A_prev, W):
    """Einstein's sums; a list comes back."""
    return [
        np.einsum("oi,om->im", W, dZ),
        np.einsum("om,im->oi", dZ, A_prev),
        np.einsum("om->o", dZ).reshape(-1, 1),
    ]


@variant("backprop.layer_backward")
def layer_sample_by_sample(dZ, A_prev, W):
    """Outer products, added up one after the other."""
    dA_prev, dW, db = np.zeros(A_prev.shape), np.zeros(W.shape), np.zeros((len(W), 1))
    for j in range(dZ.shape[1]):
        dA_prev[:, j] = W.T @ dZ[:, j]
        dW += np.outer(dZ[:, j], A_prev[:, j])
        db += dZ[:, [j]]
    return dA_prev, dW, db


@variant("backprop.layer_backward")
def layer_with_views(dZ, A_prev, W):
    """Transposed views come back."""
    return (dZ.T @ W).T, (A_prev @ dZ.T).T, dZ @ np.ones((dZ.shape[1], 1))


@variant("backprop.backward")
def backward_recursive(Y_hat, Y, cache, parameters, activations):
    """From the last layer to the first by recursion; lists inside a tuple."""
    slopes = {"sigmoid": sigmoid_derivative, "relu": relu_derivative, "tanh": tanh_derivative}

    def back(layer, dZ):
        A_prev, _ = cache[layer]
        pair = [np.dot(dZ, A_prev.T), np.sum(dZ, axis=1)[:, None]]
        if layer == 0:
            return (pair,)
        dA = np.dot(parameters[layer][0].T, dZ)
        return (*back(layer - 1, dA * slopes[activations[layer - 1]](cache[layer - 1][1])), pair)

    return back(len(parameters) - 1, (Y_hat - Y) / Y.shape[1])


@variant("backprop.backward")
def backward_with_preallocated_gradients(Y_hat, Y, cache, parameters, activations):
    """Zeros first, filled in by index; slopes from the activation that the cache's next entry holds."""
    gradients = [[np.zeros(W.shape), np.zeros(b.shape)] for W, b in parameters]
    dZ = (Y_hat - Y) / Y.shape[1]
    for layer in range(len(parameters) - 1, -1, -1):
        A = cache[layer][0]
        gradients[layer][0][...] = dZ @ A.T
        gradients[layer][1][:, 0] = dZ.sum(axis=1)
        if layer:
            slope = {"sigmoid": A * (1 - A), "tanh": 1 - A * A, "relu": A > 0}[activations[layer - 1]]
            dZ = (parameters[layer][0].T @ dZ) * slope
    return gradients


@variant("backprop.backward")
def backward_sample_by_sample(Y_hat, Y, cache, parameters, activations):
    """One sample after the other, gradients added up."""
    slopes = {"sigmoid": sigmoid_derivative, "relu": relu_derivative, "tanh": tanh_derivative}
    gradients = [(np.zeros(W.shape), np.zeros(b.shape)) for W, b in parameters]
    for j in range(Y.shape[1]):
        dZ = (Y_hat[:, [j]] - Y[:, [j]]) / Y.shape[1]
        for layer in reversed(range(len(parameters))):
            dW, db = gradients[layer]
            dW += dZ * cache[layer][0][:, j]
            db += dZ
            if layer:
                dZ = parameters[layer][0].T @ dZ * slopes[activations[layer - 1]](cache[layer - 1][1][:, [j]])
    return gradients


@variant("backprop.numerical_gradients")
def numeric_in_place(X, Y, parameters, activations, epsilon=1e-5):
    """Moves the arrays that it was given, and moves them back, to rounding."""
    gradients = []
    for pair in parameters:
        slopes = []
        for array in pair:
            slope = np.empty(array.shape)
            for i in range(array.shape[0]):
                for j in range(array.shape[1]):
                    array[i, j] += epsilon
                    slope[i, j] = binary_cross_entropy(forward(X, parameters, activations)[0], Y)
                    array[i, j] -= 2 * epsilon
                    slope[i, j] -= binary_cross_entropy(forward(X, parameters, activations)[0], Y)
                    array[i, j] += epsilon
            slopes.append(slope / (2 * epsilon))
        gradients.append(slopes)
    return gradients


@variant("backprop.numerical_gradients")
def numeric_from_one_vector(X, Y, parameters, activations, epsilon=1e-5):
    """All parameters in one long vector, moved along unit vectors."""
    shapes = [array.shape for pair in parameters for array in pair]
    theta = np.concatenate([np.asarray(array, dtype=float).ravel() for pair in parameters for array in pair])
    ends = np.cumsum([int(np.prod(shape)) for shape in shapes])

    def unpack(vector):
        arrays = [part.reshape(shape) for part, shape in zip(np.split(vector, ends[:-1]), shapes, strict=True)]
        return list(zip(arrays[::2], arrays[1::2], strict=True))

    def loss(vector):
        return binary_cross_entropy(forward(X, unpack(vector), activations)[0], Y)

    steps = epsilon * np.eye(len(theta))
    return unpack(np.array([(loss(theta + step) - loss(theta - step)) / (2 * epsilon) for step in steps]))


@variant("backprop.relative_error")
def relative_error_kept_from_zero(analytic, numeric):
    """The denominator is kept from 0; a NumPy scalar comes back."""
    a = np.hstack([np.hstack([dW.flatten(), db.flatten()]) for dW, db in analytic])
    n = np.hstack([np.hstack([dW.flatten(), db.flatten()]) for dW, db in numeric])
    return np.linalg.norm(a - n) / max(np.linalg.norm(a) + np.linalg.norm(n), 1e-300)


@variant("backprop.relative_error")
def relative_error_by_sums(analytic, numeric):
    """Sums of squares, array by array."""
    a2 = n2 = d2 = 0.0
    for one, other in zip(analytic, numeric, strict=True):
        for a, n in zip(one, other, strict=True):
            a2, n2, d2 = a2 + np.sum(a * a), n2 + np.sum(n * n), d2 + np.sum((a - n) ** 2)
    if a2 == n2 == 0:
        return 0
    return d2**0.5 / (a2**0.5 + n2**0.5)
