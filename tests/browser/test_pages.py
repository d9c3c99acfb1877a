"""Feedback pages and class report of a class with hostile names, as people open them: from a file, without a server."""

import pytest

from autograder.feedback import write_feedback
from autograder.names import folder_of
from autograder.report import write_report
from autograder.verdict import ExerciseResult, TestResult, Verdict, write_verdict

HOSTILE = "<script>document.title='owned'</script>\"'><img src=x onerror=\"document.title='owned'\">{{ 7 * 7 }}"
NAMES = ("ada", "bob", HOSTILE)


@pytest.fixture(scope="module")
def out(course, tmp_path_factory):
    out = tmp_path_factory.mktemp("out")
    for number, name in enumerate(NAMES):
        exercises, tests = {}, []
        for place, exercise in enumerate(course.catalogue.exercises):
            state = ("passed", "failed", "not_started", "missing", "blocked")[(place + number) % 5]
            passed, points = state == "passed", float(exercise.points)
            exercises[exercise.id] = ExerciseResult(points * passed, points, state, [HOSTILE] * (place % 3 == 0))
            said = f"A sentence about {exercise.name}.\n{HOSTILE}\nA cause." if not passed else "A sentence."
            mistake = "sign" if state == "failed" else None
            tests.append(TestResult(f"test_{place}", exercise.id, points * passed, points, passed, said, [], mistake))
        write_verdict(Verdict(name, None, "sha", "v1", "seed", "isolated+", tests, exercises, HOSTILE), out)
    write_feedback(out)
    write_report(out)
    return out


@pytest.fixture(params=["ada", HOSTILE, None], ids=["feedback", "feedback of a hostile name", "report"])
def address(out, request):
    path = out / folder_of(request.param) / "feedback.html" if request.param else out / "report.html"
    return path.as_uri()


@pytest.mark.parametrize("colours", ["light", "dark"])
def test_a_page_is_for_everybody_and_runs_nothing(page, address, shot, violations, colours, request):
    page.emulate_media(color_scheme=colours)
    asked = []
    page.on("request", lambda call: asked.append(call.url))
    page.goto(address)
    title = page.title()
    page.locator("details").first.click()
    assert page.title() == title != "owned"
    assert page.locator("[onerror], iframe").count() == 0
    assert "{{ 7 * 7 }}" in page.locator("body").inner_text()
    assert [url for url in asked if not url.startswith("data:")] == [address]
    assert page.evaluate("[...document.images].every(image => image.naturalWidth > 0)")
    assert page.said == []
    assert violations() == []
    shot(f"page-{request.node.callspec.id}".replace(" ", "-"), full_page=True)


def test_a_page_fits_a_phone(page, address, shot, request):
    page.set_viewport_size({"width": 360, "height": 740})
    page.goto(address)
    assert page.evaluate("document.documentElement.scrollWidth") <= 360
    shot(f"phone-{request.node.callspec.id}".replace(" ", "-"))


def test_a_page_needs_no_javascript(chromium, address):
    context = chromium.new_context(java_script_enabled=False)
    page = context.new_page()
    page.goto(address)
    page.locator("details summary").first.click()
    assert page.locator("details[open]").count() == 1
    context.close()


def test_tables_of_the_report_are_sorted_by_a_press(page, out):
    page.goto((out / "report.html").as_uri())
    table = page.get_by_role("region", name="Students").get_by_role("table")
    for order in ("ascending", "descending"):
        table.get_by_role("button", name="Points").click()
        assert table.get_by_role("columnheader", name="Points").get_attribute("aria-sort") == order
        points = [float(text) for text in table.locator("td:nth-child(2)").all_inner_texts()]
        assert points == sorted(points, reverse=order == "descending")


def test_the_report_leads_to_the_pages(page, out):
    page.goto((out / "report.html").as_uri())
    page.get_by_role("link", name="ada").last.click()
    assert "feedback for ada" in page.locator("h1").inner_text()
