"""Examples of the user's own rules, run when a pack is first used: a rule that does not do what it says is named.

They run in a process of their own, which an example may kill or keep for ever.
"""

from __future__ import annotations

import hashlib
import json
import sys
import warnings
from collections.abc import Iterable
from pathlib import Path

import msgspec

from corpuslint.errors import Unproven
from corpuslint.execution.executor import describe_exit
from corpuslint.resources import keep_table, kept_table, state_of_files

_MOST = 200
"""Rules of a pack that are looked at before a run: `rules --check` looks at all."""
_SECONDS = 60
"""Time that the examples of a pack may take."""
_BOOT = (
    "import json, sys; sys.path[:] = json.loads(sys.argv[1]); "
    "from corpuslint.pipeline.proofs import tell; tell(sys.argv[2], int(sys.argv[3]))"
)
_SAID = "\x1e"  # a rule may print, too


class Proof(msgspec.Struct, frozen=True):
    """What the examples of a pack showed: the codes of the rules that were run to the end, and what does not hold."""

    rules: tuple[str, ...]
    complaints: tuple[str, ...]


def warn_of_unproven(folders: Iterable[Path]) -> None:
    """Warn, once a pack, of examples that do not hold; they are run again when a file of the pack has changed."""
    for folder in folders:
        complaints = _complaints(folder)
        if complaints:
            more = f" (and {len(complaints) - 1} more)" if len(complaints) > 1 else ""
            said = f"{folder}: {complaints[0]}{more}: `corpuslint rules --check` names every example that does not hold"
            warnings.warn(said, Unproven, stacklevel=3)


def _complaints(folder: Path) -> tuple[str, ...]:
    name = f"proof-{hashlib.blake2b(str(folder.resolve()).encode(), digest_size=12).hexdigest()}"
    state = repr(state_of_files([folder]))
    kept: tuple[str, ...] | None = kept_table(name, state)
    if kept is None:
        kept = proof_of(folder, _MOST).complaints
        keep_table(name, state, kept)
    return kept


def proof_of(folder: Path, most: int = 1_000_000) -> Proof:
    """The examples of `most` rules of a pack, run in a process of their own."""
    import subprocess

    command = [sys.executable, "-P", "-c", _BOOT, json.dumps(sys.path), str(folder), str(most)]
    try:
        done = subprocess.run(command, stdout=subprocess.PIPE, stderr=subprocess.DEVNULL, timeout=_SECONDS, check=False)
        status = describe_exit(done.returncode).removeprefix("crash: ")
        output, ended = done.stdout, f"ends its process ({status})" if done.returncode else ""
    except subprocess.TimeoutExpired as error:
        output, ended = error.stdout or b"", f"takes more than {_SECONDS} seconds"
    lines = output.decode("utf-8", "replace").split("\n")
    said = [json.loads(line.removeprefix(_SAID)) for line in lines[:-1] if line.startswith(_SAID)]
    complaints = [text for kind, text in said if kind == "complaint"]
    if ended:
        running = [text for kind, text in said if kind == "example"][-1:] or ["the pack"]
        complaints.append(f"{running[0]}: {ended}")
    return Proof(tuple(text for kind, text in said if kind == "rule"), tuple(complaints))


def tell(folder: str, most: int) -> None:
    """Print what the examples of a pack show, line by line: what is still running when the process ends is the last."""
    from corpuslint.engine.proving import complaints_about
    from corpuslint.packs.loader import load_pack

    def say(kind: str, text: str) -> None:
        print(_SAID + json.dumps([kind, text]), flush=True)

    for rule in load_pack(Path(folder)).all_rules[:most]:
        for complaint in complaints_about(rule, lambda name: say("example", name)):
            say("complaint", complaint)
        say("rule", rule.spec.code)
