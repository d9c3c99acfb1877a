"""Has a statement of 200,000 cases.

Must hold: compiling has a limit."""

GOAL = "endless"
REPEAT = {
    "        case 0:\n            return 0": (
        "",
        "        case [1, 2, *_, {'a': 3}] if x:\n            x = 1\n",
        100_000,
    )
}


def attack(x=0):
    match x:
        case 0:
            return 0
