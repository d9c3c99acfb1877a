"""The bank of known mistakes: each one is well formed, caught by tests that carry points, and named in the verdict."""

import inspect

from mistakes import MISTAKES


def definition(reference, exercise):
    owner, _, method = exercise.name.partition(".")
    found = getattr(reference, owner)
    return getattr(found, method or "__init__") if isinstance(found, type) else found


def test_every_exercise_has_mistakes(course):
    counts = [known.exercise for known in MISTAKES]
    assert [exercise.id for exercise in course.catalogue.exercises if counts.count(exercise.id) < 4] == []


def test_ids_are_unique():
    ids = [known.id for known in MISTAKES]
    assert sorted(ids) == sorted(set(ids))


def test_sentences_are_short_and_no_code():
    code = ("np.sum", "np.dot", "axis=", "@", "==", "[:")
    assert [
        known.id
        for known in MISTAKES
        if not 20 <= len(known.sentence) <= 240
        or not known.sentence.endswith((".", "?"))
        or any(piece in known.sentence for piece in code)
    ] == []


def test_signatures_are_those_of_the_exercises(course, suite):
    """What an exercise takes comes first, with the same defaults; a mistake may have more of its own after it."""
    for known in MISTAKES:
        right = list(
            inspect.signature(definition(suite.reference, course.catalogue.find(known.exercise))).parameters.values()
        )
        own = list(inspect.signature(known.function).parameters.values())
        assert own[: len(right)] == right, known.id
        assert all(parameter.default is not parameter.empty for parameter in own[len(right) :]), known.id


def test_mistake_is_caught_and_named_as_itself(course, cause, known_mistake):
    """A test that only supports others carries points where an unmarked one passes, so any failed test costs some.
    Where two are the same on all inputs they have the same sentence; without a seed nothing comes back again."""
    found = cause(course.catalogue.find(known_mistake.exercise), known_mistake.function)
    if not known_mistake.id.endswith("without_a_seed"):
        assert found
    assert not found or found.sentence == known_mistake.sentence
