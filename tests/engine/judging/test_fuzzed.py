"""A few nearly valid submissions, as `tests/fuzzing` makes them by the thousand."""

import importlib.util
import sys

import pytest

from autograder.course import CHECKOUT

FOLDER = CHECKOUT / "tests" / "fuzzing"


@pytest.fixture
def fuzzing(monkeypatch):
    monkeypatch.syspath_prepend(FOLDER)
    spec = importlib.util.spec_from_file_location("fuzzing_submissions", FOLDER / "submissions.py")
    module = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(module)
    yield module
    sys.modules.pop("mutating", None)


def test_nearly_valid_submissions_get_a_result_each(fuzzing):
    fates, findings, _ = fuzzing.grade_class(0, 40, seed=0)
    assert findings == []
    assert sum(fates.values()) == 40
    assert fates["nothing of it ran"] <= 20
