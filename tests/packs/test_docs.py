"""The pages of the rules are what the rules say of themselves."""

from __future__ import annotations

import doctest
import inspect
import os
import re
from dataclasses import fields, is_dataclass
from functools import cached_property
from pathlib import Path

import pytest
from msgspec import structs

from corpuslint import Anatomy, Applicability, Docs, Example, Line, RuleSpec, Severity, Span, labels
from corpuslint.cli.rules import fixes_by_code
from corpuslint.config.settings import Settings
from corpuslint.engine.rules import known_specs
from corpuslint.facts.absolute_dates import DateExpression, DateKind, Trouble
from corpuslint.facts.furniture import Furniture, Piece
from corpuslint.facts.labels import LabelLine
from corpuslint.facts.publication import DateLine, Publication
from corpuslint.facts.roles import Role
from corpuslint.facts.shapes import Shaped
from corpuslint.facts.sources import Mention, SourceRole
from corpuslint.facts.stories import Story, StoryKind
from corpuslint.facts.yeh_slips import YehSlip
from corpuslint.model.rule import RuleCode
from corpuslint.packs.declarative import KINDS
from corpuslint.packs.docs import FAMILIES, index, is_fixable, page
from corpuslint.packs.loader import load_pack
from corpuslint.resources import rules_folder
from corpuslint.testing import check_examples

FOLDER = rules_folder().parent / "docs" / "rules"
SPECS = known_specs(Settings())
FIXES = fixes_by_code(Settings())
WRITE = "run `python -m corpuslint rules --isolated --output-dir docs/rules`"


@pytest.mark.skipif(not FOLDER.is_dir(), reason="installed without docs")
def test_the_docs_are_current() -> None:
    wanted = {f"{spec.code}.md": page(spec, FIXES.get(spec.code, ())) for spec in SPECS}
    wanted["README.md"] = index(SPECS, FIXES)
    found = {path.name: path.read_text("utf-8") for path in FOLDER.glob("*.md")}
    stale = sorted(name for name in wanted.keys() | found.keys() if wanted.get(name) != found.get(name))
    assert stale == [], WRITE


def test_every_family_has_words() -> None:
    assert {spec.code[:3] for spec in SPECS} <= FAMILIES.keys()


def spec_of(**changes: object) -> RuleSpec:
    values: dict[str, object] = {
        "code": RuleCode("ART901"),
        "name": "local-footer",
        "summary": "A footer",
        "message": "a footer",
        "severity": Severity.ERROR,
        "docs": Docs("It finds.", "It matters.", "Nothing is lost.", references=("https://example.org",)),
        "invalid": (Example("نص\nتذييل\n", fixed="نص\n"),),
        "valid": (Example("تذييل في جملة", why="part of a sentence"),),
    }
    return RuleSpec(**(values | changes))  # type: ignore[arg-type]


def test_a_page_holds_every_part() -> None:
    assert page(spec_of()).splitlines() == [
        *("# ART901 local-footer", "", "A footer.", ""),
        "| severity | looks at | languages | on by default | fix | version |",
        "|---|---|---|---|---|---|",
        "| error | places in a text | all | yes | yes | 1 |",
        *("", "## What it finds", "", "It finds.", "", "## Why it matters", "", "It matters.", ""),
        *("## Examples", "", "Reported:", "", "```text", "نص", "تذييل", "```", ""),
        *("mended to", "", "```text", "نص", "```", ""),
        *("Left alone:", "", "```text", "تذييل في جملة", "```", "", "Part of a sentence.", ""),
        *("## Fix safety", "", "Nothing is lost.", "", "## References", "", "- https://example.org"),
    ]


def test_what_nobody_sees_in_an_example_is_named() -> None:
    shown = page(spec_of(invalid=(Example("a\N{NO-BREAK SPACE}b\N{ZERO WIDTH SPACE}"),)))
    assert "Unseen in it: U+00A0 NO-BREAK SPACE, U+200B ZERO WIDTH SPACE." in shown


def test_an_example_cannot_end_its_block() -> None:
    shown = page(spec_of(invalid=(Example("```\n# not a heading\n"),)))
    assert "````text\n```\n# not a heading\n````" in shown


@pytest.mark.parametrize(
    ("example", "expected"),
    [
        (Example("x", fixed="y"), True),
        (Example("x", fields={"source": "z"}), True),
        (Example("x"), False),
    ],
    ids=["text", "fields", "none"],
)
def test_a_rule_is_fixable_when_its_examples_show_it(example: Example, expected: bool) -> None:
    assert is_fixable(spec_of(invalid=(example,))) is expected


def test_pages_of_gone_rules_are_taken_away(tmp_path: Path) -> None:
    from corpuslint.cli.rules import write_pages

    (tmp_path / "XYZ001.md").write_text("gone", "utf-8")
    (tmp_path / "notes.md").write_text("mine", "utf-8")
    write_pages([spec_of()], {}, tmp_path)
    assert sorted(path.name for path in tmp_path.iterdir()) == ["ART901.md", "README.md", "notes.md"]


@pytest.mark.skipif(not FOLDER.is_dir(), reason="installed without docs")
def test_the_rules_in_the_docs_do_what_they_say(tmp_path: Path) -> None:
    docs = (FOLDER.parent / "packs.md").read_text("utf-8")
    files = dict(re.findall(r"```(?:toml|python)\n# rules/local/(\w+\.(?:toml|py))\n(.*?)```", docs, re.DOTALL))
    del files["pack.toml"]
    for name, block in files.items():
        (tmp_path / name).write_text(block, "utf-8")
    tables, modules = ([name for name in files if name.endswith(ending)] for ending in (".toml", ".py"))
    manifest = f'[pack]\nname = "docs"\nsummary = "s"\ndeclarative = {tables}\npython = {modules}\n'
    (tmp_path / "pack.toml").write_text(manifest, "utf-8")
    rules = load_pack(tmp_path).rules
    assert [rule.spec.code for rule in rules] == ["ART901", "ART902", "PUN950"]
    for rule in rules:
        check_examples(rule)


@pytest.mark.skipif(not FOLDER.is_dir(), reason="installed without docs")
def test_every_kind_and_its_keys_are_explained() -> None:
    text = (FOLDER.parent / "packs.md").read_text("utf-8")
    keys = {field.encode_name for kind in KINDS.values() for field in structs.fields(kind)}
    plain = {"summary", "status", "scope", "version"}
    assert [key for key in sorted((KINDS.keys() | keys) - plain) if f"`{key}" not in text] == []


def test_a_list_and_a_page_say_who_may_apply_a_fix() -> None:
    assert {code: fixes for code, fixes in FIXES.items() if code in ("PUN001", "ART010", "QLT002")} == {
        "PUN001": (Applicability.SAFE,),
        "ART010": (Applicability.UNSAFE,),
        "QLT002": (),
    }
    assert "| yes | safe or unsafe | 1 |" in page(spec_of(), (Applicability.SAFE, Applicability.UNSAFE))


THINGS = (
    Line, LabelLine, labels.Label, Piece, Mention, DateLine, DateExpression, YehSlip, Shaped, Publication, Story, Span,
)  # fmt: skip


def facts_page() -> str:
    """The table of `docs/facts.md`: what `Anatomy` has, and what the things are called that it holds."""
    rows = ["| fact | what it is |", "|---|---|"]
    for name in sorted(name for name in dir(Anatomy) if not name.startswith("_")):
        member = inspect.getattr_static(Anatomy, name)
        told = (inspect.getdoc(member) or "").partition("\n\n")[0].replace("\n", " ").replace("|", "\\|")
        rows.append(f"| `{name}{'(…)' if inspect.isfunction(member) else ''}` | {told} |")
    rows += ["", "| thing | its attributes |", "|---|---|"]
    for kind in THINGS:
        fields = getattr(kind, "__struct_fields__", None) or getattr(kind, "_fields", ()) or tuple(fields_of(kind))
        public = [name for name, value in vars(kind).items() if isinstance(value, property | cached_property)]
        rows.append(f"| `{kind.__name__}` | {', '.join(f'`{one}`' for one in (*fields, *public) if one[0] != '_')} |")
    rows += ["", "| `role`, `kind`, `trouble`: one of | whose words (`.value`) are |", "|---|---|"]
    for words in (Role, SourceRole, Furniture, DateKind, Trouble, StoryKind):
        rows.append(f"| `{words.__name__}` | {', '.join(one.value for one in words)} |")
    return "\n".join(rows) + "\n"


def fields_of(kind: type) -> list[str]:
    return [one.name for one in fields(kind)] if is_dataclass(kind) else list(vars(kind).get("__slots__", ()))


@pytest.mark.skipif(not FOLDER.is_dir(), reason="installed without docs")
def test_every_fact_is_explained() -> None:
    page = FOLDER.parent / "facts.md"
    head = page.read_text("utf-8").partition("| fact |")[0]
    if os.environ.get("CORPUSLINT_KEEP_SNAPSHOTS"):
        page.write_text(head + facts_page(), "utf-8")
    assert page.read_text("utf-8") == head + facts_page(), "CORPUSLINT_KEEP_SNAPSHOTS=1 writes it anew"


@pytest.mark.skipif(not FOLDER.is_dir(), reason="installed without docs")
def test_the_session_with_facts_is_true() -> None:
    assert doctest.testfile(str(FOLDER.parent / "facts.md"), module_relative=False).failed == 0
