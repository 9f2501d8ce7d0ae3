"""What rules of each kind find and mend, and the keys that all kinds have."""

from __future__ import annotations

from pathlib import Path

import pytest

from corpuslint.engine.check import check_document
from corpuslint.engine.fix import fix_document
from corpuslint.engine.ruleset import ruleset
from corpuslint.errors import PackError
from corpuslint.model.document import Document, DocumentId
from corpuslint.model.levels import Applicability
from corpuslint.packs.loader import load_pack

BODY = "افتتحت البلدية صباح اليوم حديقة عامة جديدة في الحي الشمالي بحضور عدد كبير من السكان."
PERSIAN = "شهردار گفت پارک تازه در این محله برای مردم شهر ساخته خواهد شد و کار آن از فردا آغاز می شود"


def write(folder: Path, table: str, head: str = "", **files: str) -> Path:
    folder.mkdir()
    (folder / "pack.toml").write_text('[pack]\nname = "mine"\nsummary = "s"\ndeclarative = ["site.toml"]\n', "utf-8")
    (folder / "site.toml").write_text(
        f"""{head}
[[rule]]
code = "ART950"
name = "of-the-site"
severity = "error"
{table}
docs = {{ finds = "f", why = "w" }}
invalid = [ {{ text = "x" }} ]
valid = [ {{ text = "y", why = "w" }} ]
""",
        "utf-8",
    )
    for name, content in files.items():
        (folder / name.replace("_", ".")).write_text(content, "utf-8")
    return folder


def found(folder: Path, text: str, **metadata: str) -> list[tuple[str, str]]:
    document = Document(DocumentId("d"), text, metadata)
    findings = check_document(document, ruleset(load_pack(folder).rules))
    return [(finding.message, finding.span.of(text)) for finding in findings]


def fixed(folder: Path, text: str) -> str:
    rules = ruleset(load_pack(folder).rules, min_confidence=0.0)
    return fix_document(Document(DocumentId("d"), text), rules, Applicability.UNSAFE).text


@pytest.mark.parametrize(
    ("table", "text", "findings", "mended"),
    [
        pytest.param(
            'kind = "find"\ngroup = "line"\npattern = "[?]"\nmessage = "{count}"\nfix = { replace = "؟" }',
            "من? متى?\nأين?",
            [("2", "? متى?"), ("1", "?")],
            "من؟ متى؟\nأين؟",
            id="find: those of a line together",
        ),
        pytest.param(
            'kind = "find"\ngroup = "text"\npattern = ["!{2,}", "،{2,}"]\nmessage = "{count}"\n'
            'fix = { replace = ["!", "،"] }',
            "نعم!! قال،، ثم",
            [("2", "!! قال،،")],
            "نعم! قال، ثم",
            id="find: patterns with a replacement each",
        ),
        pytest.param(
            'kind = "find"\noutside = "addresses"\npattern = "[?]"\nmessage = "m"',
            "https://example.org/a?b من?",
            [("m", "?")],
            "https://example.org/a?b من?",
            id="find: addresses are left",
        ),
        pytest.param(
            'kind = "find"\npattern = \'(?P<span>[{letter}]+)(?P<edit> +)!\'\nmessage = "{text}"\n'
            'fix = { replace = "" }',
            "نعم  ! لا",
            [("نعم", "نعم")],
            "نعم! لا",
            id="find: one place reported, another mended",
        ),
        pytest.param(
            'kind = "find"\npattern = "<<[^>]*>>"\nmessage = "{found}"\nfix = { delete = "piece" }',
            "قبل\n<<ad>>\nبعد <<x>> ثم",
            [("<<ad>>", "<<ad>>"), ("<<x>>", "<<x>>")],
            "قبل\nبعد ثم",
            id="find: a piece goes, with its line where it stands alone",
        ),
        pytest.param(
            'kind = "ending"\npattern = "(?P<mark>-30-)$"\nmessage = "{text}"',
            f"{BODY} -30-\n",
            [("-30-", "-30-")],
            f"{BODY}\n",
            id="ending: behind the last sentence",
        ),
        pytest.param(
            'kind = "line"\nwhere = "edges"\nreach = 1\nfewest = 2\npattern = "[0-9]+"\nmessage = "{text}"\n'
            'fix = { delete = "line" }',
            f"12\n{BODY}\n13\n{BODY}\n14\n",
            [("12", "12"), ("14", "14")],
            f"{BODY}\n13\n{BODY}\n",
            id="line: at the edges",
        ),
        pytest.param(
            'kind = "line"\nwhere = "head"\nreach = 1\nlongest = 4\npattern = "[0-9]+"\nanywhere = "[*]+"\n'
            'message = "m"',
            f"12345\n{BODY}\n***\n",
            [("m", "***")],
            f"12345\n{BODY}\n***\n",
            id="line: not longer than it may be; anywhere where it is certain",
        ),
        pytest.param(
            'kind = "find"\nmap = { "شي" = "شی" }\nmessage = "{text}: {right}"',
            "هذا شي آخر",
            [("شي: شی", "شي")],
            "هذا شی آخر",
            id="find: words with the right ones",
        ),
        pytest.param(
            'kind = "line"\nlabels = ["المراسل"]\nvalue = "empty"\nmessage = "m"\n'
            'fix = { delete = "line", applicability = "unsafe" }',
            f"{BODY}\nالمراسل:\n",
            [("m", "المراسل:")],
            f"{BODY}\n",
            id="line: a label without a value",
        ),
        pytest.param(
            'kind = "line"\nthrough = "blank"\nphrases = ["مواقيت الصلاة"]\nmessage = "m"\nfix = { delete = "line" }',
            f"{BODY}\n\nمواقيت الصلاة\nالفجر 4:10\n\n{BODY}\n",
            [("m", "مواقيت الصلاة\nالفجر 4:10")],
            f"{BODY}\n\n\n{BODY}\n",
            id="line: with what is below",
        ),
        pytest.param(
            'kind = "line"\npattern = "بقلم (?P<value>.+)|بلا كاتب"\nlift = "author"\nmessage = "m"',
            f"بقلم سامي\nبلا كاتب\n{BODY}\n",
            [("m", "بقلم سامي"), ("m", "بلا كاتب")],
            f"بلا كاتب\n{BODY}\n",
            id="line: a value that only some lines have",
        ),
        pytest.param(
            'kind = "limit"\nmeasure = "words"\nmin = 3\nmessage = "m"', "كلمة", [("m", "")], "كلمة", id="limit"
        ),
        pytest.param(
            'kind = "limit"\nmax = 0\npattern = "سري"\nmessage = "m"',
            "خبر سري",
            [("m", "")],
            "خبر سري",
            id="limit: a pattern that must not be there",
        ),
        pytest.param(
            'kind = "limit"\nmin = 1\nmetadata = "author"\nmessage = "m"',
            "خبر",
            [("m", "")],
            "خبر",
            id="limit: metadata that must be there",
        ),
        pytest.param(
            'kind = "page"\npiece = "share"\nmessage = "m"',
            f"{BODY}\nشارك الخبر عبر فيسبوك وواتساب\n",
            [("m", "شارك الخبر عبر فيسبوك وواتساب")],
            f"{BODY}\n",
            id="page",
        ),
        pytest.param(
            'kind = "letter"\nlanguage = "fa"\npattern = "ي"\nmessage = "{count}"\n'
            'fix = { replace = "ی", applicability = "safe" }',
            PERSIAN.replace("شهردار", "شهرداري").replace("این", "اين"),
            [("2", "ي گفت پارک تازه در اي")],
            PERSIAN.replace("شهردار", "شهرداری"),
            id="letter",
        ),
        pytest.param(
            'kind = "alphabet"\nlanguage = "fa"\nneeds = "[پچژگ]"\nmessage = "{word}"\n'
            'fix = { applicability = "safe" }',
            PERSIAN.replace("این", "اين"),
            [("اين", "اين")],
            PERSIAN,
            id="alphabet",
        ),
    ],
)
def test_a_kind_reports_and_mends(
    tmp_path: Path, table: str, text: str, findings: list[tuple[str, str]], mended: str
) -> None:
    folder = write(tmp_path / "mine", table)
    assert (found(folder, text), fixed(folder, text)) == (findings, mended)


def test_a_list_of_words_leaves_protected_text_and_other_languages(tmp_path: Path) -> None:
    table = 'kind = "find"\nlanguage = "ar"\noutside = "protected"\nwords-file = "words.tsv"\nmessage = "{text}"'
    folder = write(tmp_path / "mine", table, words_tsv="لاكن\tلكن\n")
    assert found(folder, f"{BODY} لاكن #لاكن قال") == [("لاكن", "لاكن")]
    assert found(folder, f"{PERSIAN} لاكن") == []


@pytest.mark.parametrize(
    ("source", "expected"),
    [("okaz", [("m", "!!!")]), ("okaz-sport", [("m", "!!!")]), ("sabq", []), ("", [])],
)
def test_a_rule_may_be_limited_to_sources(tmp_path: Path, source: str, expected: list[tuple[str, str]]) -> None:
    folder = write(tmp_path / "mine", 'kind = "find"\nsource = ["okaz*"]\npattern = "!!!"\nmessage = "m"')
    assert found(folder, "فوز كبير!!!", **({"source": source} if source else {})) == expected


def test_patterns_and_examples_name_what_a_file_repeats(tmp_path: Path) -> None:
    head = "[parts]\nsign = '[*#]'\n[texts]\nbody = \"متن\"\n"
    table = 'kind = "find"\npattern = \'{sign}{2}[{digit}]\'\nmessage = "m"'
    folder = write(tmp_path / "mine", table, head)
    path = folder / "site.toml"
    path.write_text(path.read_text("utf-8").replace('text = "x"', 'text = "{body} **1"'), "utf-8")
    (rule,) = load_pack(folder).rules
    assert (found(folder, "a *#٣"), rule.spec.invalid[0].text) == ([("m", "*#٣")], "متن **1")


@pytest.mark.parametrize(
    ("table", "message"),
    [
        ('kind = "find"\npattern = \'[{leter}]\'\nmessage = "m"', "names the part {leter}, which is unknown"),
        ('kind = "ending"\npattern = "x$"\nmessage = "m"', "has a group"),
        ('kind = "find"\nmessage = "m"', "needs one of 'pattern', 'phrases', 'markup', 'map' and 'words-file'"),
        ('kind = "page"\npiece = "sharing"\nmessage = "m"', "'piece' must be one of breadcrumb, comment-box"),
        ('kind = "find"\npattern = "x"\nmessage = "m"\nfix = { delte = "line" }', "unknown key 'delte'"),
        (
            'kind = "find"\npattern = ["x", "y"]\nmessage = "m"\nfix = { replace = ["z"] }',
            "'replace' has one text, or one for each pattern",
        ),
        ('kind = "python"\nwords = { a = 3 }\nmessage = "m"', "'a' must be a string or a list of strings"),
        (
            'kind = "line"\npattern = "x"\nreach = "far"\nmessage = "m"',
            "'reach' must be a whole number of 1 or more, not 'far'",
        ),
        ('kind = "line"\nmessage = "m"', "needs one of 'pattern', 'phrases' and 'labels'"),
        ('kind = "line"\nlabels = "a"\nphrases = "b"\nmessage = "m"', "needs one of 'pattern', 'phrases' and 'labels'"),
        ('kind = "line"\nlabels = "a"\npattern = "b"\nmessage = "m"', "needs one of 'pattern', 'phrases' and 'labels'"),
        ('kind = "line"\npattern = "x.*"\nlift = "author"\nmessage = "m"', "'lift' needs a value: 'labels'"),
        ('kind = "line"\nlabels = "a"\nvalue = "empty"\nlift = "b"\nmessage = "m"', "'lift' needs a value: 'labels'"),
        (
            'kind = "line"\nlabels = "a"\nlift = "b"\nthrough = "end"\nmessage = "m"',
            "'lift' and 'through' cannot stand together",
        ),
        ('kind = "line"\nlabels = "a"\nlift = "b"\nuntil = "c"\nmessage = "m"', "'lift' and 'until' cannot"),
        ('kind = "line"\nphrases = "a"\nthrough = "end"\nuntil = "c"\nmessage = "m"', "'through' and 'until' cannot"),
        ('kind = "line"\nphrases = "a"\nvalue = "present"\nmessage = "m"', "'value' needs 'labels'"),
        ('kind = "line"\nphrases = "a"\nreach = 2\nmessage = "m"', "'reach' needs 'where'"),
        ('kind = "find"\nphrases = [""]\nmessage = "m"', "each of 'phrases' needs a letter or a digit"),
        ('kind = "line"\nphrases = ["a", " "]\nmessage = "m"', "each of 'phrases' needs a letter or a digit"),
        ('kind = "letter"\nlanguage = "fa"\npattern = []\nmessage = "m"', "needs a 'pattern'"),
        ('kind = "line"\nlabels = [""]\nmessage = "m"', "each of 'labels' needs a letter or a digit"),
        ('kind = "limit"\nmeasure = "words"\nmessage = "m"', "needs 'min' or 'max'"),
        (
            'kind = "limit"\nmeasure = "words"\nmin = 3\nmax = 2\nmessage = "m"',
            "'min' must not be above 'max', which is 2",
        ),
        (
            'kind = "find"\npattern = "x"\nconfidence = 3.0\nmessage = "m"',
            "'confidence' must be a number from 0 to 1, not 3.0",
        ),
        ('kind = "find"\npattern = "x"\ndoubt = { words = [""] }\nmessage = "m"', "each of 'words' of 'doubt' needs"),
        ('kind = "code"\nmarkup = "tag"\nmessage = "m"', 'kind "code" is now kind = "find" with markup'),
        ('kind = "replace"\nmessage = "m"', 'kind "replace" is now kind = "find" with map'),
        ('kind = "lexicon"\nmessage = "m"', 'kind "lexicon" is now kind = "find" with words-file'),
        ('kind = "block"\nmessage = "m"', 'kind "block" is now kind = "line" with through = "blank"'),
        ('kind = "label"\nmessage = "m"', 'kind "label" is now kind = "line" with labels'),
        ('kind = "forbid"\nmessage = "m"', 'kind "forbid" is now kind = "limit" with max = 0'),
        ('kind = "require"\nmessage = "m"', 'kind "require" is now kind = "limit" with min = 1'),
        (
            'kind = "line"\npattern = "x"\nmessage = "m"\nfix = { delete = "block" }',
            'delete = "block" is now delete = "line"',
        ),
    ],
)
def test_a_wrong_key_is_named(tmp_path: Path, table: str, message: str) -> None:
    with pytest.raises(PackError) as caught:
        load_pack(write(tmp_path / "mine", table))
    assert message in caught.value.message


def test_a_pattern_that_looks_around_wakes_its_rule(tmp_path: Path) -> None:
    table = 'kind = "find"\npattern = \'(?<![0-9])-30-(?![0-9])\'\nmessage = "m"'
    folder = write(tmp_path / "mine", table)
    assert (found(folder, "نهاية -30- الخبر"), found(folder, "رقم 2-30-4")) == ([("m", "-30-")], [])


@pytest.mark.parametrize(
    ("text", "sure"),
    [
        pytest.param("ابحث مرة أخرى", 0.9, id="no-word-of-doubt"),
        pytest.param("قرأ أن البحث لم ينته", 0.8, id="told"),
        pytest.param("عفوا، البحث لم ينته", 0.9, id="the-page-speaks"),
        pytest.param("قرأ «عفوا، البحث لم ينته»", 0.8, id="quoted"),
    ],
)
def test_findings_with_a_word_of_doubt_are_shown_only(text: str, sure: float, tmp_path: Path) -> None:
    table = (
        'kind = "line"\npattern = ".+"\nmessage = "m"\nconfidence = 0.9\n'
        'doubt = { words = ["البحث"], unless = ["عفوا"] }\nfix = { delete = "line", applicability = "unsafe" }'
    )
    findings = check_document(Document(DocumentId("d"), text), ruleset(load_pack(write(tmp_path / "p", table)).rules))
    assert [finding.confidence for finding in findings] == [sure]
