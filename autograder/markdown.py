"""A topic's Markdown in, its blocks out: prose, split at headings, and marked fenced blocks. Called by `course`.

A fence line such as ```` ```toml {exercise} ```` marks a block; every other fence stays part of the prose around it,
and so does whatever stands inside a longer fence.
"""

import re
import tomllib
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from autograder.errors import AutograderError

LANGUAGES = {"exercise": "toml", "by_hand": "toml", "question": "toml", "code": "python"}

_FENCE = re.compile(r" {0,3}(`{3,}|~{3,})([^`]*)$")
_MARKED = re.compile(r"(\w*)\s*\{(\w+)\}")
_HEADING = re.compile(r"(#{1,6})\s+(.+?)[\s#]*$")


@dataclass(frozen=True)
class Block:
    """`kind`: "text" or a word of LANGUAGES. `where`: file and line. `heading`: the one it stands under."""

    kind: str
    where: str
    heading: str
    source: str
    data: dict[str, Any] = field(default_factory=dict)


def read_blocks(path: Path) -> list[Block]:
    """All blocks of a Markdown file, in order."""
    lines = path.read_text(encoding="utf-8").splitlines()
    name = f"{path.parent.name}/{path.name}"
    blocks: list[Block] = []
    heading, prose, start, i = "", list[str](), 0, 0

    def end_prose() -> None:
        if text := "\n".join(prose).strip("\n"):
            blocks.append(Block("text", f"{name}, line {start + 1}", heading, text))
        prose.clear()

    while i < len(lines):
        if not prose:
            start = i
        if fence := _FENCE.match(lines[i]):
            end = _closing(lines, i, fence[1])
            where = f"{name}, line {i + 1}"
            if end is None:
                raise AutograderError(f"{where}: this fence is never closed. Add a closing {fence[1]} line.")
            if marked := _MARKED.fullmatch(fence[2].strip()):
                end_prose()
                blocks.append(_marked(marked, where, heading, "\n".join(lines[i + 1 : end])))
            else:
                prose += lines[i : end + 1]
            i = end + 1
        else:
            if found := _HEADING.match(lines[i]):
                end_prose()
                heading, start = found[2], i
            prose.append(lines[i])
            i += 1
    end_prose()
    return blocks


def _closing(lines: list[str], opening: int, ticks: str) -> int | None:
    closing = re.compile(rf" {{0,3}}{re.escape(ticks)}{re.escape(ticks[0])}*\s*")
    return next((j for j in range(opening + 1, len(lines)) if closing.fullmatch(lines[j])), None)


def _marked(marked: re.Match[str], where: str, heading: str, source: str) -> Block:
    language, kind = marked.groups()
    if LANGUAGES.get(kind) != language:
        known = ", ".join(f"{language} {{{kind}}}" for kind, language in LANGUAGES.items())
        raise AutograderError(f"{where}: {marked[0]!r} is not a block of ours. Use one of: {known}.")
    try:
        data = tomllib.loads(source) if language == "toml" else {}
    except tomllib.TOMLDecodeError as error:
        raise AutograderError(f"{where}: not valid TOML: {error}.") from None
    return Block(kind, where, heading, source, data)
