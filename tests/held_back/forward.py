"""Held-back mistakes in the forward pass, the initialisation and the loss."""

import numpy as np
from held_back.registry import held_back
from mlp.activations import ACTIVATIONS
from mlp.forward import linear_forward


@held_back(
    "forward.binary_cross_entropy",
    right=set(),
    source="https://github.com/bfortuner/ml-glossary/issues/76",
)
def loss_with_one_minus_sign(Y_hat, Y):
    """The minus stands before the first term only, so samples of class 0 count negatively."""
    Y_hat = np.clip(Y_hat, 1e-12, 1 - 1e-12)
    class1_cost = -Y * np.log(Y_hat)
    class2_cost = (1 - Y) * np.log(1 - Y_hat)
    cost = class1_cost + class2_cost
    return float(cost.sum() / Y.shape[1])


@held_back(
    "forward.binary_cross_entropy",
    right={"transpose"},
    source="https://datascience.stackexchange.com/questions/27146/why-does-my-cost-function-return-double-the-expected-value",
)
def loss_of_an_outer_product(Y_hat, Y):
    """Y is transposed, so dot makes an (m, m) matrix of every label with every prediction, and all of it is summed."""
    m = Y.shape[1]
    A = np.clip(Y_hat, 1e-10, 1 - 1e-10)
    cost = -1 / m * np.sum(np.dot(Y.T, np.log(A)) + np.dot((1 - Y).T, np.log(1 - A)))
    return float(np.squeeze(cost))


@held_back(
    "forward.binary_cross_entropy",
    right={"bce_sum", "factor", "axis"},
    source="https://community.deeplearning.ai/t/logistic-loss-function-divide-by-zero-encountered-in-log/192184",
)
def loss_divided_by_the_rows(Y_hat, Y):
    """It divides by shape[0], which is 1 here, since samples are columns."""
    epsilon = 1e-8
    n = Y.shape[0]
    Y_hat = np.clip(Y_hat, epsilon, 1 - epsilon)
    loss = -np.sum(Y * np.log(Y_hat) + (1 - Y) * np.log(1 - Y_hat)) / n
    return float(loss)


@held_back(
    "forward.binary_cross_entropy",
    right={"bce_clips_in_place"},
    source="https://community.deeplearning.ai/t/cost-function-problem/108146/2",
)
def loss_moves_saturated_predictions(Y_hat, Y):
    """Predictions of exactly 0 or 1 are moved in the caller's own array."""
    Y_hat[Y_hat == 0.0] = 1e-10
    Y_hat[Y_hat == 1.0] = 1.0 - 1e-10
    return float(-np.mean(Y * np.log(Y_hat) + (1 - Y) * np.log(1 - Y_hat)))


@held_back(
    "forward.binary_cross_entropy",
    right=set(),
    source="https://community.deeplearning.ai/t/cost-function-problem/108146/2",
)
def loss_punishes_every_nan(Y_hat, Y):
    """Each NaN or infinite loss becomes 42, but NaN is also what a perfect, certain prediction gives."""
    with np.errstate(divide="ignore", invalid="ignore"):
        loss = -(Y * np.log(Y_hat) + (1 - Y) * np.log(1 - Y_hat))
    loss[np.isnan(loss) | np.isinf(loss)] = 42.0
    return float(loss.mean())


@held_back(
    "forward.initialize_parameters",
    right={"init_by_outputs"},
    source="https://github.com/mnielsen/neural-networks-and-deep-learning/issues/30",
)
def weights_scaled_by_one_over_outputs(layer_sizes, seed=42):
    """Two mistakes: the number of outputs instead of inputs, and 1 for 2 in the numerator."""
    rng = np.random.RandomState(seed)
    parameters = []
    for layer in range(1, len(layer_sizes)):
        n_in, n_out = layer_sizes[layer - 1], layer_sizes[layer]
        W = rng.normal(loc=0.0, scale=np.sqrt(1.0 / n_out), size=(n_out, n_in))
        parameters.append((W, np.zeros((n_out, 1))))
    return parameters


@held_back(
    "forward.initialize_parameters",
    right={"constant", "factor"},
    source="https://github.com/sidkk86/weight_initialization/issues/1",
)
def weights_scaled_for_sigmoid(layer_sizes, seed=42):
    """3.6 stands where He's formula has 2: a number meant for sigmoids."""
    rng = np.random.RandomState(seed)
    parameters = []
    for i in range(1, len(layer_sizes)):
        scale = np.sqrt(3.6 / layer_sizes[i - 1])
        parameters.append((rng.randn(layer_sizes[i], layer_sizes[i - 1]) * scale, np.zeros((layer_sizes[i], 1))))
    return parameters


@held_back("forward.initialize_parameters", right={"layer", "bound"}, source="invented")
def weights_scaled_by_the_layer_before(layer_sizes, seed=42):
    """The index of the scale is one too low: each layer has its predecessor's, and the first one the output's."""
    rng = np.random.RandomState(seed)
    parameters = []
    for i in range(len(layer_sizes) - 1):
        W = rng.randn(layer_sizes[i + 1], layer_sizes[i]) * np.sqrt(2 / layer_sizes[i - 1])
        b = np.zeros((layer_sizes[i + 1], 1))
        parameters.append((W, b))
    return parameters


@held_back(
    "forward.linear_forward",
    right={"linear_with_w_transposed", "transpose"},
    source="https://community.deeplearning.ai/t/question-on-week-3-2-3-exercise-4/405038",
)
def z_with_w_transposed(A_prev, W, b):
    """W is transposed, as for a single column of weights."""
    Z = np.dot(W.transpose(), A_prev) + b
    return Z


@held_back(
    "forward.forward",
    right={"activation", "forward_without_hidden_activations"},
    source="https://github.com/SirBob01/NEAT-Python/pull/6",
)
def pass_that_drops_what_the_activation_returns(X, parameters, activations):
    """The activation is called, but its result goes nowhere, so Z goes on, and comes out at the end as well."""
    A = X
    cache = []
    for (W, b), name in zip(parameters, activations, strict=True):
        A_prev = A
        A = linear_forward(A_prev, W, b)
        cache.append((A_prev, A))
        ACTIVATIONS[name][0](A)
    return A, cache
