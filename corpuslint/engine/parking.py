"""Findings that are known and do not count: the words that baselines and suppressions share.

Both park a finding under somebody's name, for a reason, until a day; both say when a word of theirs is no longer
needed or no longer holds.
"""

from __future__ import annotations

import datetime
import os
from collections.abc import Callable
from typing import Annotated, Any, Generic, Protocol, TypeVar

import msgspec

from corpuslint.model.levels import Severity


class Known(Protocol):
    """What a finding must tell to be recognised, and to be counted."""

    @property
    def code(self) -> str: ...

    @property
    def name(self) -> str: ...

    @property
    def severity(self) -> Severity: ...

    @property
    def filename(self) -> str: ...

    @property
    def fingerprint(self) -> str: ...

    @property
    def site(self) -> str: ...

    @property
    def record_id(self) -> str: ...

    @property
    def document(self) -> str: ...

    @property
    def is_whole_file(self) -> bool: ...


def day_of(said: Any) -> Any:
    """The day that `said` names: a date, a date and time, or an ISO date. None for "", anything else as it is."""
    if isinstance(said, datetime.datetime):
        return said.date()
    if not isinstance(said, str):
        return said
    try:
        return datetime.date.fromisoformat(said) if said else None
    except ValueError:
        return said


def dated(read: Any) -> Any:
    """What was read from TOML or JSON, with a day under every `expires` that names one."""
    if isinstance(read, list):
        return [dated(one) for one in read]
    if not isinstance(read, dict):
        return read
    return {key: day_of(value) if key == "expires" else dated(value) for key, value in read.items()}


Said = Annotated[str, msgspec.Meta(pattern=r"\S")]
"""A text that may not be empty: an entry without a reason or a rule says nothing."""

F = TypeVar("F", bound=Known)
E = TypeVar("E")


class Sorted(msgspec.Struct, Generic[F, E], frozen=True):
    """Findings told apart: those that count, those that are parked (and by which entry), and entries to clear away.

    `unused` entries park nothing any more; `expired` ones would park something, but their day is over.
    """

    new: tuple[F, ...]
    parked: tuple[tuple[F, E], ...] = ()
    unused: tuple[E, ...] = ()
    expired: tuple[E, ...] = ()


class Look(msgspec.Struct, frozen=True):
    """What a run looked at: an entry about something else is not called unused."""

    covers: Callable[[str], bool]
    codes: frozenset[str]  # of the rules that ran, and their names
    today: datetime.date


def today() -> datetime.date:
    """The day that expiry is counted from; `SOURCE_DATE_EPOCH` fixes it for runs that must be repeatable."""
    fixed = os.environ.get("SOURCE_DATE_EPOCH", "")
    if fixed.isdigit():
        return datetime.datetime.fromtimestamp(int(fixed), datetime.UTC).date()
    return datetime.datetime.now(datetime.UTC).date()
