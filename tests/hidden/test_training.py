"""What `mlp.training` does, beside the reference. Not shipped.

A network is judged by its own `.parameters`: the reference goes on from where the student's network stands. Few epochs
at rates that aren't chaotic keep rounding far below the 1e-9 that `check.same` allows.
"""

import contextlib
import math
from itertools import pairwise

import numpy as np
import pytest

CASES = {  # layer_sizes, activations
    "no_hidden_layer": ([3, 1], ["sigmoid"]),
    "tanh": ([2, 5, 1], ["tanh", "sigmoid"]),
    "sigmoid": ([5, 4, 1], ["sigmoid", "sigmoid"]),
    "relu": ([2, 6, 4, 1], ["relu", "relu", "sigmoid"]),
    "square": ([3, 3, 3, 1], ["relu", "tanh", "sigmoid"]),
    "deep": ([4, 3, 5, 2, 1], ["tanh", "sigmoid", "tanh", "sigmoid"]),
}
MOONS = [2, 8, 1], ["tanh", "sigmoid"]
every_network = pytest.mark.parametrize("network", CASES.values(), ids=CASES.keys())


def layer_shapes(layer_sizes):
    return [((n_out, n_in), (n_out, 1)) for n_in, n_out in pairwise(layer_sizes)]


def random_pairs(rng, layer_sizes):
    return [(rng.normal(size=W), rng.normal(size=b)) for W, b in layer_shapes(layer_sizes)]


def parameters_of(check, model, layer_sizes):
    return check.pairs(model.parameters, layer_shapes(layer_sizes))


def new_seed(rng):
    return int(rng.integers(1, 10_000))


def new_network(student, rng, check, network, **options):
    """A network from the student's constructor, and its parameters."""
    model = student.MLP(*network, seed=new_seed(rng), **options)
    return model, parameters_of(check, model, network[0])


def losses_of(check, value, epochs):
    """One finite number per epoch, out of a list, a tuple or an array."""
    if isinstance(value, np.ndarray):
        value = list(check.array(value, (epochs,), name="losses"))
    return np.array([check.number(loss) for loss in check.items(value, epochs)])


def descend(reference, X, Y, parameters, activations, rate, epochs):
    """The reference's parameters after `epochs` from `parameters`, its losses, and whether rounding can't matter:
    no relu near its kink (exactly 0 is safe: nothing came in), no probability near where a loss may be clipped."""
    losses, clear = [], True
    with np.errstate(all="ignore"):  # the start is the student's, and may be anything
        for _ in range(epochs):
            Y_hat, cache = reference.forward(X, parameters, activations)
            gradients = reference.backward(Y_hat, Y, cache, parameters, activations)
            losses.append(reference.binary_cross_entropy(Y_hat, Y))
            kinks = [Z for (_, Z), name in zip(cache, activations, strict=True) if name == "relu"]
            clear &= all(np.abs(Z[Z != 0]).min(initial=1) > 1e-8 for Z in kinks) and np.abs(Y_hat - 0.5).max() < 0.4999
            parameters = reference.update_parameters(parameters, gradients, rate)
    return parameters, np.array(losses), clear


def lesson(reference, rng, network, parameters, rate, epochs, m=11):
    """X and Y to train on, drawn until rounding can't matter, and the reference's parameters and losses.
    X shrinks meanwhile: there are starts that are too sure of themselves on any X of the first size."""
    for attempt in range(100):
        X, Y = 0.97**attempt * rng.normal(size=(network[0][0], m)), rng.integers(0, 2, size=(1, m))
        trained, losses, clear = descend(reference, X, Y, parameters, network[1], rate, epochs)
        if clear and 0 < Y.sum() < m:
            break
    return X, Y, trained, losses


# update_parameters


@pytest.mark.parametrize(
    "sizes", [[3, 1], [2, 4, 1], [3, 3, 3, 3], [5, 4, 3, 2, 1]], ids=["one", "two", "three_square", "four"]
)
def test_update_parameters_updates_every_layer(student, reference, rng, check, sizes):
    """Each W and b of each layer takes its step, at any depth and at any learning rate."""
    for rate in (rng.uniform(0.001, 0.01), rng.uniform(2, 9)):
        parameters, gradients = random_pairs(rng, sizes), random_pairs(rng, sizes)
        new = check.pairs(student.update_parameters(parameters, gradients, rate), layer_shapes(sizes))
        check.same(new, reference.update_parameters(parameters, gradients, rate))


# MLP


def test_MLP_init_draws_weights_of_a_useful_size(student, rng, check):
    """Weights are random, of either sign, and about as large as He initialisation makes them before relu."""
    sizes = [80, 60, 40, 1]
    model = student.MLP(sizes, ["relu", "relu", "sigmoid"], seed=new_seed(rng))
    for W, _ in parameters_of(check, model, sizes)[:2]:
        # 2400 numbers and more: 2 % is one standard error. Half or twice as much is left to initialize_parameters.
        size = W.std() / np.sqrt(2 / W.shape[1])
        check.at_least(size, 0.5, "standard deviation of W in units of sqrt(2 / n_in)")
        check.at_most(size, 2.0, "standard deviation of W in units of sqrt(2 / n_in)")
        check.at_most(abs(W.mean()) / W.std(), 0.2, "mean of W in standard deviations")


def test_MLP_init_networks_are_independent(student, rng, check):
    """A network keeps its parameters while others are made; its seed alone decides them, and is 42 by default."""
    seeds, sizes, activations = [0, 42, new_seed(rng) + 42], [2, 4, 3, 1], ["tanh", "relu", "sigmoid"]
    models = [student.MLP(sizes, activations, 0.3, seed) for seed in [*seeds, *seeds]]
    models.append(student.MLP(sizes, activations, learning_rate=0.3))
    student.MLP([3, 2, 1], ["relu", "sigmoid"])
    starts = [parameters_of(check, model, sizes) for model in models]
    check.same(starts[3:], [*starts[:3], starts[1]])
    check.true(len({start[0][0].tobytes() for start in starts[:3]}) == 3, "each seed gives weights of its own")


# MLP.forward


@every_network
def test_MLP_forward_agrees_with_the_parameters(student, reference, rng, check, network):
    """Y_hat follows from the network's own parameters and activations, at any depth, for any number of samples."""
    model, parameters = new_network(student, rng, check, network)
    for X in (rng.normal(size=(network[0][0], 9)), rng.integers(-3, 4, size=(network[0][0], 1))):
        Y_hat = check.array(model.forward(X), (1, X.shape[1]))
        check.same(Y_hat, reference.forward(X, parameters, network[1])[0])


def test_MLP_forward_uses_the_trained_parameters(student, reference, rng, check):
    """After training, Y_hat follows from the parameters that the network has then, also where it was trained."""
    network = CASES["tanh"]
    model, _ = new_network(student, rng, check, network, learning_rate=0.8)
    for m in (8, 5):
        X, Y = rng.normal(size=(2, m)), rng.integers(0, 2, size=(1, m))
        model.train(X, Y, epochs=3, verbose=False)
        parameters = parameters_of(check, model, network[0])
        for inputs in (X, -X):
            Y_hat = reference.forward(inputs, parameters, network[1])[0]
            check.same(check.array(model.forward(inputs), (1, m)), Y_hat)


# MLP.predict


@pytest.mark.parametrize("case", ["no_hidden_layer", "tanh", "relu"])
def test_MLP_predict_follows_the_output(student, reference, rng, check, case):
    """The prediction is 1 where the network's output is above 0.5 and 0 where it is below, also close to 0.5."""
    network = CASES[case]
    for _ in range(100):
        model, parameters = new_network(student, rng, check, network)
        X = rng.normal(size=(network[0][0], 61))
        Y_hat = reference.forward(X, parameters, network[1])[0]
        near = np.abs(Y_hat - 0.5)
        both = (Y_hat > 0.5).sum() > 9 and (Y_hat < 0.5).sum() > 9
        if both and near.min() > 1e-6 and ((Y_hat > 0.5) & (near < 0.1)).any():
            break
    else:
        check.true(False, "some of the networks say 0 as well as 1")
    predicted = check.array(model.predict(X), (1, 61))
    check.same(predicted, Y_hat > 0.5)
    check.same(check.array(model.predict(X[:, :1]), (1, 1)), predicted[:, :1])


def test_MLP_predict_follows_the_trained_parameters(student, reference, rng, check):
    """After training, predictions follow from the parameters alone, not from the labels that were trained on."""
    network = CASES["tanh"]
    model, _ = new_network(student, rng, check, network, learning_rate=0.8)
    X, Y = rng.normal(size=(2, 40)), rng.integers(0, 2, size=(1, 40))  # nothing that could be learned
    model.train(X, Y, epochs=3, verbose=False)
    parameters = parameters_of(check, model, network[0])
    for inputs in (X, X + 0.1):
        Y_hat = reference.forward(inputs, parameters, network[1])[0]
        clear = np.abs(Y_hat - 0.5) > 1e-6
        check.same(check.array(model.predict(inputs), (1, 40))[clear], Y_hat[clear] > 0.5)


# MLP.train


@every_network
def test_MLP_train_follows_the_gradient(student, reference, rng, check, network):
    """After a few epochs every W and b is where gradient descent from the network's own start leads."""
    rate = rng.uniform(0.2, 0.8)
    model, start = new_network(student, rng, check, network, learning_rate=rate)
    X, Y, trained, _ = lesson(reference, rng, network, start, rate, 3)
    model.train(X, Y, epochs=3, verbose=False)
    check.same(parameters_of(check, model, network[0]), trained)


def test_MLP_train_uses_all_samples_at_once(student, reference, rng, check):
    """Each epoch is one step on the mean over all samples, however many; the learning rate is 0.1 by default."""
    network = CASES["tanh"]
    model, start = new_network(student, rng, check, network)
    X, Y, trained, losses = lesson(reference, rng, network, start, 0.1, 2, m=300)
    check.same(losses_of(check, model.train(X, Y, epochs=2, verbose=False), 2), losses, rtol=1e-6)
    check.same(parameters_of(check, model, network[0]), trained)


@pytest.mark.parametrize(("case", "print_every"), [("tanh", 3), ("relu", 50)], ids=["tanh", "relu"])
def test_MLP_train_returns_the_losses(student, reference, rng, check, case, print_every):
    """The losses are the mean cross-entropies before each of the updates, whether or not any are printed."""
    network, rate = CASES[case], rng.uniform(0.2, 0.8)
    model, start = new_network(student, rng, check, network, learning_rate=rate)
    X, Y, _, losses = lesson(reference, rng, network, start, rate, 7)
    # a loss may add 1e-12 to probabilities above 1e-4
    check.same(losses_of(check, model.train(X, Y, 7, print_every), 7), losses, rtol=1e-6)


def test_MLP_train_continues(student, reference, rng, check):
    """A second training goes on from where the first stopped, also if other data went through the network meanwhile."""
    network, rate = CASES["tanh"], rng.uniform(0.2, 0.8)
    model, start = new_network(student, rng, check, network, learning_rate=rate)
    X, Y, trained, losses = lesson(reference, rng, network, start, rate, 5)
    first = losses_of(check, model.train(X, Y, epochs=2, verbose=False), 2)
    model.forward(rng.normal(size=(2, 3)))
    then = losses_of(check, model.train(X, Y, epochs=3, verbose=False), 3)
    check.same(np.concatenate([first, then]), losses, rtol=1e-6)
    check.same(parameters_of(check, model, network[0]), trained)


def test_MLP_train_leaves_other_networks_alone(student, reference, rng, check):
    """Training one network doesn't move another one, which learns the same from the same start later."""
    network, rate, seed = CASES["tanh"], rng.uniform(0.2, 0.8), new_seed(rng)
    one, other = (student.MLP(*network, learning_rate=rate, seed=seed) for _ in range(2))
    start = parameters_of(check, other, network[0])
    X, Y, trained, _ = lesson(reference, rng, network, start, rate, 3)
    one.train(X, Y.astype(float), epochs=3, verbose=False)
    check.same(parameters_of(check, other, network[0]), start)
    other.train(X, Y, epochs=3, verbose=False)
    for model in (one, other):
        check.same(parameters_of(check, model, network[0]), trained)


def descend_by_hand(xs, ys, w, b, rate, epochs):
    """w, b and the losses of one sigmoid unit, without NumPy, which is ten times slower on so few numbers."""
    losses = []
    for _ in range(epochs):
        outputs = [1 / (1 + math.exp(-(w * x + b))) for x in xs]
        losses.append(-math.fsum(math.log(p if y else 1 - p) for p, y in zip(outputs, ys, strict=True)) / len(xs))
        errors = [(p - y) / len(xs) for p, y in zip(outputs, ys, strict=True)]
        w -= rate * math.fsum(error * x for error, x in zip(errors, xs, strict=True))
        b -= rate * math.fsum(errors)
    return w, b, np.array(losses)


def test_MLP_train_makes_1000_epochs_where_none_are_named(student, rng, check):
    """Without a number of epochs it trains for 1000."""
    network = ([1, 1], ["sigmoid"])
    model, ((W, b),) = new_network(student, rng, check, network, learning_rate=0.1)
    X, Y = rng.normal(size=(1, 3)), np.array([[0, 1, 1]])
    w, b, losses = descend_by_hand(X[0].tolist(), Y[0].tolist(), W.item(), b.item(), 0.1, 1000)
    check.same(losses_of(check, model.train(X, Y, verbose=False), 1000), losses, rtol=1e-6)
    check.same(parameters_of(check, model, network[0]), [(np.array([[w]]), np.array([[b]]))], rtol=1e-6)


def test_MLP_train_takes_long_steps_too(student, reference, rng, check):
    """A step is as long as gradient and learning rate make it, even if the loss rises."""
    network, rate = CASES["no_hidden_layer"], 2.0
    model, start = new_network(student, rng, check, network, learning_rate=rate)
    for _ in range(100):
        X, Y = 20 * rng.normal(size=(3, 14)), rng.integers(0, 2, size=(1, 14))
        trained, losses, _ = descend(reference, X, Y, start, network[1], rate, 2)
        if losses[1] > losses[0]:
            break
    model.train(X, Y, epochs=2, verbose=False)
    check.same(parameters_of(check, model, network[0]), trained, rtol=1e-6)


@pytest.mark.parametrize(
    ("gap", "rate"), [(0, 1e-9), (0, 60.0), (3, 1.0)], ids=["no_progress", "rising_loss", "all_right"]
)
def test_MLP_train_runs_every_epoch(student, reference, rng, check, gap, rate):
    """It trains for as many epochs as asked for, be there no progress, a rising loss, or nothing left to get right."""
    network = CASES["no_hidden_layer"]
    model, start = new_network(student, rng, check, network, learning_rate=rate)
    X = rng.normal(size=(3, 16))
    Y = (X[:1] + gap * np.sign(X[:1]) + rng.normal(size=(1, 16)) > 0).astype(int)
    X[0] += gap * np.sign(X[0])
    epochs = int(rng.integers(100, 130))
    losses = losses_of(check, model.train(X, Y, epochs=epochs, verbose=False), epochs)
    rising = rate > 1  # and falling: rounding errors become large then
    trained, right_losses, _ = descend(reference, X, Y, start, network[1], rate, 1 if rising else epochs)
    check.same(losses[0], right_losses[0], rtol=0.2)  # probabilities may be near 0 here, and clipped
    if not rising:
        check.same(losses[30:], right_losses[30:], rtol=0.01)  # where the network is right, clipping costs 1e-7
        check.same(parameters_of(check, model, network[0]), trained, rtol=1e-6)


def test_MLP_train_learns_moons(student, reference, rng, check, pictures):
    """Trained on moons, a small network gets beyond what any straight line can do."""
    for _ in range(3):
        X, y = reference.make_moons(1200, 0.2, new_seed(rng))
        X_train, X_test, mean, std = reference.standardize(X[:150], X[150:])
        model, start = new_network(student, rng, check, MOONS, learning_rate=4.0)
        losses = model.train(X_train.T, y[None, :150], epochs=60, verbose=False)
        trained = parameters_of(check, model, MOONS[0])
        Y_hat, _ = reference.forward(X_test.T, trained, MOONS[1])
        accuracy = np.mean((Y_hat[0] > 0.5) == y[150:])
        if accuracy > 0.88:
            break  # straight lines get 0.87 right, such networks 0.95 (medians); 5 networks in 1000 are unlucky
    _, right_losses, _ = descend(reference, X_train.T, y[None, :150], start, MOONS[1], 4.0, 60)
    pictures.curves("Loss while your network learns moons", {"yours": losses, "the reference's": right_losses})

    def predict(grid):
        Y_hat, _ = reference.forward((grid - mean[:, None]) / std[:, None], trained, MOONS[1])
        return Y_hat[0]

    pictures.boundary("Where your network, trained on others, divides these moons", predict, *reference.make_moons(200))
    check.at_least(accuracy, 0.88, "accuracy on the test part, in the best of three attempts")


# MLP.evaluate


def test_MLP_evaluate_counts_after_training_too(student, rng, check):
    """After training, too, the accuracy is the share of right predictions, be it high or low, and on any data."""
    model = student.MLP(*CASES["tanh"], seed=new_seed(rng))
    X, Y = rng.normal(size=(2, 25)), rng.integers(0, 2, size=(1, 25))
    with contextlib.suppress(Exception):  # whether it can be trained is another exercise's affair
        model.train(X, Y, epochs=2, verbose=False)
    for inputs in (X, -X):
        predicted = check.array(model.predict(inputs), (1, 25))
        check.true(np.isin(predicted, [0, 1]).all(), "predict gives 0 and 1")
        n_right = int(rng.integers(1, 12))
        labels = np.where(rng.permutation(25) < n_right, predicted, 1 - predicted)
        check.same(check.number(model.evaluate(inputs, labels)), n_right / 25)


# compare_learning_rates


def test_compare_learning_rates_scores_the_test_part(student, reference, rng, check):
    """Each accuracy is that of a fresh network (seed 42 by default) on the test part, after `epochs` at its rate."""
    (sizes, activations), epochs = CASES["square"], int(rng.integers(5, 10))
    rates = [float(rate) for rate in rng.permutation([rng.uniform(0.001, 0.01), rng.uniform(0.1, 0.3), 1.5])]
    X, Y = rng.normal(size=(sizes[0], 40)), rng.integers(0, 2, size=(1, 40))
    X_test, outputs = rng.normal(size=(sizes[0], 400)), []
    for rate in rates:
        model = student.MLP(sizes, activations, rate, 42)
        model.train(X, Y, epochs=epochs, verbose=False)
        outputs.append(reference.forward(X_test, parameters_of(check, model, sizes), activations)[0])
    outputs = np.vstack(outputs)
    clear = np.abs(outputs - 0.5).min(axis=0) > 1e-6
    X_test, predicted = X_test[:, clear], outputs[:, clear] > 0.5
    check.true(clear.sum() > 250, "the networks are not undecided everywhere")
    for _ in range(100):  # labels that tell the rates apart
        Y_test = np.where(rng.uniform(size=(1, clear.sum())) < 0.7, predicted[1], 1 - predicted[1])
        right = np.mean(predicted == Y_test, axis=1)
        if len({0.0, 0.5, 1.0, *right}) == 6:
            break
    for labels, accuracies in ((Y_test, right), (1 - Y_test, 1 - right)):
        result = student.compare_learning_rates(X, Y, X_test, labels, rates, sizes, activations, epochs)
        check.true(isinstance(result, dict) and set(result) == set(rates), "the keys of a dictionary are the rates")
        check.same([check.number(result[rate]) for rate in rates], list(accuracies))
