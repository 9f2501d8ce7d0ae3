"""The lexicon on disk: kept by content, and believed only whole."""

from __future__ import annotations

from collections.abc import Mapping
from pathlib import Path

import pytest

from corpuslint.words.lexicon import kept_lexicon
from corpuslint.words.reading import key_of

COLUMNS = {"weight": {key_of("كلمة"): 0.25, key_of("خبر"): 0.5}, "flag": {key_of("خبر"): 1.0}}


@pytest.fixture
def folder(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    monkeypatch.setenv("CORPUSLINT_CACHE_DIR", str(tmp_path))
    return tmp_path / "words"


class Maker:
    """Makes the columns, and counts how often."""

    made = 0

    def __call__(self) -> Mapping[str, Mapping[int, float]]:
        self.made += 1
        return COLUMNS


def _values(make: Maker, content: bytes = b"lists") -> tuple[float, float, int]:
    lexicon = kept_lexicon("test", [content], make)
    number = lexicon.table.number(key_of("خبر"))
    return lexicon.columns["weight"][number], lexicon.columns["flag"][number], lexicon.table.number(key_of("غيرها"))


def test_made_once_and_read_from_then_on(folder: Path) -> None:
    make = Maker()
    assert [_values(make), _values(make)] == [(0.5, 1.0, -1)] * 2
    assert make.made == 1


def test_other_lists_make_another_lexicon(folder: Path) -> None:
    make = Maker()
    _values(make), _values(make, b"lists, one entry more")
    assert make.made == 2
    assert len(list(folder.iterdir())) == 2


@pytest.mark.parametrize(
    "spoil",
    [
        pytest.param(lambda data: data[: len(data) // 2], id="cut short"),
        pytest.param(lambda data: b"", id="empty"),
        pytest.param(lambda data: data.replace(b"arrays 1", b"arrays 0"), id="another version"),
        pytest.param(lambda data: data[:-3] + b"\x01" + data[-2:], id="a byte that changed"),
    ],
)
def test_a_file_that_is_not_whole_is_made_anew(folder: Path, spoil: object) -> None:
    make = Maker()
    _values(make)
    (path,) = folder.iterdir()
    path.write_bytes(spoil(path.read_bytes()))  # type: ignore[operator]
    assert _values(make) == (0.5, 1.0, -1)
    assert make.made == 2
    assert _values(make) == (0.5, 1.0, -1)
    assert make.made == 2


def test_without_a_cache_folder_it_works_all_the_same(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    (tmp_path / "file").write_text("")
    monkeypatch.setenv("CORPUSLINT_CACHE_DIR", str(tmp_path / "file" / "below"))
    assert _values(Maker()) == (0.5, 1.0, -1)
