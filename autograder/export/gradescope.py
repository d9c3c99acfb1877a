"""A course in, Gradescope's autograder zip out; and, in that zip, a submission in, results.json out.

The zip holds the engine, the course with all hidden tests, and a secret of its own. Gradescope unpacks it to
/autograder/source, copies run_autograder to /autograder and starts it there; all paths hang on where that lies."""

import io
import json
import secrets
import sys
import zipfile
from collections.abc import Iterator
from importlib.metadata import version
from pathlib import Path

from autograder.course import PACKAGE, Course, find_course
from autograder.entry import Entry
from autograder.errors import AutograderError
from autograder.files import write_atomically
from autograder.mark import make_mark
from autograder.secret import FILE, course_secret
from autograder.verdict import RESULTS

PYTHON = "python3.11"  # by its name: Gradescope's own harness needs its python3 as it is
PACKAGES = ("numpy", "matplotlib", "pytest", "msgspec")  # all that judging needs, in the versions of this machine
BACKSTOP = 2.2  # times the CPU time: half a processor, and all over before Gradescope's ten minutes are
SETUP_FILE, RUN_FILE, COURSE = "setup.sh", "run_autograder", "course"  # in the root of the zip
SETUP = """\
#!/bin/sh
# Runs once, when Gradescope builds the autograder's image.
set -eu
cd "$(dirname "$0")"
apt-get update
apt-get install -y --no-install-recommends {python} {python}-venv
{python} -m venv venv
venv/bin/pip install --no-cache-dir {packages}
"""
RUN = f"""\
#!/bin/sh
# Runs for each submission, from Gradescope's folder: source/, submission/ and results/ lie beside it.
set -eu
cd "$(dirname "$0")"
export PYTHONPATH="$PWD/source/{COURSE}" OPENBLAS_NUM_THREADS=1
exec source/venv/bin/python -m autograder.export.gradescope .
"""


def write(file: Path) -> str:
    """Write the zip; returns a line for people."""
    content = io.BytesIO()
    with zipfile.ZipFile(content, "w") as archive:
        for name, data in _files(find_course()):
            entry = zipfile.ZipInfo(name, date_time=(1980, 1, 1, 0, 0, 0))
            entry.create_system, entry.compress_type = 3, zipfile.ZIP_DEFLATED
            entry.external_attr = (0o100755 if name in (SETUP_FILE, RUN_FILE) else 0o100600) << 16
            archive.writestr(entry, data)
    temporary = file.with_name(f".{file.name}.{secrets.token_hex(4)}")
    try:
        temporary.touch(mode=0o600)
        temporary.write_bytes(content.getvalue())
        temporary.replace(file)
    except OSError as error:
        temporary.unlink(missing_ok=True)
        raise AutograderError(f"{file}: could not be written ({error.strerror}).") from None
    return f"Autograder for Gradescope: {file}. It holds all hidden tests and a secret of its own: show it to nobody."


def _files(course: Course) -> Iterator[tuple[str, bytes]]:
    """Path in the zip -> content. Files are chosen by name."""
    pins = " ".join(f"{name}=={version(name)}" for name in PACKAGES)
    yield SETUP_FILE, SETUP.format(python=PYTHON, packages=pins).encode()
    yield RUN_FILE, RUN.encode()
    engine = Path(__file__).resolve().parent.parent
    sources = [
        (course.root, course.assignments.glob("*.toml")),
        (course.root, course.assignments.glob("*.md")),
        (course.root, course.solutions.glob("*/*.py")),
        (course.root, (course.starter_code / PACKAGE).glob("*.py")),
        (course.root, course.tests_public.glob("*.py")),
        (course.root, course.tests_hidden.glob("*.py")),
        (engine.parent, engine.rglob("*.py")),
    ]
    for root, paths in sources:
        for path in sorted(paths):
            yield f"{COURSE}/{path.relative_to(root).as_posix()}", path.read_bytes()
    yield f"{COURSE}/{FILE}", f"{secrets.token_hex(32)}\n".encode()


def run(home: Path) -> None:
    """Judge home/submission into home/results/results.json; written once, at the end."""
    from autograder.judge import Judge
    from autograder.sandbox.client import Limits
    from autograder.submissions import read_submission

    course = find_course(home / "source" / COURSE)
    submission = read_submission(home / "submission", _student(home / "submission_metadata.json"))
    with Judge(course, course_secret(course.root), None, limits=Limits(backstop=BACKSTOP)) as judge:
        verdict = judge.judge(submission)
    results = json.loads(verdict.to_json())
    del results["max_score"]  # Gradescope has the assignment's own
    for name in ("pictures", "passages"):  # for feedback pages and reports, which it doesn't make
        results["extra_data"].pop(name, None)
    results["score"] = make_mark(verdict, course, Entry()).total
    results |= {"output_format": "text", "stdout_visibility": "hidden"}
    write_atomically(home / "results" / RESULTS, json.dumps(results, indent=1) + "\n")


def _student(metadata: Path) -> str:
    """Whose inputs are drawn: the addresses of all who handed in together."""
    try:
        users = json.loads(metadata.read_text(encoding="utf-8"))["users"]
        return " ".join(sorted(str(user["email"]) for user in users)) or "unknown"
    except (OSError, ValueError, KeyError, TypeError):
        return "unknown"


if __name__ == "__main__":
    run(Path(sys.argv[1]).resolve())
