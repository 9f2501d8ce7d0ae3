"""Hostile texts of growing size, and how long all rules take on each: growth must be no more than linear.

    python -m benchmarks.worst [--sizes 1,2,4,8] [--only NAME,NAME] [--rules] [--fix]
    python -m benchmarks.worst --inside 20000

One line a text: seconds of a core at each size, by what they grew from size to size (no more than 2.3 where the size
doubles), and with `--rules` the rules that took longest at the last one. Every rule runs, also those that nothing in
the text would wake. A text that takes more than `--limit` seconds is not made larger.

`--inside` puts runs of one character, so long, into the rules' own examples, which lead a rule to its innermost
pattern, and names every rule that one takes longer than a third of a second.
"""

from __future__ import annotations

import argparse
import math
import multiprocessing
import resource
import signal
import time
from collections.abc import Callable
from itertools import pairwise, product
from multiprocessing.connection import Connection

from corpuslint.config.settings import Settings
from corpuslint.engine.check import check_anatomy
from corpuslint.engine.fix import fix_document
from corpuslint.engine.rules import rules_for
from corpuslint.engine.ruleset import RuleSet
from corpuslint.facts.anatomy import Anatomy
from corpuslint.model.document import Document, DocumentId, Metadata
from corpuslint.model.levels import Applicability
from corpuslint.model.rule import Rule
from corpuslint.pipeline.timing import Timings

LINE = "قال الوزير إن القرار نهائي، ولن تتراجع الحكومة عنه. "


def _repeated(unit: str) -> Callable[[int], str]:
    return lambda size: unit * (size // len(unit.encode("utf-8")) + 1)


def _nested(opening: str, closing: str) -> Callable[[int], str]:
    def text(size: int) -> str:
        count = size // (len(opening.encode()) + len(closing.encode()))
        return opening * count + closing * count

    return text


TEXTS: dict[str, Callable[[int], str]] = {
    "news": _repeated(LINE * 5 + "\n"),
    "one line": _repeated(LINE),
    "one word": _repeated("ب"),
    "combining characters": lambda size: "ب" + "\N{ARABIC FATHA}" * (size // 2),
    "latin combining": lambda size: "e" + "\N{COMBINING ACUTE ACCENT}" * (size // 2),
    "spaces": _repeated(" "),
    "spaces in a line": lambda size: "قال" + " " * size + "الوزير\n",
    "runs of spaces": _repeated("قال" + " " * 50),
    "no-break spaces": _repeated("\N{NO-BREAK SPACE}"),
    "blank lines": _repeated("\n"),
    "carriage returns": _repeated("\r"),
    "tatweel": _repeated("\N{ARABIC TATWEEL}"),
    "joiners": _repeated("\N{ZERO WIDTH NON-JOINER}"),
    "words and joiners": _repeated("می\N{ZERO WIDTH NON-JOINER}"),
    "direction marks": _repeated("\N{RIGHT-TO-LEFT MARK}"),
    "nested embeddings": _nested("\N{RIGHT-TO-LEFT EMBEDDING}", "\N{POP DIRECTIONAL FORMATTING}"),
    "nested isolates": _nested("\N{RIGHT-TO-LEFT ISOLATE}", "\N{POP DIRECTIONAL ISOLATE}"),
    "nested brackets": _nested("(", ")"),
    "open brackets": _repeated("("),
    "open guillemets": _repeated("«قال "),
    "closing guillemets": _repeated("قال» "),
    "straight quotes": _repeated('"'),
    "quoted words": _repeated('"قال" '),
    "commas": _repeated("قال,"),
    "spaced commas": _repeated(" ،"),
    "dots": _repeated("."),
    "question marks": _repeated("?"),
    "digits": _repeated("1"),
    "mixed digits": _repeated("1٢٣۴"),
    "grouped digits": _repeated("1,234,"),
    "colons": _repeated(":"),
    "labels": _repeated("المصدر: "),
    "label lines": _repeated("المصدر:\n"),
    "dates": _repeated("2023-10-20 "),
    "date lines": _repeated("20 أكتوبر 2023\n"),
    "relative dates": _repeated("أمس الثلاثاء "),
    "persian dates": _repeated("۲۰ مهر ۱۴۰۲ "),
    "read also": _repeated("اقرأ أيضا: قال الوزير\n"),
    "one read also": lambda size: LINE * (size // len(LINE.encode())) + "\nاقرأ أيضا\n" + LINE * 3,
    "shortcodes": _repeated("[ad_1]"),
    "open shortcodes": _repeated("[caption "),
    "tags": _repeated("<p>"),
    "open tags": _repeated("<"),
    "entities": _repeated("&amp;"),
    "ampersands": _repeated("&"),
    "half entities": _repeated("&#"),
    "links": _repeated("https://example.com/a "),
    "mails": _repeated("a@b.example "),
    "at signs": _repeated("a@"),
    "one long mail": lambda size: "a." * (size // 2) + "@",
    "code": _repeated("function(){var a=1;}"),
    "braces": _repeated("{"),
    "mojibake": _repeated("Ø§Ù„Ø¹"),
    "windows mojibake": _repeated("ط§ظ„ط¹"),
    "replacement characters": _repeated("\N{REPLACEMENT CHARACTER}"),
    "controls": _repeated("\x01"),
    "nul": _repeated("\0"),
    "presentation forms": _repeated("\N{ARABIC LETTER BEH INITIAL FORM}"),
    "yeh of another script": _repeated("علی "),
    "final yeh": _repeated("على علي في "),
    "persian in arabic": _repeated("کتاب گفت که "),
    "keywords": _repeated("سياسة، اقتصاد، "),
    "keyword line": lambda size: "الكلمات المفتاحية: " + "سياسة، " * (size // 14),
    "hash tags": _repeated("#سياسة "),
    "short lines": _repeated("قال\n"),
    "same line": _repeated(LINE * 3 + "\n\n"),
    "latin": _repeated("The minister said that the decision was final. "),
    "emoji": _repeated("\N{GRINNING FACE}"),
    "soft hyphens": _repeated("قا\N{SOFT HYPHEN}ل "),
    "line separators": _repeated("قال\N{LINE SEPARATOR}"),
    "pipes": _repeated("قال | "),
    "arrows": _repeated("» "),
    "times": _repeated("10:20 "),
    "card numbers": _repeated("4111 1111 1111 1111 "),
    "phone numbers": _repeated("+966 50 123 4567 "),
    "nested tashkeel": _repeated("ب\N{ARABIC SHADDA}\N{ARABIC FATHA}\N{ARABIC KASRATAN}"),
    "mixed brackets": _nested("([{«", "»}])"),
    "one-letter lines": _repeated("ب\n"),
    "digits and dots": _repeated("1.2."),
    "bare schemes": _repeated("http://"),
    "handles": _repeated("@a "),
    "run-on handles": _repeated("@a"),
    "label with colons": _repeated("المصدر: : "),
    "scripts in turn": _repeated("خبر news "),
    "scripts in a word": _repeated("خnب"),
    "headlines": _repeated("مجلس الوزراء يقر الموازنة\n"),
    "headline paragraphs": _repeated("مجلس الوزراء يقر الموازنة\n\n" + LINE + "\n\n"),
    "base64": _repeated("QWxhIGlzdGlrYmFy"),
    "base64 lines": _repeated("QWxhIGlzdGlrYmFy" * 4 + "\n"),
    "unbalanced tags": _repeated("<div><b>قال</i>"),
    "open comments": _repeated("<!-- "),
    "open attributes": _repeated('<a href="'),
    "spaces before line ends": _repeated("قال   \n"),
    "spaces and a letter": lambda size: " " * size + "ب",
    "yeh of another script before commas": _repeated("علی، "),
    "tatweel words": _repeated("قـــال "),
}


RUNS = (
    *(" ", "ا", "1", "،", ".", "-", ":", "\n", "«", '"', "\N{ARABIC TATWEEL}", "\N{ZERO WIDTH NON-JOINER}"),
    *("\N{ARABIC FATHA}", "a", "(", "/", "قال ", "1 ", "a1", "<", "&", "@", "|", "\N{RIGHT-TO-LEFT MARK}"),
)
"""What `--inside` repeats."""
_SLOW = 0.35


def main() -> None:
    """Time every text and print a table."""
    parser = argparse.ArgumentParser(description=__doc__.split("\n", 1)[0])
    parser.add_argument("--sizes", default="1,2,4,8", help="in MB of UTF-8")
    parser.add_argument("--only", default="", help="texts whose names hold one of these, parted by commas")
    parser.add_argument("--limit", type=float, default=20.0, help="seconds after which a text is not made larger")
    parser.add_argument("--rules", action="store_true", help="name the rules that took longest")
    parser.add_argument("--fix", action="store_true", help="fix, where otherwise it is checked only")
    parser.add_argument("--inside", type=int, default=0, help="characters of a run inside the rules' examples")
    given = parser.parse_args()
    sizes = [float(size) for size in given.sizes.split(",")]
    rules = rules_for(Settings(select=("ALL",)))
    for spec in rules.specs.values():  # what is compiled at its first use is compiled now
        for example in spec.invalid:
            check_anatomy(Anatomy(Document(DocumentId("warm"), example.text)), rules.rules, rules)
    if given.inside:
        return _inside(rules, given.inside)
    print(f"{'text':26}" + "".join(f"{size:>8g} MB" for size in sizes) + "  growth")
    for name, text_of in TEXTS.items():
        if not any(part in name for part in given.only.split(",")):
            continue
        taken: list[float] = []
        slowest: Timings = {}
        for size in sizes:
            seconds, slowest = _in_child(text_of(int(size * 1_000_000)), rules, fix=given.fix, limit=given.limit * 2)
            taken.append(seconds)
            if seconds > given.limit:
                break
        line = f"{name:26}" + "".join(f"{seconds:>9.2f} s" for seconds in taken) + _growth(taken)
        if given.rules:
            top = sorted(slowest.items(), key=lambda entry: -entry[1][1])[:3]
            line += "  " + ", ".join(f"{code} {rules.specs[code].name} {seconds:.2f}" for code, (_, seconds) in top)
        print(line, flush=True)


def _inside(rules: RuleSet, length: int) -> None:
    tried = 0
    for rule in rules.rules:
        for example, run in product(rule.spec.invalid[:2], RUNS):
            text = example.text
            gaps = [at for at, character in enumerate(text) if character in " \n"]
            for at in sorted({0, len(text), *gaps[:1], *gaps[len(gaps) // 2 :][:1], *gaps[-1:]}):
                hostile = text[:at] + run * (length // len(run)) + text[at:]
                taken = _alone(rule, hostile, example.metadata, rules)
                tried += 1
                if taken > _SLOW:
                    name = f"{rule.spec.code} {rule.spec.name}"
                    print(f"{name} {taken:.2f} s: {run!r} at {at} of {text[:40]!r}", flush=True)
    print(f"{tried:,} texts of {length:,} characters tried on {len(rules.rules)} rules")


def _alone(rule: Rule, text: str, metadata: Metadata, rules: RuleSet) -> float:
    """Seconds that one rule takes, `_SLOW` at least doubled where it had to be stopped."""

    def stop(*_: object) -> None:
        raise KeyboardInterrupt

    signal.signal(signal.SIGVTALRM, stop)
    anatomy = Anatomy(Document(DocumentId("hostile"), text, metadata))
    started = time.process_time()
    signal.setitimer(signal.ITIMER_VIRTUAL, _SLOW * 2)
    try:
        check_anatomy(anatomy, (rule,), rules)
    except KeyboardInterrupt:
        return _SLOW * 2
    finally:
        signal.setitimer(signal.ITIMER_VIRTUAL, 0)
    return time.process_time() - started


def _in_child(text: str, rules: RuleSet, *, fix: bool, limit: float) -> tuple[float, Timings]:
    """Seconds of a core, and each rule's share; (inf, who was at it) where the child had to be killed."""
    context = multiprocessing.get_context("fork")  # the rules are loaded once
    receiver, sender = context.Pipe(duplex=False)
    child = context.Process(target=_measure, args=(text, rules, fix, sender, limit))
    child.start()
    sender.close()
    running = ""
    try:
        while isinstance(said := receiver.recv(), str):
            running = said
    except EOFError:  # the kernel ended it: too much time
        said = math.inf, {running: (1, limit)}
    child.join()
    return said


def _measure(text: str, rules: RuleSet, fix: bool, sender: Connection, limit: float) -> None:
    resource.setrlimit(resource.RLIMIT_CPU, (math.ceil(limit), math.ceil(limit)))
    document = Document(DocumentId("hostile"), text)
    started = time.process_time()
    if fix:
        fix_document(document, rules, Applicability.UNSAFE)
        sender.send((time.process_time() - started, {}))
        return
    timings: Timings = {}
    anatomy = Anatomy(document)
    rules.scanner.awake(anatomy)
    for rule in rules.rules:  # one line of ordinary junk at the end of a text would wake any of them
        sender.send(rule.spec.code)
        before = time.process_time()
        check_anatomy(anatomy, (rule,), rules)
        timings[rule.spec.code] = (1, time.process_time() - before)
    sender.send((time.process_time() - started, timings))


def _growth(taken: list[float]) -> str:
    factors = [after / max(before, 1e-9) for before, after in pairwise(taken)]
    return "  " + " ".join(f"{factor:.1f}" for factor in factors)


if __name__ == "__main__":
    main()
