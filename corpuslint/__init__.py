"""corpuslint: a linter and dataset packager for Arabic-script news corpora.

`check_text`, `fix_text` and `Linter` are for texts and tables in memory, `check`, `fix` and `build` for files; the rest
of this page is what rule packs import, and everything else is the house's own business. A name is looked up when it is
asked for, so that `corpuslint --help` does not load what only rules need.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from corpuslint.version import __version__

if TYPE_CHECKING:
    from corpuslint.api import check as check, fix as fix
    from corpuslint.facts import (
        absolute_dates as absolute_dates,
        addresses as addresses,
        declared_dates as declared_dates,
        duplicates as duplicates,
        furniture as furniture,
        label_words as label_words,
        labels as labels,
        name_lines as name_lines,
        non_joiners as non_joiners,
        openers as openers,
        outlets as outlets,
        page_lines as page_lines,
        phrasebook as phrasebook,
        repetition as repetition,
        sorani as sorani,
        sources as sources,
        stated as stated,
    )
    from corpuslint.facts.anatomy import Anatomy as Anatomy
    from corpuslint.facts.layout import Line as Line, cut as cut, edits_by_line as edits_by_line
    from corpuslint.facts.markers import STORY_MARKERS as STORY_MARKERS
    from corpuslint.facts.protected import is_in_address as is_in_address
    from corpuslint.facts.roles import Role as Role
    from corpuslint.facts.wrapping import wrapped_runs as wrapped_runs
    from corpuslint.languages import LANGUAGES as LANGUAGES, same_letters as same_letters
    from corpuslint.linter import (
        Findings as Findings,
        Linter as Linter,
        check_text as check_text,
        fix_text as fix_text,
        load_rules as load_rules,
    )
    from corpuslint.model.diagnostic import Diagnostic as Diagnostic, Related as Related
    from corpuslint.model.document import (
        Document as Document,
        DocumentId as DocumentId,
        Metadata as Metadata,
        Origin as Origin,
    )
    from corpuslint.model.fix import Edit as Edit, FieldChange as FieldChange, Fix as Fix, Split as Split
    from corpuslint.model.levels import (
        Applicability as Applicability,
        Scope as Scope,
        Severity as Severity,
    )
    from corpuslint.model.rule import (
        CorpusRule as CorpusRule,
        Docs as Docs,
        EditBudget as EditBudget,
        Example as Example,
        Rule as Rule,
        RuleCode as RuleCode,
        RuleSpec as RuleSpec,
        Triggers as Triggers,
    )
    from corpuslint.packs.kinds import DeclarativeRule as DeclarativeRule
    from corpuslint.pipeline.dataset import build as build
    from corpuslint.reporting.report import Finding as Finding
    from corpuslint.text import broken as broken, invisible as invisible, markup as markup
    from corpuslint.text.patterns import compile_re as compile_re
    from corpuslint.text.phrases import phrase_pattern as phrase_pattern
    from corpuslint.text.positions import LineIndex as LineIndex, Position as Position, Span as Span

_NAMES = {
    "corpuslint.api": "check fix",
    "corpuslint.facts": "absolute_dates addresses declared_dates duplicates furniture label_words labels name_lines "
    "non_joiners openers outlets page_lines phrasebook repetition sorani sources stated",
    "corpuslint.facts.anatomy": "Anatomy",
    "corpuslint.facts.layout": "Line cut edits_by_line",
    "corpuslint.facts.markers": "STORY_MARKERS",
    "corpuslint.facts.protected": "is_in_address",
    "corpuslint.facts.roles": "Role",
    "corpuslint.facts.wrapping": "wrapped_runs",
    "corpuslint.languages": "LANGUAGES same_letters",
    "corpuslint.linter": "Findings Linter check_text fix_text load_rules",
    "corpuslint.model.diagnostic": "Diagnostic Related",
    "corpuslint.model.document": "Document DocumentId Metadata Origin",
    "corpuslint.model.fix": "Edit FieldChange Fix Split",
    "corpuslint.model.levels": "Applicability Scope Severity",
    "corpuslint.model.rule": "CorpusRule Docs EditBudget Example Rule RuleCode RuleSpec Triggers",
    "corpuslint.packs.kinds": "DeclarativeRule",
    "corpuslint.pipeline.dataset": "build",
    "corpuslint.reporting.report": "Finding",
    "corpuslint.text": "broken invisible markup",
    "corpuslint.text.patterns": "compile_re",
    "corpuslint.text.phrases": "phrase_pattern",
    "corpuslint.text.positions": "LineIndex Position Span",
}
_HOMES = {name: home for home, names in _NAMES.items() for name in names.split()}
"""Public name -> the module that it is in, or the package that it is a module of; as imported above."""

__all__ = ["__version__", *_HOMES]


def __getattr__(name: str) -> object:
    """The public name, from the module it lives in."""
    if name not in _HOMES:
        raise AttributeError(f"module {__name__!r} has no attribute {name!r}")
    found: object = getattr(__import__(_HOMES[name], fromlist=[name]), name)
    globals()[name] = found  # asked for once only
    return found


def __dir__() -> list[str]:
    """The public names."""
    return sorted(__all__)
