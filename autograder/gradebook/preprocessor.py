"""In the place of nbgrader's kernel: fills the graded cells of a notebook with what the verdict says. Wired in by the
course's nbgrader_config.py, between nbgrader's own preprocessors; `SaveAutoGrades` then reads the scores.

A cell's score is the one plain number in its execute_result. A cell without any output would count in full, so every
graded cell gets one, and a judging that failed is an explicit zero with its reason."""

import html
from pathlib import Path
from typing import Any

from nbformat import NotebookNode, from_dict
from nbgrader.preprocessors import NbGraderPreprocessor
from nbgrader.utils import is_grade
from traitlets import Bool, Unicode

from autograder.cell_ids import by_hand_cell, check_cell
from autograder.errors import AutograderError
from autograder.gradebook.verdicts import FOLDER, verdict_in, verdict_of
from autograder.names import display
from autograder.sandbox.client import required
from autograder.verdict import Verdict

MARKS = {True: "✓", False: "✗"}


class Judge(NbGraderPreprocessor):  # type: ignore[misc]
    """Judges the submission that the notebook belongs to, as it was handed in."""

    verdicts = Unicode(FOLDER, help="Where verdicts are kept, from the course folder.").tag(config=True)
    allow_contained = Bool(False, help="Judge even where the kernel walls nothing off.").tag(config=True)
    all_judged = Bool(False, help="The verdicts kept there have just been made.").tag(config=True)

    def preprocess(self, nb: NotebookNode, resources: dict[str, Any]) -> tuple[NotebookNode, dict[str, Any]]:
        assignment, student = (resources["nbgrader"][key] for key in ("assignment", "student"))
        home = Path(self.parent.parent.coursedir.root)  # exporter, converter
        out = home / self.verdicts
        if not self.all_judged:
            self.refuse()
        try:
            if self.all_judged:
                verdict = verdict_in(out, assignment, student)
            else:
                verdict = verdict_of(home, out, assignment, student)
        except Exception as problem:  # ours too: what an earlier grading gave must not stay
            reason = str(problem) if isinstance(problem, AutograderError) else f"the grader broke, {problem!r:.200}"
            self.log.error("%s: not judged: %s", display(student), reason)
            fill(nb, {}, f"Not judged: {reason}")
            return nb, resources
        if verdict.output:
            self.log.warning("%s: %s", display(student), verdict.output.replace("\n", " "))
        fill(nb, results_by_cell(verdict), "This cell belongs to no exercise.")
        return nb, resources

    def refuse(self) -> None:
        """Where student code could read the hidden tests: nbgrader stops and writes no marks, since a zero is wrong."""
        permit = "c.Judge.allow_contained = True in nbgrader_config.py"
        try:
            required(allow_contained=self.allow_contained, permit=permit)
        except AutograderError as problem:
            self.log.error("%s", problem)
            raise


Result = tuple[float, list[tuple[str, str]]]  # score, and what is said: a mark (notes have none) and text


def results_by_cell(verdict: Verdict) -> dict[str, Result]:
    """What belongs into each graded code cell, by its grade_id."""
    results: dict[str, Result] = {}
    for name, exercise in verdict.exercises.items():
        tests = [test for test in verdict.tests if test.exercise == name]
        if exercise.state in ("not_started", "missing", "blocked"):  # the reason is the same for all of its tests
            said = [(MARKS[False], tests[0].output.rpartition("\n")[2])] if tests else []
        else:
            notes = [*dict.fromkeys(test.cause for test in tests if test.cause)]
            if exercise.judged_with:
                notes.append(f"Judged with right ones in the place of: {', '.join(exercise.judged_with)}.")
            said = [*(("", note) for note in notes), *((MARKS[test.passed], test.outcome) for test in tests)]
        results[check_cell(name)] = exercise.score, said
    for name, points in verdict.by_hand.items():
        results[by_hand_cell(name)] = points, [(MARKS[points > 0], f"Right answers earn {points:g} points.")]
    return results


def fill(nb: NotebookNode, results: dict[str, Result], otherwise: str) -> None:
    """Give each graded code cell its reason, then its score; what a student ran before is dropped.

    A cell without a result gets 0 and says `otherwise`."""
    for cell in nb.cells:
        if cell.cell_type != "code":
            continue
        cell.outputs, cell.execution_count = [], None
        if is_grade(cell):
            points = float(cell.metadata.nbgrader.points)
            score, said = results.get(cell.metadata.nbgrader.grade_id, (0.0, [(MARKS[False], otherwise)]))
            score = min(score, points)
            text = "\n".join(f"{mark} {what}".strip() for mark, what in said)
            data = {"text/plain": text, "text/html": _html(said)}
            score_alone = {"text/plain": f"{score:g}"}
            outputs = [
                {"output_type": "display_data", "data": data, "metadata": {}},
                {"output_type": "execute_result", "data": score_alone, "metadata": {}, "execution_count": None},
            ]
            cell.outputs = from_dict(outputs)


def _html(said: list[tuple[str, str]]) -> str:
    """A table that says itself what nbgrader's pages have no style for."""
    front, text = "vertical-align: top", "text-align: left; padding-left: 0.5em; padding-bottom: 0.5em"
    cells = ((mark, "<br>".join(html.escape(what).split("\n"))) for mark, what in said)
    rows = (f'<tr><td style="{front}">{mark}</td><td style="{text}">{what}</td></tr>' for mark, what in cells)
    return f"<table>{''.join(rows)}</table>"
