"""Files that are not UTF-8, and files that begin with a byte order mark."""

from collections.abc import Iterator

from corpuslint import (
    Anatomy,
    Applicability,
    Diagnostic,
    Docs,
    Example,
    Fix,
    RuleCode,
    RuleSpec,
    Scope,
    Severity,
)


class FileNotUtf8:
    """A file that was read in another encoding than UTF-8."""

    spec = RuleSpec(
        code=RuleCode("ENC001"),
        name="file-not-utf8",
        summary="The file is not UTF-8",
        message="the file is {encoding}, not UTF-8",
        severity=Severity.WARNING,
        scope=Scope.DOCUMENT,
        docs=Docs(
            finds="A file in UTF-16, Windows-1256, ISO-8859-6, MacArabic or another code page, recognised by its "
            "byte order mark or by the words that come out when it is read that way.",
            why="The next program will read it as UTF-8 and fail, or read it wrongly and not notice: most mojibake "
            "began as a file like this.",
            fix_safety="The text stays the same to the last character; only the bytes change. `undo` restores them.",
        ),
        invalid=(Example("سافر الوفد صباح اليوم.\n", encoding="windows-1256"),),
        valid=(Example("سافر الوفد صباح اليوم.\n", why="UTF-8"),),
    )

    def check(self, anatomy: Anatomy) -> Iterator[Diagnostic]:
        origin = anatomy.document.origin
        if origin.encoding != "utf-8" and origin.index <= 0:
            encoding = origin.encoding
            shown = _NAMES.get(encoding, encoding.upper())
            fix = Fix("Write the file in UTF-8", Applicability.SAFE, encoding="utf-8")
            yield self.spec.report(anatomy.document, fix=fix, encoding=shown, evidence={"encoding": encoding})


_NAMES = {"windows-1256": "Windows-1256", "mac-arabic": "MacArabic", "cp1252": "Windows-1252"}

RULES = (FileNotUtf8(),)
