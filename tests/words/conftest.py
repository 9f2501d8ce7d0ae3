"""The kernel as it was compiled, and the same source as Python runs it."""

from __future__ import annotations

import importlib.util
import sys
from pathlib import Path
from types import ModuleType

import pytest

from corpuslint.words import kernel as imported


def _from_source() -> ModuleType:
    path = Path(imported.__file__).parent / "kernel.py"
    spec = importlib.util.spec_from_file_location("kernel_from_source", path)
    assert spec is not None and spec.loader is not None
    module = importlib.util.module_from_spec(spec)
    with pytest.MonkeyPatch.context() as patch:
        patch.setitem(sys.modules, "cython", None)  # as where Cython is not installed
        spec.loader.exec_module(module)
    return module


SOURCE = _from_source()
COMPILED = imported if imported.COMPILED else None


@pytest.fixture(params=["compiled", "source"])
def kernel(request: pytest.FixtureRequest, monkeypatch: pytest.MonkeyPatch) -> ModuleType:
    """Each way the kernel can run; everything in `corpuslint.words` runs with it."""
    module = SOURCE if request.param == "source" else COMPILED
    if module is None:
        pytest.skip("the kernel is not compiled here: python hatch_build.py")
    for name in ("reading", "lexicon", "phrases", "openings"):
        monkeypatch.setattr(f"corpuslint.words.{name}.kernel", module)
    return module
