"""The course itself, judged as whole kits: right answers have full marks in every form, and no answer has none."""

import ast
import os
import zipfile

import pytest

from autograder.course import CHECKOUT, read_course
from autograder.judge import Judge
from autograder.submissions import read_submission


@pytest.fixture(scope="module")
def kit_judge():
    with Judge(read_course(CHECKOUT), b"of these tests", None) as judge:
        yield judge


@pytest.fixture(scope="module")
def reference(kit_judge):
    """The reference's sources by topic."""
    folder = kit_judge.course.solutions / "mlp"
    topics = kit_judge.course.catalogue.topics
    return {topic.name: (folder / f"{topic.name}.py").read_text(encoding="utf-8") for topic in topics}


def write(folder, files):
    for path, source in files.items():
        (folder / path).parent.mkdir(parents=True, exist_ok=True)
        (folder / path).write_text(source, encoding="utf-8")
    return folder


def as_folder(sources, notebook, tmp_path):
    return write(tmp_path / "alice", {f"kit/mlp/{topic}.py": source for topic, source in sources.items()})


def as_zip(sources, notebook, tmp_path):
    with zipfile.ZipFile(tmp_path / "alice.zip", "w") as archive:
        for topic, source in sources.items():
            archive.writestr(f"kit\\mlp\\{topic}.py", source)
    return tmp_path / "alice.zip"


def as_flat_modules(sources, notebook, tmp_path):
    return write(tmp_path / "alice", {f"{topic}.py": source for topic, source in sources.items()})


def as_notebooks(sources, notebook, tmp_path):
    given = "%matplotlib inline\nfrom autograder.kit.notebook import check\n"
    files = {f"{topic} (1).ipynb": notebook(given, source, "check('x')") for topic, source in sources.items()}
    return write(tmp_path / "alice", files)


def as_one_file(sources, notebook, tmp_path):
    lines = [line for source in sources.values() for line in source.splitlines() if not line.startswith("from mlp")]
    return write(tmp_path, {"alice.py": "\n".join(lines)}) / "alice.py"


@pytest.mark.parametrize("form", [as_folder, as_zip, as_flat_modules, as_notebooks, as_one_file])
def test_the_reference_has_full_marks_in_every_form(form, kit_judge, reference, notebook, tmp_path):
    verdict = kit_judge.judge(read_submission(form(reference, notebook, tmp_path)))
    assert [test.name for test in verdict.tests if not test.passed] == []
    assert verdict.output == ""
    assert verdict.score == verdict.max_score == sum(exercise.points for exercise in kit_judge.exercises)


@pytest.mark.parametrize("part", [os.curdir, "mlp", "notebooks"])
def test_starter_code_is_not_started(part, kit_judge):
    verdict = kit_judge.judge(read_submission(kit_judge.course.starter_code / part, "alice"))
    assert {exercise.state for exercise in verdict.exercises.values()} == {"not_started"}
    assert (verdict.score, verdict.output) == (0, "")


DEGENERATE = {
    "None": "None",
    "a number": "0.5",
    "zero": "0",
    "zeros": "np.zeros(np.shape({}))",
    "ones": "np.ones(np.shape({}))",
    "the argument": "{}",
    "nothing": "[]",
}


@pytest.mark.parametrize("kind", DEGENERATE)
def test_degenerate_answers_everywhere_earn_nothing(kind, kit_judge, reference, tmp_path):
    class Degenerate(ast.NodeTransformer):
        def visit_FunctionDef(self, node):
            names = [argument.arg for argument in node.args.args if argument.arg != "self"]
            answer = "return " + DEGENERATE[kind].format(names[0] if names else "None")
            node.body = ast.parse("self.parameters = []" if node.name == "__init__" else answer).body
            return node

    sources = {topic: ast.unparse(Degenerate().visit(ast.parse(source))) for topic, source in reference.items()}
    verdict = kit_judge.judge(read_submission(as_folder(sources, None, tmp_path)))
    assert {name: e.score for name, e in verdict.exercises.items() if e.score} == {}
    assert {exercise.state for exercise in verdict.exercises.values()} == {"failed"}


def test_one_wrong_function_costs_its_own_points(kit_judge, reference, tmp_path):
    sources = {
        **reference,
        "forward": reference["forward"] + "\ndef linear_forward(A_prev, W, b):\n    return W @ A_prev\n",
    }
    verdict = kit_judge.judge(read_submission(as_folder(sources, None, tmp_path)))
    assert verdict.exercises["forward.linear_forward"].state == "failed"
    assert verdict.exercises["activations.sigmoid"].score == verdict.exercises["activations.sigmoid"].max_score
    assert 0 < verdict.score < verdict.max_score
