"""Matplotlib that imports and plots, but never draws, opens a font or a window. Called by `zygote` before any fork."""

from typing import Any


def plots_off() -> None:
    import matplotlib

    matplotlib.use("template")
    import matplotlib.animation
    import matplotlib.backend_bases
    import matplotlib.backends.backend_template
    import matplotlib.figure
    import matplotlib.pyplot as plt
    import mpl_toolkits.axes_grid1  # type: ignore[import-untyped]
    import mpl_toolkits.mplot3d  # type: ignore[import-untyped]  # noqa: F401

    off = ("savefig", "draw", "draw_idle", "tight_layout", "print_figure", "set_layout_engine", "show")
    for owner in (matplotlib.figure.FigureBase, matplotlib.figure.Figure, matplotlib.backend_bases.FigureCanvasBase):
        for name in off:
            if hasattr(owner, name):
                setattr(owner, name, _nothing)
    plt.switch_backend("template")
    for name in ("show", "savefig", "tight_layout", "pause", "draw", "switch_backend", "ion", "ioff"):
        setattr(plt, name, _nothing)
    setattr(matplotlib, "use", _nothing)  # noqa: B010
    _, axes = plt.subplots()  # touches what is imported lazily
    axes.plot([0, 1], label="x")
    axes.legend()
    axes.scatter([0], [0])
    axes.contourf([[0, 1], [1, 0]])
    axes.set_title("$x$")
    plt.close("all")


def _nothing(*args: Any, **kwargs: Any) -> None:
    pass
