"""Dates: what the solver reads right, beside dateparser, on strings written for this table; and calls per second.

    python benchmarks/dates.py                 ours, and dateparser where it is installed
    python benchmarks/dates.py --wrong         every string that one of them reads wrong

Each string is given to both as what it is: a string that may be a date, with its language. Right is the ISO day of the
Gregorian calendar; for what is no date, nothing. Figures and their story: `benchmarks/dates.md`.
"""

from __future__ import annotations

import argparse
import contextlib
import time
from collections.abc import Callable

DATES: tuple[tuple[str, str, str], ...] = (
    # Gulf, Egypt, Sudan, Libya
    ("1 يناير 2019", "ar", "2019-01-01"),
    ("14 فبراير، 2018", "ar", "2018-02-14"),
    ("الأحد 3 مارس 2019", "ar", "2019-03-03"),
    ("٣٠ أبريل ٢٠٢٠", "ar", "2020-04-30"),
    ("30 ابريل 2020م", "ar", "2020-04-30"),
    ("الخميس, 9 مايو 2019", "ar", "2019-05-09"),
    ("5 يونيو من عام 1967", "ar", "1967-06-05"),
    ("11 يوليه 2016", "ar", "2016-07-11"),
    ("23 يوليو سنة 1952", "ar", "1952-07-23"),
    ("15 أغسطس 2015 - 09:30", "ar", "2015-08-15"),
    ("يوم 2 سبتمبر 2014", "ar", "2014-09-02"),
    ("6 اكتوبر 1973", "ar", "1973-10-06"),
    ("12-نوفمبر-2017", "ar", "2017-11-12"),
    ("25/ديسمبر/2013", "ar", "2013-12-25"),
    ("ديسمبر 25, 2013", "ar", "2013-12-25"),
    ("يناير 7، 2021", "ar", "2021-01-07"),
    ("السبت الموافق 11 يناير 2020", "ar", "2020-01-11"),
    ("8 من مارس 2017", "ar", "2017-03-08"),
    ("التاسع من مارس 2017", "ar", "2017-03-09"),
    ("الحادي عشر من سبتمبر 2001", "ar", "2001-09-11"),
    ("الخامس والعشرين من يناير 2011", "ar", "2011-01-25"),
    ("29 فبراير 2016", "ar", "2016-02-29"),
    ("3 أكتوبر 2022 الساعة 4:15 مساءً", "ar", "2022-10-03"),
    ("3 أكتوبر 2022 في 16:15", "ar", "2022-10-03"),
    ("الثلاثاء ٧ يوليو ٢٠١٥ ٠٩:١٢ ص", "ar", "2015-07-07"),
    # Levant and Iraq
    ("20 تشرين الأول 2023", "ar", "2023-10-20"),
    ("4 كانون الثاني 2010", "ar", "2010-01-04"),
    ("17 شباط 2011", "ar", "2011-02-17"),
    ("15 آذار 2011", "ar", "2011-03-15"),
    ("15 اذار 2011", "ar", "2011-03-15"),
    ("13 نيسان 1975", "ar", "1975-04-13"),
    ("الأربعاء 6 أيار 2020", "ar", "2020-05-06"),
    ("10 حزيران/يونيو 2014", "ar", "2014-06-10"),
    ("14 تموز (يوليو) 2018", "ar", "2018-07-14"),
    ("4 آب 2020", "ar", "2020-08-04"),
    ("4 اب/اغسطس 2020", "ar", "2020-08-04"),
    ("11 أيلول - سبتمبر 2001", "ar", "2001-09-11"),
    ("2 نوفمبر/تشرين الثاني 1917", "ar", "1917-11-02"),
    ("٢٥ كانون الأول ٢٠١٩", "ar", "2019-12-25"),
    ("الأول من كانون الأول 2019", "ar", "2019-12-01"),
    # Maghreb and Mauritania
    ("14 جانفي 2011", "ar", "2011-01-14"),
    ("22 فيفري 2019", "ar", "2019-02-22"),
    ("9 أفريل 1938", "ar", "1938-04-09"),
    ("الاثنين 8 ماي 2017", "ar", "2017-05-08"),
    ("19 جوان 1965", "ar", "1965-06-19"),
    ("5 جويلية 1962", "ar", "1962-07-05"),
    ("13 أوت 2018", "ar", "2018-08-13"),
    ("30 يوليوز 2021", "ar", "2021-07-30"),
    ("20غشت 2022", "ar", "2022-08-20"),
    ("8 شتنبر 2021", "ar", "2021-09-08"),
    ("6 نونبر 1975", "ar", "1975-11-06"),
    ("الجمعة 10 دجنبر 2021", "ar", "2021-12-10"),
    ("28 دجمبر 2018", "ar", "2018-12-28"),
    ("7 إبريل 2019", "ar", "2019-04-07"),
    # Hijri
    ("1 محرم 1445 هـ", "ar", "2023-07-19"),
    ("10 ذو الحجة 1444هـ", "ar", "2023-06-28"),
    ("١٠ ذي الحجة ١٤٤٤ هـ", "ar", "2023-06-28"),
    ("1 رمضان 1444", "ar", "2023-03-23"),
    ("27 رجب 1436 هـ", "ar", "2015-05-16"),
    ("1 شوال 1436 هجرية", "ar", "2015-07-17"),
    ("15 شعبان 1440ه", "ar", "2019-04-20"),
    ("12 ربيع الأول 1443 هـ", "ar", "2021-10-18"),
    ("5 جمادى الآخرة 1442 هـ", "ar", "2021-01-18"),
    ("5 جمادى الثانية 1442هـ", "ar", "2021-01-18"),
    ("20 صفر 1445", "ar", "2023-09-05"),
    ("1436/10/10 هـ", "ar", "2015-07-26"),
    ("10 / 10 / 1436 هـ", "ar", "2015-07-26"),
    ("12/2/1439", "ar", "2017-11-01"),
    ("الأحد 10/10/1436هـ الموافق 26/7/2015م", "ar", "2015-07-26"),
    ("۹ محرم ۱۴۴۵", "fa", "2023-07-27"),
    # numeric and machines
    ("26/07/2015", "ar", "2015-07-26"),
    ("26 - 01 - 2013", "ar", "2013-01-26"),
    ("26.01.2013", "ar", "2013-01-26"),
    ("2013/1/26", "ar", "2013-01-26"),
    ("٢٦/٠١/٢٠١٣", "ar", "2013-01-26"),
    ("الأربعاء 22/7/2015", "ar", "2015-07-22"),
    ("22/7/2015 10:45 ص", "ar", "2015-07-22"),
    ("10:45 2015/07/22", "ar", "2015-07-22"),
    ("22-07-2015 | 10:45", "ar", "2015-07-22"),
    ("13/5/19", "ar", "2019-05-13"),
    ("2015-07-24 08:41:35", "ar", "2015-07-24"),
    ("2015-07-24T08:41:35+03:00", "ar", "2015-07-24"),
    ("2015-07-24T08:41:35.123Z", "ar", "2015-07-24"),
    ("Fri, 24 Jul 2015 08:41:35 GMT", "ar", "2015-07-24"),
    ("24th, July 2015 GMT", "ar", "2015-07-24"),
    ("July 24th, 2015", "ar", "2015-07-24"),
    ("24 Jul 2015", "ar", "2015-07-24"),
    ("Sept. 3, 2014", "ar", "2014-09-03"),
    ("20150724", "ar", "2015-07-24"),
    ("الجمعة 24 يوليو 2015 - 08:41 بتوقيت غرينتش", "ar", "2015-07-24"),
    # Persian
    ("1 فروردین 1400", "fa", "2021-03-21"),
    ("۱۳ فروردین ۱۳۹۸", "fa", "2019-04-02"),
    ("سه‌شنبه ۲۲ بهمن ۱۳۹۸", "fa", "2020-02-11"),
    ("سه شنبه 22 بهمن 1398", "fa", "2020-02-11"),
    ("پنجشنبه ۵ تیر ۱۳۹۹ - ۱۰:۱۵", "fa", "2020-06-25"),
    ("9بهمن 1380", "fa", "2002-01-29"),
    ("2 خرداد 76", "fa", "1997-05-23"),
    ("۱۵ مهرماه ۹۴", "fa", "2015-10-07"),
    ("18 تیرماه سال 1378", "fa", "1999-07-09"),
    ("بیست و دوم بهمن ۱۳۵۷", "fa", "1979-02-11"),
    ("سوم خرداد 1361", "fa", "1982-05-24"),
    ("٢٨ مرداد ١٣٣٢", "fa", "1953-08-19"),
    ("30 اسفند 1399", "fa", "2021-03-20"),
    ("۱۱ دی ۱۴۰۱", "fa", "2023-01-01"),
    ("1 آذر 1396", "fa", "2017-11-22"),
    ("1393/4/16", "fa", "2014-07-07"),
    ("۱۳۹۳/۰۴/۱۶", "fa", "2014-07-07"),
    ("10/5/1384", "fa", "2005-08-01"),
    ("1399-12-01", "fa", "2021-02-19"),
    ("۲۰ ژانویه ۲۰۲۱", "fa", "2021-01-20"),
    ("14 ژوئیه 2015", "fa", "2015-07-14"),
    ("۶ ژوئن ۱۹۴۴", "fa", "1944-06-06"),
    ("8 مه 1945", "fa", "1945-05-08"),
    ("11 سپتامبر 2001 میلادی", "fa", "2001-09-11"),
    ("۱۴۰۲/۰۷/۲۸ ه.ش", "fa", "2023-10-20"),
    ("۷ ثور ۱۳۵۷", "fa", "1978-04-27"),
    ("۲۴ اسد ۱۴۰۰", "fa", "2021-08-15"),
    # Urdu
    ("14 اگست 1947", "ur", "1947-08-14"),
    ("۲۳ مارچ ۱۹۴۰ء", "ur", "1940-03-23"),
    ("پیر 6 اپریل 2020", "ur", "2020-04-06"),
    ("جمعرات، 1 جنوری 2015", "ur", "2015-01-01"),
    ("28 مئی 1998", "ur", "1998-05-28"),
    ("16 دسمبر 2014ء", "ur", "2014-12-16"),
    ("5 جولائی 1977", "ur", "1977-07-05"),
    ("20 ستمبر 2019 بوقت 10:30", "ur", "2019-09-20"),
    # Sorani
    ("16ی ئازاری 1988", "ckb", "1988-03-16"),
    ("٢٥ی ئەیلوولی ٢٠١٧", "ckb", "2017-09-25"),
    ("5ی حوزەیرانی 2014", "ckb", "2014-06-05"),
    ("12 ئاب 2020", "ckb", "2020-08-12"),
    ("3ی کانوونی یەکەمی 2019", "ckb", "2019-12-03"),
    ("16ی ئۆکتۆبەری 2017", "ckb", "2017-10-16"),
    ("18/5/2020", "ckb", "2020-05-18"),
    # Pashto, Uyghur
    ("۱۵ اګست ۲۰۲۱", "ps", "2021-08-15"),
    ("2009-يىلى 7-ئاينىڭ 5-كۈنى", "ug", "2009-07-05"),
    ("5 ئىيۇل 2009", "ug", "2009-07-05"),
)

NO_DATES: tuple[tuple[str, str], ...] = (
    ("93.0.4577.82", "ar"),
    ("الإصدار 10.2.1", "ar"),
    ("2-1", "ar"),
    ("3/1", "ar"),
    ("1,250.75", "ar"),
    ("055-123-4567", "ar"),
    ("+966 11 465 0000", "ar"),
    ("192.168.1.10", "ar"),
    ("من 10-13 طالبا", "ar"),
    ("31 نيسان 2020", "ar"),
    ("30 فبراير 2019", "ar"),
    ("2019-13-45", "ar"),
    ("45/77/2019", "ar"),
    ("31/11/2018", "ar"),
    ("31 شوال 1436 هـ", "ar"),
    ("30 اسفند 1402", "fa"),
    ("32 مهر 1399", "fa"),
    ("تاريخ المدينة القديم", "ar"),
    ("مارس الرياضة يوميا", "ar"),
    ("كتاب صدر حديثا", "ar"),
    ("الفصل 12", "ar"),
    ("100 شخص", "ar"),
    ("75%", "ar"),
    ("50 دولارا", "ar"),
    ("1:0", "ar"),
    ("القرار رقم 2254", "ar"),
    ("المادة 140 من الدستور", "ar"),
    ("السورة 18", "ar"),
    ("13 قتيلا و20 جريحا", "ar"),
    ("F-16", "ar"),
    ("آب سرد", "fa"),
    ("مهر مادری", "fa"),
    ("تیر و کمان", "fa"),
    ("دی‌وی‌دی ۵", "fa"),
    ("۱۲ نفر", "fa"),
    ("قیمت ۱۵۰۰ تومان", "fa"),
    ("بند ۴ ماده ۱۲", "fa"),
    ("2 سے 3 کلو", "ur"),
    ("دفعہ 144", "ur"),
    ("ژمارە 5", "ckb"),
    ("غير معروف", "ar"),
    ("0000-00-00", "ar"),
)


def ours(text: str, language: str) -> str:
    from corpuslint.facts.dates import parse_date

    expression = parse_date(text, language)
    sound = expression.kind == "absolute" and expression.trouble in ("", "weekday-contradicts")
    return expression.value[:10] if sound else ""


def peer(text: str, language: str) -> str:
    import dateparser

    languages = [language, "en"] if language in ("ar", "fa", "ur", "ckb", "ug") else ["fa", "en"]
    settings = {"DATE_ORDER": "DMY", "REQUIRE_PARTS": ["day", "month", "year"]}
    try:
        moment = dateparser.parse(text, languages=languages, settings=settings)
    except ValueError:  # a language it does not know
        moment = dateparser.parse(text, languages=["en"], settings=settings)
    except OverflowError:
        return ""
    return moment.date().isoformat() if moment else ""


def score(read: Callable[[str, str], str], *, show: str = "") -> tuple[int, int, int]:
    """Dates read right, no-dates left alone, strings read as a wrong day."""
    right = silent = wrong = 0
    for text, language, value in (*DATES, *((text, language, "") for text, language in NO_DATES)):
        got = read(text, language)
        right += bool(value) and got == value
        silent += not value and not got
        wrong += bool(got) and got != value
        if show and got != value:
            print(f"{show}: {text!r} ({language}): {got or 'nothing'} for {value or 'nothing'}")
    return right, silent, wrong


def calls_per_second(read: Callable[[str, str], str], rounds: int) -> float:
    start = time.process_time()
    for _ in range(rounds):
        for text, language, _ in DATES:
            read(text, language)
    return rounds * len(DATES) / (time.process_time() - start)


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("--wrong", action="store_true")
    options = parser.parse_args()
    readers: list[tuple[str, Callable[[str, str], str], int]] = [("corpuslint", ours, 20)]
    with contextlib.suppress(ImportError):
        import dateparser

        readers.append((f"dateparser {dateparser.__version__}", peer, 1))
    print(f"{len(DATES)} dates, {len(NO_DATES)} that are none")
    for name, read, rounds in readers:
        right, silent, wrong = score(read, show=name if options.wrong else "")
        share = (right + silent) / (len(DATES) + len(NO_DATES))
        speed = calls_per_second(read, rounds)
        print(
            f"{name}: {right} of {len(DATES)} dates right, {silent} of {len(NO_DATES)} no-dates left alone, "
            f"{wrong} read as a wrong day; {share:.3f} right; {speed:,.0f} calls a second"
        )


if __name__ == "__main__":
    main()
