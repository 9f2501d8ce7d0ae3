"""Why a finding was made: where its rule is written, which pattern, phrase or entry of a list stands in the text and
where, and what a model weighed. All of it is told from the tables of the rules, so every kind is explained alike.
"""

from __future__ import annotations

import inspect
from collections.abc import Iterable, Iterator
from functools import cached_property
from pathlib import Path
from typing import NamedTuple

import msgspec

from corpuslint.facts.anatomy import Anatomy
from corpuslint.facts.layout import Line
from corpuslint.facts.markers import marker_on
from corpuslint.facts.phrasebook import NO_OR_PREFIX, files_of, folded_phrase, words_of
from corpuslint.model.diagnostic import Diagnostic
from corpuslint.packs.declarative import RuleSource, sources_in
from corpuslint.packs.kinds import Ending, MatchLine
from corpuslint.packs.lists import rows_in
from corpuslint.packs.tables import PackFile
from corpuslint.resources import fact_data, rules_folder
from corpuslint.text.strict import as_texts

_CHOSEN = ("markup", "piece", "fact", "when", "unless", "where", "matching", "metadata", "measure", "min", "max")
"""Keys that say what is looked for without words or a pattern."""
_PATTERNS = ("pattern", "anywhere", "until", "in_line", "foreign", "needs")
_PHRASES = (("phrases", "phrases_file"), ("labels", "labels_file"), ("words", "words_file"))
_MOST = 6
"""Lines of a finding that are looked at, and entries of a line that are named."""


class _Entry(NamedTuple):
    """A phrase, and where it is listed; `begins` says that its words may go on in the text, as those of cues may."""

    place: str
    phrase: str
    begins: bool = False

    def words_in(self, joined: str) -> frozenset[int]:
        """The numbers of the words of a line (`joined`, folded) in which a form of the entry stands, all its parts."""
        for form in self.phrase.split(" = "):
            found = [self._numbers(folded_phrase(part), joined) for part in form.split(" + ")]
            if all(found):
                return frozenset().union(*found)
        return frozenset()

    def _numbers(self, part: str, joined: str) -> range:
        ends = "" if self.begins else " "
        at = min((at for one in NO_OR_PREFIX if (at := joined.find(f" {one}{part}{ends}")) >= 0), default=-1)
        first = joined.count(" ", 0, at)
        return range(first, first + part.count(" ") + 1) if part and at >= 0 else range(0)


class Reasons:
    """Says of findings why they were made, by the shipped packs and those in these folders."""

    def __init__(self, folders: Iterable[Path]) -> None:
        self._folders = (*sorted(path.parent for path in rules_folder().glob("*/pack.toml")), *folders)

    @cached_property
    def _sources(self) -> dict[str, RuleSource]:
        paths = (path for folder in self._folders for path in sorted(folder.glob("*.toml")) if path.name != "pack.toml")
        return {source.code: source for path in paths for source in sources_in(PackFile(path))}

    def of(self, finding: Diagnostic, anatomy: Anatomy | None) -> Iterator[tuple[str, str]]:
        """What each reason is, and what it says; nothing for findings of the run itself, and only what is known of the
        rule without the text."""
        source = self._sources.get(finding.code)
        if source is None:
            return
        table = source.table
        values = ((key, getattr(table, key, None)) for key in _CHOSEN)
        chosen = "".join(f", {key} = {msgspec.json.encode(value).decode()}" for key, value in values if value)
        yield "written in", f"{_place(source)}, kind = {table.__struct_config__.tag}{chosen}"
        if function := source.prepared.function:
            row = inspect.getsourcelines(function)[1]
            yield "decided by", f"{_shown(source.file.path.with_suffix('.py'))}:{row} {function.__name__}"
        if anatomy is None or finding.field != "text" or not finding.span.end:
            return
        lines = [
            one for one in anatomy.filled if one.span.start < finding.span.end and finding.span.start <= one.span.end
        ]
        yield from _patterns(source, anatomy.text, lines, finding)
        entries = tuple(_entries(source))
        for line in lines[:_MOST]:
            yield from _listed(entries, line)
            if _MARKERS in source.lists and (marker := marker_on(line, anatomy.text)):
                wordings = fact_data("story-markers.txt").splitlines()
                row = next(row for row, one in enumerate(wordings, 1) if one.endswith(f" {marker.template}"))
                stands = (
                    f"“{marker.words.of(anatomy.text)}” at {line.number}:{marker.words.start - line.span.start + 1}"
                )
                yield "list", f"corpuslint/facts/data/story-markers.txt:{row} “{marker.template}” stands in {stands}"
        if "signs" in finding.evidence and lines:
            shares = anatomy.page_lines.shares(lines[0].number)
            told = ", ".join(f"{name} {share:+.1f}" for name, share in shares.items()) or "none, the line is too long"
            yield "weights of corpuslint/facts/data/page-lines.bin", told


_MARKERS = "facts/story-markers"


def _place(source: RuleSource, key: str = "") -> str:
    line = source.file.line_of_rule(source.number)
    return f"{_shown(source.file.path)}:{source.file.line_of_key(key.replace('_', '-'), line) if key else line}"


def _shown(path: Path) -> str:
    """A file of a shipped pack from `rules/` on, any other as it is named."""
    shipped = rules_folder()
    return (path.relative_to(shipped.parent) if path.is_relative_to(shipped) else path).as_posix()


def _patterns(source: RuleSource, text: str, lines: Iterable[Line], finding: Diagnostic) -> Iterator[tuple[str, str]]:
    """The patterns of a table that match where the finding is, each as it is written, and what matches."""
    of_lines = isinstance(source.table, MatchLine | Ending)
    texts = [line.text for line in lines] if of_lines else [text]
    for key in _PATTERNS:
        for written in filter(None, as_texts(getattr(source.table, key, ""))):
            pattern = source.written(key, written)
            matches = (match for one in texts for match in pattern.finditer(one))
            near = (
                one
                for one in matches
                if of_lines or (one.start() < finding.span.end and one.end() > finding.span.start)
            )
            if match := next(near, None):
                yield key.replace("_", "-"), f"{' '.join(written.split())} ({_place(source, key)}) matches “{match[0]}”"
    right = getattr(source.table, "map", {}).get(finding.span.of(text))
    if right is not None:
        yield "map", f"“{finding.span.of(text)}” → “{right}” ({_place(source, 'map')})"


def _entries(source: RuleSource) -> Iterator[_Entry]:
    """The phrases of a table, of the files that it names, and of the lists that its facts look words up in."""
    for key, files in _PHRASES:
        said = getattr(source.table, key, ())
        for name, phrases in said.items() if isinstance(said, dict) else (("", said),):
            yield from (_Entry(f"{_place(source, key)} {name}".strip(), phrase) for phrase in as_texts(phrases))
        for name in filter(None, as_texts(getattr(source.table, files, ()))):
            yield from _rows(source.file.path.parent / name, 0 if key == "words" else -1)
    for pack, _, name in (listed.partition("/") for listed in source.lists if listed != _MARKERS):
        for path in files_of(pack, name):
            yield from _rows(path)


def _rows(path: Path, column: int = -1) -> Iterator[_Entry]:
    for row, parts in rows_in(path):
        yield _Entry(f"{_shown(path)}:{row}", parts[column], path.name.startswith("sentences-"))


def _listed(entries: Iterable[_Entry], line: Line) -> Iterator[tuple[str, str]]:
    """The entries that stand in a line, the longest first; none whose words all belong to a longer one."""
    words = words_of(line.text)
    joined = f" {' '.join(word.text for word in words)} "
    found = [(entry, numbers) for entry in entries if (numbers := entry.words_in(joined))]
    taken: frozenset[int] = frozenset()
    for entry, numbers in sorted(found, key=lambda one: -len(one[1])):
        if not numbers <= taken:
            taken |= numbers
            stands = line.text[words[min(numbers)].start : words[max(numbers)].end]
            column = line.body.start - line.span.start + words[min(numbers)].start + 1
            yield "list", f"{entry.place} “{entry.phrase}” stands in “{stands}” at {line.number}:{column}"
