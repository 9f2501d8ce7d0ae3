"""Count the words that `corpuslint/facts` weighs: how common each term is, and how each word opens a paragraph.

usage: python benchmarks/count_story_words.py CORPORA_FOLDER   (writes corpuslint/facts/data/story-{terms,openings}.tsv)
"""

from __future__ import annotations

import math
import sys
from collections import Counter, defaultdict
from pathlib import Path

from stories_data import _DATELINE, read_articles, read_rows

from corpuslint.facts.terms import fold_letters, term_of, tokens_of

DATA = Path(__file__).parents[1] / "corpuslint" / "facts" / "data"


def main(corpora: Path) -> None:
    articles = [article for article in read_articles(corpora) if article.fits]
    texts: dict[str, list[str]] = defaultdict(list)
    for article in articles:
        texts[article.language].append(article.text)
    for name in ("ur-udtb-sentences", "ckb-sentences", "ps-sentences", "ug-sentences"):
        sentences = [row["text"] for row in read_rows(corpora, name)]
        texts[name[:2]] = [" ".join(sentences[at : at + 10]) for at in range(0, len(sentences), 10)]
    shares: dict[str, float] = {}
    for documents in texts.values():
        found: Counter[str] = Counter()
        for text in documents:
            found.update({term_of(token) for token in tokens_of(fold_letters(text))})
        least = max(4, 0.004 * len(documents))
        for term, count in found.items():
            if term and count >= least:
                shares[term] = max(shares.get(term, 0.0), count / len(documents))
    lines = ["# term<TAB>share of articles that have it, in the language where it is commonest"]
    lines += [f"{term}\t{share:.4f}" for term, share in sorted(shares.items(), key=lambda item: (-item[1], item[0]))]
    (DATA / "story-terms.tsv").write_text("\n".join(lines) + "\n", "utf-8")

    leads: tuple[Counter[str], Counter[str]] = (Counter(), Counter())
    later: tuple[Counter[str], Counter[str]] = (Counter(), Counter())
    for article in articles:
        first, *rest = [paragraph for paragraph in article.paragraphs if len(paragraph) > 60] or [""]
        # With two paragraphs a story the second would be counted as "later" too rarely to matter.
        for counts, paragraphs in ((leads, [_DATELINE.sub("", first)]), (later, rest)):
            for paragraph in paragraphs:
                words = tokens_of(fold_letters(paragraph[:120]))
                for place in (0, 1):
                    if len(words) > place:
                        counts[place][words[place]] += 1
    for counts in (leads[0], later[0]):
        for word, count in list(counts.items()):
            # A word of one outlet's datelines must not speak for all words that begin like it.
            for begin in {word[:1] + "*", word[:2] + "*"}:
                counts[begin] += min(count, 5)
    lines = ["# place (1 = first word, 2 = second)<TAB>word (with * = any word that begins so)<TAB>log odds of opening a story"]
    for place in (0, 1):
        leading = sum(count for word, count in leads[place].items() if not word.endswith("*"))
        following = sum(count for word, count in later[place].items() if not word.endswith("*"))
        for word in sorted(leads[place].keys() | later[place].keys()):
            here, there = leads[place][word], later[place][word]
            if here + there < (6 if not word.endswith("*") else 15):
                continue
            odds = math.log((here + 1.0) / (leading + 1.0)) - math.log((there + 1.0) / (following + 1.0))
            # Few sightings pull towards nothing.
            odds *= (here + there) / (here + there + 4.0)
            odds = max(-3.5, min(3.5, odds))
            lines.append(f"{place + 1}\t{word}\t{odds:.2f}")
    (DATA / "story-openings.tsv").write_text("\n".join(lines) + "\n", "utf-8")


if __name__ == "__main__":
    main(Path(sys.argv[1]))
