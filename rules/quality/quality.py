"""Documents that are no whole article: too short, only the page around one, cut off, repeating themselves."""

from collections import Counter
from collections.abc import Iterable, Iterator

from corpuslint import (
    Anatomy,
    Diagnostic,
    Docs,
    Example,
    Role,
    RuleCode,
    RuleSpec,
    Scope,
    Severity,
    Span,
    compile_re,
)

_BODY = "افتتحت البلدية صباح اليوم حديقة عامة جديدة في الحي الشمالي بحضور عدد كبير من السكان.\n"

_FEWEST_WORDS = 5
_WORDS = compile_re(r"[^\W\d_]{2,}")


class TooShort:
    """A document of a few words."""

    spec = RuleSpec(
        code=RuleCode("QLT001"),
        name="too-short",
        summary="The document has hardly any words",
        message="the document has {count} words",
        severity=Severity.WARNING,
        scope=Scope.DOCUMENT,
        docs=Docs(
            finds=f"Documents with fewer than {_FEWEST_WORDS} words, empty ones too.",
            why="The article was behind a player, a picture or a wall; what is left teaches nothing.",
            fix_safety="There is no fix.",
        ),
        invalid=(Example("شاهد الفيديو\n"), Example(" \n")),
        valid=(Example(_BODY, why="a short item is an article"),),
    )

    def check(self, anatomy: Anatomy) -> Iterable[Diagnostic]:
        """At most one finding."""
        if len(anatomy.text) > 120 and not anatomy.text.isspace():
            return ()
        count = len(_WORDS.findall(anatomy.text))
        return () if count >= _FEWEST_WORDS else (self.spec.report(anatomy.document, count=count),)


class OnlyBoilerplate:
    """A document in which every line is the page's."""

    spec = RuleSpec(
        code=RuleCode("QLT002"),
        name="only-boilerplate",
        summary="The document holds nothing but the page around an article",
        message="every line is boilerplate of the page; there is no article",
        severity=Severity.ERROR,
        scope=Scope.DOCUMENT,
        docs=Docs(
            finds="Documents in which every line is a button, a counter, a policy, a label, code or a list of other "
            "pieces. The rules for those are silent then: cutting every line would leave an empty document behind.",
            why="The scraper took the frame and missed the picture.",
            fix_safety="There is no fix; `build` withholds the record and says so.",
        ),
        invalid=(
            Example("شارك الخبر عبر فيسبوك وتويتر\nعدد التعليقات 0\nجميع الحقوق محفوظة\n"),
            Example("[ad_1]\nطباعة\n[ad_2]\n"),
        ),
        valid=(Example("شارك الخبر عبر فيسبوك وتويتر\n" + _BODY, why="there is an article"),),
    )

    def check(self, anatomy: Anatomy) -> Iterable[Diagnostic]:
        """At most one finding."""
        return (self.spec.report(anatomy.document),) if anatomy.only_page else ()


_ELLIPSIS = compile_re(r"(?:(?<!\.)\.{3,}+|…)[\s»”\"')\]]*+\Z")
_OPEN_WORDS = {
    *("في", "من", "إلى", "الى", "على", "عن", "أن", "إن", "التي", "الذي", "الذين", "ثم", "أو", "و", "حتى", "كما", "لم"),
    *("لن", "قد", "بين", "مع", "هذا", "هذه", "ذلك", "ولا", "وفي", "ومن", "وأن"),
    *("از", "به", "در", "که", "با", "را", "برای", "تا", "یا", "این", "آن"),
    *("کے", "کی", "کا", "میں", "سے", "نے", "اور", "کہ", "پر"),
    *("لە", "بۆ", "کە", "لەگەڵ", "یان"),
}
"""Words that cannot end a sentence."""

_CLOSING_VERBS = tuple(
    f" {verb}"
    for verb in (
        *(
            "است",
            "بود",
            "شد",
            "شود",
            "کند",
            "کنند",
            "کنید",
            "باشد",
            "دارد",
            "دارند",
            "نیست",
            "کرد",
            "ہے",
            "ہیں",
            "تھا",
            "گا",
        ),
        *("بدهد", "گفت", "رفت", "آمد", "دید", "بكند", "كند", "ہوں", "دەکات", "بوو", "کرا"),
    )
)
"""Verbs that close a sentence in languages whose verb comes last."""

_OPEN_SIGNS = "،,؛([«“"
_LAST_WORD = compile_re(r"(?:^|\s)(\S+)\Z")


def _open_end(text: str) -> str:
    """What shows that `text` goes on: an ellipsis, a comma, a word that asks for another; "" where nothing does."""
    text = text.rstrip()
    if text.endswith(("...", "…")) or text.rstrip("»”\"')]").endswith(("...", "…")):
        match = _ELLIPSIS.search(text)
        if match is None or text[: match.start()].rstrip().endswith(_CLOSING_VERBS):
            return ""  # the sentence is whole; its author sighs
        return match[0].strip()
    if text[-1:] and text[-1] in _OPEN_SIGNS:
        return text[-1]
    last = _LAST_WORD.search(text, max(len(text) - 12, 0))
    return last[1] if last is not None and last[1] in _OPEN_WORDS else ""


class Truncated:
    """A last paragraph that stops in the middle."""

    spec = RuleSpec(
        code=RuleCode("QLT003"),
        name="truncated",
        summary="The text stops in the middle",
        message="the text ends with “{end}”",
        severity=Severity.WARNING,
        docs=Docs(
            finds="A last paragraph that ends with an ellipsis, a comma, an opening bracket, or a word that cannot "
            "end a "
            "sentence (a preposition, “that”, “which”).",
            why="Feeds cut texts after so many characters; the corpus then learns to stop anywhere.",
            fix_safety="There is no fix: the rest is elsewhere.",
        ),
        invalid=(
            Example(
                _BODY + "وقال رئيس البلدية إن العمل في المرحلة الثانية من المشروع سيبدأ في الأسبوع المقبل بعد أن...\n",
                spans=("...",),
            ),
            Example(
                _BODY + "شهردار در پایان گفت مرحله دوم این طرح بزرگ پس از تصویب بودجه از ماه بعد و با همکاری مردم در\n",
                spans=("در",),
            ),
        ),
        valid=(
            Example(
                _BODY + "وتساءل: هل تكفي حديقة واحدة... أم نحتاج إلى حدائق كثيرة في كل حي؟\n",
                why="a pause inside the sentence",
            ),
            Example("حديقة جديدة...\n" + _BODY, why="a headline that pauses"),
        ),
    )

    def check(self, anatomy: Anatomy) -> Iterable[Diagnostic]:
        """At most one finding, at the end of the last paragraph."""
        if not _open_end(anatomy.text[-40:]):
            return ()
        last = None
        for line, role in zip(anatomy.lines, anatomy.roles, strict=True):
            if role is Role.BODY and len(line.text) >= 60:
                last = line
        end = _open_end(last.text) if last is not None else ""
        if last is None or not end:
            return ()
        at = last.body.start + last.text.rindex(end)
        return (self.spec.report(anatomy.document, Span(at, at + len(end)), end=end),)


_SHORTEST_REPEATED = 30
_REPEATS = 3
_HALF = 0.5


class Repetitive:
    """A line or a sentence that comes again and again."""

    spec = RuleSpec(
        code=RuleCode("QLT004"),
        name="repetitive",
        summary="A sentence or a line stands in the document many times",
        message="stands in the document {count} times",
        severity=Severity.WARNING,
        docs=Docs(
            finds=f"A line, or a sentence, of at least {_SHORTEST_REPEATED} characters that stands {_REPEATS} times "
            f"or more, or "
            "repeated ones that make up half of the document.",
            why="A widget that was scraped on every scroll, or a text pasted into itself.",
            fix_safety="There is no fix: which copy is the text is for a person to say.",
        ),
        invalid=(Example(_BODY * 3), Example("بدأ العمل في الحي. " + _BODY[:-1] + " " + _BODY[:-1] + " " + _BODY)),
        valid=(Example(_BODY + "وانتهى العمل في الحي الجنوبي قبل ذلك بشهر كامل.\n", why="nothing comes twice"),),
    )

    def check(self, anatomy: Anatomy) -> Iterable[Diagnostic]:
        """At most one finding: what is repeated most, at its second place."""
        text = anatomy.text
        parts = text.split("\n")
        if len(parts) < 4:
            parts = text.split(". ")
        if len(set(parts)) == len(parts):
            return ()
        return list(self._report(anatomy, parts))

    def _report(self, anatomy: Anatomy, parts: list[str]) -> Iterator[Diagnostic]:
        counts = Counter(part.strip(" \n\r\t.") for part in parts if len(part) >= _SHORTEST_REPEATED)
        repeated = {part: count for part, count in counts.items() if count > 1}
        share = sum(len(part) * count for part, count in repeated.items()) / max(len(anatomy.text), 1)
        if share < _HALF and max(repeated.values(), default=0) < _REPEATS:
            return
        part = max(repeated, key=lambda part: (repeated[part], len(part)))
        at = anatomy.text.index(part, anatomy.text.index(part) + len(part))
        yield self.spec.report(
            anatomy.document,
            Span(at, at + len(part)),
            count=repeated[part],
            evidence={"repeated": len(repeated), "share": round(share, 2)},
        )


RULES = (TooShort(), OnlyBoilerplate(), Truncated(), Repetitive())
