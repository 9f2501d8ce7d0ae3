"""A phrase as newsrooms type it: one spelling in a list stands for its everyday variants.

Scraped pages write the same label with hamza or without, with Farsi or Arabic yeh, with a no-break space, with or
without tanwin on a final alef. Where a phrase stands, `phrase_pattern` says: the *phrase* is widened, once, and matched
against the text as it is, so that offsets need no mapping back. Whether it can stand there at all, a scan of bytes
says, for which both phrase and text go through `fold_bytes`: one literal stands for all spellings. The scan may match
more (it folds single bytes), never less.
"""

from __future__ import annotations

import re

from corpuslint.text.patterns import compile_re

_ALEF = "اأإآٱ"
_YEH = "يىیې"
_KAF = "كک"
_HEH = "هةہەۃ"
_CLASSES = {ord(letter): f"[{group}]" for group in (_ALEF, _YEH, _KAF, _HEH) for letter in group}

_FATHATAN = "\N{ARABIC FATHATAN}"
_ZWNJ = "\N{ZERO WIDTH NON-JOINER}"
_SPACES = " \N{NO-BREAK SPACE}\N{ZERO WIDTH NON-JOINER}"
_FINAL_TANWIN = compile_re(f"(?:{_FATHATAN}[{_ALEF}]|[{_ALEF}]{_FATHATAN})(?=$|[{_SPACES}])")


def _words(phrase: str) -> list[list[str]]:
    """The phrase as words, each as the parts a ZWNJ separates; tanwin on a final alef is dropped."""
    plain = _FINAL_TANWIN.sub("ا", phrase.strip())
    return [word.split(_ZWNJ) for word in re.split(" +", plain.replace("\N{NO-BREAK SPACE}", " "))]


def phrase_pattern(phrase: str) -> str:
    """A regular expression for the spellings of `phrase`, for `re` and `regex`; it has no groups of its own.

    >>> bool(re.fullmatch(phrase_pattern("إقرأ أيضا"), "اقرا أيضًا"))
    True
    >>> bool(re.fullmatch(phrase_pattern("كلمات دلالية"), "کلمات دلالیة"))
    True
    """
    gap, joint = f"[{_SPACES}]+", f"[{_SPACES}]*"
    return gap.join(joint.join(_part_pattern(part) for part in word) for word in _words(phrase))


def _part_pattern(part: str) -> str:
    body = part[:-1] if part[-1:] == "ا" else part
    pattern = re.escape(body).translate(_CLASSES)
    if body != part:
        pattern += f"(?:{_FATHATAN}[{_ALEF}]|[{_ALEF}]{_FATHATAN}?)"
    return pattern


_FOLD = bytearray(range(256))
for _group in (_ALEF, _YEH + "ئ", _KAF, _HEH + "ۀھ", "وؤ", "رڕ"):
    for _letter_of_group in _group:
        _FOLD[ord(_letter_of_group) & 0xFF] = ord(_group[0]) & 0xFF
for _space in "\N{NO-BREAK SPACE}\t":
    _FOLD[ord(_space) & 0xFF] = ord(" ")
_FOLDED = bytes(_FOLD)
_MARKS = "ء\N{ARABIC TATWEEL}\N{ARABIC LETTER SUPERSCRIPT ALEF}" + "".join(map(chr, range(0x64B, 0x653)))
_INVISIBLE = "\N{ZERO WIDTH SPACE}\N{LEFT-TO-RIGHT MARK}\N{RIGHT-TO-LEFT MARK}"
_UNREAD = bytes(sorted({ord(character) & 0xFF for character in _MARKS + _INVISIBLE}))


def fold_bytes(text: str) -> bytes:
    """`text` as one byte a character, the same for spellings that `phrase_pattern` treats alike.

    Of every character the low byte is left, which tells the letters of the Arabic block from each other and takes half
    the room of UTF-8. Letters of a group become one, every blank and ZWNJ a space; vowel signs, tatweel and hamza
    without a seat are left out. Different letters may fall together (ا and an apostrophe): that is sound for waking.

    >>> fold_bytes("إقرأ أيضاً") == fold_bytes("اقرا ايضا")
    True
    """
    if _ZWNJ in text:  # not in the table: its low byte is that of the Arabic comma
        text = text.replace(_ZWNJ, " ")
    return text.encode("utf-16-le", "surrogatepass")[::2].translate(_FOLDED, _UNREAD)


def folded_spellings(phrase: str) -> tuple[bytes, ...]:
    """What to look for in place of `phrase` in a folded text whose spaces stand alone (`single_spaced`).

    The parts that a ZWNJ joins are written together, or with a space.

    >>> [len(spelling) for spelling in folded_spellings("می\N{ZERO WIDTH NON-JOINER}شود")]
    [6, 5]
    """
    first, *parts = phrase.strip(_SPACES).split(_ZWNJ)
    spellings = [first]
    for part in parts:
        spellings = [spelling + joint + part for spelling in spellings for joint in (" ", "")]
    return tuple(dict.fromkeys(single_spaced(fold_bytes(spelling)) for spelling in spellings))


def single_spaced(folded: bytes) -> bytes:
    """A folded text with one space for each run of spaces."""
    return _SPACE_RUN.sub(b" ", folded) if b"  " in folded else folded


_SPACE_RUN = re.compile(b"  +")
