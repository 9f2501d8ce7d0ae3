"""What every reader yields and takes."""

from __future__ import annotations

import fnmatch
import os
from collections.abc import Iterable, Iterator, Mapping
from enum import Enum
from pathlib import Path

import msgspec
from msgspec import structs

from corpuslint.model.document import Document, MetadataValue, Origin


class TroubleKind(Enum):
    """Why there is no document where one should be."""

    UNREADABLE = "unreadable"
    SKIPPED = "skipped"
    BROKEN = "broken"


class Trouble(msgspec.Struct, frozen=True):
    """A file or record that gave no document, and the reason in words."""

    kind: TroubleKind
    reason: str
    origin: Origin

    @property
    def refusal(self) -> tuple[str, ...]:
        """Which file cannot be read, and why; nothing where only a record of it cannot, or a file is skipped."""
        unreadable = self.kind is TroubleKind.UNREADABLE
        return (f"{self.origin.filename}: the file cannot be read: {self.reason}",) if unreadable else ()


class Defaults(msgspec.Struct, frozen=True):
    """Metadata that holds for the documents of some files where they declare none, as a configuration says it.

    Patterns are relative to `root`; one without a slash holds for file names anywhere.
    """

    files: tuple[str, ...]
    metadata: Mapping[str, MetadataValue]
    root: Path = Path()


class ReadOptions(msgspec.Struct, frozen=True):
    """How to read. `fields` maps our metadata key to the name it has in the user's records.

    Of two `defaults` that hold for a file, the later wins.
    """

    fields: Mapping[str, str] = {}
    language: str = ""
    max_bytes: int = 0
    defaults: tuple[Defaults, ...] = ()

    @property
    def text_field(self) -> str:
        """The name of the text in the user's records."""
        return self.fields.get("text", "text")

    def defaults_of(self, filename: str) -> dict[str, MetadataValue]:
        """The metadata that holds for the documents of one file where they declare none."""
        known: dict[str, MetadataValue] = {"language": self.language} if self.language else {}
        for table in self.defaults:
            if is_any_of(filename, table.files, table.root):
                known |= table.metadata
        return known

    def completed(self, contents: Iterable[Document | Trouble], filename: str) -> Iterator[Document | Trouble]:
        """The contents of a file, documents with what holds for them where they declare nothing or a blank; OSError
        while it is read is trouble with it."""
        known = self.defaults_of(filename)
        try:
            for content in contents:
                yield self.complete(content, known) if known and isinstance(content, Document) else content
        except FileNotFoundError:
            yield Trouble(TroubleKind.UNREADABLE, "it is gone, or a link that leads nowhere", Origin(filename))
        except OSError as error:
            yield Trouble(TroubleKind.UNREADABLE, error.strerror or str(error), Origin(filename))

    def complete(self, document: Document, known: Mapping[str, MetadataValue] | None = None) -> Document:
        """One document with what holds for its file where it declares nothing or a blank."""
        from corpuslint.facts.stated import is_no_value  # its word lists are for runs that read documents

        given = self.defaults_of(document.origin.filename) if known is None else known
        lacking = {key: value for key, value in given.items() if is_no_value(key, document.declared(key))}
        return structs.replace(document, metadata={**document.metadata, **lacking}) if lacking else document

    def as_in(self, filename: str) -> ReadOptions:
        """How to read content that was, or will be, in the file of this name, and lies elsewhere now."""
        return structs.replace(self, language="", defaults=(Defaults(("*",), self.defaults_of(filename)),))


def placed(name: str, root: Path) -> str:
    """A file name as seen from `root`: the same whatever folder the run was started in.

    >>> placed("corpus/seeds/a.txt", Path("corpus"))
    'seeds/a.txt'
    """
    if "://" in name:
        return name
    here, home = os.path.abspath(name), os.path.abspath(root)  # noqa: PTH100 - links stay as they were named
    return Path(os.path.relpath(here, home)).as_posix()


def is_any_of(filename: str, patterns: Iterable[str], root: Path) -> bool:
    """Whether one of the patterns holds for a file: as it is named, by its own name, or as seen from `root`."""
    names = (filename, Path(filename).name, placed(filename, root))
    return any(fnmatch.fnmatchcase(name, pattern) for pattern in patterns for name in names)
