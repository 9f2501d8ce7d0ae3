"""The public names, each imported from the module that it is in, one statement a line: `__init__.py` reads them."""

from corpuslint.api import check as check, fix as fix
from corpuslint.facts import absolute_dates as absolute_dates, addresses as addresses
from corpuslint.facts import declared_dates as declared_dates, duplicates as duplicates, furniture as furniture
from corpuslint.facts import label_words as label_words, labels as labels, name_lines as name_lines
from corpuslint.facts import non_joiners as non_joiners, openers as openers, outlets as outlets
from corpuslint.facts import page_lines as page_lines, phrasebook as phrasebook, repetition as repetition
from corpuslint.facts import sorani as sorani, sources as sources, stated as stated
from corpuslint.facts.anatomy import Anatomy as Anatomy
from corpuslint.facts.layout import Line as Line, cut as cut, edits_by_line as edits_by_line
from corpuslint.facts.markers import STORY_MARKERS as STORY_MARKERS
from corpuslint.facts.protected import is_in_address as is_in_address
from corpuslint.facts.roles import Role as Role
from corpuslint.facts.wrapping import wrapped_runs as wrapped_runs
from corpuslint.languages import LANGUAGES as LANGUAGES, same_letters as same_letters
from corpuslint.linter import Findings as Findings, Linter as Linter, check_text as check_text, fix_text as fix_text
from corpuslint.linter import load_rules as load_rules
from corpuslint.model.diagnostic import Diagnostic as Diagnostic, Related as Related
from corpuslint.model.document import Document as Document, DocumentId as DocumentId, Metadata as Metadata
from corpuslint.model.document import Origin as Origin
from corpuslint.model.diagnostic import Edit as Edit, FieldChange as FieldChange, Fix as Fix, Split as Split
from corpuslint.model.levels import Applicability as Applicability, Scope as Scope, Severity as Severity
from corpuslint.model.rule import CorpusRule as CorpusRule, Docs as Docs, EditBudget as EditBudget, Example as Example
from corpuslint.model.rule import Rule as Rule, RuleCode as RuleCode, RuleSpec as RuleSpec, Triggers as Triggers
from corpuslint.packs.kinds import DeclarativeRule as DeclarativeRule
from corpuslint.pipeline.dataset import build as build
from corpuslint.reporting.report import Finding as Finding
from corpuslint.text import broken as broken, invisible as invisible, markup as markup
from corpuslint.text.patterns import compile_re as compile_re
from corpuslint.text.phrases import phrase_pattern as phrase_pattern
from corpuslint.text.positions import LineIndex as LineIndex, Position as Position, Span as Span
from corpuslint.version import __version__ as __version__
