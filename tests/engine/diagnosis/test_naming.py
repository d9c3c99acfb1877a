"""What is named as the cause of a failure, and that nothing is where nothing is certain."""

import numpy as np
import pytest
from mistakes import MISTAKES
from mlp.activations import ACTIVATIONS
from mlp.backprop import layer_backward, output_error
from mlp.forward import initialize_parameters, linear_forward


@pytest.fixture
def named(course, cause):
    """named("backprop.backward", answer): id and sentence, or (None, "")."""

    def named(exercise, answer):
        found = cause(course.catalogue.find(exercise), answer)
        return (found.id, found.sentence) if found else (None, "")

    return named


def test_a_factor_is_named_with_the_part_and_the_size_that_it_is(named):
    def layer(dZ, A_prev, W):
        dA_prev, dW, db = layer_backward(dZ, A_prev, W)
        return dA_prev, dW * A_prev.shape[0], db

    family, sentence = named("backprop.layer_backward", layer)
    assert family == "factor"
    assert sentence.startswith("dW is too large by the number of rows of A_prev.")
    assert sentence.endswith("All else is right.")


def test_two_known_mistakes_in_two_parts_are_both_named(named):
    def layer(dZ, A_prev, W):
        return W.T @ dZ, dZ @ A_prev.T / dZ.shape[1], np.full((len(dZ), 1), dZ.sum())

    identifier, sentence = named("backprop.layer_backward", layer)
    assert identifier == "layer_divides_dw_by_m+layer_sums_db_over_everything"
    assert all(known.sentence in sentence for known in MISTAKES if known.id in identifier.split("+"))


def test_a_known_mistake_with_a_sign_turned_is_both(named):
    def error(Y_hat, Y):
        return (Y - Y_hat) * Y_hat * (1 - Y_hat) / Y.shape[1]

    assert named("backprop.output_error", error)[0] == "error_times_the_sigmoids_slope+sign"


def test_a_mistake_of_a_step_that_was_written_out_is_named(named):
    def backward(Y_hat, Y, cache, parameters, activations):
        dZ, gradients = output_error(Y_hat, Y), []
        for layer in reversed(range(len(parameters))):
            A_prev, W = cache[layer][0], parameters[layer][0]
            gradients.insert(0, (dZ @ A_prev.T, np.full((len(dZ), 1), dZ.sum())))
            if layer > 0:
                dZ = (W.T @ dZ) * ACTIVATIONS[activations[layer - 1]][1](cache[layer - 1][1])
        return gradients

    assert named("backprop.backward", backward)[0] == "layer_sums_db_over_everything"


def test_one_change_that_nobody_wrote_down_is_named_by_its_family(named):
    def softened(X, parameters, activations):
        A, cache = X, []
        for (W, b), name in zip(parameters, activations, strict=True):
            Z = linear_forward(A, W, b)
            cache.append((A, Z))
            A = ACTIVATIONS["sigmoid" if name == "tanh" else name][0](Z)
        return A, cache

    assert named("forward.forward", softened)[0] == "activation"


def test_choices_that_are_free_hide_no_mistake(named):
    """What a logarithm is clipped at is the student's own choice, and 1/m is missing all the same."""

    def loss(Y_hat, Y):
        P = np.clip(Y_hat, 1e-9, 1 - 1e-9)
        return float(-np.sum(Y * np.log(P) + (1 - Y) * np.log(1 - P)))

    assert named("forward.binary_cross_entropy", loss)[0] == "bce_sum"


@pytest.mark.parametrize(
    ("exercise", "answer"),
    [
        ("activations.relu", lambda Z: np.sin(Z) + 0.1),
        ("activations.relu", lambda Z: None),
        ("activations.relu", lambda Z: 1 / 0),
        ("forward.initialize_parameters", lambda layer_sizes, seed=42: initialize_parameters(layer_sizes, seed)[::2]),
        ("forward.forward", lambda X, parameters, activations: (X, [[[]] * 50])),
        ("backprop.output_error", lambda Y_hat, Y: np.random.default_rng().normal(size=Y.shape)),
        ("datasets.make_moons", lambda n_samples=500, noise=0.2, seed=42: {"X": float("nan")}),
    ],
)
def test_nothing_is_named_where_nothing_fits(named, exercise, answer):
    assert named(exercise, answer) == (None, "")


DEEP = ()
for _ in range(30):
    DEEP = (DEEP,)


@pytest.mark.parametrize("exercise", ["activations.relu", "forward.forward", "datasets.standardize"])
@pytest.mark.parametrize(
    "value",
    [
        np.array(["a", "b"]), np.array([1 + 2j]), np.zeros((0, 3)), np.array(True), DEEP, {(1,): [None], 2: b"x"},
        10**400, float("nan"), [[], ()], np.full((3, 2), np.nan), ([np.zeros(2)] * 4), np.zeros(200_000), {}, "text",
    ],
    ids=[
        "text array", "complex", "empty", "truth", "deep", "dict", "huge", "nan", "lists", "nans", "list", "large",
        "nothing", "text",
    ],
)  # fmt: skip
def test_whatever_comes_back_breaks_nothing(named, exercise, value):
    assert named(exercise, lambda *arguments, **more: value) == (None, "")
