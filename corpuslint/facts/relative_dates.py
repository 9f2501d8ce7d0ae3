"""Expressions whose day depends on the day of writing: yesterday, Wednesday, last month, the 10th of this month.

One grammar a language, matched on folded text. What only looks like one is left out: "Friday prayer", a market named
after Tuesday, "a week before the election" (counted from the election, not from today).
"""

from __future__ import annotations

import re
from datetime import date, timedelta

from msgspec import structs

from corpuslint.facts.absolute_dates import DateExpression, DateKind, iso_day
from corpuslint.facts.calendars import (
    ARABIC_SCRIPT_MONTH,
    GREGORIAN,
    JALALI,
    WEEKDAYS,
    alternation,
    fold,
    from_gregorian,
    interval,
    squeeze,
    to_gregorian,
    weekdays,
)
from corpuslint.languages import LANGUAGES, same_letters
from corpuslint.text.patterns import compile_re
from corpuslint.text.positions import Span
from corpuslint.words.openings import Openings, phrases_of

_L = r"[^\W\d_]"
_PAST = r"الماضي[هن]?|الماضيين|الماضيتين|المنصرمه?|الفائته?|المنقضيه?|الفارطه?|الاخير(?:ه|ين|تين)?"
_NOW = r"الجاريه?|الحاليه?|الراهنه?"
_NEXT = r"المقبله?|القادمه?|المقبلين|المقبلتين|القادمين|القادمتين|الاتيه?"
_WHEN = rf"(?:(?P<past>{_PAST})|(?P<now>{_NOW})|(?P<next>{_NEXT}))(?!{_L})"
_PHASE = r"(?:(?:خلال|في|منذ|من|حتي|مطلع|بدايه|نهايه|اواخر|اوائل|اخر|منتصف|مساء|صباح)[ ]{1,2})"
_ARABIC_DAYS = tuple(day for day in weekdays(["ar"]) if day.startswith("ال"))
_PERSIAN_DAYS, _URDU_DAYS, _SORANI_DAYS = (alternation(weekdays(tags)) for tags in (["fa"], ["ur"], ["ckb", "kmr"]))
_PART = (
    r"(?:يوم|ليله|مساء|صباح|فجر|ظهر|عصر|نهار|امسيه|عشيه|بعد ظهر|بعد عصر|مساء يوم|صباح يوم|فجر يوم|ظهر يوم|ليل|ليله امس"
    r"|مساء امس|صباح امس|اليوم|امس الاول|اول امس|امس|غدا|غد|مساء اليوم|صباح اليوم|فجر اليوم|ظهر اليوم)"
).replace(" ", r"\ ")

_ARABIC_COUNT, _PERSIAN_COUNT, _URDU_COUNT, _SORANI_COUNT = (
    alternation(name for names in LANGUAGES[tag].numbers for name in names) for tag in ("ar", "fa", "ur", "ckb")
)


def _counts(tag: str) -> list[str]:
    return ["0", *(fold(name) for names in LANGUAGES[tag].numbers for name in names)]


# What the expressions of each language begin with, and the words that may stand before that.
_ARABIC_OPENINGS = Openings(
    "relative-ar",
    (
        *phrases_of(
            "الاسبوعين|الاسبوع|الشهرين|الشهر|العامين|العام|السنتين|السنه|الليله|اليومين",
            "الماضي|المنصرم|الفائت|المنقضي|الفارط|الاخير|الجاري|الحالي|الراهن|المقبل|القادم|الاتي",
        ),
        *phrases_of("هذا|هذه", "الاسبوع|الشهر|العام|السنه|الليله|المساء|الصباح"),
        *phrases_of("ايام|اسابيع|اشهر|شهور|سنوات|اعوام|ساعات", "ال"),
        *phrases_of("الايام|الاسابيع|الاشهر|الشهور|السنوات|الاعوام|الساعات", "ال"),
        *phrases_of("ال|ال\N{ARABIC TATWEEL}", "0", "ساعه|يوما|شهرا|عاما|سنه|اسبوعا"),
        *map(fold, _ARABIC_DAYS),
        *phrases_of("امس|الامس|البارحه|غد|غدا|الغد|اليوم|منذ|قبل"),
    ),
    before=(
        *phrases_of("خلال|في|منذ|من|حتي|مطلع|بدايه|نهايه|اواخر|اوائل|اخر|منتصف|مساء|صباح"),
        *phrases_of("يوم|ليله|ليل|فجر|ظهر|عصر|نهار|امسيه|عشيه|بعد|اول"),
        *("وقت سابق", "0", "0-0", "0 -0", "0- 0", "0 - 0", "0 الي 0", "0 حتي 0"),
    ),
    joined="وفبلك",
)
_ARABIC = compile_re(
    rf"""(?<!{_L})(?:
      # "من 10-13 من الشهر الجاري", "خلال الشهر الجاري", "الأسبوع الماضي", "العامين الماضيين"
      (?:(?:من[ ]{{1,2}})?(?P<date>\d{{1,2}})(?:[ ]?-[ ]?\d{{1,2}}|[ ](?:الي|حتي)[ ]\d{{1,2}})?[ ]{{1,2}}
          (?:من[ ]{{1,2}})?)?
        {_PHASE}?[وبلف]?(?P<unit>الاسبوعين|الاسبوع|الشهرين|الشهر|العامين|العام|السنتين|السنه|الليله
            |اليومين)[ ]{{1,2}}{_WHEN}
      # "هذا الأسبوع", "في وقت سابق من هذا الشهر"
    | (?:في\ وقت\ سابق\ (?:من\ )?)?{_PHASE}?[بل]?(?:هذا|هذه)[ ]{{1,2}}(?P<this>الاسبوع|الشهر|العام|السنه|الليله
        |المساء|الصباح)(?!{_L})
      # "في الأسابيع الأخيرة", "الأشهر الستة الماضية", "الـ24 ساعة الماضية": no day can be named
    | (?P<vague>{_PHASE}?(?:ال)?(?:ايام|اسابيع|اشهر|شهور|سنوات|اعوام|ساعات)[ ]{{1,2}}
        (?:ال\w{{2,8}}[ ]{{1,2}}){{0,2}}(?:{_PAST}|{_NEXT})(?!{_L})
        |ال[\N{{ARABIC TATWEEL}}]?[ ]?\d{{1,3}}[ ]{{1,2}}(?:ساعه|يوما|شهرا|عاما|سنه|اسبوعا)[ ]{{1,2}}(?:{_PAST}
            |{_NEXT})(?!{_L}))
      # a weekday, with or without "يوم", "مساء", "أمس" before it and "الماضي" behind it
    | [وف]?[بل]?(?P<part>{_PART}(?:[ ]{{1,2}}(?:من[ ])?)){{0,2}}(?P<prefix>[وفبلك]{{0,2}})
        (?P<weekday>{alternation(_ARABIC_DAYS)})(?!{_L})(?:[ ]{{1,2}}
            (?:قبل[ ])?{_WHEN.replace("past", "wpast").replace("now", "wnow").replace("next", "wnext")})?
      # yesterday, tomorrow
    | [وف]?[بل]?(?:(?:مساء|صباح|فجر|ظهر|ليله|عصر)[ ]{{1,2}})?(?P<near>امس\ الاول|اول\ من\ امس|اول\ امس|الامس|امس
        |البارحه|بعد\ غد|يوم\ غد|الغد|غدا|غد|مساء\ اليوم|صباح\ اليوم|فجر\ اليوم|ظهر\ اليوم|اليوم)(?!{_L})
      # "منذ يومين", "قبل شهر واحد فقط", "قبل 3 أيام"
    | [وف]?(?:منذ|قبل)[ ]{{1,2}}(?:(?:نحو|حوالي|اكثر\ من|قرابه|ما\ يقرب\ من)[ ]{{1,2}})?(?:(?P<count>\d{{1,3}}
        |{_ARABIC_COUNT})[ ]{{1,2}})?
        (?P<ago>دقيقه|دقيقتين|دقائق|ساعتين|ساعات|ساعه|يومين|يوم|ايام|اسبوعين|اسبوع|اسابيع|شهرين|شهر|اشهر|شهور
            |عامين|عام|اعوام|سنتين|سنه|سنوات)(?!{_L})
    )""",
    re.VERBOSE,
)
_PERSIAN = compile_re(
    rf"""(?<!{_L})(?:
      (?:روز[ ]{{1,2}}|شب[ ]{{1,2}}|صبح[ ]{{1,2}}|عصر[ ]{{1,2}})?(?P<weekday>{_PERSIAN_DAYS})(?!{_L})(?![ ]?هاي?
          (?!{_L}))(?:[ ]{{1,2}}(?:هفته[ ])?(?:(?P<wpast>گذشته|قبل|پيش)|(?P<wnow>جاري)|(?P<wnext>اينده|بعد))(?!{_L}))?
    | (?P<near>پريروز|ديروز|امروز|پس[ ]?فردا|فردا|پريشب|ديشب|امشب|امسال|پارسال|پيرارسال|ديگر)(?!{_L})
    | (?:(?P<count>\d{{1,4}}|{_PERSIAN_COUNT})[ ]{{1,2}})(?P<ago>دقيقه|ساعت|روز|هفته|ماه|سال)[ ]{{1,2}}
        (?P<ahead>پيش|قبل)(?!{_L})(?![ ]{{1,2}}از(?!{_L}))
    | (?:اين|همين)[ ]{{1,2}}(?P<this>هفته|ماه)(?!{_L})
    | (?P<vague>(?:روز|هفته|ماه|سال)[ ]?هاي[ ]{{1,2}}(?:اخير|گذشته|اينده|پيش\ رو))(?!{_L})
    | (?P<unit>هفته|ماه|سال|شب|روز)(?:[ ]?[ئء](?!{_L}))?[ ]{{1,2}}(?:(?P<past>گذشته|پيش|قبل)|(?P<now>جاري)|
        (?P<next>اينده|بعد))(?!{_L})(?![ ]{{1,2}}از(?!{_L}))
    )""",
    re.VERBOSE,
)
_URDU = compile_re(
    rf"""(?<!{_L})(?:
      (?:گزشته|گذشته|پچهلي|پچهلا)[ ]{{1,2}}(?P<past>روز|شب|رات|هفتي|هفته|ماه|مهيني|سال|برس)(?!{_L})
    | (?:رواں|موجوده|اسي|اس)[ ]{{1,2}}(?P<now>هفتي|هفته|ماه|مهيني|سال|برس)(?!{_L})
    | (?:ائنده|اگلي)[ ]{{1,2}}(?P<next>روز|هفتي|هفته|ماه|مهيني|سال|برس)(?!{_L})
    | (?P<weekday>{_URDU_DAYS})[ ]{{1,2}}(?:كو|كي[ ]{{1,2}}(?:روز|صبح|شام|رات|دن|شب|دوپهر))(?!{_L})
    | (?P<near>اج|پرسوں)(?!{_L})
    | (?P<count>\d{{1,4}}|{_URDU_COUNT})[ ]{{1,2}}(?P<ago>منٹ|گهنٹي|گهنٹه|دن|روز|هفتي|هفته|ماه|مهيني|سال
        |برس)[ ]{{1,2}}(?P<ahead>پهلي|قبل)(?!{_L})
    )""",
    re.VERBOSE,
)
_SORANI = compile_re(
    rf"""(?<!{_L})(?:
      (?:[ڕر]ۆژي[ ]{{1,2}}|ئێوارهي[ ]{{1,2}}|شهوي[ ]{{1,2}})?(?P<weekday>{_SORANI_DAYS})(?:ي(?!{_L}))?(?!{_L})
          (?:[ ]{{1,2}}(?:(?P<wpast>[ڕر]ابردوو)|(?P<wnext>داهاتوو))(?!{_L}))?
    | (?P<near>دوهي|ئهڤ[ڕر]ۆ|سوباهي|دوێنێ|دوێنێكه|پێرێ|ئهم[ڕر]ۆ|سبهي|سبهينێ|دوێشهو|ئهمشهو|ئهمساڵ|پار)(?!{_L})
    | (?P<unit>ههفتهي|مانگي|ساڵي|سالي)[ ]{{1,2}}(?:(?P<past>[ڕر]ابردوو|پێشوو)|(?P<next>داهاتوو|ئاينده))(?!{_L})
    | ئهم[ ]{{1,2}}(?P<this>ههفتهيه|مانگه|ساڵه)(?!{_L})
      # "پێش ٣ کاتژمێر", "٣ ڕۆژ لەمەوبەر"
    | (?P<before>(?:پێش|بهر[ ]له)[ ]{{1,2}})?(?P<count>\d{{1,4}}|{_SORANI_COUNT})[ ]{{1,2}}
        (?P<ago>خولهك|دهقه|كاتژمێر|سهعات|[ڕر]ۆژ|ههفته|مانگ|ساڵ)(?(before)|[ ]{{1,2}}(?:لهمهوبهر|پێش[ ]ئێستا))
        (?P<ahead>)(?!{_L})
    )""",
    re.VERBOSE,
)

_PERSIAN_OPENINGS = Openings(
    "relative-fa",
    (
        *map(fold, weekdays(["fa"])),
        *phrases_of("پريروز|ديروز|امروز|فردا|پريشب|ديشب|امشب|امسال|پارسال|پيرارسال|ديگر"),
        "پس فردا",
        *phrases_of("دقيقه|ساعت|روز|هفته|ماه|سال", "پيش|قبل"),
        *phrases_of("اين|همين", "هفته|ماه"),
        *phrases_of("روز|هفته|ماه|سال", "هاي", "اخير|گذشته|اينده|پيش"),
        *phrases_of("هفته|ماه|سال|شب|روز", "گذشته|پيش|قبل|جاري|اينده|بعد|ي|\N{ARABIC HAMZA ABOVE}|ء"),
    ),
    before=("روز", "شب", "صبح", "عصر", *_counts("fa")),
)
_URDU_OPENINGS = Openings(
    "relative-ur",
    (
        *phrases_of("گزشته|گذشته|پچهلي|پچهلا|ائنده|اگلي", "روز|شب|رات|هفتي|هفته|ماه|مهيني|سال|برس"),
        *phrases_of("رواں|موجوده|اسي|اس", "هفتي|هفته|ماه|مهيني|سال|برس"),
        *phrases_of("|".join(map(fold, weekdays(["ur"]))), "كو|كي"),
        *("اج", "پرسوں"),
        *phrases_of("منٹ|گهنٹي|گهنٹه|دن|روز|هفتي|هفته|ماه|مهيني|سال|برس", "پهلي|قبل"),
    ),
    before=_counts("ur"),
)
_SORANI_OPENINGS = Openings(
    "relative-ckb",
    (
        *map(fold, weekdays(["ckb", "kmr"])),
        *phrases_of("دوهي|ئهڤڕۆ|ئهڤرۆ|سوباهي|دوێنێ|پێرێ|ئهمڕۆ|ئهمرۆ|سبهي|دوێشهو|ئهمشهو|ئهمساڵ|پار"),
        *phrases_of("ههفتهي|مانگي|ساڵي|سالي", "ڕابردوو|رابردوو|پێشوو|داهاتوو|ئاينده"),
        *phrases_of("ئهم", "ههفتهيه|مانگه|ساڵه"),
        *phrases_of("خولهك|دهقه|كاتژمێر|سهعات|ڕۆژ|رۆژ|ههفته|مانگ|ساڵ"),
    ),
    before=("ڕۆژي", "رۆژي", "ئێوارهي", "شهوي", "پێش", "بهر له", *_counts("ckb")),
)
GRAMMARS = {
    "ar": (_ARABIC_OPENINGS, _ARABIC),
    "fa": (_PERSIAN_OPENINGS, _PERSIAN),
    "ps": (_PERSIAN_OPENINGS, _PERSIAN),
    "ur": (_URDU_OPENINGS, _URDU),
    "ckb": (_SORANI_OPENINGS, _SORANI),
}
"""By language, what the expressions begin with and the pattern that reads them."""

_UNITS: dict[str, tuple[str, int]] = {
    name: (unit, count)
    for unit, count, names in (
        ("minute", 1, "دقيقه دقائق منٹ خولهك دهقه"),
        ("minute", 2, "دقيقتين"),
        ("hour", 1, "ساعه ساعات ساعت گهنٹي گهنٹه كاتژمێر سهعات"),
        ("hour", 2, "ساعتين"),
        ("day", 1, "يوم ايام الليله المساء الصباح روز شب رات دن ڕۆژ رۆژ"),
        ("day", 2, "يومين اليومين"),
        ("week", 1, "الاسبوع اسبوع اسابيع هفته هفتي ههفتهي ههفتهيه ههفته"),
        ("week", 2, "الاسبوعين اسبوعين"),
        ("month", 1, "الشهر شهر اشهر شهور ماه مهيني مانگي مانگه مانگ"),
        ("month", 2, "الشهرين شهرين"),
        ("year", 1, "العام السنه عام اعوام سنه سنوات سال برس ساڵي سالي ساڵه ساڵ"),
        ("year", 2, "العامين السنتين عامين سنتين"),
    )
    for name in names.split()
}
_NEAR: dict[str, tuple[str, int]] = {
    squeeze(name): value
    for value, names in (
        (("day", -2), "امس الاول|اول من امس|اول امس|پريروز|پريشب|پێرێ"),
        (("day", -1), "الامس|امس|البارحه|ديروز|ديشب|دوێنێ|دوێنێكه|دوێشهو|دوهي"),
        (("day", 0), "اليوم|مساء اليوم|صباح اليوم|فجر اليوم|ظهر اليوم|امروز|امشب|اج|ئهمڕۆ|ئهمرۆ|ئهڤڕۆ|ئهڤرۆ|ئهمشهو"),
        (("day", 1), "الغد|غدا|غد|يوم غد|فردا|سبهي|سبهينێ|سوباهي"),
        (("day", 2), "بعد غد|پس فردا"),
        (("year", 0), "امسال|ئهمساڵ"),
        (("year", -1), "پارسال|پار"),
        (("year", -2), "پيرارسال"),
    )
    for name in names.split("|")
}
_COUNTS: dict[str, int] = {
    fold(name): number
    for language in LANGUAGES.values()
    for number, names in enumerate(language.numbers)
    for name in names
}

# What makes a weekday a name or a habit: Friday prayer and sermon, a market, a street, "every Friday".
_NAMED_BEFORE = compile_re(
    rf"(?<!{_L})(?:صلاه|لصلاه|صلوات|خطبه|خطبتي|خطيب|سوره|سوق|شارع|حي|قريه|مدينه|مسجد|جامع"
    r"|كل|كل[ ]يوم|ايام|كلا|بين|هذين|قتل|احد"
    r"|نماز|امام|ائمه|خطبه هاي|هر|هر روز|مسجد جامع)[ ]{1,2}$"
)
_NAMED_AFTER = compile_re(rf"[ ]{{1,2}}(?:سوري|الشعانين|السوداء|البيضاء|من[ ]كل|العظيمه|الحزين|المقدس|بازار)(?!{_L})")
# "اليوم" is also "the day" and "the National Day"; "قبل شهر رمضان" and "منذ عام 2014" count from a named time.
_DAY_AS_NOUN_BEFORE = compile_re(
    rf"(?<!{_L})(?:في|ذلك|نفس|طوال|خلال|من|هو|هذا|يعد|ان|صحيفه|جريده|موقع|قناه|و)[ ]{{1,2}}$"
)
_DAY_AS_NOUN_AFTER = compile_re(rf"[ ]{{1,2}}(?:ال{_L}|نفسه|ذاته|السابع)")
_ANCHORED_AFTER = compile_re(
    rf"[ ]{{0,2}}(?:من(?!{_L})|علي(?!{_L})|\(?\d|ال{_L}|تقريبا[ ]من|وقوع|بدء|انطلاق|موعد"
    rf"|(?:{ARABIC_SCRIPT_MONTH})(?!{_L}))"
)
_AGO_TAIL = compile_re(rf"[ ]{{1,2}}(?:واحده?|كامله?)?(?:[ ]{{1,2}}فقط)?(?!{_L})")
_MONTH_TAIL = compile_re(
    rf"[ ]{{1,3}}(?:(?:من[ ])?(?P<year>(?:ال)?(?:عام|سنه)|سال)[ ]{{1,2}})?"
    rf"(?:(?P<past>{_PAST}|گذشته|گزشته)|(?P<now>{_NOW}|جاري|رواں)|(?P<next>{_NEXT}|اينده))(?!{_L})"
)
_MONTH_HEAD = compile_re(
    rf"(?<!{_L})(?:(?:في|خلال|منذ|من|حتي|بحلول|شهر|لشهر|بشهر|مطلع|بدايه|نهايه|اواخر|اوائل"
    r"|اخر|منتصف|غره|بين|قبل|بعد|در|ماه|اوايل)[ ]{1,2}){1,3}$"
)


def find_relative(folded: str, language: str) -> list[DateExpression]:
    """The relative expressions of a folded text, in order; the grammar is that of `language`."""
    base = same_letters(language.split("-")[0])
    if base == "ug":
        return []
    openings, pattern = GRAMMARS.get(base) or GRAMMARS["ar"]
    found = (_relative(match, folded) for match in openings.matches(pattern, folded))
    return [expression for expression in found if expression]


def _relative(match: re.Match[str], folded: str) -> DateExpression | None:
    groups = match.groupdict()
    start, end = match.start(), match.end()
    span = Span(start, end)
    if groups["weekday"]:
        return _weekday(match, folded)
    if groups.get("vague"):
        return DateExpression(span, DateKind.VAGUE, precision="")
    if groups["near"]:
        unit, offset = _NEAR.get(squeeze(groups["near"]), ("", 0))
        if not unit or (groups["near"] == "اليوم" and _day_as_noun(match, folded)):
            return None
        return DateExpression(span, DateKind.RELATIVE, precision=unit, unit=unit, offset=offset)
    if groups.get("ago"):
        return _ago(match, folded)
    named = groups.get("unit") or groups.get("this")
    direction = -1 if groups.get("past") else 1 if groups.get("next") else 0
    if named is None:  # Urdu names the direction first
        named = groups.get("past") or groups.get("now") or groups.get("next") or ""
    unit, count = _UNITS[named]
    if count == 2:
        return DateExpression(span, DateKind.VAGUE, precision=unit, unit=unit, offset=direction * 2)
    day = int(groups.get("date") or 0)
    if day and unit == "month":
        return DateExpression(span, DateKind.RELATIVE, precision="day", unit="month", offset=direction, day=day)
    return DateExpression(span, DateKind.RELATIVE, precision=unit, unit=unit, offset=direction)


def _weekday(match: re.Match[str], folded: str) -> DateExpression | None:
    groups = match.groupdict()
    start, end = match.start(), match.end()
    if _NAMED_BEFORE.search(folded, max(0, start - 14), start) or _NAMED_AFTER.match(folded, end):
        return None
    number = WEEKDAYS.get(squeeze(groups["weekday"]))
    if groups["weekday"] == "هفتي":
        number = 5
    if number is None:
        return None
    part = folded[start : match.start("weekday")]
    direction = -1 if groups.get("wpast") else 1 if groups.get("wnext") else 0
    if groups["weekday"].startswith(("الاثنين", "الاحد")) and not part.strip() and not direction:
        word = re.search(rf"({_L}+)[ ]{{1,2}}$", folded[max(0, start - 16) : start])
        if word and word[1] in ("من", "علي", "هما", "الي", "هؤلاء", "كل", "او"):
            return None  # "the two of them"
    unit, offset = "", 0
    if "امس الاول" in part or "اول امس" in part:
        unit, offset = "day", -2
    elif "امس" in part:
        unit, offset = "day", -1
    elif "اليوم" in part:
        unit, offset = "day", 0
    elif "غد" in part:
        unit, offset = "day", 1
    else:
        offset = direction
    return DateExpression(Span(start, end), DateKind.WEEKDAY, weekday=number, unit=unit, offset=offset)


def _day_as_noun(match: re.Match[str], folded: str) -> bool:
    start, end = match.start(), match.end()
    return bool(_DAY_AS_NOUN_BEFORE.search(folded, max(0, start - 10), start) or _DAY_AS_NOUN_AFTER.match(folded, end))


def _ago(match: re.Match[str], folded: str) -> DateExpression | None:
    groups = match.groupdict()
    end = match.end()
    if groups.get("ahead") is None:
        tail = _AGO_TAIL.match(folded, end)
        stop = tail.end() if tail and tail[0].strip() else end
        if _ANCHORED_AFTER.match(folded, stop):
            return None
        end = stop
    unit, size = _UNITS[groups["ago"]]
    written = groups.get("count") or ""
    count = int(written) if written.isdigit() else _COUNTS.get(written, 0 if written else 1)
    plural = groups["ago"] in ("دقائق", "ساعات", "ايام", "اسابيع", "اشهر", "شهور", "اعوام", "سنوات")
    if count == 0 or (plural and not written):
        return DateExpression(Span(match.start(), end), DateKind.VAGUE, precision=unit)
    return DateExpression(Span(match.start(), end), DateKind.RELATIVE, precision=unit, unit=unit, offset=-count * size)


def place_yearless(expression: DateExpression, folded: str) -> DateExpression:
    """A month without a year, with the words that place it ("أواخر فبراير من العام الماضي"); kind "none" for a word.

    A month's name alone is often a verb, a person or a word, so something must place it: a day, a preposition of
    time, or "last", "next".
    """
    start, end = expression.span
    tail = _MONTH_TAIL.match(folded, end)
    head = _MONTH_HEAD.search(folded, max(0, start - 30), start)
    if not (tail or head) and not expression.day:
        return DateExpression(expression.span, DateKind.NONE)
    unit, offset = "", 0
    if tail:
        end = tail.end()
        offset = -1 if tail["past"] else 1 if tail["next"] else 0
        unit = "year" if tail["year"] else "month"
    if head:
        start = head.start()
    return structs.replace(expression, span=Span(start, end), unit=unit, offset=offset)


def resolve(expression: DateExpression, published: str, language: str = "") -> str:
    """The value of `expression` in a story published on the ISO day `published`, "" where it cannot be told.

    A day is `2023-10-19`, a month `2023-09`, a year `2022`, a week `2023-W41`; months and years of the solar calendar
    are ISO intervals.

    >>> resolve(DateExpression(Span(0, 4), DateKind.RELATIVE, unit="day", offset=-1), "2023-10-20")
    '2023-10-19'
    """
    if expression.value:
        return expression.value
    today = iso_day(published)
    if today is None:
        return ""
    if expression.kind == DateKind.WEEKDAY:
        return _resolve_weekday(expression, today)
    if expression.kind == DateKind.YEARLESS:
        return _resolve_yearless(expression, today)
    if expression.kind == DateKind.RELATIVE:
        calendar = JALALI if language.split("-")[0] == "fa" else GREGORIAN
        return _resolve_offset(expression, today, calendar)
    return ""


def _resolve_weekday(expression: DateExpression, today: date) -> str:
    if expression.unit == "day":
        named = today + timedelta(days=expression.offset)
        # Published after midnight, "yesterday, Thursday" may be a day off: the weekday is the firmer word.
        for shift in (0, -1, 1):
            candidate = named + timedelta(days=shift)
            if candidate.weekday() == expression.weekday:
                return candidate.isoformat()
        return ""
    back = (today.weekday() - expression.weekday) % 7
    if expression.offset > 0:
        return (today + timedelta(days=(7 - back) if back else 7)).isoformat()
    if expression.offset < 0 and back == 0:
        back = 7
    return (today - timedelta(days=back)).isoformat()


def _resolve_offset(expression: DateExpression, today: date, calendar: str) -> str:
    unit, offset = expression.unit, expression.offset
    if unit in ("hour", "minute"):
        return today.isoformat() if unit == "minute" else ""
    if unit == "day":
        return (today + timedelta(days=offset)).isoformat()
    if unit == "week":
        week = (today + timedelta(weeks=offset)).isocalendar()
        return f"{week.year:04d}-W{week.week:02d}"
    year, month, _ = from_gregorian(calendar, today)
    if unit == "year":
        if calendar == GREGORIAN:
            return f"{year + offset:04d}"
        return interval(calendar, year + offset, 1, 12)
    index = year * 12 + month - 1 + offset
    year, month = index // 12, index % 12 + 1
    if expression.day:
        day = to_gregorian(calendar, year, month, expression.day)
        return day.isoformat() if day else ""
    return f"{year:04d}-{month:02d}" if calendar == GREGORIAN else interval(calendar, year, month, month)


def _resolve_yearless(expression: DateExpression, today: date) -> str:
    year, month, _ = from_gregorian(expression.calendar, today)
    if not year:
        return ""
    if expression.unit == "year":
        return _in_year(expression, year + expression.offset)
    candidates = [(year + shift, _first_day(expression, year + shift)) for shift in (-1, 0, 1)]
    known = [(there, day) for there, day in candidates if day is not None]
    if expression.unit == "month" and expression.offset < 0:
        known = [
            (there, day) for there, day in known if day < today and (there, expression.month) != (year, month)
        ] or [(there, day) for there, day in known if day < today]
        known = known[-1:]
    elif expression.unit == "month" and expression.offset > 0:
        known = [(there, day) for there, day in known if day > today][:1]
    if not known:
        return ""
    there, _ = min(known, key=lambda pair: abs((pair[1] - today).days))
    return _in_year(expression, there)


def _first_day(expression: DateExpression, year: int) -> date | None:
    return to_gregorian(expression.calendar, year, expression.month, expression.day or 1)


def _in_year(expression: DateExpression, year: int) -> str:
    if expression.day:
        day = to_gregorian(expression.calendar, year, expression.month, expression.day)
        return day.isoformat() if day else ""
    if expression.calendar == GREGORIAN:
        return f"{year:04d}-{expression.month:02d}"
    return interval(expression.calendar, year, expression.month, expression.month)
