"""Further languages for the text tower: new tokens, fitted so that a phrase lands where the English words for the same emoji
land. No English token, weight or merge changes, so English loses nothing; that is checked."""
import collections
import json
import re
import unicodedata
from pathlib import Path

import torch
from torch.nn import functional as F

import tokenizer as bpe
from catalogue import Emoji
from captions import Captions
from frames import read_records
from pause import wait_while_paused
from towers import DIMENSIONS
from train import pad

LANGUAGES = {"de": "German", "fr": "French", "es": "Spanish", "it": "Italian", "pt": "Portuguese", "ja": "Japanese", "zh": "Chinese"}
TOKENS = 10000
AGREE = 0.34


def folded(text):
    return unicodedata.normalize("NFC", text).lower().replace("“", "").replace("”", "")


def phrases(work, language):
    """Phrase to the emoji that carry it, names and keywords alike."""
    found = collections.defaultdict(set)
    for row in Emoji(Path(work) / "npm", language).by_code.values():
        for text in (row["label"], *row.get("tags", [])):
            found[folded(text)].add(row["hexcode"])
    return found


def translations(work, language, english):
    """(phrase, English phrases for the same emoji): the one that is used for most nearly the same emoji, else all their names."""
    carried = collections.defaultdict(list)
    for phrase, codes in english.items():
        for code in codes:
            carried[code].append(phrase)
    names = {r["hexcode"]: folded(r["label"]) for r in Emoji(Path(work) / "npm").by_code.values()}
    for phrase, codes in phrases(work, language).items():
        shared = collections.Counter(q for c in codes for q in carried[c])
        ranked = sorted(((n / len(codes | english[q]), -len(q), q) for q, n in shared.items()), reverse=True)
        if ranked and ranked[0][0] >= AGREE:
            yield phrase, [ranked[0][2]]
        elif any(c in names for c in codes):
            yield phrase, sorted(names[c] for c in codes if c in names)


def extended(work, tokenizer):
    """The tokenizer with tokens for the other languages, made of merges that no English word of the captions would take."""
    records = read_records(work)
    captions = Captions(work, records)
    english = {w for p in captions.phrases() for w in re.findall(bpe.PATTERN, p)} | {w for pair in captions.wordnet.pairs() for p in (pair[0], pair[3]) for w in re.findall(bpe.PATTERN, p.lower())}
    counts = collections.Counter()
    for language in LANGUAGES:
        for phrase, codes in phrases(work, language).items():
            for word in re.findall(bpe.PATTERN, phrase):
                counts[word] += len(codes)
    wider = bpe.grow(tokenizer, {w: n for w, n in counts.items() if n > 1 and w not in english}, len(tokenizer.vocabulary) + TOKENS, english)
    changed = [w for w in english if w.isascii() and wider.word(w) != tokenizer.word(w)]
    if changed:
        raise SystemExit(f"English words are split differently: {changed[:5]}")
    return wider


class NewTokens(torch.nn.Module):
    """A trained text tower, unchanged, with further tokens beside its own."""

    def __init__(self, tower, count):
        super().__init__()
        self.tower = tower
        for parameter in tower.parameters():
            parameter.requires_grad_(False)
        self.embed = torch.nn.Parameter(torch.randn(count, DIMENSIONS) * float(tower.embed.weight.std()) * 0.1)
        self.importance = torch.nn.Parameter(torch.zeros(count, 1))

    def forward(self, ids, mask):
        return self.tower(ids, mask, self.embed, self.importance)


def train(work, tower, tokenizer, steps=2500, batch=512, rate=0.02, seed=4):
    """work/checkpoints/languages.pt and work/languages/tokenizer.json."""
    torch.manual_seed(seed)
    wider = extended(work, tokenizer)
    english = phrases(work, "en")
    pairs = [pair for language in LANGUAGES for pair in translations(work, language, english)]
    with torch.no_grad():
        known = sorted({q for _, targets in pairs for q in targets})
        vectors = torch.cat([tower(*pad(tokenizer, known[a:a + 512])) for a in range(0, len(known), 512)])
    row = {q: k for k, q in enumerate(known)}
    targets = torch.stack([F.normalize(vectors[[row[q] for q in qs]].mean(0), dim=0) for _, qs in pairs])
    fresh = NewTokens(tower, len(wider.vocabulary) - len(tokenizer.vocabulary))
    optimiser = torch.optim.Adam([fresh.embed, fresh.importance], lr=rate)
    texts = [p for p, _ in pairs]
    names = {folded(r["label"]) for language in LANGUAGES for r in Emoji(Path(work) / "npm", language).by_code.values()}
    weights = torch.tensor([3.0 if p in names else 1.0 for p in texts])
    for step in range(steps):
        wait_while_paused()
        for group in optimiser.param_groups:
            group["lr"] = rate * (1 - step / steps)
        chosen = torch.multinomial(weights, batch)
        found = fresh(*pad(wider, [texts[k] for k in chosen]))
        loss = (1 - (found * targets[chosen]).sum(1)).mean() + 1e-4 * fresh.embed.pow(2).sum(1).mean()
        optimiser.zero_grad(set_to_none=True)
        loss.backward()
        optimiser.step()
        if step % 300 == 0:
            print("languages", step, f"{float(loss):.4f} over {len(texts)} phrases", flush=True)
    folder = Path(work) / "languages"
    folder.mkdir(exist_ok=True)
    bpe.save(wider, folder)
    torch.save({"embed": fresh.embed.data, "importance": fresh.importance.data}, Path(work) / "checkpoints/languages.pt")


def queries(work, labels):
    """Language to (name, position among `labels`) for every emoji whose English name is among them."""
    emoji = Emoji(Path(work) / "npm")
    at = {row["hexcode"]: k for k, label in enumerate(labels) if (row := emoji.find(label))}
    return {language: [(folded(r["label"]), at[c]) for c, r in Emoji(Path(work) / "npm", language).by_code.items() if c in at]
            for language in LANGUAGES}
