"""What `autograder build` makes: stubs, notebooks, and the list of what is stale or missing."""

import ast
import io
import json
import re

import nbformat
import pytest

from autograder import build
from autograder.course import find_course, read_course
from autograder.errors import AutograderError
from autograder.notebooks import notebook
from autograder.stubs import cut

REFERENCE = '''\
"""Numbers.

With a sentence.
"""

import math

import numpy as np

from .other import (
    TABLE,
    thing,
)

_TINY = 1e-12
# Given to all.
LIMIT = 3


def double(Z, *, times: int = 2):
    """Z, twice.

    >>> double(2)
    4
    """
    # The secret.

    return _times(Z, times)
    # The rest of it.


def _times(Z, times):
    return Z * times


TABLE = {"double": double}


class Counter:
    """Counts.

    From 0.
    """

    kind = "counter"

    def __init__(self, start):
        """A counter at `start`."""
        self._at = start + _TINY

    @property
    def at(self):
        """Where it stands."""
        return self._at

    def up(self, by=1):
        """Count on."""
        self._move(by)

    def _move(self, by):
        self._at += by
'''
STUB = '''\
"""Numbers.

With a sentence.
"""

import math

import numpy as np

from .other import (
    TABLE,
    thing,
)

# Given to all.
LIMIT = 3


def double(Z, *, times: int = 2):
    """Z, twice.

    >>> double(2)
    4
    """
    raise NotImplementedError("double")


TABLE = {"double": double}


class Counter:
    """Counts.

    From 0.
    """

    kind = "counter"

    def __init__(self, start):
        """A counter at `start`."""
        raise NotImplementedError("Counter")

    @property
    def at(self):
        """Where it stands."""
        return self._at

    def up(self, by=1):
        """Count on."""
        raise NotImplementedError("Counter.up")
'''
PAGE = """\
# Numbers

Why we count.

```toml {exercise}
name = "double"
points = 2
hints = ["Add.", "2 Z"]
```

## Try it

```python {code}
plot_dataset(*double(3))
%time double(2)
```

```toml {exercise}
name = "Counter"
points = 1
hints = ["Keep it.", "Keep start."]
```

## The method

```toml {exercise}
name = "Counter.up"
points = 1.5
hints = ["Add.", "at + by"]
```

```toml {by_hand}
name = "sum_by_hand"
points = 1
[answers]
z_1 = { value = 0.1234, meaning = "the sum" }
z_2 = { value = 7, meaning = "the number" }
```

```toml {question}
name = "why"
points = 3
text = '''
Why?
'''
marking = '''
SECRET MARKING
'''
```
"""
EXERCISES = {"double", "Counter", "Counter.up"}


@pytest.fixture
def toy(tmp_path):
    """A complete course of one topic; returns its folder."""
    files = {
        "assignments/course.toml": 'title = "Toy"\ntopics = ["numbers"]\n',
        "assignments/numbers.md": PAGE,
        "solutions/mlp/__init__.py": '"""The package."""\n',
        "solutions/mlp/numbers.py": REFERENCE,
        "solutions/mistakes/numbers.py": "".join(
            f'@mistake("numbers.{name}")\ndef wrong_{number}():\n    """Why?"""\n'
            for number, name in enumerate(sorted(EXERCISES))
        ),
        "tests/public/test_numbers.py": "def test_double_is_even(): ...\ndef test_Counter_init_starts(): ...\n"
        "def test_Counter_up_counts(): ...\n",
        "tests/hidden/test_numbers.py": "def test_double_of_zero(): ...\n",
    }
    for name, text in files.items():
        path = tmp_path / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(text, encoding="utf-8")
    return tmp_path


def cells(toy, *, source=False):
    """The toy course's notebook as {cell id: cell}."""
    course = read_course(toy)
    topic = course.topic("numbers")
    module = build.reference_module(course, topic)
    content = json.loads(notebook(course, topic, module, build.plot_names(), source=source))
    return {cell["id"]: cell for cell in content["cells"]}


def text(cell):
    return "".join(cell["source"])


def test_a_stub_keeps_contract_and_tables_and_loses_every_solution():
    assert cut(REFERENCE, EXERCISES, "numbers.py").stub() == STUB


def test_solution_regions_hold_all_that_the_stub_lacks():
    module = cut(REFERENCE, EXERCISES, "numbers.py")
    cleared = re.sub(
        r"( *)### BEGIN SOLUTION\n.*?### END SOLUTION",
        r"\1CLEARED",
        "".join("\n" * (part.gap + 1) + part.solution for part in module.parts),
        flags=re.S,
    )
    expected = re.sub(r"raise NotImplementedError\(.*?\)", "CLEARED", STUB[STUB.index("# Given") :])
    assert cleared.strip("\n") == expected.strip("\n")
    ast.parse("\n".join(part.solution for part in module.parts))


def test_a_public_function_without_a_block_is_not_given_away():
    module = cut(REFERENCE, EXERCISES - {"double", "Counter.up"}, "numbers.py")
    assert module.unlisted == ("double", "Counter.up")
    assert "_times" not in module.stub()
    assert "Count on" not in module.stub()


@pytest.mark.parametrize(
    ("before", "after", "complaint"),
    [
        ('    """Count on."""\n', "", "Counter.up needs a docstring"),
        ('    """Counts.\n\n    From 0.\n    """\n', "", "Counter needs a docstring"),
        ('    kind = "counter"\n', "    _kind = 1\n", "move this below a method"),
        ("def double(", "def double", "line 20: "),
    ],
)
def test_a_reference_that_cannot_be_cut_is_named_with_its_line(before, after, complaint):
    with pytest.raises(AutograderError, match=complaint):
        cut(REFERENCE.replace(before, after), EXERCISES, "numbers.py")


def test_a_build_repeats_byte_for_byte_and_is_then_up_to_date(toy):
    course = read_course(toy)
    first = build.build(course)
    files = {path: path.read_bytes() for path in course.starter_code.rglob("*") if path.is_file()}
    assert len(first) == len(files) == 5
    assert build.build(course) == []
    assert {path: path.read_bytes() for path in files} == files
    assert build.check(course) == []


def test_a_changed_word_is_one_changed_line_and_makes_one_file_stale(toy):
    course = read_course(toy)
    build.build(course)
    path = course.starter_code / "notebooks" / "numbers.ipynb"
    before = path.read_text(encoding="utf-8").split("\n")
    page = toy / "assignments" / "numbers.md"
    page.write_text(PAGE.replace("Why we count", "How we count"), encoding="utf-8")
    course = read_course(toy)
    assert build.check(course) == ["starter_code/notebooks/numbers.ipynb: stale. Run autograder build."]
    assert build.build(course) == ["notebooks/numbers.ipynb"]
    after = path.read_text(encoding="utf-8").split("\n")
    assert sum(a != b for a, b in zip(before, after, strict=True)) == 1


def test_a_build_removes_what_it_no_longer_makes(toy):
    course = read_course(toy)
    build.build(course)
    left_over = course.starter_code / "mlp" / "letters.py"
    left_over.write_text("")
    assert build.check(course) == ["starter_code/mlp/letters.py: stale. Run autograder build."]
    build.build(course)
    assert not left_over.exists()


@pytest.mark.parametrize(
    ("name", "change", "complaint"),
    [
        ("solutions/mlp/numbers.py", ("def double", "def twice"), "double is not defined, but has a block"),
        ("solutions/mlp/numbers.py", ("def _times", "def times"), "times is public, but has no block"),
        ("solutions/mistakes/numbers.py", ('"numbers.double"', '"numbers.dubble"'), "no known mistake of double"),
        ("solutions/mistakes/numbers.py", ('"numbers.double"', '"numbers.dubble"'), "'numbers.dubble' is no exercise"),
        ("tests/public/test_numbers.py", ("_up_", "_init_"), "no test of Counter.up"),
        ("tests/hidden/test_numbers.py", ("double", "doubled"), "test_doubled_of_zero names no exercise"),
        ("tests/public/test_numbers.py", ("double", "doubled"), "test_doubled_is_even names no exercise"),
        ("assignments/numbers.md", ('["Add.", "2 Z"]', "[]"), "double has 0 hints"),
        ("assignments/numbers.md", ("## Try it", "```toml {by_hand}\n```"), None),
    ],
)
def test_check_names_what_is_missing(toy, name, change, complaint):
    build.build(read_course(toy))
    path = toy / name
    path.write_text(path.read_text(encoding="utf-8").replace(*change), encoding="utf-8")
    if complaint is None:
        with pytest.raises(AutograderError, match="the by_hand block needs"):
            read_course(toy)
        return
    assert any(complaint in line for line in build.check(read_course(toy)))


def test_exercises_in_another_order_than_the_reference_are_refused(toy):
    path = toy / "assignments" / "numbers.md"
    first, second = (
        PAGE[PAGE.index(f'```toml {{exercise}}\nname = "{name}"') :].split("```\n")[0] for name in ("double", "Counter")
    )
    path.write_text(PAGE.replace(first, "@").replace(second, first).replace("@", second), encoding="utf-8")
    with pytest.raises(AutograderError, match="stands elsewhere in the reference's order"):
        cells(toy)


@pytest.mark.parametrize("source", [False, True])
def test_a_notebook_is_what_nbformat_would_write(toy, source):
    course = read_course(toy)
    topic = course.topic("numbers")
    content = notebook(course, topic, build.reference_module(course, topic), frozenset(), source=source).decode()
    read = nbformat.reads(content, as_version=4)
    nbformat.validate(read)
    written = io.StringIO()
    nbformat.write(read, written)
    assert written.getvalue() == content


def test_the_cells_of_a_notebook_have_names(toy):
    assert list(cells(toy)) == [
        "code-numbers-setup",
        "numbers-1",
        "exercise-numbers-double",
        "check-numbers-double",
        "code-given-numbers-double",
        "try-it-1",
        "code-try-it-1",
        "exercise-numbers-Counter",
        "check-numbers-Counter",
        "the-method-1",
        "check-numbers-Counter-up",
        "by-hand-sum_by_hand",
        "check-by-hand-sum_by_hand",
        "question-why",
        "answer-why",
    ]
    assert list(cells(toy, source=True)) == list(cells(toy))


def test_the_first_cell_offers_what_the_reference_and_the_page_use(toy):
    setup = text(cells(toy)["code-numbers-setup"])
    for line in [
        "from autograder.kit.plots import plot_dataset",
        "import math",
        "from mlp.other import (",
        "LIMIT = 3",
    ]:
        assert f"\n{line}" in setup
    assert setup.count("import numpy as np") == 1
    assert text(cells(toy)["code-given-numbers-double"]) == 'TABLE = {"double": double}'


def test_the_students_notebook_has_stubs_checks_and_no_secrets(toy):
    student = cells(toy)
    assert text(student["exercise-numbers-double"]).endswith('raise NotImplementedError("double")')
    assert text(student["check-numbers-Counter-up"]) == 'check("Counter.up")'
    assert text(student["by-hand-sum_by_hand"]) == "z_1 = None  # the sum\nz_2 = None  # the number"
    assert text(student["check-by-hand-sum_by_hand"]) == 'check_by_hand("sum_by_hand")'
    assert text(student["answer-why"]) == "Write your answer here."
    course = read_course(toy)
    everything = b"".join(build.starter_files(course).values()).decode()
    for secret in ["SECRET MARKING", "_times", "The secret", "The rest of it", "_TINY", "0.1234"]:
        assert secret not in everything


def test_nbgrader_gets_points_and_locks(toy):
    source = cells(toy, source=True)
    flags = {
        cell_id: (meta["grade"], meta["solution"], meta["locked"], meta.get("points"))
        for cell_id, cell in source.items()
        if (meta := cell["metadata"].get("nbgrader"))
    }
    assert flags == {
        "exercise-numbers-double": (False, True, False, None),
        "check-numbers-double": (True, False, True, 2),
        "exercise-numbers-Counter": (False, True, False, None),
        "check-numbers-Counter": (True, False, True, 1),
        "check-numbers-Counter-up": (True, False, True, 1.5),
        "check-by-hand-sum_by_hand": (True, False, True, 1),
        "question-why": (False, False, True, None),
        "answer-why": (True, True, False, 3),
    }
    assert "SECRET MARKING" in text(source["answer-why"])
    assert not any("nbgrader" in cell["metadata"] for cell in cells(toy).values())


def test_this_repositorys_starter_code_is_up_to_date_and_complete():
    assert build.check(find_course()) == []
