"""A student's notebook, however damaged, as one that nbgrader can grade. Wired in by the course's nbgrader_config.py:
`expect_notebook` as `Autograde.pre_convert_hook`, `MendingExporter` as `Autograde.exporter_class`.

Marks don't depend on this: they come from the verdict, which reads the submission as handed in. What is mended here is
what a person looks at, and the cells that carry the marks: none is missing, none is there twice."""

from pathlib import Path
from typing import Any

import nbformat
from nbconvert.exporters import NotebookExporter
from nbformat import NotebookNode

from autograder.assembling import notebook_topic
from autograder.names import display

MAX_NOTEBOOK_BYTES = 20_000_000


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
        course, step = _course_and_step(path)
        if step == "submitted":
            release = course / "release" / path.parent.name / path.name
            resources["metadata"] = {"name": path.stem, "path": str(path.parent)}
            return self.from_notebook_node(mended(path, release), resources, **kwargs)
        return super().from_filename(filename, resources, **kwargs)


def _course_and_step(path: Path) -> tuple[Path, str]:
    """<course>/<step>/<student>/<assignment>/<notebook>.ipynb."""
    return path.parents[3], path.parents[2].name


def mended(path: Path, release: Path) -> NotebookNode:
    """The notebook meant by `path`, with the release's graded cells, each once and with the release's metadata."""
    skeleton = nbformat.read(release, as_version=4)
    handed_in = _handed_in(path)
    if handed_in is None:
        return _with_note(skeleton, f"No notebook was handed in as {display(path.name)}: this is the released one.")
    try:
        if handed_in.stat().st_size > MAX_NOTEBOOK_BYTES:
            raise ValueError(f"larger than {MAX_NOTEBOOK_BYTES // 1_000_000} MB")
        notebook = _read(handed_in)
    except Exception as problem:  # nbformat raises whatever its parsers and upgraders raise
        reason = display(str(problem).split("\n")[0])[:200]
        return _with_note(
            skeleton, f"{display(handed_in.name)} could not be read ({reason}): this is the released one."
        )
    _restore_cells(notebook, skeleton)
    return notebook


def _read(path: Path) -> NotebookNode:
    """A notebook of any version as the newest one. nbformat would give cells ids at random, and no two runs alike."""
    original = nbformat.reader.reads(path.read_text(encoding="utf-8-sig"))
    has_ids = (original.nbformat, original.nbformat_minor) >= (4, 5)
    notebook = nbformat.convert(original, 4)
    notebook.nbformat_minor = 5
    for cell in () if has_ids else notebook.cells:
        cell.pop("id", None)
    _make_ids_unique(notebook)
    nbformat.validate(notebook)
    return notebook


def _handed_in(path: Path) -> Path | None:
    """The file itself, else one whose name was changed on the way ("backprop (1).ipynb"), else the first notebook."""
    candidates = sorted(p for p in path.parent.glob("*.ipynb") if p.is_file() and not p.is_symlink())
    if path in candidates:
        return path
    renamed = [p for p in candidates if notebook_topic(p.name) == path.stem]
    return next(iter(renamed or candidates), None)


def _restore_cells(notebook: NotebookNode, skeleton: NotebookNode) -> None:
    """Give each graded cell the release's metadata; strip further copies; put back what was deleted, in its place."""
    wanted = {cell.metadata.nbgrader.grade_id: cell for cell in skeleton.cells if "nbgrader" in cell.metadata}
    place: dict[str, int] = {}
    for index, cell in enumerate(notebook.cells):  # the last copy counts, as with nbgrader
        grade_id = _grade_id(cell)
        cell.metadata.pop("nbgrader", None)
        if grade_id is not None and grade_id in wanted and cell.cell_type == wanted[grade_id].cell_type:
            place[grade_id] = index
    for grade_id, index in place.items():
        notebook.cells[index].metadata.nbgrader = wanted[grade_id].metadata.nbgrader
    previous = -1
    for grade_id, cell in wanted.items():
        if grade_id in place:
            previous = place[grade_id]
        else:
            previous += 1
            notebook.cells.insert(previous, cell)
            place = {name: index + (index >= previous) for name, index in place.items()}
    _make_ids_unique(notebook)  # a stripped copy may share its id with a cell put back


def _grade_id(cell: NotebookNode) -> str | None:
    """The cell's claim; anything may stand in a student's metadata."""
    claimed = cell.metadata.get("nbgrader")
    grade_id = claimed.get("grade_id") if isinstance(claimed, dict) else None
    return grade_id if isinstance(grade_id, str) else None


def _make_ids_unique(notebook: NotebookNode) -> None:
    """Copied cells keep their id, which the notebook format forbids."""
    seen: set[str] = set()
    for number, cell in enumerate(notebook.cells):
        if cell.get("id") in seen or "id" not in cell:
            cell["id"] = f"copy-{number}"
        seen.add(cell["id"])


def _with_note(skeleton: NotebookNode, text: str) -> NotebookNode:
    skeleton.cells.insert(0, nbformat.v4.new_markdown_cell(f"**{text}**", id="reading-note"))
    return skeleton
