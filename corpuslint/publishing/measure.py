"""What is measured of a version while it is written: the numbers its card states."""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass, field

from corpuslint.publishing.parquet import Plain

LETTERS = {
    "Arabic kaf": "\N{ARABIC LETTER KAF}",
    "keheh": "\N{ARABIC LETTER KEHEH}",
    "Arabic yeh": "\N{ARABIC LETTER YEH}",
    "Farsi yeh": "\N{ARABIC LETTER FARSI YEH}",
    "alef maksura": "\N{ARABIC LETTER ALEF MAKSURA}",
    "ZWNJ": "\N{ZERO WIDTH NON-JOINER}",
    "tatweel": "\N{ARABIC TATWEEL}",
}
"""The letters whose mix tells which keyboard, and which pipeline, a text went through."""


@dataclass(slots=True)
class Measures:
    """Counts over the rows of a version. Mutable while it is written; the order of rows makes no difference."""

    languages: Counter[str] = field(default_factory=Counter)
    characters: Counter[str] = field(default_factory=Counter)
    words: Counter[str] = field(default_factory=Counter)
    letters: dict[str, Counter[str]] = field(default_factory=dict)
    sources: Counter[str] = field(default_factory=Counter)
    months: Counter[str] = field(default_factory=Counter)
    unknown: Counter[str] = field(default_factory=Counter)
    left: Counter[tuple[str, str]] = field(default_factory=Counter)
    edits: Counter[str] = field(default_factory=Counter)
    edited_records: set[str] = field(default_factory=set)
    withheld: Counter[str] = field(default_factory=Counter)
    reasons: Counter[str] = field(default_factory=Counter)
    suppressed: Counter[str] = field(default_factory=Counter)
    stories: int = 0
    newest: str = ""

    def record(self, row: Plain) -> None:
        """Count one record."""
        language, text = row["language"], row["text"]
        self.languages[language] += 1
        self.characters[language] += len(text)
        self.words[language] += len(text.split())
        counts = self.letters.setdefault(language, Counter())
        for name, letter in LETTERS.items():
            counts[name] += text.count(letter)
        for column in ("title", "published", "source", "url"):
            self.unknown[column] += row[column] is None
        if row["source"] is not None:
            self.sources[row["source"]] += 1
        if row["published"] is not None and _is_date(row["published"]):
            self.months[row["published"][:7]] += 1
            self.newest = max(self.newest, row["published"][:10])
        self.stories += row["story_index"] > 0
        for found in row["findings"]:
            self.left[found["code"], found["severity"]] += found["count"]

    def edit(self, row: Plain) -> None:
        """Count one edit."""
        self.edits[row["code"]] += 1
        self.edited_records.add(row["id"])

    def quarantine(self, row: Plain) -> None:
        """Count one withheld story."""
        self.reasons[row["reason"]] += 1
        for code in row["codes"]:
            self.withheld[code] += 1


def _is_date(text: str) -> bool:
    day = text[:10]
    return len(day) == 10 and day[4] == day[7] == "-" and day.replace("-", "").isdecimal() and day.isascii()
