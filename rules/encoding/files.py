"""Files that are not UTF-8, and files that begin with a byte order mark."""

from collections.abc import Iterator

from corpuslint import Anatomy, Applicability, DeclarativeRule, Diagnostic, Fix


def file_not_utf8(rule: DeclarativeRule, anatomy: Anatomy) -> Iterator[Diagnostic]:
    """A file that was read in another encoding than UTF-8."""
    origin = anatomy.document.origin
    if origin.encoding != "utf-8" and origin.index <= 0:
        encoding = origin.encoding
        shown = _NAMES.get(encoding, encoding.upper())
        fix = Fix("Write the file in UTF-8", Applicability.SAFE, encoding="utf-8")
        yield rule.report(anatomy, fix=fix, encoding=shown, evidence={"encoding": encoding})


_NAMES = {"windows-1256": "Windows-1256", "mac-arabic": "MacArabic", "cp1252": "Windows-1252"}
