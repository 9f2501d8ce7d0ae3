"""Python files of packs, as modules. Whatever such a file does, it does as you."""

from __future__ import annotations

import hashlib
import importlib.util
import os
import re
import sys
from functools import cache
from pathlib import Path
from types import ModuleType

from corpuslint.errors import PackError


@cache
def module_of(path: Path) -> ModuleType:
    """The module that a Python file of a pack is, run once in a process.

    Raises PackError, with the line of the file, for whatever running it raises.
    """
    digest = hashlib.blake2b(os.path.realpath(path).encode("utf-8", "surrogateescape"), digest_size=6).hexdigest()
    name = f"corpuslint_pack_{re.sub(r'[^A-Za-z0-9]', '_', path.parent.name)}_{digest}_{path.stem}"
    if name in sys.modules:
        return sys.modules[name]
    specification = importlib.util.spec_from_file_location(name, path)
    if specification is None or specification.loader is None:
        raise PackError("is not a Python file", path=str(path))
    module = importlib.util.module_from_spec(specification)
    sys.modules[name] = module
    try:
        specification.loader.exec_module(module)
    except Exception as error:
        del sys.modules[name]
        line = error.lineno or 0 if isinstance(error, SyntaxError) else _line_of(error, path)
        raise PackError(f"{type(error).__name__}: {error}", path=str(path), line=line) from error
    return module


def _line_of(error: BaseException, path: Path) -> int:
    """The last line of `path` that the traceback of `error` passes through; 0 when it does not."""
    line, trace = 0, error.__traceback__
    while trace is not None:
        if trace.tb_frame.f_code.co_filename == str(path):
            line = trace.tb_lineno
        trace = trace.tb_next
    return line
