"""Habits of older keyboards and converters in Urdu and Sorani: right shapes, other letters."""

import re
from collections.abc import Iterator

from corpuslint import (
    LANGUAGES,
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
    Severity,
    Span,
    Triggers,
    compile_re,
    same_letters,
)

_ZWNJ = "\N{ZERO WIDTH NON-JOINER}"


# Letters of which a paragraph of the language has some, in a document of another one. The rules name no language of
# documents: a document can change its language from one paragraph to the next.
_PASHTO = LANGUAGES["ps"].marks


class _Habit:
    """What these rules share: each match of `pattern` in a line of the language becomes `right`."""

    spec: RuleSpec
    language: str
    pattern: re.Pattern[str]
    in_line: re.Pattern[str] | None = None
    foreign: re.Pattern[str] | None = None  # words that are of another language, as its own letters show
    right: str
    title: str
    applicability: Applicability | None  # None where no letter is certain: reported, not fixed

    def check(self, anatomy: Anatomy) -> Iterator[Diagnostic]:
        if same_letters(anatomy.language) != self.language and not any(
            letter in anatomy.text for letter in LANGUAGES[self.language].marks
        ):
            return
        for line in anatomy.filled:
            if self.in_line and not self.in_line.search(line.text):
                continue
            if not self.pattern.search(line.span.of(anatomy.text)):
                continue
            language = anatomy.language_of(line)
            if same_letters(language) != self.language:
                continue
            edits = tuple(
                Edit(Span(*match.span()), self.right)
                for match in self.pattern.finditer(anatomy.text, *line.span)
                if not anatomy.is_protected(Span(*match.span())) and not self._is_foreign(anatomy.text, match.start())
            )
            if edits:
                span = Span(edits[0].span.start, edits[-1].span.end)
                fix = Fix(self.title, self.applicability, edits) if self.applicability else None
                yield self.spec.report(
                    anatomy.document, span, fix=fix, language=language, evidence={"count": len(edits)}
                )

    def _is_foreign(self, text: str, at: int) -> bool:
        if self.foreign is None:
            return False
        return any(word.start() <= at < word.end() for word in self.foreign.finditer(text, max(0, at - 30), at + 30))


class NonJoinedHehInSorani(_Habit):
    """ه and a ZWNJ for ە."""

    language = "ckb"
    pattern = compile_re(f"ه{_ZWNJ}")
    right = "ە"
    title = "Write ە"
    applicability = Applicability.SAFE
    spec = RuleSpec(
        code=RuleCode("LET005"),
        name="non-joined-heh-in-sorani",
        summary="The Sorani vowel ە is written as heh and a non-joiner",
        message="heh and a zero width non-joiner for ە",
        severity=Severity.WARNING,
        triggers=Triggers(patterns=(r"ه\u200C",)),
        before=("LET014",),
        budget=EditBudget(characters=f"ه{_ZWNJ}ە"),
        docs=Docs(
            finds="Heh with a zero width non-joiner in lines that are Sorani.",
            why="The same vowel is one letter in one text and two characters in the next.",
            fix_safety="The reader sees the same letter.",
            references=("https://www.unicode.org/L2/L2014/14136-kurdish-uighur-heh.pdf",),
        ),
        invalid=(
            Example(
                f"هه{_ZWNJ}ولێر پایته{_ZWNJ}ختی هه{_ZWNJ}رێمی کوردستانه{_ZWNJ}؟",
                fixed="هەولێر پایتەختی هەرێمی کوردستانە؟",
            ),
        ),
        valid=(
            Example("هەولێر پایتەختی هەرێمی کوردستانە", why="the vowel as a letter"),
            Example(f"خانه{_ZWNJ}های تازه را در تهران ساختند و فروختند", why="Persian"),
        ),
    )


class DoachashmeeInSorani(_Habit):
    """ھ for ه."""

    language = "ckb"
    pattern = compile_re("ھ")
    right = "ه"
    title = "Write heh"
    applicability = Applicability.UNSAFE
    spec = RuleSpec(
        code=RuleCode("LET006"),
        name="doachashmee-in-sorani",
        summary="Sorani /h/ is written with heh doachashmee",
        message="heh doachashmee in Sorani",
        severity=Severity.INFO,
        default=False,
        triggers=Triggers(patterns=("ھ",)),
        budget=EditBudget(characters="ھه"),
        docs=Docs(
            finds="U+06BE in lines that are Sorani.",
            why="CLDR writes U+0647, the Sorani Wikipedia U+06BE: a corpus has to choose. Off by default.",
            fix_safety="Unsafe: it rewrites a house style.",
        ),
        invalid=(Example("ھەولێر پایتەختی ھەرێمی کوردستانە", fixed="هەولێر پایتەختی هەرێمی کوردستانە"),),
        valid=(Example("هەولێر پایتەختی هەرێمی کوردستانە", why="U+0647"),),
    )


class AlefMaksuraInSorani(_Habit):
    """دەوڵەتى for دەوڵەتی."""

    language = "ckb"
    pattern = compile_re("ى")
    in_line = compile_re("[ەێۆڵڕ]")
    right = "ی"
    title = "Write Farsi yeh"
    applicability = Applicability.UNSAFE
    spec = RuleSpec(
        code=RuleCode("LET007"),
        name="alef-maksura-in-sorani",
        summary="Sorani yeh is written as alef maksura",
        message="alef maksura in Sorani",
        severity=Severity.INFO,
        triggers=Triggers(patterns=("[ەێۆڵڕ]",)),
        budget=EditBudget(characters="ىی"),
        docs=Docs(
            finds="U+0649 in lines that are Sorani, whose alphabet has U+06CC alone.",
            why="The same word is two words to every search, vocabulary and tokeniser.",
            fix_safety="Unsafe: many houses still write so, and inside a word the shape changes from ى to ی.",
        ),
        invalid=(
            Example("دەوڵەتى نوێ هێزەکانى نارد بۆ شاری هەولێر", fixed="دەوڵەتی نوێ هێزەکانی نارد بۆ شاری هەولێر"),
        ),
        valid=(
            Example("دەوڵەتی نوێ هێزەکانی نارد", why="Farsi yeh"),
            Example("ئۇ كىتابنى ئوقۇدى ۋە ئۆيگە قايتتى", why="Uyghur, where alef maksura is a vowel"),
        ),
    )


_ARABIC_SCRIPT = r"\u0620-\u064A\u066E-\u06D3\u06D5"
_KURDISH_ONLY = "ێۆڵڕەگچپژڤ"


class TehMarbutaInSorani(_Habit):
    """وةزارةت for وەزارەت."""

    language = "ckb"
    # Arabic has ة at the end of a word only; the words of one letter and ە are prepositions and particles of Sorani.
    pattern = compile_re(
        rf"ة(?=[{_ARABIC_SCRIPT}])"
        rf"|(?<=(?<![{_ARABIC_SCRIPT}])[كکلبندچ])ة(?![{_ARABIC_SCRIPT}])"
        rf"|(?:(?<=[{_KURDISH_ONLY}])|(?<=[{_KURDISH_ONLY}][{_ARABIC_SCRIPT}]))ة(?![{_ARABIC_SCRIPT}])"
    )
    right = "ە"
    title = "Write ە"
    applicability = Applicability.UNSAFE
    spec = RuleSpec(
        code=RuleCode("LET009"),
        name="teh-marbuta-in-sorani",
        summary="The Sorani vowel ە is written as teh marbuta",
        message="teh marbuta for ە",
        severity=Severity.ERROR,
        triggers=Triggers(patterns=(rf"ة[{_ARABIC_SCRIPT}]",)),
        budget=EditBudget(characters="ةە"),
        docs=Docs(
            finds="Teh marbuta inside a word, in words that are one letter and ة, and behind a letter that Arabic does "
            "not have, in lines that are Sorani.",
            why="Older Kurdish fonts drew ە in the place of ة. The word looks right in that font alone.",
            fix_safety="Unsafe: an Arabic name that lost a space is changed too.",
            references=("https://www.unicode.org/L2/L2014/14136-kurdish-uighur-heh.pdf",),
        ),
        invalid=(
            Example(
                "وةزارةتی دارایی ڕایگەیاند مووچە دابەش دەکرێت",
                fixed="وەزارەتی دارایی ڕایگەیاند مووچە دابەش دەکرێت",
            ),
            Example("گوتی لة شاری هةولێر کۆبوونەوەیەک دەکرێت", fixed="گوتی لە شاری هەولێر کۆبوونەوەیەک دەکرێت"),
        ),
        valid=(
            Example("ڕۆژنامەی الثورة لە شاری هەولێر بڵاو دەکرێتەوە", why="an Arabic name"),
            Example("وزارةالمالية تعلن صرف رواتب الموظفين اليوم في بغداد", why="Arabic that lost a space"),
        ),
    )


class YehBarreeInsideWord(_Habit):
    """ہےں for ہیں."""

    language = "ur"
    pattern = compile_re("ے(?=ں)")
    right = "ی"
    title = "Write Farsi yeh"
    applicability = Applicability.UNSAFE
    spec = RuleSpec(
        code=RuleCode("LET008"),
        name="yeh-barree-before-noon-ghunna",
        summary="Yeh barree stands inside an Urdu word",
        message="yeh barree before noon ghunna",
        severity=Severity.INFO,
        triggers=Triggers(patterns=("ےں",)),
        budget=EditBudget(characters="ےی"),
        docs=Docs(
            finds="U+06D2 before noon ghunna in lines that are Urdu. Yeh barree is a final letter.",
            why="Converters from InPage leave it; the same word is two words to every search.",
            fix_safety="Before other letters it is left: there a space may have been lost (کےلیے for کے لیے).",
        ),
        invalid=(
            Example("یہ لوگ کل سے یہاں ہےں اور کام کر رہے ہےں", fixed="یہ لوگ کل سے یہاں ہیں اور کام کر رہے ہیں"),
        ),
        valid=(
            Example("یہ لوگ کل سے یہاں ہیں", why="yeh inside, yeh barree at the end"),
            Example("یہ سب بچوں کےلیے ہے اور بس", why="a lost space"),
        ),
    )


class ArabicKafInPashto(_Habit):
    """كې for کې."""

    language = "ps"
    pattern = compile_re("ك")
    foreign = compile_re(r"(?<!\w)[وفبك]?(?:ال|لل)\w+|(?=\w*[ةأإى])\w+|(?:\w+[\u064B-\u0652])+\w*")
    right = "ک"
    title = "Write keheh"
    applicability = Applicability.SAFE
    spec = RuleSpec(
        code=RuleCode("LET012"),
        name="arabic-kaf-in-pashto",
        summary="Pashto kaf is written as Arabic kaf",
        message="Arabic kaf in Pashto",
        severity=Severity.ERROR,
        triggers=Triggers(patterns=(f"[{_PASHTO}]",)),
        budget=EditBudget(characters="كک"),
        docs=Docs(
            finds="U+0643 in lines that are Pashto. Its yehs are many, and are left.",
            why="The same word in two spellings is two words to every search, vocabulary and tokeniser.",
            fix_safety="Pashto has one kaf, U+06A9.",
            references=("https://www.unicode.org/charts/PDF/U0600.pdf",),
        ),
        invalid=(
            Example(
                "د ښوونځي زده كوونكو په ټولګي كې نوي كتابونه واخيستل",
                fixed="د ښوونځي زده کوونکو په ټولګي کې نوي کتابونه واخيستل",
            ),
        ),
        valid=(
            Example("د ښوونځي زده کوونکو په ټولګي کې نوي کتابونه واخيستل", why="the letter of the alphabet"),
            Example("كتب الشاعر قصيدة عن مدينة قندهار وأهلها في ديوانه الأول", why="Arabic"),
            Example("ښوونکي د الكوثر سورت ښوونځي ته د زده کوونکو لپاره ولوست", why="an Arabic name"),
        ),
    )


class FarsiLetterInUyghur(_Habit):
    """ئیسکیلات for ئىسكىلات."""

    language = "ug"
    pattern = compile_re("[یک]")
    right = ""
    title = ""
    applicability = None
    spec = RuleSpec(
        code=RuleCode("LET013"),
        name="farsi-letter-in-uyghur",
        summary="A Uyghur word is written with Farsi yeh or keheh",
        message="Farsi yeh or keheh in Uyghur",
        severity=Severity.ERROR,
        triggers=Triggers(patterns=("[ۇۈۋ]",)),
        docs=Docs(
            finds="U+06CC and U+06A9 in lines that are Uyghur, whose alphabet has neither.",
            why="The same word in two spellings is two words to every search, vocabulary and tokeniser.",
            fix_safety="There is no fix: Farsi yeh stands for ى as often as for ي.",
            references=("https://www.unicode.org/charts/PDF/U0600.pdf",),
        ),
        invalid=(Example("دېھقانلار مېۋە ساقلاش ئیسکیلاتلىرىنىڭ يوقلۇقىنى بىلدۈردى"),),
        valid=(
            Example("دېھقانلار مېۋە ساقلاش ئىسكىلاتلىرىنىڭ يوقلۇقىنى بىلدۈردى", why="the letters of the alphabet"),
            Example("شهردار گفت پارک تازه‌ای در این محله ساخته می‌شود", why="Persian"),
        ),
    )


RULES = (
    NonJoinedHehInSorani(),
    DoachashmeeInSorani(),
    AlefMaksuraInSorani(),
    TehMarbutaInSorani(),
    YehBarreeInsideWord(),
    ArabicKafInPashto(),
    FarsiLetterInUyghur(),
)
