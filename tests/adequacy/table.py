"""Hand in every known mistake, every mistake held back and every right variant, each alone in the reference, and print
per exercise how the judging went: `python tests/adequacy/table.py [NAME ...]`, some ten minutes on two cores.

Columns: known mistakes, of these caught, named rightly, named wrongly; the same for those held back; right variants,
and those with full marks; and the most points that any mistake of the exercise cost in all other exercises together. A
mistake is named rightly where the sentence is its own, or for one held back where the id or its family is among those
that its author wrote down beforehand. With names of exercises or ids, only these are handed in, and each is shown."""

import os
import sys
from collections import Counter, defaultdict
from concurrent.futures import ProcessPoolExecutor
from pathlib import Path

from planting import entries, planted

from autograder.course import CHECKOUT, read_course
from autograder.judge import Judge

BANKS = {
    "known": ("mistakes", "MISTAKES"),
    "held back": ("held_back.registry", "HELD_BACK"),
    "variants": ("variants", "VARIANTS"),
}
SECRET = b"of the table"
COLUMNS = ["known", "caught", "right", "wrong", "held", "caught", "right", "wrong", "variants", "full", "elsewhere"]


def start():
    global course, judge, banks
    course = read_course(CHECKOUT)
    judge = Judge(course, SECRET, None)
    banks = {kind: entries(course, *bank) for kind, bank in BANKS.items()}


def hand_in(kind, number):
    """(exercise, caught, what names it, points lost elsewhere) of one entry of a bank."""
    entry = banks[kind][number]
    verdict = judge.judge(planted(course, entry, f"{kind}-{number}"))
    whole = [e.id for e in course.catalogue.exercises if e.id.startswith(f"{entry.exercise}.")]
    own = [entry.exercise, *(whole if kind == "variants" else ())]
    lost = {name: round(e.max_score - e.score, 2) for name, e in verdict.exercises.items()}
    elsewhere = round(sum(points for name, points in lost.items() if name not in own), 2)
    tests = [test for test in verdict.tests if test.exercise == entry.exercise and test.mistake]
    named = (tests[0].mistake, tests[0].output.split("\n")[-1]) if tests else None
    return kind, number, entry.exercise, any(lost[name] for name in own), named, elsewhere


def is_right(entry, named):
    identifier, sentence = named
    if hasattr(entry, "right"):
        return any({part, part.partition(":")[0]} & entry.right for part in identifier.split("+"))
    return identifier == entry.id or sentence == entry.sentence


def main(wanted):
    sys.path.insert(0, str(Path(__file__).parent))
    start()
    judge.sandbox.close()
    todo = [
        (kind, number)
        for kind, bank in banks.items()
        for number, entry in enumerate(bank)
        if not wanted or {entry.exercise, entry.exercise.partition(".")[2], name_of(entry)} & set(wanted)
    ]
    rows, worst = defaultdict(Counter), Counter()
    with ProcessPoolExecutor(os.cpu_count(), initializer=start) as pool:
        for done, result in enumerate(pool.map(hand_in, *zip(*todo, strict=True)), 1):
            kind, number, exercise, caught, named, elsewhere = result
            entry, row = banks[kind][number], rows[exercise]
            row[kind] += 1
            verdict = "right" if named and is_right(entry, named) else "wrong" if named else "unnamed"
            row[kind, "caught"] += caught
            row[kind, verdict] += bool(named)
            if kind != "variants":
                worst[exercise] = max(worst[exercise], elsewhere)
            if wanted or caught is (kind == "variants") or verdict == "wrong" or elsewhere:
                print(f"{kind}: {name_of(entry)}: {'caught' if caught else 'full marks'}, {verdict} {named or ''}"
                      f"{f', {elsewhere} points lost elsewhere' if elsewhere else ''}")  # fmt: skip
            if sys.stderr.isatty():
                print(f"\r{done} of {len(todo)}", end="", file=sys.stderr)
    print(f"\n{'exercise':35}" + "".join(f"{name:>10}" for name in COLUMNS))
    total = Counter()
    for exercise in course.catalogue.exercises:
        print(line(exercise.id, rows[exercise.id], worst[exercise.id]))
        total.update(rows[exercise.id])
    print(line("all", total, max(worst.values(), default=0)))


def line(name, row, elsewhere):
    counts = []
    for kind in ("known", "held back"):
        counts += [row[kind], row[kind, "caught"], row[kind, "right"], row[kind, "wrong"]]
    counts += [row["variants"], row["variants"] - row["variants", "caught"], elsewhere]
    return f"{name:35}" + "".join(f"{count:>10}" for count in counts)


def name_of(entry):
    return getattr(entry, "id", None) or entry.name


if __name__ == "__main__":
    main(sys.argv[1:])
