"""`verify` finds every broken promise: those a checksum shows, and those of somebody who mends the checksums."""

from __future__ import annotations

import json
from collections.abc import Callable
from pathlib import Path

import pytest
from msgspec.structs import replace

from corpuslint.errors import PublishError
from corpuslint.publishing.folder import DatasetFolder
from corpuslint.publishing.manifest import MANIFEST_NAME, file_sha256
from corpuslint.publishing.parquet import Plain, content_sha256, read_rows, row_key, row_sha256, write_rows
from corpuslint.publishing.tombstones import bury
from corpuslint.publishing.verify import verify
from tests.publishing.corpus import MARK, build, document, text_of, withheld


@pytest.fixture
def folder(tmp_path: Path) -> DatasetFolder:
    """A sound version of two splits and several shards."""
    documents = [document(n) for n in range(30)]
    return build(tmp_path / "dist", [*documents, withheld(90)], plan="train=1,test=1", shards=2).folder


def forge(folder: DatasetFolder, path: str, change: Callable[[list[Plain]], None]) -> DatasetFolder:
    """Change the rows of a file and mend every hash that stands anywhere, as a careful forger would."""
    manifest = folder.manifest
    entry = next(entry for entry in manifest.files if entry.path == path)
    rows = read_rows(folder.path / path)
    change(rows)
    write_rows(folder.path / path, entry.config, rows)
    hashes = content_sha256((row_key(row), row_sha256(row)) for row in rows)
    size, sha = (folder.path / path).stat().st_size, file_sha256(folder.path / path)
    mended = replace(entry, rows=len(rows), bytes=size, sha256=sha, content_sha256=hashes)
    files = tuple(mended if file is entry else file for file in manifest.files)
    forged = DatasetFolder(folder.path, replace(manifest, files=files))
    every = [(row_key(row), row_sha256(row)) for row in forged.rows(entry.config)]
    card = folder.path / "README.md"
    if entry.config in manifest.content:
        content = {**manifest.content, entry.config: content_sha256(every)}
        card.write_text(card.read_text().replace(manifest.content[entry.config], content[entry.config]))
        manifest = replace(manifest, content=content)
    files = tuple(replace(f, sha256=file_sha256(card)) if f.path == "README.md" else f for f in files)
    manifest = replace(manifest, files=files)
    (folder.path / MANIFEST_NAME).write_text(manifest.to_json())
    return DatasetFolder.open(folder.path)


def checks(folder: DatasetFolder) -> set[str]:
    """Which checks have something to say."""
    return {trouble.check for trouble in verify(folder).troubles}


def data_file(folder: DatasetFolder, split: str) -> str:
    """The path of a data file of a split."""
    return next(entry.path for entry in folder.manifest.of("default") if entry.split == split)


def test_a_sound_version(folder: DatasetFolder) -> None:
    verdict = verify(folder)
    assert (verdict.troubles, verdict.records, verdict.reversible) == ((), 30, 30)


def test_a_sound_version_loads(folder: DatasetFolder) -> None:
    pytest.importorskip("datasets")
    assert verify(folder, load=True).troubles == ()


def test_a_flipped_byte(folder: DatasetFolder) -> None:
    path = folder.path / data_file(folder, "train")
    data = bytearray(path.read_bytes())
    data[len(data) // 2] ^= 1
    path.write_bytes(data)
    assert "sha256" in checks(folder)


@pytest.mark.parametrize("name", ["README.md", "croissant.json"])
def test_a_flipped_byte_in_a_paper(folder: DatasetFolder, name: str) -> None:
    with (folder.path / name).open("ab") as stream:
        stream.write(b" ")
    assert checks(folder) == {"sha256"}


def test_a_missing_shard(folder: DatasetFolder) -> None:
    path = data_file(folder, "train")
    (folder.path / path).unlink()
    assert ("missing", path) in {(trouble.check, trouble.place) for trouble in verify(folder).troubles}


def test_a_file_too_many(folder: DatasetFolder) -> None:
    (folder.path / "data/train/part-999.parquet").write_bytes(b"")
    assert checks(folder) == {"layout"}


def test_an_edited_row(folder: DatasetFolder) -> None:
    def change(rows: list[Plain]) -> None:
        rows[0]["text"] = rows[0]["text"].replace("في", "من")

    assert checks(forge(folder, data_file(folder, "train"), change)) == {"text", "ledger"}


def test_an_edited_row_with_its_hash_mended(folder: DatasetFolder) -> None:
    from corpuslint.publishing.records import text_sha256

    def change(rows: list[Plain]) -> None:
        rows[0]["text"] = rows[0]["text"].replace("في", "من")
        rows[0]["text_sha256"] = text_sha256(rows[0]["text"])

    assert checks(forge(folder, data_file(folder, "train"), change)) == {"ledger"}


def test_a_near_duplicate_across_splits(folder: DatasetFolder) -> None:
    from corpuslint.publishing.records import text_sha256

    test_row = read_rows(folder.path / data_file(folder, "test"))[0]

    def change(rows: list[Plain]) -> None:
        text = "خبر عاجل: " + test_row["text"]
        raw = text + f"\n{MARK}"
        rows[0] |= {"text": text, "text_sha256": text_sha256(text), "raw_sha256": text_sha256(raw)}

    forged = forge(folder, data_file(folder, "train"), change)
    found = [trouble for trouble in verify(forged).troubles if trouble.check == "splits"]
    assert [trouble.message.split(" in ")[0] for trouble in found] == ["a near-duplicate"]


def test_a_record_moved_to_another_split(folder: DatasetFolder) -> None:
    row = read_rows(folder.path / data_file(folder, "test"))[0]
    shard = data_file(folder, "test").rsplit("/", 1)[1]
    folder = forge(folder, f"data/test/{shard}", lambda rows: rows.remove(row))
    assert "splits" in checks(forge(folder, f"data/train/{shard}", lambda rows: rows.append(row)))


@pytest.mark.parametrize(
    "change",
    [{"start": 3}, {"inserted": "x"}, {"removed": "\nأخرى"}, {"seq": 1}, {"id": "nobody"}],
    ids=lambda change: next(iter(change)),
)
def test_an_altered_ledger_row(folder: DatasetFolder, change: dict[str, object]) -> None:
    path = folder.manifest.of("edits")[0].path
    assert checks(forge(folder, path, lambda rows: rows[0].update(change))) == {"ledger"}


def test_a_deleted_ledger_row(folder: DatasetFolder) -> None:
    path = folder.manifest.of("edits")[0].path
    assert checks(forge(folder, path, lambda rows: rows.pop())) == {"ledger"}


def test_an_edited_manifest(folder: DatasetFolder) -> None:
    plain = json.loads((folder.path / MANIFEST_NAME).read_text())
    plain["salt"] = "another"
    (folder.path / MANIFEST_NAME).write_text(json.dumps(plain))
    assert checks(DatasetFolder.open(folder.path)) == {"manifest"}


def test_a_manifest_that_points_outside(folder: DatasetFolder) -> None:
    plain = json.loads((folder.path / MANIFEST_NAME).read_text())
    plain["files"][0]["path"] = "../../other"
    (folder.path / MANIFEST_NAME).write_text(json.dumps(plain))
    assert "layout" in checks(DatasetFolder.open(folder.path))


def test_the_raw_files_are_what_undoing_gives(folder: DatasetFolder, tmp_path: Path) -> None:
    for number in [*range(30), 90]:
        path = tmp_path / f"raw/news/{number:04d}.txt"
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(f"{text_of(number)}\n{MARK}", "utf-8")
    assert verify(folder, raw=tmp_path / "raw").troubles == ()
    (tmp_path / "raw/news/0003.txt").write_text("نص آخر", "utf-8")
    assert [trouble.check for trouble in verify(folder, raw=tmp_path / "raw").troubles] == ["raw"]


def test_a_text_that_was_taken_down_and_is_back(folder: DatasetFolder) -> None:
    row = read_rows(folder.path / data_file(folder, "train"))[0]
    stone = bury(
        {"id": "another id", "url": None, "raw_sha256": "", "text_sha256": "", "text": row["text"]}, "asked to", "1.0.0"
    )
    manifest = replace(folder.manifest, tombstones=(stone,))
    (folder.path / MANIFEST_NAME).write_text(manifest.to_json())
    found = [(trouble.check, trouble.place) for trouble in verify(DatasetFolder.open(folder.path)).troubles]
    assert found == [("tombstone", row["id"])]


@pytest.mark.parametrize("path", ["../secret.parquet", "/etc/secret.parquet"])
def test_a_manifest_that_points_outside_is_not_followed(folder: DatasetFolder, path: str) -> None:
    first = folder.manifest.of("default")[0]
    files = tuple(replace(entry, path=path) if entry is first else entry for entry in folder.manifest.files)
    hostile = DatasetFolder(folder.path, replace(folder.manifest, files=files))
    with pytest.raises(PublishError, match="points outside the version"):
        list(hostile.rows("default"))
    assert "layout" in checks(hostile)
