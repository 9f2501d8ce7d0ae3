"""An in-toto statement of what a version is and what it was made from, and signatures by `ssh-keygen`."""

from __future__ import annotations

import hashlib
import json
import shutil
import subprocess
from pathlib import Path

from corpuslint.errors import PublishError
from corpuslint.publishing.manifest import MANIFEST_NAME, Manifest

ATTESTATION_NAME = "attestation.intoto.json"
SIGNATURE_NAME = f"{MANIFEST_NAME}.sig"
NAMESPACE = "corpuslint-manifest"


def statement(manifest: Manifest, manifest_text: str) -> str:
    """The unsigned in-toto statement (SLSA provenance v1) of a version: its subjects are all its files."""
    recipe = manifest.recipe
    subjects = {MANIFEST_NAME: hashlib.sha256(manifest_text.encode()).hexdigest()}
    subjects |= {entry.path: entry.sha256 for entry in manifest.files}
    made_from = [{"name": "input", "digest": {"sha256": recipe.input_sha256}}] if recipe.input_sha256 else []
    if manifest.previous:
        digest = {"sha256": manifest.previous.manifest_sha256}
        made_from.append({"name": f"{manifest.name}@{manifest.previous.version}", "digest": digest})
    plain = {
        "_type": "https://in-toto.io/Statement/v1",
        "subject": [{"name": name, "digest": {"sha256": subjects[name]}} for name in sorted(subjects)],
        "predicateType": "https://slsa.dev/provenance/v1",
        "predicate": {
            "buildDefinition": {
                "buildType": "urn:corpuslint:build:1",
                "externalParameters": {
                    "name": manifest.name,
                    "version": manifest.version,
                    "splits": dict(manifest.splits),
                    "salt": manifest.salt,
                    "removedText": recipe.removed_text,
                    "configSha256": recipe.config_sha256,
                    "packs": dict(recipe.packs),
                },
                "resolvedDependencies": made_from,
            },
            "runDetails": {"builder": {"id": f"urn:corpuslint:{recipe.tool}", "version": {"writer": manifest.writer}}},
        },
    }
    return json.dumps(plain, sort_keys=True, ensure_ascii=False, indent=2) + "\n"


def sign(folder: Path, key: Path) -> Path:
    """Sign the manifest of a version with an SSH key; the signature lies beside it."""
    manifest = folder / MANIFEST_NAME
    _ssh_keygen("-Y", "sign", "-q", "-n", NAMESPACE, "-f", str(key), str(manifest))
    return folder / SIGNATURE_NAME


def check_signature(folder: Path, signers: Path) -> str:
    """Who signed the manifest, out of an `allowed_signers` file; PublishError when nobody of them did."""
    manifest, signature = folder / MANIFEST_NAME, folder / SIGNATURE_NAME
    if not signature.is_file():
        raise PublishError("the version is not signed", repo=str(folder))
    found = _ssh_keygen("-Y", "find-principals", "-s", str(signature), "-f", str(signers))
    identity = found.decode("utf-8", "replace").split("\n")[0].strip()
    _ssh_keygen(
        "-Y", "verify", "-n", NAMESPACE, "-f", str(signers), "-I", identity, "-s", str(signature), stdin=manifest
    )
    return identity


def _ssh_keygen(*arguments: str, stdin: Path | None = None) -> bytes:
    program = shutil.which("ssh-keygen")
    if program is None:
        raise PublishError("signing needs ssh-keygen, which is not installed", remedy="Install the OpenSSH client.")
    done = subprocess.run(
        [program, *arguments], input=stdin.read_bytes() if stdin else b"", capture_output=True, check=False, timeout=60
    )
    if done.returncode:
        said = (done.stderr or done.stdout).decode("utf-8", "replace").strip().split("\n")[-1]
        raise PublishError(f"ssh-keygen says: {said}")
    return done.stdout
