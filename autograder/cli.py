"""The command `autograder`: arguments in, work in another module, one line out, an exit code.

A command's module is imported when the command runs, so that --help answers at once. Exit codes: 0 done (students'
mistakes are results, not failures), 1 the command could not do what was asked, 2 wrong usage.
"""

import argparse
import json
import os
import sys
from collections.abc import Callable, Sequence
from pathlib import Path
from typing import Any

from autograder.errors import AutograderError

Command = Callable[[argparse.Namespace], int]


def main(argv: Sequence[str] | None = None) -> int:
    """Run one command; `argv` is by default the command line's."""
    parser = _parser()
    arguments, rest = parser.parse_known_args(argv)
    if arguments.command == "export":  # OUT and FILE may stand on both sides of --to, which argparse can't express
        arguments.paths += [Path(word) for word in rest if not word.startswith("-")]
        rest = [word for word in rest if word.startswith("-")]
    if rest:
        parser.error(f"unrecognized arguments: {' '.join(rest)}")
    arguments.usage_error = parser.error
    try:
        code: int = arguments.run(arguments)
        sys.stdout.flush()
        return code
    except AutograderError as error:
        print(f"autograder: {error}", file=sys.stderr)
    except BrokenPipeError:  # the reader of our output, such as `head`, has seen enough
        os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())
    except KeyboardInterrupt:
        print("autograder: stopped.", file=sys.stderr)
    except OSError as error:  # no space, no permission, too many open files …
        print(f"autograder: {error.filename or 'this machine'}: {error.strerror}.", file=sys.stderr)
    return 1


def _parser() -> argparse.ArgumentParser:
    parser = argparse.ArgumentParser(prog="autograder", description="Build, release and grade an autograded course.")
    commands = parser.add_subparsers(dest="command", metavar="COMMAND", required=True)

    def command(run: Command, help: str) -> argparse.ArgumentParser:  # noqa: A002 (argparse's own word)
        name = run.__name__.strip("_")
        sub = commands.add_parser(name, help=help, description=help)
        sub.set_defaults(run=run)
        return sub

    demo = command(
        _demo, "The whole story on an example class: build, release, submit, grade, feedback, report, export."
    )
    demo.add_argument("dir", metavar="DIR", nargs="?", type=Path, default=Path("demo"), help="default: ./demo")

    build = command(_build, "Make starter code and notebooks from solutions and assignments.")
    build.add_argument(
        "--check", action="store_true", help="write nothing; list what is stale or missing, exit 1 if any"
    )

    release = command(_release, "Make the students' kit (folder and zip) and an nbgrader course folder.")
    release.add_argument("dir", metavar="DIR", type=Path)

    grade = command(
        _grade, "Grade a folder of submissions, a download of Canvas or Moodle, or an nbgrader course folder."
    )
    grade.add_argument("submissions", metavar="SUBMISSIONS", type=Path)
    grade.add_argument("-o", dest="out", metavar="OUT", type=Path, help="default for a course folder: its verdicts/")
    grade.add_argument("--assignment", metavar="NAME", help="judge this topic alone (default: the whole kit)")
    grade.add_argument("--jobs", metavar="N", type=_positive, default=os.cpu_count() or 1, help="default: one per CPU")
    grade.add_argument("--dask", metavar="ADDRESS", help="judge on the workers of this Dask scheduler, not here")
    grade.add_argument("--resume", action="store_true", help="go on in an OUT that has results, or begin a new one")
    grade.add_argument("--allow-contained", action="store_true", help="grade even where the kernel walls nothing off")
    grade.add_argument("--json", action="store_true", help="print one machine-readable summary on stdout")

    explain = command(_explain, "Run one exercise of a submission again and show each test's call, inputs and result.")
    explain.add_argument("submission", metavar="SUBMISSION", type=Path)
    explain.add_argument("exercise", metavar="EXERCISE")

    feedback = command(_feedback, "Write a feedback page for each student.")
    feedback.add_argument("out", metavar="OUT", type=Path)

    report = command(_report, "Write one report of the whole class.")
    report.add_argument("out", metavar="OUT", type=Path)

    export = command(_export, "Write the marks for another system into FILE.")
    export.usage = "autograder export [OUT] --to {csv,gradescope,canvas,moodle} [--to ...] [--fill FILE] [FILE]"
    export.add_argument("paths", metavar="OUT FILE", nargs="*", type=Path)
    export.add_argument(
        "--to",
        action="append",
        required=True,
        choices=("csv", "gradescope", "canvas", "moodle"),
        help="may be repeated",
    )
    export.add_argument("--fill", metavar="FILE", type=Path, help="the CSV exported there, to be filled in")

    command(_doctor, "Say what this machine has, and what to do about what is missing.")
    return parser


def _positive(text: str) -> int:
    try:
        number = int(text)
    except ValueError:
        number = 0
    if number < 1:
        raise argparse.ArgumentTypeError(f"must be a whole number, at least 1, not {text!r}")
    return number


def _demo(arguments: argparse.Namespace) -> int:
    from autograder.demo import demo

    print(demo(arguments.dir))
    return 0


def _build(arguments: argparse.Namespace) -> int:
    from autograder import build
    from autograder.course import find_course

    course = find_course()
    if arguments.check:
        problems = build.check(course)
        print("\n".join(problems) or f"{course.starter_code}: up to date.")
        return 1 if problems else 0
    changed = build.build(course)
    print(f"{course.starter_code}: {len(changed)} files changed." if changed else f"{course.starter_code}: up to date.")
    return 0


def _release(arguments: argparse.Namespace) -> int:
    from autograder.course import find_course
    from autograder.release import release

    print(release(find_course(), arguments.dir))
    return 0


def _grade(arguments: argparse.Namespace) -> int:
    from autograder.course import find_course

    source: Path = arguments.submissions
    is_nbgrader = (source / "nbgrader_config.py").is_file() and (source / "submitted").is_dir()
    if arguments.out is None and not is_nbgrader:
        arguments.usage_error("grade: -o OUT is needed (only an nbgrader course folder has a default)")
    course = find_course()
    options: dict[str, Any] = {
        name: getattr(arguments, name) for name in ("assignment", "jobs", "dask", "resume", "allow_contained")
    }
    if is_nbgrader:
        from autograder.gradebook import grade_course

        summary: Any = grade_course(source, arguments.out or source / "verdicts", course, **options)
    else:
        from autograder.batch import grade_folder

        summary = grade_folder(source, arguments.out, course, **options)
    print(json.dumps(summary.to_dict()) if arguments.json else summary)
    return 1 if summary.broken_tests else 0


def _explain(arguments: argparse.Namespace) -> int:
    from autograder.course import find_course
    from autograder.explain import explain

    print(explain(find_course(), arguments.submission, arguments.exercise))
    return 0


def _feedback(arguments: argparse.Namespace) -> int:
    from autograder.feedback import write_feedback

    print(write_feedback(arguments.out))
    return 0


def _report(arguments: argparse.Namespace) -> int:
    from autograder.report import write_report

    print(write_report(arguments.out))
    return 0


def _export(arguments: argparse.Namespace) -> int:
    systems: list[str] = arguments.to
    filled = [system for system in systems if system in ("canvas", "moodle")]
    out = arguments.paths.pop(0) if systems != ["gradescope"] and arguments.paths else None
    if len(arguments.paths) > (len(systems) == 1) or (systems != ["gradescope"] and out is None):
        arguments.usage_error("export: give OUT (gradescope alone needs none) and, for one system, at most one FILE")
    if len(filled) != (arguments.fill is not None):
        arguments.usage_error(
            "export: canvas or moodle needs --fill FILE, the CSV exported there; the others take none"
        )

    from autograder.export import export

    file = arguments.paths[0] if arguments.paths else None
    for system in systems:
        print(export(out, system, fill=arguments.fill if system in filled else None, file=file))
    return 0


def _doctor(arguments: argparse.Namespace) -> int:
    from autograder.doctor import doctor

    print(doctor())
    return 0
