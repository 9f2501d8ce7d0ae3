"""The JSON Schemas of what users write and read, made from the types that the code itself uses.

`python -m release.schemas` writes them to `schemas/`; a test fails when they are not current.
"""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any, Union

import msgspec
import pyarrow as pa

from corpuslint.config import options
from corpuslint.config.settings import DEFAULTS
from corpuslint.model.levels import Severity
from corpuslint.packs.declarative import KINDS
from corpuslint.packs.tables import ManifestTable
from corpuslint.publishing.manifest import MANIFEST_VERSION, Manifest
from corpuslint.publishing.parquet import COLUMNS, arrow_schema
from corpuslint.reporting.json import FindingObject
from corpuslint.version import REPOSITORY

Schema = dict[str, Any]

_DIALECT = "https://json-schema.org/draft/2020-12/schema"
_TEXT: Schema = {"type": "string"}
_TEXTS: Schema = {"type": "array", "items": _TEXT}
_TEXT_OR_TEXTS: Schema = {"anyOf": [_TEXT, _TEXTS]}
_WHOLE: Schema = {"type": "integer", "minimum": 0}
_CODE: Schema = {"type": "string", "pattern": "^[A-Z]{3}[0-9]{3}$"}
_SEVERITY: Schema = {"enum": [level.value for level in reversed(Severity)]}


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
        key: _without_null(msgspec.json.schema(kind)) | {"description": options.described()[key].purpose}
        for key, kind in options.TYPES.items()
    }
    properties["severity"]["additionalProperties"] = _SEVERITY
    values = dict.fromkeys(("files", *DEFAULTS), _TEXT_OR_TEXTS)
    properties["defaults"]["items"] |= {"properties": values, "additionalProperties": False}
    return _table("config", "corpuslint.toml, or [tool.corpuslint] in pyproject.toml", properties)


def _without_null(schema: Schema) -> Schema:
    """The schema of what may be left out: None stands for that, and cannot be written."""
    left = [one for one in schema["anyOf"] if one != {"type": "null"}]
    if "$ref" in left[0]:
        (table,) = schema["$defs"].values()
        keys = {key: _without_null({"anyOf": one["anyOf"]}) for key, one in table["properties"].items()}
        return {"type": "object", "properties": keys, "additionalProperties": False}
    return left[0] if len(left) == 1 else {"anyOf": left}


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
    schema = _table("pack", "pack.toml and the rule files of a pack", properties)
    return {**schema, "$defs": definitions}


def record_schema() -> Schema:
    """The schema of one record of a published dataset, column by column."""
    properties = {
        column.name: _column(part.type, column.may_be_null) | {"description": column.meaning}
        for column, part in zip(COLUMNS["default"], arrow_schema("default"), strict=True)
    }
    properties["raw_sha256"]["pattern"] = properties["text_sha256"]["pattern"] = "^[0-9a-f]{64}$"
    properties["findings"]["items"]["properties"] |= {"code": _CODE, "severity": _SEVERITY}
    title = "One record of a published dataset, and the fields of the user's own"
    return _table("record", title, properties, closed=False) | {"required": [*properties]}


def _column(kind: pa.DataType, may_be_null: bool = False) -> Schema:
    if pa.types.is_list(kind):
        return {"type": "array", "items": _column(kind.value_type)}
    if pa.types.is_struct(kind):
        parts = {part.name: _column(part.type) for part in kind}
        return {"type": "object", "properties": parts, "required": [*parts], "additionalProperties": False}
    if kind != pa.string():
        return dict(_WHOLE)
    return {"type": ["string", "null"]} if may_be_null else dict(_TEXT)


def report_schema() -> Schema:
    """The schema of `check --output-format json`."""
    (finding,), definitions = msgspec.json.schema_components((FindingObject,), ref_template="#/$defs/{name}")
    for definition in definitions.values():
        if "properties" in definition:
            definition["additionalProperties"] = False
    properties = definitions["FindingObject"]["properties"]
    properties |= {"code": _CODE, "evidence": {"type": "object"}}
    head = _document("report", "corpuslint check --output-format json")
    return {**head, "type": "array", "items": finding, "$defs": definitions}


def manifest_schema() -> Schema:
    """The schema of a dataset version's `manifest.json`."""
    _, definitions = msgspec.json.schema_components((Manifest,), ref_template="#/$defs/{name}")
    for definition in definitions.values():
        definition["required"] = sorted(definition["properties"])
    properties = {"manifest_version": {"const": MANIFEST_VERSION}, **definitions.pop("Manifest")["properties"]}
    schema = _table("manifest", "manifest.json of a dataset version", properties)
    return {**schema, "required": sorted(properties), "$defs": definitions}


def _document(name: str, title: str) -> Schema:
    return {"$schema": _DIALECT, "$id": f"{REPOSITORY}/schemas/{name}.schema.json", "title": title}


def _table(name: str, title: str, properties: Schema, *, closed: bool = True) -> Schema:
    return _document(name, title) | {"type": "object", "properties": properties, "additionalProperties": not closed}


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
