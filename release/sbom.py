"""The bill of materials of a release, `sbom.cdx.json`: CycloneDX, made from what is installed and what is pinned.

    python -m release.sbom [--check]

Everything that installing the package brings, on Linux with Python 3.11, at the versions of `constraints.txt`. Holds
no time and no random number: the same pins give the same bytes. The wheel carries it in `.dist-info/sboms/`.
"""

from __future__ import annotations

import argparse
import importlib
import importlib.metadata
import json
import sys
import tomllib
from collections.abc import Iterable, Iterator
from importlib.metadata import PackageMetadata
from pathlib import Path
from typing import Any

from packaging.licenses import InvalidLicenseExpression, canonicalize_license_expression
from packaging.requirements import Requirement
from packaging.utils import canonicalize_name

ROOT = Path(__file__).parents[1]
PATH = ROOT / "sbom.cdx.json"
_TARGET = {
    "implementation_name": "cpython",
    "os_name": "posix",
    "platform_machine": "x86_64",
    "platform_python_implementation": "CPython",
    "platform_system": "Linux",
    "python_full_version": "3.11.0",
    "python_version": "3.11",
    "sys_platform": "linux",
}


def sbom() -> str:
    """The bill as JSON. PackageNotFoundError where a dependency is not installed, KeyError where one is not pinned."""
    project = tomllib.loads((ROOT / "pyproject.toml").read_text("utf-8"))["project"]
    version = importlib.import_module("corpuslint.version").__version__
    pins = dict(_pins())
    own = _component(project["name"], version, [{"expression": project["license"]}], "application")
    extras: dict[str, set[str]] = {}
    needs: dict[str, set[str]] = {own["bom-ref"]: set()}
    components: dict[str, dict[str, Any]] = {}
    waiting = [(own["bom-ref"], wanted) for wanted in _wanted(project["dependencies"], {""})]
    while waiting:
        needing, wanted = waiting.pop()
        name = canonicalize_name(wanted.name)
        metadata = importlib.metadata.metadata(name)
        if name not in components:
            components[name] = _component(name, pins[name], _licenses(metadata), "library")
        reference = components[name]["bom-ref"]
        needs[needing].add(reference)
        fresh = {"", *wanted.extras} - extras.setdefault(name, set())
        if fresh:
            extras[name] |= fresh
            needs.setdefault(reference, set())
            waiting += [(reference, each) for each in _wanted(metadata.get_all("Requires-Dist") or (), fresh)]
    plain = {
        "$schema": "http://cyclonedx.org/schema/bom-1.6.schema.json",
        "bomFormat": "CycloneDX",
        "specVersion": "1.6",
        "version": 1,
        "metadata": {"component": own},
        "components": [components[name] for name in sorted(components)],
        "dependencies": [
            {"ref": reference, "dependsOn": sorted(needed)} for reference, needed in sorted(needs.items())
        ],
    }
    return json.dumps(plain, ensure_ascii=False, indent=2) + "\n"


def _pins() -> Iterator[tuple[str, str]]:
    for line in (ROOT / "constraints.txt").read_text("utf-8").splitlines():
        if line and not line.startswith("#"):
            name, _, version = line.partition("==")
            yield canonicalize_name(name.strip()), version.strip()


def _wanted(requirements: Iterable[str], extras: Iterable[str]) -> Iterator[Requirement]:
    """The requirements that hold on the target with some of these extras ("": without any)."""
    for requirement in map(Requirement, requirements):
        marker = requirement.marker
        if marker is None or any(marker.evaluate({**_TARGET, "extra": extra}) for extra in extras):
            yield requirement


def _licenses(metadata: PackageMetadata) -> list[dict[str, Any]]:
    """What a package says of its licence: an SPDX expression, else the names of its classifiers, for "BSD License" is
    several to SPDX."""
    for field in ("License-Expression", "License"):
        try:
            return [{"expression": canonicalize_license_expression(metadata.get(field) or "")}]
        except InvalidLicenseExpression:
            continue
    classifiers = (classifier.split(" :: ") for classifier in metadata.get_all("Classifier") or ())
    return [{"license": {"name": parts[-1]}} for parts in classifiers if parts[0] == "License"]


def _component(name: str, version: str, licenses: list[dict[str, Any]], kind: str) -> dict[str, Any]:
    purl = f"pkg:pypi/{canonicalize_name(name)}@{version}"
    return {"type": kind, "bom-ref": purl, "name": name, "version": version, "purl": purl, "licenses": licenses}


def main() -> None:
    """Write the bill, or with `--check` end with 1 where the one that is there is another."""
    parser = argparse.ArgumentParser(description=__doc__.split("\n", 1)[0])
    parser.add_argument("--check", action="store_true", help="write nothing")
    if parser.parse_args().check:
        sys.exit(0 if PATH.is_file() and PATH.read_text("utf-8") == sbom() else 1)
    PATH.write_text(sbom(), "utf-8")


if __name__ == "__main__":
    main()
