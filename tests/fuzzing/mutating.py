"""Submissions that are nearly valid: right ones of one topic, as notebook, module or zip, damaged in a way or two."""

import io
import json
import random
import warnings
import zipfile

from autograder.answers import fill_notebook, reference

DEEP, LONG = 2_000, 200_000
STRANGE = [None, True, -1, 1e999, "", "\ud800", "x\x1b[31m\u202e", [], {}, [[]], {"a": {}}]
NAMES = [
    "../{}",
    "/{}",
    "a\\{}",
    "{}\0",
    "{}/",
    "mlp/mlp/{}",
    "__MACOSX/{}",
    "{}.py",
    "x" * 300,
    "\u202e{}",
    "",
    ".",
    "{}:x",
    "CON/{}",
]


class Mutating:
    def __init__(self, course, topic, seed):
        self.topic, self.random = topic, random.Random(seed)
        self.module = reference(course)[topic]
        self.notebook = fill_notebook(course, topic, self.module, course.starter_code / "notebooks" / f"{topic}.ipynb")

    def submission(self):
        """(ending of its name, its bytes)."""
        kind = self.random.choices(["ipynb", "zip", "py"], [5, 3, 2])[0]
        return kind, getattr(self, f"_{kind}")()

    def _py(self):
        source = self._damaged_source(self.module).encode("utf-8", "surrogatepass")
        return self._damaged_bytes(source) if self.random.random() < 0.3 else source

    def _ipynb(self):
        document = json.loads(self.notebook)
        for cell in self.random.choices(document["cells"], k=self.random.randint(0, 2)):
            cell["source"] = self._damaged_source("".join(cell["source"]))
        if self.random.random() < 0.4:
            self._damage_json(document)
        data = json.dumps(document).encode("utf-8", "surrogatepass")
        return self._damaged_bytes(data) if self.random.random() < 0.15 else data

    def _zip(self):
        file = io.BytesIO()
        with zipfile.ZipFile(file, "w", self.random.choice([zipfile.ZIP_STORED, zipfile.ZIP_DEFLATED])) as archive:
            for _ in range(self.random.choice([1, 1, 1, 2, 5])):
                ending = self.random.choice(["py", "ipynb"])
                name = f"mlp/{self.topic}.{ending}"
                if self.random.random() < 0.3:
                    name = self.random.choice(NAMES).format(name)
                info = zipfile.ZipInfo(name[:60_000])
                info.external_attr = self.random.choice([0, 0o100644 << 16, 0o120777 << 16, 0o020666 << 16])
                with warnings.catch_warnings():
                    warnings.simplefilter("ignore")  # names that are there already are meant
                    archive.writestr(info, self._py() if ending == "py" else self._ipynb())
        data = file.getvalue()
        return self._damaged_bytes(data) if self.random.random() < 0.3 else data

    def _damaged_source(self, source):
        lines = source.split("\n")
        place = self.random.randrange(len(lines))
        match self.random.randrange(8):
            case 0:
                del lines[place]
            case 1:
                lines.insert(place, self.random.choice(lines))
            case 2:
                lines[place] = lines[place][self.random.randint(0, 4) :]
            case 3:
                lines[place] += self.random.choice(
                    ["(", ")", "'", '"""', "\\", "\0", "\ud800", "\x1b[2J", "# \u202e", ":"]
                )
            case 4:
                lines.insert(
                    place,
                    self.random.choice(["%magic", "!ls", "return", "raise SystemExit", "import nothing", "x = ("]),
                )
            case 5:
                other = self.random.randrange(len(lines))
                lines[place], lines[other] = lines[other], lines[place]
            case 6:
                text = "\n".join(lines)
                at = self.random.randrange(len(text) + 1)
                return text[:at] + chr(self.random.choice([0, 9, 27, 127, 255, 0x3C3, 0x1F600])) + text[at + 1 :]
            case 7:
                lines[place] = lines[place].replace("+", "-").replace("Z", "X")
        return "\n".join(lines)

    def _damage_json(self, document):
        """Something somewhere in it becomes something else."""
        node = document
        while True:
            keys = list(node) if isinstance(node, dict) else list(range(len(node)))
            if not keys:
                return
            key = self.random.choice(keys)
            inner = node[key]
            if not isinstance(inner, (dict, list)) or not inner or self.random.random() < 0.3:
                break
            node = inner
        match self.random.randrange(5):
            case 0:
                del node[key]
            case 1 if isinstance(node, list):
                node.extend([inner] * self.random.choice([1, 2, 1000]))
            case 2:
                node[key] = "x" * LONG
            case 3:
                nested = []
                for _ in range(self.random.choice([5, 100, DEEP // 10])):
                    nested = [nested]
                node[key] = nested
            case _:
                node[key] = self.random.choice(STRANGE)

    def _damaged_bytes(self, data):
        data = bytearray(data)
        for _ in range(self.random.randint(1, 4)):
            place = self.random.randrange(len(data) + 1)
            match self.random.randrange(5):
                case 0 if place < len(data):
                    data[place] ^= 1 << self.random.randrange(8)
                case 1:
                    del data[place:]
                case 2:
                    data[place:place] = self.random.randbytes(self.random.randint(1, 20))
                case 3:
                    del data[place : place + self.random.randint(1, 50)]
                case _:
                    data[place:place] = data[place : place + self.random.randint(1, 500)]
        return bytes(data)
