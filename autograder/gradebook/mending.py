"""A student's notebook, however damaged, as one that nbgrader can grade. Wired in by the course's nbgrader_config.py:
`expect_notebook` as `Autograde.pre_convert_hook`, `MendingExporter` as `Autograde.exporter_class`.

Marks don't depend on this: they come from the verdict, which reads the submission as handed in. What is mended here is
what a person looks at, and the cells that carry the marks: none is missing, none is there twice."""

import copy
import html
import json
import re
from collections.abc import Iterator
from functools import cache
from pathlib import Path
from typing import Any

import nbformat
from nbconvert.exporters import NotebookExporter
from nbformat import NotebookNode

from autograder.assembling import is_called_after
from autograder.names import display

MAX_NOTEBOOK_BYTES = 20_000_000
MAX_CELLS = 1_000
MAX_TEXT = 5_000_000  # characters of all cells
Claimed = tuple[str | None, NotebookNode]  # grade_id that a student's cell claims, and the cell
CELL_ID = re.compile(r"[a-zA-Z0-9_-]{1,64}")  # what the notebook format allows


def expect_notebook(assignment: str, student: str, notebooks: list[str]) -> None:
    """Make nbgrader convert the assignment's one notebook, under its right name, whatever the student called it.

    nbgrader passes its own list, which is changed in place; the file need not exist, since the exporter finds it."""
    del student
    notebooks[:] = [str(Path(notebooks[0]).with_name(f"{assignment}.ipynb"))]


class MendingExporter(NotebookExporter):  # type: ignore[misc]
    """Reads what the student handed in; where that can't be read, the released notebook stands for it."""

    def from_filename(self, filename: str, resources: dict[str, Any] | None = None, **kwargs: Any) -> Any:
        resources = resources or {}
        path = Path(filename)
        course, step = path.parents[3], path.parents[2].name  # <course>/<step>/<student>/<assignment>/<notebook>.ipynb
        if step == "submitted":
            release = course / "release" / path.parent.name / path.name
            resources["metadata"] = {"name": path.stem, "path": str(path.parent)}
            return self.from_notebook_node(mended(path, release), resources, **kwargs)
        return super().from_filename(filename, resources, **kwargs)

    def from_notebook_node(self, nb: NotebookNode, resources: Any = None, **kwargs: Any) -> Any:
        """Without nbconvert's three copies of a notebook that nobody else has, and its check after each step."""
        resources = self._init_resources(resources)
        for step in self._preprocessors:
            nb, resources = step(nb, resources)
        nbformat.validate(nb)
        return nbformat.versions[nb.nbformat].writes_json(nb) + "\n", resources


def mended(path: Path, release: Path) -> NotebookNode:
    """The notebook meant by `path`: the student's sources, in the released notebook's graded cells, each there once."""
    skeleton = copy.deepcopy(_released(release, release.stat().st_mtime_ns))
    handed_in = _handed_in(path)
    if handed_in is None:
        return _with_note(skeleton, f"No notebook was handed in as {path.name}")
    try:
        cells = list(_read_cells(handed_in))
        if sum(len(cell.source) for _, cell in cells) > MAX_TEXT:
            raise ValueError(f"more than {MAX_TEXT} characters in its cells")
    except (OSError, ValueError, RecursionError) as problem:
        why = "nested too deeply" if isinstance(problem, RecursionError) else str(problem)
        return _with_note(skeleton, f"{handed_in.name} could not be read ({why})")
    skeleton.cells = _with_graded_cells(cells, skeleton.cells)
    _make_ids_unique(skeleton.cells)
    return skeleton


@cache
def _released(path: Path, changed: int) -> NotebookNode:
    return nbformat.read(path, as_version=4)


def _handed_in(path: Path) -> Path | None:
    """The file itself, else one whose name was changed on the way ("backprop (1).ipynb"), else the first notebook."""
    if path.parent.is_symlink() or path.parents[1].is_symlink():  # to another student's, for instance
        return None
    candidates = sorted(p for p in path.parent.glob("*.ipynb") if p.is_file() and not p.is_symlink())
    if path in candidates:
        return path
    renamed = [p for p in candidates if is_called_after(p.name, path.stem)]
    return next(iter(renamed or candidates), None)


def _read_cells(path: Path) -> Iterator[Claimed]:
    """The cells of a notebook of format 3 or 4, and which graded cell each claims to be. They are made anew: sources
    and pasted pictures stay, all else that the student's tools wrote doesn't."""
    if path.stat().st_size > MAX_NOTEBOOK_BYTES:
        raise ValueError(f"larger than {MAX_NOTEBOOK_BYTES // 1_000_000} MB")
    document = json.loads(path.read_text(encoding="utf-8-sig"))
    document = document if isinstance(document, dict) else {}
    sheets = [document] if "cells" in document else document.get("worksheets")
    found = [cell for sheet in _dicts(sheets) for cell in _dicts(sheet.get("cells"))]
    if not found:
        raise ValueError("no cells in it")
    if len(found) > MAX_CELLS:
        raise ValueError(f"more than {MAX_CELLS} cells")
    for cell in found:
        yield _claim(cell), _cell(cell)


def _dicts(value: Any) -> list[dict[str, Any]]:
    return [item for item in value if isinstance(item, dict)] if isinstance(value, list) else []


def _claim(cell: dict[str, Any]) -> str | None:
    """The grade_id; anything may stand in a student's metadata."""
    metadata = cell.get("metadata")
    nbgrader = metadata.get("nbgrader") if isinstance(metadata, dict) else None
    grade_id = nbgrader.get("grade_id") if isinstance(nbgrader, dict) else None
    return grade_id if isinstance(grade_id, str) else None


def _cell(found: dict[str, Any]) -> NotebookNode:
    source = found.get("source", found.get("input"))
    parts = source if isinstance(source, list) else [source]
    kind = found.get("cell_type")
    cell: dict[str, Any] = {
        "cell_type": kind if kind in ("code", "raw") else "markdown",
        "id": found.get("id"),
        "metadata": {},
        "source": _text("".join(part for part in parts if isinstance(part, str))),
    }
    if cell["cell_type"] == "code":
        cell |= {"execution_count": None, "outputs": []}
    elif pictures := found.get("attachments"):
        cell["attachments"] = {
            _text(name): {_text(mime): _text(data) for mime, data in bundle.items() if isinstance(data, str)}
            for name, bundle in (pictures.items() if isinstance(pictures, dict) else ())
            if isinstance(bundle, dict)
        }
    return nbformat.from_dict(cell)


def _text(text: str) -> str:
    """Without halves of characters, which JSON can hold and no file can."""
    return text.encode("utf-8", "replace").decode("utf-8")


def _with_graded_cells(cells: list[Claimed], released: list[NotebookNode]) -> list[NotebookNode]:
    """The student's cells, with each graded or locked cell of the release in its place once, and put back where it was
    deleted. Of several copies the last counts, as with nbgrader, but one that was filled in before one that wasn't."""
    wanted = {cell.metadata.nbgrader.grade_id: cell for cell in released if "nbgrader" in cell.metadata}
    place: dict[str, int] = {}
    for index, (name, cell) in enumerate(cells):
        if name and name in wanted and (name not in place or cell.source != wanted[name].source):
            place[name] = index
    result = [cell for _, cell in cells]
    for name, index in place.items():
        if not wanted[name].metadata.nbgrader.locked:
            wanted[name].source = result[index].source
            if "attachments" in result[index] and wanted[name].cell_type == "markdown":
                wanted[name].attachments = result[index].attachments
        result[index] = wanted[name]
    previous = -1
    for name, cell in wanted.items():
        if name in place:
            previous = place[name]
        else:
            previous += 1
            result.insert(previous, cell)
            place = {other: index + (index >= previous) for other, index in place.items()}
    return result


def _make_ids_unique(cells: list[NotebookNode]) -> None:
    """Released cells keep theirs. Copied cells have one id, and old notebooks none, which the format forbids."""
    seen = {cell.id for cell in cells if "nbgrader" in cell.metadata}
    for number, cell in enumerate(cells):
        if "nbgrader" in cell.metadata:
            continue
        if not isinstance(cell.id, str) or not CELL_ID.fullmatch(cell.id) or cell.id in seen:
            cell["id"] = f"cell-{number}"
        seen.add(cell.id)


def _with_note(skeleton: NotebookNode, text: str) -> NotebookNode:
    note = html.escape(display(f"{text}: this is the released one.", 400))
    skeleton.cells.insert(0, nbformat.v4.new_markdown_cell(f"**{note}**", id="reading-note"))
    return skeleton
