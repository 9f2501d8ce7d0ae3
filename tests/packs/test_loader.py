"""A user's pack comes in by the same door as ours, and a pack that is wrong stops with file and line."""

from __future__ import annotations

from pathlib import Path

import pytest

from corpuslint.engine.check import check_document
from corpuslint.engine.ruleset import ruleset
from corpuslint.errors import PackError
from corpuslint.model.document import Document, DocumentId
from corpuslint.model.levels import Applicability
from corpuslint.packs.loader import load_pack, load_packs
from corpuslint.testing import check_examples

MANIFEST = '[pack]\nname = "mine"\nsummary = "s"\ndeclarative = ["site.toml"]\n'
RULE = """[[rule]]
code = "ART950"
name = "site-footer"
kind = "line"
severity = "error"
message = "footer of the site"
phrases = ["جميع الحقوق محفوظة"]
fix = { delete = "line" }
docs = { finds = "The footer.", why = "It is no text." }
invalid = [ { text = "خبر\\nجميع الحقوق محفوظه\\n", fixed = "خبر\\n" } ]
valid = [ { text = "قال إن جميع الحقوق محفوظة له", why = "prose" } ]
"""
LIFT = RULE.replace("phrases =", 'lift = "source"\nlabels =').replace(
    '{ delete = "line" }', '{ applicability = "unsafe" }'
)
SWAP = (
    RULE.replace('kind = "line"', 'kind = "find"')
    .replace("phrases = [", 'map = { "شي" = "REPLACEMENT" } #')
    .replace('{ delete = "line" }', '{ applicability = "safe" }')
)
PYTHON = '''"""Shouting."""
from corpuslint import Docs, Example, RuleCode, RuleSpec, Severity, Span, Triggers

class Shouting:
    spec = RuleSpec(
        code=RuleCode("PUN950"), name="shouting", summary="s", message="shouting", severity=Severity.INFO,
        docs=Docs("f", "w"), invalid=(Example("لا!!!!"),), valid=(Example("لا!"),),
        triggers=Triggers(literals=("!!!!",)),
    )

    def check(self, anatomy):
        at = anatomy.text.find("!!!!")
        if at >= 0:
            yield self.spec.report(anatomy.document, Span(at, at + 4))

RULES = (Shouting(),)
'''


def write_pack(folder: Path, **files: str) -> Path:
    folder.mkdir()
    for name, content in files.items():
        (folder / name.replace("_", ".")).write_text(content, "utf-8")
    return folder


def test_user_pack_with_a_declarative_and_a_python_rule(tmp_path: Path) -> None:
    manifest = MANIFEST + 'python = ["shout.py"]\n'
    pack = load_pack(write_pack(tmp_path / "mine", pack_toml=manifest, site_toml=RULE, shout_py=PYTHON))
    assert [rule.spec.code for rule in pack.rules] == ["ART950", "PUN950"]
    for rule in pack.rules:
        check_examples(rule)
    document = Document(DocumentId("a"), "خبر!!!!\nجميع الحقوق محفوظة\n")
    assert [(d.code, d.span.of(document.text)) for d in check_document(document, ruleset(pack.rules))] == [
        ("PUN950", "!!!!"),
        ("ART950", "جميع الحقوق محفوظة"),
    ]


@pytest.mark.parametrize("key", ["declarative", "python", "extends"])
@pytest.mark.parametrize("value", ["3", "true"])
def test_a_list_of_files_that_is_none_is_refused(tmp_path: Path, key: str, value: str) -> None:
    folder = write_pack(tmp_path / "mine", **{"pack.toml": f'[pack]\nname = "mine"\nsummary = "s"\n{key} = {value}\n'})
    with pytest.raises(PackError, match=f"'{key}' must be a string or a list of strings"):
        load_packs([folder])


@pytest.mark.parametrize(
    ("rule", "message", "line"),
    [
        (RULE.replace("severity", "severty"), "unknown key 'severty'", 5),
        (RULE.replace('"line"', '"lines"', 1), "'kind' must be one of", 4),
        (RULE.replace("phrases =", "pattern = '('\n#"), "not a regular expression", 7),
        (RULE.replace("invalid", "#invalid"), "needs both `invalid` and `valid`", 0),
        (RULE.replace('name = "site-footer"\n', ""), "needs the key 'name'", 1),
        (RULE.replace('message = "footer of the site"', "message = 3"), "'message' must be a string", 6),
        (RULE + "= 3", "not valid TOML", 12),
        (RULE.replace('"line" }', '"line", applicability = "safe" }'), "a safe fix removes no word", 8),
        (
            RULE.replace('"line" }', '"match", applicability = "safe" }').replace('"line"', '"find"'),
            "the letters of",
            8,
        ),
        (LIFT.replace('"unsafe"', '"safe"'), "it takes whole lines with their words", 9),
        (SWAP.replace("REPLACEMENT", "شیئ"), "it changes the letters of 'شي'", 8),
        (RULE.replace("phrases =", 'lists = "../x"\nphrases ='), "no list of a shipped pack", 7),
        (RULE.replace("phrases =", 'lists = ["sources/none"]\nphrases ='), "'sources/none', which is no list", 7),
    ],
    ids=[
        "unknown-key",
        "kind",
        "pattern",
        "no-examples",
        "no-name",
        "type",
        "toml",
        "safe-line",
        "safe-words",
        "safe-lift",
        "safe-map",
        "list-elsewhere",
        "no-list",
    ],
)
def test_wrong_pack_names_file_and_line(tmp_path: Path, rule: str, message: str, line: int) -> None:
    with pytest.raises(PackError) as caught:
        load_pack(write_pack(tmp_path / "mine", pack_toml=MANIFEST, site_toml=rule))
    assert message in str(caught.value)
    assert caught.value.line == line
    assert str(tmp_path) in caught.value.place


def test_files_outside_the_pack_are_refused(tmp_path: Path) -> None:
    (tmp_path / "evil.toml").write_text(RULE, "utf-8")
    with pytest.raises(PackError, match="outside the pack"):
        load_pack(write_pack(tmp_path / "mine", pack_toml=MANIFEST.replace("site.toml", "../evil.toml")))


def test_python_error_names_the_line(tmp_path: Path) -> None:
    manifest = MANIFEST.replace("declarative", "python").replace("site.toml", "shout.py")
    with pytest.raises(PackError) as caught:
        load_pack(write_pack(tmp_path / "mine", pack_toml=manifest, shout_py="a = 1\nb = a / 0\n"))
    assert (caught.value.line, "ZeroDivisionError" in caught.value.message) == (2, True)


@pytest.mark.parametrize(
    ("rule", "applicability"),
    [(RULE, Applicability.UNSAFE), (SWAP.replace("REPLACEMENT", "شی"), Applicability.SAFE)],
    ids=["deletion", "same-letters"],
)
def test_a_declared_fix_is_as_safe_as_what_it_keeps(tmp_path: Path, rule: str, applicability: Applicability) -> None:
    rule = rule.replace('{ applicability = "safe" }', '{ title = "Write it right" }')
    pack = load_pack(write_pack(tmp_path / "mine", pack_toml=MANIFEST, site_toml=rule))
    document = Document(DocumentId("a"), "شي\nجميع الحقوق محفوظة\n")
    assert [finding.fix and finding.fix.applicability for finding in check_document(document, ruleset(pack.rules))] == [
        applicability
    ]
