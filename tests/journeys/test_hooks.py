"""A corpus in git with the hooks of this repository: real `git`, real `pre-commit`.

pre-commit takes the hooks from a repository; here from a copy of our own definition of them, run by the Python of the
tests in place of one that pre-commit would install (`CORPUSLINT_INSTALL_HOOKS=1` lets it install, which takes minutes).
"""

from __future__ import annotations

import json
import os
import shutil
import subprocess
import sys
from pathlib import Path

import pytest

from corpuslint.resources import rules_folder

pytest.importorskip("pre_commit")
INSTALLS = bool(os.environ.get("CORPUSLINT_INSTALL_HOOKS"))
CHECKOUT = rules_folder().parent
HOOKS = CHECKOUT / ".pre-commit-hooks.yaml"
CLEAN = "افتتح الوزير المركز الثقافي الجديد في المدينة صباح اليوم بحضور عدد من المسؤولين.\n"
ENTITY = "ذكر المصدر أن اللجنة&nbsp;ستعقد اجتماعها المقبل في العاصمة نهاية الشهر.\n"
LOST = "قال الناطق الرسمي إن الاجتماع \N{REPLACEMENT CHARACTER} سيعقد في موعده المقرر دون تأخير.\n"


class Corpus:
    """A repository, and what runs in it."""

    def __init__(self, folder: Path, environment: dict[str, str]) -> None:
        self.folder, self.environment = folder, environment

    def run(self, *command: str) -> subprocess.CompletedProcess[str]:
        return subprocess.run(
            command, cwd=self.folder, env=self.environment, capture_output=True, text=True, encoding="utf-8"
        )

    def git(self, *arguments: str) -> subprocess.CompletedProcess[str]:
        return self.run("git", *arguments)

    def write(self, name: str, text: str) -> Path:
        path = self.folder / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(text, "utf-8")
        return path

    def commit(self, message: str = "more") -> subprocess.CompletedProcess[str]:
        self.git("add", "-A")
        return self.git("commit", "-qm", message)


@pytest.fixture(scope="module")
def hooks(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A repository that pre-commit can take our hooks from."""
    folder = tmp_path_factory.mktemp("hooks")
    definition = HOOKS.read_text("utf-8")
    if not INSTALLS:
        definition = definition.replace("language: python", "language: system")
    else:
        tracked = subprocess.run(["git", "ls-files", "-z"], cwd=CHECKOUT, capture_output=True, check=True).stdout
        for name in filter(None, os.fsdecode(tracked).split("\0")):
            (folder / name).parent.mkdir(parents=True, exist_ok=True)
            shutil.copy(CHECKOUT / name, folder / name)
    (folder / ".pre-commit-hooks.yaml").write_text(definition, "utf-8")
    for arguments in (["init", "-q"], ["add", "-A"], [*IDENTITY, "commit", "-qm", "hooks"]):
        subprocess.run(["git", *arguments], cwd=folder, check=True, capture_output=True)
    return folder


IDENTITY = ["-c", "user.name=t", "-c", "user.email=t@t.example"]


def environment(tmp_path: Path, home: Path) -> dict[str, str]:
    """What a person's shell has: `corpuslint` on the path, a name for commits, a cache for pre-commit."""
    shim = tmp_path / "bin" / "corpuslint"
    shim.parent.mkdir()
    log = tmp_path / "starts"
    shim.write_text(f'#!/bin/sh\necho "$#" >> "{log}"\nexec "{sys.executable}" -m corpuslint "$@"\n', "utf-8")
    shim.chmod(0o755)
    kept = {key: value for key, value in os.environ.items() if not key.startswith(("GIT_", "PRE_COMMIT", "PYTHONP"))}
    path = f"{Path(sys.executable).parent}{os.pathsep}{os.environ['PATH']}"
    ours = {"PATH": f"{shim.parent}{os.pathsep}{path}", "PYTHONPATH": str(CHECKOUT)}
    return (
        kept
        | ({"PATH": path} if INSTALLS else ours)
        | {
            "PRE_COMMIT_HOME": str(home),
            "GIT_AUTHOR_NAME": "t",
            "GIT_AUTHOR_EMAIL": "t@t.example",
            "GIT_COMMITTER_NAME": "t",
            "GIT_COMMITTER_EMAIL": "t@t.example",
            "GIT_CONFIG_NOSYSTEM": "1",
            "SOURCE_DATE_EPOCH": "1795000000",
        }
    )


@pytest.fixture(scope="module")
def home(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return tmp_path_factory.mktemp("pre-commit")


@pytest.fixture
def corpus(tmp_path: Path, hooks: Path, home: Path) -> Corpus:
    """A repository with a configuration, one clean document, and no hook yet."""
    folder = tmp_path / "corpus"
    folder.mkdir()
    made = Corpus(folder, environment(tmp_path, home))
    made.git("init", "-q", "-b", "main")
    made.write("corpuslint.toml", 'select = ["ENC", "LNT"]\n')
    made.write("seeds/clean.txt", CLEAN)
    made.commit("first")
    return made


def install(corpus: Corpus, hooks: Path, *names: str) -> None:
    revision = subprocess.run(["git", "rev-parse", "HEAD"], cwd=hooks, capture_output=True, text=True).stdout.strip()
    listed = "".join(f"      - id: {name}\n" for name in names)
    corpus.write(
        ".pre-commit-config.yaml", f"repos:\n  - repo: {hooks.as_uri()}\n    rev: {revision}\n    hooks:\n{listed}"
    )
    assert corpus.run("pre-commit", "install").returncode == 0
    assert corpus.commit("hooks").returncode == 0


def test_a_dirty_commit_is_refused_and_the_finding_named(corpus: Corpus, hooks: Path) -> None:
    install(corpus, hooks, "corpuslint")
    corpus.write("seeds/خبر جديد.txt", LOST)
    refused = corpus.commit()
    assert refused.returncode == 1
    assert "seeds/خبر جديد.txt:1:31: error ENC010" in refused.stderr + refused.stdout
    corpus.write("seeds/خبر جديد.txt", CLEAN)
    assert corpus.commit().returncode == 0


def test_a_commit_of_metadata_alone_has_its_text_checked(corpus: Corpus, hooks: Path) -> None:
    corpus.write("corpuslint.toml", 'select = ["SRC001"]\n')
    corpus.write("seeds/clean.meta.json", '{"source": "صحيفة الضفتين"}')
    install(corpus, hooks, "corpuslint-fix", "corpuslint")
    corpus.write("seeds/clean.meta.json", '{"source": "N/A"}')
    refused = corpus.commit()
    assert refused.returncode == 1
    assert "seeds/clean.txt:1:1: error SRC001" in refused.stderr + refused.stdout
    corpus.write("seeds/clean.meta.json", '{"source": "صحيفة الضفتين", "n": 1}')
    assert corpus.commit().returncode == 0


def test_a_file_that_is_called_like_an_option_is_read_and_not_obeyed(corpus: Corpus, hooks: Path) -> None:
    install(corpus, hooks, "corpuslint")
    corpus.write("evil.txt", 'packs = ["p"]\n')
    corpus.write("p/pack.toml", '[pack]\nname = "p"\nsummary = "s"\npython = ["x.py"]\n')
    ran = corpus.folder / "ran"
    corpus.write("p/x.py", f"open({str(ran)!r}, 'w')\nRULES = ()\n")
    corpus.write("--config=evil.txt", LOST)
    refused = corpus.commit()
    assert (refused.returncode, ran.exists()) == (1, False)
    assert "--config=evil.txt:1:31: error ENC010" in refused.stderr + refused.stdout


def test_an_auto_fixed_commit_goes_through_at_the_second_try(corpus: Corpus, hooks: Path) -> None:
    install(corpus, hooks, "corpuslint-fix", "corpuslint")
    path = corpus.write("seeds/new.txt", ENTITY)
    first = corpus.commit()
    assert first.returncode == 1
    assert "files were modified by this hook" in first.stderr + first.stdout
    assert "&nbsp;" not in path.read_text("utf-8")
    assert corpus.commit().returncode == 0


def test_a_baseline_keeps_old_findings_quiet_and_stops_one_new(corpus: Corpus, hooks: Path) -> None:
    old = corpus.write("seeds/old.txt", LOST + ENTITY)
    corpus.commit("dirty, before there was a gate")
    made = corpus.run("corpuslint", "baseline", ".", "--owner", "huda", "--reason", "scraped before the gate")
    assert "2 entries (2 new, 0 gone)" in made.stderr
    corpus.write("corpuslint.toml", 'select = ["ENC", "LNT"]\nbaseline = "corpuslint.baseline.json"\n')
    install(corpus, hooks, "corpuslint")

    old.write_text(CLEAN + "\n" + LOST + ENTITY, "utf-8")
    assert corpus.commit("a paragraph above").returncode == 0

    corpus.git("mv", "seeds/old.txt", "seeds/renamed.txt")
    assert corpus.commit("renamed").returncode == 0

    (corpus.folder / "seeds/renamed.txt").write_text(CLEAN + "\n" + LOST + ENTITY + LOST, "utf-8")
    refused = corpus.commit("one more")
    assert refused.returncode == 1
    said = refused.stderr + refused.stdout
    assert said.count("error ENC") == 1
    assert "2 known findings parked" in said


def test_deleted_and_linked_files_are_no_trouble(corpus: Corpus, hooks: Path) -> None:
    install(corpus, hooks, "corpuslint")
    (corpus.folder / "seeds/link.txt").symlink_to("clean.txt")
    assert corpus.commit("a link").returncode == 0
    corpus.git("rm", "-q", "seeds/clean.txt")
    (corpus.folder / "seeds/link.txt").unlink()
    assert corpus.commit("gone").returncode == 0


def test_all_files_of_a_large_corpus_take_one_start_a_batch(corpus: Corpus, hooks: Path, tmp_path: Path) -> None:
    for number in range(5000):
        path = corpus.folder / f"seeds/{number % 50:02}/مقال {number:05}.txt"
        path.parent.mkdir(exist_ok=True)
        path.write_text(CLEAN if number != 4321 else LOST, "utf-8")
    corpus.write("corpuslint.toml", 'select = ["ENC", "LNT"]\n')
    corpus.commit("many")
    install(corpus, hooks, "corpuslint")
    starts = tmp_path / "starts"
    starts.unlink(missing_ok=True)
    done = corpus.run("pre-commit", "run", "--all-files")
    assert done.returncode == 1
    assert done.stdout.count("error ENC010") == 1
    batches = [int(line) - 2 for line in starts.read_text().split()]
    assert sum(batches) >= 5001
    assert len(batches) <= 5  # 131,072 bytes of names a batch


def test_two_hooks_at_once_share_one_cache(corpus: Corpus) -> None:
    for number in range(40):
        corpus.write(f"seeds/{number:02}.txt", CLEAN if number else LOST)
    command = ["corpuslint", "check", "seeds", "--output-format", "json"]
    runs = [
        subprocess.Popen(command, cwd=corpus.folder, env=corpus.environment, stdout=subprocess.PIPE) for _ in range(2)
    ]
    outputs = [run.communicate()[0] for run in runs]
    assert [run.returncode for run in runs] == [1, 1]
    assert outputs[0] == outputs[1]
    assert [finding["code"] for finding in json.loads(outputs[0])] == ["ENC010"]


def test_the_hook_for_the_whole_corpus_gets_no_file_names(corpus: Corpus, hooks: Path, tmp_path: Path) -> None:
    install(corpus, hooks, "corpuslint-corpus")
    (tmp_path / "starts").unlink(missing_ok=True)
    done = corpus.run("pre-commit", "run", "--hook-stage", "pre-push", "--all-files")
    assert (done.returncode, (tmp_path / "starts").read_text().split()) == (0, ["1"])
