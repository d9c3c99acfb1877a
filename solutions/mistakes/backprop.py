"""Known mistakes in `mlp.backprop`."""

import numpy as np
from mlp.activations import ACTIVATIONS, relu_derivative, sigmoid_derivative
from mlp.backprop import backward, layer_backward, numerical_gradients, output_error, relative_error
from mlp.forward import binary_cross_entropy, forward

from mistakes import mistake


@mistake("backprop.output_error")
def error_with_its_sign_turned(Y_hat, Y):
    """The difference is the wrong way round, so training would climb. Which way should Z go where Y_hat is too
    large?"""
    return (Y - Y_hat) / Y.shape[1]


@mistake("backprop.output_error")
def error_not_averaged(Y_hat, Y):
    """It isn't divided by the number of samples. The loss is a mean, and so is its derivative: which axis counts
    them?"""
    return Y_hat - Y


@mistake("backprop.output_error")
def error_averaged_twice(Y_hat, Y):
    """It is divided by m twice. One 1/m belongs to the mean loss, and there is no other."""
    return (Y_hat - Y) / Y.shape[1] ** 2


@mistake("backprop.output_error")
def error_times_the_sigmoids_slope(Y_hat, Y):
    """The sigmoid's slope is multiplied in, as for squared error. With cross-entropy it cancels: derive it once by
    hand."""
    return (Y_hat - Y) * Y_hat * (1 - Y_hat) / Y.shape[1]


@mistake("backprop.output_error")
def error_before_the_sigmoid(Y_hat, Y):
    """This is dL/dY_hat. The chain rule has one more factor on the way to Z: the sigmoid's slope."""
    P = np.clip(Y_hat, 1e-12, 1 - 1e-12)
    return (P - Y) / (P * (1 - P)) / Y.shape[1]


@mistake("backprop.output_error")
def error_by_a_quotient(Y_hat, Y):
    """Where Y_hat is exactly 0 or 1 this divides 0 by 0. Simplify the product of the two derivatives before you code
    it."""
    with np.errstate(divide="ignore", invalid="ignore"):
        return (Y_hat - Y) / (Y_hat * (1 - Y_hat)) * (Y_hat * (1 - Y_hat)) / Y.shape[1]


@mistake("backprop.output_error")
def error_without_labels(Y_hat, Y):
    """The labels play no part. An error is the difference between what was said and what is true."""
    return Y_hat / Y.shape[1]


@mistake("backprop.output_error")
def error_squared(Y_hat, Y):
    """The difference is squared, so it has lost its sign. Is this a loss or its derivative?"""
    return (Y_hat - Y) ** 2 / Y.shape[1]


@mistake("backprop.output_error")
def error_without_sign(Y_hat, Y):
    """The difference has lost its sign. The network must know in which direction it was wrong."""
    return np.abs(Y_hat - Y) / Y.shape[1]


@mistake("backprop.output_error")
def error_doubled(Y_hat, Y):
    """There is a factor 2, as in the derivative of a square. Nothing is squared in cross-entropy."""
    return 2 * (Y_hat - Y) / Y.shape[1]


@mistake("backprop.output_error")
def error_halved(Y_hat, Y):
    """It is divided by 2 m. That belongs to a squared error with a half in front: here it is m."""
    return (Y_hat - Y) / (2 * Y.shape[1])


@mistake("backprop.output_error")
def error_of_the_decision(Y_hat, Y):
    """Predictions are rounded to 0 or 1 first. The error counts how sure the network was: take them as they come."""
    return (np.round(Y_hat) - Y) / Y.shape[1]


@mistake("backprop.output_error")
def error_as_one_number(Y_hat, Y):
    """One number comes back. Every sample has an error of its own: divide by m, but don't add up."""
    return np.mean(Y_hat - Y)


@mistake("backprop.output_error")
def error_in_place(Y_hat, Y):
    """The result is written into Y_hat, which belongs to the caller. Make a new array."""
    Y_hat -= Y
    Y_hat /= Y.shape[1]
    return Y_hat


@mistake("backprop.layer_backward")
def layer_divides_by_m_again(dZ, A_prev, W):
    """dW and db are divided by m, but dZ already was, in output_error. The chain rule has no second 1/m."""
    dA_prev, dW, db = layer_backward(dZ, A_prev, W)
    return dA_prev, dW / dZ.shape[1], db / dZ.shape[1]


@mistake("backprop.layer_backward")
def layer_divides_dw_by_m(dZ, A_prev, W):
    """dW is divided by m, but dZ already was, in output_error. db is right: treat both alike."""
    dA_prev, dW, db = layer_backward(dZ, A_prev, W)
    return dA_prev, dW / dZ.shape[1], db


@mistake("backprop.layer_backward")
def layer_divides_da_by_m(dZ, A_prev, W):
    """dA_prev is divided by m, so each layer below would be again. dZ already holds the one 1/m."""
    dA_prev, dW, db = layer_backward(dZ, A_prev, W)
    return dA_prev / dZ.shape[1], dW, db


@mistake("backprop.layer_backward")
def layer_averages_db(dZ, A_prev, W):
    """db is a mean over the samples, but dZ is divided by m already. What is left to do with the samples?"""
    dA_prev, dW, _ = layer_backward(dZ, A_prev, W)
    return dA_prev, dW, dZ.mean(axis=1, keepdims=True)


@mistake("backprop.layer_backward")
def layer_sums_db_over_units(dZ, A_prev, W):
    """db is summed over the units instead of the samples. One bias serves all samples: which axis are they on?"""
    dA_prev, dW, _ = layer_backward(dZ, A_prev, W)
    return dA_prev, dW, dZ.sum(axis=0, keepdims=True)


@mistake("backprop.layer_backward")
def layer_sums_db_over_everything(dZ, A_prev, W):
    """All units get the same bias gradient: the sum over everything. Each unit has its own: sum over samples only."""
    dA_prev, dW, db = layer_backward(dZ, A_prev, W)
    return dA_prev, dW, np.full_like(db, dZ.sum())


@mistake("backprop.layer_backward")
def layer_with_a_flat_db(dZ, A_prev, W):
    """db lost its second axis. Subtracted from a column, it would make a matrix of it: keep the shape (n_out, 1)."""
    dA_prev, dW, _ = layer_backward(dZ, A_prev, W)
    return dA_prev, dW, dZ.sum(axis=1)


@mistake("backprop.layer_backward")
def layer_with_db_per_sample(dZ, A_prev, W):
    """db still has one column per sample. One bias serves all samples, so their contributions add up."""
    dA_prev, dW, _ = layer_backward(dZ, A_prev, W)
    return dA_prev, dW, dZ.copy()


@mistake("backprop.layer_backward")
def layer_with_db_zero(dZ, A_prev, W):
    """db is 0, so the biases would never move. How does Z change when b does?"""
    dA_prev, dW, db = layer_backward(dZ, A_prev, W)
    return dA_prev, dW, np.zeros_like(db)


@mistake("backprop.layer_backward")
def layer_with_db_from_dw(dZ, A_prev, W):
    """db is made of dW, which holds the inputs. The bias has nothing to do with them: start from dZ."""
    dA_prev, dW, _ = layer_backward(dZ, A_prev, W)
    return dA_prev, dW, dW.sum(axis=1, keepdims=True)


@mistake("backprop.layer_backward")
def layer_with_w_not_transposed(dZ, A_prev, W):
    """W is not transposed, which only fits where a layer is square. Going back, the roles of rows and columns
    change."""
    _, dW, db = layer_backward(dZ, A_prev, W)
    return W @ dZ, dW, db


@mistake("backprop.layer_backward")
def layer_with_da_entry_by_entry(dZ, A_prev, W):
    """W and dZ are multiplied entry by entry, which fits a single output unit only. An input feels all units: add
    up."""
    _, dW, db = layer_backward(dZ, A_prev, W)
    return W.T * dZ, dW, db


@mistake("backprop.layer_backward")
def layer_with_dw_entry_by_entry(dZ, A_prev, W):
    """dZ and A_prev are multiplied entry by entry. dW is shaped like W, and adds up over the samples: which product?"""
    dA_prev, _, db = layer_backward(dZ, A_prev, W)
    return dA_prev, dZ * A_prev, db


@mistake("backprop.layer_backward")
def layer_with_dw_transposed(dZ, A_prev, W):
    """dW is the transpose of what is asked. It is shaped like W, (n_out, n_in): which factor comes first?"""
    dA_prev, dW, db = layer_backward(dZ, A_prev, W)
    return dA_prev, dW.T, db


@mistake("backprop.layer_backward")
def layer_with_dw_of_one_sample(dZ, A_prev, W):
    """dW comes from the first sample alone. Every sample has its say: which product adds them up?"""
    dA_prev, _, db = layer_backward(dZ, A_prev, W)
    return dA_prev, np.outer(dZ[:, 0], A_prev[:, 0]), db


@mistake("backprop.layer_backward")
def layer_with_results_in_another_order(dZ, A_prev, W):
    """The three results are in another order than asked for: dA_prev, dW, db."""
    dA_prev, dW, db = layer_backward(dZ, A_prev, W)
    return dW, db, dA_prev


@mistake("backprop.layer_backward")
def layer_without_da(dZ, A_prev, W):
    """dA_prev is missing. The layer before needs it: three results are asked for."""
    return layer_backward(dZ, A_prev, W)[1:]


@mistake("backprop.layer_backward")
def layer_with_relus_mask(dZ, A_prev, W):
    """dA_prev is cut off where A_prev is 0. The activation's derivative is another step, which the caller takes."""
    dA_prev, dW, db = layer_backward(dZ, A_prev, W)
    return dA_prev * (A_prev > 0), dW, db


@mistake("backprop.layer_backward")
def layer_with_w_updated_first(dZ, A_prev, W):
    """dA_prev is computed with weights that have already taken a step. All gradients are those of the weights as
    given."""
    _, dW, db = layer_backward(dZ, A_prev, W)
    return (W - 0.1 * dW).T @ dZ, dW, db


@mistake("backprop.layer_backward")
def layer_with_bounded_gradients(dZ, A_prev, W):
    """The gradients are clipped. That is a trick of some training loops; here the exact derivative is asked for."""
    return tuple(np.clip(gradient, -1, 1) for gradient in layer_backward(dZ, A_prev, W))


def going_back(
    Y_hat,
    Y,
    cache,
    parameters,
    activations,
    *,
    start=output_error,
    derivative=lambda layer, Z, A, names: ACTIVATIONS[names[layer]][1](Z),
    weights=lambda W, dW: W,
    change=lambda dA: dA,
    inputs=lambda A_prev, Z: A_prev,
):
    """A backward pass with one of its parts replaced."""
    dZ, gradients = start(Y_hat, Y), []
    for layer in reversed(range(len(parameters))):
        A_prev, Z = cache[layer]
        _, dW, db = layer_backward(dZ, inputs(A_prev, Z), parameters[layer][0])
        gradients.insert(0, (dW, db))
        if layer > 0:
            dA_prev = weights(parameters[layer][0], dW).T @ dZ
            dZ = change(dA_prev) * derivative(layer - 1, cache[layer - 1][1], A_prev, activations)
    return gradients


@mistake("backprop.backward")
def backward_without_activation_slopes(Y_hat, Y, cache, parameters, activations):
    """The error passes the hidden layers without their activations' derivatives. dZ is dA times what, entry by
    entry?"""
    return going_back(Y_hat, Y, cache, parameters, activations, derivative=lambda layer, Z, A, names: 1.0)


@mistake("backprop.backward")
def backward_with_slopes_at_a(Y_hat, Y, cache, parameters, activations):
    """Derivatives are taken at the activation, but they are functions of Z. With relu it makes no difference: try
    tanh."""
    return going_back(
        Y_hat, Y, cache, parameters, activations, derivative=lambda layer, Z, A, names: ACTIVATIONS[names[layer]][1](A)
    )


@mistake("backprop.backward")
def backward_with_activations_for_slopes(Y_hat, Y, cache, parameters, activations):
    """The activation itself is multiplied in where its derivative belongs. The table holds both: which comes second?"""
    return going_back(
        Y_hat, Y, cache, parameters, activations, derivative=lambda layer, Z, A, names: ACTIVATIONS[names[layer]][0](Z)
    )


@mistake("backprop.backward")
def backward_with_the_next_layers_slope(Y_hat, Y, cache, parameters, activations):
    """A layer gets the derivative of the activation above it. Z belongs to the layer before: so does the name."""
    return going_back(
        Y_hat,
        Y,
        cache,
        parameters,
        activations,
        derivative=lambda layer, Z, A, names: ACTIVATIONS[names[layer + 1]][1](Z),
    )


@mistake("backprop.backward")
def backward_with_relu_for_all(Y_hat, Y, cache, parameters, activations):
    """All hidden layers are taken for relu layers. The list of names says which layer uses what."""
    return going_back(
        Y_hat, Y, cache, parameters, activations, derivative=lambda layer, Z, A, names: relu_derivative(Z)
    )


@mistake("backprop.backward")
def backward_with_sigmoid_for_all(Y_hat, Y, cache, parameters, activations):
    """All hidden layers are taken for sigmoid layers. The list of names says which layer uses what."""
    return going_back(
        Y_hat, Y, cache, parameters, activations, derivative=lambda layer, Z, A, names: sigmoid_derivative(Z)
    )


@mistake("backprop.backward")
def backward_with_the_first_activation_for_all(Y_hat, Y, cache, parameters, activations):
    """All hidden layers get the first one's derivative. Take the name that belongs to the layer."""
    return going_back(
        Y_hat, Y, cache, parameters, activations, derivative=lambda layer, Z, A, names: ACTIVATIONS[names[0]][1](Z)
    )


@mistake("backprop.backward")
def backward_with_the_sigmoids_slope_at_the_end(Y_hat, Y, cache, parameters, activations):
    """The output layer's slope is multiplied in, but output_error has it already: it is dL/dZ, not dL/dY_hat."""
    return going_back(
        Y_hat, Y, cache, parameters, activations, start=lambda Y_hat, Y: output_error(Y_hat, Y) * Y_hat * (1 - Y_hat)
    )


@mistake("backprop.backward")
def backward_with_its_sign_turned(Y_hat, Y, cache, parameters, activations):
    """All gradients have the wrong sign. Look at the difference with which the way back begins."""
    return going_back(Y_hat, Y, cache, parameters, activations, start=lambda Y_hat, Y: -output_error(Y_hat, Y))


@mistake("backprop.backward")
def backward_not_averaged(Y_hat, Y, cache, parameters, activations):
    """All gradients are m times too large. Begin with output_error, which divides by the number of samples."""
    return going_back(Y_hat, Y, cache, parameters, activations, start=lambda Y_hat, Y: Y_hat - Y)


@mistake("backprop.backward")
def backward_averaged_twice(Y_hat, Y, cache, parameters, activations):
    """All gradients are divided by m once more. output_error did that: nothing after it needs another 1/m."""
    return going_back(
        Y_hat, Y, cache, parameters, activations, start=lambda Y_hat, Y: output_error(Y_hat, Y) / Y.shape[1]
    )


@mistake("backprop.backward")
def backward_averaged_at_each_layer(Y_hat, Y, cache, parameters, activations):
    """The last layer is right, each one below is divided by m once more. 1/m enters once, at the output."""
    return going_back(Y_hat, Y, cache, parameters, activations, change=lambda dA: dA / Y.shape[1])


@mistake("backprop.backward")
def backward_with_relu_on_the_error(Y_hat, Y, cache, parameters, activations):
    """Negative errors are cut off. An activation's derivative is multiplied with the error, not applied to it."""
    return going_back(Y_hat, Y, cache, parameters, activations, change=lambda dA: np.maximum(0, dA))


@mistake("backprop.backward")
def backward_with_weights_updated_first(Y_hat, Y, cache, parameters, activations):
    """A layer's weights take a step before the error has passed them. All gradients belong to the same parameters."""
    return going_back(Y_hat, Y, cache, parameters, activations, weights=lambda W, dW: W - 0.1 * dW)


@mistake("backprop.backward")
def backward_with_absolute_weights(Y_hat, Y, cache, parameters, activations):
    """The weights lose their sign on the way back. A negative weight turns the error round."""
    return going_back(Y_hat, Y, cache, parameters, activations, weights=lambda W, dW: np.abs(W))


@mistake("backprop.backward")
def backward_with_all_units_blamed_alike(Y_hat, Y, cache, parameters, activations):
    """The raw error goes back to all units alike. Each one's share is its weight: which product passes it on?"""
    return going_back(Y_hat, Y, cache, parameters, activations, weights=lambda W, dW: np.ones_like(W))


@mistake("backprop.backward")
def backward_with_dw_from_z(Y_hat, Y, cache, parameters, activations):
    """dW is computed from the Z below instead of its activation. What did the layer get as input?"""
    below = iter([Z for _, Z in cache[-2::-1]])
    return going_back(Y_hat, Y, cache, parameters, activations, inputs=lambda A_prev, Z: next(below, A_prev))


@mistake("backprop.backward")
def backward_starting_over_at_each_layer(Y_hat, Y, cache, parameters, activations):
    """Only the error just above the last layer is passed on; deeper layers get it again. Go on with the newest dZ."""
    dZ, gradients = output_error(Y_hat, Y), []
    dA = parameters[-1][0].T @ dZ
    for layer in reversed(range(len(parameters))):
        A_prev, Z = cache[layer]
        if layer < len(parameters) - 1:
            dZ = dA.sum(axis=0, keepdims=True) * ACTIVATIONS[activations[layer]][1](Z)
        gradients.insert(0, layer_backward(dZ, A_prev, parameters[layer][0])[1:])
    return gradients


@mistake("backprop.backward")
def backward_in_reversed_order(Y_hat, Y, cache, parameters, activations):
    """The list begins with the last layer. It should be in the order of the parameters."""
    return backward(Y_hat, Y, cache, parameters, activations)[::-1]


@mistake("backprop.backward")
def backward_through_two_layers_only(Y_hat, Y, cache, parameters, activations):
    """Only the last two layers get a gradient, all others get 0. How far does the loop go?"""
    gradients = backward(Y_hat, Y, cache, parameters, activations)
    return [(0 * dW, 0 * db) for dW, db in gradients[:-2]] + gradients[-2:]


@mistake("backprop.backward")
def backward_stops_before_the_first_layer(Y_hat, Y, cache, parameters, activations):
    """The first layer's gradient is missing. The loop ends one layer too early."""
    return backward(Y_hat, Y, cache, parameters, activations)[1:]


@mistake("backprop.backward")
def backward_without_hidden_biases(Y_hat, Y, cache, parameters, activations):
    """Hidden layers get a bias gradient of 0. layer_backward gives one for every layer."""
    gradients = backward(Y_hat, Y, cache, parameters, activations)
    return [(dW, 0 * db) for dW, db in gradients[:-1]] + gradients[-1:]


@mistake("backprop.backward")
def backward_with_db_first(Y_hat, Y, cache, parameters, activations):
    """The pairs are turned round: dW comes first, then db."""
    return [(db, dW) for dW, db in backward(Y_hat, Y, cache, parameters, activations)]


@mistake("backprop.backward")
def backward_with_samples_as_rows(Y_hat, Y, cache, parameters, activations):
    """The weights' gradients are transposed. Each is shaped like its W."""
    return [(dW.T, db) for dW, db in backward(Y_hat, Y, cache, parameters, activations)]


@mistake("backprop.backward")
def backward_empties_the_cache(Y_hat, Y, cache, parameters, activations):
    """The cache is emptied on the way back, but it belongs to the caller. Read it without taking entries out."""
    gradients = backward(Y_hat, Y, cache, parameters, activations)
    cache.clear()
    return gradients


@mistake("backprop.backward")
def backward_writes_into_the_cache(Y_hat, Y, cache, parameters, activations):
    """A derivative is written into the Z of the cache. A second backward pass would find it there: make a new array."""
    gradients = backward(Y_hat, Y, cache, parameters, activations)
    for (_, Z), name in zip(cache, activations, strict=True):
        Z[...] = ACTIVATIONS[name][1](Z)
    return gradients


@mistake("backprop.backward")
def backward_piles_gradients_up(Y_hat, Y, cache, parameters, activations, totals={}):  # noqa: B006
    """Gradients of earlier calls are added in. Start from nothing in every call."""
    gradients = backward(Y_hat, Y, cache, parameters, activations)
    shapes = tuple(dW.shape for dW, _ in gradients)
    before = totals.get(shapes, [(0, 0)] * len(gradients))
    totals[shapes] = [(W + dW, b + db) for (W, b), (dW, db) in zip(before, gradients, strict=True)]
    return totals[shapes]


def probe(X, Y, parameters, activations, quotient, loss=binary_cross_entropy):
    """Each entry's slope by `quotient(loss at a shift)`; `parameters` are left as they were."""
    moved = [[np.array(array) for array in pair] for pair in parameters]

    def slope(array, index):
        value = array[index]

        def loss_at(shift):
            array[index] = value + shift
            Y_hat, _ = forward(X, moved, activations)
            array[index] = value
            return loss(Y_hat, Y)

        return quotient(loss_at)

    return [
        tuple(np.array([slope(a, i) for i in np.ndindex(a.shape)]).reshape(a.shape) for a in pair) for pair in moved
    ]


@mistake("backprop.numerical_gradients")
def numeric_forward_differences(X, Y, parameters, activations, epsilon=1e-5):
    """The step is taken to one side only. Central differences go to both sides, and are far more exact."""
    return probe(X, Y, parameters, activations, lambda loss: (loss(epsilon) - loss(0)) / epsilon)


@mistake("backprop.numerical_gradients")
def numeric_doubled(X, Y, parameters, activations, epsilon=1e-5):
    """All slopes are twice too large. How far apart are w - epsilon and w + epsilon?"""
    return [(2 * dW, 2 * db) for dW, db in numerical_gradients(X, Y, parameters, activations, epsilon)]


@mistake("backprop.numerical_gradients")
def numeric_not_divided(X, Y, parameters, activations, epsilon=1e-5):
    """The difference of the losses isn't divided by the distance. A slope is a rise per step."""
    return probe(X, Y, parameters, activations, lambda loss: (loss(epsilon) - loss(-epsilon)) / 2)


@mistake("backprop.numerical_gradients")
def numeric_divided_before_subtracting(X, Y, parameters, activations, epsilon=1e-5):
    """Brackets are missing: only the second loss is divided by 2 epsilon. Subtract first."""
    return probe(X, Y, parameters, activations, lambda loss: loss(epsilon) - loss(-epsilon) / (2 * epsilon))


@mistake("backprop.numerical_gradients")
def numeric_with_a_step_of_its_own(X, Y, parameters, activations, epsilon=1e-5):
    """Whatever epsilon is, the slopes are the same. Is the step a number of its own, or is none taken at all, as
    where the gradients come from backward? A check must not use what it checks."""
    return numerical_gradients(X, Y, parameters, activations)


@mistake("backprop.numerical_gradients")
def numeric_by_calculus(X, Y, parameters, activations, epsilon=1e-5):
    """Whatever epsilon is, the slopes are the same. Is the step a number of its own, or is none taken at all, as
    where the gradients come from backward? A check must not use what it checks."""
    Y_hat, cache = forward(X, parameters, activations)
    return backward(Y_hat, Y, cache, parameters, activations)


@mistake("backprop.numerical_gradients")
def numeric_with_its_sign_turned(X, Y, parameters, activations, epsilon=1e-5):
    """All slopes have the wrong sign. Which of the two losses is subtracted?"""
    return probe(X, Y, parameters, activations, lambda loss: (loss(-epsilon) - loss(epsilon)) / (2 * epsilon))


@mistake("backprop.numerical_gradients")
def numeric_of_the_sum(X, Y, parameters, activations, epsilon=1e-5):
    """These are slopes of the sum of the losses, m times too large. Use binary_cross_entropy, which is a mean."""
    return [
        (X.shape[1] * dW, X.shape[1] * db) for dW, db in numerical_gradients(X, Y, parameters, activations, epsilon)
    ]


@mistake("backprop.numerical_gradients")
def numeric_of_the_squared_error(X, Y, parameters, activations, epsilon=1e-5):
    """These are slopes of the squared error. The loss here is the binary cross-entropy."""
    return probe(
        X,
        Y,
        parameters,
        activations,
        lambda loss: (loss(epsilon) - loss(-epsilon)) / (2 * epsilon),
        lambda Y_hat, Y: np.mean((Y_hat - Y) ** 2),
    )


@mistake("backprop.numerical_gradients")
def numeric_moving_all_entries_at_once(X, Y, parameters, activations, epsilon=1e-5):
    """All entries of an array move together, so all get the same slope. Move one number at a time."""
    gradients = numerical_gradients(X, Y, parameters, activations, epsilon)
    return [(np.full_like(dW, dW.sum()), np.full_like(db, db.sum())) for dW, db in gradients]


@mistake("backprop.numerical_gradients")
def numeric_without_moving_anything(X, Y, parameters, activations, epsilon=1e-5):
    """The slopes are 0. Are the numbers that are moved those that forward sees, or a copy? And does the array that
    the slopes go into hold floats?"""
    return [(np.zeros_like(W), np.zeros_like(b)) for W, b in parameters]


@mistake("backprop.numerical_gradients")
def numeric_without_putting_back(X, Y, parameters, activations, epsilon=1e-5):
    """Each number stays where the last step left it, so the next slope belongs to other parameters. Put it back."""
    moved = [[np.array(array) for array in pair] for pair in parameters]
    gradients = []
    for pair in moved:
        slopes = []
        for array in pair:
            slope = np.zeros(array.shape)
            for index in np.ndindex(array.shape):
                array[index] += epsilon
                above = binary_cross_entropy(forward(X, moved, activations)[0], Y)
                array[index] -= 2 * epsilon
                slope[index] = (above - binary_cross_entropy(forward(X, moved, activations)[0], Y)) / (2 * epsilon)
            slopes.append(slope)
        gradients.append(tuple(slopes))
    return gradients


@mistake("backprop.numerical_gradients")
def numeric_leaves_the_parameters_moved(X, Y, parameters, activations, epsilon=1e-5):
    """The slopes are right, but the parameters are not what they were. Put every number back where it was."""
    gradients = numerical_gradients(X, Y, parameters, activations, epsilon)
    for pair in parameters:
        for array in pair:
            array -= epsilon
    return gradients


@mistake("backprop.numerical_gradients")
def numeric_without_biases(X, Y, parameters, activations, epsilon=1e-5):
    """The biases' slopes are 0. They are parameters as well: move each of them, too."""
    return [(dW, 0 * db) for dW, db in numerical_gradients(X, Y, parameters, activations, epsilon)]


@mistake("backprop.numerical_gradients")
def numeric_of_the_first_layer(X, Y, parameters, activations, epsilon=1e-5):
    """Only the first layer has slopes. Go through all of them."""
    return numerical_gradients(X, Y, parameters, activations, epsilon)[:1]


@mistake("backprop.numerical_gradients")
def numeric_in_whole_numbers(X, Y, parameters, activations, epsilon=1e-5):
    """The slopes are 0. Are the numbers that are moved those that forward sees, or a copy? And does the array that
    the slopes go into hold floats?"""
    gradients = numerical_gradients(X, Y, parameters, activations, epsilon)
    return [(dW.astype(int), db.astype(int)) for dW, db in gradients]


def flat(gradients):
    return np.concatenate([array.ravel() for pair in gradients for array in pair])


@mistake("backprop.relative_error")
def relative_error_is_absolute(analytic, numeric):
    """The difference isn't compared with anything: for small gradients all would look right. Divide by their size."""
    return float(np.linalg.norm(flat(analytic) - flat(numeric)))


@mistake("backprop.relative_error")
def relative_error_zero_by_zero(analytic, numeric):
    """Where both are all zero this is 0 / 0. They agree then: say so before you divide."""
    a, n = flat(analytic), flat(numeric)
    with np.errstate(invalid="ignore"):
        return float(np.linalg.norm(a - n) / (np.linalg.norm(a) + np.linalg.norm(n)))


@mistake("backprop.relative_error")
def relative_error_layer_by_layer(analytic, numeric):
    """It is a mean of the layers' errors. All entries of all layers count together, as one long vector."""
    return float(np.mean([relative_error([a], [n]) for a, n in zip(analytic, numeric, strict=True)]))


@mistake("backprop.relative_error")
def relative_error_of_the_worst_layer(analytic, numeric):
    """It is the worst layer's error. All entries of all layers count together, as one long vector."""
    return max(relative_error([a], [n]) for a, n in zip(analytic, numeric, strict=True))


@mistake("backprop.relative_error")
def relative_error_of_the_first_layer(analytic, numeric):
    """Only the first layer counts. Put all of them into one long vector."""
    return relative_error(analytic[:1], numeric[:1])


@mistake("backprop.relative_error")
def relative_error_of_the_last_layer(analytic, numeric):
    """Only the last layer counts: each one's error overwrites the one before. Put all into one long vector."""
    return relative_error(analytic[-1:], numeric[-1:])


@mistake("backprop.relative_error")
def relative_error_without_biases(analytic, numeric):
    """The biases' gradients are left out. They are part of the gradient."""
    return relative_error([(dW, 0 * db) for dW, db in analytic], [(dW, 0 * db) for dW, db in numeric])


@mistake("backprop.relative_error")
def relative_error_with_norms_added_by_array(analytic, numeric):
    """The arrays' norms are added up. The norm of the whole is the root of the sum of all squares."""
    pairs = [(a, n) for one, other in zip(analytic, numeric, strict=True) for a, n in zip(one, other, strict=True)]
    total = sum(np.linalg.norm(a) + np.linalg.norm(n) for a, n in pairs)
    return float(sum(np.linalg.norm(a - n) for a, n in pairs) / total) if total else 0.0


@mistake("backprop.relative_error")
def relative_error_with_the_norm_of_the_sum(analytic, numeric):
    """The denominator is the norm of the sum, which may be 0 where they are opposite. Add the norms instead."""
    a, n = flat(analytic), flat(numeric)
    total = np.linalg.norm(a + n)
    return float(np.linalg.norm(a - n) / total) if total else 0.0


@mistake("backprop.relative_error")
def relative_error_with_the_larger_norm(analytic, numeric):
    """The denominator is a single norm: the analytic gradient's, or the larger one. The formula has the sum of
    both."""
    a, n = flat(analytic), flat(numeric)
    total = max(np.linalg.norm(a), np.linalg.norm(n))
    return float(np.linalg.norm(a - n) / total) if total else 0.0


@mistake("backprop.relative_error")
def relative_error_of_one_norm_only(analytic, numeric):
    """The denominator is a single norm: the analytic gradient's, or the larger one. The formula has the sum of
    both."""
    total = np.linalg.norm(flat(analytic))
    return float(np.linalg.norm(flat(analytic) - flat(numeric)) / total) if total else 0.0


@mistake("backprop.relative_error")
def relative_error_of_squares(analytic, numeric):
    """The squares are added up, but no root is taken. What is a norm?"""
    a, n = flat(analytic), flat(numeric)
    total = np.sum(a**2) + np.sum(n**2)
    return float(np.sum((a - n) ** 2) / total) if total else 0.0


@mistake("backprop.relative_error")
def relative_error_with_a_large_offset(analytic, numeric):
    """What keeps the denominator from 0 is large enough to change the result. Something like 1e-12 would not."""
    a, n = flat(analytic), flat(numeric)
    return float(np.linalg.norm(a - n) / (np.linalg.norm(a) + np.linalg.norm(n) + 0.01))


@mistake("backprop.relative_error")
def relative_error_entry_by_entry(analytic, numeric):
    """It is a mean of each entry's own error. One norm of the whole difference is asked for."""
    a, n = flat(analytic), flat(numeric)
    return float(np.mean(np.abs(a - n) / np.maximum(np.abs(a) + np.abs(n), 1e-12)))
