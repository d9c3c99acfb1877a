"""Bulk downloads of Canvas and Moodle: which files are whose, what they were called, and what is no download at all."""

import io
import stat
import unicodedata
import zipfile
from pathlib import Path

import pytest

from autograder.downloads import find_child, find_children
from autograder.errors import AutograderError
from autograder.submissions import read_child

CANVAS = {
    "lovelaceada_LATE_101_555_forward.py": "new",
    "lovelaceada_LATE_101_556_training-2.py": "again",
    "lovelaceada_LATE_101_557_report.pdf": "",
    "hoppergrace_103_558_mlp-1.ipynb": "new",
    "hoppergrace_103_501_mlp.ipynb": "old",
    "curie_marie_104_559_my_helper.v2-1f0e8a34-12ab-4cde-9f00-0123456789ab.py": "random",
    "turingalan_105_text.html": "<p>def relu",
    "anon_x7Kd2_560_10_forward.py": "nobody",
    "LATE_anon_Zz9Yy_561_forward.py": "nobody",
    "नीलिमा_107_562_forward.py": "marks",
}
MOODLE = {
    "Ada Lovelace_123456_assignsubmission_file/mlp/forward.py": "new",
    "Ada Lovelace_123456_assignsubmission_file/notes.txt": "",
    "Ada Lovelace_123456_assignsubmission_onlinetext/onlinetext.html": "<p>hello",
    "Alan Turing_123457_assignsubmission_file_/mlp.ipynb": "older Moodle",
    "Grace Hopper_123458_assignsubmission_file_training.py": "flat",
    "Grace Hopper_123458_assignsubmission_file_my_helper.py": "flat",
    "Marie Curie_123459_assignsubmission_onlinetext_onlinetext.html": "flat",
    "José_123460_assignsubmission_file/x.py": "accent",
}
BLIND = {f"Participant_{number}_assignsubmission_file/x.py": "" for number in (77, 78)}


@pytest.fixture(params=["folder", "zip"])
def given(request, tmp_path):
    """`given(files)`: what a teacher has, once as a folder and once as the zip."""

    def make(files):
        if request.param == "zip":
            path = tmp_path / "submissions.zip"
            path.write_bytes(packed(files))
            return path
        return folder(tmp_path / "submissions", files)

    return make


def folder(path, files):
    for name, content in files.items():
        (path / name).parent.mkdir(parents=True, exist_ok=True)
        (path / name).write_bytes(content if isinstance(content, bytes) else content.encode())
    return path


def packed(files):
    content = io.BytesIO()
    with zipfile.ZipFile(content, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, text in files.items():
            archive.writestr(name, text)
    return content.getvalue()


def read(found):
    return {child.name: read_child(child) for child in found.children}


def sources(found):
    return {name: submission.files for name, submission in read(found).items()}


def test_canvas_files_are_their_students_under_their_own_names(given):
    found = find_children(given(CANVAS))
    assert sources(found) == {
        "lovelaceada_101": {"forward.py": b"new", "training.py": b"again"},
        "hoppergrace_103": {"mlp.ipynb": b"new", "earlier/501/mlp.ipynb": b"old"},
        "curie_marie_104": {"my_helper.v2.py": b"random"},
        "turingalan_105": {},
        "anon_x7Kd2": {"10_forward.py": b"nobody"},
        "anon_Zz9Yy": {"forward.py": b"nobody"},
        "नीलिमा_107": {"forward.py": b"marks"},
    }
    assert found.system == "Canvas"
    assert found.late == ["anon_Zz9Yy", "lovelaceada_101"]
    assert sorted(found.passed_over) == [
        "lovelaceada_LATE_101_557_report.pdf: passed over (no .py, .ipynb or .zip).",
        "turingalan_105_text.html: passed over (no .py, .ipynb or .zip).",
    ]


def test_moodle_folders_and_files_are_their_students(given):
    found = find_children(given(MOODLE))
    assert sources(found) == {
        "Ada Lovelace_123456": {"mlp/forward.py": b"new"},
        "Alan Turing_123457": {"mlp.ipynb": b"older Moodle"},
        "Grace Hopper_123458": {"training.py": b"flat", "my_helper.py": b"flat"},
        "Marie Curie_123459": {},
        "José_123460": {"x.py": b"accent"},
    }
    assert (found.system, found.late) == ("Moodle", [])
    assert sorted(line.partition(":")[0] for line in found.passed_over) == [
        "Ada Lovelace_123456_assignsubmission_onlinetext",
        "Marie Curie_123459_assignsubmission_onlinetext_onlinetext.html",
    ]
    assert read(found)["Marie Curie_123459"].problems == ["Marie Curie_123459: no .py file or notebook in it."]


def test_blind_marking_tells_participants_apart_by_their_numbers(given):
    assert [child.name for child in find_children(given(BLIND)).children] == ["Participant_77", "Participant_78"]


def test_zips_that_were_handed_in_are_read_as_well(given):
    kit = packed({"kit/mlp/forward.py": "f", "kit/__MACOSX/x.py": "", "kit/deep.zip": packed({"x.py": ""})})
    files = {
        "ada_101_555_kit-1.zip": kit,
        "ada_101_556_more.py": "m",
        "bob_102_557_broken.zip": b"no zip",
        "carl_103_558_link.zip": packed({}),
    }
    found = read(find_children(given(files)))
    assert found["ada_101"].files == {"more.py": b"m", "kit.zip/kit/mlp/forward.py": b"f"}
    assert found["bob_102"].problems == ["broken.zip: not a zip file that can be read (File is not a zip file)."]
    assert found["carl_103"].problems == ["carl_103: no .py file or notebook in it."]


def test_zips_in_moodles_folders_are_read_as_well(given):
    kit = packed({"kit/mlp/forward.py": "f"})
    found = find_children(given({"Ada_1_assignsubmission_file/kit.zip": kit, "Ada_1_assignsubmission_file/x.py": "x"}))
    assert sources(found) == {"Ada_1": {"x.py": b"x", "kit.zip/kit/mlp/forward.py": b"f"}}


@pytest.mark.parametrize("files", [CANVAS, MOODLE], ids=["canvas", "moodle"])
def test_a_zip_and_its_folder_are_the_same_submissions(files, tmp_path):
    (tmp_path / "x.zip").write_bytes(packed(files))
    one, other = (read(find_children(path)) for path in (tmp_path / "x.zip", folder(tmp_path / "x", files)))
    assert {name: s.sha256 for name, s in one.items()} == {name: s.sha256 for name, s in other.items()}


def test_names_that_a_mac_took_apart_are_the_same_students(tmp_path):
    files = {unicodedata.normalize("NFD", name): text for name, text in MOODLE.items()}
    assert "José_123460" in sources(find_children(folder(tmp_path / "x", files)))


def test_names_in_utf_8_without_the_flag_are_read(tmp_path):
    name = "müllerjörg_101_555_forward.py"
    stand_in = "x" * len(name.encode())
    (tmp_path / "x.zip").write_bytes(packed({stand_in: "code"}).replace(stand_in.encode(), name.encode()))
    assert sources(find_children(tmp_path / "x.zip")) == {"müllerjörg_101": {"forward.py": b"code"}}


ORDINARY = [
    ["alice/x.py", "bob.py", "carl.zip"],
    ["hw_1_2_final.py", "alice.py", "bob.py"],
    ["ada_2026_10_03.py", "ada_2026_10_04.py", "bob_2026_10_03.py"],
    ["team_1_1_forward.py", "team_2_1_training.py", "team_3_1_mlp.py"],
    ["101_555_mlp.py", "102_556_mlp.py"],
    ["ada_123456/x.py", "bob_123457/x.py"],
    ["assignsubmission_file/x.py", "x_assignsubmission_file/x.py"],
]


@pytest.mark.parametrize("names", ORDINARY, ids=lambda names: names[0])
def test_an_ordinary_folder_is_never_taken_for_a_download(names, tmp_path):
    found = find_children(folder(tmp_path / "x", dict.fromkeys(names, "")))
    entries = {name.partition("/")[0] for name in names}
    assert {child.name for child in found.children} == {Path(name).stem for name in entries}
    assert (found.system, found.late) == ("", [])


def test_what_lies_beside_a_download_is_a_student_of_its_own(tmp_path):
    found = find_children(
        folder(tmp_path / "x", {**CANVAS, "eve/x.py": "e", "notes.txt": "", "lovelaceada_101/more.py": "by mail"})
    )
    assert sources(found)["eve"] == {"x.py": b"e"}
    assert sources(found)["lovelaceada_101"] == {
        "forward.py": b"new",
        "training.py": b"again",
        "lovelaceada_101/more.py": b"by mail",
    }
    assert "notes.txt" in {line.partition(":")[0] for line in found.passed_over}


@pytest.mark.parametrize(
    ("files", "said"),
    [
        ({f"ada_101_555_{'x' * 300}.py": ""}, "no file has so long a name"),
        ({"alice/x.py": "", "bob.py": ""}, "not a zip of submissions as Canvas or Moodle gives it"),
        ({**CANVAS, "alice/x.py": ""}, "not a zip of submissions as Canvas or Moodle gives it"),
        ({f"submissions/{name}": text for name, text in CANVAS.items()}, "Unpack it and name the folder"),
        (None, "not a zip file that can be read"),
    ],
    ids=["long", "class", "stray", "wrapped", "broken"],
)
def test_another_zip_is_refused_in_one_line(files, said, tmp_path):
    path = tmp_path / "x.zip"
    path.write_bytes(b"PK" if files is None else packed(files))
    with pytest.raises(AutograderError, match=said) as problem:
        find_children(path)
    assert "\n" not in str(problem.value)


def test_what_mac_and_windows_put_into_a_zip_is_not_seen(tmp_path):
    (tmp_path / "x.zip").write_bytes(packed({**CANVAS, "__MACOSX/._x.py": "", ".DS_Store": ""}))
    assert find_children(tmp_path / "x.zip").system == "Canvas"


def test_hostile_names_lead_nowhere(tmp_path):
    link = zipfile.ZipInfo("eve_104_558_x.py")
    link.create_system, link.external_attr = 3, (stat.S_IFLNK | 0o777) << 16
    long = "ä" * 100
    members = {
        "../../ada_101_555_up.py": "up",
        "/bob_102_556_\x1b[31mred.py": "red",
        f"{long}_103_557_{'1_' * 20}.py": "long",
        f"{long}.py_1_2.txt": "neither",
        link: "/etc/passwd",
    }
    (tmp_path / "x.zip").write_bytes(packed(members))
    found = read(find_children(tmp_path / "x.zip"))
    assert found["ada_101"].files == {"up.py": b"up"}
    assert found["bob_102"].files == {"\\x1b[31mred.py": b"red"}
    assert list(found[f"{long}_103"].files.values()) == [b"long"]
    assert found["eve_104"].problems == ["x.py: a link, which is not followed."]


def test_a_link_in_a_folder_is_not_followed(tmp_path):
    path = folder(tmp_path / "x", {"ada_101_555_x.py": "", "bob_102_556_x.py": ""})
    (path / "eve_103_557_x.py").symlink_to("/etc/passwd")
    (path / "ada_101_558_y.py").symlink_to(path / "bob_102_556_x.py")
    assert sources(find_children(path)) == {"ada_101": {"x.py": b""}, "bob_102": {"x.py": b""}, "eve_103": {}}


@pytest.mark.parametrize("name", ["lovelaceada_101", "lovelaceada_LATE_101_556_training-2.py"])
def test_a_student_is_found_by_name_or_by_a_file(given, name):
    child = find_child(given(CANVAS) / name)
    assert child.name == "lovelaceada_101"
    assert set(read_child(child).files) == {"forward.py", "training.py"}


def test_a_student_of_a_folder_is_found_as_it_is_graded(tmp_path):
    path = folder(tmp_path / "x", {"alice/x.py": "", "alice.py": "", "notes.txt": ""})
    for name in ("alice", "alice.py"):
        assert find_child(path / name).paths == [path / "alice", path / "alice.py"]
    assert find_child(path / "notes.txt").name == "notes"
    assert find_child(path / "nobody").paths == [path / "nobody"]
