"""Mistakes held back in `mlp.backprop`."""

import numpy as np
from held_back.registry import held_back
from mlp.activations import ACTIVATIONS
from mlp.backprop import layer_backward, output_error
from mlp.forward import binary_cross_entropy, forward


@held_back(
    "backprop.layer_backward",
    right={"layer_averages_db", "factor"},
    source="https://github.com/kvfrans/notes/issues/5",
)
def bias_gradient_by_the_mean(dZ, A_prev, W):
    """db is averaged over the samples, though dZ is already."""
    dW = np.dot(dZ, A_prev.T)
    db = np.mean(dZ, axis=1).reshape(-1, 1)
    return np.dot(W.T, dZ), dW, db


@held_back(
    "backprop.backward",
    right={"backward_not_averaged", "factor"},
    source="https://github.com/hunkim/DeepLearningZeroToAll/issues/173",
)
def gradients_that_grow_with_the_batch(Y_hat, Y, cache, parameters, activations):
    """The error isn't divided by the number of samples, so twice the data gives twice the gradients."""
    gradients = [None] * len(parameters)
    delta = Y_hat - Y
    for i in range(len(parameters) - 1, -1, -1):
        A_prev, _ = cache[i]
        gradients[i] = (delta @ A_prev.T, delta.sum(axis=1, keepdims=True))
        if i:
            delta = (parameters[i][0].T @ delta) * ACTIVATIONS[activations[i - 1]][1](cache[i - 1][1])
    return gradients


@held_back(
    "backprop.layer_backward",
    right={"layer_with_db_from_dw"},
    source="https://github.com/rust0258/Deeplearning.ai-Natural-Language-Processing-Specialization/issues/62",
)
def bias_gradient_from_the_weights(dZ, A_prev, W):
    """db is the sum over the rows of dW, so the inputs are in it."""
    dW = dZ @ A_prev.T
    return W.T @ dZ, dW, np.sum(dW, axis=1, keepdims=True)


@held_back(
    "backprop.layer_backward",
    right={"layer_sums_db_over_everything", "axis"},
    source="https://github.com/rasbt/stat453-deep-learning-ss21/issues/5",
)
def bias_gradient_as_one_sum(dZ, A_prev, W):
    """The sum runs over everything, and each unit gets it."""
    total = np.sum(dZ)
    return W.T @ dZ, dZ @ A_prev.T, np.ones((W.shape[0], 1)) * total


@held_back(
    "backprop.backward",
    right={"backward_with_slopes_at_a", "activation"},
    source="https://github.com/deeplearning4j/deeplearning4j/pull/364",
)
def slopes_at_what_the_activation_gave(Y_hat, Y, cache, parameters, activations):
    """The derivative is taken at the activation, the next layer's input, and not at Z."""
    dZ, gradients = output_error(Y_hat, Y), []
    for i in reversed(range(len(parameters))):
        dA, dW, db = layer_backward(dZ, cache[i][0], parameters[i][0])
        gradients.append((dW, db))
        if i > 0:
            dZ = dA * ACTIVATIONS[activations[i - 1]][1](cache[i][0])
    return gradients[::-1]


@held_back(
    "backprop.output_error",
    right={"error_times_the_sigmoids_slope", "term"},
    source="https://github.com/louisjc/mnist-neural-network/issues/1",
)
def error_as_for_squares(Y_hat, Y):
    """The sigmoid's slope is multiplied in, which belongs to the squared error."""
    m = Y.shape[1]
    return Y_hat * (1 - Y_hat) * (Y_hat - Y) / m


@held_back(
    "backprop.layer_backward",
    right={"layer_with_db_per_sample", "axis"},
    source="https://github.com/jimfleming/differentiation/issues/1",
)
def bias_gradient_left_broadcast(dZ, A_prev, W):
    """db keeps one column per sample, since nothing undoes the broadcasting of the forward pass."""
    return W.T @ dZ, dZ @ A_prev.T, dZ.copy()


@held_back("backprop.backward", right={"factor", "layer_averages_db"}, source="invented")
def bias_gradients_averaged_once_more(Y_hat, Y, cache, parameters, activations):
    """All db are divided by m a second time; all dW are right."""
    dZ, gradients = output_error(Y_hat, Y), []
    for i in reversed(range(len(parameters))):
        dA, dW, db = layer_backward(dZ, cache[i][0], parameters[i][0])
        gradients.insert(0, (dW, db / Y.shape[1]))
        if i > 0:
            dZ = dA * ACTIVATIONS[activations[i - 1]][1](cache[i - 1][1])
    return gradients


@held_back("backprop.backward", right={"backward_without_activation_slopes", "term", "layer"}, source="invented")
def slope_in_the_last_hidden_layer_alone(Y_hat, Y, cache, parameters, activations):
    """Only the layer below the output has its activation's slope multiplied in; deeper ones don't."""
    last = len(parameters) - 1
    dZ, gradients = output_error(Y_hat, Y), []
    for i in range(last, -1, -1):
        dA, dW, db = layer_backward(dZ, cache[i][0], parameters[i][0])
        gradients.insert(0, (dW, db))
        if i > 0:
            dZ = dA * ACTIVATIONS[activations[i - 1]][1](cache[i - 1][1]) if i == last else dA
    return gradients


@held_back("backprop.numerical_gradients", right={"numeric_forward_differences", "numeric_of_the_sum", "factor"},
           source="invented")  # fmt: skip
def slopes_one_sided_and_summed(X, Y, parameters, activations, epsilon=1e-5):
    """The difference is taken to one side only, and the loss is a sum."""
    moved = [(W.astype(float).copy(), b.astype(float).copy()) for W, b in parameters]

    def loss():
        return binary_cross_entropy(forward(X, moved, activations)[0], Y) * X.shape[1]

    start, gradients = loss(), []
    for pair in moved:
        slopes = []
        for array in pair:
            slope = np.zeros(array.shape)
            for index in np.ndindex(*array.shape):
                array[index] += epsilon
                slope[index] = (loss() - start) / epsilon
                array[index] -= epsilon
            slopes.append(slope)
        gradients.append(tuple(slopes))
    return gradients


@held_back("backprop.relative_error", right={"relative_error_is_absolute", "term"}, source="invented")
def distance_alone(analytic, numeric):
    """The distance isn't divided by anything."""
    parts = [
        np.sum((a - n) ** 2) for one, two in zip(analytic, numeric, strict=True) for a, n in zip(one, two, strict=True)
    ]
    return float(np.sqrt(sum(parts)))
