"""Findings that are known and do not count: the words that baselines and suppressions share.

Both park a finding under somebody's name, for a reason, until a day; both say when a word of theirs is no longer
needed or no longer holds.
"""

from __future__ import annotations

import datetime
import os
from collections.abc import Callable, Mapping, Sequence
from typing import Any, Generic, Protocol, TypeVar

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


def day_of(value: object) -> datetime.date | None:
    """The day that `expires` names: an ISO date, or a TOML date; None for anything else."""
    if isinstance(value, datetime.datetime):
        return value.date()
    if isinstance(value, datetime.date):
        return value
    if not isinstance(value, str):
        return None
    try:
        return datetime.date.fromisoformat(value)
    except ValueError:
        return None


def strings_of(entry: object, keys: Sequence[str], needed: Sequence[str] = ()) -> dict[str, str]:
    """The strings of one written entry by key, "" for those that it lacks; `expires` is left to `expiry_of`.

    Raises TypeError, which names the key, for an unknown key, another value, or one of `needed` without a word.
    """
    if not isinstance(entry, Mapping):
        raise TypeError("an entry must be a table, an object in JSON")
    if unknown := sorted(set(entry) - set(keys)):
        raise TypeError(f"unknown key '{unknown[0]}' (known: {', '.join(keys)})")
    strings = {key: entry.get(key, "") for key in keys if key != "expires"}
    for key, value in strings.items():
        if not isinstance(value, str):
            raise TypeError(f"'{key}' must be a string, not {value!r}")
        if key in needed and not value.strip():
            raise TypeError(f"an entry needs '{key}'")
    return strings


def expiry_of(table: Any) -> datetime.date | None:
    """The day under `expires`, None where there is none.

    Raises TypeError for what is no date: a typing mistake must not park a finding for ever.
    """
    value = table.get("expires", "")
    if value == "":
        return None
    day = day_of(value)
    if day is None:
        raise TypeError(f"'expires' must be a date like 2027-01-31, not {value!r}")
    return day
