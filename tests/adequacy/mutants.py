"""Hand in every mechanical mutant of the reference, each alone, and print how many the tests kill: `python
tests/adequacy/mutants.py [TOPIC ...]`, some five minutes on two cores.

mutmut makes the mutants, of every function and method. Each is a submission for its topic's assignment, graded as any
other, and is killed if it loses points; `by public tests` counts those that a public test alone fails. A survivor has
to be equivalent on all that the course allows, and `equivalent.toml` says why. Exit code 1: a survivor that isn't
listed there, or a listed one that was killed."""

import difflib
import os
import sys
import tempfile
import tomllib
from collections import Counter
from pathlib import Path

from mutmut.mutation.file_mutation import create_mutations, deep_replace

from autograder.batch import grade_folder
from autograder.course import CHECKOUT, PACKAGE, read_course
from autograder.verdict import read_verdicts

EQUIVALENT = Path(__file__).with_name("equivalent.toml")


def mutants_of(path):
    """(name of the function, the changed lines, the whole module) of each mutant. What stands outside of functions is
    given to students, and not mutated."""
    code = path.read_text(encoding="utf-8")
    module, mutations, *_ = create_mutations(str(path), code)
    for mutation in mutations:
        function = mutation.contained_by_top_level_function
        mutant = deep_replace(module, mutation.original_node, mutation.mutated_node).code
        if function is not None and not is_docstring(mutation.original_node):
            yield function.name.value, changed_lines(code, mutant), mutant


def is_docstring(node):
    return getattr(node, "value", "").startswith('"""') if isinstance(getattr(node, "value", ""), str) else False


def changed_lines(old, new):
    diff = difflib.unified_diff(old.splitlines(), new.splitlines(), lineterm="", n=0)
    return "\n".join(line for line in diff if line[0] in "+-" and line[:3] not in ("---", "+++"))


def main(topics):
    course = read_course(CHECKOUT)
    listed = {(e["function"], e["change"].strip()) for e in tomllib.loads(EQUIVALENT.read_text("utf-8"))["mutant"]}
    rows, unlisted, killed_all_the_same = {}, [], []
    for topic in course.catalogue.topics:
        if topics and topic.name not in topics:
            continue
        with tempfile.TemporaryDirectory() as folder:
            submissions = Path(folder, "submissions")
            found = list(mutants_of(course.solutions / PACKAGE / f"{topic.name}.py"))
            for number, (_, _, source) in enumerate(found):
                file = Path(submissions, f"m{number:04}", PACKAGE, f"{topic.name}.py")
                file.parent.mkdir(parents=True)
                file.write_text(source, encoding="utf-8")
            out = Path(folder, "out")
            grade_folder(submissions, out, course, assignment=topic.name, jobs=os.cpu_count() or 1)
            verdicts = {verdict.student: verdict for verdict in read_verdicts(out)}
        for number, (function, change, _) in enumerate(found):
            verdict = verdicts[f"m{number:04}"]
            row = rows.setdefault(f"{topic.name}.{function}", Counter())
            row["mutants"] += 1
            row["killed"] += verdict.score < verdict.max_score
            row["public"] += any(not test.passed and "public" in test.tags for test in verdict.tests)
            key = (f"{topic.name}.{function}", change)
            if verdict.score == verdict.max_score:
                row["equivalent"] += key in listed
                unlisted += [key] if key not in listed else []
            elif key in listed:
                killed_all_the_same.append(key)
    print(f"{'function':40}{'mutants':>10}{'killed':>10}{'equivalent':>12}{'by public tests':>17}")
    for name, row in [*rows.items(), ("all", sum(rows.values(), Counter()))]:
        print(f"{name:40}{row['mutants']:>10}{row['killed']:>10}{row['equivalent']:>12}{row['public']:>17}")
    for text, keys in (("survived", unlisted), ("is listed as equivalent, but was killed", killed_all_the_same)):
        for function, change in keys:
            print(f"\n{function} {text}:\n{change}")
    return 1 if unlisted or killed_all_the_same else 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
