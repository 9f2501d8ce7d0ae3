"""corpuslint inside somebody else's pipeline."""

from __future__ import annotations

import importlib.util
from pathlib import Path

import pytest

from corpuslint.config.settings import Settings
from corpuslint.errors import CorpuslintError
from corpuslint.pipeline.datatrove import as_datatrove_step

HAS_DATATROVE = importlib.util.find_spec("datatrove") is not None


@pytest.mark.skipif(HAS_DATATROVE, reason="datatrove is installed")
def test_a_missing_datatrove_is_named(settings: Settings) -> None:
    with pytest.raises(CorpuslintError, match="datatrove is not installed"):
        as_datatrove_step(settings)


@pytest.mark.skipif(not HAS_DATATROVE, reason="datatrove is not installed")
def test_documents_pass_and_bad_ones_are_left_out(settings: Settings, tmp_path: Path) -> None:
    from datatrove.data import Document

    step = as_datatrove_step(settings, drop="error")
    given = [Document(text="a defect, a defect\n", id="a"), Document(text="nothing\n", id="b")]
    kept = list(step.run(iter(given)))
    assert [document.id for document in kept] == ["b"]
    assert given[0].metadata["corpuslint"] == {"TST001": 2}
    assert step.stats.stats["dropped"].total == 1
