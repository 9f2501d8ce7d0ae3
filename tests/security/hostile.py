"""A corpus, file names, metadata and a rule pack whose every word tries to be an order to somebody."""

from __future__ import annotations

import json
import re
from pathlib import Path

MARKUP = "<script>alert(1)</script><img src=x onerror=alert(1)> [a](javascript:x) ![i](http://e.example/i) |x| `b`"
ORDERS = (
    "\x1b[2J\N{CONTROL SEQUENCE INTRODUCER}31m\N{RIGHT-TO-LEFT OVERRIDE}\r\n::error file=x::owned%0A::warning::w\n"
    "  ::set-output name=a::b\n##[error]owned ##vso[task.setvariable variable=a]b ##teamcity[message text='x']\n"
    "\x1b[0Ksection_start:0:own[collapsed=true]\r\x1b[0K"
)
HOSTILE = ORDERS + MARKUP
"""What a terminal, a log of GitHub, GitLab, Azure or TeamCity, a browser or a page of Markdown would obey."""

OBEYED = re.compile(
    "[\x00-\x08\x0b-\x1f\x7f-\x9f\N{LINE SEPARATOR}\N{PARAGRAPH SEPARATOR}"
    "\N{LEFT-TO-RIGHT EMBEDDING}-\N{RIGHT-TO-LEFT OVERRIDE}\N{LEFT-TO-RIGHT ISOLATE}-\N{POP DIRECTIONAL ISOLATE}]"
    r"|##\w*\[|^[^\S\n]*::(?!(?:error|warning|notice) title=corpuslint|(?:end)?group::)",
    re.MULTILINE,
)
"""What no output may hold; GitHub's format gives orders of its own."""


def write_world(folder: Path) -> Path:
    """The folder `c` with a hostile text and a hostile record, and a configuration with a hostile pack beside it."""
    said = json.dumps(HOSTILE)
    (folder / "pack").mkdir()
    (folder / "pack" / "pack.toml").write_text('[pack]\nname = "p"\nsummary = "s"\ndeclarative = ["r.toml"]\n', "utf-8")
    (folder / "pack" / "r.toml").write_text(
        '[[rule]]\ncode = "ART950"\nname = "hostile"\nkind = "find"\npattern = "XXX"\nseverity = "error"\n'
        f"message = {said}\nsummary = {said}\ndocs = {{ finds = {said}, why = {said}, references = [{said}] }}\n"
        f'fix = {{ replace = "", title = {said} }}\n'
        f'invalid = [ {{ text = "XXX", fixed = "" }} ]\nvalid = [ {{ text = "y", why = {said} }} ]\n',
        "utf-8",
    )
    (folder / "corpuslint.toml").write_text('packs = ["pack"]\nselect = ["ART", "ENC", "SPC", "MET"]\n', "utf-8")
    corpus = folder / "c"
    corpus.mkdir()
    name = HOSTILE.replace("/", "_").encode()[:230].decode("utf-8", "ignore")
    (corpus / f"{name}.txt").write_text(f"قال XXX\n{HOSTILE}\nXXX ##[error]y\n", "utf-8")
    record = {"text": f"قال XXX {HOSTILE}", "id": HOSTILE, "title": HOSTILE, "source": HOSTILE, "url": "javascript:x"}
    (corpus / "a.jsonl").write_text(json.dumps(record) + "\n", "utf-8")
    return corpus
