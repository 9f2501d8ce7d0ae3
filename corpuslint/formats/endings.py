"""What a file name says of its format, in any case of letters: `A.TXT` is a text, `b.NDJSON` holds a record a line."""

from __future__ import annotations

READERS: dict[str, str] = {
    ".txt": "corpuslint.formats.text",
    ".jsonl": "corpuslint.formats.jsonl",
    ".ndjson": "corpuslint.formats.jsonl",
    ".jsonl.gz": "corpuslint.formats.jsonl",
    ".jsonl.zst": "corpuslint.formats.jsonl",
    ".ndjson.gz": "corpuslint.formats.jsonl",
    ".ndjson.zst": "corpuslint.formats.jsonl",
    ".parquet": "corpuslint.formats.parquet",
    ".csv": "corpuslint.formats.csv",
}
"""Ending of a file name -> the module whose `read(filename, options)` yields its documents."""

ENDINGS = tuple(READERS)

_LINES = (".jsonl", ".ndjson")
_TEXT = ".txt"
_SIDECAR = ".meta.json"


def is_read(name: str) -> bool:
    """Whether there is a reader for a file of this name."""
    return name.lower().endswith(ENDINGS)


def is_text(name: str) -> bool:
    """Whether the file is one document, with its metadata beside it.

    >>> is_text("a.txt"), is_text("A.TXT"), is_text("a.jsonl")
    (True, True, False)
    """
    return name[-4:].lower() == _TEXT


def is_lines(name: str) -> bool:
    """Whether each line of the file is a record, so that it can be cut, rewritten and pointed into line by line.

    >>> is_lines("a.jsonl"), is_lines("A.NDJSON"), is_lines("a.jsonl.gz")
    (True, True, False)
    """
    return name.lower().endswith(_LINES)


def stem_of(name: str) -> str:
    """The name of a text file without its ending; of any other file, the whole name.

    >>> stem_of("a.b.TXT"), stem_of("a.jsonl")
    ('a.b', 'a.jsonl')
    """
    return name[:-4] if is_text(name) else name


def sidecar_name(name: str) -> str:
    """The name of the file that holds the metadata of a text.

    >>> sidecar_name("news/a.TXT")
    'news/a.meta.json'
    """
    return stem_of(name) + _SIDECAR


def is_sidecar(name: str) -> bool:
    """Whether the file holds metadata of a text.

    >>> is_sidecar("a.meta.json"), is_sidecar("a.META.JSON"), is_sidecar("a.json")
    (True, True, False)
    """
    return name.lower().endswith(_SIDECAR)


def described_by(name: str) -> tuple[str, ...]:
    """The names that a text may have whose metadata a file of this name holds.

    >>> described_by("news/a.meta.json")
    ('news/a.txt', 'news/a.TXT')
    """
    return tuple(name[: -len(_SIDECAR)] + ending for ending in (_TEXT, _TEXT.upper()))


def story_name(name: str, number: int) -> str:
    """The name of the file that a story split off a text goes to.

    >>> story_name("a.txt", 2), story_name("B.TXT", 3)
    ('a.story-2.txt', 'B.story-3.TXT')
    """
    return f"{stem_of(name)}.story-{number}{name[-4:]}"
