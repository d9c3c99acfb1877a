"""Cheating that no wall stops: submissions whose code does nothing forbidden, and gets marks that it shouldn't have, if
the tests let it. All of them go the real way: files in, a judge, a verdict.

A test hands in the reference with something added, and says of which exercises' points "nothing" is left, or "less"
than all. Every other exercise has full marks."""

import pytest

from autograder.course import CHECKOUT, read_course
from autograder.judge import Judge
from autograder.submissions import Submission

SECRET, EARLIER_SECRET = b"of these tests", b"of an earlier run"


@pytest.fixture(scope="session")
def judge():
    with Judge(read_course(CHECKOUT), SECRET, None) as judge:
        yield judge


@pytest.fixture(scope="session")
def earlier_judge(judge):
    """The same tests under another secret: what a cheat could have seen before."""
    with Judge(judge.course, EARLIER_SECRET, None) as earlier:
        yield earlier


@pytest.fixture(scope="session")
def right(judge):
    """The reference's sources by topic."""
    topics = judge.course.catalogue.topics
    return {t.name: (judge.course.solutions / "mlp" / f"{t.name}.py").read_text(encoding="utf-8") for t in topics}


def pytest_generate_tests(metafunc):
    """`together`: CHEATS of a test's module, those on different exercises of a topic in one submission, since to judge
    one takes long."""
    if "together" in metafunc.fixturenames:
        groups = []
        for name, (topic, source, expected) in metafunc.module.CHEATS.items():
            for names, group_topic, sources, losses in groups:
                if group_topic == topic and not losses.keys() & expected.keys():
                    names.append(name)
                    sources.append(source)
                    losses.update(expected)
                    break
            else:
                groups.append(([name], topic, [source], dict(expected)))
        groups = [(names, topic, "".join(sources), losses) for names, topic, sources, losses in groups]
        metafunc.parametrize("together", groups, ids=[", ".join(names) for names, *_ in groups])


@pytest.fixture(scope="session")
def lost(judge, right):
    """`lost({"forward": source}, assignment)`: what is left where these sources stand at the end of the reference's
    modules, by exercise: "nothing" or "less"; exercises with full marks are left out. Files have their endings."""

    def lost(added, assignment=None):
        files = {f"mlp/{topic}.py": source + added.get(topic, "") for topic, source in right.items()}
        files |= {path: source for path, source in added.items() if "." in path}
        files = {path: source.encode() for path, source in files.items()}
        return losses(judge.of(assignment).judge(Submission("mallory", files)))

    return lost


def losses(verdict):
    assert verdict.output == ""
    left = {name: "less" if e.score else "nothing" for name, e in verdict.exercises.items() if e.score < e.max_score}
    assert all(verdict.exercises[name].state == "failed" for name in left)
    return left
