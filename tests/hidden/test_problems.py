"""What right solutions of the practice problems do, beside the reference. Not shipped."""

from itertools import islice, pairwise, product

import numpy as np
import pytest

NETWORKS = {"one_layer": [3, 1], "square": [4, 4, 4], "four_layers": [5, 2, 4, 3, 1]}
every_network = pytest.mark.parametrize("layer_sizes", NETWORKS.values(), ids=NETWORKS.keys())


def layer_shapes(layer_sizes):
    return [((n_out, n_in), (n_out, 1)) for n_in, n_out in pairwise(layer_sizes)]


def random_pairs(rng, layer_sizes):
    return [(rng.normal(size=W), rng.normal(size=b)) for W, b in layer_shapes(layer_sizes)]


def new_seed(rng):
    return int(rng.integers(1, 10_000))


# xor_parameters


def test_xor_parameters_compute_xor(student, reference, check):
    """The network's output is above 0.5 where just one of the inputs is 1, and below 0.5 elsewhere."""
    parameters = check.pairs(student.xor_parameters(), layer_shapes([2, 2, 1]))
    X = np.array([[0.0, 0.0, 1.0, 1.0], [0.0, 1.0, 0.0, 1.0]])
    Y_hat, _ = reference.forward(X, [(W.astype(float), b.astype(float)) for W, b in parameters], ["relu", "sigmoid"])
    check.same(np.sign(Y_hat - 0.5), np.array([[-1.0, 1.0, 1.0, -1.0]]))


@pytest.mark.supporting
def test_xor_parameters_fit_the_network(student, check):
    """There are two layers: W of shapes (2, 2) and (1, 2), b of shapes (2, 1) and (1, 1); the same each time."""
    first, again = (check.pairs(student.xor_parameters(), layer_shapes([2, 2, 1])) for _ in range(2))
    check.same(again, first)
    check.silent(student)


# softmax


@pytest.mark.parametrize("shape", [(3, 8), (4, 4), (2, 1)], ids=["wide", "square", "one_sample"])
def test_softmax_works_column_by_column(student, reference, rng, check, shape):
    """Every column is normalised by itself, also if scores are equal, integers, or all far below or above 0."""
    for Z in (rng.normal(scale=3, size=shape), rng.integers(-2, 3, size=shape)):
        shift = rng.permutation(np.arange(shape[1]) * 800.0 - 1200)
        check.same(check.array(student.softmax(Z), shape), reference.softmax(Z))
        check.same(check.array(student.softmax(Z + shift), shape), reference.softmax(Z))


def test_softmax_survives_large_differences(student, rng, check):
    """Where one score of a column is larger by thousands, its entry is 1 and the others are 0."""
    Z = rng.normal(size=(3, 5))
    winners = rng.integers(0, 3, size=5)
    Z[winners, np.arange(5)] += rng.uniform(1000, 9000, size=5)
    check.same(check.array(student.softmax(Z), (3, 5)), np.eye(3)[:, winners])


# categorical_cross_entropy


@pytest.mark.parametrize("shape", [(2, 9), (5, 5), (3, 1)], ids=["two_classes", "square", "one_sample"])
def test_categorical_cross_entropy_is_the_mean_over_samples(student, reference, rng, check, shape):
    """The sum over classes is averaged over the samples, with natural logarithms; labels may be integers."""
    n_classes, m = shape
    for kind in (int, float):
        Y_hat = 0.9 * rng.dirichlet(np.ones(n_classes), size=m).T + 0.1 / n_classes  # no entry below 0.02
        Y = np.eye(n_classes, dtype=kind)[:, rng.integers(0, n_classes, size=m)]
        loss = check.number(student.categorical_cross_entropy(Y_hat, Y))
        check.same(loss, reference.categorical_cross_entropy(Y_hat, Y), rtol=1e-4)  # 1e-6 / 0.02 inside log is fine


# mini_batches


def test_mini_batches_share_out_a_shuffle(student, rng, check):
    """Every column is in one batch with its label, whether or not the batch size divides their number."""
    for n_features, m, batch_size in ((2, 47, 9), (1, 48, 8), (3, 14, 30), (1, 14, 1), (20, 20, 20)):
        X, Y = rng.normal(size=(n_features, m)), rng.integers(0, 2, size=(1, m))
        X[0] = np.arange(m)
        sizes = [min(batch_size, m - start) for start in range(0, m, batch_size)]
        batches = student.mini_batches(X, Y, batch_size, new_seed(rng))
        batches = check.pairs(batches, [((n_features, size), (1, size)) for size in sizes])
        columns = np.hstack([np.vstack(batch) for batch in batches])
        check.true(not np.array_equal(columns[0], X[0]), "the columns are shuffled")
        check.same(columns[:, np.argsort(columns[0])], np.vstack([X, Y]))


def test_mini_batches_depend_on_the_seed_alone(student, rng, check):
    """The same seed gives the same batches whatever was drawn before, every seed gives others, 42 is the default."""
    X, Y = np.arange(50.0)[None], rng.integers(0, 2, size=(1, 50))
    shapes = [((1, size), (1, size)) for size in (20, 20, 10)]
    seeds = [0, 42, new_seed(rng) + 42]
    draws = [check.pairs(student.mini_batches(X, Y, 20, seed), shapes) for seed in [*seeds, *seeds]]
    draws.append(check.pairs(student.mini_batches(X, Y, batch_size=20), shapes))
    check.same(draws[3:], [*draws[:3], draws[1]])
    check.true(len({batches[0][0].tobytes() for batches in draws}) == 3, "each seed gives batches of its own")


# momentum_step


@every_network
def test_momentum_step_follows_its_formula(student, reference, rng, check, layer_sizes):
    """The velocity is beta v + gradient, and parameters move by -learning_rate times it, in all layers, at any beta."""
    shapes, rate = layer_shapes(layer_sizes), rng.uniform(0.05, 2)
    parameters, velocity = random_pairs(rng, layer_sizes), random_pairs(rng, layer_sizes)
    for beta in ({}, {"beta": rng.uniform(0.1, 0.8)}):  # 0.9 by default
        gradients = random_pairs(rng, layer_sizes)
        right = reference.momentum_step(parameters, gradients, velocity, rate, **beta)
        new, new_velocity = check.items(student.momentum_step(parameters, gradients, velocity, rate, **beta), 2)
        check.same(check.pairs(new_velocity, shapes), right[1])
        check.same(check.pairs(new, shapes), right[0])
        parameters, velocity = right


# l2_penalty


@every_network
def test_l2_penalty_follows_its_formula(student, reference, rng, check, layer_sizes):
    """All weights of all layers count and no bias does, at any depth and strength."""
    for strength in (rng.uniform(0.001, 0.1), rng.uniform(2, 9)):
        parameters = random_pairs(rng, layer_sizes)
        penalty = check.number(student.l2_penalty(parameters, strength))
        check.same(penalty, reference.l2_penalty(parameters, strength))


# train_on_circles


def follows_from_parameters(check, reference, model, X, Y_hat):
    """Whether the network's output is that of its own parameters, with any activations in its hidden layers."""
    pairs = [check.items(pair, 2) for pair in check.items(model.parameters)]
    sizes = [2, *(check.array(np.atleast_1d(b)).size for _, b in pairs)]
    parameters = check.pairs(pairs, layer_shapes(sizes))
    names, hidden = ("relu", "tanh", "sigmoid"), len(sizes) - 2
    mixed = islice(product(names, repeat=hidden), 3**4)  # with more than four hidden layers not all are tried
    for activations in ([name] * hidden for name in names), mixed:
        for chosen in activations:
            right, _ = reference.forward(X, parameters, [*chosen, "sigmoid"])
            if right.shape == Y_hat.shape and np.allclose(right, Y_hat, rtol=1e-9, atol=1e-12):
                return True
    return False


def show_boundary(pictures, check, reference, model):
    X, y = reference.make_circles(200)
    X, _, _, _ = reference.standardize(X, X[:1])

    def predict(grid):
        return check.array(model.forward(grid), (1, grid.shape[1]))[0]

    pictures.boundary("Where your network divides new circles", predict, X, y)


def test_train_on_circles_returns_a_trained_network(student, reference, rng, check, pictures):
    """The accuracy is that on 100 test points, the network gets new circles right by its parameters alone, and another
    seed gives another one."""
    X, y = reference.make_circles(500, 0.1, 0.5, new_seed(rng))
    X, _, _, _ = reference.standardize(X, X[:1])
    outputs = []
    for seed, bar in (({}, 0.95), ({"seed": new_seed(rng) + 42}, 0.90)):
        model, accuracy = check.items(student.train_on_circles(**seed), 2)
        accuracy = check.number(accuracy)
        check.at_least(accuracy, bar, "accuracy on the test part")
        check.at_most(accuracy, 1.0, "accuracy on the test part")
        check.same(100 * accuracy, float(np.round(100 * accuracy)), atol=1e-6)
        check.instance(model, "MLP")
        if not seed:
            show_boundary(pictures, check, reference, model)
        # The circles' points are 2.5 standard deviations of the noise away from the best boundary: 99 % are right there
        predicted, Y_hat = check.array(model.predict(X.T), (1, 500)), check.array(model.forward(X.T), (1, 500))
        check.at_least(np.mean(predicted == y), 0.90, "accuracy on new circles")
        follows = follows_from_parameters(check, reference, model, X[:9].T, Y_hat[:, :9])
        check.true(follows, "the output of the network follows from its parameters")
        check.same(predicted[Y_hat != 0.5], Y_hat[Y_hat != 0.5] > 0.5)
        outputs.append(Y_hat)
    check.true(not np.array_equal(*outputs), "another seed gives another network")


@pytest.mark.supporting
def test_train_on_circles_is_decided_by_its_seed(student, rng, check):
    """The same seed gives the same network, and nothing is printed."""
    seed, X, outputs = new_seed(rng), rng.normal(size=(2, 7)), []
    for _ in range(2):
        model, accuracy = check.items(student.train_on_circles(seed=seed), 2)
        check.instance(model, "MLP")
        outputs.append((check.number(accuracy), check.array(model.forward(X), (1, 7))))
    check.same(outputs[1], outputs[0])
    check.silent(student)
