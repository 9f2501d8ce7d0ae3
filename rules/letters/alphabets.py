"""Letters of a neighbouring alphabet: Persian ones in Arabic words, Arabic ones in Persian, Urdu and Sorani words."""

import re
from functools import lru_cache

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
    Severity,
    Triggers,
    compile_re,
    same_letters,
)

_KAFS = "كکڪ"
_YEHS = "يىیے"
_HEHS = "هہھەةۃۀۂ"
_HAMZAS = "ٸئٶؤؠ"
_ZWNJ = "\N{ZERO WIDTH NON-JOINER}"


# A headline can lack every sign of its language; its declared language is evidence then.
_ONE_LINE = r"\A[^\r\n]{1,80}[\r\n]*\Z"
_SHORT = compile_re(_ONE_LINE)

_TWO_WORDS = 12
"""Letters below which a text of no declared language is hardly read."""


# A document can change its language from one paragraph to the next, so no rule here names a language of documents.
class _ForeignLetters:
    """What the four rules share: they report the words that the fact found in lines of their language."""

    spec: RuleSpec
    language: str
    title: str
    evidence: re.Pattern[str]

    def check(self, anatomy: Anatomy) -> list[Diagnostic]:
        if not self.evidence.search(anatomy.text) and not (
            anatomy.declared_language == self.language and _SHORT.match(anatomy.text)
        ):
            return []
        spec, document, own, title = self.spec, anatomy.document, self.language, self.title
        # A word or two of no declared language may be told by one of them, and that may be a name.
        told = anatomy.declared_language or anatomy.reading.letters >= _TWO_WORDS
        applicability = Applicability.SAFE if told else Applicability.UNSAFE
        findings = []
        for span, language, word, right, candidates in anatomy.respellings:
            if same_letters(language) != own:
                continue
            if right == word:
                shown = (Edit(span, candidates[0]),)
                fix = Fix(f"Write {' or '.join(candidates)}", Applicability.DISPLAY, shown)
            else:
                fix = Fix.replace(title, span, right, Applicability.UNSAFE if right in candidates else applicability)
            message = _message(spec.message, word, right or word)
            evidence = {"candidates": candidates} if candidates else None
            findings.append(spec.report(document, span, fix=fix, language=language, evidence=evidence, message=message))
        return findings


@lru_cache(maxsize=1 << 14)
def _message(template: str, word: str, right: str) -> str:
    return template.format(word=word, letters=_named(word, right))


def _named(word: str, right: str) -> str:
    """The code points that are wrong in `word`, or that nothing decides where it is left as it is."""
    wrong = [letter for letter in dict.fromkeys(word) if letter not in right] or [
        letter for letter in dict.fromkeys(word) if letter in "یےهؠ"
    ]
    return ", ".join(f"U+{ord(letter):04X}" for letter in wrong)


class PersianLetterInArabic(_ForeignLetters):
    """کوریا الشمالیة in an Arabic line."""

    language = "ar"
    title = "Write the word in Arabic letters"
    evidence = compile_re("[کڪیےہھەۃ]")
    spec = RuleSpec(
        code=RuleCode("LET001"),
        name="persian-letter-in-arabic",
        summary="An Arabic word is written with letters of the Persian or Urdu alphabet",
        message="Arabic word {word} written with {letters}",
        severity=Severity.ERROR,
        triggers=Triggers(patterns=("[کڪیےہھەۃ]",)),
        budget=EditBudget(characters=_KAFS + _YEHS + _HEHS),
        docs=Docs(
            finds=(
                "Keheh, swash kaf, Farsi yeh, yeh barree and the hehs of Urdu in words of a line that is Arabic. "
                "Names with پ چ ژ گ ڤ, quotations in Persian, addresses, hashtags and Qur'anic text are left alone."
            ),
            why="The word looks right and is another word to every search, vocabulary and tokeniser.",
            fix_safety=(
                "Kaf, heh and a yeh inside the word are certain. A Farsi yeh at the end is yeh or alef maksura: the "
                "shape of the word and a lexicon of 79,000 articles decide. Where both are words (رأي, رأى) the fix "
                "is shown and not applied; where علی is على in 99 of 100 cases and may be a name (علی قنديل), it is "
                "unsafe."
            ),
            references=("https://www.unicode.org/charts/PDF/U0600.pdf",),
        ),
        invalid=(
            Example("كلمات دلالية: روسيا، کوریا الشمالیة", fixed="كلمات دلالية: روسيا، كوريا الشمالية"),
            Example("وصل الوفد إلی العاصمة وأعلن حتی الآن", fixed="وصل الوفد إلى العاصمة وأعلن حتى الآن"),
            Example("قال المتحدث إن هذا شیء جدید", spans=("شیء", "جدید"), fixed="قال المتحدث إن هذا شيء جديد"),
            Example("زار مصطفی ویحیی المستشفی أمس", {"language": "ar"}, fixed="زار مصطفى ويحيى المستشفى أمس"),
            Example("كان له رأی آخر في المسألة", spans=("رأی",)),
            Example("قرأ الحاضرون سورة الفاتحە على أرواح الشهداء", spans=("الفاتحە",)),
            Example("بسم اللہ", {"language": "ar"}, fixed="بسم الله"),
            Example("بدأ الاجتماع بقوله بسم اللہ أمام الحاضرين", fixed="بدأ الاجتماع بقوله بسم الله أمام الحاضرين"),
        ),
        valid=(
            Example("قالت شركة گوگل وپوتين في چاد", {"language": "ar"}, why="letters that names bring along"),
            Example(
                f"كتب بالفارسية: «ما می{_ZWNJ}خواهیم که این کار را انجام دهیم» ثم خرج من القاعة",
                why="a quotation in Persian",
            ),
            Example("المزيد على https://example.org/wiki/کوریا اليوم", why="an address"),
            Example("رئیس جمهور ایران به تهران بازگشت و با خبرنگاران سخن گفت", why="Persian"),
            Example("بدأ القارئ بسورة الفاتحة وختم بسورة الإخلاص", why="the letters of the alphabet"),
        ),
    )


class ArabicLetterInPersian(_ForeignLetters):
    """Arabic yeh and kaf in Persian, in a few words or in all of them."""

    language = "fa"
    title = "Write the word in Persian letters"
    # Without one of these no stretch of text reads as Persian.
    evidence = compile_re(r"[پچژگ]|م[يی]\u200C| (?:[كک]ه|است|را|از|در|برا[يی]|اين|این) ")
    spec = RuleSpec(
        code=RuleCode("LET002"),
        name="arabic-letter-in-persian",
        summary="A Persian word is written with Arabic yeh or kaf",
        message="Persian word {word} written with {letters}",
        severity=Severity.ERROR,
        triggers=Triggers(patterns=(r"[پچژگ]|م[يی]\u200C| (?:[كک]ه|است|را|از|در|برا[يی]|اين|این) ", _ONE_LINE)),
        budget=EditBudget(characters=_KAFS + _YEHS + _HEHS + _ZWNJ),
        docs=Docs(
            finds=(
                "Arabic yeh, alef maksura, Arabic kaf and foreign hehs in words of a line that is Persian. Arabic "
                "quotations, vocalised ones above all, are left alone, and so are teh marbuta and hamza."
            ),
            why="The same word in two spellings is two words to every search, vocabulary and tokeniser.",
            fix_safety="Persian has one yeh and one kaf; nothing is left to decide.",
            references=("https://www.unicode.org/charts/PDF/U0600.pdf",),
        ),
        invalid=(
            Example("وزير كشور گفت كه اين طرح اجرا مي شود", fixed="وزیر کشور گفت که این طرح اجرا می شود"),
            Example(
                "نمایندگان مجلس در باره این طرح رأي دادند",
                spans=("رأي",),
                fixed="نمایندگان مجلس در باره این طرح رأی دادند",
            ),
        ),
        valid=(
            Example("مؤسسه دایرةالمعارف در بارهٔ این مسأله رأی داد", why="teh marbuta and hamza are Persian too"),
            Example("او آیهٔ «إِنَّا أَعْطَيْنَاكَ الْكَوْثَرَ فَصَلِّ لِرَبِّكَ» را خواند و نشست", why="a vocalised Arabic quotation"),
            Example("نشانی https://example.org/?q=كتاب در این صفحه است", why="an address"),
            Example("این دعا با «يا مقلب القلوب و الابصار» آغاز شده است", why="a short Arabic quotation"),
        ),
    )


class ArabicLetterInUrdu(_ForeignLetters):
    """Arabic yeh and kaf in Urdu."""

    language = "ur"
    title = "Write the word in Urdu letters"
    evidence = compile_re("[ٹڈڑںےہھ]")
    spec = RuleSpec(
        code=RuleCode("LET003"),
        name="arabic-letter-in-urdu",
        summary="An Urdu word is written with Arabic yeh or kaf",
        message="Urdu word {word} written with {letters}",
        severity=Severity.ERROR,
        triggers=Triggers(patterns=("[ٹڈڑںےہھ]", _ONE_LINE)),
        budget=EditBudget(characters=_KAFS + _YEHS + _HEHS + _HAMZAS),
        docs=Docs(
            finds="Arabic yeh, alef maksura, kaf, heh and teh marbuta, the high hamzas U+0676 and U+0678, and Kashmiri "
            "yeh in words of a line that is Urdu.",
            why="The same word in two spellings is two words to every search, vocabulary and tokeniser.",
            fix_safety="Urdu has one kaf and, beside yeh barree, one yeh. U+0647 is ہ where no aspirated consonant can "
            "be, and what the word has in 95 of 100 articles elsewhere (کہا, بھی); a word that is not known there, and "
            "Kashmiri yeh, get both spellings shown.",
            references=("https://www.unicode.org/charts/PDF/U0600.pdf",),
        ),
        invalid=(
            Example(
                "وزیر نے كہا كہ يہ منصوبہ جلد مکمل ہو جائے گا", fixed="وزیر نے کہا کہ یہ منصوبہ جلد مکمل ہو جائے گا"
            ),
            Example(
                "انہوں نے کہا کہ بارش ہوٸی اور زکوة بهی دی گئی",
                spans=("ہوٸی", "زکوة", "بهی"),
                fixed="انہوں نے کہا کہ بارش ہوئی اور زکوۃ بھی دی گئی",
            ),
            Example("انہوں نے بتایا کہ گاؠں میں بارش ہوئی ہے", spans=("گاؠں",)),
        ),
        valid=(Example("یہ ایک کتاب ہے جو میں نے کل خریدی تھی", why="heh goal, doachashmee and yeh barree are Urdu"),),
    )


class ArabicLetterInSorani(_ForeignLetters):
    """Arabic kaf and yeh in Sorani Kurdish."""

    language = "ckb"
    title = "Write the word in Kurdish letters"
    evidence = compile_re("[ەێۆڵڕ]")
    spec = RuleSpec(
        code=RuleCode("LET004"),
        name="arabic-letter-in-sorani",
        summary="A Sorani word is written with Arabic yeh or kaf",
        message="Sorani word {word} written with {letters}",
        severity=Severity.ERROR,
        triggers=Triggers(patterns=("[ەێۆڵڕ]", _ONE_LINE)),
        budget=EditBudget(characters=_KAFS + _YEHS),
        docs=Docs(
            finds="Arabic kaf and yeh in words of a line that is Sorani. Heh is contested and has rules of its own.",
            why="The same word in two spellings is two words to every search, vocabulary and tokeniser.",
            fix_safety="Sorani has one kaf and, beside ێ, one yeh.",
            references=("https://www.unicode.org/charts/PDF/U0600.pdf",),
        ),
        invalid=(Example("حكومەتی هەرێمی كوردستان ڕایگەیاند", fixed="حکومەتی هەرێمی کوردستان ڕایگەیاند"),),
        valid=(Example("کۆمپانیایەکی نوێ لە شاری هەولێر دەکرێتەوە", why="Kurdish letters"),),
    )


RULES = (PersianLetterInArabic(), ArabicLetterInPersian(), ArabicLetterInUrdu(), ArabicLetterInSorani())
