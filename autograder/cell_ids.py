"""What cells of an assignment's notebook are called: their id and grade_id. Called by all that makes or marks them."""


def exercise_cell(exercise_id: str) -> str:
    """Where a student's code goes. A class has one cell for all of its exercises."""
    return f"exercise-{_dashed(exercise_id)}"


def check_cell(exercise_id: str) -> str:
    """Which carries the points of an exercise."""
    return f"check-{_dashed(exercise_id)}"


def given_cell(exercise_id: str) -> str:
    """What students are given of the module after an exercise."""
    return f"code-given-{_dashed(exercise_id)}"


def calculation_cell(name: str) -> str:
    """Where the results of a hand calculation go."""
    return f"by-hand-{name}"


def by_hand_cell(name: str) -> str:
    """Which carries the points of a hand calculation."""
    return f"check-by-hand-{name}"


def answer_cell(name: str) -> str:
    """Where a question is answered, and which carries its points."""
    return f"answer-{name}"


def _dashed(exercise_id: str) -> str:
    return exercise_id.replace(".", "-")
