"""Held-back mistakes in the forward pass, the initialisation and the loss."""

import numpy as np
from held_back.registry import held_back
from mlp.activations import ACTIVATIONS, relu, sigmoid
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


@held_back(
    "forward.binary_cross_entropy",
    right=set(),
    source="invented",
)
def loss_averaged_within_each_class(Y_hat, Y):
    """Each class is averaged by itself, not over all m: rare classes weigh too much, and an absent one gives NaN."""
    is_one = Y == 1
    safe = np.clip(Y_hat, 1e-12, 1 - 1e-12)
    return float(-(np.log(safe[is_one]).mean() + np.log(1 - safe[~is_one]).mean()))


@held_back("forward.binary_cross_entropy", right={"bce_safe_at_one_end"}, source="invented")
def loss_clipped_too_finely(Y_hat, Y):
    """1 - 1e-17 is 1 in float64, so the clip protects the lower end only."""
    eps = 1e-17
    P = np.clip(Y_hat, eps, 1 - eps)
    return float(-np.mean(Y * np.log(P) + (1 - Y) * np.log(1 - P)))


@held_back("forward.binary_cross_entropy", right=set(), source="invented")
def loss_without_parentheses(Y_hat, Y):
    """Parentheses are missing around 1 - Y, so Y alone multiplies the second logarithm and a 1 is added."""
    m = Y.shape[1]
    eps = 1e-12
    return float(-(1 / m) * np.sum(Y * np.log(Y_hat + eps) + 1 - Y * np.log(1 - Y_hat + eps)))


@held_back(
    "forward.binary_cross_entropy",
    right={"bce_negative", "bce_sum", "factor"},
    source="invented",
)
def loss_negative_and_summed(Y_hat, Y):
    """Two mistakes: the -1/m in front of the sum is missing, both the minus and the division."""
    P = np.clip(Y_hat, 1e-12, 1 - 1e-12)
    cost = np.dot(Y, np.log(P).T) + np.dot(1 - Y, np.log(1 - P).T)
    return cost.item()


@held_back("forward.initialize_parameters", right=set(), source="invented")
def weights_seeded_in_the_loop(layer_sizes, seed=42):
    """The generator starts anew in each layer, so layers begin with the same numbers, only scaled otherwise."""
    parameters = []
    for i in range(1, len(layer_sizes)):
        rng = np.random.RandomState(seed)
        n_in, n_out = layer_sizes[i - 1], layer_sizes[i]
        parameters.append((rng.randn(n_out, n_in) * np.sqrt(2.0 / n_in), np.zeros((n_out, 1))))
    return parameters


@held_back("forward.initialize_parameters", right=set(), source="invented")
def weights_scaled_by_a_whole_division(layer_sizes, seed=42):
    """2 // n_in rounds down to 0 from three inputs on, and the weights of such a layer with it."""
    rng = np.random.RandomState(seed)
    parameters = []
    for i in range(len(layer_sizes) - 1):
        n_in, n_out = layer_sizes[i : i + 2]
        parameters.append((rng.randn(n_out, n_in) * np.sqrt(2 // n_in), np.zeros((n_out, 1))))
    return parameters


@held_back("forward.initialize_parameters", right=set(), source="invented")
def weights_uniform_within_the_deviation(layer_sizes, seed=42):
    """Uniform between -sqrt(2 / n_in) and +sqrt(2 / n_in): not normal, and the deviation is too small by sqrt(3)."""
    rng = np.random.RandomState(seed)
    parameters = []
    for i in range(1, len(layer_sizes)):
        limit = np.sqrt(2 / layer_sizes[i - 1])
        W = rng.uniform(-limit, limit, size=(layer_sizes[i], layer_sizes[i - 1]))
        parameters.append((W, np.zeros((layer_sizes[i], 1))))
    return parameters


@held_back(
    "forward.linear_forward",
    right={"linear_with_bias_multiplied_too"},
    source="https://github.com/facundoq/edunn/issues/15",
)
def z_with_the_bias_first(A_prev, W, b):
    """The bias is added to the inputs, before the product: it fits only if W is square or b a single number."""
    shifted = A_prev + b
    return np.dot(W, shifted)


@held_back("forward.linear_forward", right={"transpose"}, source="invented")
def z_by_way_of_rows(A_prev, W, b):
    """Samples are made rows and back, but b isn't transposed along, and meets samples instead of units."""
    rows = np.dot(A_prev.T, W.T) + b
    return rows.T


@held_back("forward.linear_forward", right=set(), source="invented")
def z_with_the_bias_added_in_place(A_prev, W, b):
    """+= can't put decimals into the integer product that integer inputs and weights give."""
    Z = W @ A_prev
    Z += b
    return Z


@held_back("forward.linear_forward", right={"axis"}, source="invented")
def z_with_the_sum_of_the_biases(A_prev, W, b):
    """Every unit gets the sum of all biases."""
    m = A_prev.shape[1]
    Z = np.zeros((W.shape[0], m))
    for j in range(m):
        Z[:, j] = W @ A_prev[:, j] + np.sum(b)
    return Z


@held_back(
    "forward.forward",
    right={"forward_remembers_activations_for_z", "forward_activates_in_place", "activation"},
    source="https://github.com/iamtrask/Grokking-Deep-Learning/issues/9",
)
def pass_that_names_the_activation_z(X, parameters, activations):
    """Activation and product stand in one line, so what is remembered as Z has gone through the activation."""
    cache = []
    A = X
    for i in range(len(parameters)):
        W, b = parameters[i]
        Z = ACTIVATIONS[activations[i]][0](np.dot(W, A) + b)
        cache.append((A, Z))
        A = Z
    return A, cache


@held_back("forward.forward", right={"layer"}, source="invented")
def pass_with_a_stale_input_at_the_end(X, parameters, activations):
    """The output layer gets the input of the last hidden layer, not its activation."""
    cache = []
    A = A_prev = X
    for (W, b), name in zip(parameters[:-1], activations[:-1], strict=True):
        A_prev = A
        Z = W @ A_prev + b
        cache.append((A_prev, Z))
        A = ACTIVATIONS[name][0](Z)
    W, b = parameters[-1]
    Z = W @ A_prev + b
    cache.append((A_prev, Z))
    return ACTIVATIONS[activations[-1]][0](Z), cache


@held_back("forward.forward", right={"activation"}, source="invented")
def pass_that_knows_two_activations(X, parameters, activations):
    """Whatever isn't "sigmoid" is taken for relu, so tanh becomes relu."""
    A, cache = X, []
    for (W, b), name in zip(parameters, activations, strict=True):
        Z = linear_forward(A, W, b)
        cache.append((A, Z))
        A = sigmoid(Z) if name == "sigmoid" else relu(Z)
    return A, cache


@held_back("forward.forward", right=set(), source="invented")
def pass_that_uses_up_the_names(X, parameters, activations):
    """Names are popped off the caller's list, which is empty afterwards: the next pass fails."""
    A, cache = X, []
    for W, b in parameters:
        Z = linear_forward(A, W, b)
        cache.append((A, Z))
        A = ACTIVATIONS[activations.pop(0)][0](Z)
    return A, cache


@held_back("forward.forward", right=set(), source="invented")
def pass_with_a_clipped_output(X, parameters, activations):
    """The output is clipped to keep the loss finite, also where it is no probability: that is the loss's affair."""
    A, cache = X, []
    for (W, b), name in zip(parameters, activations, strict=True):
        Z = linear_forward(A, W, b)
        cache.append((A, Z))
        A = ACTIVATIONS[name][0](Z)
    return np.clip(A, 1e-7, 1 - 1e-7), cache


@held_back("forward.forward", right=set(), source="invented")
def pass_that_decides(X, parameters, activations):
    """Classes come back, 0 or 1, instead of the probabilities."""
    A, cache = X, []
    for (W, b), name in zip(parameters, activations, strict=True):
        Z = np.matmul(W, A) + b
        cache.append((A, Z))
        A = ACTIVATIONS[name][0](Z)
    Y_hat = (A > 0.5).astype(float)
    return Y_hat, cache


@held_back("forward.forward", right={"layer"}, source="invented")
def pass_that_ends_with_the_second_layer(X, parameters, activations):
    """After the hidden layers the parameters of layer 2 are used, which is the last one in two-layer networks only."""
    A, cache = X, []
    for i in range(len(parameters) - 1):
        W, b = parameters[i]
        Z = linear_forward(A, W, b)
        cache.append((A, Z))
        A = ACTIVATIONS[activations[i]][0](Z)
    W2, b2 = parameters[min(1, len(parameters) - 1)]
    Z2 = linear_forward(A, W2, b2)
    cache.append((A, Z2))
    return ACTIVATIONS[activations[-1]][0](Z2), cache


@held_back(
    "forward.forward",
    right={
        "activation",
        "order",
        "forward_activates_in_place",
        "forward_remembers_activations_for_z",
        "forward_remembers_in_swapped_order",
    },
    source="invented",
)
def pass_with_relu_in_place_and_swapped_pairs(X, parameters, activations):
    """Two mistakes: relu is written into Z, which the cache still holds, and the cache's pairs are (Z, A_prev)."""
    A, cache = X, []
    for (W, b), name in zip(parameters, activations, strict=True):
        Z = linear_forward(A, W, b)
        cache.append((Z, A))
        if name == "relu":
            Z[Z < 0] = 0
            A = Z
        else:
            A = ACTIVATIONS[name][0](Z)
    return A, cache


@held_back("forward.collapse_linear_layers", right=set(), source="invented")
def both_biases_through_the_second_layer(W1, b1, W2, b2):
    """The second bias goes through the second layer as well, as if it were added before it."""
    return W2 @ W1, W2 @ (b1 + b2)
