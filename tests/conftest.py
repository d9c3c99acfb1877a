"""How tests are shared out to processes, which pytest-xdist starts."""

import pytest
from xdist.scheduler import LoadFileScheduling


class Scheduling(LoadFileScheduling):
    """By file, so that what a module sets up is set up once. The gradebook's files share a class that takes long to
    grade."""

    def _split_scope(self, nodeid):
        file = super()._split_scope(nodeid)
        return "gradebook" if "/gradebook/" in file else file


@pytest.hookimpl(optionalhook=True)  # -p no:xdist
def pytest_xdist_make_scheduler(config, log):
    return Scheduling(config, log)
