"""One letter typed for its neighbour of the same stroke: بيونح for بيونج."""

from collections import Counter
from collections.abc import Iterator
from pathlib import Path

from corpuslint import Anatomy, Applicability, DeclarativeRule, Diagnostic, Fix, Span, compile_re

# Letters that differ by dots alone and that no inflection exchanges, as it does ب ت ن ي.
_ALIKE = {"ج": "حخ", "ح": "جخ", "خ": "جح", "ع": "غ", "غ": "ع"}


def _endings() -> tuple[str, ...]:
    lines = (Path(__file__).parent / "data" / "odd-endings.txt").read_text(encoding="utf-8").splitlines()
    rows = (line.split() for line in lines if not line.startswith("#"))
    return tuple(first + last for first, lasts in rows for last in lasts)


_ODD_ENDINGS = _endings()
WAKES = tuple(f"{ending} " for ending in _ODD_ENDINGS)
_WORD = compile_re(r"(?<![ء-ۓ\u064b-\u0652\u0640])[ء-غف-ي]+(?![ء-ۓ\u064b-\u0652\u0640])")


def slip_of_one_letter(rule: DeclarativeRule, anatomy: Anatomy) -> Iterator[Diagnostic]:
    """A word that ends as no Arabic word does, and stands elsewhere in the text with one dot more or less."""
    matches = list(_WORD.finditer(anatomy.text))
    words = [match.group() for match in matches]
    counts = Counter(words)
    for place, word in enumerate(words):
        if len(word) < 4 or counts[word] != 1 or not word.endswith(_ODD_ENDINGS):
            continue
        span = Span(*matches[place].span())
        right = _other_spelling(words, place, counts)
        if right and anatomy.text[span.end : span.end + 1] == " " and not anatomy.is_protected(span):
            fix = Fix.replace(f"Write {right}", span, right, Applicability.UNSAFE)
            yield rule.report(anatomy, span, fix=fix, confidence=0.95, word=word, right=right)


def _other_spelling(words: list[str], place: int, counts: Counter[str]) -> str:
    for letter in _ALIKE[words[place][-1]]:
        other = words[place][:-1] + letter
        if counts[other] >= 2 or (counts[other] == 1 and _same_neighbour(words, place, words.index(other))):
            return other
    return ""


def _same_neighbour(words: list[str], here: int, there: int) -> bool:
    before = here and there and words[here - 1] == words[there - 1]
    return bool(before) or words[here + 1 : here + 2] == words[there + 1 : there + 2] != []
