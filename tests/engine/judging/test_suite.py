"""Collecting tests: which ones carry points, what isn't taken, and that nothing of this machine changes it."""

import sys

import pytest

from autograder.errors import AutograderError
from autograder.suite import collect, version_of


def test_tests_with_secret_inputs_carry_points_in_the_courses_order(course):
    suite = collect(course)
    assert [(test.name, test.exercise.id, test.folder, test.supporting) for test in suite.tests] == [
        ("test_double_is_twice", "scaling.double", "public", False),
        ("test_double_leaves_its_argument", "scaling.double", "public", True),
        ("test_double_is_undone_by_halve", "scaling.double", "public", False),
        ("test_double_is_the_references", "scaling.double", "hidden", False),
        ("test_halve_is_half", "scaling.halve", "public", False),
        ("test_Box_init_keeps_its_start", "boxes.Box", "public", False),
        ("test_Box_grow_doubles", "boxes.Box.grow", "public", False),
        ("test_both_are_the_references", "boxes.both", "hidden", False),
    ]


def test_cases_are_named_by_folder_file_function_and_id(course):
    suite = collect(course)
    assert [case.name for test in suite.tests[2:4] for case in test.cases] == [
        "public/test_scaling.py::test_double_is_undone_by_halve",
        "hidden/test_scaling.py::test_double_is_the_references[flat]",
        "hidden/test_scaling.py::test_double_is_the_references[deep]",
    ]


def test_the_sentence_is_the_docstring_in_one_line(course):
    assert collect(course).tests[2].sentence == "There and back."


def test_the_reference_is_this_courses(course):
    suite = collect(course)
    assert suite.reference.double(2) == 4
    assert not any(name.split(".")[0] == "mlp" and "scaling" in name for name in sys.modules)


def test_parameters_are_copied_for_each_call(other_course):
    source = '''\
import pytest
@pytest.mark.parametrize("values", [[1, 2]], ids=["two"])
def test_halve_of_values(student, check, values):
    """Halves."""
    assert values == [1, 2]
    values.clear()
'''
    case = next(test for test in collect(other_course({"hidden/test_more.py": source})).tests if "values" in test.name)
    for _ in range(2):
        case.cases[0].run({"student": None, "check": None})


DOC = '    """Sentence."""\n'
REFUSED = {
    "another fixture": ("def test_halve_x(student, tmp_path):\n" + DOC, "asks for tmp_path"),
    "reference in a public test": ("def test_halve_x(student, rng, reference):\n" + DOC, "asks for reference"),
    "class": ("class TestX:\n    def test_halve_x(self, rng):\n    " + DOC, "is in a class"),
    "async": ("async def test_halve_x(student, rng):\n" + DOC, "or async"),
    "skip": ("import pytest\n@pytest.mark.skip\ndef test_halve_x(student, rng):\n" + DOC, "the mark skip"),
    "xfail": ("import pytest\n@pytest.mark.xfail\ndef test_halve_x(student, rng):\n" + DOC, "the mark xfail"),
    "marked module": ("import pytest\npytestmark = pytest.mark.slow\ndef test_halve_x(rng):\n" + DOC, "the mark slow"),
    "fixtures used": (
        "import pytest\n@pytest.mark.usefixtures('tmp_path')\ndef test_halve_x(rng):\n" + DOC,
        "asks for tmp_path",
    ),
    "set-up": (
        "import pytest\n@pytest.fixture(autouse=True)\ndef setting(): pass\ndef test_halve_x(rng):\n" + DOC,
        "asks for setting",
    ),
    "module skipped": ("import pytest\npytest.skip('no', allow_module_level=True)\n", "cannot be collected"),
    "unimportable": ("import nothing_of_that_name\n", "cannot be collected"),
    "no exercise": ("def test_nothing_known(student, rng):\n" + DOC, "names no exercise"),
    "no docstring": ("def test_halve_x(student, rng):\n    pass\n", "no docstring"),
    "twice": ("def test_both_are_the_references(student, rng):\n" + DOC, "Rename one"),
}


@pytest.mark.parametrize("kind", REFUSED)
def test_what_could_not_be_marked_is_refused_by_name(kind, other_course):
    source, said = REFUSED[kind]
    with pytest.raises(AutograderError) as refusal:
        collect(other_course({"public/test_other.py": source}))
    assert said in str(refusal.value)
    assert "\n" not in str(refusal.value)
    assert "test_other" in str(refusal.value)


def test_neither_options_nor_plugins_of_this_machine_count(course, monkeypatch):
    expected = [test.name for test in collect(course).tests]
    monkeypatch.setenv("PYTEST_ADDOPTS", "-k halve --no-such-option")
    monkeypatch.setenv("PYTEST_PLUGINS", "no_such_plugin")
    monkeypatch.delenv("PYTEST_DISABLE_PLUGIN_AUTOLOAD", raising=False)
    assert [test.name for test in collect(course).tests] == expected


def test_the_version_hangs_on_tests_reference_and_points(other_course):
    course = other_course({})
    before = version_of(course)
    assert version_of(course) == before
    for path in ("tests/hidden/test_boxes.py", "tests/public/test_boxes.py", "solutions/mlp/boxes.py"):
        file = course.root / path
        text = file.read_text()
        file.write_text(text + "\n")
        assert version_of(course) != before, path
        file.write_text(text)
    (course.root / "assignments").mkdir()
    (course.root / "assignments" / "scaling.md").write_text("other prose")
    assert version_of(course) == before
