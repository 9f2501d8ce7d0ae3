"""From what an outlet's documents have in common to a rule pack that says it: TOML, to be read before it is used.

The pack holds the pieces themselves, which are the page's words, and counts. No sentence of an article is copied: the
examples are made up, numbers are written as any number, and of a label with a title behind it only the label is kept.
"""

from __future__ import annotations

import json
from collections import defaultdict
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path

from corpuslint.config.settings import Settings
from corpuslint.errors import ConfigError
from corpuslint.facts import repetition
from corpuslint.facts.anatomy import Anatomy
from corpuslint.facts.repetition import Kind, Learned, repetitions
from corpuslint.formats import read
from corpuslint.formats.atomic import replace_file
from corpuslint.formats.reading import ReadOptions
from corpuslint.model.document import Document, file_of
from corpuslint.packs.loader import load_pack
from corpuslint.pipeline.folders import by_configuration, files_in
from corpuslint.text.phrases import phrase_pattern
from corpuslint.text.templates import template
from corpuslint.words.reading import read as read_words

_MOST = 999
_STORY = "افتتح رئيس البلدية صباح اليوم مكتبة عامة في الحي القديم بحضور عدد من الكتاب والتلاميذ."
_TITLE = "افتتاح مكتبة في الحي القديم"


@dataclass(frozen=True, slots=True)
class Proposal:
    """A learned piece and the words that it is known by; a number is ""."""

    learned: Learned
    words: tuple[str, ...]

    @property
    def text(self) -> str:
        """The words, for a reader; 12 stands for any number."""
        return " ".join(word or "12" for word in self.words)


def mine(paths: Sequence[str], settings: Settings, output: Path) -> tuple[int, tuple[str, ...]]:
    """Write a rule pack of what the documents of each outlet have in common into the folder `output`; how many rules,
    and of each file that cannot be read which it is, and why.

    Raises SourceError for a path that is not there, ConfigError where `output` holds a pack that is not of this making.
    """
    strangers = sorted({path.name for path in output.glob("*")} - {"pack.toml", "learned.toml"})
    if strangers:
        raise ConfigError(
            f"{output.as_posix()} holds {strangers[0]}",
            remedy="Name a folder of its own for the proposed pack with -o.",
        )
    groups = by_configuration(files_in(paths, settings), settings)
    how = {file: here.reading for here, files in groups for file in files}
    index: repetition.Index = {}
    unreadable: list[str] = []
    for file, reading in how.items():
        for document in read(file, reading):
            if isinstance(document, Document):
                repetition.collected(index, Anatomy(document))
            else:
                unreadable += document.refusal
    proposals = tuple(_worded([one for one in repetitions((index,)).learned if one.place != "anywhere"], how))
    if not proposals:
        return 0, tuple(unreadable)
    output.mkdir(parents=True, exist_ok=True)
    for name, content in _pack_of(proposals, output.name).items():
        replace_file(output / name, content.encode("utf-8"))
    return len(load_pack(output).all_rules), tuple(unreadable)


def _worded(learned: Sequence[Learned], how: Mapping[str, ReadOptions]) -> Iterator[Proposal]:
    by_file: dict[str, set[str]] = defaultdict(set)
    for piece in learned:
        by_file[file_of(piece.example)[0]].add(piece.example)
    texts: dict[str, str] = {}
    for file, wanted in sorted(by_file.items()):
        for document in read(file, how[file]):
            if isinstance(document, Document) and document.id in wanted:
                texts[document.id] = document.text
    for piece in learned:
        text = texts[piece.example][piece.start : piece.end]
        words = [*read_words(text).words()][: piece.words]
        shown = tuple("" if word.isdigit() else word for word in words)
        if any(shown):  # a line of numbers only has nothing to be found by
            yield Proposal(piece, shown)


def _pack_of(proposals: Sequence[Proposal], name: str) -> dict[str, str]:
    """The files of a rule pack that says the proposals: name -> content."""
    merged: dict[tuple[Kind, str, tuple[str, ...]], list[Proposal]] = defaultdict(list)
    for proposal in proposals:
        merged[proposal.learned.kind, proposal.learned.place, proposal.words].append(proposal)
    learned = template("pipeline/data/learned.toml", quoted=_quoted).render(
        rules=[_rule(group) for group in list(merged.values())[:_MOST]], reach=2 * repetition.REACH, story=_STORY
    )
    manifest = (
        f"[pack]\nname = {_quoted(name)}\n"
        'summary = "Pieces of pages, proposed by corpuslint mine; to be reviewed"\n'
        'version = "1"\ndeclarative = ["learned.toml"]\n'
    )
    return {"pack.toml": manifest, "learned.toml": learned}


def _rule(group: Sequence[Proposal]) -> dict[str, object]:
    """What the table of one rule says."""
    piece, words, shown = group[0].learned, group[0].words, group[0].text
    counts = "; ".join(
        f"{one.learned.site}: {one.learned.holders} of {one.learned.documents} documents ({one.learned.share:.0%})"
        for one in group
    )
    pattern = _GAP.join(phrase_pattern(word) if word else r"\d+" for word in words)
    if piece.kind is Kind.LINE:
        pattern = rf"[\W_]*{pattern}[\W_]*"
        example = f"{shown}\n{_STORY}\n" if piece.place == "top" else f"{_STORY}\n{shown}\n"
    elif piece.kind is Kind.HEAD:
        pattern, example = rf"\A[\W_]*(?P<span>{pattern})(?!\w)", f"{shown} {_STORY}\n"
    elif piece.kind is Kind.TAIL:
        pattern, example = rf"(?<!\w)(?P<span>{pattern})[\W_]*\Z", f"{_STORY} {shown}\n"
    else:
        pattern = rf"(?<!\w)(?P<span>{pattern}(?!\w)[^\n]*)\s*\Z"
        example = f"{_STORY} {shown}: {_TITLE}\n"
    return {
        "counts": counts,
        "kind": piece.kind.name.lower(),
        "at_top": piece.place == "top",
        "place": f"at the {piece.place}",
        "pattern": pattern,
        "literal": max(words, key=lambda word: (len(word), word)),
        "severity": "error" if piece.share >= repetition.OVERWHELMING else "warning",
        "shown": shown,
        "example": example,
    }


_GAP = r"[^\w\n]+"


def _quoted(text: str) -> str:
    """A TOML string: literal where the text allows, for patterns are easier to read so."""
    if "\\" in text and "'" not in text and "\n" not in text:
        return f"'{text}'"
    return json.dumps(text, ensure_ascii=False)
