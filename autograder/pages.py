"""HTML pages: a template's name and values in, the text of one self-contained page out. Called by `feedback` and
`report`.

Everything that goes in is escaped, no script but `sort.js` runs, and text loses its control characters: much of it was
chosen by students."""

import base64
import hashlib
from functools import cache
from pathlib import Path
from typing import Any

from jinja2 import Environment, FileSystemLoader, StrictUndefined
from markupsafe import Markup

from autograder.names import display

TEMPLATES = Path(__file__).with_name("templates")
LINE = 2000  # characters of one line of text that are shown


def render(template: str, **values: Any) -> str:
    return _environment().get_template(template).render(values)


@cache
def _environment() -> Environment:
    environment = Environment(
        loader=FileSystemLoader(TEMPLATES),
        autoescape=True,
        undefined=StrictUndefined,
        finalize=_shown,
        trim_blocks=True,
        lstrip_blocks=True,
    )
    environment.filters["points"] = points
    script = (TEMPLATES / "sort.js").read_text(encoding="utf-8")
    digest = base64.b64encode(hashlib.sha256(script.encode()).digest()).decode("ascii")
    environment.globals |= {"script": Markup(script), "script_hash": f"sha256-{digest}"}
    return environment


def points(value: float) -> str:
    """2.5 for 2.50, 3 for 3.0."""
    return f"{value:.2f}".rstrip("0").rstrip(".")


def _shown(value: Any) -> Any:
    if isinstance(value, str) and not isinstance(value, Markup):
        return "\n".join(display(line, LINE) for line in value.split("\n"))
    return value
