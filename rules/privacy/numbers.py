"""Telephone numbers, account numbers, national numbers and cards.

Off by default: in news a number may be the story. A number with check digits counts only where they are right, and
one that could be any number only behind a word that says what it is. Fixes are unsafe: a redacted number is gone from
what is published (`build` then publishes no removed text at all; a hash of ten digits can be turned back by trying).
"""

import re
from collections.abc import Callable, Iterator
from dataclasses import dataclass

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

_ASCII = {ord(sign): str(value) for digits in ("٠١٢٣٤٥٦٧٨٩", "۰۱۲۳۴۵۶۷۸۹") for value, sign in enumerate(digits)}
_D = "[0-9٠-٩۰-۹]"


@dataclass(frozen=True, slots=True)
class PersonalData:
    """What a pattern finds and a check allows; the check says how sure it is, 0.0 for no."""

    spec: RuleSpec
    pattern: re.Pattern[str]
    sure: Callable[[str, str], float]
    redacted: str

    def check(self, anatomy: Anatomy) -> Iterator[Diagnostic]:
        """One finding for each number or address."""
        text = anatomy.text
        for match in self.pattern.finditer(text):
            confidence = self.sure(match[0].translate(_ASCII), text[max(0, match.start() - 40) : match.start()])
            if confidence:
                span = Span(*match.span())
                fix = Fix.replace("Redact it", span, self.redacted, Applicability.UNSAFE)
                yield self.spec.report(anatomy.document, span, fix=fix, confidence=confidence)


def _spec(
    code: str, name: str, what: str, finds: str, triggers: Triggers, invalid: Example, valid: tuple[Example, ...]
) -> RuleSpec:
    return RuleSpec(
        code=RuleCode(code),
        name=name,
        summary=f"The text holds {what}",
        message=what,
        severity=Severity.WARNING,
        default=False,
        triggers=triggers,
        docs=Docs(
            finds=finds,
            why="Who is named by it did not agree to be in a corpus, and a model learns it by heart.",
            fix_safety="The number is replaced by a word in brackets and is gone from what is published.",
        ),
        invalid=(invalid,),
        valid=valid,
    )


def _digits(found: str) -> str:
    return re.sub(r"\D", "", found)


def _luhn(digits: str) -> bool:
    """Whether the last digit is the check digit of ISO/IEC 7812-1."""
    doubled = [int(digit) * (1 + place % 2) for place, digit in enumerate(reversed(digits))]
    return sum(value - 9 if value > 9 else value for value in doubled) % 10 == 0


def _one_digit(digits: str) -> bool:
    """0000… and 1111… pass every check and are nobody's."""
    return len(set(digits)) == 1


# Country codes from Morocco to Pakistan, ITU-T E.164.
_COUNTRIES = "20|21[1-38]|222|249|25[23]|9[0238]|96[1-8]|97[0-4]"
# Mobile prefixes as written at home: Gulf 05, Egypt 010–015, Iran and Syria 09, Iraq and Jordan 07, Pakistan 03.
_AT_HOME = compile_re(r"05\d{8}|01[0125]\d{8}|09[0-39]\d{8}|09[3-9]\d{7}|07[789]\d{7,8}|03[0-4]\d{8}")
_CALL = compile_re("هاتف|جوال|موبايل|اتصل|للتواصل|تلفن|موبایل|شماره|تماس|فون|رابطہ|واتساب|تەلەفۆن|مۆبایل")


def _phone(found: str, before: str) -> float:
    digits = _digits(found)
    if _one_digit(digits[-7:]):
        return 0.0
    if found.startswith(("+", "00")):
        return 0.95 if re.match(_COUNTRIES, digits.removeprefix("00")) and 10 <= len(digits) <= 15 else 0.0
    # "05-10-202350": two digits by themselves are a day, not the beginning of a number
    if not _AT_HOME.fullmatch(digits) or not found[:3].isdigit():
        return 0.0
    return 0.95 if _CALL.search(before) else 0.6


PHONE = PersonalData(
    _spec(
        "PII002",
        "phone-number",
        "a telephone number",
        "International numbers of the countries from Morocco to Pakistan, and their mobile numbers as written at home. "
        "A home number with no word such as هاتف before it is less sure.",
        Triggers(patterns=(f"\\+{_D}", f"(?:00|٠٠|۰۰)(?:[ -]?{_D}){{2}}", f"[0٠۰][135791٣٥٧١٩۳۵۷۱۹]{_D}")),
        Example("هاتف +966 50 123 4567", spans=("+966 50 123 4567",), fixed="هاتف [phone]"),
        (
            Example("بلغ العدد 0512345678901234 وحدة", why="too long for a telephone"),
            Example("في 05-10-2023", why="a date"),
            Example("في 05-10-202350 ", why="begins like a date"),
        ),
    ),
    compile_re(rf"(?<![0-9٠-٩۰-۹.,/+-])(?:\+|00|٠٠|۰۰)?{_D}(?:[ -]?{_D}){{8,14}}(?![0-9٠-٩۰-۹]|[.,/-][0-9٠-٩۰-۹])"),
    _phone,
    "[phone]",
)

# Lengths from the IBAN registry, for the region and the countries that its news names most.
_IBAN_LENGTHS = (
    {"AE": 23, "BH": 22, "EG": 29, "IQ": 23, "IR": 26, "JO": 30, "KW": 30, "LB": 28, "LY": 25, "MR": 27, "OM": 23}
    | {"PK": 24, "PS": 29, "QA": 29, "SA": 24, "SD": 18, "SO": 23, "TN": 24, "TR": 26, "YE": 30, "DJ": 27}
    | {"DE": 22, "FR": 27, "GB": 22, "CH": 21, "NL": 18, "ES": 24, "IT": 27, "BE": 16, "AT": 20, "SE": 24}
)


def _iban(found: str, _before: str) -> float:
    account = found.replace(" ", "").upper()
    if len(account) != _IBAN_LENGTHS.get(account[:2], 0):
        return 0.0
    number = "".join(str(int(sign, 36)) for sign in account[4:] + account[:4])
    return 1.0 if int(number) % 97 == 1 else 0.0


IBAN = PersonalData(
    _spec(
        "PII003",
        "iban",
        "an IBAN",
        "An international bank account number of the right length whose check digits (ISO 7064, mod 97) are right.",
        Triggers(patterns=("[A-Z]{2}[0-9]{2}",)),
        Example(
            "حساب SA03 8000 0000 6080 1016 7519 للتبرع",
            spans=("SA03 8000 0000 6080 1016 7519",),
            fixed="حساب [iban] للتبرع",
        ),
        (Example("حساب SA04 8000 0000 6080 1016 7519 للتبرع", why="wrong check digits"),),
    ),
    compile_re(r"(?<![A-Za-z0-9])[A-Z]{2}[0-9]{2}(?:[ ]?[A-Z0-9]){11,27}(?![A-Za-z0-9])"),
    _iban,
    "[iban]",
)

_NATIONAL = compile_re("هوية|الهويه|الإقامة|القومي|الوطني|کد ملی|کدملی|شماره ملی|شناختی")


def _iranian(digits: str) -> bool:
    """کد ملی: the last digit is the check digit of a sum weighted 10 to 2, mod 11."""
    rest = sum(int(digit) * (10 - place) for place, digit in enumerate(digits[:9])) % 11
    return int(digits[9]) == (rest if rest < 2 else 11 - rest)


def _egyptian(digits: str) -> bool:
    """الرقم القومي: century, date of birth and governorate; its check digit is not published."""
    month, day, governorate = int(digits[3:5]), int(digits[5:7]), int(digits[7:9])
    return digits[0] in "23" and 1 <= month <= 12 and 1 <= day <= 31 and (1 <= governorate <= 35 or governorate == 88)


def _national(found: str, before: str) -> float:
    digits = _digits(found)
    named = bool(_NATIONAL.search(before))
    if _one_digit(digits):
        return 0.0
    if len(digits) == 13:
        return 0.9 if named else 0.6  # CNIC of Pakistan, by its hyphens; it has no check digit
    if len(digits) == 14:
        return (0.95 if named else 0.7) if _egyptian(digits) else 0.0
    right = _iranian(digits) or (digits[0] in "12" and _luhn(digits))
    return 0.95 if named and right else 0.0  # one number of ten in ten passes by chance: a word must say what it is


NATIONAL = PersonalData(
    _spec(
        "PII004",
        "national-number",
        "a national number",
        "Iranian and Saudi numbers with the right check digit behind a word that names them, Egyptian ones by the date "
        "and governorate in them, Pakistani ones by their hyphens. The last two have no public check digit and are "
        "less sure.",
        Triggers(patterns=(f"{_D}{{10}}", f"{_D}{{5}}-{_D}{{7}}-{_D}")),
        Example("کد ملی ۰۰۱۳۵۴۲۴۱۹ ثبت شد", spans=("۰۰۱۳۵۴۲۴۱۹",), fixed="کد ملی [id] ثبت شد"),
        (
            Example("کد ملی ۰۰۱۳۵۴۲۴۱۸ ثبت شد", why="wrong check digit"),
            Example("بلغت الأرباح 0013542419 ريالا", why="a number that nobody calls an identity"),
        ),
    ),
    compile_re(rf"(?<![0-9٠-٩۰-۹.,/-])(?:{_D}{{5}}-{_D}{{7}}-{_D}|{_D}{{14}}|{_D}{{10}})(?![0-9٠-٩۰-۹/-])"),
    _national,
    "[id]",
)

# Issuers of payment cards, ISO/IEC 7812: Visa, Mastercard, Amex, mada, Iran's Shetab (6xxx and 5xxx), UnionPay.
_ISSUER = compile_re(r"4|5[0-9]|2[2-7]|3[47]|6")


def _card(found: str, _before: str) -> float:
    digits = _digits(found)
    right = _ISSUER.match(digits) and _luhn(digits) and not _one_digit(digits)
    return 0.95 if right and (len(digits) == 16 or digits[:2] in ("34", "37")) else 0.0


CARD = PersonalData(
    _spec(
        "PII005",
        "card-number",
        "a payment card number",
        "Sixteen digits in one piece or in fours (fifteen for Amex), of a known issuer, with the right check digit.",
        Triggers(patterns=(f"{_D}{{4}}[ -]?{_D}{{4}}[ -]?{_D}{{4}}", f"3[47][0-9]{{2}}[ -]?{_D}{{6}}")),
        Example("البطاقة 4111 1111 1111 1111", spans=("4111 1111 1111 1111",), fixed="البطاقة [card]"),
        (Example("البطاقة 4111 1111 1111 1112", why="wrong check digit"),),
    ),
    compile_re(
        rf"(?<![0-9٠-٩۰-۹.,/-])(?:{_D}{{4}}(?P<gap>[ -]?){_D}{{4}}(?P=gap){_D}{{4}}(?P=gap){_D}{{4}}"
        rf"|3[47][0-9]{{2}}[ -]?{_D}{{6}}[ -]?{_D}{{5}})(?![0-9٠-٩۰-۹]|[.,/-][0-9٠-٩۰-۹])"
    ),
    _card,
    "[card]",
)

RULES = (PHONE, IBAN, NATIONAL, CARD)
