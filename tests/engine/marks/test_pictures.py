"""What tests show of a student's values, from the call in a test to the figure on the page."""

import xml.etree.ElementTree as ET

import numpy as np
import pytest

from autograder.drawing import figure
from autograder.kit.check import CheckFailed
from autograder.pictures import SIDE, Pictures, pack, unpack
from autograder.verdict import Verdict

LAYERS = [(np.ones((2, 3)), np.ones((2, 1))), (np.ones((1, 2)), np.ones((1, 1)))]
POINTS, LABELS = np.array([[0.0, 0], [1, 1], [2, 0], [3, 1]]), np.array([0, 0, 1, 1])
HOSTILE = [
    None,
    3,
    "x" * 50,
    [],
    [[], [1]],
    {"a": 1},
    np.zeros((0, 2)),
    np.full((4, 2), np.nan),
    np.array([object()]),
    2**5000,
]


def drawn(pictures):
    """The only picture, as a browser would see it."""
    (picture,) = pictures.shown
    return ET.fromstring(figure(picture))


def paths(element):
    return {path.get("class"): path.get("d") for path in element.iter("path")}


def test_numbers_keep_three_digits():
    values = np.array([[1.2345, -300.25], [1e-4, 0.0]])
    np.testing.assert_allclose(unpack(pack(values)), values.ravel(), rtol=1e-3)


def test_points_of_two_classes_are_dots_and_dashes():
    pictures = Pictures()
    pictures.points("Your <moons>", POINTS, LABELS)
    found = drawn(pictures)
    assert paths(found) == {"dots0": "M10 230h0M110 10h0", "dots1": "M210 230h4M310 10h4"}
    assert "Your <moons>" in found.find("svg").get("aria-label")


def test_a_boundary_lies_where_the_prediction_turns():
    pictures = Pictures()
    pictures.boundary("Yours", lambda grid: (grid[0] > 1.5).astype(float), POINTS, LABELS)
    found = drawn(pictures)
    turns = {float(point.split()[0]) for point in paths(found)["line"].replace("M", "L").split("L")[1:]}
    assert len(turns) == 1
    assert abs(turns.pop() - 160) < 320 / SIDE, "half of the picture"
    assert "50%" in found.find("svg").get("aria-label")


def test_a_boundary_that_cannot_be_asked_for_is_left_out():
    def refuse(grid):
        raise CheckFailed("shape", "wrong shape")

    pictures = Pictures()
    pictures.boundary("Yours", refuse, POINTS, LABELS)
    pictures.boundary("Yours", lambda grid: np.zeros(3), POINTS, LABELS)
    assert pictures.shown == []


def test_curves_are_told_apart_and_say_where_they_end():
    pictures = Pictures()
    pictures.curves("Loss", {"yours": [1.0, 0.5, np.inf, 0.25], "the reference's": np.array([1.0, 0.25])})
    text = drawn(pictures).find("figcaption").text
    assert text == "Loss. Yours solid, from 1 to 0.25; the reference's dashed."


def test_a_wrong_gradient_has_a_cross_and_a_short_bar():
    wrong = [(LAYERS[0][0] + 1e-9, 2 * LAYERS[0][1]), (LAYERS[1][0].T, LAYERS[1][1])]
    pictures = Pictures()
    pictures.errors("Gradients", wrong, LAYERS, ("dW", "db"))
    texts = [text.text for text in drawn(pictures).iter("text")]
    assert texts[::2] == ["dW of layer 1", "db of layer 1", "dW of layer 2", "db of layer 2"]
    assert texts[1::2] == ["5e-10", "✗ 3e-01", "✗ no array of this shape", "0"]


@pytest.mark.parametrize("value", HOSTILE, ids=lambda value: type(value).__name__)
def test_whatever_comes_back_nothing_breaks(value):
    pictures = Pictures()
    pictures.points("points", value, LABELS)
    pictures.points("points", POINTS, value)
    pictures.curves("curves", {"yours": value})
    pictures.errors("errors", value, LAYERS, ("dW", "db"))
    pictures.errors("errors", [value, (value, value)], LAYERS, ("dW", "db"))
    pictures.boundary("boundary", lambda grid: value, POINTS, LABELS)
    for picture in pictures.shown:
        ET.fromstring(figure(picture))


def test_a_verdict_keeps_its_pictures(verdict):
    pictures = Pictures()
    pictures.points("Your moons", POINTS, LABELS)
    first = verdict("ada")
    first.pictures = {next(iter(first.exercises)): pictures.shown}
    assert Verdict.from_json(first.to_json()) == first


def test_the_page_shows_an_exercises_pictures(verdict, out_of, page):
    from autograder.feedback import write_feedback

    pictures = Pictures()
    pictures.curves("Loss", {"yours": [1.0, 0.5]})
    first = verdict("ada")
    first.pictures = {next(iter(first.exercises)): pictures.shown}
    out = out_of(first)
    write_feedback(out)
    found = page(out / "ada" / "feedback.html")
    assert "Loss. Yours solid, from 1 to 0.5." in found.text
    assert {"figure", "svg", "path"} <= found.tags
