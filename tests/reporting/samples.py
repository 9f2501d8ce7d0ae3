"""One small report that holds what formats stumble over: Arabic lines, records, escapes, fixes of every kind."""

from __future__ import annotations

from corpuslint import Diagnostic, Document, DocumentId, Fix, Origin, Related, Scope, Severity, Span
from corpuslint.model.diagnostic import Edit, FieldChange
from corpuslint.model.levels import Applicability
from corpuslint.reporting.report import Finding, Report, Summary, findings_of

ARTICLE = Document(
    DocumentId("scrapes/خبر اليوم.txt"),
    "قال الوزير [ad_1]\n"
    "افتتح مركزا ثقافیا فی المدينة\n::error file=x::boo \x1b[31m\nالمصدر: وكالة الأنباء\n😀 ثقافیا\n",
    origin=Origin("scrapes/خبر اليوم.txt"),
)
RECORD = Document(
    DocumentId("scrapes/batch.jsonl#4"),
    "نص قصير\n\nاقرأ أيضا: خبر آخر\n",
    {"title": "عنوان\N{NO-BREAK SPACE}طويل"},
    Origin("scrapes/batch.jsonl", 4, "a-17"),
)


def span_of(text: str, part: str, nth: int = 0) -> Span:
    """Where the nth `part` stands in `text`."""
    at = -1
    for _ in range(nth + 1):
        at = text.index(part, at + 1)
    return Span(at, at + len(part))


def finding(document: Document, code: str, span: Span | None, **named: object) -> Diagnostic:
    """A diagnostic with the parts a test does not care about filled in."""
    values: dict[str, object] = {
        "name": f"rule-{code.lower()}",
        "message": f"message of {code}",
        "severity": Severity.ERROR,
        "document": document.id,
        "language": "ar",
        "scope": Scope.SPAN if span is not None else Scope.DOCUMENT,
    }
    if span is not None:
        values["span"] = span
    return Diagnostic(code=code, **(values | named))  # type: ignore[arg-type]


def article_findings() -> tuple[Finding, ...]:
    """Findings of the article: an artefact, two letter mistakes, an escape, a source line, a missing date."""
    text = ARTICLE.text
    shortcode, first, second = span_of(text, "[ad_1]"), span_of(text, "ثقافیا"), span_of(text, "ثقافیا", 1)
    source = span_of(text, "المصدر: وكالة الأنباء")
    return findings_of(
        ARTICLE,
        text,
        [
            finding(ARTICLE, "ART001", shortcode, fix=Fix.delete("Delete the shortcode", shortcode)),
            finding(ARTICLE, "LET001", first, fix=Fix.replace("Replace Farsi yeh with yeh", first, "ثقافيا")),
            finding(ARTICLE, "LET001", second, fix=Fix.replace("Replace Farsi yeh with yeh", second, "ثقافيا")),
            finding(ARTICLE, "ENC003", span_of(text, "\x1b"), severity=Severity.WARNING),
            finding(
                ARTICLE,
                "SRC004",
                source,
                fix=Fix(
                    "Lift the source line",
                    Applicability.UNSAFE,
                    (Edit(Span(source.start, source.end + 1), ""),),
                    (FieldChange("source", "وكالة الأنباء"), FieldChange("keywords", "", ("ثقافة", "مدينة"))),
                ),
                confidence=0.98,
                evidence={"marker": "المصدر:", "words": ("وكالة", "الأنباء")},
            ),
            finding(ARTICLE, "DAT001", None, severity=Severity.WARNING, language=""),
        ],
    )


def record_findings() -> tuple[Finding, ...]:
    """Findings of one record: one in its title, one in its text that explains itself by another document."""
    text, title = RECORD.text, str(RECORD.metadata["title"])
    marker = span_of(text, "اقرأ أيضا: خبر آخر")
    return findings_of(
        RECORD,
        text,
        [
            finding(RECORD, "SPC002", span_of(title, "\N{NO-BREAK SPACE}"), field="title", severity=Severity.INFO),
            finding(
                RECORD,
                "MIX001",
                marker,
                fix=Fix("Cut the list", Applicability.DISPLAY, (Edit(marker, ""),)),
                related=(Related(DocumentId("scrapes/other.txt"), Span(0, 3), "the same story"),),
            ),
        ],
    )


def sample_report() -> Report:
    """All of it, in the wrong order."""
    return Report.of(
        (*article_findings(), *record_findings()), summary=Summary(documents=3, files=2, fixed={"LET002": 4})
    )
