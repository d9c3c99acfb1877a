"""The kit's notebooks in JupyterLab: untouched, and filled in from top to bottom, as a student would."""

import shutil
from pathlib import Path

import pytest

from autograder.answers import fill_notebook, reference

RUN = """async () => {
    const app = window.jupyterapp, panel = app.shell.currentWidget
    await panel.sessionContext.ready
    for (let i = 0; i < panel.content.widgets.length; i++) {
        panel.content.activeCellIndex = i
        await app.commands.execute("notebook:run-cell")
    }
    const cells = panel.content.model.toJSON().cells
    await panel.content.scrollToItem(cells.findLastIndex(cell => cell.id.startsWith("check-")), "center")
    return cells
}"""


@pytest.fixture(scope="module", params=["untouched", "filled in"])
def kit(request, course, released, tmp_path_factory):
    kit = Path(shutil.copytree(released / "kit", tmp_path_factory.mktemp("student") / "kit"))
    if request.param == "filled in":
        for topic, source in reference(course).items():
            path = kit / "notebooks" / f"{topic}.ipynb"
            path.write_text(fill_notebook(course, topic, source, path), encoding="utf-8")
    return request.param, kit


@pytest.fixture(scope="module")
def lab(kit, serve):
    return serve(kit[1])


def test_each_check_cell_says_where_it_stands(course, kit, lab, page, shot):
    """In one test, since later notebooks import what the checks of earlier ones saved."""
    state = kit[0]
    for topic in course.catalogue.topics:
        page.goto(f"{lab}/lab/tree/notebooks/{topic.name}.ipynb?reset")
        page.locator(".jp-Notebook .jp-Cell").first.wait_for()
        page.wait_for_function(
            "window.jupyterapp.shell.currentWidget?.sessionContext?.session?.kernel?.status === 'idle'"
        )
        cells = page.evaluate(RUN)
        shot(f"lab-{state}-{topic.name}".replace(" ", "-"))
        said = {
            cell["id"]: output["data"]["text/plain"]
            for cell in cells
            for output in cell.get("outputs", ())
            if cell["id"].startswith("check-") and "data" in output
        }
        verdicts = {"".join(text).split("\n")[0].rpartition(": ")[2] for text in said.values()}
        assert len(said) == len(topic.exercises) + len(course.by_hand[topic.name]), topic.name
        assert verdicts == ({"done"} if state == "filled in" else {"not started"}), (topic.name, said)
        errors = [output for cell in cells for output in cell.get("outputs", ()) if output["output_type"] == "error"]
        assert {error["ename"] for error in errors} <= (
            {"NotImplementedError", "NameError"} if state == "untouched" else set()
        ), errors
