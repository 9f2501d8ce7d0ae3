"""Loading a version with `datasets`, as a user would: in a process of its own and from an empty cache.

A cache could tell of another dataset: `datasets` knows a local folder by its name and its card.
"""

from __future__ import annotations

import os
import subprocess
import sys
import tempfile
from pathlib import Path

from corpuslint.publishing.manifest import Manifest

_SCRIPT = """
import sys
from datasets import get_dataset_config_names, load_dataset
where, revision = sys.argv[1], sys.argv[2] or None
for config in get_dataset_config_names(where, revision=revision):
    for name, split in load_dataset(where, config, revision=revision).items():
        print(config, name, len(split), sep="\\t")
"""


def load_trouble(where: str, manifest: Manifest, revision: str = "", offline: bool = False) -> str:
    """Why `datasets` does not load from `where` (a folder or repository) what the manifest promises; "" if it does."""
    with tempfile.TemporaryDirectory() as cache:
        env = {
            **os.environ,
            "HF_DATASETS_CACHE": str(Path(cache) / "datasets"),
            "HF_HUB_CACHE": str(Path(cache) / "hub"),
            "HF_MODULES_CACHE": str(Path(cache) / "modules"),
            "HF_HUB_DISABLE_PROGRESS_BARS": "1",
            "HF_DATASETS_DISABLE_PROGRESS_BARS": "1",
            "HF_HUB_DISABLE_TELEMETRY": "1",
            "HF_UPDATE_DOWNLOAD_COUNTS": "0",
        }
        if offline:
            env["HF_HUB_OFFLINE"] = "1"
        command = [sys.executable, "-P", "-c", _SCRIPT, where, revision]
        # Elsewhere a folder could lie that has the repository's name, and be loaded in its place.
        done = subprocess.run(command, cwd=cache, env=env, capture_output=True, text=True, check=False)
    if done.returncode:
        return f"`datasets` cannot load it: {(done.stderr.strip() or 'no reason given').splitlines()[-1]}"
    loaded = {tuple(line.split("\t")) for line in done.stdout.splitlines() if line.count("\t") == 2}
    wanted = {
        (config, split, str(rows)) for config in manifest.content for split, rows in manifest.split_rows(config).items()
    }
    return "" if loaded == wanted else f"`datasets` loads {sorted(loaded)}, not {sorted(wanted)}"
