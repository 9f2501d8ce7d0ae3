"""corpuslint: a linter and dataset packager for Arabic-script news corpora.

`check_text`, `fix_text` and `Linter` are for texts and tables in memory, `check`, `fix` and `build` for files; the rest
of this page is what rule packs import, and everything else is the house's own business. A name is looked up when it is
asked for, so that `corpuslint --help` does not load what only rules need.
"""

from __future__ import annotations

from importlib import import_module
from typing import TYPE_CHECKING

from corpuslint.version import __version__

if TYPE_CHECKING:
    from corpuslint.api import build, check, fix
    from corpuslint.facts import (
        addresses,
        declared_dates,
        duplicates,
        furniture,
        label_words,
        labels,
        openers,
        page_lines,
        phrasebook,
        repetition,
        sources,
    )
    from corpuslint.facts.anatomy import Anatomy
    from corpuslint.facts.layout import Line, cut, edits_by_line
    from corpuslint.facts.markers import STORY_MARKERS
    from corpuslint.facts.protected import is_in_address
    from corpuslint.facts.roles import Role
    from corpuslint.facts.wrapping import wrapped_runs
    from corpuslint.languages import LANGUAGES, same_letters
    from corpuslint.linter import Findings, Linter, check_text, fix_text, load_rules
    from corpuslint.model.diagnostic import Diagnostic, Related
    from corpuslint.model.document import Document, DocumentId, Metadata, Origin
    from corpuslint.model.fix import Edit, FieldChange, Fix, Split
    from corpuslint.model.levels import Applicability, Scope, Severity, Status
    from corpuslint.model.rule import (
        CorpusRule,
        Docs,
        EditBudget,
        Example,
        Rule,
        RuleCode,
        RuleSpec,
        Triggers,
    )
    from corpuslint.packs.kinds import DeclarativeRule
    from corpuslint.reporting.report import Finding
    from corpuslint.text import broken, invisible, markup
    from corpuslint.text.patterns import compile_re
    from corpuslint.text.phrases import phrase_pattern
    from corpuslint.text.positions import LineIndex, Position, Span

__all__ = [
    "LANGUAGES",
    "STORY_MARKERS",
    "Anatomy",
    "Applicability",
    "CorpusRule",
    "DeclarativeRule",
    "Diagnostic",
    "Docs",
    "Document",
    "DocumentId",
    "Edit",
    "EditBudget",
    "Example",
    "FieldChange",
    "Finding",
    "Findings",
    "Fix",
    "Line",
    "LineIndex",
    "Linter",
    "Metadata",
    "Origin",
    "Position",
    "Related",
    "Role",
    "Rule",
    "RuleCode",
    "RuleSpec",
    "Scope",
    "Severity",
    "Span",
    "Split",
    "Status",
    "Triggers",
    "__version__",
    "addresses",
    "broken",
    "build",
    "check",
    "check_text",
    "compile_re",
    "cut",
    "declared_dates",
    "duplicates",
    "edits_by_line",
    "fix",
    "fix_text",
    "furniture",
    "invisible",
    "is_in_address",
    "label_words",
    "labels",
    "load_rules",
    "markup",
    "non_joiners",
    "openers",
    "page_lines",
    "phrase_pattern",
    "phrasebook",
    "repetition",
    "same_letters",
    "sorani",
    "sources",
    "wrapped_runs",
]

_HOMES = {
    "Finding": "corpuslint.reporting.report",
    "Findings": "corpuslint.linter",
    "Linter": "corpuslint.linter",
    "build": "corpuslint.api",
    "check": "corpuslint.api",
    "check_text": "corpuslint.linter",
    "fix": "corpuslint.api",
    "fix_text": "corpuslint.linter",
    "load_rules": "corpuslint.linter",
    "Anatomy": "corpuslint.facts.anatomy",
    "Applicability": "corpuslint.model.levels",
    "CorpusRule": "corpuslint.model.rule",
    "DeclarativeRule": "corpuslint.packs.kinds",
    "Diagnostic": "corpuslint.model.diagnostic",
    "Docs": "corpuslint.model.rule",
    "Document": "corpuslint.model.document",
    "DocumentId": "corpuslint.model.document",
    "Edit": "corpuslint.model.fix",
    "EditBudget": "corpuslint.model.rule",
    "Example": "corpuslint.model.rule",
    "FieldChange": "corpuslint.model.fix",
    "Fix": "corpuslint.model.fix",
    "Line": "corpuslint.facts.layout",
    "LANGUAGES": "corpuslint.languages",
    "LineIndex": "corpuslint.text.positions",
    "Metadata": "corpuslint.model.document",
    "Origin": "corpuslint.model.document",
    "Position": "corpuslint.text.positions",
    "Related": "corpuslint.model.diagnostic",
    "Role": "corpuslint.facts.roles",
    "Rule": "corpuslint.model.rule",
    "RuleCode": "corpuslint.model.rule",
    "RuleSpec": "corpuslint.model.rule",
    "STORY_MARKERS": "corpuslint.facts.markers",
    "Scope": "corpuslint.model.levels",
    "Severity": "corpuslint.model.levels",
    "Span": "corpuslint.text.positions",
    "Split": "corpuslint.model.fix",
    "Status": "corpuslint.model.levels",
    "Triggers": "corpuslint.model.rule",
    "broken": "corpuslint.text",
    "compile_re": "corpuslint.text.patterns",
    "cut": "corpuslint.facts.layout",
    "edits_by_line": "corpuslint.facts.layout",
    "is_in_address": "corpuslint.facts.protected",
    "addresses": "corpuslint.facts",
    "declared_dates": "corpuslint.facts",
    "duplicates": "corpuslint.facts",
    "furniture": "corpuslint.facts",
    "invisible": "corpuslint.text",
    "label_words": "corpuslint.facts",
    "labels": "corpuslint.facts",
    "markup": "corpuslint.text",
    "non_joiners": "corpuslint.facts",
    "openers": "corpuslint.facts",
    "page_lines": "corpuslint.facts",
    "phrase_pattern": "corpuslint.text.phrases",
    "phrasebook": "corpuslint.facts",
    "repetition": "corpuslint.facts",
    "same_letters": "corpuslint.languages",
    "sorani": "corpuslint.facts",
    "sources": "corpuslint.facts",
    "wrapped_runs": "corpuslint.facts.wrapping",
}

_MODULES = frozenset(
    [
        "addresses",
        "broken",
        "declared_dates",
        "duplicates",
        "furniture",
        "invisible",
        "label_words",
        "labels",
        "markup",
        "non_joiners",
        "openers",
        "page_lines",
        "phrasebook",
        "repetition",
        "sorani",
        "sources",
    ]
)
"""The public names that are modules."""


def __getattr__(name: str) -> object:
    """The public name, from the module it lives in."""
    if name not in _HOMES:
        raise AttributeError(f"module {__name__!r} has no attribute {name!r}")
    home = import_module(_HOMES[name])
    found: object = import_module(f"{_HOMES[name]}.{name}") if name in _MODULES else getattr(home, name)
    globals()[name] = found  # asked for once only
    return found


def __dir__() -> list[str]:
    """The public names."""
    return sorted(__all__)
