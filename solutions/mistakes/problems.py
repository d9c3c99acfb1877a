"""Known mistakes in `mlp.problems`."""

import numpy as np
from mlp.datasets import make_circles, make_moons, standardize, train_test_split
from mlp.problems import (
    categorical_cross_entropy,
    l2_penalty,
    mini_batches,
    momentum_step,
    softmax,
    train_on_circles,
    xor_parameters,
)
from mlp.training import MLP, update_parameters

from mistakes import mistake


@mistake("problems.xor_parameters")
def xor_is_or():
    """(1, 1) comes out above 0.5: this is OR. The second hidden unit has to switch the output off when both are 1."""
    (W1, b1), (_, b2) = xor_parameters()
    return [(W1, b1), (np.array([[10.0, 0.0]]), b2)]


@mistake("problems.xor_parameters")
def xor_is_and():
    """Only (1, 1) comes out above 0.5: this is AND. Which combination of OR and AND is XOR?"""
    (W1, b1), (_, b2) = xor_parameters()
    return [(W1, b1), (np.array([[0.0, 10.0]]), b2)]


@mistake("problems.xor_parameters")
def xor_turned_round():
    """All outputs are on the wrong side of 0.5: the network says whether the inputs are equal. Turn the output
    round."""
    (W1, b1), (W2, b2) = xor_parameters()
    return [(W1, b1), (-W2, -b2)]


@mistake("problems.xor_parameters")
def xor_without_output_bias():
    """Without an output bias sigmoid(0) is 0.5 where XOR is 0. Where should the threshold between 0 and 1 lie?"""
    (W1, b1), (W2, b2) = xor_parameters()
    return [(W1, b1), (W2, 0 * b2)]


@mistake("problems.xor_parameters")
def xor_without_hidden_biases():
    """Both hidden units compute the same, so the network is as good as a single unit. What tells them apart?"""
    (W1, b1), (W2, b2) = xor_parameters()
    return [(W1, 0 * b1), (W2, b2)]


@mistake("problems.xor_parameters")
def xor_with_half_the_counterweight():
    """(1, 1) comes out above 0.5: the second hidden unit doesn't outweigh the first. Compute both units for (1, 1)."""
    (W1, b1), (_, b2) = xor_parameters()
    return [(W1, b1), (np.array([[10.0, -10.0]]), b2)]


@mistake("problems.xor_parameters")
def xor_for_inputs_of_either_sign():
    """This is XOR for inputs of -1 and 1. Here they are 0 and 1: try all four."""
    return [
        (np.array([[1.0, -1.0], [-1.0, 1.0]]), np.array([[-1.0], [-1.0]])),
        (np.array([[1.0, 1.0]]), np.array([[-0.5]])),
    ]


@mistake("problems.xor_parameters")
def xor_with_flat_biases():
    """The biases are flat. They are columns: (2, 1) and (1, 1)."""
    return [(W, b.ravel()) for W, b in xor_parameters()]


@mistake("problems.xor_parameters")
def xor_as_one_list():
    """The four arrays stand one after the other. A pair of W and b is asked for, one per layer."""
    return [array for pair in xor_parameters() for array in pair]


@mistake("problems.softmax")
def softmax_without_maximum(Z):
    """e^Z is infinite for large Z, and infinity over infinity is NaN. What can be taken off a column beforehand?"""
    with np.errstate(over="ignore", invalid="ignore"):
        return np.exp(Z) / np.exp(Z).sum(axis=0)


@mistake("problems.softmax")
def softmax_with_one_maximum_for_all(Z):
    """The maximum of the whole matrix is taken off every column, so a column of small scores becomes 0 / 0. Take each
    column's own."""
    with np.errstate(invalid="ignore"):
        return np.exp(Z - Z.max()) / np.exp(Z - Z.max()).sum(axis=0)


@mistake("problems.softmax")
def softmax_of_the_absolute_maximum(Z):
    """The largest absolute value is taken off, which is too much where all scores are negative. Take the maximum
    off."""
    with np.errstate(invalid="ignore"):
        E = np.exp(Z - np.abs(Z).max(axis=0))
        return E / E.sum(axis=0)


@mistake("problems.softmax")
def softmax_with_the_minimum(Z):
    """The minimum is taken off, so the largest exponent still overflows. Which end has to become 0?"""
    with np.errstate(over="ignore", invalid="ignore"):
        E = np.exp(Z - Z.min(axis=0))
        return E / E.sum(axis=0)


@mistake("problems.softmax")
def softmax_of_clipped_scores(Z):
    """Scores are clipped, so differences between large ones get lost. Take something off each column instead."""
    return softmax(np.clip(Z, -5, 5))


@mistake("problems.softmax")
def softmax_over_everything(Z):
    """The whole matrix adds up to 1. Each column is a sample, and has a sum of 1 of its own."""
    E = np.exp(Z - Z.max())
    return E / E.sum()


@mistake("problems.softmax")
def softmax_over_rows(Z):
    """The rows add up to 1. Samples are columns here: which axis do the classes run along?"""
    return softmax(Z.T).T


@mistake("problems.softmax")
def softmax_not_normalised(Z):
    """The columns don't add up to 1. What is e^Z divided by?"""
    return np.exp(Z - Z.max(axis=0))


@mistake("problems.softmax")
def softmax_without_exponentials(Z):
    """The scores themselves are shared out, so negative ones make no sense. Take their exponentials first."""
    return Z / Z.sum(axis=0)


@mistake("problems.softmax")
def softmax_divided_by_the_largest(Z):
    """Scores are divided by the largest one, which changes their differences. What can be done to a column that
    doesn't?"""
    return softmax(Z / np.abs(Z).max(axis=0))


@mistake("problems.softmax")
def softmax_is_sigmoid(Z):
    """Each score gets a sigmoid of its own, so a column doesn't add up to 1. The classes compete: divide by their
    sum."""
    return 0.5 * (1 + np.tanh(0.5 * Z))


@mistake("problems.softmax")
def softmax_in_logarithms(Z):
    """The logarithms of the probabilities come back. The probabilities themselves are asked for."""
    Z = Z - Z.max(axis=0)
    return Z - np.log(np.exp(Z).sum(axis=0))


@mistake("problems.softmax")
def softmax_decided(Z):
    """Only the winner gets anything. The others have a chance, too, according to their scores."""
    return (Z.max(axis=0) == Z).astype(float)


@mistake("problems.softmax")
def softmax_in_place(Z):
    """The result is right, but Z is changed on the way: -= writes into the caller's array. Make a new one."""
    Z -= Z.max(axis=0)
    return np.exp(Z) / np.exp(Z).sum(axis=0)


@mistake("problems.categorical_cross_entropy")
def cce_sum(Y_hat, Y):
    """This is the sum over all samples. The mean is asked for: how many samples are there, and on which axis?"""
    return categorical_cross_entropy(Y_hat, Y) * Y.shape[1]


@mistake("problems.categorical_cross_entropy")
def cce_averaged_over_classes_too(Y_hat, Y):
    """It is divided by the number of classes as well. A mean over all entries is too much: only samples are
    averaged."""
    return categorical_cross_entropy(Y_hat, Y) / len(Y)


@mistake("problems.categorical_cross_entropy")
def cce_divided_by_classes(Y_hat, Y):
    """It is divided by the number of classes instead of samples. Samples are columns: which axis counts them?"""
    return categorical_cross_entropy(Y_hat, Y) * Y.shape[1] / len(Y)


@mistake("problems.categorical_cross_entropy")
def cce_negative(Y_hat, Y):
    """The sign is turned round. Logarithms of probabilities are negative: what makes a loss of them?"""
    return -categorical_cross_entropy(Y_hat, Y)


@mistake("problems.categorical_cross_entropy")
def cce_infinite_at_0(Y_hat, Y):
    """log(0) is minus infinity, and 0 times that is NaN. Keep the logarithm's argument away from 0."""
    with np.errstate(divide="ignore", invalid="ignore"):
        return float(-np.sum(Y * np.log(Y_hat)) / Y.shape[1])


@mistake("problems.categorical_cross_entropy")
def cce_with_the_binary_terms(Y_hat, Y):
    """The other classes' terms are added, too, as in the binary loss. Only the sample's own class counts here."""
    others = np.sum((1 - Y) * np.log(np.maximum(1 - Y_hat, 1e-12))) / Y.shape[1]
    return float(categorical_cross_entropy(Y_hat, Y) - others)


@mistake("problems.categorical_cross_entropy")
def cce_of_the_likeliest_class(Y_hat, Y):
    """The largest probability is taken, whatever the label. It is the probability of the sample's own class."""
    return float(-np.mean(np.log(Y_hat.max(axis=0))))


@mistake("problems.categorical_cross_entropy")
def cce_of_swapped_arguments(Y_hat, Y):
    """The logarithm is taken of the labels. It belongs to the predictions: labels only choose the class."""
    return categorical_cross_entropy(Y, Y_hat)


@mistake("problems.categorical_cross_entropy")
def cce_in_bits(Y_hat, Y):
    """The logarithm has base 2. The natural one is asked for."""
    return categorical_cross_entropy(Y_hat, Y) / float(np.log(2))


@mistake("problems.categorical_cross_entropy")
def cce_without_logarithm(Y_hat, Y):
    """The logarithm is missing: this is 1 minus the mean probability. What is a surprise measured by?"""
    return float(1 - np.sum(Y * Y_hat) / Y.shape[1])


@mistake("problems.categorical_cross_entropy")
def cce_of_the_mean_probability(Y_hat, Y):
    """The mean is taken before the logarithm. Each sample has a loss of its own: average these."""
    return float(-np.log(np.maximum(np.sum(Y * Y_hat) / Y.shape[1], 1e-12)))


@mistake("problems.categorical_cross_entropy")
def cce_is_squared_error(Y_hat, Y):
    """This is a squared error. Cross-entropy is made of logarithms of the predicted probabilities."""
    return float(np.sum((Y_hat - Y) ** 2) / Y.shape[1])


@mistake("problems.categorical_cross_entropy")
def cce_of_scores(Y_hat, Y):
    """The predictions go through softmax once more. They are probabilities already."""
    return categorical_cross_entropy(softmax(Y_hat), Y)


@mistake("problems.categorical_cross_entropy")
def cce_clipped_too_much(Y_hat, Y):
    """Probabilities are clipped so much that bad predictions cost too little. 1e-7 is more than enough."""
    return categorical_cross_entropy(np.clip(Y_hat, 0.05, 1), Y)


@mistake("problems.categorical_cross_entropy")
def cce_per_sample(Y_hat, Y):
    """One loss per sample comes back. One number is asked for: their mean."""
    return -np.sum(Y * np.log(np.maximum(Y_hat, 1e-12)), axis=0)


@mistake("problems.categorical_cross_entropy")
def cce_clips_in_place(Y_hat, Y):
    """Clipping is written into Y_hat, which belongs to the caller. Clip into a new array."""
    np.maximum(Y_hat, 1e-12, out=Y_hat)
    return categorical_cross_entropy(Y_hat, Y)


def cut(X, Y, batch_size, order):
    starts = range(0, len(order), batch_size)
    return [(X[:, order[i : i + batch_size]], Y[:, order[i : i + batch_size]]) for i in starts]


@mistake("problems.mini_batches")
def batches_in_order(X, Y, batch_size, seed=42):
    """The columns aren't shuffled, so each batch has neighbours only. Draw an order first."""
    return cut(X, Y, batch_size, np.arange(X.shape[1]))


@mistake("problems.mini_batches")
def batches_shuffled_inside(X, Y, batch_size, seed=42):
    """Columns are shuffled only within their batch, so each batch always has the same ones. Shuffle all, then cut."""
    random = np.random.RandomState(seed)
    starts = range(0, X.shape[1], batch_size)
    orders = [random.permutation(np.arange(X.shape[1])[i : i + batch_size]) for i in starts]
    return [(X[:, order], Y[:, order]) for order in orders]


@mistake("problems.mini_batches")
def batches_with_labels_left_behind(X, Y, batch_size, seed=42):
    """X is shuffled without Y. Draw one order, and use it for both."""
    X = X[:, np.random.RandomState(seed).permutation(X.shape[1])]
    return cut(X, Y, batch_size, np.arange(X.shape[1]))


@mistake("problems.mini_batches")
def batches_shuffled_apart(X, Y, batch_size, seed=42):
    """X and Y are shuffled separately, so they no longer belong together. Draw one order for both."""
    random = np.random.RandomState(seed)
    X, Y = X[:, random.permutation(X.shape[1])], Y[:, random.permutation(X.shape[1])]
    return cut(X, Y, batch_size, np.arange(X.shape[1]))


@mistake("problems.mini_batches")
def batches_without_the_rest(X, Y, batch_size, seed=42):
    """Columns that don't fill a batch are dropped. The last batch may be smaller."""
    return [batch for batch in mini_batches(X, Y, batch_size, seed) if batch[0].shape[1] == batch_size]


@mistake("problems.mini_batches")
def batches_filled_up(X, Y, batch_size, seed=42):
    """The last batch is filled up with columns that have been there already. It may be smaller."""
    order = np.random.RandomState(seed).permutation(X.shape[1])
    return cut(X, Y, batch_size, np.resize(order, -(-len(order) // batch_size) * batch_size))


@mistake("problems.mini_batches")
def batches_with_an_empty_one(X, Y, batch_size, seed=42):
    """Where the batch size divides the number of columns, an empty batch comes last. When is there a rest?"""
    batches = mini_batches(X, Y, batch_size, seed)
    return batches if X.shape[1] % batch_size else [*batches, (X[:, :0], Y[:, :0])]


@mistake("problems.mini_batches")
def batches_with_the_rest_in_the_last(X, Y, batch_size, seed=42):
    """The rest is added to the last full batch, which becomes too large. It makes a batch of its own."""
    batches = mini_batches(X, Y, batch_size, seed)
    if X.shape[1] % batch_size and len(batches) > 1:
        batches[-2:] = [tuple(np.hstack(parts) for parts in zip(*batches[-2:], strict=True))]
    return batches


@mistake("problems.mini_batches")
def batches_by_number(X, Y, batch_size, seed=42):
    """batch_size is taken for the number of batches. It is the number of columns in each."""
    return mini_batches(X, Y, -(-X.shape[1] // batch_size), seed)


@mistake("problems.mini_batches")
def batches_of_even_sizes(X, Y, batch_size, seed=42):
    """The columns are shared out evenly. All batches but the last have batch_size of them."""
    order = np.random.RandomState(seed).permutation(X.shape[1])
    return [(X[:, part], Y[:, part]) for part in np.array_split(order, -(-len(order) // batch_size))]


@mistake("problems.mini_batches")
def batches_with_columns_put_back(X, Y, batch_size, seed=42):
    """Columns are drawn with replacement: some come twice, others never. Draw an order instead."""
    return cut(X, Y, batch_size, np.random.RandomState(seed).randint(0, X.shape[1], X.shape[1]))


@mistake("problems.mini_batches")
def batches_of_the_first_columns_again(X, Y, batch_size, seed=42):
    """Every batch is the first one. Go on by batch_size each time."""
    batches = mini_batches(X, Y, batch_size, seed)
    return batches[:1] * len(batches)


@mistake("problems.mini_batches")
def batches_of_rows(X, Y, batch_size, seed=42):
    """The samples of a batch are rows. They are columns here: on which axis do you index?"""
    return [(X_batch.T, Y_batch.T) for X_batch, Y_batch in mini_batches(X, Y, batch_size, seed)]


@mistake("problems.mini_batches")
def batches_with_flat_labels(X, Y, batch_size, seed=42):
    """The labels have lost their first axis. They are a row: (1, batch_size)."""
    return [(X_batch, Y_batch.ravel()) for X_batch, Y_batch in mini_batches(X, Y, batch_size, seed)]


@mistake("problems.mini_batches")
def batches_without_a_seed(X, Y, batch_size, seed=42):
    """The seed isn't used, so each call gives other batches. Hand it to the generator."""
    return cut(X, Y, batch_size, np.random.RandomState().permutation(X.shape[1]))


@mistake("problems.mini_batches")
def batches_with_one_seed_for_all(X, Y, batch_size, seed=42):
    """Whatever the seed, the batches are the same. Is a fixed number written where the argument belongs?"""
    return mini_batches(X, Y, batch_size)


@mistake("problems.mini_batches")
def batches_in_place(X, Y, batch_size, seed=42):
    """The caller's X and Y are shuffled themselves. Draw an order, and index with it: that makes new arrays."""
    order = np.random.RandomState(seed).permutation(X.shape[1])
    X[...], Y[...] = X[:, order], Y[:, order]
    return cut(X, Y, batch_size, np.arange(X.shape[1]))


def rolled(parameters, gradients, velocity, learning_rate, roll):
    """A step with `roll(v, gradient)` as the new velocity."""
    velocity = [(roll(vW, dW), roll(vb, db)) for (vW, vb), (dW, db) in zip(velocity, gradients, strict=True)]
    return update_parameters(parameters, velocity, learning_rate), velocity


@mistake("problems.momentum_step")
def momentum_as_an_average(parameters, gradients, velocity, learning_rate, beta=0.9):
    """The gradient is multiplied with 1 - beta: that is a running average, as in Adam. Here it is added whole."""
    return rolled(parameters, gradients, velocity, learning_rate, lambda v, gradient: beta * v + (1 - beta) * gradient)


@mistake("problems.momentum_step")
def momentum_without_velocity(parameters, gradients, velocity, learning_rate, beta=0.9):
    """The old velocity plays no part: this is plain gradient descent. What is left of it after a step?"""
    return rolled(parameters, gradients, velocity, learning_rate, lambda v, gradient: gradient + 0)


@mistake("problems.momentum_step")
def momentum_without_friction(parameters, gradients, velocity, learning_rate, beta=0.9):
    """The velocity isn't slowed down, so it grows and grows. What is beta for?"""
    return rolled(parameters, gradients, velocity, learning_rate, lambda v, gradient: v + gradient)


@mistake("problems.momentum_step")
def momentum_with_a_beta_of_its_own(parameters, gradients, velocity, learning_rate, beta=0.9):
    """beta is always 0.9, whatever is asked for. Use the argument."""
    return momentum_step(parameters, gradients, velocity, learning_rate)


@mistake("problems.momentum_step")
def momentum_with_beta_on_the_gradient(parameters, gradients, velocity, learning_rate, beta=0.9):
    """beta slows the gradient down instead of the velocity. Which of them is the old one?"""
    return rolled(parameters, gradients, velocity, learning_rate, lambda v, gradient: v + beta * gradient)


@mistake("problems.momentum_step")
def momentum_with_the_gradient_subtracted(parameters, gradients, velocity, learning_rate, beta=0.9):
    """The gradient is subtracted from the velocity, and the velocity from the parameters: that leads uphill. One minus
    sign is enough."""
    return rolled(parameters, gradients, velocity, learning_rate, lambda v, gradient: beta * v - gradient)


@mistake("problems.momentum_step")
def momentum_uphill(parameters, gradients, velocity, learning_rate, beta=0.9):
    """The velocity is added to the parameters. It points uphill, like the gradient: which sign leads down?"""
    return momentum_step(parameters, gradients, velocity, -learning_rate, beta)


@mistake("problems.momentum_step")
def momentum_with_the_rate_in_the_velocity(parameters, gradients, velocity, learning_rate, beta=0.9):
    """The learning rate is inside the velocity. Here the velocity is made of gradients, and the rate scales the
    step."""
    return rolled(parameters, gradients, velocity, 1.0, lambda v, gradient: beta * v + learning_rate * gradient)


@mistake("problems.momentum_step")
def momentum_stepping_before_it_rolls(parameters, gradients, velocity, learning_rate, beta=0.9):
    """The step is made with the old velocity. Update the velocity first."""
    _, new = momentum_step(parameters, gradients, velocity, learning_rate, beta)
    return update_parameters(parameters, velocity, learning_rate), new


@mistake("problems.momentum_step")
def momentum_stepping_by_the_gradient(parameters, gradients, velocity, learning_rate, beta=0.9):
    """The velocity is right, but the step is made with the gradient. The velocity is what moves the parameters."""
    _, new = momentum_step(parameters, gradients, velocity, learning_rate, beta)
    return update_parameters(parameters, gradients, learning_rate), new


@mistake("problems.momentum_step")
def momentum_looking_ahead(parameters, gradients, velocity, learning_rate, beta=0.9):
    """This is Nesterov's form, which takes the gradient in once more. Plain momentum steps by the velocity alone."""
    _, new = momentum_step(parameters, gradients, velocity, learning_rate, beta)
    return momentum_step(parameters, gradients, new, learning_rate, beta)[0], new


@mistake("problems.momentum_step")
def momentum_with_old_velocity_returned(parameters, gradients, velocity, learning_rate, beta=0.9):
    """The velocity that comes back is the old one, so the next step begins as if this one hadn't been. Return the new
    one."""
    return momentum_step(parameters, gradients, velocity, learning_rate, beta)[0], velocity


@mistake("problems.momentum_step")
def momentum_of_weights_only(parameters, gradients, velocity, learning_rate, beta=0.9):
    """The biases have no momentum. They roll like weights do."""
    return momentum_step(parameters, gradients, [(vW, 0 * vb) for vW, vb in velocity], learning_rate, beta)


@mistake("problems.momentum_step")
def momentum_of_the_first_layer(parameters, gradients, velocity, learning_rate, beta=0.9):
    """Only the first layer has momentum. All of them roll."""
    velocity = [pair if i == 0 else (0 * pair[0], 0 * pair[1]) for i, pair in enumerate(velocity)]
    return momentum_step(parameters, gradients, velocity, learning_rate, beta)


@mistake("problems.momentum_step")
def momentum_without_its_velocity(parameters, gradients, velocity, learning_rate, beta=0.9):
    """Only the parameters come back. The next step needs the velocity: return both."""
    return momentum_step(parameters, gradients, velocity, learning_rate, beta)[0]


@mistake("problems.momentum_step")
def momentum_in_another_order(parameters, gradients, velocity, learning_rate, beta=0.9):
    """The two results are turned round: the parameters come first, then the velocity."""
    return momentum_step(parameters, gradients, velocity, learning_rate, beta)[::-1]


@mistake("problems.momentum_step")
def momentum_in_place(parameters, gradients, velocity, learning_rate, beta=0.9):
    """The caller's velocity is changed: *= and += write into it. Compute a new one."""
    for (vW, vb), (dW, db) in zip(velocity, gradients, strict=True):
        vW *= beta
        vW += dW
        vb *= beta
        vb += db
    return update_parameters(parameters, velocity, learning_rate), velocity


@mistake("problems.l2_penalty")
def l2_with_biases(parameters, strength):
    """The biases are penalised as well. They only shift, and stay out of it."""
    return l2_penalty(parameters, strength) + float(strength / 2 * sum(np.sum(b**2) for _, b in parameters))


@mistake("problems.l2_penalty")
def l2_without_the_half(parameters, strength):
    """The factor 1/2 is missing. It makes the derivative simply strength times W."""
    return 2 * l2_penalty(parameters, strength)


@mistake("problems.l2_penalty")
def l2_without_strength(parameters, strength):
    """strength plays no part. What decides how much the penalty counts?"""
    return l2_penalty(parameters, 1.0)


@mistake("problems.l2_penalty")
def l2_is_l1(parameters, strength):
    """Absolute values are added up: that is L1. Here weights are squared."""
    return float(strength / 2 * sum(np.sum(np.abs(W)) for W, _ in parameters))


@mistake("problems.l2_penalty")
def l2_with_a_root(parameters, strength):
    """A root is taken of the sum: that is a norm. The sum of the squares itself is asked for."""
    return float(strength / 2 * np.sqrt(sum(np.sum(W**2) for W, _ in parameters)))


@mistake("problems.l2_penalty")
def l2_of_the_sum_squared(parameters, strength):
    """The sum is squared, so weights of either sign cancel. Square first, then add up."""
    return float(strength / 2 * sum(np.sum(W) ** 2 for W, _ in parameters))


@mistake("problems.l2_penalty")
def l2_by_the_product_with_itself(parameters, strength):
    """The matrix is multiplied with its transpose, which mixes different weights. Square entry by entry."""
    return float(strength / 2 * sum(np.sum(W @ W.T) for W, _ in parameters))


@mistake("problems.l2_penalty")
def l2_averaged(parameters, strength):
    """It is a mean of squares. The sum is asked for, so that every weight counts the same."""
    return float(strength / 2 * sum(np.mean(W**2) for W, _ in parameters))


@mistake("problems.l2_penalty")
def l2_averaged_over_layers(parameters, strength):
    """It is divided by the number of layers. Add up the squares of all of them."""
    return l2_penalty(parameters, strength) / len(parameters)


@mistake("problems.l2_penalty")
def l2_of_the_first_layer(parameters, strength):
    """Only the first layer's weights count: it returns within the loop. Add up all layers."""
    return l2_penalty(parameters[:1], strength)


@mistake("problems.l2_penalty")
def l2_of_the_last_layer(parameters, strength):
    """Only the last layer's weights count: each layer overwrites the sum. Add up all of them."""
    return l2_penalty(parameters[-1:], strength)


@mistake("problems.l2_penalty")
def l2_per_layer(parameters, strength):
    """One number per layer comes back. Their sum is asked for."""
    return [l2_penalty([pair], strength) for pair in parameters]


@mistake("problems.l2_penalty")
def l2_negative(parameters, strength):
    """It is negative, so large weights would be rewarded. A penalty adds to the loss."""
    return -l2_penalty(parameters, strength)


@mistake("problems.l2_penalty")
def l2_with_strength_squared(parameters, strength):
    """strength is squared. Only the weights are."""
    return l2_penalty(parameters, strength**2)


def experiment(seed, *, data=make_circles, network=([2, 8, 1], ["relu", "sigmoid"]), epochs=100, rate=1.0, talks=False):
    """train_on_circles with one of its parts replaced."""
    X, y = data(500, 0.1, seed=seed)
    X_train, X_test, y_train, y_test = train_test_split(X, y, 0.2, seed)
    X_train, X_test, _, _ = standardize(X_train, X_test)
    model = MLP(*network, learning_rate=rate, seed=seed)
    model.train(X_train.T, y_train[None], epochs, verbose=talks)
    return model, model.evaluate(X_test.T, y_test[None])


@mistake("problems.train_on_circles")
def circles_untrained(seed=42):
    """The network isn't trained: it is as good as a coin. Train it before you evaluate."""
    return experiment(seed, epochs=0)


@mistake("problems.train_on_circles")
def circles_trained_too_little(seed=42):
    """The network has hardly begun to learn. Look at the losses: more epochs, or a larger learning rate?"""
    return experiment(seed, epochs=10, rate=0.1)


@mistake("problems.train_on_circles")
def circles_by_a_straight_line(seed=42):
    """Without a hidden layer the boundary is a straight line, and none separates circles. Give it some hidden units."""
    return experiment(seed, network=([2, 1], ["sigmoid"]))


@mistake("problems.train_on_circles")
def circles_by_two_hidden_units(seed=42):
    """Two relu units can't close a boundary around the inner circle. How many straight pieces does it take at least?"""
    return experiment(seed, network=([2, 2, 1], ["relu", "sigmoid"]))


@mistake("problems.train_on_circles")
def circles_are_moons(seed=42):
    """The network was trained on moons. Make circles for it."""
    return experiment(seed, data=make_moons)


@mistake("problems.train_on_circles")
def circles_with_one_seed_only(seed=42):
    """Whatever the seed, the result is the same. Hand it on to data, split and network."""
    return train_on_circles()


@mistake("problems.train_on_circles")
def network_without_a_seed(seed=42):
    """The same seed gives another result each time. Hand it on to data, split and network."""
    return experiment(np.random.randint(10_000))


@mistake("problems.train_on_circles")
def circles_that_talk(seed=42):
    """The training prints its losses. Ask it not to: nothing is to be printed here."""
    return experiment(seed, talks=True)


@mistake("problems.train_on_circles")
def circles_scored_in_percent(seed=42):
    """The accuracy is in percent. Between 0 and 1 is asked for."""
    model, accuracy = train_on_circles(seed)
    return model, 100 * accuracy


@mistake("problems.train_on_circles")
def circles_scored_by_the_loss(seed=42):
    """A loss comes back in the place of the accuracy. Evaluate the network on the test part."""
    model, _ = train_on_circles(seed)
    return model, 0.01


@mistake("problems.train_on_circles")
def circles_scored_only(seed=42):
    """Only the accuracy comes back. The trained network is asked for as well."""
    return train_on_circles(seed)[1]


@mistake("problems.train_on_circles")
def circles_in_another_order(seed=42):
    """The two results are turned round: the network comes first, then its accuracy."""
    return train_on_circles(seed)[::-1]


@mistake("problems.train_on_circles")
def circles_with_parameters_for_a_model(seed=42):
    """The parameters come back in the place of the network. Return the MLP itself."""
    model, accuracy = train_on_circles(seed)
    return model.parameters, accuracy


@mistake("problems.train_on_circles")
def circles_made_up(seed=42):
    """The accuracy is a fixed number, and the network isn't trained. Compute it."""
    return MLP([2, 8, 1], ["relu", "sigmoid"], seed=seed), 0.99
