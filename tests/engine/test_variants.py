"""Right answers in odd styles: every exercise has some, and all tests accept them."""

from variants import VARIANTS


def test_every_exercise_has_variants(course):
    covered = {name for entry in VARIANTS for name in (entry.exercise, f"{entry.exercise}.*")}
    missing = [
        exercise.id
        for exercise in course.catalogue.exercises
        if exercise.id not in covered and f"{exercise.topic}.{exercise.owner}.*" not in covered
    ]
    assert missing == []


def test_ids_are_unique():
    ids = [entry.id for entry in VARIANTS]
    assert sorted(ids) == sorted(set(ids))


def test_variant_passes(course, failures, right_variant):
    assert failures(course.catalogue.find(right_variant.exercise), right_variant.answer) == {}
