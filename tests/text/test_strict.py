"""A value that does not fit its type is told by its key."""

from __future__ import annotations

from uuid import UUID

import pytest
from msgspec import Struct

from corpuslint.text.strict import WrongTableError, typed


class Numbered(Struct):
    number: UUID


def test_what_the_schema_cannot_tell_is_told_by_its_key() -> None:
    with pytest.raises(WrongTableError, match="'number': Invalid UUID") as caught:
        typed({"number": "x"}, Numbered)
    assert caught.value.key == "number"
