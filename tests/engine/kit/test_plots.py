import subprocess
import sys

import numpy as np
import pytest

from autograder.kit import plots


@pytest.fixture(autouse=True)
def headless(monkeypatch):
    monkeypatch.setenv("MPLBACKEND", "Agg")
    import matplotlib.pyplot as plt

    plt.switch_backend("Agg")
    yield
    plt.close("all")


RNG = np.random.default_rng(0)
X, y = RNG.normal(size=(20, 2)), np.arange(20) % 2


def test_activation_and_derivative():
    axes = plots.plot_activation(np.tanh, lambda Z: Z > 0, name="tanh")
    assert [line.get_label() for line in axes.lines] == ["tanh", "derivative"]
    assert len(plots.plot_activation(np.tanh).lines) == 1


def test_classes_are_drawn_apart():
    axes = plots.plot_dataset(X, y)
    assert [len(points.get_offsets()) for points in axes.collections] == [10, 10]
    assert len(plots.plot_dataset(X, y[None]).collections) == 2


def test_one_training_or_several():
    assert len(plots.plot_losses([0.7, 0.5]).lines) == 1
    axes = plots.plot_losses({"rate 0.1": [0.7, 0.5], 1.0: [0.7]})
    assert [text.get_text() for text in axes.get_legend().get_texts()] == ["rate 0.1", "1.0"]


def test_a_training_is_drawn_in_steps_and_all_losses_come_back():
    import matplotlib.pyplot as plt

    asked = []

    def train(epochs):
        asked.append(epochs)
        return [1 / (1 + len(asked))] * epochs

    losses = plots.plot_training(train, 250)
    assert asked == [100, 100, 50]
    assert losses == [1 / 2] * 100 + [1 / 3] * 100 + [1 / 4] * 50
    assert list(plt.gca().lines[0].get_ydata()) == losses


def test_what_is_not_written_yet_leaves_no_empty_picture():
    import matplotlib.pyplot as plt

    def stub(Z):
        raise NotImplementedError

    for draw in (lambda: plots.plot_decision_boundary(stub, X, y), lambda: plots.plot_activation(np.tanh, stub)):
        with pytest.raises(NotImplementedError):
            draw()
    assert plt.get_fignums() == []


def test_the_boundary_asks_for_columns_and_draws_one_half():
    seen = []

    def predict(points):
        seen.append(points.shape)
        return 1 / (1 + np.exp(-points[:1]))

    axes = plots.plot_decision_boundary(predict, X, y)
    assert seen[0][0] == 2
    assert len(axes.collections) >= 4
    plots.plot_decision_boundary(lambda points: np.zeros((1, points.shape[1]), int), X, y)


def test_gradient_errors_show_every_entry():
    gradients = [(np.ones((2, 3)), np.ones((2, 1))), (np.zeros((1, 2)), np.zeros((1, 1)))]
    axes = plots.plot_gradient_errors(gradients, [(W + 1e-9, b) for W, b in gradients])
    assert len(axes.collections[0].get_offsets()) == 11
    assert axes.collections[0].get_label() == "largest difference 1.0e-09"


def test_the_kit_imports_nothing_heavy():
    code = (
        "import sys\n"
        "import autograder.kit.plots, autograder.kit.notebook, autograder.kit.check, autograder.kit.calls\n"
        "heavy = {'matplotlib', 'pytest', 'IPython'} & set(sys.modules)\n"
        "assert not heavy, heavy\n"
    )
    subprocess.run([sys.executable, "-c", code], check=True)
