"""The attestation names every file; a signature tells who stands behind the manifest."""

from __future__ import annotations

import hashlib
import json
import shutil
import subprocess
from pathlib import Path

import pytest

from corpuslint.errors import PublishError
from corpuslint.publishing.attestation import check_signature, sign
from corpuslint.publishing.folder import DatasetFolder
from corpuslint.publishing.verify import verify
from tests.publishing.corpus import build, document


@pytest.fixture
def folder(tmp_path: Path) -> DatasetFolder:
    """A version on top of another."""
    build(tmp_path / "dist", [document(1)])
    return build(tmp_path / "dist", [document(1), document(2)], version="1.1.0").folder


def test_the_subjects_are_all_files(folder: DatasetFolder) -> None:
    plain = json.loads((folder.path / "attestation.intoto.json").read_text())
    subjects = {subject["name"]: subject["digest"]["sha256"] for subject in plain["subject"]}
    files = {path for path in folder.path.rglob("*") if path.is_file() and path.name != "attestation.intoto.json"}
    assert subjects == {
        path.relative_to(folder.path).as_posix(): hashlib.sha256(path.read_bytes()).hexdigest() for path in files
    }
    made_from = plain["predicate"]["buildDefinition"]["resolvedDependencies"]
    assert [one["name"] for one in made_from] == ["input", "news@1.0.0"]


@pytest.mark.skipif(shutil.which("ssh-keygen") is None, reason="no ssh-keygen")
def test_a_signature_holds_until_the_manifest_changes(folder: DatasetFolder, tmp_path: Path) -> None:
    key = tmp_path / "key"
    subprocess.run(["ssh-keygen", "-q", "-t", "ed25519", "-N", "", "-f", str(key)], check=True)
    signers = tmp_path / "signers"
    signers.write_text(f"desk@example.org {key.with_suffix('.pub').read_text()}")
    with pytest.raises(PublishError, match="not signed"):
        check_signature(folder.path, signers)
    first = sign(folder.path, key).read_bytes()
    assert check_signature(folder.path, signers) == "desk@example.org"
    assert verify(folder).troubles == ()
    assert sign(folder.path, key).read_bytes() == first
    with (folder.path / "manifest.json").open("a") as stream:
        stream.write(" ")
    with pytest.raises(PublishError, match="ssh-keygen says"):
        check_signature(folder.path, signers)
