"""The rule of Python that the docs write down is a rule that works."""

from __future__ import annotations

import re
from pathlib import Path
from textwrap import dedent

from corpuslint.testing import complaints_about, load_pack

PAGE = Path(__file__).parents[2] / "docs" / "extending.md"


def test_the_example_of_a_rule_of_python_finds_what_it_says(tmp_path: Path) -> None:
    page = PAGE.read_text("utf-8")
    (written,) = re.findall(r"```python\n(.*?)```", page, re.DOTALL)
    (table,) = re.findall(r"```toml\n(.*?)```", page, re.DOTALL)
    manifest = '[pack]\nname = "local"\nsummary = "s"\ndeclarative = ["twice.toml"]\npython = ["twice.py"]\n'
    for name, content in (("pack.toml", manifest), ("twice.toml", dedent(table)), ("twice.py", dedent(written))):
        (tmp_path / name).write_text(content, "utf-8")
    (rule,) = load_pack(tmp_path).rules
    assert list(complaints_about(rule)) == []
