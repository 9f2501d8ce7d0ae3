"""What programs and desks write where a value is missing: `nan`, `None`, `N/A`, `غير معروف`, `نامشخص`."""

from __future__ import annotations

from functools import cache, lru_cache
from typing import Final

from corpuslint.text.folding import fold
from corpuslint.text.patterns import compile_re

_WORDS: Final = (
    # programs and spreadsheets
    "nan", "nat", "none", "null", "nil", "n a", "na", "undefined", "unknown", "not available", "not specified",
    "no source", "no author", "no title", "no date", "untitled", "tbd", "tba", "missing", "empty",
    "false", "object object", "invalid date", "blank", "anonymous", "admin", "administrator", "0",
    "inconnu", "inconnue", "sans source", "sans auteur",
    # Arabic
    "غير معروف", "غير معروفة", "غير محدد", "غير محددة", "غير متوفر", "غير متوفرة", "غير متاح", "غير مذكور",
    "غير موجود", "غير مسجل", "مجهول", "مجهولة", "مجهول المصدر", "مجهول المؤلف", "لا يوجد", "لا يوجد مصدر", "لا أحد",
    "لا شيء", "بدون", "بدون مصدر", "بلا مصدر", "من دون مصدر", "بدون عنوان", "بدون اسم", "بدون كاتب", "بلا عنوان",
    "لم يذكر", "لم يحدد", "مصدر غير معروف", "كاتب غير معروف", "فارغ", "خالي",
    # Persian
    "نامشخص", "نا مشخص", "نامعلوم", "نا معلوم", "ناشناس", "ناشناخته", "مشخص نیست", "معلوم نیست", "تعیین نشده",
    "ندارد", "بدون منبع", "بدون عنوان", "بدون نام", "بی نام", "موجود نیست", "منبع نامشخص", "منبع ناشناس", "هیچ",
    "وارد نشده", "ثبت نشده", "خالی",
    # Urdu
    "نامعلوم", "معلوم نہیں", "غیر معلوم", "دستیاب نہیں", "موجود نہیں", "کوئی نہیں", "نا معلوم ذریعہ", "بلا عنوان",
    "درج نہیں",
    # Sorani
    "نەزانراو", "نادیار", "دیارینەکراو", "دیاری نەکراو", "نییە", "بێ سەرچاوە", "بێ ناونیشان", "بەتاڵ",
    # Pashto
    "نامعلوم", "نامالوم", "نشته", "څرګنده نه ده", "بې سرچينې",
    # Uyghur; who posts what he wrote gives "myself" as the source
    "نامەلۇم", "يوق", "ئېنىق ئەمەس", "ئۆزۈم",
    # Sindhi
    "نامعلوم", "اڻڄاتل", "ڪونهي",
)  # fmt: skip

_SIGNS: Final = compile_re(r"[\W_]+")


def _key(value: str) -> str:
    return _SIGNS.sub(" ", fold(value).lower()).strip()


@cache
def _keys() -> frozenset[str]:
    return frozenset(map(_key, _WORDS))


@lru_cache(maxsize=4096)
def is_placeholder(value: str) -> bool:
    """Whether a metadata value says only that there is none: empty, signs alone, or a word for nothing.

    >>> [is_placeholder(value) for value in ("NaN", "N/A", "—", "غير معروف", "نامشخص", "رويترز")]
    [True, True, True, True, True, False]
    """
    return len(value) <= 40 and ((key := _key(value)) == "" or key in _keys())
