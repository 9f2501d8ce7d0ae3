"""A page of Markdown: what a step summary, a merge request note or a wiki shows. Counts first, then some examples.

GitHub cuts a step summary at 1 MiB, so the page is bounded however many findings there are.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterator

from corpuslint.model.levels import Applicability
from corpuslint.reporting.report import Finding, Report
from corpuslint.reporting.summary import by_themselves, headline
from corpuslint.reporting.tallies import Tally, tallies
from corpuslint.reporting.terminal import Terminal
from corpuslint.text.patterns import compile_re
from corpuslint.text.visible import shown

_MOST_RULES = 100
_MOST_DOCUMENTS = 20
_MOST_EXAMPLES = 30
_SPECIAL = compile_re(r"([\\`*_{}\[\]<>()#+!|~&@$-])")


def render(report: Report, terminal: Terminal) -> Iterator[str]:
    """Headline, gates, a table of rules, a table of the worst documents, one example a rule."""
    yield f"### corpuslint: {headline(report)}\n\n"
    for gate in report.summary.gates:
        yield f"- **gate**: {_plain(gate)}\n"
    if report.summary.gates:
        yield "\n"
    fixable = report.fixable(Applicability.SAFE)
    if fixable:
        yield f"`corpuslint check --fix` mends {fixable:,} of them.\n\n"
    rows = tallies(report)
    if rows:
        yield from _rules(rows)
        yield from _documents(report)
        yield from _examples(rows)
    if report.parked:
        yield f"Parked by baseline or suppression: {len(report.parked):,}{by_themselves(report)}.\n"
    for note in report.summary.notes:
        yield f"\n{_plain(note)}\n"


def _rules(rows: tuple[Tally, ...]) -> Iterator[str]:
    yield "| findings | documents | severity | rule | fixable |\n|---:|---:|---|---|---|\n"
    for row in rows[:_MOST_RULES]:
        fixable = f"{row.safe:,}" + (f" + {row.unsafe:,} unsafe" if row.unsafe else "")
        rule = f"[{row.code}]({row.first.url})" if row.first.url else row.code
        yield (
            f"| {row.findings:,} | {row.documents:,} | {row.severity.value} | {rule} {_plain(row.name)} | {fixable} |\n"
        )
    if len(rows) > _MOST_RULES:
        yield f"\n{len(rows) - _MOST_RULES:,} more rules reported.\n"
    yield "\n"


def _documents(report: Report) -> Iterator[str]:
    counts = Counter(finding.source for finding in report.findings)
    ranked = sorted(counts.items(), key=lambda item: (-item[1], item[0]))
    if len(ranked) < 2:
        return
    yield "| findings | document |\n|---:|---|\n"
    for source, count in ranked[:_MOST_DOCUMENTS]:
        yield f"| {count:,} | {_plain(source)} |\n"
    if len(ranked) > _MOST_DOCUMENTS:
        yield f"\n{len(ranked) - _MOST_DOCUMENTS:,} more documents have findings.\n"
    yield "\n"


def _examples(rows: tuple[Tally, ...]) -> Iterator[str]:
    yield "<details><summary>One example a rule</summary>\n\n"
    for row in rows[:_MOST_EXAMPLES]:
        yield f"- {row.code} {_plain(row.first.diagnostic.message)}, {_plain(row.first.place)}\n"
        if row.first.is_span:
            yield f'\n  <p dir="auto">{_html(row.first)}</p>\n\n'
    yield "\n</details>\n\n"


def _html(finding: Finding) -> str:
    before, match, after = finding.excerpt
    return f"{_plain(before)}<b>«{_plain(match)}»</b>{_plain(after)}"


def _plain(text: str) -> str:
    """Text that Markdown and the HTML in it leave as it is: a scrape must not write on the page.

    >>> _plain("<img src=x> [a](b) | c")
    '&lt;img src=x&gt; \\\\[a\\\\]\\\\(b\\\\) \\\\| c'
    """
    return _SPECIAL.sub(_escaped, shown(text))


def _escaped(match: re.Match[str]) -> str:
    return {"<": "&lt;", ">": "&gt;", "&": "&amp;"}.get(match.group(), f"\\{match.group()}")
