"""Known mistakes in `mlp.forward`."""

from itertools import pairwise

import numpy as np
from mlp.activations import ACTIVATIONS, relu, sigmoid
from mlp.forward import binary_cross_entropy, forward, initialize_parameters, linear_forward

from mistakes import mistake


@mistake("forward.collapse_linear_layers")
def collapse_in_the_wrong_order(W1, b1, W2, b2):
    """The matrices are multiplied in reading order. The layer that acts first stands next to x: which one is it?"""
    return W1 @ W2, W1 @ b2 + b1


@mistake("forward.collapse_linear_layers")
def collapse_without_the_first_bias(W1, b1, W2, b2):
    """The first layer's bias is lost. Multiply W2 (W1 x + b1) out: what happens to b1?"""
    return W2 @ W1, b2


@mistake("forward.collapse_linear_layers")
def collapse_without_the_second_bias(W1, b1, W2, b2):
    """The second layer's bias is lost. Which terms have no x in them once all is multiplied out?"""
    return W2 @ W1, W2 @ b1


@mistake("forward.collapse_linear_layers")
def collapse_with_biases_only_added(W1, b1, W2, b2):
    """The biases are just added, but the first one still goes through the second layer. Multiply the brackets out."""
    return W2 @ W1, b1 + b2


@mistake("forward.collapse_linear_layers")
def collapse_entry_by_entry(W1, b1, W2, b2):
    """Weights are multiplied entry by entry. One layer after the other is a product of matrices."""
    return W2 * W1, W2 * b1 + b2


@mistake("forward.collapse_linear_layers")
def collapse_with_relu_between(W1, b1, W2, b2):
    """There is a relu between the layers, so they are not linear. Nothing bends here: that is the point."""
    return W2 @ relu(W1), W2 @ relu(b1) + b2


@mistake("forward.collapse_linear_layers")
def collapse_transposed(W1, b1, W2, b2):
    """W is the transpose of what is asked: (n_out, n_in). In which order do factors stand after transposing?"""
    return W1.T @ W2.T, W2 @ b1 + b2


@mistake("forward.collapse_linear_layers")
def collapse_with_a_flat_bias(W1, b1, W2, b2):
    """The bias has lost its second axis. It is a column, (n_out, 1), or it can't be added to each sample's column."""
    return W2 @ W1, (W2 @ b1 + b2).ravel()


def he(random, n_out, n_in):
    return random.randn(n_out, n_in) * np.sqrt(2 / n_in)


def layers(seed, layer_sizes, weights, biases=lambda random, n_out: np.zeros((n_out, 1))):
    random = np.random.RandomState(seed)
    return [(weights(random, n_out, n_in), biases(random, n_out)) for n_in, n_out in pairwise(layer_sizes)]


@mistake("forward.initialize_parameters")
def init_all_zero(layer_sizes, seed=42):
    """All weights are 0, so all units of a layer compute the same and learn the same. What tells them apart?"""
    return layers(seed, layer_sizes, lambda random, n_out, n_in: np.zeros((n_out, n_in)))


@mistake("forward.initialize_parameters")
def init_units_alike(layer_sizes, seed=42):
    """All units of a layer start with the same weights, and will stay the same for ever. Draw each one anew."""
    return layers(seed, layer_sizes, lambda random, n_out, n_in: np.repeat(he(random, 1, n_in), n_out, axis=0))


@mistake("forward.initialize_parameters")
def init_uniform(layer_sizes, seed=42):
    """The weights are drawn evenly from 0 to 1, so none is negative. Which function draws from a normal
    distribution?"""
    return layers(seed, layer_sizes, lambda random, n_out, n_in: random.rand(n_out, n_in) * np.sqrt(2 / n_in))


@mistake("forward.initialize_parameters")
def init_unscaled(layer_sizes, seed=42):
    """The standard deviation is 1 in every layer. It should shrink as the number of inputs grows: by which formula?"""
    return layers(seed, layer_sizes, lambda random, n_out, n_in: random.randn(n_out, n_in))


@mistake("forward.initialize_parameters")
def init_small(layer_sizes, seed=42):
    """The standard deviation is 0.01 in every layer. It should depend on the number of inputs."""
    return layers(seed, layer_sizes, lambda random, n_out, n_in: 0.01 * random.randn(n_out, n_in))


@mistake("forward.initialize_parameters")
def init_by_outputs(layer_sizes, seed=42):
    """The scale is taken from the layer's outputs. A unit adds up its inputs: it is their number that counts."""
    return layers(seed, layer_sizes, lambda random, n_out, n_in: random.randn(n_out, n_in) * np.sqrt(2 / n_out))


@mistake("forward.initialize_parameters")
def init_xavier(layer_sizes, seed=42):
    """The variance is 1 / n_in, for activations that let all through (Xavier). relu cuts half off: what makes up for
    it?"""
    return layers(seed, layer_sizes, lambda random, n_out, n_in: random.randn(n_out, n_in) * np.sqrt(1 / n_in))


@mistake("forward.initialize_parameters")
def init_glorot(layer_sizes, seed=42):
    """The variance is 2 / (n_in + n_out), which is Glorot's. He's counts the inputs alone."""
    return layers(
        seed, layer_sizes, lambda random, n_out, n_in: random.randn(n_out, n_in) * np.sqrt(2 / (n_in + n_out))
    )


@mistake("forward.initialize_parameters")
def init_with_the_variance(layer_sizes, seed=42):
    """2 / n_in is the variance, but the factor is taken for a standard deviation. What lies between the two?"""
    return layers(seed, layer_sizes, lambda random, n_out, n_in: random.randn(n_out, n_in) * 2 / n_in)


@mistake("forward.initialize_parameters")
def init_scaled_by_the_first_layer(layer_sizes, seed=42):
    """Every layer has the first layer's scale. n_in is the number of inputs of the layer at hand."""
    return layers(
        seed, layer_sizes, lambda random, n_out, n_in: random.randn(n_out, n_in) * np.sqrt(2 / layer_sizes[0])
    )


@mistake("forward.initialize_parameters")
def init_random_biases(layer_sizes, seed=42):
    """Biases are random, too. Weights alone tell the units apart: biases start at 0."""
    return layers(seed, layer_sizes, he, lambda random, n_out: random.randn(n_out, 1))


@mistake("forward.initialize_parameters")
def init_flat_biases(layer_sizes, seed=42):
    """b has shape (n_out,), and NumPy would add it to rows. It is a column: (n_out, 1)."""
    return layers(seed, layer_sizes, he, lambda random, n_out: np.zeros(n_out))


@mistake("forward.initialize_parameters")
def init_transposed(layer_sizes, seed=42):
    """W is (n_in, n_out). Samples are columns here, so W stands to their left: which axis has to fit them?"""
    return layers(seed, layer_sizes, lambda random, n_out, n_in: he(random, n_out, n_in).T)


@mistake("forward.initialize_parameters")
def init_two_layers_only(layer_sizes, seed=42):
    """Only two layers are made, however many are asked for. Go through all neighbours in layer_sizes."""
    return initialize_parameters(layer_sizes, seed)[:2]


@mistake("forward.initialize_parameters")
def init_without_the_last_layer(layer_sizes, seed=42):
    """One layer is missing. Four sizes make three layers: where does the loop end?"""
    return initialize_parameters(layer_sizes, seed)[:-1]


@mistake("forward.initialize_parameters")
def init_without_a_seed(layer_sizes, seed=42):
    """The seed isn't used, so each call gives something else. Hand it to the generator."""
    return layers(None, layer_sizes, he)


@mistake("forward.initialize_parameters")
def init_with_one_seed_for_all(layer_sizes, seed=42):
    """Whatever the seed, the parameters are the same. Is a fixed number written where the argument belongs?"""
    return initialize_parameters(layer_sizes, 42)


@mistake("forward.linear_forward")
def linear_without_bias(A_prev, W, b):
    """The bias isn't added."""
    return W @ A_prev


@mistake("forward.linear_forward")
def linear_with_w_transposed(A_prev, W, b):
    """W is transposed, which only fits where a layer is square. Its rows are the units: (n_out, n_in)."""
    return W.T @ A_prev + b


@mistake("forward.linear_forward")
def linear_with_samples_as_rows(A_prev, W, b):
    """The result has samples as rows. They are columns here: which factor comes first?"""
    return A_prev.T @ W.T + b.T


@mistake("forward.linear_forward")
def linear_entry_by_entry(A_prev, W, b):
    """Entries are multiplied one by one. Each unit adds up all of its inputs: which product does that?"""
    return W * A_prev + b


@mistake("forward.linear_forward")
def linear_with_bias_subtracted(A_prev, W, b):
    """The bias is subtracted. In Z = W A + b it is added, whatever it is called elsewhere (a threshold, say)."""
    return W @ A_prev - b


@mistake("forward.linear_forward")
def linear_with_a_flat_bias(A_prev, W, b):
    """The bias lost its second axis, and is added along the samples instead of the units. Keep it a column."""
    return W @ A_prev + b.ravel()


@mistake("forward.linear_forward")
def linear_with_one_bias_for_all(A_prev, W, b):
    """Every unit gets the first unit's bias. Each has its own."""
    return W @ A_prev + b[0]


@mistake("forward.linear_forward")
def linear_with_relu(A_prev, W, b):
    """Negative entries are cut off. The activation is another function's affair: Z is what comes before it."""
    return relu(W @ A_prev + b)


@mistake("forward.linear_forward")
def linear_with_bias_multiplied_too(A_prev, W, b):
    """The bias is added before W is applied. It shifts the sum, not the inputs."""
    return W @ (A_prev + b)


def through(X, parameters, activations, step):
    """A forward pass by `step(A, Z, activation)` -> (what goes into the cache, what goes on)."""
    A, cache = X, []
    for (W, b), name in zip(parameters, activations, strict=True):
        entry, A = step(A, linear_forward(A, W, b), ACTIVATIONS[name][0])
        cache.append(entry)
    return A, cache


@mistake("forward.forward")
def forward_without_biases(X, parameters, activations):
    """The biases are left out. The function for one layer adds them: use it."""
    return forward(X, [(W, np.zeros_like(b)) for W, b in parameters], activations)


@mistake("forward.forward")
def forward_without_hidden_activations(X, parameters, activations):
    """Z goes on to the next layer without an activation, so all layers collapse into one. What comes after Z?"""
    A, cache = X, []
    for W, b in parameters:
        cache.append((A, linear_forward(A, W, b)))
        A = cache[-1][1]
    return ACTIVATIONS[activations[-1]][0](A), cache


@mistake("forward.forward")
def forward_without_output_activation(X, parameters, activations):
    """The last layer's Z comes back. The output has an activation as well: the last name in the list."""
    _, cache = forward(X, parameters, activations)
    return cache[-1][1], cache


@mistake("forward.forward")
def forward_with_sigmoid_everywhere(X, parameters, activations):
    """All layers use the sigmoid. The list of names says which layer uses what."""
    return forward(X, parameters, ["sigmoid"] * len(parameters))


@mistake("forward.forward")
def forward_with_relu_in_all_hidden_layers(X, parameters, activations):
    """Hidden layers always use relu. The list of names says which layer uses what."""
    return forward(X, parameters, ["relu"] * (len(parameters) - 1) + [activations[-1]])


@mistake("forward.forward")
def forward_with_first_activation_everywhere(X, parameters, activations):
    """All layers use the first activation. Take the name that belongs to the layer."""
    return forward(X, parameters, [activations[0]] * len(parameters))


@mistake("forward.forward")
def forward_with_sigmoid_at_the_end(X, parameters, activations):
    """The last layer uses the sigmoid, whatever the list says. Its name stands in the list as well."""
    return forward(X, parameters, [*activations[:-1], "sigmoid"])


@mistake("forward.forward")
def forward_from_x_each_time(X, parameters, activations):
    """Every layer gets X. Only the first one does: the next gets what the layer before gave."""
    A, cache = X, []
    for (W, b), name in zip(parameters, activations, strict=True):
        Z = linear_forward(X, W, b)
        cache.append((X, Z))
        A = ACTIVATIONS[name][0](Z)
    return A, cache


@mistake("forward.forward")
def forward_remembers_activations_for_z(X, parameters, activations):
    """The cache holds activation(Z) where Z belongs, perhaps since the activation was written into Z. Derivatives
    are functions of Z: keep it as it was."""
    return through(X, parameters, activations, lambda A, Z, activation: ((A, activation(Z)), activation(Z)))


@mistake("forward.forward")
def forward_remembers_outputs_for_inputs(X, parameters, activations):
    """The cache holds what a layer gave, not what it got. The gradient of W needs the layer's input: A_prev."""
    return through(X, parameters, activations, lambda A, Z, activation: ((activation(Z), Z), activation(Z)))


@mistake("forward.forward")
def forward_remembers_in_swapped_order(X, parameters, activations):
    """The pairs in the cache are turned round: A_prev comes first, then Z."""
    return through(X, parameters, activations, lambda A, Z, activation: ((Z, A), activation(Z)))


@mistake("forward.forward")
def forward_remembers_only_z(X, parameters, activations):
    """The cache holds Z alone. Backpropagation needs each layer's input, too: (A_prev, Z)."""
    return through(X, parameters, activations, lambda A, Z, activation: (Z, activation(Z)))


@mistake("forward.forward")
def forward_remembers_backwards(X, parameters, activations):
    """The cache begins with the last layer. It should be in forward order."""
    Y_hat, cache = forward(X, parameters, activations)
    return Y_hat, cache[::-1]


@mistake("forward.forward")
def forward_forgets_the_first_layer(X, parameters, activations):
    """The cache lacks the first layer. It has one entry per layer, and the first one's input is X."""
    Y_hat, cache = forward(X, parameters, activations)
    return Y_hat, cache[1:]


@mistake("forward.forward")
def forward_stops_one_layer_early(X, parameters, activations):
    """The last layer is never reached. Where does the loop end?"""
    return forward(X, parameters[:-1], activations[:-1])


@mistake("forward.forward")
def forward_of_two_layers(X, parameters, activations):
    """Only the first two layers are used. Networks have any number of them: loop over the parameters."""
    return forward(X, parameters[:2], activations[:2])


@mistake("forward.forward")
def forward_without_cache(X, parameters, activations):
    """Only the output comes back. Two things are asked for: the output and the cache."""
    return forward(X, parameters, activations)[0]


@mistake("forward.forward")
def forward_activates_in_place(X, parameters, activations):
    """The cache holds activation(Z) where Z belongs, perhaps since the activation was written into Z. Derivatives
    are functions of Z: keep it as it was."""

    def step(A, Z, activation):
        Z[...] = activation(Z)
        return (A, Z), Z

    return through(X, parameters, activations, step)


@mistake("forward.forward")
def forward_keeps_the_old_cache(X, parameters, activations, cache=[]):  # noqa: B006
    """A second call finds the first one's cache: a list as a default argument is made once, not for each call."""
    Y_hat, new = forward(X, parameters, activations)
    cache.extend(new)
    return Y_hat, cache


def losses(Y_hat, Y):
    P = np.clip(Y_hat, 1e-12, 1 - 1e-12)
    return -Y * np.log(P) - (1 - Y) * np.log(1 - P)


@mistake("forward.binary_cross_entropy")
def bce_sum(Y_hat, Y):
    """This is the sum over all samples. The mean is asked for: how many samples are there, and on which axis?"""
    return float(np.sum(losses(Y_hat, Y)))


@mistake("forward.binary_cross_entropy")
def bce_divided_twice(Y_hat, Y):
    """The loss is divided by m twice. A mean already divides once."""
    return float(np.mean(losses(Y_hat, Y)) / Y.shape[1])


@mistake("forward.binary_cross_entropy")
def bce_negative(Y_hat, Y):
    """The sign is turned round. Logarithms of probabilities are negative: what makes a loss of them?"""
    return float(-np.mean(losses(Y_hat, Y)))


@mistake("forward.binary_cross_entropy")
def bce_of_class_1_only(Y_hat, Y):
    """Samples of class 0 cost nothing, whatever is predicted for them. Which term is missing?"""
    return float(-np.mean(Y * np.log(np.maximum(Y_hat, 1e-12))))


@mistake("forward.binary_cross_entropy")
def bce_of_class_0_only(Y_hat, Y):
    """Samples of class 1 cost nothing, whatever is predicted for them. Which term is missing?"""
    return float(-np.mean((1 - Y) * np.log(np.maximum(1 - Y_hat, 1e-12))))


@mistake("forward.binary_cross_entropy")
def bce_of_swapped_labels(Y_hat, Y):
    """Good predictions cost much and bad ones little: each label has the other one's logarithm. Try Y = 1."""
    return binary_cross_entropy(1 - Y_hat, Y)


@mistake("forward.binary_cross_entropy")
def bce_of_swapped_arguments(Y_hat, Y):
    """The logarithm is taken of the labels. It belongs to the predictions: labels only choose the term."""
    return binary_cross_entropy(Y, Y_hat)


@mistake("forward.binary_cross_entropy")
def bce_in_bits(Y_hat, Y):
    """The logarithm has base 2. The natural one is asked for: its derivative is simply 1 / x."""
    return binary_cross_entropy(Y_hat, Y) / float(np.log(2))


@mistake("forward.binary_cross_entropy")
def bce_in_tens(Y_hat, Y):
    """The logarithm has base 10. The natural one is asked for: its derivative is simply 1 / x."""
    return binary_cross_entropy(Y_hat, Y) / float(np.log(10))


@mistake("forward.binary_cross_entropy")
def bce_halved(Y_hat, Y):
    """The loss is halved, as squared errors sometimes are. Cross-entropy has no such factor."""
    return binary_cross_entropy(Y_hat, Y) / 2


@mistake("forward.binary_cross_entropy")
def bce_is_squared_error(Y_hat, Y):
    """This is the mean squared error. Cross-entropy is made of logarithms of the predicted probabilities."""
    return float(np.mean((Y_hat - Y) ** 2))


@mistake("forward.binary_cross_entropy")
def bce_infinite_at_certainty(Y_hat, Y):
    """log(0) is minus infinity, and 0 times that is NaN. Keep the argument of both logarithms away from 0."""
    with np.errstate(divide="ignore", invalid="ignore"):
        return float(-np.mean(Y * np.log(Y_hat) + (1 - Y) * np.log(1 - Y_hat)))


@mistake("forward.binary_cross_entropy")
def bce_safe_at_one_end(Y_hat, Y):
    """A prediction of exactly 0 is safe, one of exactly 1 is not. Which of the two logarithms is unprotected?"""
    with np.errstate(divide="ignore", invalid="ignore"):
        return float(-np.mean(Y * np.log(Y_hat + 1e-12) + (1 - Y) * np.log(1 - Y_hat)))


@mistake("forward.binary_cross_entropy")
def bce_clipped_too_much(Y_hat, Y):
    """Predictions are clipped so much that bad ones cost too little. 1e-7 is more than enough to keep away from 0."""
    return binary_cross_entropy(np.clip(Y_hat, 0.01, 0.99), Y)


@mistake("forward.binary_cross_entropy")
def bce_with_a_large_offset(Y_hat, Y):
    """What is added inside the logarithms is large enough to change the loss. 1e-12 does as well, and doesn't show."""
    return float(-np.mean(Y * np.log(Y_hat + 1e-3) + (1 - Y) * np.log(1 - Y_hat + 1e-3)))


@mistake("forward.binary_cross_entropy")
def bce_clips_in_place(Y_hat, Y):
    """Clipping is written into Y_hat, which belongs to the caller. Clip into a new array."""
    np.clip(Y_hat, 1e-12, 1 - 1e-12, out=Y_hat)
    return binary_cross_entropy(Y_hat, Y)


@mistake("forward.binary_cross_entropy")
def bce_per_sample(Y_hat, Y):
    """One loss per sample comes back. One number is asked for: their mean."""
    return losses(Y_hat, Y)


@mistake("forward.binary_cross_entropy")
def bce_of_logits(Y_hat, Y):
    """The predictions go through a sigmoid once more. They are probabilities already."""
    return binary_cross_entropy(sigmoid(Y_hat), Y)


@mistake("forward.binary_cross_entropy")
def bce_of_decisions(Y_hat, Y):
    """Predictions are rounded to 0 or 1 first, so the loss no longer says how sure they were. Take them as they
    come."""
    return binary_cross_entropy(np.round(Y_hat), Y)


@mistake("forward.binary_cross_entropy")
def bce_with_infinities_taken_out(Y_hat, Y):
    """Infinite losses are replaced by 0, so the worst predictions cost nothing. Keep the logarithms finite instead."""
    with np.errstate(divide="ignore", invalid="ignore"):
        loss = -(Y * np.log(Y_hat) + (1 - Y) * np.log(1 - Y_hat))
    return float(np.mean(np.nan_to_num(loss, posinf=0.0)))
