"""Reading back what was stored, without running what is in it.

A cache folder can come with a repository that somebody else wrote, and unpickling runs code. Here a stored value may
name nothing but the frozen values of corpuslint that reports are made of.
"""

from __future__ import annotations

import io
import pickle
from typing import Any

_ALLOWED = frozenset(
    {
        ("corpuslint.running.run", "Gathered"),
        ("corpuslint.running.run", "Changed"),
        ("corpuslint.running.coverage", "Coverage"),
        ("corpuslint.reporting.report", "Finding"),
        ("corpuslint.reporting.report", "Place"),
        ("corpuslint.reporting.report", "PlacedEdit"),
        ("corpuslint.reporting.report", "Record"),
        ("corpuslint.text.visible", "Excerpt"),
        ("corpuslint.model.diagnostic", "Diagnostic"),
        ("corpuslint.model.diagnostic", "Related"),
        ("corpuslint.model.document", "Document"),
        ("corpuslint.model.document", "Origin"),
        ("corpuslint.model.fix", "Edit"),
        ("corpuslint.model.fix", "FieldChange"),
        ("corpuslint.model.fix", "Fix"),
        ("corpuslint.model.fix", "Split"),
        ("corpuslint.model.levels", "Applicability"),
        ("corpuslint.model.levels", "Scope"),
        ("corpuslint.model.levels", "Severity"),
        ("corpuslint.text.positions", "Span"),
        ("builtins", "set"),
        ("builtins", "frozenset"),
        ("builtins", "dict"),
        ("builtins", "int"),
        ("builtins", "list"),
        ("collections", "Counter"),
        ("collections", "defaultdict"),
        ("copyreg", "__newobj__"),
    }
)


class _Reader(pickle.Unpickler):
    def find_class(self, module: str, name: str) -> Any:
        if (module, name) in _ALLOWED:
            return super().find_class(module, name)
        raise pickle.UnpicklingError(f"{module}.{name} has no place in a stored result")


def loads(data: bytes) -> Any:
    """The stored value. pickle.UnpicklingError where it names anything that is not one of our values."""
    return _Reader(io.BytesIO(data)).load()
