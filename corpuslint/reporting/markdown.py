"""A page of Markdown: what a step summary, a merge request note or a wiki shows. Counts first, then some examples.

GitHub cuts a step summary at 1 MiB, so the page is bounded however many findings there are.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator

from corpuslint.model.levels import Applicability
from corpuslint.reporting.report import Report
from corpuslint.reporting.summary import by_themselves, headline, tallies
from corpuslint.reporting.terminal import Terminal
from corpuslint.text.patterns import compile_re
from corpuslint.text.templates import template
from corpuslint.text.visible import shown

_MOST_RULES = 100
_MOST_DOCUMENTS = 20
_MOST_EXAMPLES = 30
_SPECIAL = compile_re(r"([\\`*_{}\[\]<>()#+!|~&@$-])")


def render(report: Report, terminal: Terminal) -> Iterator[str]:
    """Headline, gates, a table of rules, a table of the worst documents, one example a rule."""
    documents = Counter(finding.source for finding in report.findings)
    yield template("reporting/data/summary.md", plain=_plain).render(
        report=report,
        headline=headline(report),
        fixable=report.count(Applicability.SAFE),
        rows=tallies(report),
        documents=sorted(documents.items(), key=lambda item: (-item[1], item[0])),
        by_themselves=by_themselves(report),
        most_rules=_MOST_RULES,
        most_documents=_MOST_DOCUMENTS,
        most_examples=_MOST_EXAMPLES,
    )


def _plain(text: str) -> str:
    """Text that Markdown and the HTML in it leave as it is: a scrape must not write on the page.

    >>> _plain("<img src=x> [a](b) | c")
    '&lt;img src=x&gt; \\\\[a\\\\]\\\\(b\\\\) \\\\| c'
    """
    entities = {"<": "&lt;", ">": "&gt;", "&": "&amp;"}
    return _SPECIAL.sub(lambda match: entities.get(match[0], f"\\{match[0]}"), shown(text))
