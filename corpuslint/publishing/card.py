"""The card of a version, `README.md`: YAML that `datasets` reads, and a data statement filled with what was measured.

What only a person can know is asked for in so many words, and never guessed.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from html import escape
from typing import Any

import yaml

from corpuslint.languages import LANGUAGES
from corpuslint.publishing.diff import CHANGES, VersionDiff
from corpuslint.publishing.folder import DatasetFolder
from corpuslint.publishing.manifest import Manifest
from corpuslint.publishing.measure import LETTERS, Measures
from corpuslint.publishing.parquet import columns_of, own_columns

UNKNOWN = "*Unknown. Only the people who collected the texts can say; state it under `[dataset]` in the configuration.*"

COLUMN_MEANINGS = {
    "id": "stable: the record's own id, else from source file and story",
    "text": "the clean body",
    "title": "headline, as declared or as the text has it",
    "language": "BCP 47",
    "published": "ISO 8601 date or date-time",
    "source": "outlet",
    "credit": "wire or byline credit",
    "url": "where it was scraped",
    "keywords": "keywords of the page",
    "story_index": "which story of its file, from 0",
    "story_count": "how many stories its file held",
    "file": "the file it was read from",
    "raw_sha256": "sha256 of the raw text of its file, in UTF-8",
    "text_sha256": "sha256 of `text`, in UTF-8",
    "findings": "what rules still say about the record",
}


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


def card(folder: DatasetFolder, measures: Measures, facts: CardFacts, diff: VersionDiff | None) -> str:
    """The whole card of a version."""
    manifest = folder.manifest
    sections = (
        f"---\n{_header(folder, measures, facts)}---\n",
        f"# {facts.title or manifest.name} {manifest.version}\n",
        (facts.description or "Arabic-script news, cleaned, versioned and reversible.") + "\n",
        _glance(manifest, measures, facts),
        _use(manifest),
        _columns(manifest),
        _text(measures),
        _sources(manifest, measures, facts),
        _defects(manifest, measures),
        _undo(manifest),
        _versions(manifest, diff),
        _person(measures, facts),
    )
    return "\n".join(section for section in sections if section)


def _header(folder: DatasetFolder, measures: Measures, facts: CardFacts) -> str:
    manifest = folder.manifest
    configs = [config for config in ("default", "edits", "quarantine") if manifest.of(config)]
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


def _glance(manifest: Manifest, measures: Measures, facts: CardFacts) -> str:
    months = sorted(measures.months)
    splits = ", ".join(f"`{name}` {count:,}" for name, count in manifest.split_rows().items())
    rows = [
        ("Records", f"{manifest.rows('default'):,} ({splits})"),
        ("Languages", ", ".join(_language(code) for code, _ in _ranked(measures.languages))),
        ("Dates", f"{months[0]} to {months[-1]}" if months else "none known"),
        ("Sources", f"{len(measures.sources):,} named"),
        ("Edits", f"{sum(measures.edits.values()):,} in {len(measures.edited_records):,} stories, all reversible"),
        ("Withheld", f"{sum(measures.reasons.values()):,} stories"),
        ("Licence", _cell(facts.license or "unknown")),
        ("Made with", f"corpuslint {manifest.recipe.tool}"),
    ]
    if manifest.recipe.removed_text != "full":
        rows[4] = ("Edits", f"{sum(measures.edits.values()):,} in {len(measures.edited_records):,} stories")
    return _table("At a glance", ("fact", "value"), rows)


def _use(manifest: Manifest) -> str:
    lines = [
        f'load_dataset("dist/{manifest.name}/{manifest.version}")  # or the repository, revision="{manifest.version}"'
    ]
    lines += [
        f'load_dataset("dist/{manifest.name}/{manifest.version}", "{config}")'
        for config in ("edits", "quarantine")
        if manifest.of(config)
    ]
    missing = [config for config in ("edits", "quarantine") if not manifest.of(config)]
    said = (
        f"\nThere is no config `{'`, no config `'.join(missing)}`: a config of no rows cannot be loaded.\n"
        if missing
        else ""
    )
    return "## Use\n\n```python\nfrom datasets import load_dataset\n\n" + "\n".join(lines) + "\n```\n" + said


def _columns(manifest: Manifest) -> str:
    rows = [
        (f"`{name}`", f"`{_kind(kind)}{'?' if nullable else ''}`", COLUMN_MEANINGS.get(name, "as the scrape has it"))
        for name, kind, nullable in columns_of("default", own_columns(manifest.own))
    ]
    return _table("Columns", ("column", "type", "meaning"), rows)


def _text(measures: Measures) -> str:
    rows = []
    for code, count in _ranked(measures.languages):
        words, characters = measures.words[code], measures.characters[code]
        rows.append((_language(code), f"{count:,}", f"{words:,}", f"{characters:,}"))
    table = _table("Languages", ("language", "records", "words", "characters"), rows)
    head = ("language", *LETTERS)
    mix = [
        (_language(code), *(f"{_share(measures.letters[code][name], measures.characters[code])}" for name in LETTERS))
        for code, _ in _ranked(measures.languages)
    ]
    return table + "\n" + _table("", head, mix) + "\nLetters per thousand characters, as published.\n"


def _sources(manifest: Manifest, measures: Measures, facts: CardFacts) -> str:
    rows = [
        (_cell(name), f"{count:,}", _cell(facts.source_licenses.get(name, "unknown")))
        for name, count in _ranked(measures.sources)[:30]
    ]
    text = _table("Sources and dates", ("source", "records", "licence"), rows) if rows else "## Sources and dates\n"
    if len(measures.sources) > 30:
        text += f"\nand {len(measures.sources) - 30:,} more sources.\n"
    if manifest.folded_sources:
        spelled = "; ".join(f"{_cell(name)} as {_cell(usual)}" for name, usual in manifest.folded_sources.items())
        text += f"\nSpellings of one outlet, counted as one: {spelled}.\n"
    unknown = ", ".join(f"{count:,} without {name}" for name, count in sorted(measures.unknown.items()) if count)
    text += f"\nRecords: {unknown}.\n" if unknown else ""
    return text


def _defects(manifest: Manifest, measures: Measures) -> str:
    left: Counter[str] = Counter()
    for (code, _), count in measures.left.items():
        left[code] += count
    codes = sorted({*measures.edits, *left, *measures.withheld})
    rows = [
        (
            f"{code} {manifest.recipe.rules.get(code, '').split('/')[0]}".strip(),
            f"{measures.edits[code] + left[code] + measures.withheld[code]:,}",
            f"{measures.edits[code]:,}",
            f"{left[code]:,}",
            f"{measures.withheld[code]:,}",
        )
        for code in codes
    ]
    text = _table("Defects, by rule", ("rule", "found", "fixed (edits)", "left (findings)", "withheld (stories)"), rows)
    if not rows:
        text = "## Defects, by rule\n\nNo rule had anything to say.\n"
    if measures.reasons:
        said = ", ".join(f"{reason} {count:,}" for reason, count in _ranked(measures.reasons))
        text += f"\nWithheld because: {said}.\n"
    if measures.suppressed:
        said = ", ".join(f"{code} {count:,}" for code, count in _ranked(measures.suppressed))
        text += f"\nCalled none by the documents' own metadata, neither fixed nor withheld: {said}.\n"
    if measures.stories:
        text += f"\n{measures.stories:,} records are second or later stories of their file.\n"
    return text


def _undo(manifest: Manifest) -> str:
    if not manifest.of("edits"):
        return ""
    told = {
        "full": "Config `edits` holds what was taken out: undoing a record's edits from the last to the first gives "
        "the raw text of its file, whose sha256 is `raw_sha256`. `corpuslint verify` does so for every record.",
        "hash": "Config `edits` says where and by which rule text was taken out, with its length and sha256, not the "
        "text itself.",
        "none": "Config `edits` says where and by which rule text was taken out, and how long it was, not the text.",
    }
    stones = len(manifest.tombstones)
    also = f" {stones} texts were taken down; their edits are withheld too.\n" if stones else "\n"
    return f"## What was changed\n\n{told[manifest.recipe.removed_text]}{also}"


def _versions(manifest: Manifest, diff: VersionDiff | None) -> str:
    text = "## Versions\n\n"
    if diff is None:
        text += "This is the first version.\n"
    else:
        counts = diff.counts()
        said = ", ".join(f"{counts[kind]:,} {kind}" for kind in CHANGES if counts[kind]) or "no record changed"
        text += f"Against {diff.old}: {said}. Record by record: `diff/from-{diff.old}.json`. See also `CHANGELOG.md`.\n"
    plan = ", ".join(f"`{name}` {weight:g}" for name, weight in manifest.splits.items())
    return text + (
        f"\nSplits: {plan}, by a hash of the near-duplicate group; a record never moves to another split. "
        "A minor step adds, removes or changes records; a major step changes columns or splits; "
        "a patch changes no row.\n"
    )


def _person(measures: Measures, facts: CardFacts) -> str:
    limits = [
        "Language, dates and sources are what the pages say, or rules read from them; nobody checked them by hand.",
        "Rules miss defects; `findings` lists what they saw and left.",
    ]
    if measures.unknown["published"]:
        limits.append(f"{measures.unknown['published']:,} records have no date.")
    asked = (
        ("Why these texts", facts.curation),
        ("How they were collected", facts.collection),
        ("Personal information", facts.personal_information),
        ("Intended use", facts.intended_use),
        ("Contact", facts.contact),
        ("Citation", facts.citation),
        (
            "Licence",
            facts.license + (f" ({facts.license_link})" if facts.license_link else "") if facts.license else "",
        ),
    )
    listed = "".join(f"- {limit}\n" for limit in limits) + (f"\n{facts.limits}\n" if facts.limits else "")
    return f"## Known limits\n\n{listed}" + "".join(f"\n## {title}\n\n{said or UNKNOWN}\n" for title, said in asked)


def _table(title: str, head: tuple[str, ...], rows: Iterable[tuple[str, ...]]) -> str:
    lines = [f"## {title}\n"] if title else []
    lines += ["| " + " | ".join(head) + " |", "|" + "---|" * len(head)]
    lines += ["| " + " | ".join(row) + " |" for row in rows]
    return "\n".join(lines) + "\n"


def _cell(text: str) -> str:
    """Text from the corpus in a table: no markup of its own, and its direction kept to itself."""
    flat = " ".join(text.split())
    return f"<bdi>{escape(flat, quote=False)}</bdi>".replace("|", "&#124;").replace("`", "&#96;").replace("[", "&#91;")


def _language(code: str) -> str:
    name = "undetermined" if code == "und" else LANGUAGES[code].name if code in LANGUAGES else ""
    return f"{name} (`{code}`)" if name else f"`{code}`"


def _share(count: int, total: int) -> str:
    return f"{1000 * count / total:.2f}" if total else "0"


def _ranked(counts: Counter[str]) -> list[tuple[str, int]]:
    return sorted(counts.items(), key=lambda item: (-item[1], item[0]))


def _kind(kind: Any) -> str:
    if isinstance(kind, list):
        return f"list<{_kind(kind[0])}>"
    if isinstance(kind, dict):
        return "struct<" + ", ".join(f"{name}: {_kind(part)}" for name, part in kind.items()) + ">"
    return str(kind)


_SIZES = ("1K", "10K", "100K", "1M", "10M", "100M", "1B", "10B", "100B")


def _size(total: int) -> str:
    if total >= 10**12:
        return "n>1T"
    step = min(max(0, len(str(total)) - 3), len(_SIZES) - 1)
    return f"{_SIZES[step - 1]}<n<{_SIZES[step]}" if step else f"n<{_SIZES[0]}"
