"""The course as nbgrader sees it: our judging in the place of its kernel; gradebook and files are nbgrader's own."""

from autograder.gradebook.grading import grade_course

__all__ = ["grade_course"]
