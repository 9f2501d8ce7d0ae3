"""Are letters and languages told right? Traps, injected pollution, the final yeh, languages; peers beside ours.

    python benchmarks/letters.py traps [TRAPS.json]
    python benchmarks/letters.py injection
    python benchmarks/letters.py yeh
    python benchmarks/letters.py damage
    python benchmarks/letters.py non-joiners
    python benchmarks/letters.py languages
    python benchmarks/letters.py throughput

A peer runs in an environment of its own: name its interpreter in CORPUSLINT_PEERS (`:`-separated, each one a Python or
a node); `letters_peers.py` and `letters_peers.js` say what they can do there. What is not installed is left out.
"""

from __future__ import annotations

import argparse
import json
import os
import random
import re
import subprocess
import sys
import time
import unicodedata
from collections import Counter
from collections.abc import Callable, Iterable
from difflib import SequenceMatcher
from pathlib import Path

from corpora import FOLDER, records_of

from corpuslint.config.settings import Settings
from corpuslint.engine.check import check_document
from corpuslint.engine.fix import fix_document
from corpuslint.engine.rules import rules_for
from corpuslint.engine.ruleset import RuleSet
from corpuslint.facts.anatomy import Anatomy
from corpuslint.facts.language import read_language
from corpuslint.facts.non_joiners import with_non_joiner
from corpuslint.facts.yeh import final_yeh
from corpuslint.model.document import Document, DocumentId
from corpuslint.model.levels import Applicability
from corpuslint.text.characters import PLAIN_FORMS
from corpuslint.text.invisible import NON_JOINING
from corpuslint.text.mojibake import pollute

HERE = Path(__file__).resolve().parent
FAMILIES = ("LET", "ENC", "SPC", "PUN", "LNG")
PERSIAN_FOR_ARABIC = str.maketrans({"ك": "ک", "ي": "ی", "ى": "ی"})
ARABIC_FOR_PERSIAN = str.maketrans({"ک": "ك", "ی": "ي"})
SWAP = str.maketrans({"ك": "ک", "ي": "ی", "ى": "ی", "ک": "ك", "ی": "ي"})
OTHER_KEYBOARD = str.maketrans(dict(zip("پچژگٹڈڑںےہھۃۓ", "بجزكتدرنيهههي", strict=True)) | {"ک": "ك", "ی": "ي"})
PERSIAN_KEYBOARD = str.maketrans({"ك": "ک", "ي": "ی", "ى": "ی", "ة": "ه", "أ": "ا", "إ": "ا"})


def main() -> None:
    """Run one of the measurements."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument(
        "what", choices=("traps", "injection", "yeh", "damage", "non-joiners", "languages", "throughput")
    )
    parser.add_argument("traps", nargs="?", type=Path, default=FOLDER.parent / "reference" / "traps.json")
    arguments = parser.parse_args()
    if arguments.what == "traps":
        measure_traps(json.loads(arguments.traps.read_text("utf-8")))
    else:
        {
            "injection": injection,
            "yeh": yeh,
            "damage": damaged,
            "non-joiners": joined,
            "languages": languages,
            "throughput": throughput,
        }[arguments.what]()


# Traps -----------------------------------------------------------------------------------------------------------


def letter_rules() -> RuleSet:
    """The rules of the five families."""
    return rules_for(Settings()).narrowed(lambda spec: spec.code.startswith(FAMILIES))


def measure_traps(traps: list[dict[str, object]]) -> None:
    """Right, wrong and harmed: ours with the language declared and not, then the peers."""
    rules = letter_rules()
    texts = [str(trap["text"]) for trap in traps]

    def ours(declared: bool, least: Applicability) -> list[str]:
        fixed = []
        for number, trap in enumerate(traps):
            metadata = {"language": str(trap["lang"])} if declared else {}
            document = Document(DocumentId(str(number)), str(trap["text"]), metadata)
            fixed.append(fix_document(document, rules, least).text)
        return fixed

    print(f"{'tool':44} {'right':>6} {'harmed':>7}  not right")
    columns = [
        ("corpuslint, language declared, unsafe fixes too", ours(True, Applicability.UNSAFE)),
        ("corpuslint, language declared, safe fixes", ours(True, Applicability.SAFE)),
        ("corpuslint, language found, unsafe fixes too", ours(False, Applicability.UNSAFE)),
    ]
    named = {
        str(trap["id"])
        for number, trap in enumerate(traps)
        if any(
            found.code != "SPC001"  # a trap has no final newline
            for found in check_document(
                Document(DocumentId(str(number)), texts[number], {"language": str(trap["lang"])}), rules
            )
        )
    }
    for name, outputs in [*columns, *peer_columns(texts)]:
        right = [holds(trap, output) for trap, output in zip(traps, outputs, strict=True)]
        harmed = [
            str(trap["id"])
            for trap, output, fine in zip(traps, outputs, right, strict=True)
            if not fine and holds(trap, str(trap["text"])) and output != trap["text"]
        ]
        missed = [str(trap["id"]) for trap, fine in zip(traps, right, strict=True) if not fine]
        shown = [f"{one}{'*' if one in named else ''}" for one in missed] if name.startswith("corpuslint") else missed
        print(f"{name:44} {sum(right):3}/{len(traps)} {len(harmed):7}  {' '.join(shown[:16])}")
    print("* named by a finding, and left")


def holds(trap: dict[str, object], text: str) -> bool:
    """Whether `text` keeps what the trap says must be there, and has nothing that must not."""
    must, mustnot, options = (trap.get(key) or [] for key in ("must", "mustnot", "any"))
    assert isinstance(must, list) and isinstance(mustnot, list) and isinstance(options, list)
    return (
        all(piece in text for piece in must)
        and not any(piece in text for piece in mustnot)
        and (not options or any(piece in text for piece in options))
    )


def peer_columns(texts: list[str]) -> Iterable[tuple[str, list[str]]]:
    """What each installed peer makes of `texts`."""
    for interpreter in filter(None, os.environ.get("CORPUSLINT_PEERS", "").split(":")):
        script = HERE / ("letters_peers.js" if Path(interpreter).name.startswith("node") else "letters_peers.py")
        run = subprocess.run(
            [interpreter, str(script)], input=json.dumps(texts), capture_output=True, text=True, check=False
        )
        if run.returncode:
            print(f"{interpreter}: {run.stderr.strip().splitlines()[-1]}", file=sys.stderr)
            continue
        yield from json.loads(run.stdout).items()


# Injection -------------------------------------------------------------------------------------------------------

_WORD = re.compile("[\u0621-\u063a\u0641-\u06d3\u064b-\u0652]+")


def respelled(text: str) -> str:
    """`text` with every certain respelling made."""
    anatomy = Anatomy(Document(DocumentId("a"), text))
    pieces, at = [], 0
    for found in anatomy.respellings:
        right = found.word if found.right in found.candidates else found.right
        pieces += [text[at : found.span.start], right]
        at = found.span.end
    return "".join([*pieces, text[at:]])


def injection() -> None:
    """Swap a share of kaf and yeh in clean text and count what comes back."""
    sets = (("ar-saudinewsnet", "ar", 1_000), ("ar-hespress-jazeera", "ar", 300), ("ar-pud-sentences", "ar", 500))
    sets += (("fa-asriran-2015", "fa", 600), ("fa-rss-2020", "fa", 800), ("fa-perdt-sentences", "fa", 1_000))
    print(f"{'set':22} {'share':>6} {'words':>8} {'restored':>9} {'open':>7} {'wrong':>7} {'harmed':>7} {'exact':>7}")
    for name, language, limit in sets:
        clean = [str(record["text"]) for record in records_of(name)[:limit]]
        # Documents that are polluted already have no gold.
        clean = [text for text in clean if not re.search("[کیہھےە]" if language == "ar" else "[كيىہھےە]", text)]
        table = PERSIAN_FOR_ARABIC if language == "ar" else ARABIC_FOR_PERSIAN
        for share in (0.01, 0.15, 1.0):
            chance = random.Random(7)
            count: Counter[str] = Counter()
            for text in clean:
                polluted = "".join(
                    letter.translate(table) if ord(letter) in table and chance.random() < share else letter
                    for letter in text
                )
                result = respelled(polluted)
                count["exact"] += result == text
                if len(result) != len(text):
                    continue
                for match in _WORD.finditer(text):
                    gold, before, after = (part[slice(*match.span())] for part in (text, polluted, result))
                    count["words"] += before != gold
                    count["restored"] += before != gold and after == gold
                    count["open"] += (
                        before != gold
                        and after != gold
                        and bool(re.search("[کی]|[كي]", after[-1:]) and after[:-1] == gold[:-1])
                    )
                    count["wrong"] += (
                        before != gold
                        and after not in (gold, before)
                        and not (after[:-1] == gold[:-1] and after[-1] == "ی")
                    )
                    count["harmed"] += before == gold and after != gold
            words = count["words"] or 1
            print(
                f"{name:22} {share:6.0%} {count['words']:8,} {count['restored'] / words:9.2%} "
                f"{count['open'] / words:7.2%} {count['wrong']:7,} {count['harmed']:7,} "
                f"{count['exact'] / len(clean):7.1%}"
            )


# Final yeh -------------------------------------------------------------------------------------------------------

_TOKEN = re.compile("[\u0621-\u063a\u0640-\u065f\u0670\u0671-\u06d3]+|[^\\s\\w]")
_MARKS = re.compile("[\u064b-\u0652\u0670\u0640]")
_CARELESS = re.compile(r"\b(?:إلي|الي|حتي|مستشفي|مستوي|إحدي|فى|التى|الذى)\b")


def yeh() -> None:
    """Mask every final yeh and alef maksura and restore it, in documents that spell إلى and في so."""
    print(f"{'set':22} {'tokens':>9} {'decided':>8} {'right':>8}  commonest mistakes")
    for name in ("ar-saudinewsnet", "ar-hespress-jazeera", "ar-pud-sentences", "mixed-ar-controls"):
        tokens = decided = right = 0
        mistakes: Counter[str] = Counter()
        for record in records_of(name):
            text = str(record["text"])
            if _CARELESS.search(text):
                continue
            for line in text.split("\n"):
                raw = _TOKEN.findall(line)
                words = [_MARKS.sub("", token) for token in raw]
                for at, word in enumerate(words):
                    if len(word) < 2 or word[-1] not in "يى" or raw[at][-1] != word[-1]:
                        continue
                    before = words[at - 1] if at and words[at - 1][-1:].isalpha() else ""
                    after = words[at + 1] if at + 1 < len(words) and words[at + 1][-1:].isalpha() else ""
                    verdict = final_yeh(word[:-1], before, after)
                    tokens += 1
                    decided += verdict.certain
                    right += verdict.certain and verdict.letter == word[-1]
                    mistakes[word] += verdict.certain and verdict.letter != word[-1]
        shown = ", ".join(f"{word} {count}" for word, count in mistakes.most_common(5) if count)
        print(f"{name:22} {tokens:9,} {decided / tokens:8.2%} {right / decided:8.2%}  {shown}")


# Kinds of damage -------------------------------------------------------------------------------------------------

KURDISH_LETTERS = {"ە": "ه", "ێ": "ی", "ۆ": "و", "ڕ": "ر", "ڵ": "ل"}
FORMS: dict[str, dict[str, str]] = {}
for form, plain in PLAIN_FORMS.items():
    if len(plain) == 1 and (name := unicodedata.name(form)).endswith(" FORM"):
        FORMS.setdefault(plain, {})[name.split()[-2]] = form
FORMS["ە"] = {place: form for place, form in FORMS["ه"].items() if place in ("ISOLATED", "FINAL")}


def drawn(text: str) -> str:
    """`text` with each letter as the form that a page shows."""
    words = f" {text} "
    pieces = []
    for before, letter, behind in zip(words, text, words[2:], strict=False):
        joins_back = before.isalpha() and before not in NON_JOINING
        joins_on = behind.isalpha() and letter not in NON_JOINING
        wanted = {(0, 0): "ISOLATED", (0, 1): "INITIAL", (1, 0): "FINAL", (1, 1): "MEDIAL"}[joins_back, joins_on]
        pieces.append(FORMS.get(letter, {}).get(wanted, letter))
    return "".join(pieces)


ZARNEGAR = str.maketrans({"ێ": "یٌ", "ۆ": "وٌ", "ڵ": "لٌ", "ڕ": "رٍ", "ە": "ه\u200c"})
DAMAGE: tuple[tuple[str, str, str, Callable[[str], str]], ...] = (
    # set, language, kind, what becomes of a clean text
    *(
        (name, language, "letters of a neighbour", lambda text, table=table: text.translate(table))
        for name, language, table in (
            ("ar-pud-sentences", "ar", PERSIAN_FOR_ARABIC),
            ("fa-perdt-sentences", "fa", ARABIC_FOR_PERSIAN),
            ("ur-udtb-sentences", "ur", ARABIC_FOR_PERSIAN),
            ("ckb-sentences", "ckb", ARABIC_FOR_PERSIAN),
            ("ps-sentences", "ps", str.maketrans({"ک": "ك"})),
            ("sd-sentences", "sd", str.maketrans({"ي": "ی", "ڪ": "ك"})),
        )
    ),
    ("ur-udtb-sentences", "ur", "ہ ھ as ه", lambda text: re.sub("[ہھ]", "ه", text)),
    ("ur-udtb-sentences", "ur", "ئ as high hamza yeh", lambda text: text.replace("ئ", "ٸ")),
    ("ckb-sentences", "ckb", "ە as ه and ZWNJ", lambda text: text.replace("ە", "ه\u200c")),
    ("ckb-sentences", "ckb", "typed for the font Zarnegar", lambda text: text.translate(ZARNEGAR)),
    ("ckb-sentences", "ckb", "ە ێ ۆ ڕ ڵ as ه ی و ر ل", lambda text: text.translate(str.maketrans(KURDISH_LETTERS))),
    ("fa-perdt-sentences", "fa", "ZWNJ as a soft hyphen", lambda text: text.replace("\u200c", "\u00ad")),
    ("fa-perdt-sentences", "fa", "ZWNJ deleted", lambda text: text.replace("\u200c", "")),
    *(
        (f"{name}-sentences", name.split("-")[0], kind, damage)
        for name in ("ar-pud", "fa-perdt", "ur-udtb", "ckb", "ug", "ps", "sd")
        for kind, damage in (
            ("presentation forms", drawn),
            ("UTF-8 as Windows-1252", lambda text: pollute(text, "utf-8", "windows-1252")),
            ("\\u escapes", lambda text: text.encode("ascii", "backslashreplace").decode()),
            ("entities", lambda text: text.encode("ascii", "xmlcharrefreplace").decode()),
        )
    ),
)
PEERS_OF = {
    "ar": ("ftfy", "camel_tools", "araclean", "persiantools fa_to_ar"),
    "fa": ("ftfy", "hazm", "parsivar", "persiantools ar_to_fa", "virastar"),
    "ur": ("ftfy", "urduhack"),
    "ckb": ("ftfy", "KLPT", "AsoSoft"),
}


def damaged(limit: int = 300) -> None:
    """Damage clean sentences in one way, mend them, and count words: those that come back, and right ones that go.

    Of the Sorani sentences every second one is left out: the contexts of its letters are fitted on them.
    """
    rules = letter_rules()
    headings = " ".join(f"{heading:>8}" for heading in ("words", "restored", "left", "wrong", "harmed", "exact"))
    print(f"{'set':20} {'kind':24} {'tool':34} {headings}")
    rows: list[tuple[str, str, str, list[str], list[str]]] = []
    for name, language, kind, damage in DAMAGE:
        records = list(records_of(name))[1 if language == "ckb" else 0 :: 2 if language == "ckb" else 1][:limit]
        # What the rules mend in the clean sentence is no part of the question.
        clean = [
            " ".join(_mended(str(record["text"]), language, rules, Applicability.UNSAFE).split()) for record in records
        ]
        rows.append((name, language, kind, clean, [damage(text) for text in clean]))
    theirs = dict(peer_columns([text for *_, polluted in rows for text in polluted]))
    at = 0
    for name, language, kind, clean, polluted in rows:
        columns = {
            f"corpuslint, {'declared' if tag else 'found'}, {least.name.lower()}": [
                _mended(text, tag, rules, least) for text in polluted
            ]
            for tag in (language, "")
            for least in (Applicability.SAFE, Applicability.UNSAFE)
        }
        for tool, outputs in theirs.items():
            if tool.startswith(PEERS_OF.get(language, ("ftfy",))):
                columns[tool] = outputs[at : at + len(clean)]
        at += len(clean)
        for tool, outputs in columns.items():
            count: Counter[str] = Counter()
            for gold, before, after in zip(clean, polluted, outputs, strict=True):
                count["exact"] += gold == " ".join(after.split())
                count += _words_back(gold.split(), before.split(), after.split())
            words = count["words"] or 1
            print(
                f"{name:20} {kind:24} {tool:34} {count['words']:8,} {count['restored'] / words:8.2%} "
                f"{count['left'] / words:8.2%} {count['wrong']:8,} {count['harmed']:8,} "
                f"{count['exact'] / len(clean):8.1%}"
            )


def _mended(text: str, language: str, rules: RuleSet, least: Applicability) -> str:
    return fix_document(_sentence(text, language), rules, least).text


def _words_back(gold: list[str], before: list[str], after: list[str]) -> Counter[str]:
    """What became of each word of `gold`, which `before` has damaged and `after` mended."""
    count: Counter[str] = Counter()
    if len(before) != len(gold):
        before = [""] * len(gold)  # damaged, blanks and all
    whole = after
    if len(after) != len(gold):
        whole = [""] * len(gold)
        for block in SequenceMatcher(None, gold, after, autojunk=False).get_matching_blocks():
            whole[block.a : block.a + block.size] = gold[block.a : block.a + block.size]
    for right, bad, mended in zip(gold, before, whole, strict=True):
        count["words"] += right != bad
        count["restored"] += right != bad and mended == right
        count["left"] += right != bad == mended
        count["wrong"] += right != bad and mended not in (bad, right)
        count["harmed"] += right == bad != mended
    return count


def _sentence(text: str, language: str) -> Document:
    return Document(DocumentId("a"), text, {"language": language} if language else {})


# Non-joiners -----------------------------------------------------------------------------------------------------


def joined() -> None:
    """Delete every non-joiner of texts that have them, and count the words that come back, ours and the peers'."""
    rules = letter_rules()
    print(f"{'set':22} {'tool':22} {'words':>7} {'restored':>9} {'elsewhere':>9} {'harmed':>7} of")
    for name in ("fa-perdt-sentences", "fa-rss-2020", "fa-asriran-2015"):
        clean = [" ".join(str(record["text"]).split()) for record in records_of(name)]
        clean = [
            text for text in clean if text.count("\u200c") * 25 > len(text.split()) and not re.search("[كيى]", text)
        ]
        clean = clean[:400]
        glued = [text.replace("\u200c", "") for text in clean]

        def ours(text: str) -> str:
            return fix_document(_sentence(text, "fa"), rules, Applicability.UNSAFE).text.rstrip("\n")

        def words_alone(text: str) -> str:
            return re.sub("[\u0621-\u06d3]+", lambda match: with_non_joiner(match[0]), text)

        columns = [
            ("corpuslint", [ours(text) for text in glued]),
            ("corpuslint, words alone", [words_alone(text) for text in glued]),
        ]
        for tool, outputs in [*columns, *peer_columns(glued)]:
            count: Counter[str] = Counter()
            for gold, before, after in zip(clean, glued, outputs, strict=True):
                after = after.replace("ي", "ی").replace("ك", "ک")
                if after.replace("\u200c", "").replace(" ", "") != before.replace(" ", ""):
                    count["changed otherwise"] += 1  # quotes, digits: no matter of non-joiners
                    continue
                at, gaps = 0, _gaps(after)
                for word in gold.split():
                    wanted = _gaps(word)
                    size = len(word.replace("\u200c", ""))
                    found = {gap - at: sign for gap, sign in gaps.items() if at < gap < at + size}
                    at += size
                    count["words"] += bool(wanted)
                    count["restored"] += bool(wanted) and found == wanted
                    count["elsewhere"] += bool(wanted) and found not in (wanted, {})
                    count["whole"] += not wanted
                    count["harmed"] += not wanted and bool(found)
            words = count["words"] or 1
            print(
                f"{name:22} {tool:22} {count['words']:7,} {count['restored'] / words:9.2%} "
                f"{count['elsewhere'] / words:9.2%} {count['harmed']:7,} {count['whole']:,}"
                + (f"  ({count['changed otherwise']} texts changed otherwise)" if count["changed otherwise"] else "")
            )


def _gaps(text: str) -> dict[int, str]:
    """Where blanks and non-joiners stand, counted in the other characters."""
    gaps, at = {}, 0
    for character in text:
        if character in " \u200c":
            gaps[at] = character
        else:
            at += 1
    return gaps


# Languages -------------------------------------------------------------------------------------------------------

SETS = {
    "ar": ("ar-pud-sentences", "ar-hespress-jazeera"),
    "fa": ("fa-perdt-sentences", "fa-rss-2020"),
    "ur": ("ur-udtb-sentences",),
    "ckb": ("ckb-sentences",),
    "ps": ("ps-sentences",),
    "ug": ("ug-sentences",),
}


def languages() -> None:
    """Accuracy at 20, 50 and 1,000 characters, clean, with kaf and yeh swapped, and typed on the other keyboard."""
    detectors: dict[str, Callable[[str], str]] = {"corpuslint": lambda text: read_language(text).language}
    detectors |= _peer_detectors()
    print("sentences of the training sets are among the measured ones for ar, fa, ur and ckb; ug and ps are unseen")
    for size in (20, 50, 1_000):
        print(f"\n{size} characters: clean / swapped / other keyboard, % right")
        pieces = {language: _pieces(language, size) for language in SETS}
        print(f"{'detector':24}" + "".join(f"{language:>22}" for language in pieces) + f"{'MB/s':>8}")
        for name, detect in detectors.items():
            cells = []
            start, size_read = time.process_time(), 0
            for language, texts in pieces.items():
                keyboard = PERSIAN_KEYBOARD if language == "ar" else OTHER_KEYBOARD
                shares = []
                for table in ({}, SWAP, keyboard):
                    changed = [text.translate(table) for text in texts]
                    size_read += sum(len(text.encode()) for text in changed)
                    shares.append(100 * sum(detect(text) == language for text in changed) / len(changed))
                cells.append(" / ".join(f"{share:.1f}" for share in shares))
            spent = time.process_time() - start
            print(f"{name:24}" + "".join(f"{cell:>22}" for cell in cells) + f"{size_read / spent / 1e6:8.1f}")


def _pieces(language: str, size: int, count: int = 300) -> list[str]:
    chance = random.Random(11)
    texts = [str(record["text"]) for name in SETS[language] for record in records_of(name)]
    if size > 200:
        texts = [" ".join(texts[at : at + 40]) for at in range(0, len(texts), 10)]
    texts = [text for text in texts if len(text) >= size]
    pieces = []
    for _ in range(count if texts else 0):
        text = chance.choice(texts)
        at = chance.randrange(max(1, len(text) - size))
        while at and not text[at - 1].isspace():
            at -= 1
        pieces.append(text[at : at + size])
    return [piece for piece in pieces if sum("\u0620" < letter < "\u06ff" for letter in piece) > size // 2] or ["-"]


def _peer_detectors() -> dict[str, Callable[[str], str]]:
    """pycld2, once on the text as it is and once the two-variant way, where it is installed."""
    try:
        import pycld2
    except ImportError:
        return {}

    def once(text: str) -> str:
        return str(pycld2.detect(text, isPlainText=True)[2][0][1]).replace("ku", "ckb")

    def twice(text: str) -> str:
        best, score = "", -1.0
        variants = (
            text.translate(str.maketrans({"ی": "ي", "ک": "ك", "ہ": "ه", "ھ": "ه", "ے": "ي"})),
            text.translate(ARABIC_BACK),
        )
        for allowed, variant in zip((("ar", "ug"), ("fa", "ur", "ps", "ckb", "sd")), variants, strict=True):
            for _, code, _, points in pycld2.detect(variant, isPlainText=True)[2]:
                code = code.replace("ku", "ckb")
                if code in allowed and points > score:
                    best, score = code, points
        return best

    return {"pycld2": once, "pycld2, two variants": twice}


ARABIC_BACK = str.maketrans({"ي": "ی", "ى": "ی", "ك": "ک"})


# Throughput ------------------------------------------------------------------------------------------------------


def throughput() -> None:
    """MB/s of the five families on one core, and the ratio to parsing the JSON."""
    rules = letter_rules()
    for name in ("ar-saudinewsnet", "ar-hespress-jazeera", "fa-asriran-2015"):
        lines = [json.dumps(record, ensure_ascii=False).encode() for record in records_of(name)]
        size = sum(map(len, lines))
        check_document(Document(DocumentId("a"), "warm"), rules)
        floor = check = float("inf")
        for _ in range(3):
            start = time.process_time()
            documents = [Document(DocumentId(str(n)), str(json.loads(line)["text"])) for n, line in enumerate(lines)]
            floor = min(floor, time.process_time() - start)
            start = time.process_time()
            found = sum(len(check_document(document, rules)) for document in documents)
            check = min(check, time.process_time() - start)
        print(
            f"{name:22} parse {size / floor / 1e6:6.0f} MB/s, check {size / check / 1e6:6.1f} MB/s, "
            f"ratio {check / floor:.2f}, {1e6 * check / len(lines):.0f} us a document, {found:,} findings"
        )


if __name__ == "__main__":
    main()
