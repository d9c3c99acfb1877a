import json

import pytest

from autograder.kit.exercises import Catalogue, Exercise, Topic


def make(*names, extra=False):
    return Catalogue("Course", (Topic("t", "T", extra, tuple(Exercise("t", n, 1, ("h",), extra) for n in names)),))


def test_json_gives_the_catalogue_back(catalogue):
    assert Catalogue.from_json(catalogue.to_json()) == catalogue


def test_what_stands_beside_the_topics_in_json_is_passed_over(catalogue):
    content = {**json.loads(catalogue.to_json()), "by_hand": {"x": {}}}
    assert Catalogue.from_json(json.dumps(content)) == catalogue


def test_order_classes_ids_and_owners(catalogue):
    assert [exercise.name for exercise in catalogue.exercises] == ["double", "half", "Net", "Net.run", "shout"]
    assert catalogue.classes == {"Net"}
    assert catalogue.find("Net.run").id == "model.Net.run"
    assert catalogue.find("model.Net.run").owner == "Net"
    assert catalogue.find("Net").owner is None
    assert catalogue.find("shout").extra


def test_unknown_exercise_names_near_ones(catalogue):
    with pytest.raises(KeyError, match="Did you mean: double"):
        catalogue.find("duble")


@pytest.mark.parametrize(
    ("function", "name"),
    [
        ("test_relu_is_right", "relu"),
        ("test_relu", "relu"),
        ("test_relu_derivative_is_right", "relu_derivative"),
        ("test_MLP_init_keeps_sizes", "MLP"),
        ("test_MLP_train_goes_on", "MLP.train"),
    ],
)
def test_whole_words_of_a_test_name_its_exercise(function, name):
    assert make("relu", "relu_derivative", "MLP", "MLP.train").of_test(function).name == name


@pytest.mark.parametrize("function", ["test_relus_are_right", "test_MLP_training", "test_", "helper"])
def test_a_test_that_names_no_exercise_is_an_error(function):
    with pytest.raises(ValueError, match="names no exercise"):
        make("relu", "MLP", "MLP.train").of_test(function)
