"""Grading a folder: every child has a result, whatever it is; runs repeat, go on and stop cleanly."""

import json
import os
import signal
import subprocess
import sys
import time

import pytest

from autograder import batch, pool
from autograder.batch import Graded, Summary, grade_folder
from autograder.course import CHECKOUT, read_course
from autograder.errors import AutograderError
from autograder.pool import Pool, judged
from autograder.sandbox.client import probe
from autograder.secret import VARIABLE
from autograder.session import BROKEN
from autograder.submissions import Child
from autograder.verdict import read_verdict, write_verdict

ACTIVATIONS = "import numpy as np\ndef tanh(Z):\n    return np.tanh(Z)\ndef relu(Z):\n    return Z\n"


@pytest.fixture(scope="module")
def checkout():
    return read_course(CHECKOUT)


@pytest.fixture(autouse=True)
def secret(monkeypatch):
    monkeypatch.setenv(VARIABLE, "of these tests")


@pytest.fixture
def submissions(tmp_path):
    folder = tmp_path / "submissions"
    for path, content in {
        "alice/mlp/activations.py": ACTIVATIONS,
        "bob.py": ACTIVATIONS,
        "carl.ipynb": "no notebook",
        "dora.zip": "no zip",
        "erin/notes.txt": "",
        ".hidden": "",
    }.items():
        (folder / path).parent.mkdir(parents=True, exist_ok=True)
        (folder / path).write_text(content)
    return folder


def contents(out):
    """All results without the time that they took, and grades.csv."""
    found = {}
    for path in sorted(out.rglob("*")):
        if path.is_file():
            text = path.read_text()
            found[path.relative_to(out).as_posix()] = (
                {**json.loads(text), "execution_time": 0} if path.suffix == ".json" else text
            )
    return found


def test_every_child_has_a_result_and_runs_repeat_with_any_number_of_jobs(checkout, submissions, tmp_path, capsys):
    summaries = [
        grade_folder(submissions, tmp_path / out, checkout, assignment="activations", jobs=jobs)
        for out, jobs in (("one", 1), ("two", 2))
    ]
    made = contents(tmp_path / "one")
    assert set(made) == {"grades.csv", *(f"{name}/results.json" for name in ("alice", "bob", "carl", "dora", "erin"))}
    assert made == contents(tmp_path / "two")
    scores = {one.student: one.score for one in summaries[0].graded}
    assert scores["alice"] == scores["bob"] > 0
    assert scores["carl"] == scores["dora"] == scores["erin"] == 0
    outputs = {one.student: one.output for one in summaries[0].graded}
    assert outputs["alice"] == ""
    assert outputs["carl"].startswith("carl.ipynb: ")
    assert outputs["dora"] == "dora.zip: not a zip file that can be read (File is not a zip file)."
    assert outputs["erin"] == "erin: no .py file or notebook in it."
    assert summaries[0].passed_over == [".hidden: passed over (hidden, or not a folder, .zip, .ipynb or .py)."]
    assert capsys.readouterr().err.count(".hidden: passed over") == 2
    rows = made["grades.csv"].splitlines()
    assert rows[0].startswith("student,activations.sigmoid,")
    assert [row.partition(",")[0] for row in rows[1:]] == list(scores)


def test_resume_keeps_what_still_holds_and_judges_the_rest(checkout, submissions, tmp_path):
    out = tmp_path / "out"
    options = {"assignment": "activations"}
    assert grade_folder(submissions, out, checkout, **options, resume=True).resumed == 0
    before = contents(out)
    with pytest.raises(AutograderError, match="has results already"):
        grade_folder(submissions, out, checkout, **options)
    (out / "alice" / "results.json").write_text("half of o")
    (out / "carl" / "results.json").unlink()
    for student, what in (("bob", "seed"), ("dora", "tests_version"), ("erin", "submission_sha256")):
        path = out / student / "results.json"
        path.write_text(path.read_text().replace(f'"{what}": "', f'"{what}": "0'))
    summary = grade_folder(submissions, out, checkout, **options, resume=True)
    assert (summary.resumed, len(summary.graded)) == (0, 5)
    assert contents(out) == before
    kept = {path: path.stat().st_mtime_ns for path in out.glob("*/results.json")}
    (submissions / "bob.py").write_text("def tanh(Z):\n    return None\n")
    changed = grade_folder(submissions, out, checkout, **options, resume=True)
    assert changed.resumed == 4
    assert [path.parent.name for path in kept if path.stat().st_mtime_ns != kept[path]] == ["bob"]
    assert next(one.score for one in changed.graded if one.student == "bob") == 0


def test_what_cannot_be_graded_is_one_line(checkout, submissions, tmp_path):
    (tmp_path / "empty").mkdir()
    (tmp_path / "file").write_text("")
    for source, out, assignment, said in [
        (tmp_path / "nowhere", tmp_path / "out", None, "not a folder"),
        (tmp_path / "empty", tmp_path / "out", None, "no submissions in it"),
        (submissions, tmp_path / "file", None, "no folder can be made there"),
        (submissions, submissions / "out", None, "Name another folder"),
        (submissions, tmp_path / "out", "activation", "There is no assignment 'activation'"),
    ]:
        with pytest.raises(AutograderError, match=said) as problem:
            grade_folder(source, out, checkout, assignment=assignment)
        assert "\n" not in str(problem.value)
    assert not (tmp_path / "out").exists()


def test_a_broken_course_is_named_before_anything_is_graded(other_course, submissions, tmp_path):
    course = other_course({"public/test_more.py": "def test_halve_x(student, tmp_path):\n    'x'\n"})
    (course.root / "assignments").mkdir()
    (course.root / "assignments" / "course.toml").write_text('title = "Small"\ntopics = ["scaling"]\n')
    block = '```toml {exercise}\nname = "halve"\npoints = 1\nhints = []\n```\n'
    (course.root / "assignments" / "scaling.md").write_text("# Scaling\n\n" + block)
    for path in ("public/test_scaling.py", "hidden/test_scaling.py", "public/test_boxes.py", "hidden/test_boxes.py"):
        (course.root / "tests" / path).unlink()
    with pytest.raises(AutograderError, match="asks for tmp_path"):
        grade_folder(submissions, tmp_path / "out", course)


def child(path):
    return Child(path.stem, [path])


def test_a_submission_that_the_grader_dies_of_has_a_result_and_the_class_goes_on(
    checkout, submissions, tmp_path, monkeypatch
):
    with Pool(2, CHECKOUT, b"s", probe().level) as judges:
        monkeypatch.setattr(pool, "_judge", _die_of_bob)
        work = [(child(submissions / name), tmp_path / "none") for name in ("alice", "bob.py", "carl.ipynb")]
        verdicts = {verdict.student: verdict for verdict, _ in judges.judge(work, "activations")}
    assert verdicts["alice"].score > 0
    assert verdicts["bob"].score == 0
    assert verdicts["bob"].output.startswith(BROKEN)
    assert Summary(tmp_path, None, list(map(Graded.of, verdicts.values())), 0.0).broken_tests == ["bob"]


def _die_of_bob(assignment, child, path):
    if child.name == "bob":
        os._exit(1)
    return judged(pool._warm(assignment), child, path)


def test_a_bug_of_ours_is_said_and_the_class_goes_on(judge, submissions, tmp_path, monkeypatch):
    plan = type(judge).plan

    def broken(self, submission):
        return plan(self, submission) if not submission.files else {}["x"]

    monkeypatch.setattr(type(judge), "plan", broken)
    verdict, is_new = judged(judge, child(submissions / "bob.py"), tmp_path / "none")
    assert is_new
    assert verdict.output.startswith(
        f"{BROKEN}, or the grader, so that nothing of this was judged (KeyError, test_batch.py line "
    )


@pytest.fixture
def starting(tmp_path):
    """A command that starts to grade a class, of which two submissions wait for ever; its OUT; its folder of temporary
    files."""
    folder, out, temporary = tmp_path / "submissions", tmp_path / "out", tmp_path / "tmp"
    temporary.mkdir()
    for i in range(3):
        (folder / f"s{i}" / "mlp").mkdir(parents=True)
        source = ACTIVATIONS if i == 0 else "import time\ndef relu(Z):\n    time.sleep(1000)\n"
        (folder / f"s{i}" / "mlp" / "activations.py").write_text(source)
    start = (
        "import signal; signal.signal(signal.SIGINT, signal.default_int_handler)\n"  # tests may run in the background
    )
    command = [sys.executable, "-c", f"{start}from autograder.cli import main; raise SystemExit(main())"]
    command += ["grade", str(folder), "-o", str(out), "--jobs", "2", "--assignment", "activations", "--allow-contained"]
    process = subprocess.Popen(
        command, cwd=CHECKOUT, env={**os.environ, "TMPDIR": str(temporary)}, stderr=subprocess.PIPE, text=True,
        start_new_session=True,
    )  # fmt: skip
    return process, out, temporary


@pytest.fixture
def started(starting):
    """It, once the third one has its result."""
    process, out, _ = starting
    while not (out / "s0" / "results.json").exists():
        assert process.poll() is None
        time.sleep(0.05)
    return starting


def test_ctrl_c_while_the_judges_start_is_one_line(starting, processes_of, ended):
    process, _, temporary = starting
    while len(processes := processes_of(process.pid)) < 3:  # the command, two judges
        assert process.poll() is None
        time.sleep(0.01)
    os.killpg(process.pid, signal.SIGINT)
    said = process.communicate(timeout=60)[1].splitlines()
    assert process.returncode == 1
    assert said[-1].startswith("autograder: stopped.")
    assert len(said) <= 2
    assert not list(temporary.iterdir())
    assert all(map(ended, processes))


def test_ctrl_c_ends_all_processes_and_keeps_what_is_done(started, processes_of, ended):
    process, out, temporary = started
    processes = processes_of(process.pid)
    assert len(processes) >= 5  # the command, two judges, and what they run
    os.killpg(process.pid, signal.SIGINT)
    said = process.communicate(timeout=60)[1]
    assert process.returncode == 1
    assert said.splitlines()[1:] == [
        f"autograder: stopped. 1 of 3 submissions are graded and kept in {out}: the same command with --resume goes on."
    ]
    assert read_verdict(out / "s0" / "results.json").score > 0
    assert not list(temporary.iterdir())
    assert all(map(ended, processes))


def test_a_command_that_is_killed_leaves_no_process(started, processes_of, ended):
    process, _, _ = started
    processes = processes_of(process.pid)
    process.kill()
    assert all(map(ended, processes))
    process.communicate()


def test_the_summary_is_a_table_and_a_document(judge, package, judged, tmp_path):
    verdicts = [judged(package(), student="alice"), judged({}, student="\x1b[31mbob")]
    verdicts[1].output = "x\x1b[2J: unreadable.\nmore"
    summary = Summary(tmp_path, None, list(map(Graded.of, verdicts)), 1.5, resumed=1, passed_over=["a line"])
    lines = str(summary).splitlines()
    assert lines[0].split() == ["student", "points", "passed", "failed", "missing", "not_started", "blocked"]
    assert lines[1].split() == ["alice", "15.50", "5", ".", ".", ".", "."]
    assert lines[2].split() == ["\\x1b[31mbob", "0.00", ".", ".", "5", ".", ".", "x\\x1b[2J:", "unreadable."]
    assert lines[3] == f"2 submissions graded, 1 of them earlier: {tmp_path / 'grades.csv'}"
    document = json.loads(json.dumps(summary.to_dict()))
    assert document["submissions"] == 2
    assert document["students"][1]["student"] == "\x1b[31mbob"


@pytest.fixture
def usual_ctrl_c():
    """As in a terminal: what runs in the background may ignore it."""
    before = signal.signal(signal.SIGINT, signal.default_int_handler)
    yield
    signal.signal(signal.SIGINT, before)


@pytest.mark.usefixtures("usual_ctrl_c")
def test_ctrl_c_in_a_destructor_is_not_lost(submissions, tmp_path, checkout, monkeypatch):
    class Ending:
        def __del__(self):
            signal.raise_signal(signal.SIGINT)

    def write(verdict, out):
        write_verdict(verdict, out)
        Ending()

    monkeypatch.setattr(batch, "write_verdict", write)
    with pytest.raises(AutograderError, match=r"^stopped\. 1 of 5 submissions are graded and kept in "):
        grade_folder(submissions, tmp_path / "out", checkout, assignment="activations", allow_contained=True)
    assert signal.getsignal(signal.SIGINT) is signal.default_int_handler
