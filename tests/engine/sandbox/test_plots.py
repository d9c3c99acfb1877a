"""Plots in a submission: they run, and nothing is drawn, opened or written."""

import pytest

TORTURE = """
import matplotlib
matplotlib.use("TkAgg")
import matplotlib.pyplot as plt
from matplotlib.colors import ListedColormap
from mpl_toolkits.mplot3d import Axes3D
import numpy as np
plt.style.use("ggplot")
plt.rcParams["figure.figsize"] = (8, 6)
fig, axes = plt.subplots(2, 2, figsize=(10, 8), sharex=True)
line, = axes[0, 0].plot([1, 2, 3], "r--", label="loss")
line.set_data([1], [2])
axes[0, 1].hist(np.random.randn(100), bins=20)
picture = axes[1, 0].imshow(np.ones((3, 3)), cmap="RdBu")
fig.colorbar(picture, ax=axes[1, 0])
axes[1, 1].scatter([1, 2], [3, 4], c=[0, 1], cmap=ListedColormap(["red", "blue"]), edgecolors="k")
axes[0, 0].legend(loc="best")
axes[0, 0].set(xlabel="epoch", ylabel="$L$", title="loss", yscale="log")
fig.suptitle("all")
fig.tight_layout()
plt.tight_layout()
plt.savefig("figure.png", dpi=300)
fig.savefig("figure.pdf")
fig.canvas.draw()
plt.show()
plt.close(fig)
ax = plt.figure().add_subplot(projection="3d")
ax.plot_surface(*np.meshgrid([0, 1], [0, 1]), np.ones((2, 2)))
plt.figure()
plt.contourf([[0, 1], [1, 0]], levels=20, alpha=0.3)
plt.colorbar()
plt.grid(True); plt.axhline(0.5); plt.text(0, 0, "x"); plt.annotate("y", (0, 0)); plt.xlim(0, 1); plt.ylim(0, 1)
plt.xticks([0, 1], ["a", "b"]); plt.gca().set_aspect("equal"); plt.pause(0.1); plt.clf(); plt.ion(); plt.draw()
plt.bar(["a", "b"], [1, 2]); plt.fill_between([0, 1], [0, 1]); plt.errorbar([0], [1], yerr=1); plt.semilogy([1, 2])
plt.close("all")
"""
RELU = "def relu(Z):\n    plt.figure(); plt.plot([1, 2]); plt.legend(['x']); plt.show()\n    return Z\n"


def test_plots_of_all_kinds_run(start, value):
    worker, loaded = start(TORTURE + RELU, plots=True)
    assert loaded.errors == {}
    assert value(worker, "activations.relu", 1.0) == 1.0


def test_a_notebook_that_plots_runs_wholly(start, notebook):
    cells = [
        "%matplotlib inline\n%config InlineBackend.figure_format = 'retina'",
        *TORTURE.split("plt.close(fig)\n"),
    ]
    _, loaded = start({"activations.ipynb": notebook(*cells, RELU)}, plots=True)
    assert loaded.notes == []


@pytest.mark.parametrize("line", ["import matplotlib.pyplot", "from pylab import *"])
def test_without_matplotlib_its_import_fails_honestly(start, line):
    assert "ModuleNotFoundError" in start(line)[1].errors["mlp.activations"]
