"""The manifest: written, read back, and described by its schema."""

from __future__ import annotations

import json
from pathlib import Path

import jsonschema
import pytest

from corpuslint.errors import PublishError
from corpuslint.publishing.manifest import Manifest
from release.schemas import every_schema
from tests.publishing.corpus import build, document


def test_the_manifest_reads_back_as_it_was(tmp_path: Path) -> None:
    manifest = build(tmp_path, [document(n) for n in range(3)]).folder.manifest
    assert Manifest.from_json(manifest.to_json(), "here") == manifest


def test_the_manifest_fits_its_schema(tmp_path: Path) -> None:
    build(tmp_path, [document(1)])
    folder = build(tmp_path, [document(1), document(2)], version="1.1.0").folder
    jsonschema.validate(json.loads((folder.path / "manifest.json").read_text()), every_schema()["manifest.schema.json"])


@pytest.mark.parametrize("text", ["", "[]", "{}", '{"manifest_version": 9}', '{"manifest_version": 1, "name": "x"}'])
def test_a_broken_manifest_says_where(text: str) -> None:
    with pytest.raises(PublishError, match="there: the manifest"):
        Manifest.from_json(text, "there")
