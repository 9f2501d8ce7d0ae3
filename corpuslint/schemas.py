"""The JSON Schemas of what users write and read, made from the types that the code itself uses.

`python -m corpuslint.schemas` writes them to `schemas/`; a test fails when they are not current.
"""

from __future__ import annotations

import json
from dataclasses import fields
from pathlib import Path
from typing import Any, Union

import msgspec

from corpuslint.config.options import KIND_OF, Options
from corpuslint.config.settings import DEFAULTS
from corpuslint.model.levels import Applicability, Scope, Severity
from corpuslint.packs.declarative import KINDS
from corpuslint.packs.tables import ManifestTable
from corpuslint.publishing.manifest import MANIFEST_VERSION, Manifest
from corpuslint.version import DOCUMENTATION

Schema = dict[str, Any]

_DIALECT = "https://json-schema.org/draft/2020-12/schema"
_TEXT: Schema = {"type": "string"}
_TEXTS: Schema = {"type": "array", "items": _TEXT}
_TEXT_OR_TEXTS: Schema = {"anyOf": [_TEXT, _TEXTS]}
_WHOLE: Schema = {"type": "integer", "minimum": 0}
_CODE: Schema = {"type": "string", "pattern": "^[A-Z]{3}[0-9]{3}$"}
_SEVERITY: Schema = {"enum": [level.value for level in reversed(Severity)]}
_OPTIONAL_TEXT: Schema = {"type": ["string", "null"]}


def every_schema() -> dict[str, Schema]:
    """File name -> schema."""
    return {
        "config.schema.json": config_schema(),
        "manifest.schema.json": manifest_schema(),
        "pack.schema.json": pack_schema(),
        "record.schema.json": record_schema(),
        "report.schema.json": report_schema(),
    }


def config_schema() -> Schema:
    """The schema of `corpuslint.toml`."""
    properties = {
        entry.name.replace("_", "-"): {
            **msgspec.json.schema(KIND_OF[entry.name].written),
            "description": entry.metadata["help"],
        }
        for entry in fields(Options)
    }
    properties["severity"]["additionalProperties"] = _SEVERITY
    values = dict.fromkeys(("files", *DEFAULTS), _TEXT_OR_TEXTS)
    properties["defaults"]["items"] |= {"properties": values, "additionalProperties": False}
    return _document("config", "corpuslint.toml, or [tool.corpuslint] in pyproject.toml", properties, closed=True)


def pack_schema() -> Schema:
    """The schema of a pack's files: `pack.toml`, and the files of declarative rules it lists."""
    (pack, rule), definitions = msgspec.json.schema_components(
        (ManifestTable, Union[tuple(KINDS.values())]),  # noqa: UP007
        ref_template="#/$defs/{name}",
    )
    for kind in KINDS.values():
        properties = definitions[kind.__name__]["properties"]
        properties["code"] = _CODE
        properties["name"] = {"type": "string", "pattern": "^[a-z0-9]+(-[a-z0-9]+)*$"}
        properties["invalid"]["minItems"] = properties["valid"]["minItems"] = 1
        definitions[kind.__name__]["required"] += ["invalid", "valid"]
    named: Schema = {"type": "object", "additionalProperties": _TEXT}
    properties = {"pack": pack, "parts": named, "texts": named, "rule": {"type": "array", "items": rule}}
    schema = _document("pack", "pack.toml and the rule files of a pack", properties, closed=True)
    return {**schema, "$defs": definitions}


def record_schema() -> Schema:
    """The schema of one record of a published dataset, column by column."""
    left: Schema = {
        "type": "object",
        "properties": {"code": _CODE, "severity": _SEVERITY, "count": _WHOLE},
        "required": ["code", "severity", "count"],
        "additionalProperties": False,
    }
    sha: Schema = {"type": "string", "pattern": "^[0-9a-f]{64}$"}
    story: Schema = {"type": "integer", "minimum": 0}
    properties: Schema = {
        "id": {**_TEXT, "description": "stable: from source file and story index, not from position"},
        "text": {**_TEXT, "description": "the clean body"},
        "title": {**_OPTIONAL_TEXT, "description": "headline"},
        "language": {**_TEXT, "description": "BCP 47"},
        "published": {**_OPTIONAL_TEXT, "description": "ISO 8601 date or date-time, proleptic Gregorian"},
        "source": {**_OPTIONAL_TEXT, "description": "outlet"},
        "credit": {**_OPTIONAL_TEXT, "description": "wire or byline credit"},
        "url": {**_OPTIONAL_TEXT, "description": "where it was scraped"},
        "keywords": _TEXTS,
        "story_index": {**story, "description": "which story of its file"},
        "story_count": story,
        "file": _TEXT,
        "raw_sha256": sha,
        "text_sha256": sha,
        "findings": {"type": "array", "items": left},
    }
    schema = _document(
        "record", "One record of a published dataset, and the fields of the user's own", properties, closed=False
    )
    schema["required"] = list(properties)
    return schema


def report_schema() -> Schema:
    """The schema of `check --output-format json`."""
    location: Schema = {
        "type": "object",
        "properties": {"row": {"type": "integer", "minimum": 1}, "column": {"type": "integer", "minimum": 1}},
        "required": ["row", "column"],
        "additionalProperties": False,
    }
    places: Schema = {"location": location, "end_location": location, "offset": _WHOLE, "end_offset": _WHOLE}
    edit = _closed({"content": _TEXT, **places})
    fix = _closed(
        {
            "applicability": {"enum": [value.value for value in Applicability]},
            "message": _TEXT,
            "edits": {"type": "array", "items": edit},
            "fields": {"type": "object", "additionalProperties": _TEXT_OR_TEXTS},
        }
    )
    record = _closed({"index": _WHOLE, "id": _TEXT})
    finding = _closed(
        {
            "code": _CODE,
            "name": _TEXT,
            "severity": _SEVERITY,
            "message": _TEXT,
            "url": _TEXT,
            "filename": _TEXT,
            "record": {"anyOf": [{"type": "null"}, record]},
            "field": _TEXT,
            "scope": {"enum": [scope.value for scope in Scope]},
            "language": _TEXT,
            **places,
            "fix": {"anyOf": [{"type": "null"}, fix]},
            "confidence": {"type": "number", "minimum": 0, "maximum": 1},
            "evidence": {"type": "object"},
            "fingerprint": {"type": "string", "pattern": "^[0-9a-f]+$"},
        }
    )
    return {
        "$schema": _DIALECT,
        "$id": f"{DOCUMENTATION}/schemas/report.schema.json",
        "title": "corpuslint check --output-format json",
        "type": "array",
        "items": finding,
    }


def _closed(properties: Schema) -> Schema:
    return {
        "type": "object",
        "properties": properties,
        "required": list(properties),
        "additionalProperties": False,
    }


def manifest_schema() -> Schema:
    """The schema of a dataset version's `manifest.json`."""
    _, definitions = msgspec.json.schema_components((Manifest,), ref_template="#/$defs/{name}")
    for definition in definitions.values():
        definition["required"] = sorted(definition["properties"])
    properties = {"manifest_version": {"const": MANIFEST_VERSION}, **definitions.pop("Manifest")["properties"]}
    schema = _document("manifest", "manifest.json of a dataset version", properties, closed=True)
    return {**schema, "required": sorted(properties), "$defs": definitions}


def _document(name: str, title: str, properties: Schema, *, closed: bool) -> Schema:
    return {
        "$schema": _DIALECT,
        "$id": f"{DOCUMENTATION}/schemas/{name}.schema.json",
        "title": title,
        "type": "object",
        "properties": properties,
        "additionalProperties": not closed,
    }


def written(schema: Schema) -> str:
    """A schema as it lies in its file."""
    return json.dumps(schema, ensure_ascii=False, indent=2) + "\n"


def write_schemas(folder: Path) -> None:
    """Write every schema into `folder`."""
    folder.mkdir(exist_ok=True)
    for name, schema in every_schema().items():
        (folder / name).write_text(written(schema), "utf-8")


if __name__ == "__main__":
    from corpuslint.resources import schemas_folder

    write_schemas(schemas_folder())
