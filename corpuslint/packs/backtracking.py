"""Patterns that a hostile text could make run for hours, found when their pack is loaded.

`(x+x+)+y` tries every way to cut a run of x in pieces before it gives up. Whether a pattern does such a thing is not
read off its shape, which would refuse many good ones: its repeats are found in the parsed pattern, a text is made for
each that repeats what the repeat takes and then lets it fail, and the pattern is run on it with its own engine. What
has not ended after a quarter of a second on a thousand characters grows with the third power of the text at least.
"""

from __future__ import annotations

import hashlib
import itertools
import time
from collections.abc import Callable, Iterator, Sequence
from typing import Any

import msgspec
import regex
from regex import _regex_core

from corpuslint.resources import cache_folder, keep

SECONDS = 0.25
"""Processor time one probe may take; a pattern whose time grows with the square of the text needs a tenth of it."""

LENGTH = 1_000
"""Characters of a probe's pumped part."""

_SHORTER = 4
_WORTH_A_LONG_LOOK = SECONDS / _SHORTER**3 / 2  # what grows with the third power reaches it on the shorter text
_MANY = 8  # a repeat of at most so many rounds costs a constant
_VARIANTS = 3  # ways to fill in a body with alternatives
_LONGEST_SAMPLE = 200
# One of each kind that classes tell apart in text of our scripts; the first that fits stands for its class.
_ALPHABET = 'aاب1۱ ,.:-_"(/>\n\t\0\N{ZERO WIDTH NON-JOINER}\N{ARABIC FATHA}Aé'
_ANY = (_regex_core.Any, _regex_core.AnyAll, _regex_core.AnyU)
_BREAKS = ("", "\0", "\n", " ", "a")  # what comes after the pumped part and may make it fail


class Probe(msgspec.Struct, frozen=True):
    """A text that may take a pattern long: `pumped`, many times, between `before` and `after`."""

    before: str
    pumped: str
    after: str

    def text(self, length: int) -> str:
        """The text, of which `length` characters are pumped."""
        return self.before + self.pumped * max(1, length // len(self.pumped)) + self.after


def complaint_about(pattern: regex.Pattern[str]) -> str:
    """What a hostile text would have to repeat to make `pattern` hang, in words; "" where nothing was found."""
    if _proven(pattern).exists():
        return ""
    for probe, run in itertools.product(probes_of(pattern), (pattern.search, pattern.fullmatch)):
        if _seconds(run, probe.text(LENGTH // _SHORTER)) < _WORTH_A_LONG_LOOK:
            continue
        if _seconds(run, probe.text(LENGTH)) >= SECONDS:
            return f"{probe.pumped[:40]!r}, {LENGTH // len(probe.pumped):,} times, takes it more than {SECONDS} s"
    keep(_proven(pattern), b"")
    return ""


def _seconds(run: Callable[..., object], text: str) -> float:
    """Processor time that `run` takes on `text`, `SECONDS` at most."""
    started = time.process_time()
    try:
        run(text, timeout=SECONDS)
    except TimeoutError:
        return SECONDS
    return time.process_time() - started


def _proven(pattern: regex.Pattern[str]) -> Any:
    """The mark of a pattern that was found good by an earlier run."""
    parts = (regex.__version__, str(SECONDS), str(LENGTH), str(pattern.flags), pattern.pattern)
    digest = hashlib.blake2b("\0".join(parts).encode("utf-8", "surrogatepass"), digest_size=16).hexdigest()
    return cache_folder() / "patterns" / f"proven-{digest}"


def probes_of(pattern: regex.Pattern[str]) -> Iterator[Probe]:
    """Texts to try `pattern` on; none for a pattern that cannot take long."""
    tree = _Tree.of(pattern)
    if not tree.suspects:
        return
    whole = tree.sample(tree.root, 0)[:_LONGEST_SAMPLE]
    seen = set()
    for before, body in tree.suspects:
        pumps = [tree.sample(body, variant) for variant in range(_VARIANTS)]
        pumps += [character for pump in pumps for character in pump]
        for pumped in dict.fromkeys(pump for pump in pumps if 0 < len(pump) <= _LONGEST_SAMPLE):
            starts = dict.fromkeys((before[-_LONGEST_SAMPLE:], ""))
            ends = (*_BREAKS, *(broken + whole for broken in _BREAKS))  # the engine may look for a literal first
            for start, end in itertools.product(starts, ends):
                probe = Probe(start, pumped, end)
                if probe not in seen:
                    seen.add(probe)
                    yield probe


class _Tree(msgspec.Struct):
    """A parsed pattern: its repeats that may take long, each with a sample of what comes before it."""

    root: Any
    alphabet: str
    suspects: list[tuple[str, Any]] = []
    _open: list[tuple[str, Any]] = []

    @classmethod
    def of(cls, pattern: regex.Pattern[str]) -> _Tree:
        literal = "".join(dict.fromkeys(character for character in pattern.pattern if character.isalnum()))
        tree = cls(_parsed(pattern), _ALPHABET + literal)
        tree._walk(tree.root, "", nested=False)
        if len(tree._open) >= 3:  # three in a row may share a run of n characters in n² ways
            tree.suspects = list(tree._open)
        return tree

    def _walk(self, node: Any, before: str, *, nested: bool) -> str:
        """Visit `node`; the sample text up to its end."""
        rounds = _rounds(node)
        if rounds is not None:
            least, most = rounds
            if most is None or most > _MANY:
                if least != most:
                    self._open.append((before, node.subpattern))
                if _is_ambiguous(node.subpattern):
                    self.suspects.append((before, node.subpattern))
            self._walk(node.subpattern, before, nested=True)
        else:
            reached = before
            for child in () if _is_class(node) else getattr(node, "items", ()):
                reached = self._walk(child, reached, nested=nested)
            for branch in getattr(node, "branches", ()):
                self._walk(branch, before, nested=nested)
            for name in ("subpattern", "yes_item", "no_item"):
                if (child := getattr(node, name, None)) is not None:
                    self._walk(child, before, nested=nested)
        return before + self.sample(node, 0)

    def sample(self, node: Any, variant: int) -> str:
        """A text that `node` may match; other variants take other branches and other characters of a class."""
        if _is_class(node):
            fitting = [character for character in self.alphabet if _takes(node, character)]
            return fitting[variant % len(fitting)] if fitting else ""
        if isinstance(characters := getattr(node, "characters", None), Sequence):
            return "".join(map(chr, characters))
        if (rounds := _rounds(node)) is not None:
            return (self.sample(node.subpattern, variant) * min(max(rounds[0], 1), 64))[:_LONGEST_SAMPLE]
        if branches := getattr(node, "branches", ()):
            return self.sample(branches[variant % len(branches)], variant)
        if items := getattr(node, "items", ()):
            return "".join(self.sample(item, variant) for item in items)[:_LONGEST_SAMPLE]
        if hasattr(node, "behind"):  # looking around takes nothing
            return ""
        inner = getattr(node, "subpattern", None)
        return self.sample(inner, variant) if inner is not None else ""


def _rounds(node: Any) -> tuple[int, int | None] | None:
    """The least and most rounds of a repeat (None: without end) that can be taken back; None for all else."""
    if isinstance(node, _regex_core.PossessiveRepeat) or not hasattr(node, "min_count"):
        return None
    return node.min_count, node.max_count


def _is_ambiguous(node: Any) -> bool:
    """Whether there may be several ways to match one text: something in it is repeated or has alternatives."""
    rounds = _rounds(node)
    if rounds is not None and rounds[0] != rounds[1]:
        return True
    if len(getattr(node, "branches", ())) > 1:
        return True
    children = [*(() if _is_class(node) else getattr(node, "items", ())), *getattr(node, "branches", ())]
    inner = getattr(node, "subpattern", None)
    return any(map(_is_ambiguous, [*children, inner] if inner is not None else children))


def _takes(node: Any, character: str) -> bool:
    """Whether a class takes a character."""
    return isinstance(node, _ANY) or bool(node.matches(ord(character)))


def _is_class(node: Any) -> bool:
    """Whether `node` takes one character of several."""
    return isinstance(node, _ANY) or hasattr(node, "matches")


def _parsed(pattern: regex.Pattern[str]) -> Any:
    """The tree of a pattern that `regex` has compiled.

    `regex` has no door to its parser; names have lost and got underscores between its releases.
    """
    parse = _core("parse_pattern")
    flags = pattern.flags
    while True:
        source = _regex_core.Source(pattern.pattern)
        info = _regex_core.Info(flags, source.char_type, {})
        info.guess_encoding = _regex_core.UNICODE
        source.ignore_space = bool(info.flags & _regex_core.VERBOSE)
        try:
            return parse(source, info)
        except _core("UnscopedFlagSet"):
            flags = info.global_flags


def _core(name: str) -> Any:
    return getattr(_regex_core, f"_{name}", None) or getattr(_regex_core, name)
