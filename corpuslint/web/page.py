"""One self-contained page: styles, script and data in one file, and nothing that reaches outside it.

The data is JSON in a block that no browser runs; the only script is ours, named by its hash in the page's content
security policy, so text from a scraped page can hold `<script>` or `</style>` and stays text.
"""

from __future__ import annotations

import base64
import hashlib
from html import escape
from pathlib import Path
from string import Template
from typing import Any

from corpuslint.reporting.json import dumped

_STATIC = Path(__file__).resolve().parent / "static"


def static(name: str) -> str:
    """A file of the page's own: its frame, its style or its script."""
    return (_STATIC / name).read_text("utf-8")


def page(
    title: str, data: dict[str, Any], *, scripts: tuple[str, ...] = ("report.js",), connect: str = "'none'"
) -> str:
    """The page that shows `data`; `connect` is where its script may send requests to ("'none'": nowhere)."""
    style, script = static("report.css"), "\n".join(static(name) for name in scripts)
    policy = (
        f"default-src 'none'; style-src '{_hash(style)}'; script-src '{_hash(script)}'; img-src data:; "
        f"connect-src {connect}; base-uri 'none'; form-action 'none'"
    )
    frame = Template(static("page.html"))
    return frame.substitute(policy=policy, title=escape(title), style=style, script=script, data=embedded(data))


def embedded(data: dict[str, Any]) -> str:
    """`data` as JSON that cannot end the block it stands in.

    >>> print(embedded({"a": "</script><!--"}))
    {"a":"\\u003c/script>\\u003c!--"}
    """
    return dumped(data).replace("<", "\\u003c")


def _hash(content: str) -> str:
    return "sha256-" + base64.b64encode(hashlib.sha256(content.encode("utf-8")).digest()).decode("ascii")
