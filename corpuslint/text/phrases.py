"""A phrase as newsrooms type it: one spelling in a list stands for its everyday variants.

Scraped pages write the same label with hamza or without, with Farsi or Arabic yeh, with a no-break space, with or
without tanwin on a final alef. The *phrase* is widened, once, and matched against the text as it is, so that offsets
need no mapping back. Whether whole words of it stand in a text at all, `words.phrases` says sooner.
"""

from __future__ import annotations

import re

from corpuslint.text.patterns import compile_re

_ALEF = "اأإآٱ"
_YEH = "يىیې"
_KAF = "كک"
_HEH = "هةہەۃ"
_GROUPS = (_ALEF, _YEH, _KAF, _HEH)
_CLASSES = {ord(letter): f"[{group}]" for group in _GROUPS for letter in group}

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
