"""Fit the word lists by which letters are told apart: each is written to `corpuslint/facts/data`.

    python benchmarks/fit_letters.py urdu-heh

`urdu-heh.txt`: Urdu words whose heh may be ہ or ھ, as ur-fire-2020 and pages-lines-urdu-bbc spell them in 95 of 100
cases and at least twice. On ur-bbc-2016 and ur-udtb-sentences, which were not read, with every heh written as U+0647,
95.2 % of 84,879 words are decided and 99.8 % of those are right; most of the others are misspelt there (نھیں, کھا).
"""

from __future__ import annotations

import re
import sys
from collections import Counter, defaultdict
from pathlib import Path

from corpora import records_of

from corpuslint.facts.letters import MAY_BE_ASPIRATED

DATA = Path(__file__).resolve().parent.parent / "corpuslint" / "facts" / "data"
_WORD = re.compile("[\u0621-\u063a\u0641-\u064a\u0671-\u06d3\u06d5]+")
_ARABIC = str.maketrans("يك", "یک")
_ONE_HEH = str.maketrans("ہھ", "هه")


def urdu_heh() -> str:
    """The words, one a line, sorted."""
    spelled: defaultdict[str, Counter[str]] = defaultdict(Counter)
    for name in ("ur-fire-2020", "pages-lines-urdu-bbc"):
        for record in records_of(name):
            text = str(record.get("text") or "\n".join(line["text"] for line in record["lines"]))
            for word in _WORD.findall(text.translate(_ARABIC)):
                skeleton = word.translate(_ONE_HEH)
                if skeleton != word and MAY_BE_ASPIRATED.search(skeleton):
                    spelled[skeleton][word] += 1
    kept = []
    for counts in spelled.values():
        ((word, count),) = counts.most_common(1)
        if count >= 2 and count >= 0.95 * counts.total():
            kept.append(word)
    return "\n".join(sorted(kept)) + "\n"


if __name__ == "__main__":
    made = {"urdu-heh": urdu_heh}
    for wanted in sys.argv[1:] or made:
        (DATA / f"{wanted}.txt").write_text(made[wanted](), encoding="utf-8")
