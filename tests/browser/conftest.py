"""A headless Chromium, Jupyter servers on free ports of this machine, and axe. Debian's `chromium` is used where it is
installed, else the browser that `playwright install chromium` fetched."""

import contextlib
import os
import shutil
import socket
import subprocess
import sys
import time
import urllib.request
from pathlib import Path

import pytest
from axe_playwright_python.sync_playwright import Axe
from playwright.sync_api import sync_playwright

from autograder.course import find_course
from autograder.release import release

FLAGS = ["--no-sandbox", "--disable-gpu", "--disable-dev-shm-usage", "--disable-background-networking"]
SHOTS = Path(__file__).parent / "screenshots"  # not committed: to be looked at
RULES = {"runOnly": ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "best-practice"]}


@pytest.fixture(scope="session")
def course(pytestconfig):
    return find_course(pytestconfig.rootpath)


@pytest.fixture(scope="session")
def chromium():
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=shutil.which("chromium"), args=FLAGS)
        yield browser
        browser.close()


@pytest.fixture(scope="session")
def new_page(chromium):
    """new_page(): a page of a new profile; whatever its console calls an error is in `page.said`."""

    def new_page():
        page = chromium.new_context(viewport={"width": 1200, "height": 900}).new_page()
        page.said = []
        page.on("console", lambda message: page.said.append(message.text) if message.type == "error" else None)
        page.set_default_timeout(60_000)
        return page

    return new_page


@pytest.fixture
def page(new_page):
    page = new_page()
    yield page
    page.context.close()


@pytest.fixture
def shot(page):
    """shot("name"): a picture of the page, for people to look at."""
    SHOTS.mkdir(exist_ok=True)
    return lambda name, **options: page.screenshot(path=SHOTS / f"{name}.png", **options)


@pytest.fixture
def violations(page):
    """What axe finds on the page: rule, and how its first node begins."""

    def found():
        response = Axe().run(page, options=RULES).response
        return [f"{rule['id']}: {rule['nodes'][0]['html'][:120]}" for rule in response["violations"]]

    return found


@pytest.fixture(scope="session")
def released(course, tmp_path_factory):
    folder = tmp_path_factory.mktemp("release")
    release(course, folder)
    return folder


@pytest.fixture(scope="session")
def serve(tmp_path_factory):
    """serve(folder): the address of a Jupyter server that starts there; it has settings of its own."""
    with contextlib.ExitStack() as servers:
        yield lambda folder, **environment: servers.enter_context(
            _server(folder, tmp_path_factory.mktemp("jupyter"), environment)
        )


@contextlib.contextmanager
def _server(folder, home, environment):
    with socket.socket() as free:
        free.bind(("127.0.0.1", 0))
        port = free.getsockname()[1]
    own = {f"JUPYTER_{what}_DIR": str(home / what.lower()) for what in ("CONFIG", "DATA", "RUNTIME")}
    path = f"{Path(sys.executable).parent}{os.pathsep}{os.environ['PATH']}"
    with (home / "log").open("w") as log:
        server = subprocess.Popen(
            [sys.executable, "-m", "jupyter", "lab", "--no-browser", "--allow-root", "--ip=127.0.0.1", f"--port={port}",
             "--ServerApp.port_retries=0", "--IdentityProvider.token=", "--LabApp.expose_app_in_browser=True"],
            cwd=folder, env={**os.environ, **own, "PATH": path, **environment}, stdout=log, stderr=subprocess.STDOUT,
        )  # fmt: skip
    try:
        yield _once_up(f"http://127.0.0.1:{port}", home / "log")
    finally:
        server.terminate()
        server.wait(30)


def _once_up(address, log):
    for _ in range(600):
        with contextlib.suppress(OSError):
            urllib.request.urlopen(f"{address}/api").read()
            return address
        time.sleep(0.1)
    raise AssertionError(log.read_text())
