"""What a run has looked at: enough to tell a share of documents, and what a baseline should have found."""

from __future__ import annotations

import msgspec
from msgspec import structs

from corpuslint.engine.suppressions import METADATA_KEY
from corpuslint.model.document import Document


class Coverage(msgspec.Struct):
    """Files, documents, documents a source, and the documents that declare suppressions of their own (without text).

    Plain data that adds up, like everything a run gathers.
    """

    files: list[str] = []
    documents: int = 0
    sites: dict[str, int] = {}
    declaring: list[Document] = []

    def add(self, document: Document) -> None:
        """Count one document."""
        self.documents += 1
        site = document.site
        self.sites[site] = self.sites.get(site, 0) + 1
        if METADATA_KEY in document.metadata:
            self.declaring.append(structs.replace(document, text="", own={}))

    def merge(self, other: Coverage) -> None:
        """Add what another part of the run has looked at."""
        self.files += other.files
        self.documents += other.documents
        for site, count in other.sites.items():
            self.sites[site] = self.sites.get(site, 0) + count
        self.declaring += other.declaring
