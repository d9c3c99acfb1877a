"""What students may learn of a hidden test: its author's sentence, and the kind of failure. Here every exercise carries
out what it is given, each in another way, and no file that is made of the verdicts has it in any form."""

import json
import re
import shutil
import zipfile

import pytest

from autograder.batch import grade_folder
from autograder.build import build
from autograder.course import find_course, read_course
from autograder.export import export, gradescope
from autograder.feedback import write_feedback
from autograder.report import write_report
from autograder.secret import VARIABLE

NUMBER, WORD, EXPECTED, ANSWER = 71325.25, "opal-heron", 40961.5, "jade-lynx"
RIVAL, RIVALS_SOURCE = "wren bullfinch", "cobalt-otter"
LEAKS = {
    "value": "return x * 0 + 3",
    "answer": "return word",
    "message": "raise ValueError(f'{x!r} {float(x[0]).hex()} {word}')",
    "chained": "try:\n        raise KeyError(word)\n    except KeyError as e:\n        raise ValueError(str(x)) from e",
    "type_of_error": "raise type(f'X{int(x[0])}', (Exception,), {})()",
    "not_started": "return stub(x, word)",
    "exit": "raise SystemExit(f'{x[0]} {word}')",
    "shape": "return np.empty((int(x[0]), 0))",
    "shape_of_many": "return np.empty([int(c) for c in str(int(x[0]))] + [0])",
    "length": "return [0] * int(x[0])",
    "keys": "return {word: float(x[0])}",
    "text": "return np.array([word, str(x[0])])",
    "kind": "return type(f'X{int(x[0])}', (), {})()",
    "list_of_kinds": "return [type(word.replace('-', '_'), (), {})()]",
    "nan": "return x * np.nan",
    "printed": "print(x, word)\n    print(x, word, file=sys.stderr)\n    return x",
    "warned": "warnings.warn(f'{x} {word}')\n    return x",
    "logged": "logging.error('%s %s', x, word)\n    return x",
    "argument": "x[:] = x[0].item() // 1\n    return x",
    "remembered": "globals().setdefault('seen', []).append(x)\n    raise ValueError(seen)",
    "documented": "documented.__doc__ = f'{x} {word}'\n    documented.__name__ = word\n    return None",
}
IMPORTS = "import logging, sys, warnings\nimport numpy as np\n"
HELPER = "def stub(x, word):\n    raise NotImplementedError(f'{word}{int(x[0])}')\n"
BLOCK = '```toml {{exercise}}\nname = "{}"\npoints = 2\nhints = ["One.", "Two."]\n```\n'
HIDDEN = '''
def test_{name}_is_right(student, reference, rng, check):
    """It is right for secret numbers."""
    x = np.append({number}, rng.uniform(20_000, 90_000, size=2))
    check.same(student.{name}(x, {word!r}), reference.{name}(x, {word!r}) * {expected})
    check.same(student.{name}(x, {word!r}), {answer!r})

def test_{name}_has_three_entries(student, rng, check):
    """There are three."""
    x = np.append({number}, rng.uniform(20_000, 90_000, size=2))
    check.array(check.items([student.{name}(x, word={word!r})])[0], (3,))
    check.unchanged(student)
    check.silent(student)
    check.no_warnings(student)
    check.raises(ValueError, student.{name}, x, {word!r})
    check.true(False, "it is never right")

def test_{name}_is_small(student, rng, check):
    """It is small."""
    check.at_most(student.{name}(np.full(3, {number}), {word!r}), {expected}, "the result")
'''


MOODLE_PAGE = "moodle/ada_8_assignsubmission_file_/feedback.html"
CANVAS = f"""\
Student,ID,SIS Login ID,Section,Leaks (4711)
    Points Possible,,,,100
"{RIVAL}",102,rival,1,
"Lovelace, Ada",101,ada,1,
"""
MOODLE = f"""\
Identifier,"Full name",Status,Grade,"Maximum grade","Last modified (grade)"
"Participant 7","{RIVAL}",,,100.00,-
"Participant 8",ada,,,100.00,-
"""


def forms(number):
    whole = int(number)
    texts = {
        repr(number),
        str(whole),
        f"{whole:,}",
        number.hex(),
        hex(whole),
        f"{number:e}",
        f"{number:.1f}",
        str(whole)[:-1],
    }
    return texts | {number.hex()[4:9], f"{number:.3g}", f"{number:.4g}"}


SECRETS = {WORD, WORD.replace("-", "_"), ANSWER, *forms(NUMBER), *forms(EXPECTED)} - {"1"}


@pytest.fixture(scope="module")
def course(tmp_path_factory):
    root = tmp_path_factory.mktemp("course")
    hidden = "".join(HIDDEN.format(name=n, number=NUMBER, word=WORD, expected=EXPECTED, answer=ANSWER) for n in LEAKS)
    for path, text in {
        "assignments/course.toml": 'title = "Leaks"\ntopics = ["numbers"]\n',
        "assignments/numbers.md": "# Numbers\n\n" + "\n".join(BLOCK.format(name) for name in LEAKS),
        "solutions/mlp/__init__.py": "",
        "solutions/mlp/numbers.py": "".join(f'def {n}(x, word):\n    """It is."""\n    return x\n\n\n' for n in LEAKS),
        "tests/public/test_numbers.py": "",
        "tests/hidden/test_numbers.py": f"import numpy as np\n{hidden}",
    }.items():
        (root / path).parent.mkdir(parents=True, exist_ok=True)
        (root / path).write_text(text, encoding="utf-8")
    build(read_course(root))
    return read_course(root)


@pytest.fixture(scope="module")
def submissions(tmp_path_factory):
    folder = tmp_path_factory.mktemp("submissions")
    source = IMPORTS + HELPER + "".join(f"def {name}(x, word):\n    {body}\n" for name, body in LEAKS.items())
    rivals = f"# {RIVALS_SOURCE}\n{RIVALS_SOURCE.replace('-', '_')} = 1\ndef value(x, word):\n    return x\n"
    for student, text in {"ada": source, RIVAL: rivals}.items():
        (folder / student / "mlp").mkdir(parents=True)
        (folder / student / "mlp" / "numbers.py").write_text(text, encoding="utf-8")
    return folder


@pytest.fixture(scope="module")
def made(course, submissions, tmp_path_factory):
    """All files that are made of these submissions: path -> text."""
    base = tmp_path_factory.mktemp("made")
    with pytest.MonkeyPatch.context() as patch:
        patch.chdir(course.root)
        patch.setenv(VARIABLE, "of these tests")
        grade_folder(submissions, base / "out", find_course(course.root), allow_contained=True)
        write_feedback(base / "out")
        write_report(base / "out")
        export(base / "out", "csv")
        for system, sheet in {"canvas": CANVAS, "moodle": MOODLE}.items():
            (base / f"{system}.csv").write_text(sheet, encoding="utf-8")
            export(base / "out", system, fill=base / f"{system}.csv")
        with zipfile.ZipFile(base / "out" / "moodle_feedback.zip") as archive:
            archive.extractall(base / "moodle")
        for folder in ("source", "results"):
            (base / "gradescope" / folder).mkdir(parents=True)
        shutil.copytree(course.root, base / "gradescope" / "source" / "course")
        shutil.copytree(submissions / "ada", base / "gradescope" / "submission")
        gradescope.run(base / "gradescope")
    shutil.rmtree(base / "gradescope" / "source")
    shutil.rmtree(base / "gradescope" / "submission")
    (base / "out" / "moodle_feedback.zip").unlink()
    texts = {path.relative_to(base).as_posix(): path.read_text("utf-8") for path in base.rglob("*") if path.is_file()}
    return {path: re.sub("[0-9a-f]{16,}", "a hash", text) for path, text in texts.items()}


def test_no_file_has_what_a_hidden_test_gave_or_expected(made):
    assert {"out/ada/results.json", "out/ada/feedback.html", "out/report.html", "out/marks.csv",
            "out/canvas.csv", "out/moodle.csv", MOODLE_PAGE,
            "gradescope/results/results.json"} <= made.keys()  # fmt: skip
    found = {(path, secret) for path, text in made.items() for secret in SECRETS if secret in text}
    assert found == set()


def test_every_leak_was_tried_in_every_hidden_test(made):
    verdict = json.loads(made["out/ada/results.json"])
    assert {exercise["state"] for exercise in verdict["extra_data"]["exercises"].values()} == {"failed"}
    said = {test["output"].partition("\n")[2] for test in verdict["tests"]}
    assert len(said) > 15
    assert {"message raised ValueError", "printed printed something here, where nothing is to be printed."} <= said
    assert "returned array of another shape, expected array of shape (3,)" in said


def test_no_file_of_a_student_has_another_ones_name_or_source(made):
    for path in ("out/ada/results.json", "out/ada/feedback.html", MOODLE_PAGE, "gradescope/results/results.json"):
        assert not [word for word in (RIVAL, RIVALS_SOURCE, RIVALS_SOURCE.replace("-", "_")) if word in made[path]]
