"""Every word that the rules for letters and encodings change in real text, for a person to read.

    python -m benchmarks.changed_words [--documents 300] [--unsafe] [--families LET,ENC] [--rare 2] [SET …]

Fixes the first documents of each set with these families alone and prints each change of a word once: how often, the
word before and after, and, where it happened at most `--rare` times, what stands around it.
"""

from __future__ import annotations

import argparse
from collections import Counter
from collections.abc import Iterator
from difflib import SequenceMatcher

from benchmarks.corpora import FOLDER, records_of
from benchmarks.safe_letters import text_of
from corpuslint.config.settings import Settings
from corpuslint.engine.fix import fix_document
from corpuslint.engine.rules import rules_for
from corpuslint.model.document import Document, DocumentId
from corpuslint.model.levels import Applicability
from corpuslint.text.visible import shown


def main() -> None:
    """Print the changes of each set, the commonest first, and a line with their sum."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--documents", type=int, default=300)
    parser.add_argument("--unsafe", action="store_true", help="apply unsafe fixes too")
    parser.add_argument("--families", default="LET,ENC")
    parser.add_argument("--rare", type=int, default=2, help="show what stands around changes made at most so often")
    parser.add_argument("sets", nargs="*")
    arguments = parser.parse_args()
    families = tuple(arguments.families.split(","))
    rules = rules_for(Settings()).narrowed(lambda spec: spec.code.startswith(families))
    least = Applicability.UNSAFE if arguments.unsafe else Applicability.SAFE
    for name in arguments.sets or sorted(path.name.removesuffix(".jsonl.gz") for path in FOLDER.glob("*.jsonl.gz")):
        changes: Counter[tuple[str, str]] = Counter()
        places: dict[tuple[str, str], str] = {}
        documents = changed = 0
        for number, record in enumerate(records_of(name)[: arguments.documents]):
            text = text_of(record)
            result = fix_document(Document(DocumentId(f"{name}:{number}"), text), rules, least)
            documents += 1
            changed += result.text != text
            for before, after, around in changes_of(text, result.text):
                changes[before, after] += 1
                places.setdefault((before, after), f"{number}: {around}")
        print(f"\n{name}: {changed} of {documents} documents, {sum(changes.values())} words, {len(changes)} kinds")
        for (before, after), count in changes.most_common():
            around = places[before, after] if count <= arguments.rare else ""
            print(f"{count:6} {shown(before)} -> {shown(after)}  {shown(around)}".rstrip())


def changes_of(text: str, fixed: str) -> Iterator[tuple[str, str, str]]:
    """The stretches of words that differ: before, after, and with five words on either side."""
    if text == fixed:
        return
    old, new = text.split(), fixed.split()
    for kind, start, end, first, last in SequenceMatcher(None, old, new, autojunk=False).get_opcodes():
        if kind != "equal":
            yield " ".join(old[start:end]), " ".join(new[first:last]), " ".join(old[max(0, start - 5) : end + 5])


if __name__ == "__main__":
    main()
