"""The search for the one cause that explains all that an exercise did in its tests. Called by `session`.

From the most to the least certain: a known mistake; the right values but for a factor, a sign, a transpose; one change
of the reference, or a known mistake of a step that the student wrote out again; two mistakes at once. What fits
everything seen is claimed where it is the only one of its kind; where several fit, or nothing does, there is no
cause."""

import itertools
from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass, replace

from autograder.diagnosis.bank import Answer, Bank
from autograder.diagnosis.evidence import Answered, Case, replay, same_outcome, warns
from autograder.diagnosis.relations import Relations, sentence_of
from autograder.diagnosis.transformations import transformations
from autograder.diagnosis.variations import SENTENCES
from autograder.kit.exercises import Exercise

ROUNDING, CHOICES = 1e-9, 1e-6  # relative: what sums in another order differ by, and what right answers may
WORDS = 6  # of lists of text, that are taken for each other
LARGEST = 20_000  # Case.size of those on which changes of the reference are tried: nobody knows what they allocate


@dataclass(frozen=True)
class Cause:
    """`id`: of a known mistake; "factor" or another family; several, joined by +. `sentence`: for the student."""

    id: str
    sentence: str


def cause_of(bank: Bank, exercise: Exercise, cases: Sequence[Case]) -> Cause | None:
    """Why the exercise failed in `cases`, if anything certain can be said."""
    return _Search(bank, exercise, cases).run() if all(case.is_whole for case in cases) else None


class _Search:
    def __init__(self, bank: Bank, exercise: Exercise, cases: Sequence[Case]):
        self._bank, self._exercise = bank, exercise
        self._right, self._known = bank.reference(exercise), bank.mistakes(exercise)
        self._in_order, self._cases = list(cases), sorted(cases, key=lambda case: case.size)
        self._small = [case for case in self._cases if case.size <= LARGEST]
        self._passed_over: frozenset[int] = frozenset()  # events that tell nothing
        self._rtol = ROUNDING

    def run(self) -> Cause | None:
        compared = self._replays(self._right)
        outcomes = [answered.event.outcome for answered in compared]
        if any(outcome.error and outcome.error.kind != "raised" for outcome in outcomes):
            return None
        if all(map(self._agrees, compared)):
            found = self._of_warnings()
        else:
            found = self._first_found(self._by_known, self._by_relation, self._by_variation, self._by_two)
            if not found:
                self._rtol, self._cases = CHOICES, [case for case in self._cases if case.size <= 10 * LARGEST]
                count = len(self._replays(self._right))
                self._passed_over = self._free_choices()
                told = self._replays(self._right)
                # From less than half of it, chance would be taken for cause.
                if len(told) > count / 2 and not all(map(self._agrees, told)):
                    found = self._first_found(self._by_known, self._by_relation, self._by_two)
        return found[0] if len(found) == 1 else None

    def _first_found(self, *searches: Callable[[], list[Cause]]) -> list[Cause]:
        return next((found for search in searches if (found := search())), [])

    def _replay(self, answer: Answer, case: Case) -> Sequence[Answered]:
        answers = replay(self._bank, self._exercise, answer, case)
        return [answered for answered in answers if id(answered.event) not in self._passed_over]

    def _replays(self, answer: Answer) -> Sequence[Answered]:
        return [answered for case in self._cases for answered in self._replay(answer, case)]

    def _agrees(self, answered: Answered) -> bool:
        return same_outcome(answered.event.outcome, answered.other, self._rtol)

    def _fits(self, answer: Answer, cases: Iterable[Case]) -> bool:
        """Whether the answer does on all of them what the student's does."""
        return all(self._agrees(answered) for case in cases for answered in self._replay(answer, case))

    def _of_warnings(self) -> list[Cause]:
        """Where values are right, and NumPy warned: the known mistakes that are warned of on the same calls."""
        if not any(warns(answered.event.outcome) for answered in self._replays(self._right)):
            return []
        found = []
        for mistake in self._known:
            answers = self._replays(mistake.answer)
            if all(
                self._agrees(answered) and warns(answered.event.outcome) == warns(answered.other)
                for answered in answers
            ):
                found.append(Cause(mistake.id, mistake.sentence))
        return _distinct(found)

    def _by_known(self) -> list[Cause]:
        found = [mistake for mistake in self._known if self._fits(mistake.answer, self._cases)]
        if not found:  # what keeps something between calls goes by their order
            fresh = self._bank.mistakes(self._exercise)
            found = [mistake for mistake in fresh if self._fits(mistake.answer, self._in_order)]
        return _distinct(Cause(mistake.id, mistake.sentence) for mistake in found)

    def _free_choices(self) -> frozenset[int]:
        """Events on which right answers differ, as in what a logarithm is clipped at or what a generator draws. There a
        student's values may be another choice, and no mistake."""
        variants, free = self._bank.variants(self._exercise), set()
        for case in self._cases:
            rights = self._replay(self._right, case)
            others = [self._replay(variant, case) for variant in variants]
            for i, answered in enumerate(rights):
                if any(len(o) <= i or not same_outcome(answered.other, o[i].other, self._rtol) for o in others):
                    free.add(id(answered.event))
        return frozenset(free)

    def _by_relation(self) -> list[Cause]:
        relations = self._relations(self._right)
        told = sentence_of(relations) if relations else None
        return [Cause(*told)] if told else []

    def _by_variation(self) -> list[Cause]:
        compared = (answered for case in self._small for answered in self._replay(self._right, case))
        # What raises has too many causes.
        if not any(answered.event.outcome.error is None and not self._agrees(answered) for answered in compared):
            return []
        steps = [
            Cause(mistake.id, mistake.sentence)
            for other, make in self._bank.calling(self._exercise)
            for mistake in self._bank.mistakes(other)
            if self._fits(make(mistake.answer), self._cases)
        ]
        if steps:
            return _distinct(steps)
        families = [family for family, answer in self._variations() if self._fits(answer, self._small)]
        return _distinct(Cause(family, SENTENCES[family]) for family in families)

    def _variations(self) -> Iterator[tuple[str, Answer]]:
        values = [value for case in self._cases for event in case.events for value in event.args]
        lists = [value for value in values if isinstance(value, list)]
        words = sorted({word for value in lists for word in value if isinstance(word, str)})[:WORDS]
        yield from transformations(self._right, bool(self._bank.class_of(self._exercise)), words)
        yield from self._bank.variations(self._exercise)

    def _relations(self, answer: Answer) -> Relations | None:
        """How the student's values relate to the answer's, part by part; None where nothing simple does it."""
        relations = self._no_relations()
        for case in self._cases:
            for answered in self._replay(answer, case):
                if not relations.take(answered):
                    return None
        return relations

    def _by_two(self) -> list[Cause]:
        """A known mistake and a factor, sign or transpose; or two known ones in different parts of the result."""
        found, masks = [], []
        for mistake in self._known:
            relations = self._relations(mistake.answer)
            if relations is None:
                continue
            if (told := sentence_of(relations)) and not relations.by_a_number:
                found.append(Cause(f"{mistake.id}+{told[0]}", f"{mistake.sentence} And: {told[1]}"))
            elif (wrong := self._wrong_parts(mistake.answer)) and wrong <= relations.same:
                masks.append((mistake, relations.same, relations.seen))
        if found:
            return _distinct(found)
        for (one, parts, seen), (other, others, _) in itertools.combinations(masks, 2):
            if parts | others >= seen:
                found.append(Cause(f"{one.id}+{other.id}", f"{one.sentence} And: {other.sentence}"))
        return _distinct(found)

    def _wrong_parts(self, answer: Answer) -> frozenset[str]:
        """The parts of its result in which the answer differs from the right one, on any call."""
        relations = self._no_relations()
        for case in self._cases:
            for its, rights in zip(self._replay(answer, case), self._replay(self._right, case), strict=False):
                relations.take(Answered(replace(its.event, outcome=its.other), rights.other))
        return relations.seen - relations.same

    def _no_relations(self) -> Relations:
        """Yet."""
        return Relations(self._bank.parts(self._exercise), self._bank.parameters(self._exercise), self._rtol)


def _distinct(causes: Iterable[Cause]) -> list[Cause]:
    """One of each sentence."""
    return list({cause.sentence: cause for cause in reversed(list(causes))}.values())
