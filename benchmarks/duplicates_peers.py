"""datasketch on the texts that `duplicates.py` writes down; run by the interpreter of a venv that has it.

Reads JSON lines of words from standard input, writes the pairs it finds and the CPU seconds it took. Its users' way:
two-word runs as sets, MinHash of 128 permutations, LSH at the threshold, then the estimate of each candidate.
"""

from __future__ import annotations

import json
import sys
import time

from datasketch import MinHash, MinHashLSH

THRESHOLD = 0.6
texts = [json.loads(line) for line in sys.stdin]
started = time.process_time()
lsh = MinHashLSH(threshold=THRESHOLD, num_perm=128)
hashes = []
pairs = []
for number, text in enumerate(texts):
    words = text.split()
    runs = {" ".join(words[at : at + 2]).encode() for at in range(max(1, len(words) - 1))}
    made = MinHash(num_perm=128)
    made.update_batch(runs)
    pairs += [(other, number) for other in lsh.query(made) if made.jaccard(hashes[other]) >= THRESHOLD]
    lsh.insert(number, made)
    hashes.append(made)
print(json.dumps({"seconds": time.process_time() - started, "pairs": pairs}))
