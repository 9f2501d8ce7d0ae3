"""Yeh and alef maksura at the end of Arabic words: slips of one, slips of the other, and a house style."""

import re
from collections.abc import Iterator

from corpuslint import Anatomy, Applicability, DeclarativeRule, Diagnostic, Fix, compile_re

# إلي is a word ("to me") unless a noun follows. Left out: words that are also adjectives (الأولي, السوي) or verbs
# (أقصي: was left out), names, and كبري, which is a bridge in Arabia.
DOTTED = (
    r"(?:^|[^\u0620-\u06FF])[وف]?إلي ال[\u0621-\u064A]",
    r"(?:^|[^\u0620-\u06FF])و?علي [\u0621-\u064A][^\n]*[^\u0620-\u06FF]و?علي [\u0621-\u064A]",
    r"(?:^|[^\u0620-\u06FF])[وف]?(?:[بلك]?(?:حت|أخر|إحد|مستو|مستشف|أعل|أدن|يسع|تسع)|[بلك]أقص)ي(?:$|[^\u0620-\u06FF])",
    r"(?:^|[^\u0620-\u06FF])(?:[وف]?[بلك]?ال|[وف]?لل)(?:أخر|مستو|مستشف|قتل|جرح|أعل|أقص|أدن|منتد)ي(?:$|[^\u0620-\u06FF])",
)
_DOTTED_WORD = compile_re("|".join(DOTTED), re.MULTILINE)


def dotted_alef_maksura(rule: DeclarativeRule, anatomy: Anatomy) -> Iterator[Diagnostic]:
    """إلي for إلى."""
    slips = anatomy.yeh_spelling.slips
    if not slips or not _DOTTED_WORD.search(anatomy.text):
        return
    for slip in slips:
        behind = anatomy.text[slip.span.end : slip.span.end + 4]
        listed = _DOTTED_WORD.match(slip.word + behind) or slip.word in ("علي", "وعلي")
        if slip.letter == "ى" and listed:
            fix = Fix.replace(f"Write {slip.right}", slip.span, slip.right, Applicability.UNSAFE)
            yield rule.report(anatomy, slip.span, fix=fix, language="ar", word=slip.word)
