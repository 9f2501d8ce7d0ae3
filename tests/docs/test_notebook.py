"""The notebook in docs/ runs from its first cell to its last, and shows what it says."""

from __future__ import annotations

from pathlib import Path

import nbformat
from nbclient import NotebookClient

NOTEBOOK = Path(__file__).parents[2] / "docs" / "notebook.ipynb"


def test_the_notebook_runs() -> None:
    notebook = nbformat.read(NOTEBOOK, as_version=4)
    NotebookClient(notebook, timeout=300, kernel_name="python3").execute()
    shown = [
        output["data"]["text/plain"]
        for cell in notebook.cells
        for output in cell.get("outputs", ())
        if "data" in output
    ]
    assert "LET001" in shown[0]
    assert "SRC001" in shown[0]
    assert "كوريا الشمالية" in shown[2]
    assert "1,250" in shown[2]
    assert shown[3] == "[[], ['SRC001'], []]"
    assert shown[-1] == "True"
