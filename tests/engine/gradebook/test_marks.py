"""What each student of the class gets, and what a person who marks sees of it."""

import json

import pytest

from autograder.gradebook.preprocessor import results_by_cell
from autograder.verdict import RESULTS, read_verdict

TOPIC, WRONG = "forward", "collapse_linear_layers"
ODD, UNICODE = "[x] * y", "Zoë Ünal"


def test_every_student_is_in_the_gradebook(ours):
    for student in ours.students():
        assert ours.row(student)["grades"], student
        assert ours.notebook(student)["cells"], student
    assert [row["student"] for row in ours.table(TOPIC)] == ours.students()


@pytest.mark.parametrize(
    ("students", "points"),
    [
        (["right", "renamed", "duplicated", "no checks", "wrong types", "format 3", "format 4.4", "late"], 1.0),
        (["bad timestamp", "odd files", ODD, UNICODE], 1.0),
        (["untouched", "truncated", "garbage", "empty", "no exercises", "tampered", "forged", "link"], 0.0),
    ],
    ids=["whatever became of the notebook", "whatever lies beside it", "nothing of their own"],
)
def test_points(ours, course, students, points):
    full = {f"check-{exercise.id}": exercise.points for exercise in course.topic(TOPIC).exercises}
    for student in students:
        scores = ours.scores(student)
        assert {name: scores[name.replace(".", "-")] for name in full} == {
            name: points * most for name, most in full.items()
        }, student


def test_one_wrong_function_costs_its_own_points(ours, course):
    for student in ("partly", "endless", "exits"):
        full = {f"check-{exercise.id.replace('.', '-')}": exercise.points for exercise in course.topic(TOPIC).exercises}
        wrong = f"check-{TOPIC}-{WRONG}"
        scores = ours.scores(student)
        assert scores[wrong] == 0, student
        assert {name: scores[name] for name in full if name != wrong} == {n: p for n, p in full.items() if n != wrong}


def test_a_script_counts_as_well(ours, course):
    assert ours.verdict("a script")["score"] == ours.verdict("a script")["max_score"]
    assert "No notebook was handed in" in ours.notebook("a script")["cells"][0]["source"][0]
    assert (
        sum(ours.scores("a script")[name] or 0 for name in ours.scores("a script")) == ours.verdict("a script")["score"]
    )


def test_hand_calculations_earn_their_share(ours, course):
    (item,) = course.by_hand[TOPIC]
    name = f"check-by-hand-{item.name}"
    assert [ours.scores(student)[name] for student in ("right", "partly", "untouched", "a script")] == [
        item.points, item.points / 2, 0, 0,
    ]  # fmt: skip


def test_answers_in_words_wait_for_a_person(ours, course):
    (question,) = course.questions[TOPIC]
    name = f"answer-{question.name}"
    for student, auto, comment in (
        ("right", None, None),
        ("untouched", 0.0, "No response."),
        ("wrong types", None, None),
    ):
        row = ours.row(student)
        assert row["grades"][name] == (auto, None, question.points, auto is None), student
        assert row["comments"][name] == (comment, None), student
    for student in ("duplicated", "wrong types"):
        answers = [
            cell
            for cell in ours.notebook(student)["cells"]
            if cell["metadata"].get("nbgrader", {}).get("grade_id") == name
        ]
        assert [(cell["cell_type"], cell["source"]) for cell in answers] == [
            ("markdown", ["Because a line of lines is a line."])
        ]


def test_late_penalties(ours):
    assert {s: ours.row(s)["penalty"] for s in ("late", "right", "bad timestamp")} == {
        "late": 10.0, "right": None, "bad timestamp": None,
    }  # fmt: skip


def test_graded_cells_are_those_of_the_release(ours, handed_in):
    released = json.loads((handed_in.home / "release" / TOPIC / f"{TOPIC}.ipynb").read_text("utf-8"))
    wanted = {cell["id"]: cell for cell in released["cells"] if "nbgrader" in cell["metadata"]}
    for student in ours.students():
        cells = ours.notebook(student)["cells"]
        assert len({cell["id"] for cell in cells}) == len(cells), student
        graded = [cell for cell in cells if "nbgrader" in cell["metadata"]]
        assert [cell["metadata"]["nbgrader"] for cell in graded] == [c["metadata"]["nbgrader"] for c in wanted.values()]
        for cell in graded:
            if cell["metadata"]["nbgrader"]["locked"]:
                assert cell["source"] == wanted[cell["id"]]["source"], student


def test_every_graded_cell_says_why(ours):
    for student in ours.students():
        for cell in ours.notebook(student)["cells"]:
            settings = cell["metadata"].get("nbgrader", {})
            if settings.get("grade") and not settings["solution"]:
                reason, score = cell["outputs"]
                assert reason["output_type"] == "display_data"
                assert "".join(reason["data"]["text/plain"]), student
                assert float(score["data"]["text/plain"][0]) <= settings["points"]


def test_a_known_cause_is_said_once_and_first(ours, sentence):
    (cell,) = (cell for cell in ours.notebook("partly")["cells"] if cell["id"] == f"check-{TOPIC}-{WRONG}")
    lines = "".join(cell["outputs"][0]["data"]["text/plain"]).split("\n")
    assert lines[0] == sentence
    assert lines.count(sentence) == 1
    assert lines[1].startswith("✗ ")


def test_a_person_who_marks_sees_what_was_judged_with_right_ones(ours):
    verdict = read_verdict(ours.home / "verdicts" / TOPIC / "right" / RESULTS)
    verdict.exercises[f"{TOPIC}.forward"].judged_with = [f"{TOPIC}.{WRONG}", f"{TOPIC}.linear_forward"]
    _, said = results_by_cell(verdict)[f"check-{TOPIC}-forward"]
    assert said[0] == ("", f"Judged with right ones in the place of: {TOPIC}.{WRONG}, {TOPIC}.linear_forward.")
    assert {mark for mark, _ in said[1:]} == {"✓"}


def test_what_went_wrong_is_one_line_each(ours):
    lines = ours.printed.splitlines()
    for line in (
        f"{TOPIC}/bad timestamp: its timestamp.txt is no date, so it counts as handed in in time.",
        f"{TOPIC}/odd files: links or too many files, so that only the notebook is in autograded/.",
    ):
        assert line in lines
    for student in ours.students():
        assert sum(line.startswith(f"{student} ") for line in lines) == (2 if student == "right" else 1), student


def test_links_are_not_followed(ours):
    texts = b"".join(ours.files("link").values()) + b"".join(ours.files("odd files").values())
    assert b"root:" not in texts
    assert b"Because a line of lines" not in b"".join(ours.files("link").values())
