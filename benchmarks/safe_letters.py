"""Whether `check --fix` keeps every letter of real text: the law of safe fixes, on all measuring sets.

    python -m benchmarks.safe_letters [SET …]

Makes the safe fixes on every document and compares its letters and digits, folded, before and after. What only looks
like letters is read for what it says: entities, mojibake, markup. Prints a line for each document that lost or gained
one, and each fix that the engine had to refuse; the last line is the figure. Ends with status 1 when it is not 0.
"""

from __future__ import annotations

import sys
from collections import Counter

from benchmarks.corpora import FOLDER, records_of
from corpuslint.config.settings import Settings
from corpuslint.engine.fix import fix_document
from corpuslint.engine.rules import rules_for
from corpuslint.model.document import Document, DocumentId, Origin
from corpuslint.model.ledger import replay
from corpuslint.model.levels import Applicability
from corpuslint.text.folding import fold_characters
from corpuslint.text.positions import Span
from corpuslint.text.wording import keeps_words


def main(names: list[str]) -> int:
    """Measure the sets of these names, or all; the exit status."""
    names = names or sorted(path.name.removesuffix(".jsonl.gz") for path in FOLDER.glob("*.jsonl.gz"))
    rules = rules_for(Settings())
    documents = lost = refused = changed = 0
    by_code: Counter[str] = Counter()
    for name in names:
        for number, record in enumerate(records_of(name)):
            text = text_of(record)
            declared = {key: value for key in ("title", "source") if isinstance(value := record.get(key), str)}
            document = Document(DocumentId(f"{name}:{number}"), text, declared, Origin(f"{name}.jsonl"))
            result = fix_document(document, rules, Applicability.SAFE)
            documents += 1
            changed += bool(result.applied)
            for finding in result.remaining:
                if finding.code == "LNT005":
                    refused += 1
                    print("refused", document.id, finding.message, sep="\t")
            if letters(text) == letters(result.text):
                continue
            for done in range(len(result.applied)):
                before = replay(text, result.applied[:done])
                edit = result.applied[done]
                if not keeps_words(before, Span(edit.start, edit.start + len(edit.before)), edit.after):
                    by_code[edit.code] += 1
                    lost += 1
                    print("lost", document.id, edit.code, repr(edit.before[:60]), repr(edit.after[:60]), sep="\t")
                    break
    print(
        f"{documents} documents of {len(names)} sets, {changed} changed by safe fixes: {lost} lose a letter"
        f"{f' ({dict(by_code)})' if by_code else ''}, {refused} fixes refused"
    )
    return 1 if lost or refused else 0


def text_of(record: dict[str, object]) -> str:
    """The text of a record; of a page kept line by line, its lines."""
    lines = record.get("lines")
    if isinstance(lines, list):
        return "\n".join(str(line["text"]) for line in lines)
    return str(record["text"])


def letters(text: str) -> str:
    """The letters and digits of `text`, folded."""
    return "".join(filter(str.isalnum, fold_characters(text)))


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
