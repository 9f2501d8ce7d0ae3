"""The lists of labels: which words announce keywords, a photo, an author, a section, other pieces, a date, a source."""

from __future__ import annotations

import re
from typing import NamedTuple

from corpuslint.facts.phrasebook import derived, entries
from corpuslint.words.reading import read

KINDS = ("keywords", "photo", "author", "section", "related", "date", "source")
"""What a label announces, in the order in which lists that share a word are asked."""


def listed_labels(kind: str) -> tuple[str, ...]:
    """The label phrases of one kind, as the lists spell them."""
    if kind == "date":
        return tuple(label.words for label in date_labels())
    return tuple(phrase for _, phrase in entries("sources" if kind == "source" else "artefacts", f"labels-{kind}"))


class DateLabel(NamedTuple):
    """A label before a date: what the date is of ("published", "updated", "date"), and whether prose never opens so."""

    language: str
    meaning: str
    strong: bool
    words: str

    @property
    def everyday(self) -> bool:
        """Whether it is one word that prose uses too, and tells nothing without a sign beside it."""
        return not self.strong and not self.words[0].isascii() and len(read(self.words).keys) == 1


@derived
def date_labels() -> tuple[DateLabel, ...]:
    """The date labels of all languages; a label that a user's list adds needs a colon."""
    found = []
    for language, entry in entries("dates", "labels"):
        *said, words = entry.split("\t")
        meaning, strength = said if len(said) == 2 else (meaning_of_label(words), "weak")
        found.append(DateLabel(language, meaning, strength == "strong", words))
    return tuple(found)


def label_words(*kinds: str) -> tuple[str, ...]:
    """The label phrases of `kinds`, as the lists spell them; for `related`, verbs that send the reader on too."""
    more = tuple(phrase for _, phrase in entries("artefacts", "words-read")) if "related" in kinds else ()
    return more + tuple(phrase for kind in kinds for phrase in listed_labels(kind))


def meaning_of_label(words: str) -> str:
    """What the date behind an unlisted label is of: "updated" or "published"."""
    return "updated" if re.search("تحديث|تعديل|روز.?رسان|نوێکردن|[Uu]pdat|[Mm]odif", words) else "published"
