"""The commands about datasets: what they say, and how they end."""

from __future__ import annotations

import json
import re
from pathlib import Path

import pytest

from tests.conftest import Corpuslint
from tests.publishing.corpus import text_of


@pytest.fixture
def seeds(tmp_path: Path) -> Path:
    """Three scrapes with a source, and one that has a replacement character left."""
    folder = tmp_path / "seeds"
    folder.mkdir()
    for number in range(3):
        (folder / f"{number}.txt").write_text(f"{text_of(number)}  \n", "utf-8")
        known = {"source": "وكالة الشرق", "published": "3 فبراير 2024", "title": "عنوان", "language": "ar"}
        (folder / f"{number}.meta.json").write_text(json.dumps(known), "utf-8")
    (folder / "broken.txt").write_text(text_of(9).replace("في", "ف\N{REPLACEMENT CHARACTER}"), "utf-8")
    return folder


def arguments(seeds: Path, *more: str) -> list[str | Path]:
    """A build of the scrapes with the rules about encoding and white space."""
    return [
        "build",
        seeds,
        "--isolated",
        "--select",
        "ENC,SPC",
        "--name",
        "news",
        "--out",
        seeds.parent / "dist",
        *more,
    ]


def test_build_says_what_it_withheld_and_why(corpuslint: Corpuslint, seeds: Path) -> None:
    run = corpuslint(*arguments(seeds, "--version", "1.0.0"))
    assert (run.status, run.out) == (0, f"{(seeds.parent / 'dist/news/1.0.0').as_posix()}\n")
    assert "withheld 1 of 4 stories: ENC" in run.err
    assert "news 1.0.0 built: train 3" in run.err


def test_build_leaves_its_input_alone(corpuslint: Corpuslint, seeds: Path) -> None:
    before = {path: path.read_bytes() for path in seeds.iterdir()}
    corpuslint(*arguments(seeds, "--version", "1.0.0"))
    assert {path: path.read_bytes() for path in seeds.iterdir()} == before


def test_columns_come_from_what_is_declared_and_lifted(corpuslint: Corpuslint, seeds: Path) -> None:
    from corpuslint.publishing.folder import DatasetFolder

    corpuslint(*arguments(seeds, "--version", "1.0.0"))
    row = next(iter(DatasetFolder.open(seeds.parent / "dist/news").rows("default")))
    assert (row["id"], row["title"], row["source"], row["published"]) == ("0.txt", "عنوان", "وكالة الشرق", "2024-02-03")


def test_own_fields_keep_their_values_and_types(corpuslint: Corpuslint, seeds: Path, tmp_path: Path) -> None:
    from corpuslint.publishing.folder import DatasetFolder

    known = {"source": "وكالة الشرق", "language": "ar", "title": "عنوان"}
    own = [
        {"category": "رياضة", "views": 12, "rate": 1, "pinned": True, "tags": ["a", "b"], "odd": 5, "secret": "x"},
        {"category": None, "views": 9, "rate": 2.5, "pinned": False, "tags": [], "odd": "five", "findings": "mine"},
        {"odd": {"b": 1, "a": [2]}, "updated": "3 فبراير 2024 14:30"},
    ]
    records = [{"id": str(number), "text": text_of(number), **known, **fields} for number, fields in enumerate(own)]
    (tmp_path / "corpus").mkdir()
    corpus = tmp_path / "corpus" / "a.jsonl"
    corpus.write_text("".join(json.dumps(record, ensure_ascii=False) + "\n" for record in records), "utf-8")
    config = tmp_path / "corpuslint.toml"
    config.write_text('[dataset]\ndrop-fields = ["secret"]\n', "utf-8")
    more = ("--name", "own", "--version", "1.0.0", "--out", tmp_path / "dist", "--select", "SPC", "--config", config)
    assert corpuslint("build", corpus, *more).status == 0
    folder = DatasetFolder.open(tmp_path / "dist/own")
    assert dict(folder.manifest.own) == {
        "category": "string",
        "odd": "json",
        "pinned": "bool",
        "rate": "double",
        "tags": "list<string>",
        "updated": "string",
        "views": "int64",
    }
    rows = {row["id"]: {name: row[name] for name in folder.manifest.own} for row in folder.rows("default")}
    nothing = dict.fromkeys(folder.manifest.own)
    first = {"category": "رياضة", "odd": "5", "pinned": True, "rate": 1.0, "tags": ["a", "b"], "views": 12}
    second = {"odd": '"five"', "pinned": False, "rate": 2.5, "tags": [], "views": 9}
    third = {"odd": '{"a": [2], "b": 1}', "updated": "2024-02-03T14:30"}
    assert rows == {"0": nothing | first, "1": nothing | second, "2": nothing | third}
    assert corpuslint("verify", tmp_path / "dist/own").status == 0
    assert corpuslint("takedown", "1", "--dist", tmp_path / "dist/own", "--isolated", "--apply").status == 0
    left = DatasetFolder.open(tmp_path / "dist/own/1.1.0")
    kept = {row["id"]: {name: row[name] for name in folder.manifest.own} for row in left.rows("default")}
    assert kept == {"0": rows["0"], "2": rows["2"]}


def test_what_is_withheld_keeps_what_is_known_of_it(corpuslint: Corpuslint, tmp_path: Path) -> None:
    from corpuslint.publishing.folder import DatasetFolder

    known = {"language": "ar", "title": "عنوان", "published": "2024-02-03", "keywords": ["ماء"], "credit": "وكالات"}
    records = [
        {"id": "0", "text": text_of(0), **known, "source": "وكالة الشرق", "views": 3},
        {"id": "1", "text": text_of(1), **known, "views": "many", "category": "رياضة"},
    ]
    (tmp_path / "corpus").mkdir()
    corpus = tmp_path / "corpus" / "a.jsonl"
    corpus.write_text("".join(json.dumps(record, ensure_ascii=False) + "\n" for record in records), "utf-8")
    more = ("--name", "own", "--version", "1.0.0", "--out", tmp_path / "dist", "--select", "SRC001", "--isolated")
    assert corpuslint("build", corpus, *more).status == 0
    (row,) = DatasetFolder.open(tmp_path / "dist/own").rows("quarantine")
    columns = ("id", "codes", "title", "published", "credit", "keywords", "category", "views")
    told = ("1", ["SRC001"], "عنوان", "2024-02-03", "وكالات", ["ماء"], "رياضة", '"many"')
    assert tuple(row[name] for name in columns) == told
    assert corpuslint("verify", tmp_path / "dist/own").status == 0


def _published_columns(corpuslint: Corpuslint, seeds: Path, **declared: str) -> dict[str, str | None]:
    from corpuslint.publishing.folder import DatasetFolder

    (seeds / "0.meta.json").write_text(json.dumps(declared), "utf-8")
    corpuslint(*arguments(seeds, "--version", "1.0.0"))
    return next(row for row in DatasetFolder.open(seeds.parent / "dist/news").rows("default") if row["id"] == "0.txt")


@pytest.mark.parametrize(
    ("declared", "published"),
    [
        ("1404-04-21 11:30:16+0330", "2025-07-12T11:30:16+03:30"),
        ("Tue Aug 08 2023 03:03:00 GMT+0300", "2023-08-08T03:03:00+03:00"),
        ("1445-01-20", "2023-08-07"),
        ("1402-05-12", None),
        ("08/07/2023", None),
        ("1970-01-01", None),
        ("2019", None),
        ("NaT", None),
    ],
)
def test_a_published_date_is_what_the_document_means(
    corpuslint: Corpuslint, seeds: Path, declared: str, published: str | None
) -> None:
    assert _published_columns(corpuslint, seeds, published=declared, language="ar")["published"] == published


@pytest.mark.parametrize(
    ("neighbours", "published"),
    [
        ((), None),
        (("25/08/2023",), "2023-07-08"),
        (("08/25/2023",), "2023-08-07"),
        (("25/08/2023", "08/25/2023"), None),
        (("25/08/2023 of another outlet",), None),
    ],
    ids=["nothing-known", "day-first", "month-first", "both", "another-outlet"],
)
def test_other_dates_of_an_outlet_decide_the_order_of_day_and_month(
    corpuslint: Corpuslint, tmp_path: Path, neighbours: tuple[str, ...], published: str | None
) -> None:
    from corpuslint.publishing.folder import DatasetFolder

    dates = ("08/07/2023", *neighbours)
    records = [
        {
            "id": str(number),
            "text": text_of(number),
            "source": "المنارة" if number and "another" in written else "الساحل",
            "published": written.split(" ")[0],
            "language": "ar",
        }
        for number, written in enumerate(dates)
    ]
    corpus = tmp_path / "a.jsonl"
    corpus.write_text("".join(json.dumps(record, ensure_ascii=False) + "\n" for record in records), "utf-8")
    more = ("--isolated", "--select", "DAT002", "--jobs", "1")
    run = corpuslint("check", corpus, *more, "--output-format", "json")
    assert [finding["record"]["id"] for finding in json.loads(run.out)] == ([] if published else ["0"])
    wanted = ("--isolated", "--select", "DAT002", "--name", "n", "--version", "1.0.0", "--out", tmp_path / "dist")
    assert corpuslint("build", corpus, *wanted).status == 0
    rows = {row["id"]: row for row in DatasetFolder.open(tmp_path / "dist/n").rows("default")}
    assert rows["0"]["published"] == published
    assert [found["code"] for found in rows["0"]["findings"]] == ([] if published else ["DAT002"])


def test_spellings_of_an_outlet_are_one_source(corpuslint: Corpuslint, tmp_path: Path) -> None:
    from corpuslint.publishing.folder import DatasetFolder

    spelled = ["عكاظ", "صحيفة عكاظ", "عكاظ", "المناره", "المنارة", "المنارة"]
    records = [{"id": str(n), "text": text_of(n), "source": name, "language": "ar"} for n, name in enumerate(spelled)]
    corpus = tmp_path / "a.jsonl"
    corpus.write_text("".join(json.dumps(record, ensure_ascii=False) + "\n" for record in records), "utf-8")
    wanted = ("--isolated", "--select", "SPC", "--name", "n", "--version", "1.0.0", "--out", tmp_path / "dist")
    assert corpuslint("build", corpus, *wanted).status == 0
    folder = DatasetFolder.open(tmp_path / "dist/n")
    assert sorted(row["source"] for row in folder.rows("default")) == ["المنارة"] * 3 + ["عكاظ"] * 3
    assert dict(folder.manifest.folded_sources) == {"صحيفة عكاظ": "عكاظ", "المناره": "المنارة"}
    assert "Spellings of one outlet, counted as one" in (folder.path / "README.md").read_text("utf-8")


@pytest.mark.parametrize(
    ("head", "title"),
    [
        ("حديقة جديدة في الحي الشمالي\n", "حديقة جديدة في الحي الشمالي"),
        ("عاجل\nحديقة جديدة في الحي الشمالي\n", "حديقة جديدة في الحي الشمالي"),
        ("حديقة جديدة في الحي الشمالي\nأخبار محلية\n", "حديقة جديدة في الحي الشمالي"),
        ("أخبار » محلية » المدينة\n", None),
        ("سياسة\n", None),
        ("افتتاح طريق جديد *** ارتفاع أسعار الوقود في المدينة *** نتائج الثانوية\n", None),
    ],
)
def test_title_is_a_headline_and_no_section_or_ticker(
    corpuslint: Corpuslint, seeds: Path, head: str, title: str | None
) -> None:
    (seeds / "0.txt").write_text(head + text_of(0) + "\n" + text_of(1) + "\n", "utf-8")
    assert _published_columns(corpuslint, seeds, language="ar")["title"] == title


@pytest.mark.parametrize("value", ["nan", "None", "N/A", "غير معروف", "نامشخص", "المصدر", "وكالات", " "])
def test_a_placeholder_is_published_as_no_source(corpuslint: Corpuslint, seeds: Path, value: str) -> None:
    row = _published_columns(corpuslint, seeds, source=value)
    assert (row["source"], row["credit"]) == (None, "وكالات" if value == "وكالات" else None)


@pytest.mark.parametrize(
    ("author", "published", "credit"),
    [
        ("واس - الرياض", "واس - الرياض", "واس"),
        ("admin", None, None),
        ("سامي ناصر - الرياض", "سامي ناصر - الرياض", None),
    ],
)
def test_a_declared_author_is_published_as_it_is_and_an_agency_in_it_as_the_credit(
    corpuslint: Corpuslint, seeds: Path, author: str, published: str | None, credit: str | None
) -> None:
    row = _published_columns(corpuslint, seeds, author=author)
    assert (row.get("author"), row["credit"]) == (published, credit)


@pytest.mark.parametrize(
    ("url", "published"),
    [
        ("https://News.example/1?utm_source=x", "https://news.example/1"),
        ("https://t.me/manara", None),
        ("https://bit.ly/3AbC", None),
        ("https://news.example/a.jpg", None),
    ],
)
def test_a_published_address_is_the_page_s_own(
    corpuslint: Corpuslint, seeds: Path, url: str, published: str | None
) -> None:
    assert _published_columns(corpuslint, seeds, url=url)["url"] == published


@pytest.mark.parametrize(
    ("more", "said"),
    [
        (("--version", "v1"), "'v1' is not a dataset version"),
        (("--version", "1.0.0-rc1"), "is not a dataset version"),
        ((), "a build needs --version"),
        (("--version", "1.0.0", "--removed-text", "some"), "'some' is not one of 'full', 'hash', 'none'"),
        (("--version", "1.0.0", "--splits", "my-split=1"), "cannot name a split"),
        (("--version", "1.0.0", "--shards", "3"), "cannot have 3 shards"),
    ],
)
def test_a_build_that_cannot_be(corpuslint: Corpuslint, seeds: Path, more: tuple[str, ...], said: str) -> None:
    run = corpuslint(*arguments(seeds, *more))
    assert (run.status, said in run.err) == (2, True)
    assert not (seeds.parent / "dist/news/1.0.0").exists()


@pytest.mark.parametrize("asked", ["full", "hash", "none"])
def test_personal_data_is_not_published_as_removed_text(corpuslint: Corpuslint, seeds: Path, asked: str) -> None:
    from corpuslint.publishing.folder import DatasetFolder

    (seeds / "0.txt").write_text(f"{text_of(0)} اتصل على 0501234567 للحجز.  \n", "utf-8")
    rest = arguments(seeds, "--version", "1.0.0", "--extend-select", "PII002", "--removed-text", asked)
    assert corpuslint(*rest).status == 0
    folder = DatasetFolder.open(seeds.parent / "dist/news")
    assert "0501234567" not in next(row for row in folder.rows("default") if row["id"] == "0.txt")["text"]
    edits = list(folder.rows("edits"))
    assert {edit["code"] for edit in edits} > {"PII002"}
    assert [edit for edit in edits if edit["removed"] or edit["removed_sha256"]] == []
    assert folder.manifest.recipe.removed_text == "none"


@pytest.mark.parametrize(
    "said", ["min-confidence = 0.5", 'unfixable = ["ART"]', '[[defaults]]\nfiles = "*"\nsource = "x"']
)
def test_the_recipe_hangs_on_every_setting_that_decides(corpuslint: Corpuslint, seeds: Path, said: str) -> None:
    from corpuslint.publishing.folder import DatasetFolder

    recipes = set()
    config = seeds / "corpuslint.toml"
    for number, content in enumerate(("", said)):
        config.write_text(content, "utf-8")
        rest = arguments(seeds, "--version", "1.0.0", "--config", str(config), "--out", str(seeds.parent / f"{number}"))
        assert corpuslint(*(part for part in rest if part != "--isolated")).status == 0
        recipes.add(DatasetFolder.open(seeds.parent / f"{number}" / "news").manifest.recipe.config_sha256)
    assert len(recipes) == 2


def test_a_build_of_nothing_but_errors(corpuslint: Corpuslint, seeds: Path) -> None:
    for number in range(3):
        (seeds / f"{number}.txt").unlink()
    run = corpuslint(*arguments(seeds, "--version", "1.0.0"))
    assert (run.status, "no record is left to publish: all 1 stories were withheld (ENC" in run.err) == (2, True)


def test_a_build_from_which_a_file_is_missing_ends_with_2_and_is_of_the_others(
    corpuslint: Corpuslint, seeds: Path
) -> None:
    from corpuslint.publishing.folder import DatasetFolder

    (seeds / "gone.txt").symlink_to("nowhere")
    (seeds / "torn.parquet").write_bytes(b"PAR1")
    rest = arguments(seeds, "--version", "1.0.0", "--work", seeds.parent / "work")
    for _ in range(2):  # the second time, what the first one kept says so
        run = corpuslint(*rest)
        assert run.status == 2
        assert f"error: {seeds.as_posix()}/gone.txt: the file cannot be read: it is gone, or a link" in run.err
        assert "(and 1 more such file)\n  the version is of everything else; mend the file, or leave it out" in run.err
    folder = DatasetFolder.open(seeds.parent / "dist/news/1.0.0")
    unreadable = [row["file"] for row in folder.rows("quarantine") if row["reason"] == "unreadable"]
    assert unreadable == ["gone.txt", "torn.parquet"]
    for name in unreadable:
        (seeds / name).unlink()
    assert corpuslint(*arguments(seeds, "--version", "1.1.0")).status == 0


def test_a_broken_record_is_withheld_like_one_with_an_error(corpuslint: Corpuslint, seeds: Path) -> None:
    (seeds / "a.jsonl").write_text('{"text": ', "utf-8")
    run = corpuslint(*arguments(seeds, "--version", "1.0.0"))
    assert (run.status, "unreadable 1" in run.err) == (0, True)


def test_the_dataset_table_fills_the_card(corpuslint: Corpuslint, seeds: Path) -> None:
    config = seeds / "corpuslint.toml"
    config.write_text(
        'splits = "train=1,test=1"\n[dataset]\ntitle = "أخبار الشرق"\nlicense = "cc-by-4.0"\ncontact = "a|b"\n'
        '[source-licenses]\n"وكالة الشرق" = "by agreement"\n',
        "utf-8",
    )
    rest = arguments(seeds, "--version", "1.0.0", "--config", str(config))
    assert corpuslint(*(part for part in rest if part != "--isolated")).status == 0
    card = (seeds.parent / "dist/news/1.0.0/README.md").read_text("utf-8")
    assert "# أخبار الشرق 1.0.0" in card
    assert "license: cc-by-4.0\n" in card
    assert "| <bdi>وكالة الشرق</bdi> | 3 | <bdi>by agreement</bdi> |" in card


def test_verify_ends_with_1_and_names_the_broken_promise(corpuslint: Corpuslint, seeds: Path) -> None:
    corpuslint(*arguments(seeds, "--version", "1.0.0"))
    dist = seeds.parent / "dist/news"
    sound = corpuslint("verify", dist, "--no-load", "--raw", seeds)
    assert (sound.status, sound.out) == (0, "")
    assert sound.err.endswith("3/3 records undo to their raw text\n")
    (dist / "1.0.0/CHANGELOG.md").write_text("mine")
    broken = corpuslint("verify", dist, "--no-load")
    assert (broken.status, broken.out) == (1, "CHANGELOG.md: the bytes are not those the manifest lists [sha256]\n")


@pytest.mark.parametrize("command", [("verify",), ("diff", "x"), ("publish", "--to", "x")], ids=lambda part: part[0])
def test_a_folder_that_is_no_dataset(corpuslint: Corpuslint, tmp_path: Path, command: tuple[str, ...]) -> None:
    run = corpuslint(command[0], tmp_path, *([tmp_path] if command[0] == "diff" else command[1:]))
    assert (run.status, "this is not a dataset version" in run.err) == (2, True)


def test_diff_in_words(corpuslint: Corpuslint, seeds: Path) -> None:
    corpuslint(*arguments(seeds, "--version", "1.0.0"))
    (seeds / "1.txt").write_text(f"{text_of(1)} نهاية.\n", "utf-8")
    (seeds / "2.txt").unlink()
    corpuslint(*arguments(seeds, "--version", "2.0.0"))
    dist = seeds.parent / "dist/news"
    run = corpuslint("diff", dist / "1.0.0", dist / "2.0.0")
    assert re.sub(r"SPC\d{3}", "SPC", run.out).splitlines() == [
        "news 1.0.0 → 2.0.0",
        "  changed  1.txt  (its source changed; columns: text, raw_sha256, text_sha256; rules: SPC)",
        "  removed  2.txt  (not in the input)",
        "1 removed, 1 changed; 0 of 1 data files the same",
        "rules: SPC 1",
        "least version step: minor (1 record removed, 1 record changed)",
    ]
    page = corpuslint("diff", dist / "1.0.0", dist / "2.0.0", "--output-format", "html").out
    assert 'dir="auto"' in page
    assert "<ins>نهاية</ins>" in page or "<ins> نهاية.</ins>" in page
    assert page.count("<script") == 0
    gone = text_of(2)[:30]
    assert f"<del>{gone}" in page, "who holds both versions sees what was removed"
    assert gone not in (dist / "2.0.0/diff/from-1.0.0.html").read_text("utf-8"), (
        "the published page does not say it again"
    )
    assert re.findall('href="#(record-[0-9]+)"', page) == ["record-1", "record-0"]


def test_takedown_first_says_and_then_does(corpuslint: Corpuslint, seeds: Path) -> None:
    corpuslint(*arguments(seeds, "--version", "1.0.0"))
    dist = seeds.parent / "dist/news"
    said = corpuslint("takedown", "1.txt", "--dist", dist, "--isolated")
    assert said.status == 0
    assert "1.0.0  data/train/part-000.parquet  1.txt  (its text)" in said.out
    assert "out of reach" in said.err
    assert not (dist / "1.1.0").exists()
    assert corpuslint("takedown", "1.txt", "--dist", dist, "--isolated", "--apply").status == 0
    assert corpuslint("verify", dist / "1.1.0", "--no-load").status == 0
