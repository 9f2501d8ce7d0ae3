"""Fixes planned and carried out at once."""

from __future__ import annotations

from collections.abc import Mapping

from corpuslint.formats.rewriting import plan_lines, plan_text
from corpuslint.model.ledger import Rewrite


def rewrite_text(filename: str, read: bytes, *texts: Rewrite) -> tuple[str, ...]:
    """Carry out `plan_text`; the names of the files made or changed."""
    plan = plan_text(filename, read, texts)
    plan.carry_out()
    return tuple(file.filename for file in plan.files)


def rewrite_lines(
    filename: str, read: bytes, index: int, *texts: Rewrite, fields: Mapping[str, str] | None = None
) -> None:
    """Carry out `plan_lines` for one record."""
    plan_lines(filename, read, [(index, texts)], fields or {}).carry_out()
