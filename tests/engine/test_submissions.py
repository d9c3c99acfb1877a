"""Submissions as files: what is read, what is left out and said, and that nothing of it harms the reader."""

import os
import socket
import stat
import struct
import zipfile

import pytest

from autograder import submissions, zips
from autograder.submissions import Child, find_submissions, read_child, read_submission


@pytest.fixture
def write(tmp_path):
    """write({"alice/mlp/forward.py": "code"}) -> the folder that holds them."""

    def write(files):
        for path, content in files.items():
            (tmp_path / path).parent.mkdir(parents=True, exist_ok=True)
            (tmp_path / path).write_bytes(content.encode())
        return tmp_path

    return write


@pytest.fixture
def pack(tmp_path):
    """pack({"mlp/forward.py": "code"}) -> a zip of them. Names may be ZipInfo too."""

    def pack(files, path=tmp_path / "alice.zip", compression=zipfile.ZIP_DEFLATED):
        with zipfile.ZipFile(path, "w", compression) as archive:
            for name, content in files.items():
                archive.writestr(name, content)
        return path

    return pack


def link(name, target):
    member = zipfile.ZipInfo(name)
    member.create_system = 3
    member.external_attr = (stat.S_IFLNK | 0o777) << 16
    return {member: target}


JUNK = [
    "__MACOSX/mlp/._forward.py",
    "mlp/._forward.py",
    "mlp/.ipynb_checkpoints/forward-checkpoint.ipynb",
    "mlp/__pycache__/forward.py",
    ".git/hooks/x.py",
    "venv/bin/activate_this.py",
    "tools/lib/python3.11/site-packages/numpy/core.py",
    "mine/bin/activate_this.py",
]
SOURCES = {"mlp/forward.py": "f", "notebooks/forward.ipynb": "n", "deep/er/mlp/x.PY": "x", "helper.py": ""}
OTHERS = {"mine/pyvenv.cfg": "", "README.md": "r", "data/x.csv": "1"}


@pytest.mark.parametrize("kind", ["folder", "zip"])
def test_sources_are_read_and_junk_is_not(kind, write, pack):
    files = {**SOURCES, **OTHERS, **dict.fromkeys(JUNK, "junk")}
    if kind == "zip":
        path = pack(files)
    else:
        path = write({f"alice/{name}": content for name, content in files.items()}) / "alice"
    submission = read_submission(path)
    assert submission.name == "alice"
    assert submission.files == {name: content.encode() for name, content in SOURCES.items()}
    assert submission.problems == []


@pytest.mark.parametrize("name", ["alice.py", "alice.ipynb", "alice.IPYNB"])
def test_a_single_file_is_read(name, write):
    submission = read_submission(write({name: "code"}) / name)
    assert (submission.name, submission.files, submission.problems) == ("alice", {name: b"code"}, [])


def test_a_students_entries_are_found_by_name(write):
    folder = write({
        "alice/x.py": "", "bob.zip": "", "carl.ipynb": "", "dora.PY": "", "Alice/x.py": "", "a.b.zip": "",
        "eve.zip/x.py": "",
    })  # fmt: skip
    (folder / "José").mkdir()
    (folder / "Jose\u0301").mkdir()
    (folder / os.fsdecode(b"\xff")).mkdir()
    children, passed_over = find_submissions(folder)
    names = ["Alice", "a.b", "alice", "bob", "carl", "dora", "eve.zip", "Jose\u0301", "José", os.fsdecode(b"\xff")]
    assert sorted(child.name for child in children) == sorted(names)
    assert passed_over == []


def test_other_entries_are_passed_over_with_a_note_each(write):
    folder = write({"alice/x.py": "", "notes.txt": "", ".hidden/x.py": "", ".DS_Store": "", "__MACOSX/x.py": ""})
    os.mkfifo(folder / "pipe.py")
    (folder / "link.py").symlink_to(folder / "notes.txt")
    (folder / "folder").symlink_to(folder / "alice")
    server = socket.socket(socket.AF_UNIX)
    server.bind(str(folder / "socket.zip"))
    children, passed_over = find_submissions(folder)
    server.close()
    assert [child.name for child in children] == ["alice"]
    names = [".DS_Store", ".hidden", "__MACOSX", "folder", "link.py", "notes.txt", "pipe.py", "socket.zip"]
    assert [line.partition(": ")[0] for line in passed_over] == names


def test_two_entries_of_one_name_are_one_submission_that_says_so(write, pack):
    folder = write({"alice/mlp/forward.py": "folder", "alice.ipynb": "notebook"})
    pack({"mlp/forward.py": "zip", "mlp/training.py": "zip"})
    (child,) = find_submissions(folder)[0]
    submission = read_child(child)
    assert submission.problems == ["Handed in more than once (alice, alice.zip, alice.ipynb): judged together."]
    assert submission.files == {
        "alice/mlp/forward.py": b"folder",
        "alice.zip/mlp/forward.py": b"zip",
        "alice.zip/mlp/training.py": b"zip",
        "alice.ipynb/alice.ipynb": b"notebook",
    }


def test_a_zip_in_a_folder_is_read_where_there_is_nothing_else(write, pack):
    folder = write({"alice/note.txt": "", "bob/mlp/x.py": "code"})
    for name in ("alice", "bob"):
        pack({"mlp/forward.py": "zip"}, folder / name / "mlp.zip")
    assert read_submission(folder / "alice").files == {"mlp.zip/mlp/forward.py": b"zip"}
    assert read_submission(folder / "bob").files == {"mlp/x.py": b"code"}


def test_links_are_said_and_not_followed(write):
    folder = write({"secret.py": "secret", "elsewhere/mlp/forward.py": "secret", "alice/mlp/x.py": "own"})
    (folder / "alice" / "mlp" / "forward.py").symlink_to(folder / "secret.py")
    (folder / "alice" / "linked").symlink_to(folder / "elsewhere")
    (folder / "alice" / "loop").symlink_to(folder / "alice" / "loop")
    submission = read_submission(folder / "alice")
    assert submission.files == {"mlp/x.py": b"own"}
    assert submission.problems == [
        "linked: a link, which is not followed.",
        "loop: a link, which is not followed.",
        "mlp/forward.py: a link, which is not followed.",
    ]
    (folder / "bob").symlink_to(folder / "alice")
    assert read_submission(folder / "bob").problems == ["bob: a link, which is not followed."]


def test_what_is_no_regular_file_is_not_opened(tmp_path):
    (tmp_path / "alice").mkdir()
    os.mkfifo(tmp_path / "alice" / "x.py")
    os.mkfifo(tmp_path / "bob.zip")
    assert read_submission(tmp_path / "alice").problems == ["x.py: cannot be read (not a regular file)."]
    assert "not a regular file" in read_submission(tmp_path / "bob.zip").problems[0]


def test_paths_in_a_zip_are_labels(pack):
    names = ["mlp\\forward.py", "../../up.py", "/root.py", "./here.py", "a//b.py", "red\x1b[31m.py"]
    submission = read_submission(pack(dict.fromkeys(names, "code")))
    assert set(submission.files) == {"mlp/forward.py", "up.py", "root.py", "here.py", "a/b.py", "red\\x1b[31m.py"}


def test_links_and_repeated_names_in_a_zip_are_said(pack):
    submission = read_submission(
        pack({**link("mlp", "/etc"), **link("x.py", "/etc/passwd"), "y.py": "1", ".\\y.py": "2"})
    )
    assert submission.files == {"y.py": b"1"}
    assert submission.problems == [
        "mlp: a link, which is not followed.",
        "x.py: a link, which is not followed.",
        "y.py: twice in the zip file, the first one counts.",
    ]


@pytest.mark.parametrize(
    ("content", "why"),
    [(b"", "not a zip file"), (b"PK\x03\x04 and no more", "not a zip file"), (b"\0" * 100_000, "not a zip file")],
    ids=["empty", "cut", "zeros"],
)
def test_what_is_no_zip_is_one_line(tmp_path, content, why):
    (tmp_path / "alice.zip").write_bytes(content)
    submission = read_submission(tmp_path / "alice.zip")
    assert submission.files == {}
    assert [line for line in submission.problems if why in line and "\n" not in line] == submission.problems != []


@pytest.mark.parametrize("cut", range(10, 900, 70))
def test_a_damaged_zip_never_raises(pack, cut):
    path = pack({"mlp/a.py": "x = 1\n" * 50, "mlp/b.py": "y = 2\n" * 50, "mlp/c.ipynb": "{}"})
    data = bytearray(path.read_bytes())
    start = cut % len(data)
    data[start : start + 8] = b"\xff" * 8
    path.write_bytes(data)
    submission = read_submission(path)
    assert all(line.isprintable() for line in submission.problems)


def test_an_encrypted_or_oddly_compressed_member_costs_itself_alone(pack):
    path = pack({"a.py": "1", "b.py": "2" * 100})
    data = path.read_bytes()
    at = data.index(b"PK\x01\x02")
    path.write_bytes(data[: at + 8] + b"\x01" + data[at + 9 :])  # the flag of encryption
    submission = read_submission(path)
    assert submission.files == {"b.py": b"2" * 100}
    assert submission.problems == ["a.py: encrypted: hand it in without a password."]
    lzma = read_submission(pack({"a.py": "1"}, compression=zipfile.ZIP_LZMA))
    assert (lzma.files, len(lzma.problems)) == ({}, 1)
    assert "unusual way" in lzma.problems[0]


def test_a_member_larger_than_it_says_is_not_unpacked(pack):
    path = pack({"bomb.py": b"#" * 50_000_000, "good.py": "1"})
    data = bytearray(path.read_bytes())
    at = data.index(b"PK\x01\x02")
    assert struct.unpack_from("<I", data, at + 24) == (50_000_000,)
    struct.pack_into("<I", data, at + 24, 10)
    path.write_bytes(data)
    submission = read_submission(path)
    assert submission.files == {"good.py": b"1"}
    assert len(submission.problems) == 1
    assert submission.problems[0].startswith("bomb.py: cannot be unpacked")


def test_a_list_of_members_without_end_is_not_read(tmp_path):
    size = 500_000_000
    with (tmp_path / "alice.zip").open("wb") as file:
        file.truncate(size)  # takes no room on the disk
        file.seek(size)
        file.write(struct.pack("<4s4H2LH", b"PK\x05\x06", 0, 0, 1, 1, size, 0, 0))
    (problem,) = read_submission(tmp_path / "alice.zip").problems
    assert problem == "alice.zip: not a zip file that can be read (more than 24 MB at once)."


@pytest.fixture
def small(monkeypatch):
    for name, value in {
        "MAX_FILES": 3,
        "MAX_ENTRIES": 8,
        "MAX_PY": 100,
        "MAX_NOTEBOOK": 200,
        "MAX_TOTAL": 250,
    }.items():
        monkeypatch.setattr(submissions, name, value)
    monkeypatch.setattr(zips, "MAX_MEMBERS", 8)


@pytest.mark.parametrize(
    ("files", "read", "said"),
    [
        ({"a.py": "x" * 101, "b.py": "1", "c.ipynb": "x" * 101}, {"b.py", "c.ipynb"}, "a.py: 0 MB, more than the 0 MB"),
        ({f"{i}.py": "1" for i in range(4)}, {"0.py", "1.py", "2.py"}, "3.py: more than 3 files"),
        ({"a.ipynb": "x" * 200, "b.py": "x" * 51, "c.py": "1"}, {"a.ipynb", "c.py"}, "b.py: more than 0 MB in all"),
    ],
    ids=["size", "count", "total"],
)
@pytest.mark.parametrize("kind", ["folder", "zip"])
def test_limits_cost_what_is_above_them_alone(small, kind, files, read, said, write, pack):
    path = pack(files) if kind == "zip" else write({f"alice/{name}": text for name, text in files.items()}) / "alice"
    submission = read_submission(path)
    assert set(submission.files) == read
    assert [line.startswith(said) for line in submission.problems] == [True]


def test_what_lies_nearest_to_the_top_is_read_before_limits_are_met(small, write, pack):
    files = {**{f"data/deep/{i}.txt": "" for i in range(20)}, "mlp/x.py": "code"}
    submission = read_submission(write({f"alice/{name}": text for name, text in files.items()}) / "alice")
    assert submission.files == {"mlp/x.py": b"code"}
    assert submission.problems == ["data/deep/: more than 8 entries, the rest is left out."]
    assert "more than 8 members" in read_submission(pack(files)).problems[0]


def test_folders_without_end_are_left(write, pack):
    path = "/".join(["d"] * 30) + "/x.py"
    assert read_submission(write({f"alice/{path}": "", "alice/y.py": ""}) / "alice").files == {"y.py": b""}
    assert read_submission(pack({path: "", "y.py": ""})).files == {"y.py": b""}


def test_what_holds_nothing_says_so(write, pack, tmp_path):
    assert read_submission(write({"alice/README.md": ""}) / "alice").problems == [
        "alice: no .py file or notebook in it."
    ]
    assert read_submission(pack({"README.md": ""})).problems == ["alice.zip: no .py file or notebook in it."]
    assert read_child(Child("gone", [tmp_path / "gone"])).problems == [
        "gone: cannot be read (No such file or directory)."
    ]


def test_many_problems_are_few_lines(pack):
    members = {}
    for i in range(100):
        members |= link(f"{i:03}.py", "/etc/passwd")
    problems = read_submission(pack(members)).problems
    assert len(problems) == submissions.MAX_PROBLEMS + 1
    assert problems[-1] == "… and 80 more like these."


def test_the_hash_is_that_of_what_is_judged(write):
    folder = write({"a/x.py": "1", "b/x.py": "1", "c/x.py": "2", "d/y.py": "1", "e/x.py": "1", "e/data.csv": ""})
    (folder / "e" / "l.py").symlink_to("x.py")
    a, b, c, d, e = (read_submission(folder / name).sha256 for name in "abcde")
    assert a == b
    assert len({a, c, d, e}) == 4
    assert len(a) == 64
