"""Personal data: what counts, what does not, and what becomes of it in a published dataset."""

from __future__ import annotations

from pathlib import Path

import pytest

from corpuslint import build
from corpuslint.config.settings import Settings
from corpuslint.engine.check import check_document
from corpuslint.engine.ruleset import ruleset
from corpuslint.model.document import Document, DocumentId
from corpuslint.packs.loader import load_pack
from corpuslint.publishing.manifest import Version
from corpuslint.resources import rules_folder

RULES = ruleset(load_pack(rules_folder() / "privacy").rules)


@pytest.mark.parametrize(
    ("text", "codes"),
    [
        ("اتصل على 0501234567", ["PII002"]),
        ("تماس: ۰۹۱۲۳۴۵۶۷۸۹", ["PII002"]),
        ("+98 912 345 6789", ["PII002"]),
        ("رابطہ 0300-1234567", ["PII002"]),
        ("هاتف ٠١٠١٢٣٤٥٦٧٨", ["PII002"]),
        ("أرباح 1,234,567,890 ريال", []),
        ("من 2020-10-20 إلى 2021-10-20", []),
        ("IR06 2960 0000 0010 0324 2000 01", ["PII003"]),
        ("SA0380000000608010167519", ["PII003"]),
        ("رقم الهوية 1000000008", ["PII004"]),
        ("الرقم القومي 29001011234567", ["PII004"]),
        ("شناختی کارڈ 35202-1234567-1", ["PII004"]),
        ("4111-1111-1111-1111", ["PII005"]),
        ("0000 0000 0000 0000", []),
    ],
)
def test_numbers(text: str, codes: list[str]) -> None:
    assert [finding.code for finding in check_document(Document(DocumentId("a"), text), RULES)] == codes


def test_a_published_ledger_holds_no_personal_data(tmp_path: Path) -> None:
    body = "قال الوزير إن القرار نهائي ولن تتراجع الحكومة عنه في العاصمة هذا العام. " * 5
    (tmp_path / "a.txt").write_text(f"عنوان الخبر\n{body}\nللتواصل: sami.k@mail.example\n", "utf-8")
    (tmp_path / "a.meta.json").write_text('{"source": "رويترز", "published": "2023-10-20", "title": "عنوان"}', "utf-8")
    settings = Settings(select=("PII001",), root=tmp_path)
    built = build(
        [str(tmp_path / "a.txt")], settings, name="news", version=Version.parse("1.0.0"), out=tmp_path / "dist"
    )
    import pyarrow.parquet

    for part in built.folder.path.rglob("*.parquet"):
        assert "sami.k@" not in str(pyarrow.parquet.read_table(part).to_pylist()), part
    data = [
        row
        for part in built.folder.path.glob("data/*/*.parquet")
        for row in pyarrow.parquet.read_table(part).to_pylist()
    ]
    assert [row["text"].rstrip().splitlines()[-1] for row in data] == ["للتواصل: [email]"]
