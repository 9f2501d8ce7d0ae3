"""Frozen values that are made quickly are the same values, and as frozen."""

from __future__ import annotations

import dataclasses
import pickle

import pytest

from corpuslint.model.diagnostic import Diagnostic, make_diagnostic
from corpuslint.model.document import DocumentId
from corpuslint.model.levels import Scope, Severity
from corpuslint.text.positions import Span

MADE = make_diagnostic("LET001", "letter", "a letter", Severity.ERROR, DocumentId("a"), Span(1, 2))


def test_is_what_the_class_makes() -> None:
    same = Diagnostic("LET001", "letter", "a letter", Severity.ERROR, DocumentId("a"), Span(1, 2))
    assert (type(MADE), MADE) == (Diagnostic, same)


def test_defaults_are_those_of_the_class_and_shared_by_nobody() -> None:
    other = make_diagnostic("LET001", "letter", "a letter", Severity.ERROR, DocumentId("a"))
    assert (other.scope, other.confidence, other.evidence) == (Scope.SPAN, 1.0, {})
    assert other.evidence is not MADE.evidence


def test_cannot_be_changed() -> None:
    with pytest.raises(dataclasses.FrozenInstanceError):
        MADE.code = "LET002"  # type: ignore[misc]


def test_copies_and_travels() -> None:
    assert pickle.loads(pickle.dumps(MADE)) == MADE
    assert dataclasses.replace(MADE, code="LET002").code == "LET002"
