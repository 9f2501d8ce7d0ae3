"""Write the further single stories that `fit_stories.py` and `stories.py` read, from clones of public collections.

usage: python benchmarks/stories_singles.py CORPORA_FOLDER CLONES_FOLDER OUT.jsonl.gz    (needs git)

In CLONES_FOLDER each collection is a clone by the name in `COLLECTIONS`, bare or not. A text that one of the corpora
has is left out.
"""

from __future__ import annotations

import csv
import gzip
import io
import json
import re
import subprocess
import sys
import zipfile
import zlib
from collections.abc import Iterator
from functools import partial
from pathlib import Path
from typing import NamedTuple
from xml.etree import ElementTree

from stories_data import SOURCES, read_rows

csv.field_size_limit(10_000_000)


class Clone(NamedTuple):
    """A clone of a collection, read at its newest commit."""

    folder: Path

    def git(self, *words: str, given: bytes = b"") -> bytes:
        command = ["git", "-C", str(self.folder), "-c", "core.quotepath=false", *words]
        return subprocess.run(command, input=given, capture_output=True, check=True).stdout

    def paths(self, pattern: str) -> list[str]:
        names = self.git("ls-tree", "-r", "-z", "--name-only", "HEAD").decode().split("\0")
        return [name for name in names if re.fullmatch(pattern, name)]

    def files(self, pattern: str) -> Iterator[tuple[str, bytes]]:
        paths = self.paths(pattern)
        found = self.git("cat-file", "--batch", given="".join(f"HEAD:{path}\n" for path in paths).encode())
        at = 0
        for path in paths:
            end = found.index(b"\n", at)
            head = found[at:end].split()
            at = end + 1
            if head[-1].isdigit():
                size = int(head[-1])
                yield path, found[at : at + size]
                at += size + 1


class Single(NamedTuple):
    id: str
    source: str
    lang: str
    title: str
    text: str


def urdu_news(clone: Clone) -> Iterator[Single]:
    for path, content in clone.files(r"dataset/individual_website_articles/\w+_articles\.csv"):
        outlet = path.rsplit("/", 1)[-1].removesuffix("_articles.csv")
        for row in csv.DictReader(io.StringIO(content.decode("utf-8-sig"))):
            row = {name.lower(): value for name, value in row.items()}
            yield Single(f"{outlet}-{row['id']}", outlet, "ur", row["title"], row["content"])


def saudi_news(clone: Clone) -> Iterator[Single]:
    for path, content in clone.files(r"dataset/.*\.zip"):
        with zipfile.ZipFile(io.BytesIO(content)) as files:
            rows = json.loads(files.read(files.namelist()[0]))
        for number, row in enumerate(rows):
            if len(row["content"] or "") >= LONGER_THAN_BRIEFS and few(row["url"], 0.25):
                name = f"saudi-{Path(path).stem}-{number}"
                yield Single(name, row["source"], "ar", row["title"] or "", row["content"])


LONGER_THAN_BRIEFS = 1200


def broadcasters(clone: Clone) -> Iterator[Single]:
    for path, content in clone.files(r"(BBC|France24)/.*\.txt"):
        found = _ANT.search(content.decode("utf-8", "replace"))
        if found:
            outlet = "ant-" + path.split("/")[0].lower()
            yield Single(Path(path).stem, outlet, "ar", found["title"].strip(), found["text"].strip())


_ANT = re.compile(r"<TITLE>(?P<title>.*?)</TITLE>.*<TEXT>(?P<text>.*?)</TEXT>", re.DOTALL)


def persian_pages(clone: Clone) -> Iterator[Single]:
    for path, content in clone.files(r"exploring-datasets/(sports|news|health)/[a-z0-9-]+\.json"):
        name = Path(path).stem
        outlet = name.rpartition("-")[0]
        for number, row in enumerate(json.loads(content)):
            paragraphs = row.get("paragraphs") or ()
            if few(f"{name}-{number}", 0.6):
                pieces = [piece if isinstance(piece, str) else piece.get("text", "") for piece in paragraphs]
                yield Single(f"{name}-{number}", outlet, "fa", row.get("title") or "", "\n".join(pieces))


def encyclopedia(clone: Clone, pattern: str, language: str) -> Iterator[Single]:
    for path, content in clone.files(pattern):
        for number, row in enumerate(json.loads(content)["data"]):
            text = "\n".join(paragraph["context"] for paragraph in row["paragraphs"])
            yield Single(f"{Path(path).stem}-{number}", "wikipedia", language, row.get("title") or "", text)


def essays(clone: Clone) -> Iterator[Single]:
    for path, content in clone.files(r"text/\d+\.xml"):
        document = ElementTree.fromstring(content)
        paragraphs = ["".join(paragraph.itertext()).strip() for paragraph in document.iter("p")]
        if 4 <= len(paragraphs) <= MOST_OF_AN_ESSAY and few(path, 0.2):
            title = document.findtext("meta/title") or ""
            yield Single(f"essay-{Path(path).stem}", "makhzan", "ur", title, "\n".join(paragraphs))


MOST_OF_AN_ESSAY = 60

COLLECTIONS = {
    "ha405/Urdu-News-Classification-with-ML": urdu_news,
    "inparallel/SaudiNewsNet": saudi_news,
    "antcorpus/antcorpus.multisource.data": broadcasters,
    "language-ml/course-nlp-ir-1-text-exploring": persian_pages,
    "husseinmozannar/SOQAL": partial(encyclopedia, pattern=r"data/arcd\.json", language="ar"),
    "sajjjadayobi/PersianQA": partial(encyclopedia, pattern=r"dataset/pqa_\w+\.json", language="fa"),
    "zeerakahmed/makhzan": essays,
}


def few(name: str, share: float) -> bool:
    """Whether a text is in the share that is drawn."""
    return zlib.crc32(name.encode() + b"few") % 1000 < 1000 * share


def start_of(text: str) -> str:
    return re.sub(r"\W+", "", text)[:80]


def main(corpora: Path, clones: Path, out: Path) -> None:
    known = {start_of(row["text"]) for name in SOURCES for row in read_rows(corpora, name)}
    counts: dict[str, int] = {}
    with gzip.GzipFile(out, "wb", mtime=0) as rows:
        for name, read in COLLECTIONS.items():
            for single in read(Clone(clones / name.replace("/", "+"))):
                text = single.text.replace("\r\n", "\n").strip()
                title = single.title.strip()
                start = start_of(text.removeprefix(title))
                if len(text) < SHORTEST or start in known or start_of(title + text) in known:
                    continue
                known.add(start)
                counts[single.source] = counts.get(single.source, 0) + 1
                row = single._replace(text=text, title=title)._asdict()
                rows.write(json.dumps(row, ensure_ascii=False).encode() + b"\n")
    print(counts)


SHORTEST = 300

if __name__ == "__main__":
    main(*map(Path, sys.argv[1:4]))
