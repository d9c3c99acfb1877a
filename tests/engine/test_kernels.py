"""Both ways of teaching, tried in a real kernel: the kit's notebooks, and each assignment of the nbgrader course.
Filled in with the reference, every cell runs and every check says done."""

import shutil
import subprocess
import sys
from pathlib import Path

import nbformat
import pytest
from nbclient import NotebookClient

from autograder.course import find_course
from autograder.release import release

COURSE = find_course()
TOPICS = [topic.name for topic in COURSE.catalogue.topics]


@pytest.fixture(scope="module")
def released(tmp_path_factory):
    folder = tmp_path_factory.mktemp("release")
    release(COURSE, folder)
    return folder


@pytest.fixture(scope="module")
def kit(released, tmp_path_factory):
    """One student's kit, in which the notebooks are worked through in order."""
    return Path(shutil.copytree(released / "kit", tmp_path_factory.mktemp("student") / "kit"))


def filled_in(path, source):
    """The notebook at `path` with the solutions of nbgrader's source notebook and all hand calculations."""
    notebook = nbformat.read(path, as_version=4)
    solutions = {cell.id: cell.source for cell in nbformat.read(source, as_version=4).cells}
    by_hand = {item.name: item for items in COURSE.by_hand.values() for item in items}
    for cell in notebook.cells:
        if cell.id.startswith("exercise-"):
            cell.source = solutions[cell.id]
        elif cell.id.startswith("by-hand-") and cell.cell_type == "code":
            answers = by_hand[cell.id.removeprefix("by-hand-")].answers
            cell.source = "\n".join(f"{name} = {answer.value:.3f}" for name, answer in answers.items())
    notebook.cells.append(nbformat.v4.new_code_cell("import autograder\nautograder.__file__"))
    return notebook


def run(path, topic, released):
    """Run a notebook top to bottom where it lies, filled in; what each check cell ends with: {cell id: first line}."""
    notebook = filled_in(path, released / "course" / "source" / topic / f"{topic}.ipynb")
    NotebookClient(
        notebook,
        timeout=300,
        kernel_name="python3",
        extra_arguments=["--HistoryManager.enabled=False"],
        resources={"metadata": {"path": str(path.parent)}},
    ).execute()
    assert notebook.cells[-1].outputs[0].data["text/plain"] == repr(
        str(path.parents[1 if path.parent.name == "notebooks" else 0] / "autograder" / "__init__.py")
    )
    return {
        cell.id: output.data["text/plain"].split("\n")[0]
        for cell in notebook.cells
        for output in cell.get("outputs", [])
        if cell.id.startswith("check-") and output.output_type == "execute_result"
    }


def all_done(topic):
    exercises = {f"check-{topic}-{e.name.replace('.', '-')}": f"{e.name}: done" for e in COURSE.topic(topic).exercises}
    return exercises | {f"check-by-hand-{item.name}": f"{item.name}: done" for item in COURSE.by_hand[topic]}


def test_the_kits_notebooks_and_files_are_one_work(released, kit):
    for topic in TOPICS:
        assert run(kit / "notebooks" / f"{topic}.ipynb", topic, released) == all_done(topic)
    ladder = subprocess.run([sys.executable, "-m", "pytest"], cwd=kit, capture_output=True, text=True, check=False)
    assert ladder.returncode == 0, ladder.stdout + ladder.stderr


@pytest.mark.parametrize("topic", TOPICS)
def test_an_assignment_works_with_the_earlier_solutions_that_it_ships(released, topic):
    assert run(released / "course" / "release" / topic / f"{topic}.ipynb", topic, released) == all_done(topic)


@pytest.mark.parametrize("done", [False, True], ids=["untouched", "filled in"])
def test_nbgraders_validate_agrees_with_the_checks(released, tmp_path, done):
    topic = TOPICS[0]
    folder = Path(shutil.copytree(released / "course" / "release" / topic, tmp_path / topic))
    notebook = folder / f"{topic}.ipynb"
    if done:
        nbformat.write(filled_in(notebook, released / "course" / "source" / topic / notebook.name), notebook)
    said = subprocess.run(
        [sys.executable, "-m", "nbgrader", "validate", notebook.name], cwd=folder, capture_output=True, text=True,
        check=False,
    ).stdout  # fmt: skip
    if done:
        assert "Success! Your notebook passes all the tests." in said
    else:
        assert f"VALIDATION FAILED ON {len(all_done(topic))} CELL(S)!" in said
        assert f"AssertionError: {COURSE.topic(topic).exercises[0].name}: not started" in said
