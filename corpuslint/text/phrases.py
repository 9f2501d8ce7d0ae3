"""A phrase as newsrooms type it: one spelling in a list stands for its everyday variants.

Scraped pages write the same label with hamza or without, with Farsi or Arabic yeh, with a no-break space, with or
without tanwin on a final alef. Folding every document before matching would cost more than the rest of the check, so
the *phrase* is widened instead, once, and matched against the text as it is; offsets need no mapping back.

`phrase_pattern` and `phrase_bytes` describe the same set of strings, one for `re` and one for the byte scan. The byte
scan may match more (it folds single bytes), never less.
"""

from __future__ import annotations

import re

from corpuslint.text.patterns import compile_re

_ALEF = "اأإآٱ"
_YEH = "يىیې"
_KAF = "كک"
_HEH = "هةہەۃ"
_VARIANTS = {letter: group for group in (_ALEF, _YEH, _KAF, _HEH) for letter in group}

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
    pattern = "".join(_letter(character) for character in body)
    if body != part:
        pattern += f"(?:{_FATHATAN}[{_ALEF}]|[{_ALEF}]{_FATHATAN}?)"
    return pattern


def _letter(character: str) -> str:
    group = _VARIANTS.get(character)
    return f"[{group}]" if group else re.escape(character)


_FOLD = bytearray(range(256))
for _raw in (0xA2, 0xA3, 0xA5, 0xB1):  # second bytes of آ أ إ ٱ become that of ا
    _FOLD[_raw] = 0xA7
for _raw in (0x89, 0x8C, 0x90):  # ى ی ې become ي
    _FOLD[_raw] = 0x8A
for _raw in (0xA9, 0x83, 0x81, 0x95):  # ة ک ك ہ ۃ ە meet ه: ک and ة share a second byte, so both fall together
    _FOLD[_raw] = 0x87
for _raw in (0xD9, 0xDA, 0xDB):  # the lead bytes of U+0640–U+06FF become that of U+0600–U+063F
    _FOLD[_raw] = 0xD8
BYTE_FOLD = bytes(_FOLD)
"""A table for `bytes.translate` over UTF-8: spellings that `phrase_pattern` treats alike become the same bytes.

It knows single bytes only, so it also lets different letters fall together. That is sound for waking a rule.
"""

_GAP_BYTES = b"(?:\\x20|\\xc2\\xa0|\\xe2\\x80" + b"\\x%02x" % BYTE_FOLD[0x8C] + b")"
_FATHATAN_BYTES = _FATHATAN.encode().translate(BYTE_FOLD)


def phrase_bytes(phrase: str) -> bytes:
    """A Hyperscan expression (without its UTF-8 mode) for `phrase` in text folded by `BYTE_FOLD`."""
    return (_GAP_BYTES + b"+").join(
        (_GAP_BYTES + b"*").join(_part_bytes(part) for part in word) for word in _words(phrase)
    )


def _part_bytes(part: str) -> bytes:
    body = part[:-1] if part[-1:] == "ا" else part
    expression = _escaped(body.encode("utf-8").translate(BYTE_FOLD))
    if body != part:
        alef, mark = _escaped("ا".encode().translate(BYTE_FOLD)), _escaped(_FATHATAN_BYTES)
        expression += b"(?:" + mark + alef + b"|" + alef + b"(?:" + mark + b")?)"
    return expression


def _escaped(data: bytes) -> bytes:
    return b"".join(b"\\x%02x" % byte for byte in data)
