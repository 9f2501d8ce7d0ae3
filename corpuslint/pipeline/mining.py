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
from corpuslint.model.document import Document
from corpuslint.packs.loader import load_pack
from corpuslint.pipeline.folders import by_configuration, files_in
from corpuslint.pipeline.run import file_of
from corpuslint.text.phrases import phrase_pattern
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


def mine(paths: Sequence[str], settings: Settings, output: Path) -> int:
    """Write a rule pack of what the documents of each outlet have in common into the folder `output`; how many rules.

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
    for file, reading in how.items():
        for document in read(file, reading):
            if isinstance(document, Document):
                repetition.collected(index, Anatomy(document))
    proposals = tuple(_worded(repetitions((index,)).learned, how))
    if not proposals:
        return 0
    output.mkdir(parents=True, exist_ok=True)
    for name, content in _pack_of(proposals, output.name).items():
        replace_file(output / name, content.encode("utf-8"))
    return len(load_pack(output).all_rules)


def _worded(learned: Sequence[Learned], how: Mapping[str, ReadOptions]) -> Iterator[Proposal]:
    by_file: dict[str, set[str]] = defaultdict(set)
    for piece in learned:
        by_file[file_of(piece.example)].add(piece.example)
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
    merged: dict[tuple[Kind, bool, tuple[str, ...]], list[Proposal]] = defaultdict(list)
    for proposal in proposals:
        merged[proposal.learned.kind, proposal.learned.at_top, proposal.words].append(proposal)
    rules = "\n".join(_rule(number, group) for number, group in enumerate(list(merged.values())[:_MOST], start=1))
    manifest = (
        f"[pack]\nname = {_quoted(name)}\n"
        'summary = "Pieces of pages, proposed by corpuslint mine; to be reviewed"\n'
        'version = "1"\ndeclarative = ["learned.toml"]\n'
    )
    head = (
        "# Proposed by `corpuslint mine`. Read each rule; delete those that are text. Counts are of the day it ran.\n\n"
    )
    return {"pack.toml": manifest, "learned.toml": head + rules}


def _rule(number: int, group: Sequence[Proposal]) -> str:
    piece, words = group[0].learned, group[0].words
    counts = "; ".join(
        f"{one.learned.site}: {one.learned.holders} of {one.learned.documents} documents ({one.learned.share:.0%})"
        for one in group
    )
    place = "at the top" if piece.at_top else "at the end"
    pattern = _GAP.join(phrase_pattern(word) if word else r"\d+" for word in words)
    shown, before, behind = group[0].text, "", ""
    if piece.kind is Kind.LINE:
        where = "head" if piece.at_top else "tail"
        kind = f'kind = "line"\nwhere = "{where}"\nreach = {2 * repetition.REACH}\n'
        pattern, delete = rf"[\W_]*{pattern}[\W_]*", "line"
        example = f"{shown}\n{_STORY}\n" if piece.at_top else f"{_STORY}\n{shown}\n"
    else:
        kind, delete = 'kind = "find"\n', "match"
        if piece.kind is Kind.HEAD:
            before, behind, example = r"\A[\W_]*", r"(?!\w)", f"{shown} {_STORY}\n"
        elif piece.kind is Kind.TAIL:
            before, behind, example = r"(?<!\w)", r"[\W_]*\Z", f"{_STORY} {shown}\n"
        else:
            pattern += r"(?!\w)[^\n]*"
            before, behind, example = r"(?<!\w)", r"\s*\Z", f"{_STORY} {shown}: {_TITLE}\n"
        pattern = f"{before}(?P<span>{pattern}){behind}"
    literal = max(words, key=lambda word: (len(word), word))
    severity = "error" if piece.share >= repetition.OVERWHELMING else "warning"
    return (
        f"# {counts}\n"
        "[[rule]]\n"
        f'code = "MIN{number:03d}"\n'
        f'name = "learned-{piece.kind.name.lower()}-{number}"\n'
        f"{kind}"
        f"pattern = {_quoted(pattern)}\n"
        f"triggers = {{ literals = [{_quoted(literal)}] }}\n"
        f'severity = "{severity}"\n'
        f"message = {_quoted(f'a piece of the page stands {place}')}\n"
        f'fix = {{ delete = "{delete}", applicability = "unsafe" }}\n'
        f"docs = {{ finds = {_quoted(f'{shown} … {place}. Learned from {counts}.')}, "
        'why = "It stands in the same place of many of an outlet\'s documents.", '
        'fix-safety = "Unsafe: it deletes the piece." }\n'
        f"invalid = [ {{ text = {_quoted(example)} }} ]\n"
        f'valid = [ {{ text = {_quoted(_STORY)}, why = "an article without the piece" }} ]\n'
    )


_GAP = r"[^\w\n]+"


def _quoted(text: str) -> str:
    """A TOML string: literal where the text allows, for patterns are easier to read so."""
    if "\\" in text and "'" not in text and "\n" not in text:
        return f"'{text}'"
    return json.dumps(text, ensure_ascii=False)
