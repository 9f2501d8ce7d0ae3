"""Yeh and alef maksura at the end of Arabic words: slips of one, slips of the other, and a house style."""

import re
from collections.abc import Iterator

from corpuslint import Anatomy, Applicability, DeclarativeRule, Diagnostic, Fix, compile_re

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
UNDOTTED = (
    rf"[\u0621-\u064A](?:{_ENDINGS})ى(?:$|[^\u0620-\u06FF])",
    rf"(?:^|[^\u0620-\u06FF])[وف]?(?:{'|'.join(f'{stem}ى' for stem in _STEMS)})(?:$|[^\u0620-\u06FF])",
)

# إلي is a word ("to me") unless a noun follows. Left out: words that are also adjectives (الأولي, السوي), names, and
# كبري, which is a bridge in Arabia.
DOTTED = (
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
_DOTTED_WORD = compile_re("|".join(DOTTED), re.MULTILINE)


def undotted_yeh_slip(rule: DeclarativeRule, anatomy: Anatomy) -> Iterator[Diagnostic]:
    """اقتصادى in a text that dots every other final yeh."""
    if not _UNDOTTED_WORD.search(anatomy.text) or anatomy.yeh_spelling.is_house_style:
        return
    for slip in anatomy.yeh_spelling.undotted:
        if not _UNDOTTED_WORD.search(slip.word):
            continue
        fix = Fix.replace(f"Write {slip.right}", slip.span, slip.right, Applicability.UNSAFE)
        yield rule.report(anatomy, slip.span, fix=fix, language="ar", word=slip.word)


def dotted_alef_maksura(rule: DeclarativeRule, anatomy: Anatomy) -> Iterator[Diagnostic]:
    """إلي for إلى."""
    slips = anatomy.yeh_spelling.slips
    if not slips or not _DOTTED_WORD.search(anatomy.text):
        return
    for slip in slips:
        behind = anatomy.text[slip.span.end : slip.span.end + 4]
        listed = _DOTTED_WORD.match(slip.word + behind) or slip.word in ("علي", "وعلي")
        if slip.letter == "ى" and listed:
            fix = Fix.replace(f"Write {slip.right}", slip.span, slip.right, Applicability.UNSAFE)
            yield rule.report(anatomy, slip.span, fix=fix, language="ar", word=slip.word)


def undotted_yeh_style(rule: DeclarativeRule, anatomy: Anatomy) -> Iterator[Diagnostic]:
    """فى, التى, الذى throughout."""
    if not _UNDOTTED_WORD.search(anatomy.text) or not anatomy.yeh_spelling.is_house_style:
        return
    for slip in anatomy.yeh_spelling.undotted:
        fix = Fix.replace(f"Write {slip.right}", slip.span, slip.right, Applicability.UNSAFE)
        yield rule.report(anatomy, slip.span, fix=fix, language="ar", word=slip.word)
