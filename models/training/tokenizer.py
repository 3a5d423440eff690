"""Lower-cased byte-pair encoding with </w>, trained here, written as a Hugging Face tokenizer.json."""
import collections
import heapq
import json
import re
import unicodedata
from pathlib import Path

# Letters of Western Europe and kana in runs; ideographs, digits and signs one by one.
PATTERN = "[a-zß-öø-ÿœ]+|[ぁ-ヿ]+|[0-9]|[^\\sa-zß-öø-ÿœぁ-ヿ0-9]"
MAX_TOKENS = 32


class Tokenizer:
    def __init__(self, vocabulary, merges):
        self.vocabulary = vocabulary
        self.ranks = {tuple(m.split(" ")): i for i, m in enumerate(merges)}
        self.merges = merges
        self.cache = {}

    def parts(self, word):
        parts = [*word[:-1], word[-1] + "</w>"]
        while len(parts) > 1:
            ranked = [(self.ranks.get(p, 1 << 30), i) for i, p in enumerate(zip(parts, parts[1:]))]
            best, i = min(ranked)
            if best == 1 << 30:
                break
            parts[i:i + 2] = [parts[i] + parts[i + 1]]
        return parts

    def word(self, word):
        if word not in self.cache:
            self.cache[word] = [self.vocabulary.get(p, 1) for p in self.parts(word)]
        return self.cache[word]

    def __call__(self, text):
        text = unicodedata.normalize("NFC", text).lower()
        ids = [i for w in re.findall(PATTERN, text) for i in self.word(w)][:MAX_TOKENS]
        return ids or [1]


def train(counts, size):
    letters = sorted({p for w in counts for p in (*w[:-1], w[-1] + "</w>")} | set("abcdefghijklmnopqrstuvwxyz") |
                     {c + "</w>" for c in "abcdefghijklmnopqrstuvwxyz0123456789"})
    return grow(Tokenizer({t: i for i, t in enumerate(["<pad>", "<unk>", *letters])}, []), counts, size)


def grow(tokenizer, counts, size, kept=()):
    """Byte-pair merges with incremental pair counts; ties go to the alphabetically first pair, so the result repeats. The
    words `kept` go on being split as they are."""
    words = {w: tokenizer.parts(w) for w in counts}
    vocabulary, merges = dict(tokenizer.vocabulary), list(tokenizer.merges)
    for letter in sorted({p for parts in words.values() for p in parts}):
        vocabulary.setdefault(letter, len(vocabulary))
    forbidden = {p for w in kept for parts in [tokenizer.parts(w)] for p in zip(parts, parts[1:])}
    pairs, where = collections.Counter(), collections.defaultdict(set)
    for w, parts in words.items():
        for p in zip(parts, parts[1:]):
            pairs[p] += counts[w]
            where[p].add(w)
    heap = [(-n, p) for p, n in pairs.items()]
    heapq.heapify(heap)
    while len(vocabulary) < size and heap:
        count, pair = heapq.heappop(heap)
        if -count != pairs.get(pair, 0):
            if pairs.get(pair, 0) > 1:
                heapq.heappush(heap, (-pairs[pair], pair))
            continue
        if -count < 2:
            break
        if pair in forbidden:
            continue
        joined = pair[0] + pair[1]
        merges.append(" ".join(pair))
        vocabulary.setdefault(joined, len(vocabulary))
        touched = set()
        for w in sorted(where.pop(pair)):
            parts = words[w]
            for p in zip(parts, parts[1:]):
                pairs[p] -= counts[w]
                where[p].discard(w)
            i = 0
            while i < len(parts) - 1:
                if (parts[i], parts[i + 1]) == pair:
                    parts[i:i + 2] = [joined]
                i += 1
            for p in zip(parts, parts[1:]):
                pairs[p] += counts[w]
                where[p].add(w)
                if joined in p:
                    touched.add(p)
        for p in touched:
            heapq.heappush(heap, (-pairs[p], p))
    return Tokenizer(vocabulary, merges)


def save(tokenizer, folder):
    special = [{"id": i, "content": c, "single_word": False, "lstrip": False, "rstrip": False, "normalized": False,
                "special": True} for i, c in enumerate(("<pad>", "<unk>"))]
    data = {
        "version": "1.0",
        "truncation": {"direction": "Right", "max_length": MAX_TOKENS, "strategy": "LongestFirst", "stride": 0},
        "padding": None, "added_tokens": special, "normalizer": {"type": "Sequence", "normalizers": [{"type": "NFC"}, {"type": "Lowercase"}]},
        "pre_tokenizer": {"type": "Split", "pattern": {"Regex": PATTERN}, "behavior": "Removed", "invert": True},
        "post_processor": None, "decoder": None,
        "model": {"type": "BPE", "dropout": None, "unk_token": "<unk>", "continuing_subword_prefix": "",
                  "end_of_word_suffix": "</w>", "fuse_unk": False, "vocab": tokenizer.vocabulary,
                  "merges": tokenizer.merges}}
    (Path(folder) / "tokenizer.json").write_text(json.dumps(data, ensure_ascii=False, separators=(",", ":")))


def load(folder):
    model = json.loads((Path(folder) / "tokenizer.json").read_text())["model"]
    return Tokenizer(model["vocab"], [m if isinstance(m, str) else " ".join(m) for m in model["merges"]])
