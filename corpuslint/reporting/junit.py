"""JUnit XML, for CI systems that show tests: a suite a document, a failed case a finding."""

from __future__ import annotations

import re
from collections.abc import Iterator
from itertools import groupby
from xml.sax.saxutils import escape, quoteattr

from corpuslint.reporting.json import OBEYED
from corpuslint.reporting.report import Finding, Report
from corpuslint.reporting.terminal import Terminal
from corpuslint.text.patterns import compile_re
from corpuslint.text.visible import shown

# What XML 1.0 cannot hold at all, not even as a character reference.
_ILLEGAL = compile_re("[^\t\n\r\x20-\ud7ff\ue000-\ufffd\U00010000-\U0010ffff]")


def render(report: Report, terminal: Terminal) -> Iterator[str]:
    """The suites; where nothing was found one case that passed, because an empty file breaks some readers."""
    total = len(report.findings)
    yield '<?xml version="1.0" encoding="UTF-8"?>\n'
    yield f'<testsuites name="corpuslint" tests="{max(total, 1)}" failures="{total}" errors="0">\n'
    if not total:
        yield '  <testsuite name="corpuslint" package="org.corpuslint" tests="1" failures="0" errors="0">\n'
        yield '    <testcase name="no findings" classname="corpuslint"/>\n  </testsuite>\n'
    for source, group in groupby(report.findings, key=lambda finding: finding.source):
        findings = tuple(group)
        yield (
            f'  <testsuite name={_attribute(source)} package="org.corpuslint" '
            f'tests="{len(findings)}" failures="{len(findings)}" errors="0">\n'
        )
        for finding in findings:
            yield from _case(finding)
        yield "  </testsuite>\n"
    yield "</testsuites>\n"


def _case(finding: Finding) -> Iterator[str]:
    start = finding.start
    classname = re.sub(r"\.[^./]+$", "", finding.path)
    message = shown(finding.message)
    yield (
        f"    <testcase name={_attribute(f'org.corpuslint.{finding.code}')} classname={_attribute(classname)} "
        f'line="{start.row}" column="{start.column}">\n'
    )
    body = f"line {start.row}, column {start.column}, {message}"
    if finding.is_span:
        # Indented: a CI system prints this to its log, where a line that begins with `::` would be a command.
        body += f"\n  {finding.excerpt.marked}"
    kind = _attribute(finding.severity.value)
    yield f"      <failure message={_attribute(message)} type={kind}>{_disarmed(escape(_legal(body)))}</failure>\n"
    yield "    </testcase>\n"


def _attribute(text: str) -> str:
    return _disarmed(quoteattr(_legal(text)))


def _legal(text: str) -> str:
    return _ILLEGAL.sub("\N{REPLACEMENT CHARACTER}", text)


def _disarmed(written: str) -> str:
    """XML with references in place of what a terminal or a runner of CI would obey in a log."""
    return OBEYED.sub(lambda match: f"{match[0][:-1]}&#{ord(match[0][-1])};", written)
