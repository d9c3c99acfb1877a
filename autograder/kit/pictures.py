"""`pytest --plots`: the course's pictures of a student's work, as PNG files. Called by `plugin`.

The course says what there is to see: each function of pictures.py, in the kit, draws a
picture and returns its Axes."""

from __future__ import annotations

import importlib.util
from collections.abc import Iterator
from pathlib import Path

FILE, FOLDER = "pictures.py", "pictures"


def draw(root: Path) -> Iterator[str]:
    """Draw what can be drawn yet; a line for each picture."""
    import matplotlib

    matplotlib.use("Agg")  # no window
    spec = importlib.util.spec_from_file_location("pictures", root / FILE)
    assert spec
    assert spec.loader
    module = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(module)
    (root / FOLDER).mkdir(exist_ok=True)
    for name, function in list(vars(module).items()):
        if getattr(function, "__module__", "") != module.__name__ or name.startswith("_"):
            continue
        path = root / FOLDER / f"{name}.png"
        try:
            function().figure.savefig(path, dpi=120, bbox_inches="tight")
        except NotImplementedError as needs:
            yield f"{name}: not yet, it needs {needs}"
        except Exception as problem:
            yield f"{name}: could not be drawn ({type(problem).__name__}: {problem})"[:200]
        else:
            yield f"{FOLDER}/{path.name}"
