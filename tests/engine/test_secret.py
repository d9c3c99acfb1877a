"""The course secret: where it comes from, who may read it, and that all randomness hangs on it."""

import os
import stat
from concurrent.futures import ThreadPoolExecutor

import pytest

from autograder.errors import AutograderError
from autograder.secret import FILE, VARIABLE, Seeds, course_secret


@pytest.fixture(autouse=True)
def _no_environment(monkeypatch):
    monkeypatch.delenv(VARIABLE, raising=False)


def test_the_environment_comes_first_and_makes_no_file(monkeypatch, tmp_path):
    monkeypatch.setenv(VARIABLE, os.fsdecode(b"of the \xff environment"))
    assert course_secret(tmp_path) == b"of the \xff environment"
    assert list(tmp_path.iterdir()) == []


def test_it_is_made_once_for_its_owner_alone(tmp_path):
    secret = course_secret(tmp_path)
    path = tmp_path / FILE
    assert len(secret) == 64
    assert path.read_bytes().strip() == secret == course_secret(tmp_path)
    assert stat.S_IMODE(path.stat().st_mode) == 0o600
    assert list(tmp_path.iterdir()) == [path]


def test_of_many_at_once_all_get_the_same(tmp_path):
    with ThreadPoolExecutor(8) as pool:
        assert len(set(pool.map(course_secret, [tmp_path] * 32))) == 1
    assert list(tmp_path.iterdir()) == [tmp_path / FILE]


def test_two_courses_have_two_secrets(tmp_path):
    (tmp_path / "a").mkdir()
    (tmp_path / "b").mkdir()
    assert course_secret(tmp_path / "a") != course_secret(tmp_path / "b")


def test_an_empty_one_is_not_replaced(tmp_path):
    (tmp_path / FILE).write_text("\n")
    with pytest.raises(AutograderError, match="empty"):
        course_secret(tmp_path)
    assert (tmp_path / FILE).read_text() == "\n"


@pytest.mark.parametrize("make", [lambda path: path.mkdir(), lambda path: path.parent.rmdir()], ids=["folder", "gone"])
def test_what_cannot_be_read_or_made_is_one_line(tmp_path, make):
    root = tmp_path / "course"
    root.mkdir()
    make(root / FILE)
    with pytest.raises(AutograderError, match=r"cannot be (read|made)"):
        course_secret(root)


def draw(secret=b"s", student="alice", assignment=None, case="public/test_a.py::test_a[one]"):
    return Seeds(secret, student, assignment).rng(case).integers(2**63, size=4).tolist()


def test_inputs_repeat_and_differ_with_everything_that_they_hang_on():
    others = [draw(secret=b"t"), draw(student="bob"), draw(assignment="a"), draw(case="public/test_a.py::test_a[two]")]
    assert draw() == draw()
    assert all(other != draw() for other in others)
    assert draw(assignment="None") != draw()  # the whole kit is no assignment of that name
    assert draw(student=os.fsdecode(b"\xff")) != draw(student="\\udcff")


def test_the_name_of_a_seed_tells_two_apart_and_makes_no_inputs():
    names = [
        Seeds(*who).name
        for who in [(b"s", "alice", None), (b"s", "bob", None), (b"s", "alice", "a"), (b"t", "alice", None)]
    ]
    assert len(set(names)) == 4
    assert names[0] == Seeds(b"s", "alice", None).name
    assert draw(secret=names[0].encode()) != draw()
