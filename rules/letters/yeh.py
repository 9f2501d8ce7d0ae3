"""Yeh and alef maksura at the end of Arabic words: slips of one, slips of the other, and a house style."""

import re
from collections.abc import Iterator

from corpuslint import (
    Anatomy,
    Applicability,
    Diagnostic,
    Docs,
    EditBudget,
    Example,
    Fix,
    RuleCode,
    RuleSpec,
    Severity,
    Triggers,
    compile_re,
)

# Three letters before a final alef maksura that, in the same 79,000 articles, stand before yeh alone.
_ENDINGS = (
    "ماض|دول|عود|ثان|وطن|مال|ران|عرب|ماع|ريك|يرك|دور|ياس|روب|بان|سور|مصر|رنس|حال|مان|لام|جار|هائ|سكر|نوو|"
    "روس|ئيل|حوث|رسم|ملك|ليز|صاد|تال|غرب|ترك|راض|رون|لفن|مدن|ونس|هاب|طين|طان|محل|ركز|طال|أهل|قاف|ياض|فيذ|"
    "راق|نان|بيع|ئيس|تين|نوب|هال|ريق|غال|كوم|زيغ|ناع|ساس|نبغ|زيل|تان|قيق|راط|نائ|دان|قوم|سيس|أمن|ريخ|شقج|"
    "اخل|لصح|ياد|رات|اعب|لجو|علم|سان|نون|لطب|صحف|ائر|كور|يون|صين|شعب|ارج|دار|ريب|ليب|تيج|رال|حاف|ليج|جنب|"
    "لين|ياح|شرق|جاب|حاد|هور|ماس|يلس|يان|حام|بحر|سوب|ظيم|غان|قار|ردن|ؤول|دين|لوع|باد|دير|سنو|داد|طلس|ضائ|"
    "وائ|راس|ياط|لنب|رور|وظب|وات|رين|جيك|خدم|ثور|ويت|يات|جان|مائ|حان"
)
_STEMS = ("ف", "الت", "الذ", "ه", "أ")
_UNDOTTED = (
    rf"[\u0621-\u064A](?:{_ENDINGS})ى(?:$|[^\u0620-\u06FF])",
    rf"(?:^|[^\u0620-\u06FF])[وف]?(?:{'|'.join(f'{stem}ى' for stem in _STEMS)})(?:$|[^\u0620-\u06FF])",
)
# إلي is a word ("to me") unless a noun follows. Left out: words that are also adjectives (الأولي, السوي), names, and
# كبري, which is a bridge in Arabia.
_DOTTED = (
    r"(?:^|[^\u0620-\u06FF])[وف]?إلي ال[\u0621-\u064A]",
    r"(?:^|[^\u0620-\u06FF])و?علي [\u0621-\u064A][^\n]*[^\u0620-\u06FF]و?علي [\u0621-\u064A]",
    r"(?:^|[^\u0620-\u06FF])[وف]?[بلك]?(?:حت|أخر|إحد|مستو|مستشف|أقص|أعل|أدن|يسع|تسع)ي(?:$|[^\u0620-\u06FF])",
    r"(?:^|[^\u0620-\u06FF])(?:[وف]?[بلك]?ال|[وف]?لل)(?:أخر|مستو|مستشف|قتل|جرح|أعل|أقص|أدن|منتد)ي(?:$|[^\u0620-\u06FF])",
)
# The same, looked for from its last letter: an alternation of 141 endings is tried at that letter alone.
_UNDOTTED_WORD = compile_re(
    r"ى(?![\u0620-\u06FF])(?:"
    rf"(?<=[\u0621-\u064A](?:{_ENDINGS})ى)|"
    + "|".join(rf"(?<=(?<![\u0620-\u06FF]){clitic}{stem}ى)" for clitic in ("", "و", "ف") for stem in _STEMS)
    + ")"
)
_DOTTED_WORD = compile_re("|".join(_DOTTED), re.MULTILINE)


class UndottedYehSlip:
    """اقتصادى in a text that dots every other final yeh."""

    spec = RuleSpec(
        code=RuleCode("LET040"),
        name="undotted-yeh-slip",
        summary="One word ends in alef maksura where the text elsewhere writes yeh",
        message="{word} ends in alef maksura; this text writes yeh elsewhere",
        severity=Severity.WARNING,
        languages=("ar",),
        triggers=Triggers(patterns=_UNDOTTED),
        budget=EditBudget(characters="يى"),
        docs=Docs(
            finds=(
                "A word that 94 of 100 articles end in yeh, once or twice in a text that dots its other final yehs. "
                "A text that leaves the dots out throughout follows a style and is not reported here (see LET042)."
            ),
            why="The word is another word to every search, vocabulary and tokeniser.",
            fix_safety="Unsafe: in 6 of 100 cases the word is a name, or a verb that does end in alef maksura.",
        ),
        invalid=(
            Example(
                "عقد في المدينة منتدى اقتصادى حضره الوزير الروسي والسفير الألماني والمدير التنفيذي",
                spans=("اقتصادى",),
                fixed="عقد في المدينة منتدى اقتصادي حضره الوزير الروسي والسفير الألماني والمدير التنفيذي",
            ),
        ),
        valid=(
            Example("عقد فى المدينة منتدى اقتصادى حضره الوزير الروسى والسفير الألمانى", why="a house style"),
            Example("زار مستشفى في القرية ومنتدى في المدينة", why="words that end in alef maksura"),
        ),
    )

    def check(self, anatomy: Anatomy) -> Iterator[Diagnostic]:
        if not _UNDOTTED_WORD.search(anatomy.text) or anatomy.yeh_spelling.is_house_style:
            return
        for slip in anatomy.yeh_spelling.undotted:
            if not _UNDOTTED_WORD.search(slip.word):
                continue
            fix = Fix.replace(f"Write {slip.right}", slip.span, slip.right, Applicability.UNSAFE)
            yield self.spec.report(anatomy.document, slip.span, fix=fix, language="ar", word=slip.word)


class DottedAlefMaksura:
    """إلي for إلى."""

    spec = RuleSpec(
        code=RuleCode("LET041"),
        name="dotted-alef-maksura",
        summary="A word ends in yeh that ends in alef maksura",
        message="{word} ends in yeh instead of alef maksura",
        severity=Severity.WARNING,
        languages=("ar",),
        triggers=Triggers(patterns=_DOTTED),
        budget=EditBudget(characters="يى"),
        docs=Docs(
            finds="A list of common words that end in alef maksura (إلى before a noun, حتى, مستشفى), written with yeh.",
            why="The word is another word to every search, vocabulary and tokeniser. No house has this as its style.",
            fix_safety=(
                "Unsafe: إلي can also be “to me” without its shadda. علي is a name, and reported only where the text "
                "has it three times before a noun and never على."
            ),
        ),
        invalid=(
            Example(
                "سافر الوفد إلي القاهرة ونقل إلي المستشفي حتي المساء",
                fixed="سافر الوفد إلى القاهرة ونقل إلى المستشفى حتى المساء",
            ),
            Example(
                "وقع الوزير علي الاتفاق، وشدد علي ضرورة التنفيذ، وأثنى علي جهود الفريق",
                spans=("علي", "علي", "علي"),
                fixed="وقع الوزير على الاتفاق، وشدد على ضرورة التنفيذ، وأثنى على جهود الفريق",
            ),
        ),
        valid=(
            Example("سافر علي إلى القاهرة", why="a name"),
            Example("نظر إلي وقال إن التعليم الأولي مجاني", why="to me; an adjective"),
            Example("قال لي رأيي في الأمر وهو يجري", why="words that end in yeh"),
        ),
    )

    def check(self, anatomy: Anatomy) -> Iterator[Diagnostic]:
        slips = anatomy.yeh_spelling.slips
        if not slips or not _DOTTED_WORD.search(anatomy.text):
            return
        for slip in slips:
            behind = anatomy.text[slip.span.end : slip.span.end + 4]
            listed = _DOTTED_WORD.match(slip.word + behind) or slip.word in ("علي", "وعلي")
            if slip.letter == "ى" and listed:
                fix = Fix.replace(f"Write {slip.right}", slip.span, slip.right, Applicability.UNSAFE)
                yield self.spec.report(anatomy.document, slip.span, fix=fix, language="ar", word=slip.word)


class UndottedYehStyle:
    """فى, التى, الذى throughout."""

    spec = RuleSpec(
        code=RuleCode("LET042"),
        name="undotted-yeh-style",
        summary="The text leaves the dots of final yeh out, as Egyptian and Sudanese houses do",
        message="{word} ends in alef maksura",
        severity=Severity.INFO,
        languages=("ar",),
        default=False,
        triggers=Triggers(patterns=_UNDOTTED),
        budget=EditBudget(characters="يى"),
        docs=Docs(
            finds="Every word that other texts end in yeh, in a text that leaves the dots out.",
            why="A corpus of several houses has each such word twice. Off by default: it is right where it is used.",
            fix_safety="Unsafe: it rewrites a house style.",
        ),
        invalid=(
            Example(
                "قال الوزير فى كلمته التى ألقاها إن الوضع الاقتصادى مستقر",
                fixed="قال الوزير في كلمته التي ألقاها إن الوضع الاقتصادي مستقر",
            ),
        ),
        valid=(Example("قال الوزير في كلمته إن المستشفى مفتوح", why="dots where they belong"),),
    )

    def check(self, anatomy: Anatomy) -> Iterator[Diagnostic]:
        if not _UNDOTTED_WORD.search(anatomy.text) or not anatomy.yeh_spelling.is_house_style:
            return
        for slip in anatomy.yeh_spelling.undotted:
            fix = Fix.replace(f"Write {slip.right}", slip.span, slip.right, Applicability.UNSAFE)
            yield self.spec.report(anatomy.document, slip.span, fix=fix, language="ar", word=slip.word)


RULES = (UndottedYehSlip(), DottedAlefMaksura(), UndottedYehStyle())
