"""The card of a version, `README.md`: YAML that `datasets` reads, and a data statement filled with what was measured.

What only a person can know is asked for in so many words, and never guessed.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping
from dataclasses import dataclass, field
from html import escape
from typing import Any

import yaml

from corpuslint.languages import LANGUAGES
from corpuslint.publishing.diff import VersionDiff
from corpuslint.publishing.folder import DatasetFolder
from corpuslint.publishing.manifest import Manifest
from corpuslint.publishing.parquet import Plain, columns_of
from corpuslint.text.templates import template

LETTERS = {
    "Arabic kaf": "\N{ARABIC LETTER KAF}",
    "keheh": "\N{ARABIC LETTER KEHEH}",
    "Arabic yeh": "\N{ARABIC LETTER YEH}",
    "Farsi yeh": "\N{ARABIC LETTER FARSI YEH}",
    "alef maksura": "\N{ARABIC LETTER ALEF MAKSURA}",
    "ZWNJ": "\N{ZERO WIDTH NON-JOINER}",
    "tatweel": "\N{ARABIC TATWEEL}",
}
"""The letters whose mix tells which keyboard, and which pipeline, a text went through."""


@dataclass(frozen=True, slots=True)
class CardFacts:
    """What a person states about a dataset; "" where nobody did."""

    title: str = ""
    description: str = ""
    homepage: str = ""
    license: str = ""
    license_link: str = ""
    source_licenses: Mapping[str, str] = field(default_factory=dict)
    collection: str = ""
    curation: str = ""
    personal_information: str = ""
    intended_use: str = ""
    limits: str = ""
    contact: str = ""
    citation: str = ""
    languages: tuple[str, ...] = ()


@dataclass(slots=True)
class Measures:
    """Counts over the rows of a version. Mutable while it is written; the order of rows makes no difference."""

    languages: Counter[str] = field(default_factory=Counter)
    characters: Counter[str] = field(default_factory=Counter)
    words: Counter[str] = field(default_factory=Counter)
    letters: dict[str, Counter[str]] = field(default_factory=dict)
    sources: Counter[str] = field(default_factory=Counter)
    months: Counter[str] = field(default_factory=Counter)
    unknown: Counter[str] = field(default_factory=Counter)
    left: Counter[tuple[str, str]] = field(default_factory=Counter)
    edits: Counter[str] = field(default_factory=Counter)
    edited_records: set[str] = field(default_factory=set)
    withheld: Counter[str] = field(default_factory=Counter)
    reasons: Counter[str] = field(default_factory=Counter)
    suppressed: Counter[str] = field(default_factory=Counter)
    stories: int = 0
    newest: str = ""

    def record(self, row: Plain) -> None:
        """Count one record."""
        language, text = row["language"], row["text"]
        self.languages[language] += 1
        self.characters[language] += len(text)
        self.words[language] += len(text.split())
        counts = self.letters.setdefault(language, Counter())
        for name, letter in LETTERS.items():
            counts[name] += text.count(letter)
        for column in ("title", "published", "source", "url"):
            self.unknown[column] += row[column] is None
        if row["source"] is not None:
            self.sources[row["source"]] += 1
        if row["published"] is not None and _is_date(row["published"]):
            self.months[row["published"][:7]] += 1
            self.newest = max(self.newest, row["published"][:10])
        self.stories += row["story_index"] > 0
        for found in row["findings"]:
            self.left[found["code"], found["severity"]] += found["count"]

    def edit(self, row: Plain) -> None:
        """Count one edit."""
        self.edits[row["code"]] += 1
        self.edited_records.add(row["id"])

    def quarantine(self, row: Plain) -> None:
        """Count one withheld story."""
        self.reasons[row["reason"]] += 1
        for code in row["codes"]:
            self.withheld[code] += 1


def _is_date(text: str) -> bool:
    day = text[:10]
    return len(day) == 10 and day[4] == day[7] == "-" and day.replace("-", "").isdecimal() and day.isascii()


def card(folder: DatasetFolder, measures: Measures, facts: CardFacts, diff: VersionDiff | None) -> str:
    """The whole card of a version: `data/card.md`, filled in."""
    manifest = folder.manifest
    left: Counter[str] = Counter()
    for (code, _), count in measures.left.items():
        left[code] += count
    configs = [config for config in ("default", "edits", "quarantine") if manifest.of(config)]
    return template("publishing/data/card.md", cell=_cell, language=_language, counts=_counts).render(
        header=_header(folder, configs, measures, facts),
        manifest=manifest,
        measures=measures,
        facts=facts,
        diff=diff,
        configs=configs,
        missing=[config for config in ("edits", "quarantine") if config not in configs],
        removed_text=manifest.recipe.removed_text,
        languages=_ranked(measures.languages),
        sources=_ranked(measures.sources),
        months=sorted(measures.months),
        letters=[*LETTERS],
        share=_share,
        columns=columns_of("default", manifest.own),
        unknown=sorted((+measures.unknown).items()),
        defects=[
            (
                code,
                manifest.recipe.rules.get(code, "").split("/")[0],
                measures.edits[code],
                left[code],
                measures.withheld[code],
            )
            for code in sorted({*measures.edits, *left, *measures.withheld})
        ],
    )


def _header(folder: DatasetFolder, configs: list[str], measures: Measures, facts: CardFacts) -> str:
    manifest = folder.manifest
    total = manifest.rows("default")
    header: dict[str, Any] = {
        "pretty_name": facts.title or manifest.name,
        "language": [language for language in sorted(measures.languages) if language != "und"],
        "license": facts.license or "unknown",
    }
    if facts.license == "other" and facts.license_link:
        header |= {"license_name": "other", "license_link": facts.license_link}
    header |= {
        "size_categories": [_size(total)],
        "task_categories": ["text-generation", "fill-mask"],
        "tags": ["news", "arabic-script", "corpuslint"],
        "configs": [_config(manifest, config) for config in configs],
        "dataset_info": [_info(folder, config) for config in configs],
    }
    kept = {key: value for key, value in header.items() if value != []}
    return str(yaml.safe_dump(kept, sort_keys=False, allow_unicode=True, width=1 << 20))


def _config(manifest: Manifest, config: str) -> dict[str, Any]:
    """One config. `datasets` caches a local folder by its name and this text, so the content's hash is part of it."""
    splits = list(manifest.split_rows()) if config == "default" else ["train"]
    plain: dict[str, Any] = {"config_name": config}
    if config == "default":
        plain["default"] = True
    plain["version"] = manifest.version
    plain["description"] = f"corpuslint content sha256:{manifest.content[config]}"
    plain["data_files"] = [
        {"split": split, "path": f"data/{split}/*.parquet" if config == "default" else f"{config}/*.parquet"}
        for split in splits
    ]
    return plain


def _info(folder: DatasetFolder, config: str) -> dict[str, Any]:
    """`dataset_info` as the files say it: a column they lack would load as a column of nulls."""
    import pyarrow.parquet as pq

    manifest = folder.manifest
    files = manifest.of(config)
    schema = pq.read_schema(folder.path / files[0].path)
    order = list(manifest.split_rows()) if config == "default" else ["train"]
    sizes: Counter[str] = Counter()
    for entry in files:
        metadata = pq.read_metadata(folder.path / entry.path)
        sizes[entry.split] += sum(metadata.row_group(group).total_byte_size for group in range(metadata.num_row_groups))
    rows = manifest.split_rows() if config == "default" else {"train": manifest.rows(config)}
    return {
        "config_name": config,
        "features": [_feature(part.name, part.type) for part in schema],
        "splits": [{"name": name, "num_bytes": sizes[name], "num_examples": rows[name]} for name in order],
        "download_size": sum(entry.bytes for entry in files),
        "dataset_size": sum(sizes.values()),
    }


def _feature(name: str, kind: Any) -> dict[str, Any]:
    import pyarrow as pa

    if pa.types.is_list(kind):
        inner = kind.value_type
        if pa.types.is_struct(inner):
            return {"name": name, "list": [_feature(part.name, part.type) for part in inner]}
        return {"name": name, "list": str(inner)}
    return {"name": name, "dtype": str(kind)}


def _cell(text: str) -> str:
    """Text from the corpus in a table: no markup of its own, and its direction kept to itself."""
    flat = " ".join(text.split())
    return f"<bdi>{escape(flat, quote=False)}</bdi>".replace("|", "&#124;").replace("`", "&#96;").replace("[", "&#91;")


def _language(code: str) -> str:
    name = "undetermined" if code == "und" else LANGUAGES[code].name if code in LANGUAGES else ""
    return f"{name} (`{code}`)" if name else f"`{code}`"


def _share(count: int, total: int) -> str:
    return f"{1000 * count / total:.2f}" if total else "0"


def _ranked(counts: Counter[str]) -> list[str]:
    return sorted(counts, key=lambda name: (-counts[name], name))


def _counts(counts: Counter[str]) -> str:
    return ", ".join(f"{name} {counts[name]:,}" for name in _ranked(counts))


_SIZES = ("1K", "10K", "100K", "1M", "10M", "100M", "1B", "10B", "100B")


def _size(total: int) -> str:
    if total >= 10**12:
        return "n>1T"
    step = min(max(0, len(str(total)) - 3), len(_SIZES) - 1)
    return f"{_SIZES[step - 1]}<n<{_SIZES[step]}" if step else f"n<{_SIZES[0]}"
