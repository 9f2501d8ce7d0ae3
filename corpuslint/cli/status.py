"""`corpuslint status`: how far the run is whose shards are kept in a work folder."""

from __future__ import annotations

from collections import Counter

import click


@click.command()
@click.argument("work", metavar="DIR", help="The folder or URL given with --work.")
def status(work: str) -> None:
    """Read the counters that finished shards left; nothing of the corpus is read."""
    from corpuslint.pipeline.work import WorkFolder

    folder = WorkFolder(work)
    plan = folder.plan()
    markers = list(folder.markers())
    size, seconds = sum(marker.size for marker in markers), sum(marker.seconds for marker in markers)
    documents = sum(marker.documents for marker in markers)
    state = "finished" if len(markers) == len(plan.shards) else "not finished"
    print(f"{state}: {len(markers):,} of {len(plan.shards):,} shards, {size / 1e6:,.1f} of {plan.size / 1e6:,.1f} MB")
    print(f"{documents:,} documents, {size / 1e6 / seconds if seconds else 0:,.1f} MB/s a core")
    counts: Counter[str] = Counter()
    for marker in markers:
        counts.update(marker.counts)
    for code, count in sorted(counts.items(), key=lambda entry: (-entry[1], entry[0])):
        print(f"{code} {count:>10,}")
    if markers:
        slowest = max(markers, key=lambda marker: (marker.seconds, marker.key))
        print(f"slowest shard: {slowest.key}, {slowest.seconds:,.1f} s for {slowest.size / 1e6:,.1f} MB")
    done = {marker.key for marker in markers}
    waiting = [key for key in plan.shards if key not in done]
    for key in waiting[:5]:
        print(f"to do: {key}")
    if len(waiting) > 5:
        print(f"to do: {len(waiting) - 5:,} more")
