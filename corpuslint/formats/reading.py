"""What every reader yields and takes."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from enum import Enum

from corpuslint.model.document import Origin


class TroubleKind(Enum):
    """Why there is no document where one should be."""

    UNREADABLE = "unreadable"
    SKIPPED = "skipped"
    BROKEN = "broken"


@dataclass(frozen=True, slots=True)
class Trouble:
    """A file or record that gave no document, and the reason in words."""

    kind: TroubleKind
    reason: str
    origin: Origin


@dataclass(frozen=True, slots=True)
class ReadOptions:
    """How to read. `fields` maps our metadata key to the name it has in the user's records."""

    fields: Mapping[str, str] = field(default_factory=dict)
    language: str = ""
    max_bytes: int = 0
