"""Which source makes which module."""

import time

import pytest

from autograder.assembling import assemble, is_called_after, layout
from autograder.sandbox.client import SourceReport

TOPICS = ["scaling", "boxes"]


def reports(files):
    """Files as what they define: {"a.py": {"double": "filled"}}, or why they can't be read."""
    return {
        path: SourceReport(path, None, names, dict.fromkeys(names, path), False)
        if isinstance(names, dict)
        else SourceReport(path, names, {}, {}, False)
        for path, names in files.items()
    }


@pytest.fixture
def plan(course):
    return lambda files, assignment=None: assemble(dict.fromkeys(files, b""), reports(files), course, assignment)


@pytest.mark.parametrize(
    ("name", "topic"),
    [
        ("backprop.ipynb", "backprop"),
        ("Backprop.ipynb", "backprop"),
        ("notebooks/backprop (1).ipynb", "backprop"),
        ("backprop-1.ipynb", "backprop"),
        ("backprop_2.ipynb", "backprop"),
        ("backprop copy.ipynb", "backprop"),
        ("backprop - Copy (3).ipynb", "backprop"),
        ("backprop-Copy1.ipynb", "backprop"),
        ("Copy of backprop.ipynb", "backprop"),
        ("Copy_of_backprop (2).ipynb", "backprop"),
        ("week2.ipynb", "week2"),
        ("week2 (2).ipynb", "week2"),
    ],
)
def test_a_file_is_called_after_its_topic_whatever_was_made_of_it(name, topic):
    assert is_called_after(name, topic)


@pytest.mark.parametrize(
    "name", ["backpropagation.ipynb", "my backprop.ipynb", "copy.ipynb", "forward.ipynb", "x.ipynb"]
)
def test_other_files_are_not(name):
    assert not is_called_after(name, "backprop")


def test_no_file_name_takes_long():
    started = time.process_time()
    assert not is_called_after("backprop" + "1" * 200 + "x.ipynb", "backprop")
    assert not is_called_after("backprop" + " -_copy1" * 30 + "x.ipynb", "backprop")
    assert time.process_time() - started < 5  # it would be years


@pytest.mark.parametrize(
    ("paths", "modules"),
    [
        (["mlp/scaling.py", "mlp/boxes.py"], ["mlp/scaling.py", "mlp/boxes.py"]),
        (["a/b/c/mlp/scaling.py"], ["a/b/c/mlp/scaling.py"]),
        (["a/b/c/d/mlp/scaling.py"], ["a/b/c/d/mlp/scaling.py"]),  # flat modules lie anywhere
        (["scaling.py", "boxes.py"], ["scaling.py", "boxes.py"]),
        (["old/mlp/scaling.py", "mlp/scaling.py"], ["mlp/scaling.py"]),
        (["z/mlp/scaling.py", "a/b/mlp/scaling.py"], ["z/mlp/scaling.py"]),
        (["scaling.py", "deep/mlp/scaling.py"], ["deep/mlp/scaling.py"]),
        (["mlp/conftest.py", "mlp/mlp/scaling.py"], ["mlp/mlp/scaling.py"]),
        (["mlp/__init__.py", "mlp/all.py"], []),
        (["all.py", "x.ipynb"], []),
    ],
)
def test_the_package_nearest_to_the_top_counts_else_flat_modules(paths, modules):
    assert list(layout(paths, TOPICS).modules.values()) == modules


def test_other_files_can_be_imported_as_they_lie():
    paths = ["mlp/__init__.py", "mlp/scaling.py", "mlp/own.py", "mlp/deep/__init__.py", "mlp/deep/er.py", "helper.py"]
    found = layout([*paths, "boxes.py", "tests/test_x.py"], TOPICS)
    assert found.init == "mlp/__init__.py"
    assert found.siblings == {
        "helper": "helper.py",
        "mlp.own": "mlp/own.py",
        "mlp.deep": "mlp/deep/__init__.py",
        "mlp.deep.er": "mlp/deep/er.py",
    }
    assert layout(["scaling.py", "helper.py"], TOPICS).siblings == {"helper": "helper.py"}


def test_a_module_is_filled_up_from_notebooks_and_single_files(plan):
    made = plan({
        "mlp/scaling.py": {"double": "stub", "halve": "filled"},
        "notebooks/scaling.ipynb": {"double": "filled", "halve": "stub"},
        "mine.py": {"Box": "filled", "Box.grow": "filled"},
    })  # fmt: skip
    assert made.bundle.modules == {"mlp.scaling": "mlp/scaling.py", "mlp.boxes": "mine.py", "mine": "mine.py"}
    assert made.bundle.takes == {"scaling.double": "notebooks/scaling.ipynb"}
    assert (made.stubs, made.notes) == (frozenset(), [])


def test_where_two_filled_ones_differ_the_modules_counts_and_it_is_said(plan):
    made = plan({"scaling.ipynb": {"double": "filled"}, "mlp/scaling.py": {"double": "filled"}})
    assert made.bundle.takes == {}
    assert made.notes == ["double: differs in mlp/scaling.py and scaling.ipynb; mlp/scaling.py counts."]


def test_the_same_code_twice_is_not_worth_a_word(course):
    files = reports({"mlp/scaling.py": {"double": "filled"}, "scaling.ipynb": {"double": "filled"}})
    for report in files.values():
        report.fingerprints["double"] = "same"
    assert assemble(dict.fromkeys(files, b""), files, course, None).notes == []


def test_a_stub_everywhere_is_not_started(plan):
    made = plan({"mlp/scaling.py": {"double": "stub"}, "scaling.ipynb": {"double": "stub"}})
    assert made.stubs == {"scaling.double"}


def test_an_unreadable_module_gives_way_to_a_notebook_and_is_named(plan):
    made = plan({"mlp/scaling.py": "line 3: invalid syntax", "scaling (1).ipynb": {"double": "filled"}})
    assert made.bundle.modules["mlp.scaling"] == "scaling (1).ipynb"
    assert made.notes == ["mlp/scaling.py: line 3: invalid syntax."]


def test_one_file_may_make_every_module(plan):
    made = plan({"all.ipynb": {"double": "filled", "Box": "filled"}})
    assert made.bundle.modules == {"mlp.scaling": "all.ipynb", "mlp.boxes": "all.ipynb"}


def test_of_an_assignment_earlier_modules_are_given_and_later_ones_are_not_there(plan, course):
    files = {"mlp/scaling.py": {"double": "filled"}, "mlp/boxes.py": {"both": "filled"}, "helper.py": {}}
    made = plan(files, "boxes")
    given = made.bundle.modules["mlp.scaling"]
    assert made.bundle.files[given] == (course.solutions / "mlp" / "scaling.py").read_bytes()
    assert made.bundle.modules["mlp.boxes"] == "mlp/boxes.py"
    assert made.bundle.exercises == ("boxes.Box", "boxes.Box.grow", "boxes.both")
    assert set(plan(files, "scaling").bundle.modules) == {"mlp.scaling", "helper"}
