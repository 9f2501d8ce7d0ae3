"""Findings as bytes: how they travel between processes and lie in caches."""

from __future__ import annotations

import json
from collections.abc import Iterable
from functools import cache

import msgspec

from corpuslint.reporting.report import Finding

_ENCODER = msgspec.msgpack.Encoder()
_AS_JSON = b"\xc1"  # a byte that msgpack never writes


def packed(findings: Iterable[Finding]) -> bytes:
    """The findings as bytes; nothing where there are none.

    Half a surrogate pair, which UTF-8 cannot carry, makes them JSON with escapes.
    """
    given = tuple(findings)
    if not given:
        return b""
    try:
        return _ENCODER.encode(given)
    except UnicodeEncodeError:
        return _AS_JSON + json.dumps(msgspec.to_builtins(given)).encode()


def unpacked(data: bytes) -> tuple[Finding, ...]:
    """The findings that were made bytes of, in their order.

    Raises ValueError for other bytes.
    """
    if not data:
        return ()
    try:
        if data.startswith(_AS_JSON):
            return msgspec.convert(json.loads(data[1:]), tuple[Finding, ...])
        return _decoder().decode(data)
    except msgspec.MsgspecError as error:
        raise ValueError(f"no findings: {error}") from None


@cache
def _decoder() -> msgspec.msgpack.Decoder[tuple[Finding, ...]]:
    return msgspec.msgpack.Decoder(tuple[Finding, ...])
