"""How sure it is that digits are a telephone number, an account, a national number or a card; 0.0 for no.

A number with check digits counts only where they are right, and one that could be any number only behind a word that
says what it is.
"""

import re

from corpuslint import Anatomy, compile_re

_ASCII = {ord(sign): str(value) for digits in ("٠١٢٣٤٥٦٧٨٩", "۰۱۲۳۴۵۶۷۸۹") for value, sign in enumerate(digits)}


def _written(match: re.Match[str]) -> str:
    return match[0].translate(_ASCII)


def _digits(match: re.Match[str]) -> str:
    return re.sub(r"\D", "", _written(match))


def _names(words: re.Pattern[str], match: re.Match[str]) -> bool:
    """Whether one of `words` stands a little before the number."""
    return bool(words.search(match.string, max(0, match.start() - 40), match.start()))


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


def phone(_: Anatomy, match: re.Match[str]) -> float:
    """A telephone number, by its country or by the mobile prefixes at home."""
    found, digits = _written(match), _digits(match)
    if _one_digit(digits[-7:]):
        return 0.0
    if found.startswith(("+", "00")):
        return 0.95 if re.match(_COUNTRIES, digits.removeprefix("00")) and 10 <= len(digits) <= 15 else 0.0
    # "05-10-202350": two digits by themselves are a day, not the beginning of a number
    if not _AT_HOME.fullmatch(digits) or not found[:3].isdigit():
        return 0.0
    return 0.95 if _names(_CALL, match) else 0.6


# Lengths from the IBAN registry, for the region and the countries that its news names most.
_IBAN_LENGTHS = (
    {"AE": 23, "BH": 22, "EG": 29, "IQ": 23, "IR": 26, "JO": 30, "KW": 30, "LB": 28, "LY": 25, "MR": 27, "OM": 23}
    | {"PK": 24, "PS": 29, "QA": 29, "SA": 24, "SD": 18, "SO": 23, "TN": 24, "TR": 26, "YE": 30, "DJ": 27}
    | {"DE": 22, "FR": 27, "GB": 22, "CH": 21, "NL": 18, "ES": 24, "IT": 27, "BE": 16, "AT": 20, "SE": 24}
)


def iban(_: Anatomy, match: re.Match[str]) -> float:
    """An account, by its length and its check digits (ISO 7064, mod 97)."""
    account = match[0].replace(" ", "").upper()
    if len(account) != _IBAN_LENGTHS.get(account[:2], 0):
        return 0.0
    number = "".join(str(int(sign, 36)) for sign in account[4:] + account[:4])
    return 1.0 if int(number) % 97 == 1 else 0.0


_NATIONAL = compile_re("هوية|الهويه|الإقامة|القومي|الوطني|کد ملی|کدملی|شماره ملی|شناختی")


def _iranian(digits: str) -> bool:
    """کد ملی: the last digit is the check digit of a sum weighted 10 to 2, mod 11."""
    rest = sum(int(digit) * (10 - place) for place, digit in enumerate(digits[:9])) % 11
    return int(digits[9]) == (rest if rest < 2 else 11 - rest)


def _egyptian(digits: str) -> bool:
    """الرقم القومي: century, date of birth and governorate; its check digit is not published."""
    month, day, governorate = int(digits[3:5]), int(digits[5:7]), int(digits[7:9])
    return digits[0] in "23" and 1 <= month <= 12 and 1 <= day <= 31 and (1 <= governorate <= 35 or governorate == 88)


def national(_: Anatomy, match: re.Match[str]) -> float:
    """A national number of Iran, Saudi Arabia, Egypt or Pakistan."""
    digits = _digits(match)
    named = _names(_NATIONAL, match)
    if _one_digit(digits):
        return 0.0
    if len(digits) == 13:
        return 0.9 if named else 0.6  # CNIC of Pakistan, by its hyphens; it has no check digit
    if len(digits) == 14:
        return (0.95 if named else 0.7) if _egyptian(digits) else 0.0
    right = _iranian(digits) or (digits[0] in "12" and _luhn(digits))
    return 0.95 if named and right else 0.0  # one number of ten in ten passes by chance: a word must say what it is


# Issuers of payment cards, ISO/IEC 7812: Visa, Mastercard, Amex, mada, Iran's Shetab (6xxx and 5xxx), UnionPay.
_ISSUER = compile_re(r"4|5[0-9]|2[2-7]|3[47]|6")


def card(_: Anatomy, match: re.Match[str]) -> float:
    """A payment card, by its issuer and its last digit."""
    digits = _digits(match)
    right = _ISSUER.match(digits) and _luhn(digits) and not _one_digit(digits)
    return 0.95 if right and (len(digits) == 16 or digits[:2] in ("34", "37")) else 0.0
