"""Text that was decoded with the wrong code page, and the text it was before.

"العراق" saved as UTF-8 and opened as Windows-1252 is "Ø§Ù„Ø¹Ø±Ø§Ù‚"; saved as Windows-1256 and opened as Windows-1251
it is "ЗбЪСЗЮ". No letter is lost, only its name: writing the text back to bytes the wrong way and reading them the
right way restores it. Whether that was the accident is decided by what comes out: it must read like text in a
language (`evidence.weigh`), and writing it again the wrong way must give the polluted text back, character for
character.

Three families are told apart. *UTF-8 read as X* shows as lead and continuation characters in strict alternation, which
is a proof nearly by itself; runs of it are found by their grammar even inside a line that is otherwise sound.
*Windows-1256 or ISO-8859-6 read as X* shows as words made of accented capitals or of Cyrillic; there the evidence of
the letters has to carry the verdict alone, so more of it is asked. *Single signs of UTF-8*, a comma or a quotation mark
in text that is sound otherwise, are known by a sequence that no text of any language holds.

What looks like such an accident and cannot be read in any way is found as well, without a repair: nothing else should
tidy it up, because each character that goes takes a byte with it.
"""

from __future__ import annotations

import re
from bisect import bisect_left
from collections.abc import Iterable, Iterator
from functools import partial
from typing import NamedTuple

from corpuslint.text.broken import SIGNS
from corpuslint.text.evidence import CONVINCING, weigh
from corpuslint.text.patterns import compile_re
from corpuslint.text.positions import Span, line_spans


class Pollution(NamedTuple):
    """One stretch of a line that was decoded wrongly.

    `written` and `read` name the accident: `written` is the encoding of the bytes, `read` the one they were taken
    for. `proven` says that polluting `repaired` again gives the stretch back exactly. `repaired` is "" where no reading
    makes sense of the stretch.
    """

    span: Span
    repaired: str
    written: str
    read: str
    score: float
    proven: bool


def find_pollution(text: str) -> tuple[Pollution, ...]:
    """Every wrongly decoded stretch of `text`, line by line, each with the best reading of it.

    >>> [(one.repaired, one.written, one.read) for one in find_pollution("ЗбЪСЗЮ жУжСнЗ")]
    [('العراق وسوريا', 'windows-1256', 'windows-1251')]
    >>> [one.repaired for one in find_pollution("قال إن â€œالعملâ€\x9d مستمرØŒ ثم غادر")]
    ['“', '”', '،']
    >>> find_pollution("العراق وسوريا")
    ()
    """
    return _find(text, False)


def _find(text: str, in_arabic: bool) -> tuple[Pollution, ...]:
    """The pollution in `text`; `in_arabic` says that it stands among Arabic letters, whatever its own are."""
    if not SUSPECT.search(text):
        return ()
    lines = line_spans(text)
    found = [one for line in lines for one in _in_line(text, line, _ALL, in_arabic)]
    if found:
        # One accident pollutes a whole page. Where it is known, a line of two words needs no proof of its own.
        known = frozenset((one.written, one.read) for one in found if one.score > CONVINCING) - {_ARABIC_AS_ARABIC}
        reached = sorted(one.span.start for one in found)
        for line in lines if known else ():
            if bisect_left(reached, line.start) == bisect_left(reached, line.end):
                found += _in_line(text, line, known, in_arabic)
    return tuple(sorted(found, key=lambda one: one.span))


def pollute(text: str, written: str, read: str) -> str:
    """`text` as it looks when bytes in `written` are taken for `read`: the accident itself.

    >>> pollute("العراق", "windows-1256", "windows-1251")
    'ЗбЪСЗЮ'

    Raises UnicodeEncodeError where `written` has no code for a character.
    """
    table = _TABLES[read]
    return "".join(table[byte] for byte in text.encode(written))


def is_pollution_of(polluted: str, text: str) -> bool:
    """Whether `polluted` is nothing but `text` decoded with a wrong code page, once or several times.

    >>> is_pollution_of("ЗбЪСЗЮ", "العراق"), is_pollution_of("العراق", "")
    (True, False)
    """
    for written, read in (*(("utf-8", name) for name in _READ_AS), *_SINGLE_BYTE):
        layer = _undo(polluted, written, read)
        if layer and text in (layer, _second_layer(layer, True), _second_layer(layer, False)):
            return True
    return False


def _character_table(codec: str) -> tuple[str, ...]:
    """What each byte is in `codec`; bytes it leaves undefined are C1 controls, as browsers read them."""
    return tuple(
        character if (character := bytes([byte]).decode(codec, "replace")) != "\N{REPLACEMENT CHARACTER}" else chr(byte)
        for byte in range(256)
    )


_READ_AS = {
    "windows-1252": "cp1252",
    "latin-1": "latin-1",
    "mac-roman": "mac-roman",
    "windows-1254": "cp1254",
    "windows-1256": "cp1256",
    "windows-1251": "cp1251",
}
_TABLES = {name: _character_table(codec) for name, codec in _READ_AS.items()}
_BYTES = {name: {character: byte for byte, character in enumerate(table)} for name, table in _TABLES.items()}


def _class(name: str, codes: Iterable[int]) -> str:
    return "[" + re.escape("".join(_TABLES[name][code] for code in codes)) + "]"


def _run(character: str) -> re.Pattern[str]:
    """A run of characters that match, with ASCII between them."""
    return compile_re(f"{character}(?:[\\x20-\\x7e\\t]*{character})*")


def _utf8_run(name: str, also: str = "") -> re.Pattern[str]:
    """A run of UTF-8 seen through `name`: well-formed characters, and `also`."""
    two, three, four = (_class(name, range(*ends)) for ends in ((0xC2, 0xE0), (0xE0, 0xF0), (0xF0, 0xF5)))
    continued = _class(name, _CONTINUED)
    return _run(f"(?:{two}{continued}|{three}{continued}{{2}}|{four}{continued}{{3}}{also})")


_CONTINUED = range(0x80, 0xC0)


_UTF8_RUNS = {name: _utf8_run(name) for name in _READ_AS}

# Feh is Ù and U+0081, a control that programs which clean text take out. The Ù that is left tells where it was.
_LONE_LEAD = f"Ù(?!{_class('windows-1252', _CONTINUED)})"
_THINNED = compile_re(_LONE_LEAD)
_THINNED_RUN = _utf8_run("windows-1252", also=f"|{_LONE_LEAD}")

_SINGLE_BYTE = tuple(
    (written, read)
    for written in ("windows-1256", "iso-8859-6")
    for read in _READ_AS
    if read != written and (written, read) != ("iso-8859-6", "mac-roman")
)
_ARABIC_AS_ARABIC = ("iso-8859-6", "windows-1256")
"""Both pages have the letters; only a whole line can tell that they were mixed up."""


_SINGLE_BYTE_RUNS = {read: _run(_class(read, range(0x80, 0x100))) for _, read in _SINGLE_BYTE}

SUSPECT = compile_re("|".join(SIGNS))
"""What polluted text always shows, and sound text hardly ever."""

_ENOUGH_PAIRS = 6
"""Letter pairs that a single-byte reading must show: one long word, or two short ones."""

_Kinds = frozenset[tuple[str, str]]

_ALL: _Kinds = frozenset()
"""Every kind of accident, each on full evidence."""


def _in_line(text: str, line: Span, known: _Kinds, in_arabic: bool) -> Iterator[Pollution]:
    """The pollution in one line, the best readings chosen, none overlapping another.

    With `known` kinds only those are tried, on little evidence.
    """
    content = line.of(text)
    if not (_HIGH if known else SUSPECT).search(content):
        return
    in_arabic = in_arabic or _ARABIC_WORD.search(content) is not None
    candidates = sorted(_candidates(content, known, in_arabic), key=_rank)
    if not known:
        opened = content.find("â€œ") if candidates else -1
        quotes = _HALF_QUOTE.finditer(content, opened) if opened >= 0 else ()
        candidates += [_half_known(match, "\N{RIGHT DOUBLE QUOTATION MARK}") for match in quotes]
        candidates += (_half_known(match, " ") for match in _HALF_BLANK.finditer(content))
        candidates += (_half_known(match, "") for match in _REMNANT.finditer(content))
    chosen: list[Span] = []  # sorted, none overlapping another: only neighbours can meet a new one
    for one in candidates:
        place = bisect_left(chosen, one.span)
        if not any(one.span.overlaps(other) for other in chosen[max(0, place - 1) : place + 1]):
            chosen.insert(place, one.span)
            yield one._replace(span=Span(line.start + one.span.start, line.start + one.span.end))


def _rank(one: Pollution) -> tuple[bool, bool, int, float, int, str, str]:
    """Lone signs last; UTF-8 first, whose grammar proves it; then what explains most of the line or reads best."""
    return (
        not one.score,
        one.written != "utf-8",
        one.span.start - one.span.end,
        -one.score,
        one.span.start,
        one.written,
        one.read,
    )


def _candidates(line: str, known: _Kinds, in_arabic: bool) -> Iterator[Pollution]:
    for read, pattern in _UTF8_RUNS.items():
        if not known or ("utf-8", read) in known:
            for match in pattern.finditer(line):
                yield from _read_as_utf8(match, read, known, in_arabic)
    for written, read in _SINGLE_BYTE:
        if not known or (written, read) in known:
            for match in _SINGLE_BYTE_RUNS[read].finditer(line):
                yield from _read_as_code_page(match, written, read, bool(known))
    if _THINNED.search(line) and (not known or ("utf-8", "windows-1252") in known):
        for match in _THINNED_RUN.finditer(line):
            yield from _read_thinned(match)


def _read_as_utf8(match: re.Match[str], read: str, known: _Kinds, in_arabic: bool) -> Iterator[Pollution]:
    """The stretch read as UTF-8, where Arabic letters come out, or signs that stood for nothing else."""
    layer = _undo(match[0], "utf-8", read)
    repaired = _second_layer(layer, in_arabic)
    letters = len(_ARABIC.findall(repaired))
    others = len(_HIGH.findall(repaired)) - letters
    if letters >= (1 if known else 2 if read in ("windows-1252", "latin-1") else 3) and others <= letters:
        score = weigh(repaired).score
        # Letters that Windows-1256 shows may be letters: a word must read better than what stands there.
        follows = bool(known) and (read != "windows-1256" or score > weigh(match[0]).score)
        if follows or score > 1.0 or (letters >= 6 and others * 10 <= letters):
            yield Pollution(Span(*match.span()), repaired, "utf-8", read, score, True)
            return
    if _WRITTEN.fullmatch(repaired) and (repaired != layer or _stands_for_nothing_else(match, read, in_arabic)):
        yield Pollution(Span(*match.span()), repaired, "utf-8", read, 0.0, True)


def _stands_for_nothing_else(match: re.Match[str], read: str, in_arabic: bool) -> bool:
    """Whether each sequence of a stretch is a sign of UTF-8 and can be nothing that somebody wrote."""
    before = match.string[: match.start()][-1:]
    if _STRANGER.match(before) or _STRANGER.match(match.string, match.end()):
        return False
    lone = _LONE_SIGNS[read]
    weak = certain = 0
    for sequence in lone.finditer(match[0]):
        ahead = match[0][sequence.start() - 1] if sequence.start() else before
        behind_latin = _LATIN_LETTER.match(ahead) is not None and (not sequence.start() or ahead.isascii())
        if sequence["latin"] and not (ahead.isascii() and ahead.isalpha()):
            return False
        if (sequence["marks"] or sequence["letter"] or sequence["weak"]) and (not in_arabic or behind_latin):
            return False
        if read == "windows-1256" and sequence["marks"] and not _QUOTED_AS_1256.search(match.string):
            return False
        weak += sequence["weak"] is not None
        certain += sequence["letter"] is not None
    if weak and certain < 2:
        return False
    return not _HIGH.search(lone.sub("", match[0]))


def _lone_sign(name: str) -> re.Pattern[str]:
    """One sequence of UTF-8 seen through `name` that is known by itself.

    Quotes, dashes, invisible marks, bullets, ligatures, byte order marks and emoji need nothing around them; signs of
    two bytes (« » ، ؟) and a letter or two need Arabic around, accented Latin letters a Latin word.
    """
    anything_of = partial(_class, name)
    table, continued = _TABLES[name], anything_of(_CONTINUED)
    signs = anything_of((0x80, 0x81, 0x82, 0x84, 0x86, 0x96, 0x97, 0x98, 0x99, 0x9C, 0x9D))
    forms = anything_of((0xB4, 0xB7, 0xB8, 0xBB, 0xBF))
    quote, form, emoji = map(re.escape, (table[0xE2], table[0xEF], table[0xF0] + table[0x9F]))
    always = f"{quote}{signs}{continued}|{form}{forms}{continued}|{emoji}{continued}{{2}}"
    marks = f"{re.escape(table[0xC2])}{anything_of((0xA0, 0xAB, 0xAD, 0xB0, 0xB7, 0xBB))}"
    latin = f"{re.escape(table[0xC3])}{continued}"
    letter, weak = f"{anything_of((0xD8, 0xD9, 0xDA, 0xDB))}{continued}", "(?!)"
    if name == "windows-1256":  # a letter is nothing strange there, and neither is most of what may follow it
        marks = "آ[«»]"
        letter = f"{anything_of((0xD8, 0xD9))}[Œ€ƒˆœ™¢£¤¥¦§¨©¬®¯±²³´µ¶¸¹¼½¾]|طں(?![\u0621-\u06d3])"
        weak = f"{anything_of((0xD8, 0xD9, 0xDA, 0xDB))}{continued}"  # one of these may be two letters of a word
    return compile_re(f"{always}|(?P<marks>{marks})|(?P<latin>{latin})|(?P<letter>{letter})|(?P<weak>{weak})")


_LONE_SIGNS = {name: _lone_sign(name) for name in _UTF8_RUNS}
# What a sign by itself may turn out to be: nothing that hardly any text has.
_WRITTEN = compile_re(
    "[\\x20-\\x7e\\t\u00a0-\u00ff\u060c\u061b\u061f\u0621-\u063a\u0640-\u0652\u0660-\u066c\u0670\u067e\u0679\u0686\u0688"
    "\u0691\u0698\u06a9\u06af\u06ba\u06be\u06c1\u06cc\u06d2\u06d4\u06f0-\u06f9\u2000-\u218f\u2500-\u27bf\ufb50-\ufdff\ufe0f"
    "\ufeff\ufffd\U0001f000-\U0001faff]+"
)
_LATIN_LETTER = compile_re("[^\\W\\d_\u0600-\u06ff]")
_QUOTED_AS_1256 = compile_re("(?<!\\w)آ«[^«»]+آ»")  # one of them alone is the end of a name: «مدهآ»
_STRANGER = compile_re("[\u0080-\u009f\u00a1-\u00aa\u00ac-\u00ba\u00bc-\u024f\u02c6\u02dc\u0400-\u045f†‡‰€™]")


def _read_thinned(match: re.Match[str]) -> Iterator[Pollution]:
    """The stretch read as UTF-8 with the controls put back that were taken out of it. Never proven."""
    stretch = match[0]
    if not _THINNED.search(stretch):
        return
    repaired = _undo(_THINNED.sub("Ù\x81", stretch), "utf-8", "windows-1252")
    weighed = weigh(repaired)
    if repaired and weighed.convincing:
        yield Pollution(Span(*match.span()), repaired, "utf-8", "windows-1252", weighed.score, False)


def _read_as_code_page(match: re.Match[str], written: str, read: str, known: bool) -> Iterator[Pollution]:
    """The stretch read in an Arabic code page, where text comes out that was none before."""
    stretch = match[0]
    high = len(_HIGH.findall(stretch))
    if high < (2 if known else 4) or high <= 2 * len(_ASCII_LETTER.findall(stretch)):
        return
    if (written, read) == _ARABIC_AS_ARABIC and not _FRENCH.search(stretch):
        return
    repaired = _undo(stretch, written, read)
    if not repaired:
        return
    before, after = weigh(stretch), weigh(repaired)
    score = after.score - 4.0 * len(_ODD.findall(repaired))
    sound = before.convincing and (written, read) != _ARABIC_AS_ARABIC
    if sound or score <= before.score:
        return
    if known or (after.pairs >= _ENOUGH_PAIRS and after.convincing and score > before.score + CONVINCING):
        yield Pollution(Span(*match.span()), _second_layer(repaired, True), written, read, score, True)


def _undo(stretch: str, written: str, read: str) -> str:
    """The stretch read the right way; "" where it cannot be, or where polluting the result gives something else."""
    codes = _BYTES[read]
    try:
        repaired = bytes([codes[character] for character in stretch]).decode(written)
        return repaired if pollute(repaired, written, read) == stretch else ""
    except (UnicodeError, KeyError):
        return ""


def _second_layer(text: str, in_arabic: bool) -> str:
    """Text that was polluted twice, cleaned once more."""
    parts, at = list[str](), 0
    for one in _find(text, in_arabic):
        if not one.proven:
            continue
        parts += (text[at : one.span.start], one.repaired)
        at = one.span.end
    return "".join((*parts, text[at:])) if parts else text


def _half_known(match: re.Match[str], repaired: str) -> Pollution:
    """What is left of UTF-8 whose bytes are not all there. Never proven."""
    return Pollution(Span(*match.span()), repaired, "utf-8", "windows-1252", 0.0, False)


# Closing quotation marks that lost the last of three bytes, where an opening one stands before.
_HALF_QUOTE = compile_re("â€(?:[?\N{REPLACEMENT CHARACTER}]|(?![^\\x00-\\x7f])|(?=[\N{ARABIC COMMA}\u0621-\u06d3]))")
_LATER_BYTE = "[\\x80-\\xbf€‚„…†‡ˆ‰‹Œ‘’“”•–—™›œŸŽžŠš]"
# What no reading makes whole again.
_REMNANT = compile_re(f"(?:[ÃÂØÙÚÛ]{_LATER_BYTE}|â[€‚]{_LATER_BYTE}?){{2,}}|â€[^\\s\\w]?|ï»¿|ï¿½")
_HALF_BLANK = compile_re("(?<=[\u0621-\u06d3])Â ")  # a no-break space whose second byte was made a plain blank

_HIGH = compile_re("[^\\x00-\\x7f]")
_ASCII_LETTER = compile_re("[A-Za-z]")
_FRENCH = compile_re("[àâçèéêëîïôùûü]")  # half of the letters of ISO-8859-6, as Windows-1256 has them
_ARABIC_WORD = compile_re("[\u0621-\u063a\u0641-\u06d3]{3}")
_ARABIC = compile_re("[\N{ARABIC NUMBER SIGN}-\N{ARABIC LETTER HEH WITH INVERTED V}\N{ZERO WIDTH NON-JOINER}]")
# Controls, vowel signs standing alone at a word's beginning, and currency signs are what the wrong page leaves.
_ODD = compile_re(
    "[\x80-\x9f¤]|(?<=[\u0621-\u06d3])[°±¨§©¬®¯²³´µ¶¸¹¼½¾€ƒˆ‰†‡]|(?<![^\\s])[\N{ARABIC FATHATAN}-\N{ARABIC SUKUN}]"
)
