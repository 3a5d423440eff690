"""The memory of the picture tower: the names that most sets of drawings share, as the text tower places them."""
import collections
from pathlib import Path

import torch

from captions import STYLE_TEXTS
from frames import read_records
from model import load_model
from train import pad

NAMES = 4000
LONGEST = 40


def common_names(records):
    """Names and aliases by the number of sets that draw them, then by the number of drawings."""
    sets, drawings = collections.defaultdict(set), collections.Counter()
    for r in records:
        if r["role"] == "train":
            for name in {r["label"], *r["aliases"]}:
                sets[name].add(r["set"])
                drawings[name] += 1
    known = [n for n in sets if len(n) < LONGEST]
    return sorted(known, key=lambda n: (-len(sets[n]), -drawings[n], n))[:NAMES]


def build(work):
    """checkpoints/memory.pt."""
    _, text, tokenizer, _ = load_model(work, "finished", copies=False, languages=False)
    with torch.no_grad():
        encode = lambda texts: torch.cat([text(*pad(tokenizer, texts[a:a + 256])) for a in range(0, len(texts), 256)])
        names = common_names(read_records(work))
        styles = torch.stack([encode(words).mean(0) for words in STYLE_TEXTS.values()])
        styles -= styles.mean(0)
        plain = torch.linalg.svd(styles, full_matrices=False)[2][:len(styles) - 1]
        torch.save({"names": encode(names), "plain": plain}, Path(work) / "checkpoints/memory.pt")
    print("a memory of", len(names), "names, from", names[0], "to", names[-1], flush=True)
