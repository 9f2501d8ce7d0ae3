"""What lies among scrapes is data: it says nothing of how a run goes until its folder is trusted, and a run says so."""

from __future__ import annotations

import json
import shutil
import sys
from pathlib import Path

import pytest

from tests.conftest import Corpuslint

LOST = "قال الناطق إن الاجتماع \N{REPLACEMENT CHARACTER} سيعقد في موعده دون تأخير.\n"
CODE = "افتتحت البلدية مدرسة في القرية صباح اليوم [ad_1] بحضور الأهالي.\n"
NOTHING = 'select = ["PUN020"]\n'
EVIL = "from pathlib import Path\nPath({mark!r}).write_text('run')\nRULES = ()\n"
SUPPRESS = {"suppress": [{"code": code, "reason": "ok"} for code in ("ART", "ENC", "SRC", "MET", "QLT", "DAT", "LET")]}
EVERYTHING = '[[suppress]]\ncode = "ENC"\nreason = "r"\n'


@pytest.fixture
def home(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A corpus with a configuration of its own, and a scraped folder in it with a dirty text."""
    monkeypatch.chdir(tmp_path)
    (tmp_path / "scraped").mkdir()
    (tmp_path / "scraped/a.txt").write_text(LOST + CODE, "utf-8")
    configure(tmp_path)
    return tmp_path


def configure(home: Path, more: str = "") -> None:
    (home / "corpuslint.toml").write_text(f'select = ["ENC010", "ART001"]\n{more}', "utf-8")


TRUST = 'trust = ["scraped"]\n'


def test_a_file_that_is_called_like_an_option_is_refused(home: Path, corpuslint: Corpuslint) -> None:
    (home / "evil.txt").write_text('select = ["PUN020"]\n', "utf-8")
    (home / "--config=evil.txt").write_text(LOST, "utf-8")
    run = corpuslint("check", *sorted(path.name for path in home.iterdir()))  # what a shell makes of `check *`
    assert (run.status, run.out) == (2, "")
    assert "--config=evil.txt: is an option, and the name of a file here" in run.err
    assert "--config=evil.txt:1:24: error ENC010" in corpuslint("check", "--", "--config=evil.txt").out


def notes(err: str) -> str:
    """What was said on standard error, without how far the run was."""
    return "".join(line for line in err.splitlines(keepends=True) if "s left" not in line)


def codes(out: str) -> list[str]:
    return [finding["code"] for finding in json.loads(out)]


@pytest.mark.parametrize("name", ["corpuslint.toml", "pyproject.toml"])
@pytest.mark.parametrize("given", ["scraped", ".", "scraped/a.txt"])
def test_a_configuration_that_came_with_scrapes_silences_nothing(
    corpuslint: Corpuslint, home: Path, name: str, given: str
) -> None:
    table = "[tool.corpuslint]\n" if name == "pyproject.toml" else ""
    (home / "scraped" / name).write_text(table + NOTHING, "utf-8")
    run = corpuslint("check", given, "--output-format", "json")
    assert (run.status, codes(run.out)) == (1, ["ENC010", "ART001"])
    assert notes(run.err) == (
        f"note: scraped/{name} is not followed: if you trust its folder, "
        'write trust = ["scraped"] into corpuslint.toml\n'
    )


@pytest.mark.parametrize("given", ["scraped", ".", "scraped/a.txt"])
def test_it_holds_where_its_folder_is_trusted(corpuslint: Corpuslint, home: Path, given: str) -> None:
    (home / "scraped/corpuslint.toml").write_text('select = ["ENC010"]\n', "utf-8")
    configure(home, TRUST)
    run = corpuslint("check", given, "--output-format", "json")
    assert (codes(run.out), notes(run.err)) == (["ENC010"], "")


@pytest.mark.parametrize("trust", ["../scraped", "scrape", "scraped/b", "other"])
def test_no_other_folder_is_trusted_by_its_name(corpuslint: Corpuslint, home: Path, trust: str) -> None:
    (home / "scraped/corpuslint.toml").write_text(NOTHING, "utf-8")
    configure(home, f'trust = ["{trust}"]\n')
    assert codes(corpuslint("check", "scraped", "--output-format", "json").out) == ["ENC010", "ART001"]


def test_a_folder_that_is_a_link_is_trusted_as_what_it_leads_to(corpuslint: Corpuslint, home: Path) -> None:
    (home / "scraped/corpuslint.toml").write_text(NOTHING, "utf-8")
    (home / "trusted").mkdir()
    (home / "trusted/link").symlink_to("../scraped")
    configure(home, 'trust = ["trusted"]\n')
    assert codes(corpuslint("check", "trusted/link/a.txt", "--output-format", "json").out) == ["ENC010", "ART001"]


def test_one_line_stands_for_all_that_is_not_followed(corpuslint: Corpuslint, home: Path) -> None:
    for name in ("scraped/b", "scraped/c", "scraped"):
        (home / name).mkdir(exist_ok=True)
        (home / name / "a.txt").write_text(CODE, "utf-8")
        (home / name / "corpuslint.toml").write_text(NOTHING, "utf-8")
    err = notes(corpuslint("check", "scraped").err)
    assert err.count("\n") == 1
    assert err.startswith("note: scraped/b/corpuslint.toml is not followed (nor 2 more):")


def test_the_configuration_of_a_folder_that_is_only_named_does_not_hold(
    corpuslint: Corpuslint, home: Path, tmp_path_factory: pytest.TempPathFactory, monkeypatch: pytest.MonkeyPatch
) -> None:
    (home / "scraped/corpuslint.toml").write_text(NOTHING, "utf-8")
    monkeypatch.chdir(tmp_path_factory.mktemp("elsewhere"))
    path = home / "scraped/a.txt"
    run = corpuslint("check", path, "--select", "ENC010", "--output-format", "json")
    assert codes(run.out) == ["ENC010"]
    assert notes(run.err).endswith("run in its folder, or name a configuration with --config\n")
    run = corpuslint("check", path, "--config", home / "scraped/corpuslint.toml", "--output-format", "json")
    assert (codes(run.out), notes(run.err)) == ([], "")


def test_the_nearest_configuration_above_the_folder_one_works_in_holds(
    corpuslint: Corpuslint, home: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.chdir(home / "scraped")
    assert codes(corpuslint("check", "a.txt", "--output-format", "json").out) == ["ENC010", "ART001"]
    (home / "scraped/corpuslint.toml").write_text('select = ["ART001"]\n', "utf-8")
    assert codes(corpuslint("check", "a.txt", "--output-format", "json").out) == ["ART001"]


def test_nothing_is_said_of_configurations_where_none_is_asked_for(corpuslint: Corpuslint, home: Path) -> None:
    (home / "scraped/corpuslint.toml").write_text(NOTHING, "utf-8")
    run = corpuslint("check", "scraped", "--isolated", "--select", "ENC010", "--output-format", "json")
    assert (codes(run.out), notes(run.err)) == (["ENC010"], "")


def lay_pack(home: Path) -> Path:
    """A pack of a scraped folder with Python in it; the file that the Python would write."""
    pack = home / "scraped/p"
    pack.mkdir()
    (pack / "pack.toml").write_text('[pack]\nname = "p"\nsummary = "s"\npython = ["evil.py"]\n')
    (pack / "evil.py").write_text(EVIL.format(mark=str(home / "mark")))
    return home / "mark"


COMMANDS = [
    ("check", "scraped"),
    ("check", "scraped/a.txt", "--fix"),
    ("check", "--diff", "scraped"),
    ("check", "scraped", "--output-format", "html"),
    ("build", "scraped", "--name", "n", "--version", "1.0.0"),
    ("report", "scraped"),
    ("baseline", "scraped"),
    ("mine", "scraped", "-o", "learned"),
    ("config", "show", "scraped"),
]


@pytest.mark.parametrize("command", COMMANDS, ids=" ".join)
@pytest.mark.parametrize("linked", [False, True], ids=["own", "a link to ours"])
def test_python_of_a_scraped_folder_runs_in_no_command(
    corpuslint: Corpuslint, home: Path, command: tuple[str, ...], linked: bool
) -> None:
    mark = lay_pack(home)
    if linked:
        (home / "p").mkdir()
        (home / "p/pack.toml").write_text('[pack]\nname = "p"\nsummary = "s"\n')
        configure(home, 'packs = ["p"]\n')
        (home / "scraped/corpuslint.toml").symlink_to("../corpuslint.toml")
    else:
        (home / "scraped/corpuslint.toml").write_text('packs = ["p"]\n')
    assert corpuslint(*command).status in (0, 1, 2)
    assert not mark.exists()


def test_python_runs_where_a_person_works_names_it_or_trusts_it(
    corpuslint: Corpuslint, home: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    mark = lay_pack(home)
    (home / "scraped/corpuslint.toml").write_text('packs = ["p"]\n')
    for more, arguments in ((TRUST, ()), ("", ("--config", "scraped/corpuslint.toml"))):
        configure(home, more)
        for name in [name for name in sys.modules if name.startswith("corpuslint_pack_p_")]:
            monkeypatch.delitem(sys.modules, name)
        (home / "scraped/p/pack.toml").touch()
        from corpuslint.packs import loader

        loader._loaded.cache_clear()
        assert corpuslint("check", "scraped", *arguments).status in (0, 1)
        assert mark.exists()
        mark.unlink()


def sly(home: Path) -> None:
    """Records whose own metadata calls what is found in them none."""
    record = {"id": "sly", "text": LOST + CODE, "corpuslint": SUPPRESS}
    (home / "scraped/b.jsonl").write_text(json.dumps(record) + "\n", "utf-8")


def test_a_record_silences_nothing(corpuslint: Corpuslint, home: Path) -> None:
    sly(home)
    run = corpuslint("check", "scraped/b.jsonl", "--output-format", "json")
    assert (run.status, codes(run.out)) == (1, ["ENC010", "ART001"])
    assert notes(run.err) == (
        "note: scraped/b.jsonl: a document holds suppressions of its own findings, which do not count: "
        'if you trust its folder, write trust = ["scraped"] into corpuslint.toml\n'
    )
    assert corpuslint("check", "scraped/b.jsonl", "--fix", "--output-format", "json").status == 1
    assert "[ad_1]" not in (home / "scraped/b.jsonl").read_text("utf-8")


def test_metadata_beside_a_text_silences_nothing(corpuslint: Corpuslint, home: Path) -> None:
    (home / "scraped/a.meta.json").write_text(json.dumps({"corpuslint": SUPPRESS}), "utf-8")
    run = corpuslint("check", "scraped", "--output-format", "json")
    assert (codes(run.out), run.err.count("do not count")) == (["ENC010", "ART001"], 1)


def test_what_trusted_records_silence_is_counted(corpuslint: Corpuslint, home: Path) -> None:
    sly(home)
    configure(home, TRUST)
    run = corpuslint("check", "scraped/b.jsonl", "--output-format", "concise")
    assert (run.status, notes(run.err)) == (0, "")
    assert "2 known findings parked: " in run.out
    assert ", 2 of them by the documents' own metadata." in run.out


@pytest.mark.parametrize("name", ["corpuslint.suppress.toml", "corpuslint.baseline.json"])
def test_words_beside_another_configuration_count_where_it_is_trusted(
    corpuslint: Corpuslint, home: Path, monkeypatch: pytest.MonkeyPatch, name: str
) -> None:
    own = home / "scraped/corpuslint.toml"
    own.write_text('select = ["ENC010", "ART001"]\n', "utf-8")
    if name == "corpuslint.suppress.toml":
        (home / "scraped" / name).write_text(EVERYTHING, "utf-8")
    else:
        monkeypatch.chdir(home / "scraped")
        assert corpuslint("baseline", "a.txt", "--select", "ENC010").status == 0
        monkeypatch.chdir(home)
        own.write_text(f'select = ["ENC010", "ART001"]\nbaseline = "{name}"\n', "utf-8")
    assert codes(corpuslint("check", ".", "--output-format", "json").out) == ["ENC010", "ART001"]
    configure(home, TRUST)
    assert codes(corpuslint("check", ".", "--output-format", "json").out) == ["ART001"]


def lay_words(corpuslint: Corpuslint, home: Path, name: str, monkeypatch: pytest.MonkeyPatch) -> None:
    """Words about the lost character in the scraped text, in its folder, of the kind that `name` is."""
    if name == "corpuslint.suppress.toml":
        (home / "scraped" / name).write_text(EVERYTHING, "utf-8")
    elif name == "corpuslint.baseline.json":
        monkeypatch.chdir(home / "scraped")
        assert corpuslint("baseline", "a.txt", "--select", "ENC010", "--isolated").status == 0
        monkeypatch.chdir(home)
    else:
        (finding,) = json.loads(corpuslint("check", "scraped", "--select", "ENC010", "--output-format", "json").out)
        decision = {
            "verdict": "reject",
            "file": "a.txt",
            "code": "ENC010",
            "fingerprint": finding["fingerprint"],
        }
        (home / "scraped" / name).write_text(json.dumps(decision) + "\n", "utf-8")


WORDS = ["corpuslint.suppress.toml", "corpuslint.baseline.json", "corpuslint.decisions.jsonl"]


@pytest.mark.parametrize("name", WORDS)
def test_words_without_a_configuration_are_not_followed_and_that_is_said(
    corpuslint: Corpuslint, home: Path, monkeypatch: pytest.MonkeyPatch, name: str
) -> None:
    lay_words(corpuslint, home, name, monkeypatch)
    run = corpuslint("check", "scraped", "--output-format", "json")
    assert codes(run.out) == ["ENC010", "ART001"]
    assert notes(run.err) == (
        f"note: scraped/{name} is not followed: if you trust its folder, "
        'write trust = ["scraped"] into corpuslint.toml\n'
    )


@pytest.mark.parametrize("configured", [False, True], ids=["alone", "beside a configuration"])
@pytest.mark.parametrize("name", WORDS)
def test_words_count_where_their_folder_is_trusted(
    corpuslint: Corpuslint, home: Path, monkeypatch: pytest.MonkeyPatch, name: str, configured: bool
) -> None:
    lay_words(corpuslint, home, name, monkeypatch)
    if configured:
        baseline = f'baseline = "{name}"\n' if "baseline" in name else ""
        (home / "scraped/corpuslint.toml").write_text(f'select = ["ENC010", "ART001"]\n{baseline}', "utf-8")
    configure(home, TRUST)
    run = corpuslint("check", ".", "--output-format", "json")
    assert (codes(run.out), notes(run.err)) == (["ART001"], "")


def test_nothing_is_said_of_words_beside_the_configuration_that_holds(corpuslint: Corpuslint, home: Path) -> None:
    (home / "corpuslint.suppress.toml").write_text(EVERYTHING, "utf-8")
    run = corpuslint("check", "scraped", "--output-format", "json")
    assert (codes(run.out), notes(run.err)) == (["ART001"], "")


def test_what_is_suppressed_above_is_not_fixed_in_a_trusted_folder(corpuslint: Corpuslint, home: Path) -> None:
    (home / "scraped/corpuslint.toml").write_text('select = ["ENC010", "ART001"]\n', "utf-8")
    (home / "corpuslint.suppress.toml").write_text('[[suppress]]\ncode = "ART001"\nreason = "r"\n', "utf-8")
    configure(home, TRUST)
    corpuslint("check", ".", "--fix")
    assert "[ad_1]" in (home / "scraped/a.txt").read_text("utf-8")


def test_config_show_says_which_configuration_holds(corpuslint: Corpuslint, home: Path) -> None:
    (home / "scraped/corpuslint.toml").write_text('select = ["ENC010"]\n', "utf-8")
    assert 'select = ["ENC010", "ART001"]' in corpuslint("config", "show", "scraped").out
    configure(home, TRUST)
    shown = corpuslint("config", "show", "scraped/a.txt").out
    assert 'select = ["ENC010"]  # ' in shown
    assert f'trust = ["{(home / "scraped").as_posix()}"]' in shown


def test_config_show_gives_the_runs_own_word_on_what_is_decided_for_the_whole_run(
    corpuslint: Corpuslint, home: Path
) -> None:
    (home / "scraped/corpuslint.toml").write_text('fail-on = "never"\noutput-format = "json"\n', "utf-8")
    configure(home, TRUST + 'fail-on = "warning"\n')
    shown = corpuslint("config", "show", "scraped").out
    assert f'fail-on = "warning"  # {home / "corpuslint.toml"}\n' in shown
    assert 'output-format = "full"  # default\n' in shown


def version(corpuslint: Corpuslint, home: Path, *more: str) -> tuple[str, Path]:
    """What a build of the scraped folder says, and where it lies."""
    run = corpuslint("build", "scraped", "--name", "n", "--version", "1.0.0", "--out", "dist", *more)
    assert run.status == 0, run.err
    return run.err, home / "dist/n/1.0.0"


SOURCED = 'select = ["ENC021", "PII001"]\n'
MAILED = "افتتحت البلدية مدرسة&nbsp;في القرية صباح اليوم، وللتواصل reader@example.org عند الحاجة.\n"
MAIL = "reader@example.org"


@pytest.fixture
def mailed(home: Path) -> Path:
    """A scraped folder with a record that calls nothing a finding, and an address in it; the rule for it is on."""
    (home / "corpuslint.toml").write_text(SOURCED, "utf-8")
    words = {"suppress": [{"code": code, "reason": "ok"} for code in ("PII", "ENC")]}
    record = {"id": "sly", "text": MAILED, "corpuslint": words}
    (home / "scraped/a.txt").unlink()
    (home / "scraped/b.jsonl").write_text(json.dumps(record) + "\n", "utf-8")
    return home


def texts(dist: Path) -> str:
    """Every text of a version, published or withheld."""
    from pyarrow.parquet import read_table

    files = [file for file in dist.rglob("part-*.parquet") if file.parts[-2] != "edits"]
    return "\n".join(row["text"] or "" for file in files for row in read_table(file).to_pylist())


def test_a_build_fixes_what_records_call_none(corpuslint: Corpuslint, mailed: Path) -> None:
    err, dist = version(corpuslint, mailed)
    assert "scraped/b.jsonl: a document holds suppressions of its own findings, which do not count" in err
    assert (MAIL in texts(dist), "&nbsp;" in texts(dist)) == (False, False)
    assert json.loads((dist / "manifest.json").read_text("utf-8"))["suppressed"] == {}


def test_what_records_call_none_where_they_are_trusted_is_told(corpuslint: Corpuslint, mailed: Path) -> None:
    (mailed / "corpuslint.toml").write_text(TRUST + SOURCED, "utf-8")
    err, dist = version(corpuslint, mailed)
    assert "called none by the documents' own metadata: ENC021 1, PII001 1\n" in err
    assert MAIL in texts(dist)
    assert json.loads((dist / "manifest.json").read_text("utf-8"))["suppressed"] == {"ENC021": 1, "PII001": 1}
    card = (dist / "README.md").read_text("utf-8")
    assert "Called none by the documents' own metadata, neither fixed nor withheld: ENC021 1, PII001 1." in card
    assert corpuslint("verify", "dist/n/1.0.0").status == 0


def test_a_build_takes_neither_rules_nor_licence_from_scrapes(corpuslint: Corpuslint, mailed: Path) -> None:
    more = '[dataset]\nlicense = "cc0-1.0"\ncontact = "them@example.org"\n'
    (mailed / "scraped/corpuslint.toml").write_text(f'select = ["SPC010"]\n{more}', "utf-8")
    err, dist = version(corpuslint, mailed)
    assert "note: scraped/corpuslint.toml is not followed" in err
    assert MAIL not in texts(dist)
    card = (dist / "README.md").read_text("utf-8")
    assert ("cc0-1.0" in card, "them@example.org" in card) == (False, False)


def test_a_build_follows_the_configuration_of_a_trusted_folder(corpuslint: Corpuslint, mailed: Path) -> None:
    own = 'select = ["ENC021"]\n[dataset]\nlicense = "cc0-1.0"\n'
    (mailed / "scraped/corpuslint.toml").write_text(own, "utf-8")
    (mailed / "scraped/b.jsonl").write_text(json.dumps({"id": "a", "text": MAILED}) + "\n", "utf-8")
    (mailed / "mine.txt").write_text(MAILED, "utf-8")
    (mailed / "corpuslint.toml").write_text(TRUST + SOURCED, "utf-8")
    run = corpuslint("build", ".", "--name", "n", "--version", "1.0.0", "--out", "dist")
    assert run.status == 0, run.err
    dist = mailed / "dist/n/1.0.0"
    # Personal data is looked for in one's own file only, as `check` does; what is published is for the run to say.
    assert (texts(dist).count(MAIL), "&nbsp;" in texts(dist)) == (1, False)
    assert "cc0-1.0" not in (dist / "README.md").read_text("utf-8")
    assert corpuslint("verify", dist).status == 0


def test_a_build_heeds_reviewers_in_a_trusted_folder(corpuslint: Corpuslint, mailed: Path) -> None:
    (mailed / "scraped/b.jsonl").write_text(json.dumps({"id": "a", "text": MAILED}) + "\n", "utf-8")
    (mailed / "corpuslint.toml").write_text('select = ["ENC021"]\n', "utf-8")
    (finding,) = json.loads(corpuslint("check", "scraped", "--output-format", "json").out)
    (mailed / "scraped/corpuslint.toml").write_text('select = ["ENC021"]\n', "utf-8")
    decision = {"verdict": "reject", "file": "b.jsonl", "code": "ENC021", "fingerprint": finding["fingerprint"]}
    (mailed / "scraped/corpuslint.decisions.jsonl").write_text(json.dumps(decision) + "\n", "utf-8")
    assert "&nbsp;" not in texts(version(corpuslint, mailed)[1])
    shutil.rmtree(mailed / "dist")
    (mailed / "corpuslint.toml").write_text(TRUST + 'select = ["ENC021"]\n', "utf-8")
    assert "&nbsp;" in texts(version(corpuslint, mailed)[1])


def test_stories_of_two_configurations_are_compared(corpuslint: Corpuslint, home: Path) -> None:
    """A copy is a copy, though its folder has rules of its own; which one is published depends on neither."""
    text = " ".join(f"كلمة{number}" for number in range(80)) + ".\n"
    (home / "scraped/a.txt").write_text(text, "utf-8")
    (home / "mine.txt").write_text(text, "utf-8")
    (home / "scraped/corpuslint.toml").write_text('select = ["DUP001"]\n[severity]\nDUP001 = "warning"\n', "utf-8")
    (home / "corpuslint.toml").write_text(TRUST + 'select = ["DUP001"]\n', "utf-8")
    run = corpuslint("build", ".", "--name", "n", "--version", "1.0.0", "--out", "dist")
    assert run.status == 0, run.err
    from pyarrow.parquet import read_table

    (file,) = (home / "dist/n/1.0.0/data/train").glob("*.parquet")
    published = read_table(file).to_pylist()
    assert [(row["file"], row["findings"]) for row in published] == [
        ("mine.txt", []),
        ("scraped/a.txt", [{"code": "DUP001", "severity": "warning", "count": 1}]),
    ]
