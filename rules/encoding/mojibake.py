"""Paragraphs that were decoded with a wrong code page."""

from collections.abc import Iterator

from corpuslint import Anatomy, Applicability, DeclarativeRule, Diagnostic, Edit, Fix, Span, broken

SIGNS = broken.SIGNS


def mojibake(rule: DeclarativeRule, anatomy: Anatomy) -> Iterator[Diagnostic]:
    """Text whose bytes were taken for another encoding."""
    text = anatomy.text
    group: list[tuple[Span, Edit, bool]] = []
    kind = ("", "")
    for one in anatomy.pollution:
        # One accident over neighbouring lines is one finding.
        if group and (kind != (one.written, one.read) or text[group[-1][0].end : one.span.start].strip()):
            yield _report(rule, anatomy, group, kind)
            group = []
        if not one.repaired:
            yield rule.report(anatomy, one.span, confidence=0.9, message=_REMNANT)
            continue
        kind = (one.written, one.read)
        group.append((one.span, Edit(one.span, one.repaired), one.proven))
    if group:
        yield _report(rule, anatomy, group, kind)


def _report(
    rule: DeclarativeRule, anatomy: Anatomy, group: list[tuple[Span, Edit, bool]], kind: tuple[str, str]
) -> Diagnostic:
    written, read = kind
    proven = all(proven for _, _, proven in group)
    fix = Fix(
        f"Read it as {written}",
        Applicability.SAFE if proven else Applicability.UNSAFE,
        tuple(edit for _, edit, _ in group),
    )
    return rule.report(
        anatomy,
        Span(group[0][0].start, group[-1][0].end),
        fix=fix,
        confidence=1.0 if proven else 0.9,
        severity=rule.spec.severity,  # broken text is no less broken for a doubtful reading
        evidence={"written": written, "read": read, "proven": proven},
        written=_NAMES.get(written, written),
        read=_NAMES.get(read, read),
    )


_REMNANT = "what is left of text that was decoded with the wrong code page: restore it from its source"
_NAMES = {
    "utf-8": "UTF-8",
    "windows-1252": "Windows-1252",
    "windows-1254": "Windows-1254",
    "windows-1251": "Windows-1251",
    "windows-1256": "Windows-1256",
    "iso-8859-6": "ISO-8859-6",
    "latin-1": "Latin-1",
    "mac-roman": "MacRoman",
}
