"""What a late submission loses. nbgrader's `AssignLatePenalties` calls the plugin; the rate comes from course.toml
through the nbgrader_config.py that `autograder release` writes."""

import math

from nbgrader.plugins import LateSubmissionPlugin
from traitlets import Float

SECONDS_PER_DAY = 24 * 60 * 60


class PointsPerDay(LateSubmissionPlugin):  # type: ignore[misc]
    """A fixed number of points for each day begun; nbgrader caps it at the score."""

    points_per_day = Float(0.0, help="Points lost for each day begun after the deadline.").tag(config=True)

    def late_submission_penalty(self, student_id: str, score: float, total_seconds_late: float) -> float:
        return float(self.points_per_day * math.ceil(total_seconds_late / SECONDS_PER_DAY))
