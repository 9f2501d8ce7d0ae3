"""Bar charts of a version as SVG: plain text, the same bytes everywhere, readable by browsers and by the Hub."""

from __future__ import annotations

from collections.abc import Sequence
from html import escape

from corpuslint.publishing.measure import Measures

_MOST_BARS = 40
_ROW, _LABEL, _BAR = 22, 220, 420


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
