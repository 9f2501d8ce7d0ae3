"""Named sets of Arabic-script letters, marks and digits, and which letter of one language stands for which of another.

A letter is always named by its script, since what is right depends on the language: Arabic yeh U+064A is right in
Arabic, Farsi yeh U+06CC in Persian, Urdu and Sorani, both in Pashto, neither alone in Uyghur.
"""

from __future__ import annotations

import unicodedata
from typing import Final

TATWEEL: Final = "\N{ARABIC TATWEEL}"
ZWNJ: Final = "\N{ZERO WIDTH NON-JOINER}"
ZWJ: Final = "\N{ZERO WIDTH JOINER}"

ARABIC_YEH: Final = "\N{ARABIC LETTER YEH}"
ALEF_MAKSURA: Final = "\N{ARABIC LETTER ALEF MAKSURA}"
FARSI_YEH: Final = "\N{ARABIC LETTER FARSI YEH}"
ARABIC_KAF: Final = "\N{ARABIC LETTER KAF}"
KEHEH: Final = "\N{ARABIC LETTER KEHEH}"
HEH: Final = "\N{ARABIC LETTER HEH}"
HEH_GOAL: Final = "\N{ARABIC LETTER HEH GOAL}"
KASHMIRI_YEH: Final = "\N{ARABIC LETTER KASHMIRI YEH}"
HEH_DOACHASHMEE: Final = "\N{ARABIC LETTER HEH DOACHASHMEE}"
AE: Final = "\N{ARABIC LETTER AE}"
TEH_MARBUTA: Final = "\N{ARABIC LETTER TEH MARBUTA}"

HARAKAT: Final = (
    "\N{ARABIC FATHATAN}"
    "\N{ARABIC DAMMATAN}"
    "\N{ARABIC KASRATAN}"
    "\N{ARABIC FATHA}"
    "\N{ARABIC DAMMA}"
    "\N{ARABIC KASRA}"
    "\N{ARABIC SHADDA}"
    "\N{ARABIC SUKUN}"
    "\N{ARABIC LETTER SUPERSCRIPT ALEF}"
)
"""Vowel signs of running text, dagger alef among them."""

COMBINING_SEATS: Final = "\N{ARABIC MADDAH ABOVE}\N{ARABIC HAMZA ABOVE}\N{ARABIC HAMZA BELOW}"
"""Marks that are part of a letter, not of its vowel."""

QURANIC_MARKS: Final = "".join(
    chr(code) for code in (*range(0x0610, 0x061B), *range(0x06D6, 0x06ED)) if unicodedata.category(chr(code)) == "Mn"
)
"""Small high signs and pause marks: wherever they stand, the text is Qur'anic or a formula of honour."""

MARKS: Final = (
    HARAKAT + COMBINING_SEATS + "\N{ARABIC SUBSCRIPT ALEF}\N{ARABIC INVERTED DAMMA}\N{ARABIC MARK NOON GHUNNA}"
)
"""Every combining mark that may stand on a letter of running text."""

PRESENTATION_FORMS: Final = "\ufb50-\ufdff\ufe70-\ufefc"
"""Arabic Presentation Forms A and B, for use inside a regex class."""

KEPT_FORMS: Final = frozenset(
    "\N{ARABIC LIGATURE SALLALLAHOU ALAYHE WASALLAM}"
    "\N{ARABIC LIGATURE JALLAJALALOUHOU}"
    "\N{RIAL SIGN}"
    "\N{ARABIC LIGATURE BISMILLAH AR-RAHMAN AR-RAHEEM}"
    "\N{ORNATE LEFT PARENTHESIS}"
    "\N{ORNATE RIGHT PARENTHESIS}"
) | frozenset(chr(code) for code in (*range(0xFBB2, 0xFBD3), *range(0xFDF0, 0xFDFB), *range(0xFD40, 0xFD50), 0xFDCF))
"""Forms that are characters in their own right: formulas of honour, the rial sign, ornate brackets, word ligatures."""


def _plain_form(form: str) -> str:
    # NFKC turns the spacing vowel signs U+FE70-FE7F into a space and a mark, and a space splits the word.
    # U+FE73 is the tail fragment of a seen in old terminals and names no letter.
    if "\ufe70" <= form <= "\ufe7f":
        plain = unicodedata.normalize("NFKC", form).replace(TATWEEL, "")
        return plain.lstrip(" ") if plain != form else ""
    return unicodedata.normalize("NFKC", form).lstrip(" ")


PLAIN_FORMS: Final = {
    form: _plain_form(form)
    for form in map(chr, (*range(0xFB50, 0xFE00), *range(0xFE70, 0xFEFD)))
    if form not in KEPT_FORMS and (unicodedata.category(form) in {"Lo", "Sk"} or "\ufe70" <= form <= "\ufe7f")
    if unicodedata.name(form, "")
}
"""Each presentation form and the letters it stands for.

>>> PLAIN_FORMS["\\N{ARABIC LETTER FARSI YEH MEDIAL FORM}"]
'ی'
>>> PLAIN_FORMS["\\N{ARABIC FATHATAN ISOLATED FORM}"] == "\\N{ARABIC FATHATAN}"
True
"""
