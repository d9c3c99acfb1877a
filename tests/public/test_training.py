"""What a right `mlp.training` does, in sentences that a student reads.

A network is judged by its own `.parameters`: where it starts is the constructor's affair, what follows is the methods'.
"""

from itertools import pairwise

import numpy as np
import pytest


def layer_shapes(layer_sizes):
    return [((n_out, n_in), (n_out, 1)) for n_in, n_out in pairwise(layer_sizes)]


def random_pairs(rng, layer_sizes):
    return [(rng.normal(size=W), rng.normal(size=b)) for W, b in layer_shapes(layer_sizes)]


def parameters_of(check, model, layer_sizes):
    return check.pairs(model.parameters, layer_shapes(layer_sizes))


def new_seed(rng):
    return int(rng.integers(1, 10_000))


def sigmoid(Z):
    return 0.5 * (1 + np.tanh(0.5 * Z))


def losses_of(check, value, epochs):
    """One finite number per epoch, out of a list, a tuple or an array."""
    if isinstance(value, np.ndarray):
        value = list(check.array(value, (epochs,), name="losses"))
    return np.array([check.number(loss) for loss in check.items(value, epochs)])


# update_parameters


def test_update_parameters_by_hand(student, check):
    """From a weight of 2 with gradient 3 and a bias of 1 with gradient -4, a rate of 0.5 goes to 0.5 and 3."""
    parameters, gradients = [(np.array([[2.0]]), np.array([[1.0]]))], [(np.array([[3.0]]), np.array([[-4.0]]))]
    new = check.pairs(student.update_parameters(parameters, gradients, 0.5), [((1, 1), (1, 1))])
    check.same(new, [(np.array([[0.5]]), np.array([[3.0]]))])


def test_update_parameters_steps_against_the_gradient(student, rng, check):
    """Every W and every b moves by -learning_rate times its own gradient."""
    sizes, rate = [3, 4, 2, 1], rng.uniform(0.02, 0.9)
    parameters, gradients = random_pairs(rng, sizes), random_pairs(rng, sizes)
    new = check.pairs(student.update_parameters(parameters, gradients, rate), layer_shapes(sizes))
    for (W_new, b_new), (W, b), (dW, db) in zip(new, parameters, gradients, strict=True):
        check.same(W_new - W, -rate * dW)
        check.same(b_new - b, -rate * db)


@pytest.mark.supporting
def test_update_parameters_leaves_the_old_parameters_alone(student, rng, check):
    """The parameters and gradients that go in are the same afterwards: new arrays come out."""
    sizes = [2, 3, 1]
    for _ in range(2):
        new = student.update_parameters(random_pairs(rng, sizes), random_pairs(rng, sizes), 0.3)
        check.pairs(new, layer_shapes(sizes))
    check.unchanged(student)
    check.own_results(student)
    check.silent(student)


# MLP


@pytest.mark.supporting
def test_MLP_init_has_parameters_for_every_layer(student, rng, check):
    """`parameters` holds one (W, b) per layer, W of shape (n_out, n_in) and b of shape (n_out, 1), at any depth."""
    for sizes in ([3, 1], [2, 5, 1], [4, int(rng.integers(2, 9)), 3, 2, 1]):
        activations = ["relu"] * (len(sizes) - 2) + ["sigmoid"]
        parameters_of(check, student.MLP(sizes, activations, learning_rate=0.2, seed=new_seed(rng)), sizes)
    check.unchanged(student)
    check.silent(student)


def test_MLP_init_starts_units_differently(student, rng, check):
    """No two units of a layer start with the same weights: they would learn the same for ever."""
    model = student.MLP([3, 6, 4, 1], ["tanh", "tanh", "sigmoid"], 0.1, new_seed(rng))
    for W, _ in parameters_of(check, model, [3, 6, 4, 1]):
        check.true(len(np.unique(W, axis=0)) == len(W), "all rows of W are different")
        check.true(np.abs(W).max() > 0, "W is not zero")


def test_MLP_init_is_repeatable(student, rng, check):
    """The same seed gives the same start, another seed gives another; each network has parameters of its own."""
    seed, sizes = new_seed(rng), [3, 4, 1]
    models = [student.MLP(sizes, ["relu", "sigmoid"], seed=s) for s in (seed, seed + 1, seed)]
    first, other, again = (parameters_of(check, model, sizes) for model in models)
    check.same(again, first)
    check.true(not np.array_equal(first[0][0], other[0][0]), "another seed gives other weights")


# MLP.forward


def test_MLP_forward_is_the_network_of_its_parameters(student, rng, check):
    """Y_hat is sigmoid(W2 tanh(W1 X + b1) + b2) with the network's own `parameters`, for any number of samples."""
    model = student.MLP([3, 5, 1], ["tanh", "sigmoid"], seed=new_seed(rng))
    (W1, b1), (W2, b2) = parameters_of(check, model, [3, 5, 1])
    for m in (7, 4):
        X = rng.normal(size=(3, m))
        check.same(check.array(model.forward(X), (1, m)), sigmoid(W2 @ np.tanh(W1 @ X + b1) + b2))


@pytest.mark.supporting
def test_MLP_forward_changes_nothing(student, rng, check):
    """A forward pass leaves X and the network's parameters as they were."""
    model = student.MLP([2, 4, 1], ["relu", "sigmoid"], seed=new_seed(rng))
    before = parameters_of(check, model, [2, 4, 1])
    check.array(model.forward(rng.normal(size=(2, 6))), (1, 6))
    check.same(parameters_of(check, model, [2, 4, 1]), before)
    check.unchanged(student)
    check.silent(student)


# MLP.predict


def test_MLP_predict_is_1_above_one_half(student, rng, check):
    """Where the network's output is above 0.5 the prediction is 1, elsewhere it is 0."""
    model = student.MLP([2, 1], ["sigmoid"], seed=new_seed(rng))
    [(W, b)] = parameters_of(check, model, [2, 1])
    X = rng.normal(size=(2, 30))
    X[:, 15:] = -X[:, :15]  # W X changes its sign, so both answers occur
    Z = W @ X + b
    clear = np.abs(Z[0]) > 1e-5
    check.true(clear.sum() > 10, "the network is not undecided everywhere")
    predicted = check.array(model.predict(X[:, clear]), (1, int(clear.sum())))
    check.same(predicted, Z[:, clear] > 0)


@pytest.mark.supporting
def test_MLP_predict_gives_integers(student, rng, check):
    """Predictions are integers, one per column of X; to make them changes nothing."""
    model = student.MLP([2, 3, 1], ["tanh", "sigmoid"], seed=new_seed(rng))
    before = parameters_of(check, model, [2, 3, 1])
    for m in (9, 9, 5):
        predicted = check.array(model.predict(rng.normal(size=(2, m))), (1, m))
        check.true(predicted.dtype.kind in "iu", "predictions have an integer type")
    check.same(parameters_of(check, model, [2, 3, 1]), before)
    check.unchanged(student)
    check.own_results(student)
    check.silent(student)


# MLP.train


def test_MLP_train_takes_one_step_per_epoch(student, rng, check):
    """One epoch without hidden layers moves W by -learning_rate (Y_hat - Y) Xᵀ / m, and b by the mean error."""
    rate, m = rng.uniform(0.2, 0.9), 9
    model = student.MLP([3, 1], ["sigmoid"], learning_rate=rate, seed=new_seed(rng))
    [(W, b)] = parameters_of(check, model, [3, 1])
    X, Y = rng.normal(size=(3, m)), rng.integers(0, 2, size=(1, m))
    for _ in range(2):
        model.train(X, Y, epochs=1, verbose=False)
        error = sigmoid(W @ X + b) - Y
        W, b = W - rate * error @ X.T / m, b - rate * error.mean(axis=1, keepdims=True)
        check.same(parameters_of(check, model, [3, 1]), [(W, b)])


def test_MLP_train_returns_the_loss_before_each_update(student, rng, check):
    """There is one loss per epoch; the first is the loss of the network as it was before training."""
    model = student.MLP([2, 4, 1], ["tanh", "sigmoid"], learning_rate=0.5, seed=new_seed(rng))
    (W1, b1), (W2, b2) = parameters_of(check, model, [2, 4, 1])
    X, Y = rng.normal(size=(2, 8)), rng.integers(0, 2, size=(1, 8))
    Y_hat = sigmoid(W2 @ np.tanh(W1 @ X + b1) + b2)
    losses = losses_of(check, model.train(X, Y, epochs=6, verbose=False), 6)
    check.same(losses[0], -np.mean(Y * np.log(Y_hat) + (1 - Y) * np.log(1 - Y_hat)), rtol=1e-5)  # clipping is fine


def test_MLP_train_lowers_the_loss(student, rng, check):
    """At a small learning rate every epoch lowers the loss, and so does the network that comes out."""
    X = rng.normal(size=(2, 20))
    Y = (X[:1] + rng.normal(size=(1, 20)) > 0).astype(int)
    model = student.MLP([2, 1], ["sigmoid"], learning_rate=0.1, seed=new_seed(rng))
    losses = losses_of(check, model.train(X, Y, epochs=12, verbose=False), 12)
    [(W, b)] = parameters_of(check, model, [2, 1])
    truth = np.where(Y == 1, sigmoid(W @ X + b), sigmoid(-W @ X - b))
    check.true(np.all(np.diff([*losses, -np.mean(np.log(truth))]) < 0), "each loss is below the one before")


@pytest.mark.supporting
def test_MLP_train_goes_on_where_it_stood(student, rng, check):
    """Training for 2 epochs and then for 3 more ends where training for 5 ends."""
    sizes, seed = [2, 4, 1], new_seed(rng)
    X, Y = rng.normal(size=(2, 10)), rng.integers(0, 2, size=(1, 10))
    in_two, at_once = (student.MLP(sizes, ["tanh", "sigmoid"], 0.4, seed) for _ in range(2))
    losses = np.concatenate([losses_of(check, in_two.train(X, Y, epochs=n, verbose=False), n) for n in (2, 3)])
    check.same(losses, losses_of(check, at_once.train(X, Y, epochs=5, verbose=False), 5))
    check.same(parameters_of(check, in_two, sizes), parameters_of(check, at_once, sizes))


@pytest.mark.supporting
def test_MLP_train_can_be_silent(student, rng, check):
    """With verbose=False nothing is printed, and X and Y are never changed."""
    model = student.MLP([2, 3, 1], ["relu", "sigmoid"], seed=new_seed(rng))
    losses_of(check, model.train(rng.normal(size=(2, 6)), np.array([[0, 1, 1, 0, 1, 0]]), 4, 2, False), 4)
    check.silent(student)
    check.unchanged(student)


# MLP.evaluate


def evaluated(check, model, X):
    """What the network itself predicts for X: the accuracy is judged by that."""
    predicted = check.array(model.predict(X), (1, X.shape[1]))
    check.true(np.isin(predicted, [0, 1]).all(), "predict gives 0 and 1")
    return predicted


def test_MLP_evaluate_is_the_share_of_right_predictions(student, rng, check):
    """Where 18 of 25 labels are what the network predicts, its accuracy is 18 / 25, and so with any other number."""
    model = student.MLP([2, 4, 1], ["tanh", "sigmoid"], seed=new_seed(rng))
    for kind in (int, float, int):
        X, n_right = rng.normal(size=(2, 25)), int(rng.integers(1, 25))
        predicted = evaluated(check, model, X)
        Y = np.where(rng.permutation(25) < n_right, predicted, 1 - predicted).astype(kind)
        check.same(check.number(model.evaluate(X, Y)), n_right / 25)


@pytest.mark.supporting
def test_MLP_evaluate_is_1_at_best_and_0_at_worst(student, rng, check):
    """An accuracy is 1.0 if all predictions are right, and 0.0 if none is; to take it changes nothing."""
    model = student.MLP([3, 1], ["sigmoid"], seed=new_seed(rng))
    before, X = parameters_of(check, model, [3, 1]), rng.normal(size=(3, 12))
    predicted = evaluated(check, model, X)
    check.same(check.number(model.evaluate(X, predicted)), 1.0)
    check.same(check.number(model.evaluate(X, 1 - predicted)), 0.0)
    check.same(parameters_of(check, model, [3, 1]), before)
    check.unchanged(student)
    check.silent(student)


# compare_learning_rates


@pytest.mark.supporting
def test_compare_learning_rates_gives_an_accuracy_per_rate(student, rng, check):
    """The result is a dictionary from each learning rate, as it was given, to an accuracy; nothing is printed."""
    X, Y, rates = rng.normal(size=(2, 20)), rng.integers(0, 2, size=(1, 20)), [0.3, 0.01, 1.5]
    result = student.compare_learning_rates(X, Y, X[:, :7], Y[:, :7], rates, [2, 3, 1], ["relu", "sigmoid"], epochs=4)
    check.true(isinstance(result, dict) and set(result) == set(rates), "the keys of a dictionary are the rates")
    for accuracy in result.values():
        check.at_least(accuracy, 0.0, "accuracy")
        check.at_most(accuracy, 1.0, "accuracy")
    check.silent(student)
    check.unchanged(student)


def test_compare_learning_rates_trains_a_network_for_each(student, rng, check):
    """Each accuracy is what a network from `seed`, trained alone at that rate, reaches on the test part."""
    X, Y, rates, seed = rng.normal(size=(2, 30)), rng.integers(0, 2, size=(1, 30)), [0.05, 1.0], new_seed(rng)
    X_test, trained = rng.normal(size=(2, 200)), []
    for rate in rates:
        model = student.MLP([2, 1], ["sigmoid"], rate, seed)
        model.train(X, Y, epochs=10, verbose=False)
        trained += parameters_of(check, model, [2, 1])
    Z = np.vstack([W @ X_test + b for W, b in trained])
    clear = np.abs(Z).min(axis=0) > 1e-5
    X_test, Z = X_test[:, clear], Z[:, clear]
    check.true(Z.shape[1] > 150, "the networks are not undecided everywhere")
    Y_test = (Z[:1] > 0).astype(int)
    Y_test[:, :11] = 1 - Y_test[:, :11]  # so that the accuracies are not 1
    result = student.compare_learning_rates(X, Y, X_test, Y_test, rates, [2, 1], ["sigmoid"], epochs=10, seed=seed)
    check.true(isinstance(result, dict) and set(result) == set(rates), "the keys of a dictionary are the rates")
    for rate, predicted in zip(rates, Z > 0, strict=True):
        check.same(check.number(result[rate]), np.mean(predicted == Y_test[0]))
