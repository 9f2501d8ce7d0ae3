"""A text that was taken down is in no later version, whatever is scraped again."""

from __future__ import annotations

from pathlib import Path

import pytest
from msgspec.structs import replace

from corpuslint.errors import PublishError
from corpuslint.model.ledger import AppliedEdit
from corpuslint.publishing.card import CardFacts
from corpuslint.publishing.folder import DatasetFolder
from corpuslint.publishing.records import CleanStory, text_sha256
from corpuslint.publishing.takedown import carry_out, entries_in, plan_takedown
from corpuslint.publishing.verify import verify
from tests.publishing.corpus import build, document, text_of


def two_stories() -> tuple[CleanStory, CleanStory]:
    """A file of two stories; the ledger of each holds the other."""
    first, second = text_of(70), text_of(71)
    raw = text_sha256(f"{first}\n{second}")
    one = AppliedEdit("MIX001", 1, len(first), f"\n{second}", "")
    two = AppliedEdit("MIX001", 1, 0, f"{first}\n", "")
    return (
        CleanStory("mixed.txt", raw, first, 0, 2, (one,), language="ar"),
        CleanStory("mixed.txt", raw, second, 1, 2, (two,), language="ar"),
    )


@pytest.fixture
def dataset(tmp_path: Path) -> Path:
    """Two versions; records 3 (with a url) and a file of two stories are in both."""
    documents = [document(n, url=f"https://example.org/{n}") for n in range(8)]
    build(tmp_path, [*documents, *two_stories()])
    build(tmp_path, [*documents, *two_stories(), document(9)], version="1.1.0")
    return tmp_path / "news"


def everything_in(folder: Path) -> str:
    """All text of a version: every Parquet cell and every paper."""
    from corpuslint.publishing.parquet import read_rows

    parts = [str(row) for path in sorted(folder.rglob("*.parquet")) for row in read_rows(path)]
    parts += [path.read_text("utf-8") for path in sorted(folder.rglob("*")) if path.suffix in (".md", ".json", ".html")]
    return "\n".join(parts)


@pytest.mark.parametrize(
    "what",
    ["news/0003.txt", "https://example.org/3", text_sha256(text_of(3))],
    ids=["id", "url", "hash"],
)
def test_a_text_goes_and_what_held_it_is_named(dataset: Path, what: str) -> None:
    plan = plan_takedown(dataset, what, "asked to")
    assert plan.ids == ("news/0003.txt",)
    assert {(holding.version, holding.path) for holding in plan.holdings} == {
        (version, path)
        for version in ("1.0.0", "1.1.0")
        for path in ("data/train/part-000.parquet", "edits/part-000.parquet")
    }
    built = carry_out(plan, CardFacts())
    assert str(built.folder.version) == "1.2.0"
    assert text_of(3)[:40] not in everything_in(built.folder.path)
    assert verify(built.folder).troubles == ()
    assert built.diff is not None
    assert [(change.id, change.reason) for change in built.diff.changes] == [("news/0003.txt", "taken down")]


def test_a_later_scrape_does_not_bring_it_back(dataset: Path) -> None:
    carry_out(plan_takedown(dataset, "news/0003.txt", "asked to"), CardFacts())
    again = replace(document(3), file="scraped-again/x.txt")
    nearly = replace(document(3, "عاجل الآن. " + text_of(3)), file="other-site/y.txt")
    same_address = replace(document(80, url="https://example.org/3"), file="z.txt")
    documents = [document(n, url=f"https://example.org/{n}") for n in (0, 1, 2, 4, 5, 6, 7, 9)]
    folder = build(dataset.parent, [*documents, *two_stories(), again, nearly, same_address], version="1.3.0").folder
    held = {row["id"]: row for row in folder.rows("quarantine") if row["reason"] == "tombstone"}
    assert {"scraped-again/x.txt", "other-site/y.txt", "z.txt"} <= set(held)
    assert all(row["text"] is None and row["title"] is None for row in held.values())
    assert text_of(3)[:40] not in everything_in(folder.path)
    assert verify(folder).troubles == ()


def test_the_ledger_of_the_other_story_does_not_tell_it_again(dataset: Path) -> None:
    built = carry_out(plan_takedown(dataset, "mixed.txt#story-2", "asked to"), CardFacts())
    assert "mixed.txt" in {row["id"] for row in built.folder.rows("default")}
    assert text_of(71)[:40] not in everything_in(built.folder.path)
    assert verify(built.folder).troubles == ()


def test_a_tombstone_holds_no_text_no_id_and_no_address(dataset: Path) -> None:
    built = carry_out(plan_takedown(dataset, "news/0003.txt", "asked to"), CardFacts())
    stone = built.folder.manifest.tombstones[0]
    assert (stone.reason, stone.since, len(stone.id_sha256)) == ("asked to", "1.2.0", 64)
    assert "example.org/3" not in (built.folder.path / "manifest.json").read_text()


def test_what_is_nowhere_is_an_error(dataset: Path) -> None:
    with pytest.raises(PublishError, match="no version holds a record with the id nobody"):
        plan_takedown(dataset, "nobody", "")


def test_a_version_reads_back_into_the_same_bytes(dataset: Path, tmp_path: Path) -> None:
    from corpuslint.publishing.building import Request, write_version
    from corpuslint.publishing.manifest import Version

    folder = DatasetFolder.open(dataset / "1.0.0")
    request = Request("news", Version(1, 0, 0), tmp_path / "again", folder.manifest.recipe)
    again = write_version(request, entries_in(folder)).folder
    assert again.manifest.content == folder.manifest.content


def test_a_takedown_keeps_the_columns_of_the_dataset(tmp_path: Path) -> None:
    one, two = replace(document(1), own=(("views", "5"), ("tag", '"a"'))), replace(document(2), own=(("views", '"x"'),))
    first = build(tmp_path, [one, two]).folder
    built = carry_out(plan_takedown(tmp_path / "news", "news/0001.txt", "asked to"), CardFacts())
    assert dict(built.folder.manifest.own) == dict(first.manifest.own) == {"tag": "string", "views": "json"}
    assert [row["views"] for row in built.folder.rows("default")] == ['"x"']
