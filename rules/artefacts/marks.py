"""What newsrooms put under a text: initials of its writers, invitations to send an SMS."""

import re
from collections.abc import Iterator
from itertools import islice

from corpuslint import (
    Anatomy,
    DeclarativeRule,
    Diagnostic,
    FieldChange,
    Line,
    Span,
    compile_re,
    cut,
    furniture,
    outlets,
)


def time_stamp(anatomy: Anatomy, _: Line) -> float:
    """How sure a stamp is: several lines that open with a clock time are a programme."""
    clocks = (line for line in anatomy.filled if _CLOCK.match(line.text))
    return 0.98 if len(list(islice(clocks, 2))) < 2 else 0.8


def author_address(anatomy: Anatomy, line: Line) -> float:
    """How sure an address is the author's: one beside other facts, one of several, or one that the lines above announce
    ("write to us by e-mail") is where to write to a firm."""
    at = anatomy.filled.index(line)
    above = " ".join(one.text for one in anatomy.filled[max(0, at - 2) : at])
    beside = {one.number for one in anatomy.filled[max(0, at - 1) : at + 2] if one is not line}
    several = len(list(islice(_MAIL.finditer(anatomy.text), 3))) > 2
    announced = _BY_MAIL.search(above) is not None
    return 0.8 if several or announced or beside & anatomy.fact(furniture.facts_of) else 0.98


_BY_MAIL = compile_re(
    r"بريدنا|البريد\s+ال[إا]لكترون|(?:ال)?[إا]يميل|ایمیل|پست\s+الکترونیک|رایانامه|ای\s?میل|برقی\s+پتہ|ئیمەی|ئ[ېى]لخەت|بریښنالیک|[Ee]-?mail"
)
_MAIL = compile_re(r"[\w.+-]@[\w-]")
_CLOCK = compile_re(r"\W*(?:الساعة|ساعت|کاتژمێر|وقت)?\s*:?\s*\d{1,2}:\d{2}(?!\d)")
_LINE = compile_re(
    r"""[(\[]?\s*
    (?P<initials> [^\W\d]{1,3} (?: \s?[./\\-]\s?[^\W\d]{1,3} ){1,6} [.]?
      | [^\W\d](?:\s[^\W\d]){1,2} \s?[/\\]\s? [^\W\d](?:\s[^\W\d]){1,2}
      | (?:[^\W\d][.]){1,3}\s?[/\\-]\s?(?:[^\W\d][.]?){1,3} )
    (?: \s*[(\[](?P<agencies>[^()\[\]]{2,40})[)\]] )?
    \s*[)\]]?""",
    re.VERBOSE,
)


def reporter_initials(rule: DeclarativeRule, anatomy: Anatomy) -> Iterator[Diagnostic]:
    """The reporter's and the editor's initials, the last thing of the text."""
    lines = anatomy.filled
    if len(lines) < 2 or len(lines[-1].text) > 70:
        return
    line = lines[-1]
    match = _LINE.fullmatch(line.text)
    if match is None or outlets.known_outlet(match["initials"]) or not _are_initials(match["initials"]):
        return
    credit = match["agencies"] or ""
    names = [name.strip() for name in re.split(r"[،,/]", credit) if name.strip()]
    fields: tuple[FieldChange, ...] = ()
    if names and all(outlets.known_outlet(name) for name in names) and not anatomy.document.declared("credit"):
        fields = (FieldChange("credit", credit),)
    yield rule.line(anatomy, line, fields)


def _are_initials(text: str) -> bool:
    parts = [part for part in re.split(r"[\s./\\-]+", text) if part]
    return (
        len(parts) >= 2 and all(len(part) <= 2 or part.isascii() for part in parts) and any(c in text for c in "./\\")
    )


_BLOCK = compile_re(
    r"""
    (?:^[^\S\n]*|(?<=[.!؟»\w])\s*)
    (?P<block>
      (?: (?:للتواصل|للتعليق|للمشاركة|لإرسال|لمراسلة|للاشتراك)[^\n.]{0,60}?\s )?      # to contact the author
      (?:[أاإ]رسل|[أاإ]رسال|[إا]?بعث) [^\n.]{0,40}? \b(?:SMS|sms|رسالة|رساله)\b       # send an SMS
      (?: [\s\S]{0,180}? (?:^|(?<=\s)) \d{4,6} \s*[-–]?\s*                          # to 80001 - Carrier
          (?:[A-Za-z]{2,10}|الاتصالات|موبايلي|زين)\b (?:[،,]|\sأو)? ){1,4}
      (?: [\s\S]{0,40}?(?:الرسالة|الرساله) )?                                      # … then the message
    )""",
    re.VERBOSE | re.MULTILINE,
)
_ASKS = compile_re(r"(?:[أاإ]رسل|[أاإ]رسال|بعث)[^\n.]{0,40}?\b(?:SMS|sms|رسالة|رساله)\b")
_PERSIAN = compile_re(
    r"(?:^|(?<=[.؟!]))(?P<block>[^\n.؟!]{0,120}"
    r"(?:به\s+(?:شماره|سامانه|سرشماره)\s+[\d۰-۹]{4,14}\s+(?:پیامک|اس\s?ام\s?اس|ارسال)[^\n.]{0,30}))",
    re.MULTILINE,
)


def sms_block(rule: DeclarativeRule, anatomy: Anatomy) -> Iterator[Diagnostic]:
    """An invitation to write to the author by SMS, with codes and carriers, over one line or five."""
    text = anatomy.text
    asked = _ASKS.search(text)  # the block itself may begin some words before, on the same line
    matches = [(one, 0.98) for one in _BLOCK.finditer(text, text.rfind("\n", 0, asked.start()) + 1)] if asked else []
    if "به " in text:  # "one must text … to 1000" is advice in the news, too
        matches += [(one, 0.8) for one in _PERSIAN.finditer(text)]
    for match, sure in matches:
        start, end = match.span("block")
        if len(text[start:end].strip()) == len(text.strip()):
            continue
        while start < end and text[start].isspace():
            start += 1
        span = Span(start, end)
        fix = rule.fix((cut(text, span),), "Delete the block")
        yield rule.report(anatomy, span, fix=fix, confidence=sure)
