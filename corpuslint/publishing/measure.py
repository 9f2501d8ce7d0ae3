"""What is measured of a version while it is written: the numbers its card states, and bar charts of them.

The charts are SVG: plain text, the same bytes everywhere, readable by browsers and by the Hub.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass, field
from html import escape

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

_MOST_BARS = 40
_ROW, _LABEL, _BAR = 22, 220, 420


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


def plots(measures: Measures) -> dict[str, str]:
    """The charts a version has data for: file name -> SVG."""
    months = sorted(measures.months.items())
    if len(months) > _MOST_BARS:
        years: dict[str, int] = {}
        for month, count in months:
            years[month[:4]] = years.get(month[:4], 0) + count
        months = sorted(years.items())[-_MOST_BARS:]
    rules = sorted(measures.edits.items(), key=lambda item: (-item[1], item[0]))[:_MOST_BARS]
    sources = sorted(measures.sources.items(), key=lambda item: (-item[1], item[0]))[:_MOST_BARS]
    charts = {
        "months.svg": ("Records by date", months),
        "rules.svg": ("Edits by rule", rules),
        "sources.svg": ("Records by source", sources),
    }
    return {name: _bars(title, bars) for name, (title, bars) in charts.items() if len(bars) > 1}


def _bars(title: str, bars: Sequence[tuple[str, int]]) -> str:
    height = 40 + _ROW * len(bars)
    most = max(count for _, count in bars)
    lines = [
        f'<svg xmlns="http://www.w3.org/2000/svg" width="{_LABEL + _BAR + 80}" height="{height}" role="img"'
        ' font-family="sans-serif" font-size="13">',
        f"<title>{escape(title)}</title>",
        '<rect width="100%" height="100%" fill="#ffffff"/>',
        f'<text x="12" y="24" font-weight="bold" fill="#1f2937">{escape(title)}</text>',
    ]
    for row, (label, count) in enumerate(bars):
        top = 36 + row * _ROW
        width = max(1, round(_BAR * count / most))
        short = label if len(label) <= 28 else label[:27] + "…"
        name = escape(_printable(short))
        lines += [
            f'<text x="{_LABEL - 8}" y="{top + 14}" text-anchor="end" fill="#374151">{name}</text>',
            f'<rect x="{_LABEL}" y="{top + 2}" width="{width}" height="{_ROW - 6}" fill="#2563eb"/>',
            f'<text x="{_LABEL + width + 6}" y="{top + 14}" fill="#374151">{count:,}</text>',
        ]
    return "\n".join([*lines, "</svg>"]) + "\n"


def _printable(text: str) -> str:
    """XML forbids control characters even as references."""
    return "".join(character if character.isprintable() else " " for character in text)
