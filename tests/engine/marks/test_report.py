"""The class report: counts, who needs a person, links that work."""

import base64
import csv
import re
import xml.etree.ElementTree as ET
from urllib.parse import unquote

from autograder.feedback import write_feedback
from autograder.names import folder_of
from autograder.report import reasons_for_a_person, write_report


def test_the_table_counts_every_state(course, verdict, out_of):
    states = ["passed", "failed", "failed", "not_started", "missing", "blocked"]
    exercise, other = course.catalogue.exercises[:2]
    out = out_of(*(verdict(f"s{n}", {exercise.id: state}) for n, state in enumerate(states)))
    write_report(out)
    with (out / "report.csv").open(newline="") as file:
        rows = {row.pop("exercise"): row for row in csv.DictReader(file)}
    assert list(rows) == [e.id for e in course.catalogue.exercises]
    mean = f"{exercise.points * 2 / 6:.2f}"
    assert rows[exercise.id] == {
        "passed": "1", "failed": "2", "missing": "1", "not_started": "1", "blocked": "1",
        "mean": mean, "maximum": f"{exercise.points:.2f}",
    }  # fmt: skip
    assert rows[other.id]["passed"] == "6"


def test_the_page_has_distribution_time_and_isolation(course, verdict, out_of, page):
    nothing = dict.fromkeys([e.id for e in course.catalogue.exercises], "not_started")
    half = dict.fromkeys([e.id for e in course.catalogue.exercises if not e.extra], "failed")
    out = out_of(verdict("ada"), verdict("bob"), verdict("eve", half), verdict("tim", nothing))
    line = write_report(out)
    text = page(out / "report.html").text
    assert "4 submissions, median 75 of 100 points" in text
    assert "Mean 62.5, lowest 0, highest 100." in text
    assert "90 to 100 % 2 80 to 90 % 0" in text
    assert "50 to 60 % 1 40 to 50 % 0" in text
    assert "0 to 10 % 1" in text
    assert "Judging took 6 s in all" in text
    assert "Isolation of student code: contained." in text
    assert "Not all were judged alike" not in text
    assert str(out / "report.html") in line
    charts = re.findall(r'src="data:image/svg\+xml;base64,([^"]*)"', (out / "report.html").read_text(encoding="utf-8"))
    assert [ET.fromstring(base64.b64decode(chart)).tag for chart in charts] == ["{http://www.w3.org/2000/svg}svg"] * 2


def test_the_most_common_mistakes_come_first_with_who_made_them(course, verdict, out_of, page):
    exercise = course.catalogue.exercises[0]
    verdicts = [verdict(name, {exercise.id: "failed"}) for name in ("ada", "=bob", "eve")]
    for found, mistake in zip(verdicts, ("sign", "sign", "factor"), strict=True):
        for test in found.tests[:2]:
            test.passed, test.mistake, test.output = (
                False,
                mistake,
                f"It holds.\nwrong\nAbout its {mistake}, <b>said</b>.",
            )
    out = out_of(*verdicts)
    write_report(out)
    text = page(out / "report.html").text
    assert f"{exercise.id} 2 About its sign, <b>said</b>. Who =bob, ada" in text
    assert text.index("About its sign") < text.index("About its factor")
    with (out / "mistakes.csv").open(newline="") as file:
        rows = list(csv.DictReader(file))
    assert [(row["mistake"], row["students"]) for row in rows] == [("sign", "2"), ("factor", "1")]
    assert rows[0]["who"] == "'=bob; ada"


def test_who_needs_a_person(course, verdict):
    exercise = course.catalogue.exercises[0]
    states = {exercise.id: "failed"}
    assert reasons_for_a_person(verdict("ada", states)) == []
    assert reasons_for_a_person(verdict("ada", output="a.ipynb: not a notebook.\nb.py: a link.")) == [
        "a.ipynb: not a notebook.",
        "b.py: a link.",
    ]
    for said in ("took too long", "asked for too much memory", "ended the process that it ran in"):
        line = f"{exercise.name} {said}"
        stopped = verdict("ada", states, why=line)
        assert reasons_for_a_person(stopped) == [line]
        for test in stopped.tests:
            if not test.passed:
                test.mistake, test.output = "endless", f"{test.output}\nThe loop never ends."
        assert reasons_for_a_person(stopped) == [line]


def test_verdicts_on_other_tests_are_noticed(verdict, out_of, page):
    other = verdict("bob")
    other.tests_version = "v2"
    out = out_of(verdict("ada"), other)
    write_report(out)
    assert "Not all were judged alike" in page(out / "report.html").text


def test_links_lead_to_the_feedback_pages(verdict, out_of, page):
    names = ["ada", "Søren K.", "=1+1 <b>", "100% ../x", "x" * 250 + "=#?"]
    out = out_of(*map(verdict, names))
    write_report(out)
    assert page(out / "report.html").links == []
    write_feedback(out)
    write_report(out)
    links = page(out / "report.html").links
    assert {(out / unquote(link)) for link in links} == {out / folder_of(name) / "feedback.html" for name in names}
    assert all((out / unquote(link)).is_file() for link in links)


def test_names_are_text_on_the_page(verdict, out_of, page):
    out = out_of(verdict("<script>alert(1)</script>\x1b[2J", output="<img src=x>: no"))
    write_report(out)
    found = page(out / "report.html")
    assert not {name for name in found.attributes if name.startswith("on")}
    text = (out / "report.html").read_text(encoding="utf-8")
    assert text.count("<script>") == 1, "the one that sorts tables"
    assert "<img src=x>" not in text
    assert "<script>alert(1)</script>\\x1b[2J" in found.text


def test_who_waits_for_marking_is_counted(course, verdict, out_of, gradebook, page):
    topic = next(topic.name for topic in course.catalogue.topics if course.questions[topic.name])
    marked = {f"answer-{question.name}": 1.0 for question in course.questions[topic]}
    home = gradebook(topic, {"ada": marked, "bob": {}})
    out = out_of(
        *(verdict(n, assignment=topic, by_hand={i.name: 1.0 for i in course.by_hand[topic]}) for n in ("ada", "bob")),
        out=home / "verdicts" / topic,
    )
    write_report(out)
    assert "Answers of 1 students are not marked by a person yet." in page(out / "report.html").text
