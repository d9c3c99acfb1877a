"""Which submissions share what few others have: copies are found, the course's own way of doing things is not."""

import ast
import csv
import random

import pytest

from autograder.answers import bank, mixed
from autograder.report import write_report
from autograder.sandbox.parsing import report
from autograder.similarity import alike

HONEST = 12


def passages(text):
    return report("mlp/forward.py", text.encode(), [], []).passages


@pytest.fixture(scope="module")
def sources(course):
    """What honest students wrote: all begin like the reference, and go on in a mix of styles of their own."""
    variants, choice = bank(course, "variants"), random.Random(0)
    return ["\n".join(mixed(course, variants, 0.7, choice).values()) for _ in range(HONEST)]


def renamed(text):
    """The same with other variables, and without comments and layout."""
    tree = ast.parse(text)
    for node in ast.walk(tree):
        if isinstance(node, (ast.Name, ast.arg)):
            name = "id" if isinstance(node, ast.Name) else "arg"
            setattr(node, name, f"my_{getattr(node, name)}")
    return ast.unparse(tree)


@pytest.fixture
def handed_in(verdict):
    """A verdict on a student's source, as far as it is compared."""

    def make(student, text):
        found = verdict(student)
        found.submission_sha256, found.passages = text, passages(text) if text else []
        return found

    return make


@pytest.fixture
def honest(handed_in, sources):
    return [handed_in(f"s{number}", text) for number, text in enumerate(sources)]


def test_names_comments_and_layout_do_not_hide_a_copy(sources):
    assert passages(renamed(sources[0])) == passages(sources[0]) != passages(sources[1])


def test_honest_work_is_not_alike(honest):
    assert alike(honest) == []


def test_copies_stand_out_and_the_same_files_come_first(honest, handed_in, sources):
    copy, same = handed_in("copy", renamed(sources[3])), handed_in("same", sources[5])
    first, second, *others = alike([*honest, copy, same])
    assert (first.students, first.same_files) == (("s5", "same"), True)
    assert (second.students, second.same_files, second.score) == (("s3", "copy"), False, 1.0)
    assert others == []


def test_what_most_of_the_class_has_counts_for_nothing(handed_in, sources):
    usual = [handed_in(f"s{number}", f"{sources[0]}\nx{number} = {number}\n") for number in range(9)]
    assert alike(usual) == []


def test_who_began_nothing_is_not_compared(handed_in):
    assert alike([handed_in(name, "") for name in ("ada", "bob")]) == []


def test_the_report_shows_pairs_and_decides_nothing(honest, handed_in, sources, out_of, page):
    out = out_of(*honest, handed_in("=copy", renamed(sources[3])))
    line = write_report(out)
    text = page(out / "report.html").text
    assert "Pairs to look at, not a verdict" in text
    assert "1.00 =copy , s3" in text or "1.00 =copy, s3" in text
    with (out / "similar.csv").open(newline="") as file:
        assert list(csv.DictReader(file)) == [{"score": "1.000", "same_files": "no", "who": "'=copy; s3"}]
    assert "similar.csv" in line
