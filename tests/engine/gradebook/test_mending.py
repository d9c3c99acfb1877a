"""Notebooks of any content become notebooks that nbgrader can grade."""

import json

import nbformat
import pytest

from autograder.gradebook.mending import mended

TOPIC = "forward"


def mend(course, folder, content):
    """What becomes of a notebook, and the released one."""
    path = folder / "student" / TOPIC / f"{TOPIC}.ipynb"
    path.parent.mkdir(parents=True)
    path.write_bytes(content)
    release = course.home / "release" / TOPIC / f"{TOPIC}.ipynb"
    return mended(path, release), nbformat.read(release, as_version=4)


@pytest.mark.parametrize(
    ("content", "note"),
    [
        (b"[" * 200_000, "nested too deeply"),
        (b'{"cells": ' + b"1" * 5000 + b"}", "could not be read"),
        (json.dumps({"cells": [{"cell_type": "code", "source": "1"}] * 1001}).encode(), "more than 1000 cells"),
        (json.dumps({"cells": [{"cell_type": "code", "source": "1" * 6_000_000}]}).encode(), "characters in its cells"),
        (b" " * 20_000_001, "larger than 20 MB"),
        (b'{"cells": {}, "worksheets": 7}', "no cells in it"),
        ("é".encode("latin-1"), "could not be read"),
    ],
    ids=["deep", "long number", "many cells", "much text", "large file", "no cells", "other encoding"],
)
def test_what_cannot_be_read_is_replaced_by_the_release(handed_in, tmp_path, content, note):
    notebook, released = mend(handed_in, tmp_path, content)
    assert note in notebook.cells[0].source
    assert [cell.id for cell in notebook.cells[1:]] == [cell.id for cell in released.cells]


def test_cells_of_any_content_are_kept_as_far_as_they_go(handed_in, tmp_path):
    code = {"cell_type": "code", "source": ["a = 1\n", None, 2, "b = 3"]}
    strange = [
        None, "text", code, {}, {"cell_type": [], "source": {}, "metadata": [], "id": {}}, {**code, "id": "x" * 65},
        {**code, "metadata": {"nbgrader": {"grade_id": ["x"]}}}, {**code, "metadata": {"nbgrader": 7}},
        {"cell_type": "markdown", "source": "\ud800", "attachments": {"a": {"image/png": "x", "b": 1}, "c": 2}},
    ]  # fmt: skip
    notebook, _ = mend(handed_in, tmp_path, json.dumps({"cells": strange}).encode())
    nbformat.validate(notebook)
    own = [cell for cell in notebook.cells if "nbgrader" not in cell.metadata]
    assert [cell.source for cell in own] == ["a = 1\nb = 3", "", "", *["a = 1\nb = 3"] * 3, "?"]
    assert own[-1].attachments == {"a": {"image/png": "x"}}
