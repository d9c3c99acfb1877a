"""What a large class's pages cost: `.venv/bin/python benchmarks/pages.py [STUDENTS]`, by default 1,000. Time and memory
of `autograder feedback` and `autograder report` as whole commands, and the sizes of what they write.

JUDGED students of the class are judged; everyone else has the verdict of one of them, on a source of their own, which
is what the report compares."""

import resource
import sys
import tempfile
from dataclasses import replace
from pathlib import Path

from classes import students
from timing import AUTOGRADER, SECRET, run, seconds

from autograder.course import PACKAGE, find_course
from autograder.judge import Judge
from autograder.submissions import Submission
from autograder.verdict import write_verdict

JUDGED = 20


def main(count: int) -> None:
    with tempfile.TemporaryDirectory() as folder:
        out = Path(folder)
        write_class(out, count)
        results = [path.stat().st_size for path in out.rglob("results.json")]
        print(f"{count} students, {sum(results) / count / 1e3:.0f} KB of results.json each")
        for command in ("feedback", "report"):
            needed = seconds(run, [AUTOGRADER, command, out])
            memory = resource.getrusage(resource.RUSAGE_CHILDREN).ru_maxrss >> 10
            print(f"autograder {command}: {needed:.1f} s, {memory} MB at most so far")
        pages = [path.stat().st_size / 1e3 for path in out.rglob("feedback.html")]
        print(f"feedback pages: {sum(pages) / count:.0f} KB on average, {max(pages):.0f} KB at most")
        print(f"report: {(out / 'report.html').stat().st_size / 1e3:.0f} KB")


def write_class(out: Path, count: int) -> None:
    course, verdicts = find_course(), []
    with Judge(course, SECRET.encode(), None) as judge:
        for number, (name, modules) in enumerate(students(course, count)):
            files = {f"{PACKAGE}/{topic}.py": text.encode() for topic, text in modules.items()}
            submission = Submission(name, files)
            if number < JUDGED:
                verdicts.append(judge.judge(submission))
            own = {
                "student": name,
                "submission_sha256": submission.sha256,
                "passages": judge.passages(judge.plan(submission)),
            }
            write_verdict(replace(verdicts[number % JUDGED], **own), out)


if __name__ == "__main__":
    main(int(sys.argv[1]) if len(sys.argv) > 1 else 1000)
