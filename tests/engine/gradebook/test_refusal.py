"""nbgrader's own button and command, where the kernel walls nothing off: no zeros, and what was marked before stays."""

import pytest

from autograder.sandbox import client, levels

TOPIC = "forward"


@pytest.fixture(autouse=True)
def only_contained(monkeypatch):
    for module in (levels, client):
        monkeypatch.setattr(module, "probe", lambda: levels.Probe("contained", ("there is no wall",)))


def test_a_first_grading_is_refused_without_a_mark(handed_in):
    graded = handed_in.copied("refused")
    result = graded.api().autograde(TOPIC, "right")
    assert not result["success"]
    assert "Nothing was graded: on this machine, student code could read" in result["log"]
    assert "c.Judge.allow_contained = True in nbgrader_config.py" in result["log"]
    assert graded.files("right") == {}
    assert set(graded.scores("right").values()) <= {None}


def test_marks_that_are_there_already_stay(ours):
    graded = ours.copied("refused-again")
    before = graded.row("right")
    assert not graded.api().autograde(TOPIC, "right")["success"]
    assert graded.row("right") == before


def test_it_grades_where_the_configuration_allows_it(handed_in):
    graded = handed_in.copied("allowed")
    graded.config.Judge.allow_contained = True
    assert graded.api().autograde(TOPIC, "right")["success"]
    assert graded.verdict("right")["extra_data"]["isolation"] == "contained"
