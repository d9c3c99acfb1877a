"""The reference keeps its own contract: examples, the tutorial's figures, no state, the kinds of numbers allowed."""

import doctest
import subprocess
import sys
from importlib import import_module

import numpy as np
import pytest
import tutorial_figures
from mlp.activations import ACTIVATIONS, sigmoid
from mlp.forward import binary_cross_entropy, forward, initialize_parameters
from mlp.problems import train_on_circles
from mlp.training import MLP

from autograder.course import PACKAGE

TOPICS = ["activations", "forward", "backprop", "datasets", "training", "problems"]


@pytest.mark.parametrize("topic", TOPICS)
def test_every_docstring_has_an_example_that_runs(course, topic):
    module = import_module(f"{PACKAGE}.{topic}")
    tests = {test.name.partition(f"{topic}.")[2]: test for test in doctest.DocTestFinder().find(module)}
    for exercise in course.topic(topic).exercises:
        name = f"{exercise.name}.__init__" if exercise.name in course.catalogue.classes else exercise.name
        assert tests[name].examples, name
    assert doctest.testmod(module).failed == 0


@pytest.mark.parametrize("topic", TOPICS)
def test_docstrings_begin_with_one_whole_line(course, topic):
    """It stands alone in overviews and hints; lines fit a notebook's cell."""
    module = import_module(f"{PACKAGE}.{topic}")
    for test in doctest.DocTestFinder(exclude_empty=False).find(module):
        if test.docstring:
            lines = test.docstring.splitlines()
            assert lines[0].endswith((".", ":")), test.name
            assert lines[1:2] in ([], [""]), test.name
            assert max(map(len, lines)) <= 100, test.name


def test_the_tutorials_figures_are_reproduced(course):
    command = [sys.executable, course.solutions / "tutorial_figures.py"]
    result = subprocess.run(command, capture_output=True, text=True, check=False)
    assert result.returncode == 0, result.stdout + result.stderr
    assert [result.stdout.count(figure) for figure in ("[201, 199]", "0.83", "0.96")] == [2, 2, 8]


@pytest.mark.parametrize("wrong", list(tutorial_figures.TUTORIAL))
def test_a_figure_that_differs_is_an_exit_code(monkeypatch, wrong):
    monkeypatch.setattr(tutorial_figures, "figures", lambda: tutorial_figures.TUTORIAL | {wrong: 0.5})
    assert tutorial_figures.main() == 1


def test_nothing_is_kept_between_calls():
    """The examples of all modules leave NumPy's global generator, modules and tables as they were."""
    modules = [import_module(f"{PACKAGE}.{topic}") for topic in TOPICS]
    before = [dict(vars(module)) for module in modules], dict(ACTIVATIONS), np.random.get_state()
    for module in modules:
        doctest.testmod(module)
    after = [dict(vars(module)) for module in modules], dict(ACTIVATIONS), np.random.get_state()
    assert after[:2] == before[:2]
    assert all(np.array_equal(one, other) for one, other in zip(after[2], before[2], strict=True))


def test_sigmoid_is_calm_far_out():
    with np.errstate(over="raise", divide="raise", invalid="raise"):
        assert sigmoid(np.array([-1e4, 1e4])).tolist() == [0, 1]
        assert sigmoid(np.array([-10000, 0])).tolist() == [0, 0.5]


def test_float32_stays_float32():
    X = np.ones((2, 3), dtype=np.float32)
    parameters = [(W.astype(np.float32), b.astype(np.float32)) for W, b in initialize_parameters([2, 3, 1])]
    Y_hat, _ = forward(X, parameters, ["tanh", "sigmoid"])
    assert Y_hat.dtype == np.float32
    certain = np.array([[0, 1]], dtype=np.float32)
    assert np.isfinite(binary_cross_entropy(certain, 1 - certain))


def test_training_prints_only_if_verbose(capsys):
    model, X, Y = MLP([1, 1], ["sigmoid"]), np.array([[-1.0, 1.0]]), np.array([[0, 1]])
    model.train(X, Y, epochs=5, verbose=False)
    assert capsys.readouterr().out == ""
    model.train(X, Y, epochs=5, print_every=2)
    assert len(capsys.readouterr().out.splitlines()) == 3


def test_circles_are_learned_from_any_seed():
    assert train_on_circles()[1] >= 0.95
    assert min(train_on_circles(seed)[1] for seed in range(20)) >= 0.90
