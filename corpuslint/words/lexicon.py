"""Words by number, and what is known of each in columns: `lexicon.columns["weight"][lexicon.table.number(key)]`."""

from __future__ import annotations

from array import array
from collections.abc import Callable, Iterable, Mapping
from pathlib import Path

import msgspec

from corpuslint.words import kernel
from corpuslint.words.store import Column, kept_arrays

Columns = Mapping[str, Mapping[int, float]]
"""By the name of a column, a number for each word key that has one; 0 for all others."""


class Table(msgspec.Struct, frozen=True, eq=False):
    """Word keys and the number of each."""

    slots: Column
    numbers: Column

    def number(self, key: int) -> int:
        """The number of a word, -1 where the table does not have it."""
        number: int = kernel.number_of(key, self.slots, self.numbers)
        return number


def table_of(keys: Iterable[int]) -> Table:
    """A table that numbers `keys` from 0; a key that comes again keeps its first number."""
    listed = array("Q", keys)
    size = 1 << max(3, (2 * len(listed)).bit_length())  # at most half of the slots are taken
    slots, numbers = array("Q", bytes(8 * size)), array("i", bytes(4 * size))
    kernel.fill_slots(slots, numbers, listed)
    return Table(slots, numbers)


def table_with(numbers: Mapping[int, int]) -> Table:
    """A table that has these numbers, which may be bits, for these keys."""
    slots = table_of(numbers).slots
    return Table(slots, array("i", (numbers.get(key, 0) for key in slots)))


KeptTable = tuple[bytes, bytes]
"""The slots and numbers of a table, as plain data that is kept between runs."""


def kept_bits(bits: Mapping[int, int]) -> KeptTable:
    """The table that has some bits for each key as its number."""
    table = table_with(bits)
    return bytes(table.slots), bytes(table.numbers)


def table_from(kept: KeptTable) -> Table:
    """The table that was kept."""
    slots, numbers = array("Q"), array("i")
    slots.frombytes(kept[0])
    numbers.frombytes(kept[1])
    return Table(slots, numbers)


class Lexicon(msgspec.Struct, frozen=True, eq=False):
    """A table of words with columns: `columns[name][number]`."""

    table: Table
    columns: Mapping[str, Column]


def kept_lexicon(name: str, made_of: Iterable[bytes | Path], make: Callable[[], Columns]) -> Lexicon:
    """The lexicon of the columns that `make` gives, kept between runs (`words.store`) while `made_of` is the same."""
    return _lexicon(kept_arrays(name, made_of, lambda: _arrays(make())))


def lexicon_of(columns: Columns) -> Lexicon:
    """The lexicon of these columns, in memory."""
    return _lexicon(_arrays(columns))


def _lexicon(arrays: Mapping[str, Column]) -> Lexicon:
    columns = {name: column for name, column in arrays.items() if name not in ("slots", "numbers")}
    return Lexicon(Table(arrays["slots"], arrays["numbers"]), columns)


def _arrays(columns: Columns) -> Mapping[str, Column]:
    keys = array("Q", dict.fromkeys(key for column in columns.values() for key in column))
    table = table_of(keys)
    values = {name: array("d", (column.get(key, 0.0) for key in keys)) for name, column in columns.items()}
    return {"slots": table.slots, "numbers": table.numbers, **values}
