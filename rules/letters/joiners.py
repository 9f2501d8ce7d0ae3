"""Zero width non-joiner: noise in Arabic, needed in Persian, and what programs put in its place."""

import re
from collections.abc import Iterator
from pathlib import Path

from corpuslint import (
    Anatomy,
    Applicability,
    Diagnostic,
    Docs,
    Edit,
    EditBudget,
    Example,
    Fix,
    RuleCode,
    RuleSpec,
    Scope,
    Severity,
    Span,
    Triggers,
    compile_re,
    non_joiners,
)

_ZWNJ = "\N{ZERO WIDTH NON-JOINER}"
_LETTER = "\u0621-\u063a\u0641-\u064a\u0671-\u06d3\u06d5"
_MARK = "\u064b-\u0655\u0670"
_WORD = f"[{_LETTER}{_MARK}]"
_DASH = "\N{ARABIC TATWEEL}"  # as some write it between two words
_NOT_JOINING = "اأإآدذرزژوؤةءڈڑە"

_BETWEEN = compile_re(rf"(?<!{_WORD})({_WORD}+)({_ZWNJ}+)({_WORD}+)")


class NonJoinerInArabic:
    """A ZWNJ between two Arabic letters."""

    spec = RuleSpec(
        code=RuleCode("LET030"),
        name="non-joiner-in-arabic",
        summary="A zero width non-joiner stands in an Arabic word or between two",
        message="zero width non-joiner in {word}",
        severity=Severity.WARNING,
        languages=("ar",),
        triggers=Triggers(patterns=(rf"[{_LETTER}{_MARK}]\u200C+[{_LETTER}{_MARK}]",)),
        docs=Docs(
            finds="ZWNJ between two letters of an Arabic line. Arabic spelling has no use for it.",
            why="It cuts a word for a tokeniser, or stands where a space was and glues two words for a reader.",
            fix_safety=(
                "Before the article it stood for a space and becomes one (unsafe: a space appears). Behind a letter "
                "that does not join it cannot be seen and goes. Elsewhere a person must tell a word from two."
            ),
            references=("https://www.unicode.org/reports/tr31/",),
        ),
        invalid=(
            Example(f"جامعة الدول{_ZWNJ}العربية في القاهرة", fixed="جامعة الدول العربية في القاهرة"),
            Example(f"في الوقت الحا{_ZWNJ}لي قال المتحدث", fixed="في الوقت الحالي قال المتحدث"),
        ),
        valid=(Example(f"وزیر خارجه می{_ZWNJ}گوید که این کار را نمی{_ZWNJ}کند", why="Persian"),),
    )

    def check(self, anatomy: Anatomy) -> Iterator[Diagnostic]:
        if anatomy.language != "ar" and "ة" not in anatomy.text:
            return
        for line in anatomy.filled:
            if _ZWNJ not in line.text or anatomy.language_of(line) != "ar" or not anatomy.may_rewrite("ar"):
                continue
            for match in _BETWEEN.finditer(anatomy.text, *line.body):
                span = Span(*match.span(2))
                if anatomy.is_protected(span):
                    continue
                left, _, right = match.groups()
                yield self.spec.report(anatomy.document, span, fix=self._fix(span, left, right), word=f"{left}|{right}")

    def _fix(self, span: Span, left: str, right: str) -> Fix:
        if right.startswith(("ال", "وال")) and len(right) > 4 and len(left) > 1:
            return Fix.replace("Replace it with a space", span, " ", Applicability.UNSAFE)
        if left[-1] in _NOT_JOINING and min(len(left), len(right)) < 4:
            return Fix.delete("Delete it", span)
        return Fix.replace("Replace it with a space, or delete it", span, " ", Applicability.DISPLAY)


_IDLE = compile_re(
    rf"""
    (?<![{_LETTER}{_MARK}{_ZWNJ}{_DASH}\d]) {_ZWNJ}+ (?!های?\b)     # no letter before it, no plural ending behind
  | (?<=\d) {_ZWNJ}+ (?![{_LETTER}{_ZWNJ}])                          # no letter behind it, as the unit of a number is
  | (?<=[{_LETTER}{_MARK}]) {_ZWNJ}{{2,}} (?=[{_LETTER}])            # more than one between two letters
  | (?<=[{_LETTER}{_MARK}]) (?<![هھ]) {_ZWNJ}+ (?![{_LETTER}{_MARK}{_ZWNJ}{_DASH}.])   # no letter behind it
    """,
    re.VERBOSE,
)


# Cheaper, and true of every one of them: something else than letters stands beside it.
_MAYBE_IDLE = compile_re(rf"{_ZWNJ}(?:(?<![{_LETTER}{_MARK}{_ZWNJ}]{_ZWNJ})|(?![{_LETTER}]))")


class IdleNonJoiner:
    """A ZWNJ beside a space, a sign or another ZWNJ."""

    spec = RuleSpec(
        code=RuleCode("LET031"),
        name="idle-non-joiner",
        summary="A zero width non-joiner separates nothing",
        message="zero width non-joiner without a letter on both sides",
        severity=Severity.INFO,
        triggers=Triggers(
            patterns=(rf"(?:^|[^{_LETTER}{_MARK}])\u200C", rf"\u200C(?:$|[^{_LETTER}{_MARK}])"),
        ),
        budget=EditBudget(characters=_ZWNJ),
        docs=Docs(
            finds="ZWNJ at the edge of a word, and a second one between the same two letters.",
            why="It cannot be seen and makes the same word two.",
            fix_safety="Nothing visible changes. Behind a final heh it is left: older Sorani texts write ە so.",
            references=("https://www.unicode.org/reports/tr31/",),
        ),
        invalid=(
            Example(f"کتاب{_ZWNJ} تازه", spans=(_ZWNJ,), fixed="کتاب تازه"),
            Example(f"می{_ZWNJ}{_ZWNJ}رود", fixed=f"می{_ZWNJ}رود"),
            Example(f"{_ZWNJ}او گفت{_ZWNJ}، آمد", fixed="او گفت، آمد"),
        ),
        valid=(
            Example(f"می{_ZWNJ}رود", why="between two letters"),
            Example(f"۱۰{_ZWNJ}ماه پس از آن", why="between a number and its unit"),
            Example(f"گروه پزشکی{_ZWNJ}ـ{_ZWNJ}درمانی", why="around a dash"),
            Example(f"ئه{_ZWNJ} لە", why="the Sorani vowel, as it was written before U+06D5"),
        ),
    )

    def check(self, anatomy: Anatomy) -> Iterator[Diagnostic]:
        behind = 0
        for candidate in _MAYBE_IDLE.finditer(anatomy.text):
            at = candidate.start()
            match = _IDLE.match(anatomy.text, at) if at >= behind else None
            if not match:
                continue
            span = Span(*match.span())
            behind = span.end
            if match.start() and match.end() < len(anatomy.text) and _joins(anatomy.text, span):
                fix = Fix.replace("Keep one", span, _ZWNJ)
            else:
                fix = Fix.delete("Delete it", span)
            yield self.spec.report(anatomy.document, span, fix=fix)


def _joins(text: str, span: Span) -> bool:
    return bool(re.match(_WORD, text[span.start - 1]) and re.match(f"[{_LETTER}]", text[span.end]))


def _places(text: str, needle: str) -> Iterator[int]:
    at = text.find(needle)
    while at >= 0:
        yield at
        at = text.find(needle, at + 1)


def _listed(name: str) -> list[str]:
    lines = (Path(__file__).parent / "data" / name).read_text(encoding="utf-8").splitlines()
    return [word for line in lines if not line.startswith("#") for word in line.split()]


_ENDINGS = ("", "م", "ی", "د", "یم", "ید", "ند")
_VERBS = frozenset(stem + ending for stem in _listed("persian-verb-stems.txt") for ending in _ENDINGS)
_PARTED = compile_re(rf"(?<![{_LETTER}{_ZWNJ}])(ن?می) ([{_LETTER}]++)(?!{_ZWNJ})")


class PartedVerbPrefix:
    """می رود with a space between."""

    spec = RuleSpec(
        code=RuleCode("LET033"),
        name="parted-verb-prefix",
        summary="The Persian verb prefix می is parted from its verb by a space",
        message="space instead of a zero width non-joiner in {word}",
        severity=Severity.INFO,
        languages=("fa",),
        triggers=Triggers(patterns=(rf"(?:^|[^{_LETTER}\u200C])ن?می [{_LETTER}]",)),
        budget=EditBudget(characters=_ZWNJ + " "),
        docs=Docs(
            finds="می and نمی before a form of one of the commoner Persian verbs, with a space between.",
            why="The same verb form is one word in one text and two in the next.",
            fix_safety="The reader sees a narrower gap. می before any other word (May, wine) is left alone.",
        ),
        invalid=(
            Example(
                "او هر روز به مدرسه می رود و نمی خواهد بماند",
                {"language": "fa"},
                fixed=f"او هر روز به مدرسه می{_ZWNJ}رود و نمی{_ZWNJ}خواهد بماند",
            ),
        ),
        valid=(
            Example(f"او هر روز به مدرسه می{_ZWNJ}رود", why="a non-joiner"),
            Example("در ماه می گذشته باران بارید", {"language": "fa"}, why="the month of May"),
        ),
    )

    def check(self, anatomy: Anatomy) -> Iterator[Diagnostic]:
        text = anatomy.text
        for at in _places(text, "می "):
            match = _PARTED.match(text, at - (text[at - 1 : at] == "ن"))
            if match is None or match[2] not in _VERBS:
                continue
            span = Span(match.end(1), match.start(2))
            if anatomy.language_at(at) == "fa" and not anatomy.is_protected(span):
                fix = Fix.replace("Write a zero width non-joiner", span, _ZWNJ, Applicability.UNSAFE)
                yield self.spec.report(anatomy.document, span, fix=fix, word=f"{match[1]} {match[2]}")


class LostNonJoiners:
    """A Persian text without one non-joiner, and its words glued."""

    spec = RuleSpec(
        code=RuleCode("LET035"),
        name="lost-non-joiners",
        summary="The non-joiners of a Persian text were deleted",
        message="no zero width non-joiner in a Persian text, and {count} words glued: an extractor deleted them",
        severity=Severity.WARNING,
        scope=Scope.DOCUMENT,
        languages=("fa",),
        triggers=Triggers(patterns=(rf"ن?می[{_LETTER}]{{2}}", rf"[{_LETTER}]{{2}}(?:ها|تر|اند|ام|اید|ایم)")),
        before=("LET032", "LET033", "LET034", "SPC020"),
        budget=EditBudget(characters=_ZWNJ),
        docs=Docs(
            finds="Persian documents without one zero width non-joiner in which two words or more of a hundred are "
            "glued that are parted elsewhere (میشود, کتابهای). News has one in every ten to fifteen words. Some "
            "extractors delete all format characters, trafilatura up to 2.3 and the corpora made with it among them.",
            why="Every tenth word is another word to every search, vocabulary and tokeniser, and looks wrong to every "
            "reader.",
            fix_safety="Unsafe: where the non-joiners stood is told by a lexicon and by the parts of words. In "
            "text never seen, three to four in five come back, and 1 in 100 in another place. Better: extract again.",
            references=("https://www.unicode.org/reports/tr31/",),
        ),
        invalid=(
            Example(
                "مدرسهها از فردا باز میشوند و دانشآموزان کتابهای تازه میگیرند و معلمان به کلاسها میروند",
                {"language": "fa"},
                fixed=f"مدرسه{_ZWNJ}ها از فردا باز می{_ZWNJ}شوند و دانش{_ZWNJ}آموزان کتاب{_ZWNJ}های تازه "
                f"می{_ZWNJ}گیرند و معلمان به کلاس{_ZWNJ}ها می{_ZWNJ}روند",
            ),
        ),
        valid=(
            Example(f"مدرسه{_ZWNJ}ها از فردا باز می{_ZWNJ}شوند", {"language": "fa"}, why="non-joiners"),
            Example(
                "مدرسه ها از فردا باز می شوند و معلمان به کلاس ها می روند", {"language": "fa"}, why="a house style"
            ),
            Example("میان این دو شهر تنها یک راه است و میراث آن میماند", {"language": "fa"}, why="one word alone"),
        ),
    )

    def check(self, anatomy: Anatomy) -> Iterator[Diagnostic]:
        text = anatomy.text
        if _ZWNJ in text:
            return
        edits: list[Edit] = []
        glued = words = 0
        for match in _WHOLE_WORD.finditer(text):
            words += 1
            parted = non_joiners.with_non_joiner(match[0])
            if parted == match[0] or anatomy.is_protected(Span(*match.span())):
                continue
            glued += 1
            at = match.start()
            for part in parted.split(_ZWNJ)[:-1]:
                at += len(part)
                edits.append(Edit(Span(at, at), _ZWNJ))
        if glued >= _FEWEST and glued * _ONE_IN >= words:
            fix = Fix("Put the non-joiners back", Applicability.UNSAFE, tuple(edits))
            evidence = {"glued": glued, "words": words}
            yield self.spec.report(anatomy.document, fix=fix, confidence=0.95, evidence=evidence, count=glued)


_WHOLE_WORD = compile_re(f"[{_LETTER}{_MARK}]++")
_FEWEST = 3
"""Glued words that a text must have; one or two are slips."""

_ONE_IN = 50
"""One glued word in so many words is enough; a text with its non-joiners has four such places."""

RULES = (NonJoinerInArabic(), IdleNonJoiner(), PartedVerbPrefix(), LostNonJoiners())
