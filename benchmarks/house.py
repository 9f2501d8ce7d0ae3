"""Lines of the package by kind (code, imports, docstrings, comments, blank), a room or a module a row.

`python -m benchmarks.house` prints the rooms, `--modules` the modules too, `--names` the names at the top of a module
that no other file of the package or of the shipped rules uses, with how many tests and programs do.
"""

from __future__ import annotations

import ast
import re
import sys
from collections import Counter, defaultdict
from collections.abc import Iterator
from pathlib import Path

ROOT = Path(__file__).parents[1]
KINDS = ("code", "imports", "docstrings", "comments", "blank")
_DESCRIBED = (ast.Module, ast.ClassDef, ast.FunctionDef, ast.AsyncFunctionDef)
_WORD = re.compile(r"[A-Za-z_]\w*")


def kinds_of(text: str) -> Counter[str]:
    """How many lines of each kind a module has."""
    lines = text.splitlines()
    kinds = ["blank" if not line.strip() else "comments" if line.lstrip()[0] == "#" else "code" for line in lines]
    for node in ast.walk(ast.parse(text)):
        if isinstance(node, ast.Import | ast.ImportFrom):
            _mark(kinds, node, "imports")
        elif isinstance(node, _DESCRIBED) and ast.get_docstring(node, clean=False) is not None:
            _mark(kinds, node.body[0], "docstrings")
    return Counter(kinds)


def _mark(kinds: list[str], node: ast.stmt, kind: str) -> None:
    end = node.end_lineno or node.lineno
    kinds[node.lineno - 1 : end] = [kind] * (end - node.lineno + 1)


def unused_names(texts: dict[str, str]) -> Iterator[tuple[int, str, str, int]]:
    """Names that nothing in the package or the rules says but their definition: lines, module, name, other files."""
    words = {file: Counter(_WORD.findall(text)) for file, text in texts.items()}
    for file, text in texts.items():
        for node in ast.parse(text).body if file.startswith("corpuslint/") else ():
            if isinstance(node, ast.FunctionDef | ast.ClassDef) and words[file][node.name] == 1:
                users = [other for other, said in words.items() if other != file and said[node.name]]
                if not any(user.startswith(("corpuslint/", "rules/")) for user in users):
                    yield (node.end_lineno or 0) - node.lineno + 1, file, node.name, len(users)


def main() -> None:
    """Print the tables."""
    folders = (ROOT / name for name in ("corpuslint", "rules", "tests", "benchmarks", "release"))
    files = [path for folder in folders for path in folder.rglob("*.py")]
    texts = {path.relative_to(ROOT).as_posix(): path.read_text("utf-8") for path in files}
    rooms: defaultdict[str, Counter[str]] = defaultdict(Counter)
    rows = []
    for file, text in texts.items():
        if file.startswith("corpuslint/"):
            found = kinds_of(text)
            rows.append((file, found))
            rooms[file.split("/")[1]] += found
            rooms["all"] += found
    shown = [*rooms.items(), *(rows if "--modules" in sys.argv else ())]
    print(f"{'lines':>7} " + " ".join(f"{kind:>10}" for kind in KINDS))
    for name, found in sorted(shown, key=lambda row: -row[1].total()):
        print(f"{found.total():7,} " + " ".join(f"{found[kind]:10,}" for kind in KINDS) + f"  {name}")
    for size, file, name, users in sorted(unused_names(texts), reverse=True) if "--names" in sys.argv else ():
        print(f"{size:4} {file} {name} (named by {users} other files)")


if __name__ == "__main__":
    main()
