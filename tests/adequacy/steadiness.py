"""Judge right answers under many course secrets, and the same answers again and again: `python
tests/adequacy/steadiness.py [SECRETS]`, some half an hour on two cores with the usual 1,000 secrets.

The reference has to have full marks under each secret, and each right variant those of its own exercises under a tenth
as many (a hundredth where it is over 20 times slower than the reference). A class of right and wrong submissions is
judged 20 times, one after the other and with twice as many processes as there are cores: each verdict has to be the
same byte for byte, but for its time. Exit code 1: one that isn't."""

import json
import os
import sys
import tempfile
import time
from collections import Counter
from concurrent.futures import ProcessPoolExecutor
from pathlib import Path

from planting import entries, planted

from autograder.answers import reference
from autograder.batch import grade_folder
from autograder.course import CHECKOUT, PACKAGE, read_course
from autograder.judge import Judge
from autograder.secret import VARIABLE
from autograder.submissions import Submission

REPEATS = 20
SLOW = 20  # times as long as the reference
EVERY = 64  # of the known mistakes, one is in the class that is judged again and again


def start():
    global course, judge, right, variants
    course = read_course(CHECKOUT)
    judge = Judge(course, b"", None)
    files = {f"{PACKAGE}/{topic}.py": source.encode() for topic, source in reference(course).items()}
    right, variants = Submission("reference", files), entries(course, "variants", "VARIANTS")


def lost_under(number, secrets):
    """What a right answer failed under these secrets; `number`: of a variant, or -1 for the reference."""
    entry = variants[number] if number >= 0 else None
    submission = planted(course, entry, entry.id) if entry else right
    own = judge.of(None)
    if entry:
        own.exercises = [e for e in judge.exercises if e.id == entry.exercise or e.id.startswith(f"{entry.exercise}.")]
    failed = []
    for secret in secrets:
        own._secret = b"%d" % secret
        verdict = own.judge(submission)
        failed += [f"{submission.name}, secret {secret}: {test.output}" for test in verdict.tests if not test.passed]
    return failed


def seconds(number):
    started = time.perf_counter()
    lost_under(number, range(2))
    entry = variants[number]
    took, started = time.perf_counter() - started, time.perf_counter()
    own = judge.of(None)
    own.exercises = [e for e in judge.exercises if e.id == entry.exercise or e.id.startswith(f"{entry.exercise}.")]
    for _ in range(2):
        own.judge(right)
    return took / (time.perf_counter() - started)


def repeated(folder):
    """How many different results each submission of a class had, alone and in a busy batch."""
    submissions = Path(folder, "submissions")
    chosen = entries(course, "mistakes", "MISTAKES")[::EVERY]
    for entry in chosen:
        for path, content in planted(course, entry, entry.id).files.items():
            file = submissions / entry.id / path
            file.parent.mkdir(parents=True, exist_ok=True)
            file.write_bytes(content)
    different = {entry.id: set() for entry in chosen}
    for jobs in (1, 2 * (os.cpu_count() or 1)):
        for repeat in range(REPEATS):
            out = Path(folder, f"out-{jobs}-{repeat}")
            grade_folder(submissions, out, course, jobs=jobs)
            for results in out.rglob("results.json"):
                verdict = json.loads(results.read_text(encoding="utf-8"))
                del verdict["execution_time"]
                different[verdict["extra_data"]["student"]].add(json.dumps(verdict))
    return {name: len(found) for name, found in different.items()}


def main(secrets=1000):
    os.environ[VARIABLE] = "steadiness"
    start()
    failed, ran = [], Counter()
    with ProcessPoolExecutor(os.cpu_count(), initializer=start) as pool:
        slow = [ratio > SLOW for ratio in pool.map(seconds, range(len(variants)))]
        todo = [(-1, range(first, min(first + 20, secrets))) for first in range(0, secrets, 20)]
        todo += [(i, range(max(1, secrets // (100 if slow[i] else 10)))) for i in range(len(variants))]
        for (number, some), found in zip(todo, pool.map(lost_under, *zip(*todo, strict=True)), strict=True):
            ran["reference" if number < 0 else "slow" if slow[number] else "variants"] += len(some)
            failed += found
            print("\n".join(found), end="\n" * bool(found), flush=True)
    print(f"reference: {ran['reference']} secrets")
    print(f"right variants: {len(variants)}, {ran['variants']} runs, and {ran['slow']} of the {sum(slow)} slow ones")
    print(f"failed: {len(failed)}")
    with tempfile.TemporaryDirectory() as folder:
        different = repeated(folder)
    unsteady = {name: count for name, count in different.items() if count > 1}
    print(f"judged {REPEATS} times alone and {REPEATS} times in a busy batch: {len(different)} submissions, "
          f"{len(unsteady)} with more than one verdict {unsteady or ''}")  # fmt: skip
    return 1 if failed or unsteady else 0


if __name__ == "__main__":
    sys.exit(main(*map(int, sys.argv[1:])))
