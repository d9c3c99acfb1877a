"""What each exercise's tests cost: `.venv/bin/python benchmarks/exercises.py`. Milliseconds of the tests that carry
points on the reference's answers, with nothing round them, and their share of all; each time with other inputs, medians
of RUNS."""

import statistics

import bare
from timing import RUNS, SECRET, seconds

from autograder.answers import reference
from autograder.course import find_course
from autograder.secret import Seeds
from autograder.suite import collect


def main() -> None:
    course = find_course()
    suite = collect(course)
    bare.load(reference(course))
    times: dict[str, list[float]] = {exercise.id: [] for exercise in course.catalogue.exercises}
    for run in range(1 + RUNS):
        seeds = Seeds(SECRET.encode(), f"s{run}", None)
        for exercise in course.catalogue.exercises:
            times[exercise.id].append(seconds(bare.score, course, suite, exercise, seeds, None))
    medians = {name: statistics.median(needed[1:]) for name, needed in times.items()}
    total = sum(medians.values())
    for name, needed in [*medians.items(), ("all", total)]:
        print(f"{name:<34}{1000 * needed:>8.1f} ms{needed / total:>7.0%}")


if __name__ == "__main__":
    main()
