"""A corpus with a published version; a branch adds thirty scrapes, ten of them dirty. The gate names the ten only."""

from __future__ import annotations

import json
import os
import re
import subprocess
import sys
import tomllib
from pathlib import Path
from urllib.parse import unquote

import pytest
from packaging.requirements import Requirement
from packaging.utils import canonicalize_name

from corpuslint.resources import rules_folder
from tests.conftest import Corpuslint

CHECKOUT = rules_folder().parent
CLEAN = "افتتح الوزير المركز الثقافي رقم {} في المدينة صباح اليوم بحضور عدد من المسؤولين والضيوف.\n"
FIXABLE = "ذكر المصدر رقم {} أن اللجنة&nbsp;ستعقد اجتماعها المقبل في العاصمة نهاية الشهر الجاري.\n"
LOST = "قال الناطق رقم {} إن الاجتماع \N{REPLACEMENT CHARACTER} سيعقد في موعده المقرر دون تأخير أو تغيير.\n"
OLD_DIRT = "نشرت الصحيفة تقريرها&nbsp;السنوي عن حال التعليم في البلاد خلال الأعوام الأخيرة.\n"
META = {"title": "عنوان", "source": "وكالة الخليج", "published": "2024-05-01", "language": "ar"}


def git(folder: Path, *arguments: str) -> None:
    identity = ["-c", "user.name=t", "-c", "user.email=t@t.example"]
    subprocess.run(["git", *identity, *arguments], cwd=folder, check=True, capture_output=True)


def scrape(folder: Path, name: str, text: str) -> None:
    (folder / f"{name}.txt").write_text(text, "utf-8")
    (folder / f"{name}.meta.json").write_text(json.dumps(META, ensure_ascii=False), "utf-8")


@pytest.fixture
def branch(tmp_path: Path, corpuslint: Corpuslint, monkeypatch: pytest.MonkeyPatch) -> Path:
    """The branch, checked out; `dist/news/1.0.0` holds what was published from main."""
    folder = tmp_path / "corpus"
    seeds = folder / "seeds"
    seeds.mkdir(parents=True)
    monkeypatch.chdir(folder)
    git(folder, "init", "-q", "-b", "main")
    (folder / "corpuslint.toml").write_text('select = ["ENC", "LNT"]\n', "utf-8")
    (folder / ".gitignore").write_text("dist/\n.corpuslint/\n", "utf-8")
    for number in range(12):
        scrape(seeds, f"قديم-{number:02}", CLEAN.format(number) if number else OLD_DIRT)
    git(folder, "add", "-A")
    git(folder, "commit", "-qm", "published")
    built = corpuslint("build", "seeds", "--name", "news", "--version", "1.0.0", "--out", "dist")
    assert built.status == 0, built.err
    git(folder, "checkout", "-qb", "scrapes")
    for number in range(30):
        kind = CLEAN if number >= 10 else FIXABLE if number < 6 else LOST
        scrape(seeds, f"جديد-{number:02}", kind.format(number))
    git(folder, "add", "-A")
    git(folder, "commit", "-qm", "thirty scrapes")
    return folder


DIRTY = [f"seeds/جديد-{number:02}.txt" for number in range(10)]


@pytest.mark.parametrize("compared", [["--since", "main"], ["--against", "dist/news/1.0.0"]], ids=["git", "published"])
def test_the_gate_names_the_ten_in_every_form(branch: Path, corpuslint: Corpuslint, compared: list[str]) -> None:
    run = corpuslint(
        *("check", "seeds", *compared, "--output-format", "github"),
        *("--report", "sarif=out.sarif", "--report", "gitlab=out.json"),
    )
    assert run.status == 1
    annotations = [line for line in run.out.splitlines() if line.startswith("::")]
    assert [line.split("file=")[1].split(",")[0] for line in annotations] == DIRTY
    results = json.loads((branch / "out.sarif").read_text("utf-8"))["runs"][0]["results"]
    named = [
        unquote(result["locations"][0]["physicalLocation"]["artifactLocation"]["uri"])
        for result in results
        if "suppressions" not in result
    ]
    assert named == DIRTY
    quality = json.loads((branch / "out.json").read_text("utf-8"))
    assert [entry["location"]["path"] for entry in quality] == DIRTY
    assert len({entry["fingerprint"] for entry in quality}) == 10


def test_after_fixing_only_what_cannot_be_fixed_is_left(branch: Path, corpuslint: Corpuslint) -> None:
    fixed = corpuslint("check", "seeds", "--fix", "--since", "main")
    assert fixed.status == 1
    assert "&nbsp;" in (branch / "seeds/قديم-00.txt").read_text("utf-8")
    again = corpuslint("check", "seeds", "--since", "main", "--output-format", "json")
    found = json.loads(again.out)
    assert [(entry["filename"], entry["code"]) for entry in found] == [(name, "ENC010") for name in DIRTY[6:]]
    for name in DIRTY[6:]:
        (branch / name).unlink()
    assert corpuslint("check", "seeds", "--since", "main").status == 0


def test_new_dirt_in_an_old_document_is_named_and_its_old_dirt_is_not(branch: Path, corpuslint: Corpuslint) -> None:
    path = branch / "seeds/قديم-00.txt"
    path.write_text(CLEAN.format(77) + OLD_DIRT + LOST.format(5), "utf-8")
    for compared in (["--since", "main"], ["--against", "dist/news"]):
        run = corpuslint("check", path, *compared, "--output-format", "json")
        assert [entry["code"] for entry in json.loads(run.out)] == ["ENC010"]


def test_the_action_passes_hostile_inputs_as_arguments(branch: Path, tmp_path: Path) -> None:
    shim = tmp_path / "corpuslint"
    shim.write_text(f'#!/bin/sh\nexec "{sys.executable}" -m corpuslint "$@"\n', "utf-8")
    shim.chmod(0o755)
    output, summary = tmp_path / "output", tmp_path / "summary"
    done = subprocess.run(
        ["bash", str(CHECKOUT / ".ci" / "action.sh")],
        cwd=branch,
        env=os.environ
        | {
            "PYTHONPATH": str(CHECKOUT),
            "CORPUSLINT": str(shim),
            "INPUT_PATHS": "seeds\n",
            "INPUT_SINCE": "main",
            "INPUT_ARGS": "--select\nENC\n",
            "INPUT_SARIF_FILE": "$(touch hacked).sarif",
            "GITHUB_OUTPUT": str(output),
            "GITHUB_STEP_SUMMARY": str(summary),
        },
        capture_output=True,
        text=True,
    )
    assert (done.returncode, done.stderr) == (1, "")
    assert output.read_text("utf-8") == "findings=10\nsarif-file=$(touch hacked).sarif\n"
    assert not (branch / "hacked").exists()
    assert (branch / "$(touch hacked).sarif").is_file()
    assert "Found 10 findings in 30 documents" in summary.read_text("utf-8")


@pytest.mark.parametrize(
    ("since", "base", "findings"),
    [("auto", "main", 10), ("auto", "", 11), ("origin/", "", 11)],
    ids=["a pull request", "a push", "a push with origin/ and no branch"],
)
def test_the_action_runs_on_pull_requests_and_pushes(
    branch: Path, tmp_path: Path, since: str, base: str, findings: int
) -> None:
    git(branch, "update-ref", "refs/remotes/origin/main", "main")
    shim = tmp_path / "corpuslint"
    shim.write_text(f'#!/bin/sh\nexec "{sys.executable}" -m corpuslint "$@"\n', "utf-8")
    shim.chmod(0o755)
    given = {"INPUT_PATHS": "seeds", "INPUT_SINCE": since, "INPUT_ARGS": "--select\nENC", "GITHUB_BASE_REF": base}
    run = ["bash", str(CHECKOUT / ".ci" / "action.sh")]
    own = {"PYTHONPATH": str(CHECKOUT), "CORPUSLINT": str(shim), "GITHUB_OUTPUT": str(tmp_path / "output")}
    subprocess.run(run, cwd=branch, env=os.environ | own | given, capture_output=True, check=False)
    assert (tmp_path / "output").read_text("utf-8").splitlines()[0] == f"findings={findings}"


def test_the_action_names_what_it_installs(tmp_path: Path) -> None:
    keys = []
    for pinned in ("a==1\n", "a==2\n", "a==2\n"):
        (tmp_path / ".ci").mkdir(exist_ok=True)
        (tmp_path / ".ci/locked.txt").write_text(pinned)
        (tmp_path / "pyproject.toml").write_text("")
        output = tmp_path / "output"
        output.write_text("")
        own = {"ACTION_PATH": str(tmp_path), "GITHUB_OUTPUT": str(output)}
        subprocess.run(["bash", str(CHECKOUT / ".ci" / "install.sh"), "key"], env=os.environ | own, check=True)
        keys.append(output.read_text())
    assert keys[0] != keys[1] == keys[2]
    assert keys[0].startswith("key=corpuslint-")


def test_what_is_installed_is_known_by_its_digest() -> None:
    text = (CHECKOUT / ".ci/locked.txt").read_text("utf-8")
    pins = {canonicalize_name(name): version for name, version in re.findall(r"^(\S+?)==(\S+)", text, re.MULTILINE)}
    others = re.findall(r"^(\S+?)==(\S+)", (CHECKOUT / "constraints.txt").read_text("utf-8"), re.MULTILINE)
    assert {name: version for name, version in others if pins.get(canonicalize_name(name), version) != version} == {}
    project = tomllib.loads((CHECKOUT / "pyproject.toml").read_text("utf-8"))
    needed = [*project["project"]["dependencies"], *project["build-system"]["requires"]]
    assert {canonicalize_name(Requirement(one).name) for one in needed} - pins.keys() == set()
    assert len(re.findall(r"^\S+==.*\\\n +--hash=sha256:[0-9a-f]{64}", text, re.MULTILINE)) == len(pins)
    assert "://" not in text


def test_the_job_for_gitlab_runs(branch: Path, tmp_path: Path) -> None:
    yaml = pytest.importorskip("yaml")
    job = yaml.safe_load((CHECKOUT / ".ci" / "gitlab.yml").read_text("utf-8"))["corpuslint"]
    shim = tmp_path / "bin/corpuslint"
    shim.parent.mkdir()
    shim.write_text(f'#!/bin/sh\nexec "{sys.executable}" -m corpuslint "$@"\n', "utf-8")
    shim.chmod(0o755)
    given = {**job["variables"], "CORPUSLINT_PATHS": "seeds", "CI_MERGE_REQUEST_DIFF_BASE_SHA": "main"}
    own = {"PYTHONPATH": str(CHECKOUT), "PATH": f"{shim.parent}{os.pathsep}{os.environ['PATH']}"}
    script = "set -e\n" + "\n".join(job["script"])
    done = subprocess.run(["bash", "-c", script], cwd=branch, env=os.environ | own | given, capture_output=True)
    assert done.returncode == 1
    assert len(json.loads((branch / "gl-code-quality-report.json").read_text("utf-8"))) == 10
    assert (branch / "corpuslint.xml").is_file()


@pytest.mark.parametrize("where", ["dist/none", "hf://models", "seeds"])
def test_a_version_that_is_not_there(branch: Path, corpuslint: Corpuslint, where: str) -> None:
    run = corpuslint("check", "seeds", "--against", where)
    assert run.status == 2
    assert where in run.err


def test_the_files_for_code_hosts_are_sound() -> None:
    yaml = pytest.importorskip("yaml")
    action = yaml.safe_load((CHECKOUT / "action.yml").read_text("utf-8"))
    assert action["runs"]["using"] == "composite"
    assert not [step for step in action["runs"]["steps"] if "${{" in step.get("run", "")]
    passed = {value for step in action["runs"]["steps"] for value in step.get("env", {}).values()}
    unused = [name for name in action["inputs"] if f"${{{{ inputs.{name} }}}}" not in passed]
    assert unused == ["python-version"]
    used = [step["uses"] for step in action["runs"]["steps"] if "uses" in step]
    assert [name for name in used if len(name.partition("@")[2]) != 40] == []
    template = yaml.safe_load((CHECKOUT / ".ci" / "gitlab.yml").read_text("utf-8"))
    assert template["corpuslint"]["artifacts"]["reports"]["codequality"] == "gl-code-quality-report.json"
    hooks = yaml.safe_load((CHECKOUT / ".pre-commit-hooks.yaml").read_text("utf-8"))
    assert [hook["id"] for hook in hooks] == ["corpuslint", "corpuslint-fix", "corpuslint-corpus"]
