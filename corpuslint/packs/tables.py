"""What the files of a pack may say: each table a typed value, read strictly.

The types are the whole declaration: `schemas/pack.schema.json` is made of them. A complaint names the file and the
line, and for an unknown key the nearest one that is known.
"""

from __future__ import annotations

from collections.abc import Mapping
from functools import cached_property, partial
from pathlib import Path
from typing import Annotated, Any, Literal, TypeVar

from msgspec import Meta, Struct

from corpuslint.errors import PackError
from corpuslint.formats.streams import text_or
from corpuslint.model.levels import Applicability, Scope, Severity
from corpuslint.model.rule import Docs, EditBudget, Example
from corpuslint.text.patterns import compile_re
from corpuslint.text.strict import Texts, WrongTableError, line_of, typed
from corpuslint.text.toml import BrokenTomlError, kept_toml

T = TypeVar("T", bound=Struct)


class Table(Struct, frozen=True, kw_only=True, rename="kebab", forbid_unknown_fields=True):
    """A table of a pack's file, its keys in kebab-case."""


class ManifestTable(Table, frozen=True, kw_only=True):
    """The table `[pack]` of `pack.toml`."""

    name: str
    summary: str
    version: str = "1"
    declarative: Texts = ()
    python: Texts = ()
    extends: Texts = ()


class FixTable(Table, frozen=True, kw_only=True):
    """What a rule does about what it finds: delete it, or replace it."""

    delete: Literal["", "match", "piece", "line"] = ""
    replace: Texts | None = None
    title: str = ""
    applicability: Applicability | None = None


class DoubtTable(Table, frozen=True, kw_only=True):
    """Words with which an article may speak of what the rule finds, and words with which only the page speaks."""

    words: Texts = ()
    unless: Texts = ()


LineKind = Literal[
    "button", "number", "label", "source", "edge", "glued", "dated", "broken", "short", "stamp", "headline"
]  # fmt: skip


class TriggerTable(Table, frozen=True, kw_only=True):
    """What a document must hold for the rule to be looked at."""

    literals: Texts = ()
    patterns: Texts = ()
    lines: LineKind | tuple[LineKind, ...] = ()


class RuleTable(Table, frozen=True, kw_only=True, tag_field="kind"):
    """A table `[[rule]]`: the keys that rules of every kind have."""

    code: str
    name: str
    severity: Severity
    message: str
    docs: Docs
    invalid: tuple[Example, ...] = ()
    valid: tuple[Example, ...] = ()
    summary: str = ""
    languages: Texts = ()
    source: Texts = ()
    confidence: Annotated[float, Meta(ge=0, le=1)] = 1.0
    doubt: DoubtTable = DoubtTable()
    fix: FixTable = FixTable()
    default: bool = True
    scope: Scope | None = None
    before: Texts = ()
    yields: Texts = ()
    budget: EditBudget = EditBudget()
    triggers: TriggerTable = TriggerTable()
    wakes: str = ""
    lists: Texts = ()
    version: int = 1


class PackFile:
    """A TOML file of a pack, with its text, which tells on which line something stands. It is read when it is asked.

    Raises PackError where it cannot be read, or is not valid TOML.
    """

    def __init__(self, path: Path) -> None:
        self.path = path

    @cached_property
    def text(self) -> str:
        """What the file holds."""
        return text_or(self.path, partial(PackError, path=str(self.path)))

    @cached_property
    def data(self) -> dict[str, Any]:
        """The table that it writes."""
        try:
            return kept_toml(self.text)
        except BrokenTomlError as error:
            raise PackError(str(error), path=str(self.path), line=error.line) from None

    def line_of_rule(self, number: int) -> int:
        """The line of the `number`-th `[[rule]]` header, counted from 0; 0 when it cannot be told."""
        headers = [row for row, line in enumerate(self.text.splitlines(), start=1) if _HEADER.match(line)]
        return headers[number] if number < len(headers) else 0

    def rule_text(self, number: int) -> str:
        """The `number`-th `[[rule]]` as it is written, up to its examples and its docs."""
        start = self.line_of_rule(number)
        lines = self.text.splitlines()[start - 1 :]
        rest = next((row for row, line in enumerate(lines) if row and _PROSE.match(line)), len(lines))
        return "\n".join(lines[:rest])

    def line_of_key(self, key: str, after: int) -> int:
        """The first line from `after` on that sets `key`; `after` when there is none."""
        return line_of(self.text, key, max(after, 1), _HEADER) or after

    def error(self, message: str, *, line: int = 0, key: str = "", remedy: str = "") -> PackError:
        """A complaint that points at `key` below `line`."""
        return PackError(message, path=str(self.path), line=self.line_of_key(key, line) if key else line, remedy=remedy)

    def rule_error(self, rule: int | None, name: str, message: str, *, key: str = "", remedy: str = "") -> PackError:
        """A complaint about the `rule`-th `[[rule]]`, or about the file where that is None."""
        line = 1 if rule is None else self.line_of_rule(rule)
        return self.error(f"{name}: {message}" if name else message, line=line, key=key, remedy=remedy)

    def read(self, data: Mapping[str, Any], kind: type[T], name: str, *, rule: int | None = None) -> T:
        """The value of type `kind` that a table writes; `name` is what complaints call it, `rule` its number.

        Raises PackError, with the line, for a key that is missing, unknown or of another type.
        """
        try:
            return typed(data, kind)
        except WrongTableError as error:
            raise self.rule_error(rule, name, error.message, key=error.key, remedy=error.remedy) from None


_HEADER = compile_re(r"\s*\[\[\s*rule\s*\]\]")
_PROSE = compile_re(r"\s*(\[\[|docs|invalid|valid)")
