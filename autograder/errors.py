"""The engine's one kind of error: something the caller can act on, said in one line that the command line prints."""


class AutograderError(Exception):
    """What happened, to which file or student, and what to do."""
