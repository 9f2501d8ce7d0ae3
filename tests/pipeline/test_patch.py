"""`check --diff` is the patch that it says it is: applied by git, it gives the bytes that `--fix` gives."""

from __future__ import annotations

import contextlib
import io
import json
import shutil
import subprocess
from pathlib import Path

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from corpuslint.cli.app import main
from tests.conftest import Corpuslint

LINES = (
    "أعلن المجلس البلدي افتتاح الحديقة الجديدة في وسط المدينة أمس.",
    "قال رئيس المجلس , إن العمل انتهى قبل موعده.",
    "وتضم الحديقة ملعبا\N{NO-BREAK SPACE}ومكتبة  صغيرة للأطفال &amp; مقهى.",
    "المصدر: صحيفة الشاطئ",
    "[ad_1]",
    "كلمات دلالية: حدائق، مدينة",
    "اقرأ أيضا: اتفاق جديد بين الناديين",
    "",
)
STORY = (
    "افتتح وزير النقل صباح اليوم جسر المشاة الجديد في حي الزهور بعد عامين من العمل.",
    "وقال الوزير إن الجسر يربط الحي بمحطة القطار ويخدم عشرين ألفا من السكان كل يوم.",
    "وأضاف أن كلفة الجسر بلغت أربعة ملايين دينار , وأن الصيانة تتولاها بلدية المدينة.",
    "إقرأ أيضاً:",
    "فريق الشباب يحرز كأس الناشئين للمرة الثالثة",
    "أحرز فريق الشباب لكرة السلة كأس الناشئين للمرة الثالثة في تاريخه بفوزه على نادي الميناء 71-64 مساء الجمعة.",
    "وتقدم الميناء في الشوط الأول بفضل رميات هدافه سامر الحلبي , قبل أن يقلب الشباب النتيجة في الدقائق الأخيرة.",
    "وقال مدرب الشباب إن اللاعبين استحقوا الكأس بعد موسم لم يخسروا فيه سوى مباراتين.",
)
TEXTS = st.tuples(
    st.lists(st.sampled_from(LINES), min_size=1, max_size=8).map(tuple)
    | st.just(STORY)
    | st.just((*STORY, *LINES[:2])),
    st.sampled_from(("\n", "\r\n")),
    st.booleans(),
    st.sampled_from(("utf-8", "utf-8-sig", "cp1256")),
)
NAMES = ("a.txt", "b c.txt", "خبر.txt", 'q"uote.txt')


def files_of(folder: Path) -> dict[str, bytes]:
    return {
        path.relative_to(folder).as_posix(): path.read_bytes()
        for path in sorted(folder.rglob("*"))
        if path.is_file() and not {".git", ".corpuslint"} & set(path.parts)
    }


def same_both_ways(folder: Path, corpuslint: Corpuslint, *paths: str) -> bytes:
    """Apply the patch in one copy, fix in another, and compare; the patch."""
    copy = folder.parent / f"{folder.name}-fixed"
    shutil.copytree(folder, copy)
    options = ("--isolated", "--unsafe-fixes", "--no-cache", "--min-confidence", "0")
    patch = patch_of(folder, *options)
    if patch:
        subprocess.run(["git", "init", "-q"], cwd=folder, check=True)
        applied = subprocess.run(
            ["git", "apply", "--whitespace=nowarn", "-"], cwd=folder, input=patch, capture_output=True, check=False
        )
        assert applied.returncode == 0, applied.stderr.decode()
    corpuslint("check", str(copy), "--fix", *options)
    assert files_of(folder) == files_of(copy)
    return patch


def patch_of(folder: Path, *options: str) -> bytes:
    """What `check . --diff` writes when it is run in a folder."""
    out = io.TextIOWrapper(io.BytesIO(), "utf-8", write_through=True)
    with contextlib.chdir(folder), contextlib.redirect_stdout(out), contextlib.suppress(SystemExit):
        main(["check", ".", "--diff", *options])
    out.flush()
    return out.detach().getvalue()  # type: ignore[attr-defined, no-any-return]


@settings(max_examples=12, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(texts=st.lists(TEXTS, min_size=1, max_size=4), records=st.lists(TEXTS, max_size=4), declared=st.booleans())
def test_the_patch_gives_the_bytes_of_fixing(
    tmp_path_factory: pytest.TempPathFactory,
    corpuslint: Corpuslint,
    texts: list[tuple[tuple[str, ...], str, bool, str]],
    records: list[tuple[tuple[str, ...], str, bool, str]],
    declared: bool,
) -> None:
    folder = tmp_path_factory.mktemp("patched") / "corpus"
    folder.mkdir()
    for name, (lines, end, closed, encoding) in zip(NAMES, texts, strict=False):
        text = end.join(lines) + end * closed
        (folder / name).write_bytes(text.encode(encoding, "replace"))
    if declared:
        (folder / "a.meta.json").write_text('{"title":  "عنوان", "n": 1.50}', "utf-8")
    if records:
        rows = [json.dumps({"n": 1, "text": end.join(lines)}, ensure_ascii=False) for lines, end, _, _ in records]
        (folder / "r.jsonl").write_text("\n".join(rows), "utf-8")
    same_both_ways(folder, corpuslint)


def test_the_patch_holds_metadata_and_stories(tmp_path: Path, corpuslint: Corpuslint) -> None:
    folder = tmp_path / "corpus"
    folder.mkdir()
    (folder / "a.txt").write_text("\n".join((*LINES[:2], LINES[3])) + "\n", "utf-8")
    patch = same_both_ways(folder, corpuslint).decode()
    assert "diff --git a/a.meta.json b/a.meta.json\nnew file mode 100644\n--- /dev/null\n+++ b/a.meta.json\n" in patch
    assert "diff --git a/a.txt b/a.txt\n--- a/a.txt\n+++ b/a.txt\n" in patch


@pytest.mark.parametrize("end", ["\n", "\r\n"], ids=["lf", "crlf"])
def test_the_patch_makes_the_file_of_a_second_story(tmp_path: Path, corpuslint: Corpuslint, end: str) -> None:
    folder = tmp_path / "corpus"
    folder.mkdir()
    (folder / "a.txt").write_bytes(end.join(STORY).encode())
    patch = same_both_ways(folder, corpuslint).decode()
    assert (
        "diff --git a/a.story-2.txt b/a.story-2.txt\nnew file mode 100644\n--- /dev/null\n+++ b/a.story-2.txt\n"
        in patch
    )
    assert (folder / "a.story-2.txt").read_bytes().startswith(STORY[4].encode() + end.encode())


def test_a_record_is_a_line_of_its_file(tmp_path: Path, corpuslint: Corpuslint) -> None:
    folder = tmp_path / "corpus"
    folder.mkdir()
    (folder / "a.jsonl").write_text('{"n": 1.50, "text": "قال, ثم"}\n{"text": "لا شيء"}\n', "utf-8")
    patch = same_both_ways(folder, corpuslint).decode()
    assert '-{"n": 1.50, "text": "قال, ثم"}\n+{"n": 1.50, "text": "قال، ثم"}\n' in patch


def test_the_patch_of_a_folder_below_applies_from_the_top_of_the_repository(
    tmp_path: Path, corpuslint: Corpuslint
) -> None:
    below = tmp_path / "news"
    below.mkdir()
    (below / "a.txt").write_text("قال, ثم\n", "utf-8")
    subprocess.run(["git", "init", "-q"], cwd=tmp_path, check=True)
    patch = patch_of(below, "--isolated", "--select", "PUN001")
    subprocess.run(["git", "apply", "-"], cwd=tmp_path, input=patch, check=True)
    assert (below / "a.txt").read_text("utf-8") == "قال، ثم\n"
