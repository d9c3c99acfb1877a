"""Pictures for the notebooks: arrays and functions in, Matplotlib's Axes out. Matplotlib is imported when it draws."""

from __future__ import annotations

import sys
from collections.abc import Callable, Mapping, Sequence
from typing import TYPE_CHECKING, Any

import numpy as np
from numpy.typing import NDArray

if TYPE_CHECKING:
    from matplotlib.axes import Axes

Array = NDArray[Any]
COLOURS = ("tab:blue", "tab:orange")  # of class 0 and class 1
MARKERS = ("o", "^")  # and for those who can't tell colours apart


def _axes(**labels: str) -> Axes:
    import matplotlib.pyplot as plt

    _, axes = plt.subplots(figsize=(6, 4))
    axes.set(**labels)
    return axes


def plot_activation(
    function: Callable[[Array], Any], derivative: Callable[[Array], Any] | None = None, name: str = ""
) -> Axes:
    """An activation from -6 to 6 and, dashed, its derivative."""
    Z = np.linspace(-6, 6, 241)
    A, slope = function(Z), derivative(Z) if derivative is not None else None
    axes = _axes(title=name, xlabel="z")
    axes.plot(Z, A, label=name or "activation")
    if slope is not None:
        axes.plot(Z, slope, "--", label="derivative")
    axes.grid(alpha=0.3)
    axes.legend()
    return axes


def plot_dataset(X: Array, y: Array) -> Axes:
    """Points in the plane, X (n, 2), by their class, y (n,)."""
    axes = _axes(xlabel="feature 0", ylabel="feature 1")
    _draw_points(axes, X, y)
    return axes


def _draw_points(axes: Axes, X: Array, y: Array) -> None:
    X, y = np.asarray(X), np.ravel(y)
    for label, colour, marker in zip((0, 1), COLOURS, MARKERS, strict=True):
        points = X[y == label]
        axes.scatter(points[:, 0], points[:, 1], s=18, c=colour, marker=marker, edgecolors="white", linewidths=0.4,
                     label=f"class {label}")  # fmt: skip
    axes.set_aspect("equal", adjustable="datalim")
    axes.legend()


def plot_losses(losses: Sequence[float] | Mapping[str, Sequence[float]]) -> Axes:
    """Loss by epoch, of one training or of several: {label: losses}."""
    axes = _axes(xlabel="epoch", ylabel="loss")
    curves = losses if isinstance(losses, Mapping) else {"": losses}
    for label, curve in curves.items():
        axes.plot(curve, label=str(label))
    if isinstance(losses, Mapping):
        axes.legend()
    axes.grid(alpha=0.3)
    return axes


def plot_training(train: Callable[[int], Sequence[float]], epochs: int, every: int = 100) -> list[float]:
    """Call train(`every`) until `epochs` are over, and draw the losses that it returns while it goes on; all losses
    come back. Outside of a notebook the curve is drawn once, at the end."""
    losses = list(train(min(every, epochs)))
    axes = plot_losses(losses)
    axes.set_xlim(0, epochs)
    shown = _shown(axes.figure)
    while len(losses) < epochs:
        losses += train(min(every, epochs - len(losses)))
        axes.lines[0].set_data(range(len(losses)), losses)
        axes.relim()
        axes.autoscale_view()
        if shown:
            shown.update(axes.figure)
    if shown:  # it stands there already, and would be drawn a second time
        import matplotlib.pyplot as plt

        plt.close(axes.figure)  # type: ignore[arg-type]
    return losses


def _shown(figure: Any) -> Any:
    """What draws a figure anew in a notebook's cell; None where there is no notebook."""
    if "ipykernel" not in sys.modules:
        return None
    from IPython.display import display

    return display(figure, display_id=True)  # type: ignore[no-untyped-call]


def plot_decision_boundary(predict: Callable[[Array], Any], X: Array, y: Array) -> Axes:
    """What `predict`, from (2, m) to (1, m), says all over the plane, with the points X (n, 2) and their classes y."""
    X = np.asarray(X)
    low, high = X.min(axis=0) - 0.5, X.max(axis=0) + 0.5
    grid = np.meshgrid(np.linspace(low[0], high[0], 150), np.linspace(low[1], high[1], 150))
    values = np.reshape(predict(np.vstack([part.ravel() for part in grid])), grid[0].shape).astype(float)
    axes = _axes(xlabel="feature 0", ylabel="feature 1")  # not before, since what isn't written yet raises
    axes.contourf(*grid, values, levels=np.linspace(0, 1, 11), cmap="coolwarm", alpha=0.5, extend="both")
    if values.min() < 0.5 < values.max():
        axes.contour(*grid, values, levels=[0.5], colors="black", linewidths=1.5)
    _draw_points(axes, X, y)
    axes.set_aspect("equal", adjustable="box")  # the colours end where the picture does
    return axes


def plot_gradient_errors(analytic: Sequence[Any], numeric: Sequence[Any]) -> Axes:
    """Every entry of two gradient lists against each other: equal ones lie on the diagonal."""
    axes = _axes(title="Every gradient entry, computed twice", xlabel="analytic", ylabel="numeric")
    both = [
        np.concatenate([np.ravel(part) for pair in gradients for part in pair]) for gradients in (analytic, numeric)
    ]
    ends = [min(map(np.min, both)), max(map(np.max, both))]
    axes.plot(ends, ends, "k-", linewidth=1, label="equal")
    axes.scatter(
        both[0], both[1], s=18, c=COLOURS[0], label=f"largest difference {np.max(np.abs(both[0] - both[1])):.1e}"
    )
    axes.grid(alpha=0.3)
    axes.legend()
    return axes
