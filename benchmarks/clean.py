"""How often do rules speak on clean sentences? They should not.

    python benchmarks/clean.py [--families LET,ENC,ART,MIX]

For seven languages: the share of sentences with any error or warning of the families named, and the share that a safe
fix of LET or ENC would touch. A sentence is no article, so rules about whole documents are not asked.
"""

from __future__ import annotations

import argparse
from collections import Counter

from corpora import records_of

from corpuslint.config.settings import Settings
from corpuslint.engine.check import check_document
from corpuslint.engine.rules import rules_for
from corpuslint.model.document import Document, DocumentId
from corpuslint.model.levels import Applicability, Scope, Severity

SETS = ("ar-pud", "fa-perdt", "ur-udtb", "ckb", "ug", "ps", "sd")


def main() -> None:
    """Print a row a language."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--families", default="LET,ENC,ART,MIX")
    parser.add_argument("--declared", action="store_true", help="tell each sentence's language instead of finding it")
    arguments = parser.parse_args()
    families = tuple(arguments.families.split(","))
    rules = rules_for(Settings()).narrowed(lambda spec: spec.scope is Scope.SPAN)
    print(f"{'set':10} {'sentences':>9} {'alarmed':>8} {'share':>7} {'touched':>8} {'share':>7}  codes")
    for name in SETS:
        sentences = records_of(f"{name}-sentences")
        alarmed = touched = 0
        codes: Counter[str] = Counter()
        for number, record in enumerate(sentences):
            metadata = {"language": str(record["lang"])} if arguments.declared else {}
            document = Document(DocumentId(f"{name}#{number}"), str(record["text"]), metadata)
            found = check_document(document, rules)
            loud = [d.code for d in found if d.severity > Severity.INFO and d.code.startswith(families)]
            alarmed += bool(loud)
            codes.update(set(loud))
            touched += any(
                d.fix is not None and d.fix.applicability is Applicability.SAFE and d.code[:3] in ("LET", "ENC")
                for d in found
            )
        total = len(sentences)
        print(
            f"{name:10} {total:9,} {alarmed:8,} {alarmed / total:7.2%} {touched:8,} {touched / total:7.2%}  "
            + ", ".join(f"{code} {count}" for code, count in codes.most_common(6))
        )


if __name__ == "__main__":
    main()
