"""One letter typed for its neighbour of the same stroke: بيونح for بيونج."""

from collections import Counter
from collections.abc import Iterator
from pathlib import Path

from corpuslint import (
    Anatomy,
    Applicability,
    Diagnostic,
    Docs,
    Example,
    Fix,
    RuleCode,
    RuleSpec,
    Severity,
    Span,
    Triggers,
    compile_re,
)

# Letters that differ by dots alone and that no inflection exchanges, as it does ب ت ن ي.
_ALIKE = {"ج": "حخ", "ح": "جخ", "خ": "جح", "ع": "غ", "غ": "ع"}


def _endings() -> tuple[str, ...]:
    lines = (Path(__file__).parent / "data" / "odd-endings.txt").read_text(encoding="utf-8").splitlines()
    rows = (line.split() for line in lines if not line.startswith("#"))
    return tuple(first + last for first, lasts in rows for last in lasts)


_ODD_ENDINGS = _endings()
_WORD = compile_re(r"(?<![ء-ۓ\u064b-\u0652\u0640])[ء-غف-ي]+(?![ء-ۓ\u064b-\u0652\u0640])")


class SlipOfOneLetter:
    """A word that ends as no Arabic word does, and stands elsewhere in the text with one dot more or less."""

    spec = RuleSpec(
        code=RuleCode("LET060"),
        name="slip-of-one-letter",
        summary="A word is written once with a letter of the same stroke as the right one",
        message="{word} is written {right} elsewhere in this text",
        severity=Severity.WARNING,
        languages=("ar",),
        triggers=Triggers(patterns=tuple(f"{ending} " for ending in _ODD_ENDINGS)),
        docs=Docs(
            finds=(
                "A word met once, whose last three letters end no word in 1.4 million words of news, when the same "
                "text has it with the last letter dotted otherwise (ج ح خ, ع غ): twice, or once beside the same "
                "neighbour. Spellings that differ by more (بيونج, بيونغ) are nobody's slip."
            ),
            why="A name with a typo is lost to every search for it.",
            fix_safety="Unsafe: the word changes to the text's own other spelling of it.",
        ),
        invalid=(
            Example(
                "وصل الوفد إلى بيونح يانج أمس، وتقع بيونج يانج في الشمال",
                spans=("بيونح",),
                fixed="وصل الوفد إلى بيونج يانج أمس، وتقع بيونج يانج في الشمال",
            ),
        ),
        valid=(
            Example("بيونغ يانغ وبيونج يانج اسم واحد في بيونج يانج", why="two transliterations"),
            Example("وصل إلى بيونح يانج أمس", why="nothing in the text to compare it with"),
            Example("جوستين ماكري وجوستن ماكري", why="two spellings of a name"),
        ),
    )

    def check(self, anatomy: Anatomy) -> Iterator[Diagnostic]:
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
                yield self.spec.report(anatomy.document, span, fix=fix, confidence=0.95, word=word, right=right)


def _other_spelling(words: list[str], place: int, counts: Counter[str]) -> str:
    for letter in _ALIKE[words[place][-1]]:
        other = words[place][:-1] + letter
        if counts[other] >= 2 or (counts[other] == 1 and _same_neighbour(words, place, words.index(other))):
            return other
    return ""


def _same_neighbour(words: list[str], here: int, there: int) -> bool:
    before = here and there and words[here - 1] == words[there - 1]
    return bool(before) or words[here + 1 : here + 2] == words[there + 1 : there + 2] != []


RULES = (SlipOfOneLetter(),)
