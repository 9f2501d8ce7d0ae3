"""Publishing to folders and to file systems of fsspec: the manifest last, and never two contents under one version."""

from __future__ import annotations

import uuid
from collections.abc import Iterator
from pathlib import Path

import fsspec
import pytest

from corpuslint.errors import PublishError, SourceError
from corpuslint.publishing.diff import compare
from corpuslint.publishing.fetching import opened
from corpuslint.publishing.folder import DatasetFolder
from corpuslint.publishing.publish import publish
from corpuslint.publishing.verify import verify
from tests.conftest import Corpuslint
from tests.publishing.corpus import build, document
from tests.publishing.test_building import tree


@pytest.fixture
def dist(tmp_path: Path) -> Path:
    """A dataset of two versions."""
    documents = [document(n) for n in range(8)]
    build(tmp_path / "dist", documents)
    build(tmp_path / "dist", documents[1:], version="1.1.0")
    return tmp_path / "dist/news"


@pytest.fixture(params=["memory", "s3"])
def url(request: pytest.FixtureRequest) -> Iterator[str]:
    """An empty place in a file system that knows no rename."""
    name = f"place-{uuid.uuid4().hex[:12]}"
    if request.param == "memory":
        yield f"memory://{name}/news"
        return
    request.getfixturevalue("s3_server")
    fs = fsspec.filesystem("s3")
    fs.mkdir(name)
    yield f"s3://{name}/news"


@pytest.fixture(scope="session")
def s3_server() -> Iterator[str]:
    """A local S3 server; fsspec is pointed at it."""
    pytest.importorskip("s3fs")
    server_module = pytest.importorskip("moto.server")
    server = server_module.ThreadedMotoServer(ip_address="127.0.0.1", port=0, verbose=False)
    server.start()
    host, port = server.get_host_and_port()
    before = dict(fsspec.config.conf)
    fsspec.config.conf["s3"] = {"endpoint_url": f"http://{host}:{port}", "key": "test", "secret": "test"}
    yield f"http://{host}:{port}"
    fsspec.config.conf.clear()
    fsspec.config.conf.update(before)
    server.stop()


def names(url: str) -> set[str]:
    """The files below a URL."""
    fs, root = fsspec.core.url_to_fs(url)
    fs.invalidate_cache()
    root = root.strip("/")
    return {str(path).strip("/").removeprefix(f"{root}/") for path in fs.find(root)}


def test_a_folder_gets_the_same_bytes(dist: Path, tmp_path: Path) -> None:
    assert not publish(DatasetFolder.open(dist / "1.0.0"), str(tmp_path / "to")).unchanged
    assert tree(tmp_path / "to/1.0.0") == tree(dist / "1.0.0")
    assert DatasetFolder.open(tmp_path / "to").manifest.version == "1.0.0"
    publish(DatasetFolder.open(dist / "1.1.0"), str(tmp_path / "to"))
    assert publish(DatasetFolder.open(dist / "1.0.0"), str(tmp_path / "to")).unchanged
    assert (tmp_path / "to/LATEST").read_text() == "1.1.0\n"


def test_what_a_killed_publisher_was_writing_into_a_folder_is_swept(dist: Path, tmp_path: Path) -> None:
    (tmp_path / "to").mkdir()
    (tmp_path / "to/.corpuslint-fyy2sud1.new").write_text("1.0", "utf-8")
    publish(DatasetFolder.open(dist / "1.0.0"), str(tmp_path / "to"))
    assert {path.name for path in (tmp_path / "to").iterdir()} == {"1.0.0", "LATEST", ".lock"}


def test_a_folder_with_other_content_is_left_alone(dist: Path, tmp_path: Path) -> None:
    publish(DatasetFolder.open(dist / "1.0.0"), str(tmp_path / "to"))
    before = tree(tmp_path / "to")
    other = build(tmp_path / "other", [document(50)]).folder
    with pytest.raises(PublishError, match="is published there with other content"):
        publish(other, str(tmp_path / "to"))
    assert tree(tmp_path / "to") == before


def test_a_store_gets_the_same_bytes(dist: Path, url: str) -> None:
    publish(DatasetFolder.open(dist / "1.0.0"), url)
    assert names(url) == {*(f"1.0.0/{name}" for name in tree(dist / "1.0.0")), "LATEST"}
    assert publish(DatasetFolder.open(dist / "1.0.0"), url).unchanged
    publish(DatasetFolder.open(dist / "1.1.0"), url)
    with opened(f"{url}/1.0.0") as old, opened(url) as new:
        assert verify(new).troubles == ()
        assert [(change.change, change.id) for change in compare(old, new).changes] == [("removed", "news/0000.txt")]
    with fsspec.open(f"{url}/LATEST", "rb") as stream:
        assert stream.read() == b"1.1.0\n"


def test_a_store_with_other_content_is_left_alone(dist: Path, url: str, tmp_path: Path) -> None:
    publish(DatasetFolder.open(dist / "1.0.0"), url)
    other = build(tmp_path / "other", [document(50)]).folder
    with pytest.raises(PublishError, match="is published there with other content"):
        publish(other, url)
    assert publish(DatasetFolder.open(dist / "1.0.0"), url).unchanged


def test_what_a_killed_publisher_left_is_no_version_and_is_swept(dist: Path, url: str) -> None:
    with fsspec.open(f"{url}/1.0.0/data/train/part-777.parquet", "wb") as stream:
        stream.write(b"half a file")
    publish(DatasetFolder.open(dist / "1.0.0"), url)
    assert names(url) == {*(f"1.0.0/{name}" for name in tree(dist / "1.0.0")), "LATEST"}


def test_two_publishers_of_other_content_do_not_mix(dist: Path, url: str) -> None:
    with fsspec.open(f"{url}/.publishing-1.0.0", "wb") as stream:
        stream.write(b"the hash of another manifest")
    with pytest.raises(PublishError, match=r"another version 1\.0\.0 is being published there"):
        publish(DatasetFolder.open(dist / "1.0.0"), url)
    assert names(url) == {".publishing-1.0.0"}


def test_a_write_that_fails_leaves_no_manifest(dist: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    url = f"memory://place-{uuid.uuid4().hex[:12]}/news"
    kind = type(fsspec.filesystem("memory"))
    put = kind.put_file

    def fail(self: object, local: str, remote: str, **options: object) -> None:
        if "edits" in remote:
            raise OSError(28, "No space left on device")
        put(self, local, remote, **options)

    monkeypatch.setattr(kind, "put_file", fail)
    with pytest.raises(PublishError, match="No space left on device; nothing was published"):
        publish(DatasetFolder.open(dist / "1.0.0"), url)
    assert "1.0.0/manifest.json" not in names(url)
    monkeypatch.undo()
    publish(DatasetFolder.open(dist / "1.0.0"), url)
    assert "1.0.0/manifest.json" in names(url)


def test_what_the_client_of_a_store_raises_is_told(dist: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    class NoCredentialsError(Exception):
        pass

    def fail(*_: object, **__: object) -> None:
        raise NoCredentialsError("Unable to locate credentials")

    kind = type(fsspec.filesystem("memory"))
    monkeypatch.setattr(kind, "pipe_file", fail)
    monkeypatch.setattr(kind, "exists", fail)
    with pytest.raises(PublishError, match="Unable to locate credentials; nothing was published"):
        publish(DatasetFolder.open(dist / "1.0.0"), "memory://place/news")
    with pytest.raises(PublishError, match=r"cannot be read: .*Unable to locate credentials"), opened("memory://place"):
        pass


def test_an_address_without_a_version_is_named() -> None:
    with pytest.raises(PublishError) as caught, opened("memory://nothing-here/news"):
        pass
    assert str(caught.value).startswith("memory://nothing-here/news: this is not a dataset version")


def test_a_protocol_nobody_knows(dist: Path) -> None:
    with pytest.raises(SourceError, match="nosuch"):
        publish(DatasetFolder.open(dist / "1.0.0"), "nosuch://place/x")


def test_an_address_of_the_hub_that_names_no_dataset(dist: Path) -> None:
    with pytest.raises(SourceError, match="this names no dataset") as refused:
        publish(DatasetFolder.open(dist / "1.0.0"), "hf://ORG/news")
    assert refused.value.remedy == "Write hf://datasets/ORG/NAME."


def test_the_place_to_load_a_published_version_from_is_told(dist: Path, tmp_path: Path, corpuslint: Corpuslint) -> None:
    told = corpuslint("publish", dist / "1.0.0", "--to", tmp_path / "to").err
    assert told.endswith(f" published: {tmp_path}/to/1.0.0\n")
    assert (tmp_path / "to/1.0.0/manifest.json").is_file()
