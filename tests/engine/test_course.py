"""Reading a course: what stands in assignments/ comes out, and what is wrong with it is said with file and line."""

from datetime import UTC, datetime

import pytest

from autograder.course import CHECKOUT, find_course, read_course
from autograder.errors import AutograderError
from autograder.markdown import read_blocks

EXERCISE = """
```toml {exercise}
name = "double"
points = 2
hints = ["Add it to itself.", "2 Z"]
```
"""
PAGE = f"""# Numbers: one and two

Prose.

## Twice
{EXERCISE}
```toml {{by_hand}}
name = "first_by_hand"
points = 1.5
[answers]
z_1 = {{ value = 0.35, meaning = "the first sum" }}
```

```toml {{question}}
name = "why"
points = 3
text = "Why?"
marking = "Because."
```
"""


@pytest.fixture
def write(tmp_path):
    """Write files of assignments/ and return the course's folder."""

    def write(page=PAGE, settings='title = "Toy"\ntopics = ["numbers"]\n'):
        folder = tmp_path / "assignments"
        folder.mkdir(exist_ok=True)
        (folder / "course.toml").write_text(settings, encoding="utf-8")
        (folder / "numbers.md").write_text(page, encoding="utf-8")
        return tmp_path

    return write


def test_a_course_says_what_its_assignments_say(write):
    course = read_course(
        write(
            settings="""
title = "Toy"
topics = ["numbers"]
extra_credit = ["numbers"]
[deadlines]
numbers = 2027-03-01T23:59:00+01:00
[late]
points_per_day = 5
"""
        )
    )
    topic = course.topic("numbers")
    assert (topic.title, topic.extra) == ("Numbers: one and two", True)
    exercise = topic.exercises[0]
    assert (exercise.id, exercise.points, exercise.extra) == ("numbers.double", 2, True)
    assert exercise.hints == ("Add it to itself.", "2 Z")
    (by_hand,) = course.by_hand["numbers"]
    assert (by_hand.points, by_hand.answers["z_1"].value, by_hand.answers["z_1"].meaning) == (
        1.5,
        0.35,
        "the first sum",
    )
    assert course.questions["numbers"][0].marking == "Because."
    assert course.deadlines["numbers"] == datetime(2027, 3, 1, 22, 59, tzinfo=UTC)
    assert course.late_points_per_day == 5


def test_a_call_of_an_exercise_may_take_longer_than_usual(write):
    exercise = read_course(write(PAGE.replace("points = 2\n", "points = 2\nseconds = 60\n"))).catalogue.find("double")
    assert exercise.seconds == 60
    course = read_course(write())
    assert course.catalogue.find("double").seconds == 0


def test_a_deadline_without_time_zone_is_utc(write):
    course = read_course(write(settings='title="T"\ntopics=["numbers"]\n[deadlines]\nnumbers=2027-03-01T23:59:00\n'))
    assert course.deadlines["numbers"] == datetime(2027, 3, 1, 23, 59, tzinfo=UTC)


def test_a_course_is_found_from_inside_it_and_else_beside_the_engine(write, tmp_path_factory):
    inside = write() / "some" / "where"
    inside.mkdir(parents=True)
    assert find_course(inside).catalogue.title == "Toy"
    assert find_course(tmp_path_factory.mktemp("elsewhere")).root == CHECKOUT


@pytest.mark.parametrize(
    ("change", "complaint"),
    [
        (("toml {exercise}", "toml {exercice}"), r"numbers.md, line 7: 'toml \{exercice\}' is not a block"),
        (("toml {exercise}", "python {exercise}"), "line 7: .* is not a block"),
        (("points = 2\n", ""), "line 7: the exercise block needs name, points, hints; look at 'points'"),
        (("points = 2\n", "points = 0\n"), "line 7: points must be above 0"),
        (("points = 2\n", "points = true\n"), "look at 'points'"),
        (("points = 2\n", "points = 2\npoint = 2\n"), "no key 'point'"),
        (("points = 2\n", "points = \n"), "line 7: not valid TOML"),
        (("z_1 =", "1z ="), "'1z' cannot be a variable's name"),
        (('meaning = "the first sum"', 'unit = "m"'), "an answer is written"),
        (("# Numbers: one and two", "Numbers"), "no '# ' heading"),
        ((EXERCISE, EXERCISE * 2), "double has two blocks"),
        (("# Numbers", "```text\n# Numbers"), "line 1: this fence is never closed"),
    ],
    ids=lambda value: value if isinstance(value, str) else "",
)
def test_a_mistake_in_a_page_is_named_with_its_line(write, change, complaint):
    page = PAGE.replace(*change)
    if "never closed" in complaint:
        page = "```text\n"
    with pytest.raises(AutograderError, match=complaint):
        read_course(write(page))


@pytest.mark.parametrize(
    ("settings", "complaint"),
    [
        ('topics = ["numbers"]', "title"),
        ('title = "T"\ntopics = ["numbers", "letters"]', "letters.md: no such file"),
        ('title = "T"\ntopics = ["numbers"]\nextra_credit = ["letters"]', "letters is not in topics"),
        ('title = "T"\ntopics = ["numbers"]\n[deadlines]\nnumbers = "soon"', "soon is not a date"),
        ("title =", "course.toml"),
    ],
)
def test_a_mistake_in_the_settings_is_named(write, settings, complaint):
    with pytest.raises(AutograderError, match=complaint):
        read_course(write(settings=settings))


def test_prose_is_split_at_headings_and_keeps_other_fences(tmp_path):
    page = tmp_path / "page.md"
    page.write_text(
        "Top.\n\n# One\n\n```python\n# no heading\n```\n\n## Two\n\n````markdown\n```python {code}\nx = 1\n```\n````\n"
        "~~~ text\n```\n~~~\n\n```python {code}\ny = 2\n\nz = 3\n```\nEnd.\n",
        encoding="utf-8",
    )
    blocks = [(block.kind, block.heading, block.source) for block in read_blocks(page)]
    assert blocks == [
        ("text", "", "Top."),
        ("text", "One", "# One\n\n```python\n# no heading\n```"),
        ("text", "Two", "## Two\n\n````markdown\n```python {code}\nx = 1\n```\n````\n~~~ text\n```\n~~~"),
        ("code", "Two", "y = 2\n\nz = 3"),
        ("text", "Two", "End."),
    ]
