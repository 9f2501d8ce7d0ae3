"""What is shipped: all that runs, and nothing that only we need; the same bytes each time."""

from __future__ import annotations

import hashlib
import json
import os
import subprocess
import sys
import tarfile
import zipfile
from collections.abc import Iterator
from pathlib import Path

import pytest

pytest.importorskip("hatchling", reason="builds with hatchling")

REPOSITORY = Path(__file__).parents[1]
COMPILED = "corpuslint/words/kernel."
SHIPPED = {"corpuslint": "corpuslint", "rules": "corpuslint/_data/rules", "schemas": "corpuslint/_data/schemas"}
"""Folder of the repository -> where it lies in the wheel."""


def built(folder: Path) -> Path:
    """The wheel, built in `folder`."""
    from hatchling.builders.wheel import WheelBuilder

    return Path(next(WheelBuilder(str(REPOSITORY)).build(directory=str(folder), versions=["standard"])))


@pytest.fixture(scope="module")
def wheel(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return built(tmp_path_factory.mktemp("wheel"))


def _files(folder: str) -> Iterator[str]:
    for path in (REPOSITORY / folder).rglob("*"):
        inner = path.relative_to(REPOSITORY / folder)
        if (
            path.is_file()
            and path.suffix not in (".so", ".pyd")
            and not any(part == "__pycache__" or part.startswith(".") for part in inner.parts)
        ):
            yield inner.as_posix()


def test_the_wheel_holds_all_that_runs_and_nothing_else(wheel: Path) -> None:
    wanted = {f"{place}/{name}" for folder, place in SHIPPED.items() for name in _files(folder)}
    found = set(zipfile.ZipFile(wheel).namelist())
    compiled = {name for name in found if name.startswith(COMPILED) and not name.endswith(".py")}
    assert len(compiled) == (0 if "none-any" in wheel.name else 1)
    found -= compiled
    about = {name for name in found if name.startswith("corpuslint_arabic-")}
    assert found - about == wanted
    assert {name.partition("/")[2] for name in about} == {
        "METADATA",
        "RECORD",
        "WHEEL",
        "entry_points.txt",
        "sboms/sbom.cdx.json",
        "licenses/LICENSE",
    }


@pytest.mark.parametrize(
    "name",
    [
        "_data/rules/artefacts/pack.toml",
        "_data/schemas/report.schema.json",
        "web/static/report.js",
        "facts/data/story-model.json",
        "publishing/data/diff.css",
        "py.typed",
    ],
)
def test_data_without_which_nothing_runs(wheel: Path, name: str) -> None:
    assert f"corpuslint/{name}" in zipfile.ZipFile(wheel).namelist()


def test_building_again_gives_the_same_bytes(wheel: Path, tmp_path: Path) -> None:
    again = built(tmp_path)
    assert hashlib.sha256(again.read_bytes()).digest() == hashlib.sha256(wheel.read_bytes()).digest()


def test_without_a_compiler_the_wheel_is_the_source(tmp_path: Path) -> None:
    """In a process of its own: the compiler is an environment variable that Python reads once."""
    told = "import sys; from tests.test_wheel import built; from pathlib import Path; print(built(Path(sys.argv[1])))"
    done = subprocess.run(
        [sys.executable, "-c", told, str(tmp_path)],
        cwd=REPOSITORY,
        env={**os.environ, "CC": "false"},
        capture_output=True,
        text=True,
        check=True,
    )
    made = Path(done.stdout.strip().splitlines()[-1])
    assert made.name.endswith("py3-none-any.whl")
    assert "it works all the same, slower" in done.stderr
    assert f"{COMPILED}py" in zipfile.ZipFile(made).namelist()


def test_the_source_archive_holds_no_seeds_and_no_tests(tmp_path: Path) -> None:
    from hatchling.builders.sdist import SdistBuilder

    archive = next(SdistBuilder(str(REPOSITORY)).build(directory=str(tmp_path), versions=["standard"]))
    with tarfile.open(archive) as opened:
        tops = {Path(name).parts[1] for name in opened.getnames()}
    assert tops == {"corpuslint", "hatch_build.py", "rules", "schemas", "pyproject.toml", "sbom.cdx.json"} | {
        "PKG-INFO",
        "README.md",
        "CHANGELOG.md",
        "LICENSE",
        ".gitignore",
    }


def test_the_bill_of_materials_is_that_of_the_pins() -> None:
    """`python -m release.sbom` writes it anew."""
    from importlib.metadata import PackageNotFoundError

    from release.sbom import PATH, sbom

    try:
        made = sbom()
    except PackageNotFoundError as missing:
        pytest.skip(f"{missing.name} is not installed")
    assert made == PATH.read_text("utf-8")
    bill = json.loads(made)
    references = {component["bom-ref"] for component in bill["components"]}
    assert {name for entry in bill["dependencies"] for name in entry["dependsOn"]} == references
    assert [component["name"] for component in bill["components"] if not component["licenses"]] == []
    assert "serialNumber" not in bill
    assert "timestamp" not in bill["metadata"]
