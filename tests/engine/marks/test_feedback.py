"""Feedback pages: what a student reads, and what they can't do with it."""

import re

from autograder.feedback import write_feedback
from autograder.names import folder_of

ALLOWED = {
    *("html", "head", "meta", "title", "style", "body", "main", "h1", "h2", "h3", "p", "strong", "a", "ul", "li"),
    *("details", "summary", "table", "tr", "th", "td"),
}
HOSTILE = "<script>alert(1)</script>\x1b[2J\u202egnp.{{ 7 * 7 }}'\"><img src=x onerror=alert(1)>"


def pages(out, page):
    write_feedback(out)
    return {path.parent.name: page(path) for path in out.rglob("feedback.html")}


def test_a_page_says_the_score_what_is_done_and_what_is_next(course, verdict, out_of, page):
    first, second, third = course.catalogue.exercises[:3]
    states = {second.id: "failed", third.id: "not_started"}
    text = pages(out_of(verdict("ada", states)), page)["ada"].text
    expected = 100 - second.points / 2 - third.points
    assert f"{expected:g} of 100 points" in text
    assert f"Next: {second.name} , not right yet, {second.points / 2:g} points to get." in text
    assert text.index(f"exercises are done: {first.name}") < text.index("Next:") < text.index("Hint 1")
    assert f"{second.name}: not right yet, {second.points / 2:g} of {second.points:g} points" in text
    assert f"{third.name}: not started, 0 of {third.points:g} points" in text
    assert text.endswith("Isolation of your code while it was judged: contained.")


def test_a_failed_test_shows_its_sentence_and_what_came_back(course, verdict, out_of, page):
    exercise = course.catalogue.exercises[0]
    text = pages(out_of(verdict("ada", {exercise.id: "failed"})), page)["ada"].text
    assert f"{exercise.name} does what sentence 1 says. returned shape (5, 3), expected (3, 5)" in text
    assert "sentence 0" not in text, "that test passed"
    assert all(hint in text for hint in (" ".join(hint.split()) for hint in exercise.hints))


def test_a_cause_that_is_known_is_said_once(course, verdict, out_of, page):
    exercise = course.catalogue.exercises[0]
    wrong = verdict("ada", {exercise.id: "failed"})
    for test in wrong.tests[:2]:
        test.passed, test.mistake = False, "sign"
        test.output = f"It is {test.name}.\nright shape, wrong values\n<b>The minus is lost.</b>"
    text = pages(out_of(wrong), page)["ada"].text
    assert text.count("<b>The minus is lost.</b>") == 1
    assert text.index("The minus is lost.") < text.index("right shape, wrong values")


def test_an_untouched_exercise_says_so_once(course, verdict, out_of, page):
    exercise = course.catalogue.exercises[0]
    text = pages(out_of(verdict("ada", {exercise.id: "not_started"}, assignment=exercise.topic)), page)["ada"].text
    assert text.count("Not started: the code still is the stub.") == 1


def test_extra_credit_comes_next_only_when_all_else_is_done(course, verdict, out_of, page):
    extra = next(exercise for exercise in course.catalogue.exercises if exercise.extra)
    last = [exercise for exercise in course.catalogue.exercises if not exercise.extra][-1]
    done = {exercise.id: "passed" for exercise in course.catalogue.exercises}
    out = out_of(verdict("ada"), verdict("bob", {last.id: "missing"}), verdict("eve", done))
    texts = {name: found.text for name, found in pages(out, page).items()}
    assert re.search(rf"Next: {extra.name} ,.*It is extra credit\.", texts["ada"])
    assert f"Next: {last.name} ," in texts["bob"]
    assert "Next:" not in texts["eve"]


def test_nothing_a_student_chose_becomes_part_of_the_page(course, verdict, out_of, page):
    exercise = course.catalogue.exercises[0]
    hostile = verdict(HOSTILE, {exercise.id: "failed"}, output=f"{HOSTILE}: not a notebook.\nsecond", why=HOSTILE)
    out = out_of(hostile)
    write_feedback(out)
    path = out / folder_of(HOSTILE) / "feedback.html"
    found = page(path)
    assert found.tags == ALLOWED - {"table", "tr", "th", "td"}
    assert not {name for name in found.attributes if name.startswith("on")}
    assert "<script>alert(1)</script>\\x1b[2J\\u202egnp.{{ 7 * 7 }}" in found.text
    assert not re.search("[\x00-\x09\x0b-\x1f\x7f\u202e]", path.read_text(encoding="utf-8"))


def test_a_name_that_is_not_utf8_gets_its_page(verdict, out_of, page):
    name = b"J\xf8rgen".decode("utf-8", "surrogateescape")
    out = out_of(verdict(name))
    write_feedback(out)
    assert r"J\xf8rgen" in page(out / folder_of(name) / "feedback.html").text


def test_a_page_stands_on_its_own(course, verdict, out_of, page):
    states = dict.fromkeys([e.id for e in course.catalogue.exercises], "failed")
    found = pages(out_of(verdict("ada", states)), page)["ada"]
    assert all(link.startswith("#") and link[1:] in found.ids for link in found.links)
    assert "script" not in found.tags
    assert found.headings[0] == 1
    assert all(later - earlier <= 1 for earlier, later in zip(found.headings, found.headings[1:], strict=False))


def test_what_a_person_gave_is_on_the_page(course, verdict, out_of, gradebook, page):
    topic = next(topic.name for topic in course.catalogue.topics if course.questions[topic.name])
    question, exercise = course.questions[topic][0], course.topic(topic).exercises[0]
    given = {f"answer-{question.name}": 1.5, f"exercise-{topic}-{exercise.name}": "Nice & short."}
    home = gradebook(topic, {"ada": {**given, "late": 5.0}, "bob": {}})
    out = out_of(*(verdict(name, assignment=topic) for name in ("ada", "bob")), out=home / "verdicts" / topic)
    texts = {name: found.text for name, found in pages(out, page).items()}
    assert f"{question.name.replace('_', ' ')} 1.5 of {question.points:g}" in texts["ada"]
    assert "5 points were taken off because it came late." in texts["ada"]
    assert "Your teacher says: Nice & short." in texts["ada"]
    assert f"{question.name.replace('_', ' ')} not marked yet, of {question.points:g}" in texts["bob"]
    assert "late" not in texts["bob"]
