"""Fit the word lists by which letters are told apart: each is written to `corpuslint/facts/data`.

    python benchmarks/fit_letters.py [urdu-heh|around-on|sorani|persian]

`urdu-heh.txt`: Urdu words whose heh may be ہ or ھ, as ur-fire-2020 and pages-lines-urdu-bbc spell them in 95 of 100
cases and at least twice. On ur-bbc-2016 and ur-udtb-sentences, which were not read, with every heh written as U+0647,
95.2 % of 84,879 words are decided and 99.8 % of those are right; most of the others are misspelt there (نھیں, کھا).

`around-on.txt`: words that stand before or behind على at least five times in ar-skynews-alarabiya and 25 times as often
as beside the name علي. On ar-saudinewsnet, which was not read, 87 of 100 على have one of them, and 13 of 100 names.

`sorani-letters.tsv`, `sorani-words.txt`: which of two letters ه ی و ر ل stand for in Sorani typed on a Persian
keyboard: contexts of up to three letters on either side, and frequent words that contexts get wrong or leave unsure.
Fitted on ckb-textbooks and every second sentence of ckb-sentences; `letters.py keyboards` measures the others.

`persian-parts.tsv`: verbs, participles and stems that a non-joiner parts from what goes with them, words that are
parted elsewhere, and words that look parted and are whole. Fitted on fa-isna-2019 and fa-hamshahri-2017;
`letters.py non-joiners` measures other sets.
"""

from __future__ import annotations

import math
import re
import sys
from collections import Counter, defaultdict
from pathlib import Path

from corpora import records_of

from corpuslint.facts import non_joiners, sorani
from corpuslint.facts.letters import MAY_BE_ASPIRATED
from corpuslint.text.characters import ZWNJ

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


def around_on() -> str:
    """The words, one a line, sorted."""
    on: Counter[str] = Counter()
    name: Counter[str] = Counter()
    for record in records_of("ar-skynews-alarabiya"):
        text = str(record["text"])
        if len(re.findall(r"\bعلى\b", text)) < 3:
            continue  # an outlet that leaves out the dots
        for match in re.finditer(r"(\w+ )?\bو?(على|علي)\b(?= (\w+))?", text):
            counts = on if match[2] == "على" else name
            counts.update(word.strip() for word in match.group(1, 3) if word and word.strip().isalpha())
    return "\n".join(sorted(word for word, count in on.items() if count >= 5 and 25 * name[word] <= count)) + "\n"


_SORANI = str.maketrans({"ك": "ک", "ى": "ی", "ي": "ی", "ھ": "ه"})
_SORANI_SKELETON = str.maketrans("ەێۆڕڵ", "هیورل")
_NOT_SORANI = re.compile("[ةأإذثصضطظؤء]")
Contexts = dict[tuple[str, str, str], tuple[str, float]]


def sorani_words() -> Counter[str]:
    """How often each word stands in what is read for fitting."""
    texts = [str(record["text"]) for record in records_of("ckb-textbooks")]
    texts += [str(record["text"]) for record in list(records_of("ckb-sentences"))[::2]]
    counts: Counter[str] = Counter()
    for text in texts:
        words = _WORD.findall(text.translate(_SORANI).replace("ه\u200c", "ە"))
        counts.update(word for word in words if not _NOT_SORANI.search(word))
    return counts


def sorani_contexts(words: Counter[str], fewest: float = 5, gain: float = 0.15) -> Contexts:
    """What each context says, where a shorter one that it holds says something else, or the same less surely."""
    seen: defaultdict[tuple[str, str, str], Counter[str]] = defaultdict(Counter)
    for word, count in words.items():
        skeleton = word.translate(_SORANI_SKELETON)
        padded = f"{sorani.EDGE * 3}{skeleton}{sorani.EDGE * 3}"
        for place, letter in enumerate(skeleton, 3):
            if letter in sorani.AMBIGUOUS and len(word) > 1:
                for left, right in sorani.REACHES:
                    context = (padded[place - left : place], letter, padded[place + 1 : place + 1 + right])
                    seen[context][word[place - 3]] += 1 + math.log(count)
    kept: Contexts = {}
    for number, (left, right) in enumerate(sorani.REACHES):
        for context, counts in seen.items():
            if (len(context[0]), len(context[2])) != (left, right) or counts.total() < fewest:
                continue
            ((meant, count),) = counts.most_common(1)
            share = count / counts.total()
            shorter = (
                kept.get((context[0][len(context[0]) - least :], context[1], context[2][:most]))
                for least, most in reversed(sorani.REACHES[:number])
            )
            known = next(filter(None, shorter), None)
            if known is None or known[0] != meant or abs(known[1] - share) > gain:
                kept[context] = (meant, share)
    return kept


def sorani_files() -> dict[str, str]:
    """The two files by name."""
    words = sorani_words()
    contexts = sorani_contexts(words)
    table = "".join(
        f"{left}\t{letter}\t{right}\t{meant}\t{math.floor(100 * share)}\n"
        for (left, letter, right), (meant, share) in sorted(contexts.items())
    )
    (DATA / "sorani-letters.tsv").write_text(table, encoding="utf-8")
    (DATA / "sorani-words.txt").write_text("", encoding="utf-8")
    spelled: defaultdict[str, Counter[str]] = defaultdict(Counter)
    for word, count in words.items():
        spelled[word.translate(_SORANI_SKELETON)][word] += count
    kept = []
    for skeleton, counts in spelled.items():
        ((word, count),) = counts.most_common(1)
        if count >= 5 and count >= 0.9 * counts.total():
            guess, sureness = sorani.restore_sorani(skeleton)
            if guess != word or sureness < 0.9:
                kept.append(word)
    return {"sorani-letters.tsv": table, "sorani-words.txt": "\n".join(sorted(kept)) + "\n"}


def persian_files() -> dict[str, str]:
    """Persian words that hold a non-joiner, and their parts."""
    counts: Counter[str] = Counter()
    for name in ("fa-isna-2019", "fa-hamshahri-2017"):
        for record in records_of(name):
            words = _WITH_NON_JOINER.findall(str(record["text"]).translate(_ARABIC))
            counts.update(word.strip(ZWNJ) for word in words)
    spelled: defaultdict[str, Counter[str]] = defaultdict(Counter)
    parts: defaultdict[str, set[str]] = defaultdict(set)
    for word, count in counts.items():
        spelled[word.replace(ZWNJ, "")][word] += count
        first, *rest = word.split(ZWNJ)
        if len(rest) == 1:
            kind = (
                "verb" if first in non_joiners.PREFIXES
                else "participle" if first.endswith("ه") and rest[0] in non_joiners.PARTICIPLE_ENDINGS
                else "stem" if rest[0] in non_joiners.SUFFIXES and len(first) > 1
                else ""
            )  # fmt: skip
            parts[kind].add(rest[0] if kind == "verb" and len(rest[0]) > 1 else first)
    rows = [(kind, word) for kind in ("verb", "participle", "stem") for word in parts[kind]]
    for glued, spellings in spelled.items():
        ((word, count),) = spellings.most_common(1)
        guess = non_joiners.by_parts(glued, parts["verb"], parts["participle"], parts["stem"])
        if ZWNJ in word and count >= 2 and count >= 0.8 * spellings.total():
            if guess != word:
                rows.append(("word", word.replace(ZWNJ, "|")))
        elif guess != glued and spellings[glued] >= 3:
            rows.append(("whole", glued))
    return {"persian-parts.tsv": "".join(f"{kind}\t{word}\n" for kind, word in sorted(rows))}


_WITH_NON_JOINER = re.compile("[\u0621-\u063a\u0641-\u064a\u0671-\u06d3\u064b-\u0655\u0670\u200c]+")


if __name__ == "__main__":
    made = {
        "urdu-heh": lambda: {"urdu-heh.txt": urdu_heh()},
        "around-on": lambda: {"around-on.txt": around_on()},
        "sorani": sorani_files,
        "persian": persian_files,
    }
    for wanted in sys.argv[1:] or made:
        for name, text in made[wanted]().items():
            (DATA / name).write_text(text, encoding="utf-8")
