"""A small corpus for the tests of datasets: documents as the engine leaves them, written for this project."""

from __future__ import annotations

from collections.abc import Iterable
from pathlib import Path

from msgspec.structs import replace

from corpuslint.model.diagnostic import Diagnostic
from corpuslint.model.document import DocumentId
from corpuslint.model.ledger import AppliedEdit
from corpuslint.model.levels import Severity
from corpuslint.publishing.building import Built, Request, write_version
from corpuslint.publishing.manifest import Recipe, Version
from corpuslint.publishing.records import CleanStory, RemovedText, entry_of, text_sha256
from corpuslint.publishing.splits import SplitPlan

_PLACES = ("عمان", "بغداد", "الرباط", "تونس", "صنعاء", "الخرطوم", "مسقط", "الدوحة", "بيروت", "دمشق")
_ACTORS = (
    "المجلس البلدي",
    "وزارة الصحة",
    "هيئة الطرق",
    "اتحاد الكتاب",
    "نقابة المعلمين",
    "شركة المياه",
    "إدارة الميناء",
)
_DEEDS = ("افتتح", "أعلن", "ناقش", "أقر", "أجل", "راجع", "موّل", "طوّر", "سلّم", "أوقف", "وسّع")
_THINGS = ("مشروع الري", "برنامج التشجير", "خطة النقل", "معرض الكتاب", "حملة التطعيم", "شبكة الكهرباء", "سوق السمك")
MARK = "شارك الخبر 12"


def text_of(number: int) -> str:
    """A text that resembles no other number's text."""

    def pick(words: tuple[str, ...], turn: int) -> str:
        return words[(number * (turn + 3) + turn * turn + number // len(words)) % len(words)]

    sentences = [
        f"{pick(_DEEDS, turn)} {pick(_ACTORS, turn)} في {pick(_PLACES, turn)} {pick(_THINGS, turn)}"
        f" رقم {number * 7 + turn} بكلفة {number * 31 + turn * 17} ألف دينار."
        for turn in range(6)
    ]
    return "\n".join(sentences)


def document(number: int, text: str = "", **metadata: str) -> CleanStory:
    """One cleaned document: a share bar was cut from its end, and its source was lifted."""
    text = text or text_of(number)
    edit = AppliedEdit("ART002", 1, len(text), f"\n{MARK}", "")
    return CleanStory(
        file=f"news/{number:04d}.txt",
        raw_sha256=text_sha256(f"{text}\n{MARK}"),
        text=text,
        edits=(edit,),
        metadata={
            "title": f"عنوان {number}",
            "source": ("وكالة الشرق", "صحيفة الميناء")[number % 2],
            "published": f"2024-{number % 12 + 1:02d}-15",
            "keywords": ("اقتصاد", "مدن"),
            **metadata,
        },
        language="ar",
        remaining=(found("DAT004", Severity.INFO),) if number % 5 == 0 else (),
        file_sha256="ab",
    )


def found(code: str, severity: Severity, message: str = "something is left") -> Diagnostic:
    """A finding that cleaning did not mend."""
    return Diagnostic(code, "left", message, severity, DocumentId("x"))


def withheld(number: int) -> CleanStory:
    """A document with an error left."""
    return replace(document(number), remaining=(found("ENC001", Severity.ERROR, "bytes that are no text"),))


def build(
    out: Path,
    documents: Iterable[CleanStory],
    version: str = "1.0.0",
    plan: str = "",
    shards: int = 0,
    removed_text: RemovedText = RemovedText.FULL,
) -> Built:
    """A version of the dataset `news` in `out`."""
    return write_version(
        Request(
            name="news",
            version=Version.parse(version),
            out=out,
            recipe=Recipe(tool="test", removed_text=removed_text.value),
            plan=SplitPlan.parse(plan, salt="s") if plan else None,
            shards=shards,
        ),
        (entry_of(one, removed_text) for one in documents),
    )
