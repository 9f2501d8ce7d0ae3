"""How much mojibake is undone, how often sound text is taken for it, and how often an encoding is recognised.

    python benchmarks/mojibake.py [--sentences 1000]

Four tables, ours beside ftfy and charset-normalizer:
1. Clean sentences polluted in the ways that Arabic and Persian text is polluted: share restored exactly.
   Windows-1256 has no Farsi yeh, so Persian is first written with Arabic yeh, as it was in its years; sentences that
   still do not fit are left out and counted.
2. 10,000 clean sentences of six languages: how many are changed at all.
3. Sound sentences in which only the signs beyond ASCII that are no letters (quotes, commas, dashes, non-joiners) were
   polluted, once or twice.
4. The same sentences as bytes, each a file of its own: share whose text comes back right.
"""

from __future__ import annotations

import argparse
import re
import time
from collections.abc import Callable

import ftfy
from charset_normalizer import from_bytes
from corpora import records_of

from corpuslint.text.decoding import decode, encode
from corpuslint.text.mojibake import find_pollution, pollute

SETS = {"ar": ("ar-pud-sentences", "ar-saudinewsnet"), "fa": ("fa-perdt-sentences",)}
CLEAN = ("ar-pud", "fa-perdt", "ur-udtb", "ckb", "ug", "ps")
KINDS = (
    ("utf-8", "windows-1252"),
    ("utf-8", "latin-1"),
    ("utf-8", "mac-roman"),
    ("utf-8", "windows-1256"),
    ("windows-1256", "windows-1252"),
    ("windows-1256", "latin-1"),
    ("windows-1256", "windows-1251"),
    ("windows-1256", "windows-1254"),
    ("windows-1256", "mac-roman"),
    ("iso-8859-6", "latin-1"),
    ("iso-8859-6", "windows-1256"),
)
PAGES = ("windows-1252", "latin-1", "windows-1254", "windows-1251", "windows-1256", "mac-roman")
_SIGNS = re.compile(r"[^\x00-\x7f\u0620-\u063a\u0641-\u065f\u0670-\u06d3\u06d5]+")
ENCODINGS = ("utf-8", "utf-16-le", "utf-16-be", "windows-1256", "iso-8859-6", "mac-arabic")


def ours(text: str) -> str:
    """The text with every proven repair made."""
    for one in reversed(find_pollution(text)):
        if one.proven:
            text = text[: one.span.start] + one.repaired + text[one.span.end :]
    return text


def sentences(language: str, wanted: int) -> list[str]:
    """Clean sentences: those of the treebanks, then lines of news articles of sentence length."""
    found: list[str] = []
    for name in SETS[language]:
        for record in records_of(name):
            found += [line.strip() for line in str(record["text"]).split("\n") if 20 <= len(line.strip()) <= 400]
    return found[:wanted]


def clean_sentences(wanted: int) -> list[str]:
    """Clean sentences of six languages."""
    found = [str(record["text"]) for name in CLEAN for record in records_of(f"{name}-sentences")]
    return (found + sentences("ar", wanted * 2)[500:])[:wanted]


def timed(repair: Callable[[str], str], texts: list[str]) -> tuple[list[str], float]:
    """What `repair` makes of the texts, and megabytes a second of CPU time."""
    start = time.process_time()
    repaired = [repair(text) for text in texts]
    spent = time.process_time() - start
    return repaired, sum(len(text.encode()) for text in texts) / spent / 1e6


def polluted_table(wanted: int) -> None:
    """Table 1."""
    print(
        f"{'language':9}{'written':>14} {'read as':>14} {'texts':>6} {'left out':>9} {'ours':>8} {'ftfy':>8} "
        f"{'MB/s':>6}"
    )
    for language in SETS:
        for written, read in KINDS:
            pairs = []
            texts = sentences(language, wanted)
            for text in texts:
                sound = text.replace("ی", "ي") if language == "fa" and written != "utf-8" else text
                try:
                    pairs.append((sound, pollute(sound, written, read)))
                except UnicodeEncodeError:
                    continue
            polluted = [pollution for _, pollution in pairs]
            mine, speed = timed(ours, polluted)
            theirs, _ = timed(ftfy.fix_encoding, polluted)
            total = max(1, len(pairs))
            right = sum(repaired == sound for repaired, (sound, _) in zip(mine, pairs, strict=True))
            peer = sum(repaired == sound for repaired, (sound, _) in zip(theirs, pairs, strict=True))
            print(
                f"{language:9}{written:>14} {read:>14} {len(pairs):6,} {len(texts) - len(pairs):9,} "
                f"{right / total:8.2%} {peer / total:8.2%} {speed:6.1f}"
            )


def clean_table() -> None:
    """Table 2."""
    texts = clean_sentences(10_000)
    mine, _ = timed(ours, texts)
    theirs, _ = timed(ftfy.fix_encoding, texts)
    changed = sum(left != right for left, right in zip(mine, texts, strict=True))
    peer = sum(left != right for left, right in zip(theirs, texts, strict=True))
    print(f"\nclean sentences {len(texts):,}: changed by us {changed}, by ftfy.fix_encoding {peer}")


def signs_table(wanted: int) -> None:
    """Table 3."""
    print(f"\n{'language':9}{'read as':>14} {'layers':>6} {'texts':>6} {'ours':>8} {'changed wrongly':>16} {'ftfy':>8}")
    for language in SETS:
        texts = [text for text in sentences(language, wanted) if _SIGNS.search(text)]
        for read in PAGES:
            for layers in (1, 2):

                def polluted(match: re.Match[str], read: str = read, layers: int = layers) -> str:
                    text = match[0]
                    for _ in range(layers):
                        text = pollute(text, "utf-8", read)
                    return text

                before = [_SIGNS.sub(polluted, text) for text in texts]
                mine, theirs = [ours(text) for text in before], [ftfy.fix_encoding(text) for text in before]
                right = sum(repaired == text for repaired, text in zip(mine, texts, strict=True))
                wrong = sum(
                    repaired not in (text, bad) and not set(_SIGNS.findall(repaired)) <= set(_SIGNS.findall(text + bad))
                    for repaired, text, bad in zip(mine, texts, before, strict=True)
                )
                peer = sum(repaired == text for repaired, text in zip(theirs, texts, strict=True))
                total = max(1, len(texts))
                print(
                    f"{language:9}{read:>14} {layers:6} {len(texts):6,} {right / total:8.2%} {wrong:16,} "
                    f"{peer / total:8.2%}"
                )


def detected(data: bytes) -> str:
    """What charset-normalizer reads."""
    best = from_bytes(data).best()
    return str(best) if best is not None else ""


def encoding_table(wanted: int) -> None:
    """Table 4."""
    print(f"\n{'language':9}{'encoding':>14} {'texts':>6} {'ours':>8} {'charset-normalizer':>19}")
    for language in SETS:
        for encoding in ENCODINGS:
            pairs = []
            for text in sentences(language, wanted):
                sound = text.replace("ی", "ي") if language == "fa" and not encoding.startswith("utf") else text
                try:
                    pairs.append((sound, sound.encode(encoding)))
                except UnicodeEncodeError:
                    continue
            total = max(1, len(pairs))
            right = sum(decode(data).text == sound for sound, data in pairs)
            kept = sum(encode(decode(data).text, decode(data)) == data for _, data in pairs)
            peer = sum(detected(data) == sound for sound, data in pairs)
            lost = "" if kept == len(pairs) else f"  {len(pairs) - kept} NOT GIVEN BACK"
            print(f"{language:9}{encoding:>14} {len(pairs):6,} {right / total:8.2%} {peer / total:19.2%}{lost}")


def main() -> None:
    """Print the four tables."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--sentences", type=int, default=1_000)
    arguments = parser.parse_args()
    polluted_table(arguments.sentences)
    clean_table()
    signs_table(arguments.sentences)
    encoding_table(min(arguments.sentences, 300))


if __name__ == "__main__":
    main()
