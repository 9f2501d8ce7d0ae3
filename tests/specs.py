"""Descriptions of rules that only tests have."""

from __future__ import annotations

from typing import Any

from corpuslint import Docs, Example, RuleCode, RuleSpec, Severity


def spec(code: str = "TST001", message: str = "m", **more: Any) -> RuleSpec:
    """An error's description, as short as one can be; `more` are fields of `RuleSpec`."""
    shortest = {"docs": Docs("f", "w"), "invalid": (Example("x"),), "valid": (Example("y"),)}
    return RuleSpec(**{
        "code": RuleCode(code), "name": code.lower(), "summary": "s", "message": message, "severity": Severity.ERROR,
        **shortest, **more,
    })  # fmt: skip
