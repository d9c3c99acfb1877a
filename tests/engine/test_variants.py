"""Right answers in odd styles: all tests accept them."""

from variants import VARIANTS


def test_ids_are_unique():
    ids = [entry.id for entry in VARIANTS]
    assert sorted(ids) == sorted(set(ids))


def test_variant_passes(course, failures, right_variant):
    assert failures(course.catalogue.find(right_variant.exercise), right_variant.answer) == {}
