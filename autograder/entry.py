"""What people and deadlines add to a verdict, wherever it comes from. Used by `mark` and `adjustments`."""

from dataclasses import dataclass, field


@dataclass(frozen=True)
class Grade:
    """One graded cell in the gradebook. `manual`: what a person gave, instead of the automatic points."""

    automatic: float | None
    manual: float | None
    extra: float  # on top, given by a person
    maximum: float
    waits: bool  # for a person

    def points(self, automatic: float | None) -> float | None:
        """With `automatic` as the newest automatic points; None: not marked yet."""
        if self.manual is None and (self.waits or automatic is None):
            return None
        return (self.manual if self.manual is not None else automatic or 0.0) + self.extra


@dataclass(frozen=True)
class Entry:
    """What the gradebook has of one submission, by the names of its cells."""

    grades: dict[str, Grade] = field(default_factory=dict)
    comments: dict[str, str] = field(default_factory=dict)  # a person's
    late_penalty: float = 0.0
