"""The report page: what was found, counted by family, source, month and severity, and each document with its marks."""

from __future__ import annotations

import hashlib
import re
from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from corpuslint.engine.decisions import Decision, paragraph_key
from corpuslint.engine.fix import FixResult
from corpuslint.facts.stated import odd_values
from corpuslint.model.document import Document
from corpuslint.model.levels import Applicability, Severity
from corpuslint.model.rule import RuleSpec
from corpuslint.reporting.report import Finding
from corpuslint.text.positions import Span, line_spans
from corpuslint.version import __version__
from corpuslint.web.page import page, paragraphs_of, visible

MOST_CHARACTERS = 20_000_000
"""Code points of text one page holds; beyond that documents are sampled, and the page says so."""

LONGEST_DOCUMENT = 60_000
"""Code points of one document that are shown, with the findings in them; a longer one is cut, and the page says so."""

_WORDS = 60
"""Code points of the marked text by which findings are told to be alike."""


@dataclass(frozen=True, slots=True)
class Reported:
    """One document of the report: as it is, its findings, and what every fix would make of it."""

    document: Document
    findings: tuple[Finding, ...]
    fixed: FixResult | None = None


def report_page(
    reported: Iterable[Reported], rules: Mapping[str, RuleSpec], *, title: str = "corpuslint report", documents: int = 0
) -> str:
    """The whole page. `documents` is how many were looked at, clean ones among them."""
    return page(title, page_data(reported, rules, title=title, documents=documents))


def review_page(
    reported: Iterable[Reported],
    rules: Mapping[str, RuleSpec],
    decisions: Mapping[tuple[str, str], Decision],
    names: Mapping[str, str],
    *,
    documents: int = 0,
) -> str:
    """The page with buttons; `names` gives the name that decisions know each file by, `decisions` those made so far."""
    entries = {entry.document.id: entry for entry in reported}
    data = page_data(entries.values(), rules, title="corpuslint review", documents=documents)
    for item in data["items"]:
        document = entries[item["id"]].document
        item["file"] = names.get(document.origin.filename, document.origin.filename)
        lines = [span.of(document.text).strip() for span in line_spans(document.text)]
        item["paragraphs"] = [[paragraph_key(line), visible(line[:80])] for line in lines if line][1:]
    data["decisions"] = {
        f"{file}\n{decision.fingerprint or decision.paragraph}": decision.verdict.value
        for (file, _), decision in decisions.items()
    }
    return page("corpuslint review", data, scripts=("review.js", "report.js"), connect="'self'")


def page_data(
    reported: Iterable[Reported], rules: Mapping[str, RuleSpec], *, title: str, documents: int
) -> dict[str, Any]:
    """What the pages show, as plain data."""
    entries = [entry for entry in reported if entry.findings]
    kept = _sampled(entries)
    return {
        "tool": f"corpuslint-arabic {__version__}",
        "title": title,
        "documents": documents or len(entries),
        "withFindings": len(entries),
        "shown": len(kept),
        "overview": overview(entries),
        "rules": {
            code: {"name": rules[code].name, "summary": rules[code].summary}
            if code in rules
            else {"name": code, "summary": ""}
            for code in sorted({finding.code for entry in entries for finding in entry.findings})
        },
        "items": [_item(entry) for entry in kept],
    }


def overview(entries: Sequence[Reported]) -> dict[str, Any]:
    """Counts of findings by family and severity, by source, by month of publication and by rule; the metadata values
    that a dataset leaves out."""
    families: dict[str, Counter[str]] = {}
    sources: Counter[str] = Counter()
    months: Counter[str] = Counter()
    rules: Counter[str] = Counter()
    values: dict[str, Counter[str]] = {}
    for entry in entries:
        for key, value, why in odd_values(entry.document):
            values.setdefault(key, Counter())[f"{key}: {value[:_WORDS]} ({why})"] += 1
        source = visible(entry.document.declared("source"))
        month = entry.document.declared("published")[:7]
        for finding in entry.findings:
            families.setdefault(finding.code[:3], Counter())[finding.severity.value] += 1
            rules[finding.code] += 1
        sources[source] += len(entry.findings)
        months[month] += len(entry.findings)
    severities = sum(families.values(), Counter[str]())
    return {
        "first": _first(entries),
        "families": [[family, dict(families[family])] for family in sorted(families)],
        "severities": {level.value: severities[level.value] for level in reversed(Severity)},
        "sources": sources.most_common(15),
        "months": _every_month(months),
        "rules": rules.most_common(20),
        "values": [
            (visible(value), count)
            for _, column in sorted(values.items())
            for value, count in sorted(column.items(), key=lambda row: (-row[1], row[0]))[:10]
        ],
    }


_WEIGHTS = {Severity.ERROR: 10.0, Severity.WARNING: 3.0, Severity.INFO: 0.3}
"""How much a document with such a finding counts when rules are put in order: errors withhold it from a dataset."""


def _first(entries: Sequence[Reported]) -> list[dict[str, Any]]:
    """The ten rules that cost most: in how many documents each reports, an example, and the command that mends it."""
    found: dict[str, list[tuple[int, Finding]]] = {}
    for number, entry in enumerate(entries):
        for finding in entry.findings:
            found.setdefault(finding.code, []).append((number, finding))
    rows = []
    for code, places in found.items():
        documents = len({number for number, _ in places})
        severity = max(finding.severity for _, finding in places)
        number, shown = next(((n, f) for n, f in places if f.is_span and f.field == "text"), places[0])
        words = shown.span.of(entries[number].document.text) if shown.is_span else ""
        row = {
            "code": code,
            "severity": severity.value,
            "documents": documents,
            "share": round(100 * documents / len(entries)),
            "example": visible(words[:_WORDS].strip()),
            "command": _command(code, [finding for _, finding in places]),
        }
        rows.append((_WEIGHTS[severity] * documents, row))
    return [row for _, row in sorted(rows, key=lambda entry: (-entry[0], entry[1]["code"]))[:10]]


def _command(code: str, findings: Sequence[Finding]) -> str:
    kinds = {finding.applicability for finding in findings}
    if Applicability.SAFE in kinds:
        return f"corpuslint check --fix --select {code}"
    if Applicability.UNSAFE in kinds:
        return f"corpuslint check --fix --unsafe-fixes --select {code}"
    return f"corpuslint rule {code}"


def _every_month(months: Mapping[str, int]) -> list[tuple[str, int]]:
    """The months from the first to the last with a finding, `YYYY-MM`, those with none among them. Others than of two
    centuries are left out: a record may say any year."""
    known = sorted(month for month in months if re.fullmatch(r"(?:19|20)[0-9]{2}-(0[1-9]|1[0-2])", month))
    if not known:
        return []
    first, last = (12 * int(month[:4]) + int(month[5:]) - 1 for month in (known[0], known[-1]))
    every = (f"{number // 12:04}-{number % 12 + 1:02}" for number in range(first, last + 1))
    return [(month, months.get(month, 0)) for month in every]


def _sampled(entries: Sequence[Reported]) -> list[Reported]:
    """As many entries as a page can hold, chosen by a hash of their ids, in their own order."""
    if sum(min(len(entry.document.text), LONGEST_DOCUMENT) for entry in entries) <= MOST_CHARACTERS:
        return list(entries)

    def draw(entry: Reported) -> bytes:
        return hashlib.blake2b(entry.document.id.encode("utf-8", "replace"), digest_size=8).digest()

    room, chosen = MOST_CHARACTERS, set()
    for entry in sorted(entries, key=draw):
        room -= min(len(entry.document.text), LONGEST_DOCUMENT)
        if room < 0:
            break
        chosen.add(entry.document.id)
    return [entry for entry in entries if entry.document.id in chosen]


def _item(entry: Reported) -> dict[str, Any]:
    document = entry.document
    text = document.text[:LONGEST_DOCUMENT]
    # A document of which only the end has findings is shown with the first of them.
    shown = [each for each in entry.findings if each.span.start <= len(text)] or entry.findings[:1]
    end = len(text)
    marks = [
        (Span(min(span.start, end), min(span.end, end)), number)
        for number, finding in enumerate(shown)
        for span in _marked(finding)
    ]
    boundaries = [
        (split.story.start, number)
        for number, finding in enumerate(shown)
        if finding.fix is not None
        for split in finding.fix.splits
    ]
    item: dict[str, Any] = {
        "id": document.id,
        "name": visible(document.id),
        **{key: visible(document.declared(key)) for key in ("title", "source", "published", "language")},
        "before": paragraphs_of(text, marks, boundaries),
        "cut": len(document.text) > LONGEST_DOCUMENT,
        "findings": [_finding(finding, document.text) for finding in shown],
    }
    if entry.fixed is not None and entry.fixed.text != document.text:
        item["after"] = paragraphs_of(entry.fixed.text[:LONGEST_DOCUMENT])
        item["lifted"] = {
            key: visible(", ".join(value) if isinstance(value, tuple) else value)
            for key, value in entry.fixed.lifted.items()
        }
        item["stories"] = [paragraphs_of(story.text[:LONGEST_DOCUMENT]) for story in entry.fixed.stories]
    return item


def _marked(finding: Finding) -> tuple[Span, ...]:
    """The places to mark: those that the fix changes where a finding stands for several in a line, else its span."""
    fix = finding.fix
    if fix is None or len(fix.edits) < 2 or fix.fields or fix.splits:
        return (finding.span,)
    return tuple(edit.span for edit in fix.edits)


def _finding(finding: Finding, text: str) -> dict[str, Any]:
    plain: dict[str, Any] = {
        "code": finding.code,
        "severity": finding.severity.value,
        "message": visible(finding.message),
        "row": finding.start.row,
        "column": finding.start.column,
        "span": finding.is_span,
        "confidence": finding.confidence,
        "evidence": {
            key: visible(", ".join(map(str, value)) if isinstance(value, tuple) else str(value))
            for key, value in finding.evidence.items()
        },
        "fingerprint": finding.fingerprint,
        "words": visible(finding.span.of(text)[:_WORDS]) if finding.is_span and finding.field == "text" else "",
    }
    if finding.fix is not None:
        replaced = _replaced(text, finding)
        plain["fix"] = {
            "title": visible(finding.fix.title),
            "applicability": finding.fix.applicability.value,
            "content": replaced if replaced is not None else "",
            "editable": replaced is not None,
        }
    return plain


def _replaced(text: str, finding: Finding) -> str | None:
    """What the fix makes of the marked text; None where it changes more than that, or too much to be typed."""
    span, fix, whole = finding.span, finding.fix, finding.suggestion
    if fix is None or not 0 < span.end - span.start <= 300 or fix.splits or fix.fields or finding.field != "text":
        return None
    if whole is None:
        return None if fix.edits else span.of(text)
    start, end = whole.start.offset, whole.end.offset
    return text[span.start : start] + whole.content + text[end : span.end] if span.covers(Span(start, end)) else None
