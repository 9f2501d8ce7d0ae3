"""corpuslint: a linter and dataset packager for Arabic-script news corpora.

This page is what rule packs and programs import; everything else is the house's own business.
"""

from corpuslint.facts import duplicates, furniture, labels, openers, phrasebook, repetition, sources
from corpuslint.facts.anatomy import Anatomy
from corpuslint.facts.layout import Line, cut
from corpuslint.facts.markers import STORY_MARKERS
from corpuslint.facts.roles import Role
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
from corpuslint.text import invisible
from corpuslint.text.phrases import phrase_pattern
from corpuslint.text.positions import LineIndex, Position, Span
from corpuslint.version import __version__

__all__ = [
    "STORY_MARKERS",
    "Anatomy",
    "Applicability",
    "CorpusRule",
    "Diagnostic",
    "Docs",
    "Document",
    "DocumentId",
    "Edit",
    "EditBudget",
    "Example",
    "FieldChange",
    "Fix",
    "Line",
    "LineIndex",
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
    "cut",
    "duplicates",
    "furniture",
    "invisible",
    "labels",
    "openers",
    "phrase_pattern",
    "phrasebook",
    "repetition",
    "sources",
]
