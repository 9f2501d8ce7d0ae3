"""Signs of text that lost its encoding: wrong code pages, escapes nobody decoded, letters that became `?` or boxes.

All of it is known at a look and costs sound text nothing but that look.
"""

from __future__ import annotations

import re
from typing import Final
from urllib.parse import unquote_to_bytes

from corpuslint.text import invisible
from corpuslint.text.patterns import compile_re
from corpuslint.text.positions import Span

# Letters that no stretch of Arabic or Persian lacks, as UTF-8 read as Windows-1256 shows them: alef is ط§, lam is ظ„.
# Those that come out with a mark that may follow ط or ظ in sound text (ظ… for meem) are left out.
_AS_1256: Final = "|".join(letter.encode().decode("cp1256") for letter in "اأإبتةجحخدذرزسشصضعقكلنهوىيیکپ")

SIGNS: Final = (
    # UTF-8 of the Arabic block: every letter is one of four leads and a continuation. In order: Windows-1252 and
    # Latin-1, MacRoman, Windows-1251, Windows-1256, and the first of them polluted once more.
    "[ØÙÚÛ].[ØÙÚÛ]",
    "[ÿŸ⁄€].[ÿŸ⁄€]",
    "[ШЩЪЫ].[ШЩЪЫ]",
    f"(?:{_AS_1256})",
    "[ÂÃ].[ÂÃ]",
    # One sign alone in sound text: an Arabic comma, semicolon or question mark; quotes and dashes; an emoji.
    "[ØÙ][Œ›Ÿ€\u0080\\u008c\\u009b\\u009f]|ط[Œ·¢ں]|ظ€|ÿ[åüõ]|Ш[Њџ›]|ЩЂ",
    "â[€\\u0080‚]|‚Ä|вЂ|أ[¢§©¨]|ï[»¿·´]|Ô[øª∑]|п[»ї·]",
    "[ðğ][Ÿ\\u009f]|\\u064Bں|рџ|\uf8ffü",
    "[ÂВ¬آ][«»\\u00a0´ª†·°∞]",
    "Ã[\\u0080-\\u00bfƒ‚„…†‡•ˆ‰‹ŒŠŽ‘’“”–—˜™]",
    # Arabic code pages seen as Latin and as Cyrillic: words that hardly any language writes.
    "[À-ÖØ-öø-ÿ]{3}",
    "[Ѐ-џ]{3}",
    # ISO-8859-6 seen as Windows-1256: the commonest Arabic letters come out as French ones.
    "[\\u0621-\\u064a][âçèéêëîï]|[âçèéêëîï][\\u0621-\\u064a]",
    # What is left of a no-break space behind a word whose blank was made a plain one.
    "[\\u0621-\\u06d3]Â ",
)
"""Patterns, in the syntax that Hyperscan and `re` share, of which text read in a wrong code page shows one."""


# Escapes ---------------------------------------------------------------------------------------------------------

ESCAPED: Final = compile_re(
    r"""
    # JSON, JavaScript, Python, which writes signs of Latin-1 (« » and the no-break space) in two digits
    (?:\\{1,4}(?:u[0-9A-Fa-f]{4}|x[ABab][0-9A-Fa-f]))+(?:\\[nrt"'/]+|\\{1,4}(?:u[0-9A-Fa-f]{4}|x[ABab][0-9A-Fa-f]))*
  | (?:%u[0-9A-Fa-f]{4})+                                                    # JavaScript's escape()
  | (?<![0-9A-Za-z])(?:u06[0-9A-Fa-f]{2}){3,}                                # the same without its backslashes
  | (?<![\w=/&?\#%.:~-])(?:%[0-9A-Fa-f]{2})+                                  # percent-encoded bytes, in no address
  | (?:\\{1,4}x[0-9A-Fa-f]{2})+                                              # bytes as Python and PHP print them
    """,
    re.VERBOSE,
)
"""Runs of escaped characters of one kind."""


def unescape(run: str) -> str:
    """The characters that a match of `ESCAPED` stands for; "" where it stands for none that a text may have.

    >>> unescape("\\\\u0646\\\\u0639\\\\u0645"), unescape("%D9%86%D8%B9%D9%85"), unescape("%41%42")
    ('نعم', 'نعم', '')
    >>> unescape("\\\\xab\\\\u0646\\\\u0639\\\\u0645\\\\xbb"), unescape("\\\\xd9\\\\x86"), unescape("\\\\xe9")
    ('«نعم»', 'ن', '')
    """
    if run[0] == "%" and run[1] != "u":
        text = _utf8(unquote_to_bytes(run))
    elif _BYTE.search(run):
        text = _utf8(bytes.fromhex("".join(_HEX_BYTE.findall(run))))
    else:
        text = _UNIT.sub(lambda unit: chr(int(unit[1], 16)) if unit[1] else _CONTROLS.get(unit[2], unit[2]), run)
        try:
            text = text.encode("utf-16", "surrogatepass").decode("utf-16")
        except UnicodeError:
            return ""
    return "" if _NO_TEXT.search(text) else text


def _utf8(data: bytes) -> str:
    try:
        text = data.decode("utf-8")
    except UnicodeError:
        return ""
    return "" if text.isascii() else text


_HEX_BYTE: Final = compile_re(r"x(..)")
_BYTE: Final = compile_re(r"x[^ABab]")
_UNIT: Final = compile_re(r"(?:\\{1,4}|%|)[ux]((?<=u)[0-9A-Fa-f]{4}|(?<=x)[0-9A-Fa-f]{2})|\\([nrt\"'/])")
_CONTROLS: Final = {"n": "\n", "r": "", "t": "\t"}
_NO_TEXT: Final = compile_re("[\x00-\x08\x0b-\x1f\x7f-\x9f\ud800-\udfff\ue000-\uf8ff\ufffe\uffff]")


# Lost letters ----------------------------------------------------------------------------------------------------

BOXES: Final = "\N{WHITE SQUARE}\N{WHITE VERTICAL RECTANGLE}\N{OBJECT REPLACEMENT CHARACTER}\N{WHITE LARGE SQUARE}"
"""What fonts and converters draw for a letter that they do not have."""

_LETTER: Final = f"[{invisible.LETTERS}]"
_WORDS_LOST: Final = compile_re(r"(?<!\S)(?:\?+[ ،.:,()-]{1,2})+\?+(?!\w)|(?<!\S)(?:؟+ )*؟{3,} (?:؟+ )*؟{3,}(?!\w)")
_QUESTION: Final = compile_re("[?؟]")
_INSIDE: Final = compile_re(rf"(?<={_LETTER})[?{BOXES}]+(?={_LETTER})")
_INITIAL: Final = compile_re(
    rf"(?:(?<=[ \t«“\"(])|^)\?+(?={_LETTER}{{2}})|[{BOXES}]{{2,}}|(?<!\w)[وفبك]?(?:ال|لل)\?{{2,}}", re.MULTILINE
)
_ALONE: Final = compile_re(rf"(?<={_LETTER} )\?{{2,}}(?= {_LETTER})")
_LAST_LETTERS: Final = compile_re(rf"(?:(?<!\w){_LETTER}+\?+ ){{3,}}{_LETTER}+\?*")


def lost_letters(text: str) -> tuple[Span, ...]:
    """Where letters, or the quotes around words, became `?` or boxes: runs that ask nothing, signs inside words.

    >>> [span.of(t) for t in ["كتب ???? ?? ??????? أمس"] for span in lost_letters(t)]
    ['???? ?? ???????']
    >>> [span.of(t) for t in ["وصل ال????? إلى ????? أمس"] for span in lost_letters(t)]
    ['ال?????', '?????']
    >>> lost_letters("هل وصل??? نعم. متى?قال غدا")
    ()
    """
    spans = [Span(*match.span()) for match in _WORDS_LOST.finditer(text) if len(_QUESTION.findall(match[0])) > 3]
    spans += [Span(*match.span()) for pattern in (_INITIAL, _LAST_LETTERS) for match in pattern.finditer(text)]
    inside = [Span(*match.span()) for match in _INSIDE.finditer(text)]
    # One sign between two letters may be a question whose space was forgotten; a run alone may ask loudly.
    if len(inside) > 2 or spans:
        spans += inside + [Span(*match.span()) for match in _ALONE.finditer(text)]
    return tuple(sorted(spans))
