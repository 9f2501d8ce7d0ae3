"""Fixes planned and carried out at once."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from corpuslint.formats.rewriting import Rewrite, plan_lines, plan_text


def rewrite_text(
    filename: str, read: bytes, rewrite: Rewrite, fields: Mapping[str, str] | None = None
) -> tuple[str, ...]:
    """Carry out `plan_text`; the names of the files made or changed."""
    plan = plan_text(filename, read, rewrite, fields or {})
    plan.carry_out()
    return tuple(file.filename for file in plan.files)


def rewrite_lines(
    filename: str, read: bytes, rewrites: Sequence[Rewrite], fields: Mapping[str, str] | None = None
) -> None:
    """Carry out `plan_lines`."""
    plan_lines(filename, read, rewrites, fields or {}).carry_out()
