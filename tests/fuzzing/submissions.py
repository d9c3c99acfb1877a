"""Grade nearly valid submissions by the thousand: `python tests/fuzzing/submissions.py [COUNT] [SEED]`. What has to
hold for each stands in the README beside this; a finding is left in the folder that is named, to be repeated."""

import json
import os
import resource
import shutil
import sys
import tempfile
import time
from collections import Counter
from concurrent.futures import ProcessPoolExecutor
from pathlib import Path

from mutating import Mutating

from autograder.course import CHECKOUT, read_course
from autograder.judge import Judge
from autograder.pool import judged
from autograder.submissions import find_submissions
from autograder.verdict import read_verdict, write_verdict

TOPIC = "activations"
CLASS = 250  # submissions in one folder
GROWTH = 50  # megabytes that a grader may grow by, once it is warm


def grade_class(number, count, seed):
    """One class: what became of each submission, the findings, and the memory of this process in MB."""
    course = read_course(CHECKOUT)
    base = Path(tempfile.mkdtemp(prefix=f"fuzzed-{number}-"))
    mutating = Mutating(course, TOPIC, f"{seed}-{number}")
    (base / "submissions").mkdir()
    for i in range(count):
        ending, data = mutating.submission()
        (base / "submissions" / f"s{i:05}.{ending}").write_bytes(data)
    children, _ = find_submissions(base / "submissions")
    fates, findings = Counter(), [f"{base}: only {len(children)} of {count} found"] * (len(children) != count)
    with Judge(course, b"of the fuzzing", TOPIC) as judge:
        for child in children:
            verdict, _ = judged(judge, child, base / "none")
            path = write_verdict(verdict, base / "out")
            findings += [f"{path}: {problem}" for problem in problems_of(path)]
            fates[fate(verdict)] += 1
    if not findings:
        shutil.rmtree(base)
    return fates, findings, resident()


def problems_of(path):
    text = path.read_text(encoding="utf-8")
    verdict = read_verdict(path)
    said = [verdict.output, *(test.output for test in verdict.tests)]
    if json.loads(text)["max_score"] != verdict.max_score or not 0 <= verdict.score <= verdict.max_score:
        yield "the score is none"
    if any(not line.isprintable() for each in said for line in each.split("\n")):
        yield "a control character"
    if "Traceback" in text or "A test itself broke" in text or "the grader, so that nothing" in text:
        yield "a traceback, or a broken test"


def fate(verdict):
    """How far it came."""
    ran = [test for test in verdict.tests if "Could not be loaded" not in test.output and "Missing" not in test.output]
    if verdict.score == verdict.max_score:
        return "full marks"
    if any(verdict.exercises[test.exercise].state in ("passed", "failed") for test in ran):
        return "ran, in part wrong"
    return "nothing of it ran"


def resident():
    pages = int(Path("/proc/self/statm").read_text().split()[1])
    return pages * resource.getpagesize() >> 20


def main(count=10_000, seed=1):
    tempfile.tempdir = tempfile.mkdtemp(prefix="fuzzing-")
    classes = [min(CLASS, count - start) for start in range(0, count, CLASS)]
    fates, findings, sizes, started = Counter(), [], [], time.monotonic()
    with ProcessPoolExecutor(os.cpu_count()) as pool:
        jobs = [pool.submit(grade_class, number, size, seed) for number, size in enumerate(classes)]
        for job in jobs:
            found, problems, size = job.result()
            fates += found
            findings += problems
            sizes.append(size)
            print(f"{sum(fates.values())} graded, {fates['nothing of it ran']} did not run, {size} MB", flush=True)
    left = list(Path(tempfile.tempdir).glob("autograder-*"))
    warm = max(sizes[: 2 * (os.cpu_count() or 1)])
    if max(sizes) > warm + GROWTH:
        findings.append(f"memory grew from {warm} to {max(sizes)} MB")
    if left:
        findings.append(f"left behind: {', '.join(map(str, sorted(left)))}")
    reached = 1 - fates["nothing of it ran"] / count
    if reached < 0.5:
        findings.append(f"only {reached:.0%} reached a worker that ran something of them")
    print(f"{count} in {time.monotonic() - started:.0f} s: {dict(fates)}; {reached:.0%} ran; {warm} to {max(sizes)} MB")
    print(*findings, sep="\n")
    return 1 if findings else 0


if __name__ == "__main__":
    sys.exit(main(*map(int, sys.argv[1:])))
