"""Publishing to a Hub with its real client: one commit, then the tag, and nothing when something breaks."""

from __future__ import annotations

import json
from http.server import BaseHTTPRequestHandler, HTTPServer
from pathlib import Path
from threading import Thread

import pytest

from corpuslint.errors import PublishError
from corpuslint.publishing.diff import compare
from corpuslint.publishing.fetching import opened
from corpuslint.publishing.folder import DatasetFolder
from corpuslint.publishing.hub_server import HubServer
from corpuslint.publishing.publish import publish
from corpuslint.publishing.verify import verify
from tests.publishing.corpus import build, document
from tests.publishing.faults import Faults

pytest.importorskip("huggingface_hub")

TARGET = "hf://datasets/news/east"


def send(folder: DatasetFolder) -> str:
    """Publish without loading it, which is a journey of its own; the commit."""
    return publish(folder, TARGET, load=False).revision


@pytest.fixture
def dist(tmp_path: Path) -> Path:
    """A dataset of two versions."""
    documents = [document(n) for n in range(8)]
    build(tmp_path / "dist", documents, shards=2)
    build(tmp_path / "dist", documents[1:], version="1.1.0")
    return tmp_path / "dist/news"


@pytest.fixture
def first(dist: Path) -> DatasetFolder:
    """Version 1.0.0."""
    return DatasetFolder.open(dist / "1.0.0")


def on_hub(hub: HubServer) -> tuple[int, dict[str, str]]:
    """How many commits the repository has, and its tags."""
    repo = hub.store.repos["news/east"]
    return len(repo.commits), dict(repo.tags)


def test_a_version_is_one_commit_and_one_tag(hub: HubServer, first: DatasetFolder) -> None:
    oid = send(first)
    assert on_hub(hub) == (2, {"1.0.0": oid})
    files = hub.store.repos["news/east"].commits[oid].files
    assert sorted(files) == sorted(p.relative_to(first.path).as_posix() for p in first.path.rglob("*") if p.is_file())
    assert files["README.md"].lfs is False
    assert files["data/train/part-000.parquet"].lfs is True


def test_the_next_version_replaces_the_files_of_the_one_before(hub: HubServer, dist: Path) -> None:
    one, two = send(DatasetFolder.open(dist / "1.0.0")), send(DatasetFolder.open(dist / "1.1.0"))
    assert on_hub(hub) == (3, {"1.0.0": one, "1.1.0": two})
    assert "diff/from-1.0.0.json" in hub.store.repos["news/east"].commits[two].files


def test_the_same_version_again_is_no_commit(hub: HubServer, first: DatasetFolder) -> None:
    oid = send(first)
    done = publish(first, TARGET, load=False)
    assert (done.revision, done.unchanged) == (oid, True)
    assert on_hub(hub) == (2, {"1.0.0": oid})


def test_a_tag_on_other_content_is_an_error(hub: HubServer, first: DatasetFolder, tmp_path: Path) -> None:
    oid = send(first)
    other = build(tmp_path / "other", [document(99)]).folder
    with pytest.raises(PublishError, match=r"the tag 1\.0\.0 is there with other content; nothing was published"):
        send(other)
    assert on_hub(hub) == (2, {"1.0.0": oid})


@pytest.mark.parametrize(
    ("fault", "said", "commits"),
    [
        ("upload:cut", "the transfer broke off", 1),
        ("upload:500", "the transfer broke off", 1),
        ("upload:wrong-sha", "does not read back", 2),
        ("batch:429", "asks to wait", 1),
        ("commit:412", "somebody else committed", 1),
        ("commit:409", "because of a conflict", 1),
        ("commit:429", "asks to wait", 1),
        ("commit:500", "HTTP 500", 1),
        ("tag:500", "HTTP 500", 2),
        ("tag:409", "because of a conflict", 2),
    ],
)
def test_whatever_breaks_leaves_no_version_and_a_rerun_ends_it(
    hub: HubServer,
    faults: Faults,
    first: DatasetFolder,
    fault: str,
    said: str,
    commits: int,
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    # The client tries a broken upload again, with waits; a fault that lasts is what breaks it.
    monkeypatch.setattr("time.sleep", lambda seconds: None)
    faults.coming += [fault] * (1 if fault.startswith(("commit", "tag")) else 40)
    with pytest.raises(PublishError, match=said) as caught:
        send(first)
    assert "hf_secret" not in str(caught.value)
    assert on_hub(hub) == (commits, {})
    faults.end()
    oid = send(first)
    assert on_hub(hub)[1] == {"1.0.0": oid}


def test_a_stale_parent_is_refused(hub: HubServer, dist: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    from huggingface_hub import HfApi

    send(DatasetFolder.open(dist / "1.0.0"))
    commit = HfApi.create_commit

    def meanwhile(self: HfApi, *arguments: object, **options: object) -> object:
        repo = hub.store.repos["news/east"]
        hub.store.commit(repo, "main", "somebody else", dict(repo.commits[repo.branches["main"]].files))
        return commit(self, *arguments, **options)  # type: ignore[arg-type]

    monkeypatch.setattr(HfApi, "create_commit", meanwhile)
    with pytest.raises(PublishError, match="somebody else committed to the repository at the same time"):
        send(DatasetFolder.open(dist / "1.1.0"))
    assert list(on_hub(hub)[1]) == ["1.0.0"]


def test_a_fault_of_ours_is_not_told_as_one_of_the_hub(
    hub: HubServer, first: DatasetFolder, monkeypatch: pytest.MonkeyPatch
) -> None:
    def broken(self: Path) -> bytes:
        raise KeyError("ours")

    monkeypatch.setattr(Path, "read_bytes", broken)
    with pytest.raises(KeyError, match="ours"):
        send(first)


def test_a_bad_token_is_told_and_not_shown(
    hub: HubServer, first: DatasetFolder, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("HF_TOKEN", "hf_wrong")
    with pytest.raises(PublishError, match="did not accept the token") as caught:
        send(first)
    assert "hf_wrong" not in str(caught.value)
    assert hub.store.repos == {}


def test_an_edited_version_is_not_published(hub: HubServer, first: DatasetFolder) -> None:
    (first.path / "README.md").write_text("edited")
    with pytest.raises(PublishError, match=r"not what its manifest says: README\.md"):
        send(first)
    assert hub.store.repos == {}


def test_releases_are_remembered_beside_the_versions(hub: HubServer, first: DatasetFolder) -> None:
    oid = send(first)
    noted = json.loads((first.path.parent / "releases.json").read_text())
    assert [(one["version"], one["target"], one["revision"]) for one in noted] == [("1.0.0", TARGET, oid)]
    assert "hf_secret" not in (first.path.parent / "releases.json").read_text()


@pytest.mark.parametrize("repo", ["east", "a/b/c", "", "a/../b"])
def test_a_repository_has_two_parts(first: DatasetFolder, repo: str) -> None:
    with pytest.raises(PublishError, match="is no dataset repository"):
        publish(first, f"hf://datasets/{repo}")


def test_two_versions_on_the_hub_are_compared(hub: HubServer, dist: Path) -> None:
    for version in ("1.0.0", "1.1.0"):
        send(DatasetFolder.open(dist / version))
    with opened(f"{TARGET}@1.0.0") as old, opened(f"{TARGET}@1.1.0") as new:
        assert verify(new).troubles == ()
        assert [(change.change, change.id) for change in compare(old, new).changes] == [("removed", "news/0000.txt")]
    with pytest.raises(PublishError, match="no such repository or revision"), opened(f"{TARGET}@9.9.9"):
        pass


def test_what_the_hub_holds_survives_a_restart(hub: HubServer, first: DatasetFolder, tmp_path: Path) -> None:
    oid = send(first)
    again = HubServer(tmp_path / "hub")
    assert again.store.repos["news/east"].tags == {"1.0.0": oid}
    again.server_close()


@pytest.mark.parametrize(
    ("answers", "said"),
    [
        ({"repos/create": [1]}, "what answered is no Hub"),
        ({"/refs": {"branches": [], "tags": [], "converts": []}}, "what answered is no Hub"),
        ({"/refs": {"branches": None}}, "what answered is no Hub"),
        ({"/tree/": [{"type": "file", "path": "x"}]}, "what answered is no Hub"),
        ({"/tree/": [{"type": "directory", "path": "x", "oid": "1"}] * 100_001}, "more than 100,000 files"),
    ],
    ids=["no-object", "no-branch", "nothing", "no-size", "no-end"],
)
def test_answers_that_no_hub_would_give_are_told(
    first: DatasetFolder, monkeypatch: pytest.MonkeyPatch, answers: dict[str, object], said: str
) -> None:
    usual = {
        "repos/create": {"url": "http://127.0.0.1/datasets/news/east", "id": "news/east"},
        "/refs": {"branches": [{"name": "main", "ref": "main", "targetCommit": "a" * 40}], "tags": [], "converts": []},
    } | answers

    class Odd(BaseHTTPRequestHandler):
        def do_GET(self) -> None:
            self.rfile.read(int(self.headers["Content-Length"] or 0))
            body = json.dumps(next(answer for part, answer in usual.items() if part in self.path)).encode()
            self.send_response(200)
            self.send_header("Content-Length", str(len(body)))
            self.end_headers()
            self.wfile.write(body)

        do_POST = do_GET

        def log_message(self, *_: object) -> None: ...

    with HTTPServer(("127.0.0.1", 0), Odd) as server:
        Thread(target=server.serve_forever, daemon=True).start()
        monkeypatch.setenv("HF_ENDPOINT", f"http://127.0.0.1:{server.server_port}")
        with pytest.raises(PublishError, match=said):
            send(first)
        server.shutdown()
