"""JUnit XML, for CI systems that show tests: a suite a document, a failed case a finding.

Where nothing was found there is one case that passed, because an empty file breaks some readers.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from itertools import groupby
from xml.sax.saxutils import escape, quoteattr

from corpuslint.reporting.json import OBEYED
from corpuslint.reporting.report import Finding, Report
from corpuslint.reporting.terminal import Terminal
from corpuslint.text.patterns import compile_re
from corpuslint.text.templates import template
from corpuslint.text.visible import shown

# What XML 1.0 cannot hold at all, not even as a character reference.
_ILLEGAL = compile_re("[^\t\n\r\x20-\ud7ff\ue000-\ufffd\U00010000-\U0010ffff]")


def render(report: Report, terminal: Terminal) -> Iterator[str]:
    """The suites, a finding at a time."""
    groups = groupby(report.findings, key=lambda finding: finding.source)
    suites = ((source, tuple(findings)) for source, findings in groups)
    page = template("reporting/data/junit.xml", attribute=_attribute, content=_content, shown=shown)
    yield from page.generate(total=len(report.findings), suites=suites, classname=_classname, body=_body)


def _classname(finding: Finding) -> str:
    return re.sub(r"\.[^./]+$", "", finding.path)


def _body(finding: Finding) -> str:
    body = f"line {finding.start.row}, column {finding.start.column}, {shown(finding.message)}"
    # Indented: a CI system prints this to its log, where a line that begins with `::` would be a command.
    return f"{body}\n  {finding.excerpt.marked}" if finding.is_span else body


def _attribute(text: str) -> str:
    return _disarmed(quoteattr(_ILLEGAL.sub("\N{REPLACEMENT CHARACTER}", text)))


def _content(text: str) -> str:
    return _disarmed(escape(_ILLEGAL.sub("\N{REPLACEMENT CHARACTER}", text)))


def _disarmed(written: str) -> str:
    """XML with references in place of what a terminal or a runner of CI would obey in a log."""
    return OBEYED.sub(lambda match: f"{match[0][:-1]}&#{ord(match[0][-1])};", written)
