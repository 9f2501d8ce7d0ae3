"""What changed, asked of a real git."""

from __future__ import annotations

import subprocess
from pathlib import Path

import pytest

from corpuslint.engine.changes import Before, changes_since
from corpuslint.errors import ConfigError

GIT = ["git", "-c", "user.name=t", "-c", "user.email=t@t.example", "-c", "protocol.file.allow=always"]


def git(folder: Path, *arguments: str) -> None:
    subprocess.run([*GIT, *arguments], cwd=folder, check=True, capture_output=True)


@pytest.fixture
def repository(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    folder = tmp_path / "repository"
    (folder / "seeds").mkdir(parents=True)
    git(folder, "init", "-q", "-b", "main")
    for name in ("a", "خبر عن المدينة", "b"):
        (folder / "seeds" / f"{name}.txt").write_text(f"نص {name}\n", "utf-8")
    (folder / "seeds" / "a.meta.json").write_text("{}", "utf-8")
    git(folder, "add", "-A")
    git(folder, "commit", "-qm", "first")
    monkeypatch.chdir(folder)
    return folder


def files(folder: Path) -> list[str]:
    return sorted(path.relative_to(Path.cwd()).as_posix() for path in folder.rglob("*.txt"))


def test_nothing_changed(repository: Path) -> None:
    assert changes_since(files(repository), "HEAD").files == ()


def test_a_changed_file_and_what_it_was(repository: Path) -> None:
    name = "seeds/خبر عن المدينة.txt"
    Path(name).write_text("نص آخر\n", "utf-8")
    changes = changes_since(files(repository), "HEAD")
    assert changes.files == (name,)
    assert changes.before == {name: Before("نص خبر عن المدينة\n".encode())}


def test_a_file_whose_metadata_changed(repository: Path) -> None:
    Path("seeds/a.meta.json").write_text('{"source": "x"}', "utf-8")
    changes = changes_since(files(repository), "HEAD")
    assert changes.before == {"seeds/a.txt": Before("نص a\n".encode(), b"{}")}


@pytest.mark.parametrize("staged", [True, False], ids=["staged", "untracked"])
def test_a_new_file_was_nothing(repository: Path, staged: bool) -> None:
    Path("seeds/new one.txt").write_text("نص\n", "utf-8")
    if staged:
        git(repository, "add", "-A")
    changes = changes_since(files(repository), "HEAD")
    assert (changes.files, changes.before) == (("seeds/new one.txt",), {})


def test_an_ignored_file_given_by_name_is_new(repository: Path) -> None:
    Path(".gitignore").write_text("*.txt\n", "utf-8")
    Path("seeds/new.txt").write_text("نص\n", "utf-8")
    assert changes_since(["seeds/new.txt"], "HEAD").files == ("seeds/new.txt",)


def test_a_renamed_file_is_known_by_its_old_content(repository: Path) -> None:
    Path("archive").mkdir()
    git(repository, "mv", "seeds/a.txt", "archive/c.txt")
    git(repository, "mv", "seeds/a.meta.json", "archive/c.meta.json")
    changes = changes_since(files(repository), "HEAD")
    assert changes.files == ("archive/c.txt",)
    assert changes.before == {"archive/c.txt": Before("نص a\n".encode(), b"{}")}


def test_a_deleted_file_is_no_trouble(repository: Path) -> None:
    git(repository, "rm", "-q", "seeds/b.txt")
    assert changes_since(files(repository), "HEAD").files == ()


def test_a_link_stands_for_the_file_it_names(repository: Path) -> None:
    Path("seeds/link.txt").symlink_to("b.txt")
    git(repository, "add", "-A")
    git(repository, "commit", "-qm", "a link")
    assert changes_since(["seeds/link.txt"], "HEAD").files == ()
    Path("seeds/b.txt").write_text("غيره\n", "utf-8")
    changes = changes_since(["seeds/link.txt"], "HEAD")
    assert changes.before == {"seeds/link.txt": Before("نص b\n".encode())}


def test_what_others_did_meanwhile_is_not_ours(repository: Path) -> None:
    git(repository, "checkout", "-qb", "work")
    Path("seeds/mine.txt").write_text("نص\n", "utf-8")
    git(repository, "add", "-A")
    git(repository, "commit", "-qm", "mine")
    git(repository, "checkout", "-q", "main")
    Path("seeds/b.txt").write_text("عمل غيري\n", "utf-8")
    git(repository, "commit", "-qam", "theirs")
    git(repository, "checkout", "-q", "work")
    assert changes_since(files(repository), "main").files == ("seeds/mine.txt",)


def test_from_a_subfolder(repository: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    Path("seeds/b.txt").write_text("غيره\n", "utf-8")
    monkeypatch.chdir(repository / "seeds")
    assert changes_since(["a.txt", "b.txt", "../seeds/b.txt"], "HEAD").files == ("b.txt", "../seeds/b.txt")


def test_inside_a_hook_the_answer_is_about_the_files(repository: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("GIT_DIR", "/nowhere")
    monkeypatch.setenv("GIT_INDEX_FILE", "/nowhere/index")
    assert changes_since(files(repository), "HEAD").files == ()


def test_a_submodule_answers_for_itself(repository: Path, tmp_path: Path) -> None:
    other = tmp_path / "other"
    other.mkdir()
    git(other, "init", "-q", "-b", "main")
    (other / "x.txt").write_text("نص x\n", "utf-8")
    (other / "y.txt").write_text("نص y\n", "utf-8")
    git(other, "add", "-A")
    git(other, "commit", "-qm", "first")
    git(repository, "submodule", "add", "-q", str(other), "seeds/sub")
    git(repository, "commit", "-qm", "a submodule")
    Path("seeds/sub/x.txt").write_text("غيره\n", "utf-8")
    changes = changes_since(files(repository), "HEAD")
    assert changes.before == {"seeds/sub/x.txt": Before("نص x\n".encode())}


def test_outside_git_says_what_to_do(tmp_path: Path) -> None:
    (tmp_path / "a.txt").write_text("x", "utf-8")
    with pytest.raises(ConfigError, match="is not in a git repository") as caught:
        changes_since([str(tmp_path / "a.txt")], "HEAD")
    assert "--against" in caught.value.remedy


def test_a_revision_that_is_not_there(repository: Path) -> None:
    with pytest.raises(ConfigError, match="there is no revision 'v9'"):
        changes_since(files(repository), "v9")


@pytest.mark.parametrize("revision", ["--output=x", "-h"])
def test_a_revision_is_no_option(repository: Path, revision: str) -> None:
    with pytest.raises(ConfigError, match="there is no revision"):
        changes_since(files(repository), revision)
    assert not Path("x").exists()


def test_a_shallow_clone_is_named_as_such(repository: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    git(repository, "commit", "-q", "--allow-empty", "-m", "second")
    clone = tmp_path / "clone"
    git(tmp_path, "clone", "-q", "--depth=1", repository.as_uri(), str(clone))
    monkeypatch.chdir(clone)
    with pytest.raises(ConfigError, match="the clone is shallow") as caught:
        changes_since(files(clone), "HEAD~1")
    assert "fetch-depth: 0" in caught.value.remedy
