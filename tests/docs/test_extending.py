"""The rule of Python that the docs write down is a rule that works."""

from __future__ import annotations

import re
from pathlib import Path
from textwrap import dedent

from corpuslint.testing import complaints_about, load_pack

PAGE = Path(__file__).parents[2] / "docs" / "extending.md"
TABLE = """
[[rule]]
code = "SRC901"
name = "source-named-twice"
kind = "python"
severity = "info"
message = "{name} is named twice"
docs = { finds = "A source that a text names twice.", why = "One of the two is the page's." }
invalid = [ { text = "انتهت أعمال الجسر أمس.\\nالمصدر: صحيفة الضفتين\\nالمصدر: صحيفة الضفتين\\n" } ]
valid = [ { text = "انتهت أعمال الجسر أمس.\\nالمصدر: صحيفة الضفتين\\n", why = "It is named once." } ]
"""


def test_the_example_of_a_rule_of_python_finds_what_it_says(tmp_path: Path) -> None:
    (written,) = re.findall(r"```python\n(.*?)```", PAGE.read_text("utf-8"), re.DOTALL)
    manifest = '[pack]\nname = "local"\nsummary = "s"\ndeclarative = ["twice.toml"]\npython = ["twice.py"]\n'
    for name, content in (("pack.toml", manifest), ("twice.toml", TABLE), ("twice.py", dedent(written))):
        (tmp_path / name).write_text(content, "utf-8")
    (rule,) = load_pack(tmp_path).rules
    assert list(complaints_about(rule)) == []
