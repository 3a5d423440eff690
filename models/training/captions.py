"""What a record may be called: its phrases, and the caption drawn for one view of it."""
import collections
import re

import tokenizer as bpe
from augment import NAMES
from wordnet import WordNet

STYLE_TEXTS = {
    "line": ["line icon", "outline icon", "line drawing", "outline", "thin line art"],
    "solid": ["solid icon", "filled icon", "silhouette", "black shape", "glyph"],
    "emoji": ["emoji", "emoticon", "colourful emoji", "smiley"],
    "clip art": ["clip art", "drawing", "illustration", "cartoon drawing"],
    "photo": ["photo", "photograph", "a real photo", "photography", "picture taken with a camera"],
    "sketch": ["sketch", "hand drawn sketch", "pencil drawing"],
    "flag": ["flag"]}
STYLES = list(STYLE_TEXTS)


class Captions:
    def __init__(self, work, records):
        self.wordnet = WordNet(work)
        self.records = records
        self.names, self.extra = {}, {}
        for r in records:
            if r["role"] != "train":
                continue
            names = list(dict.fromkeys([r["label"], *r["aliases"]]))
            label = r["label"]
            head = label.split()[-1]
            other = self.wordnet.synonyms(label) or self.wordnet.synonyms(r["aliases"][0] if r["aliases"] else label)
            kinds = self.wordnet.hypernyms(label) or (self.wordnet.hypernyms(head, 1) + [head] if " " in label else [])
            self.names[r["id"]] = names
            self.extra[r["id"]] = ([t.lower() for t in r["tags"] if len(t) > 2], other, [k for k in kinds if len(k) > 2])

    def accepted(self, i):
        """Phrases that must not be used as negatives of this record."""
        tags, other, kinds = self.extra[i]
        return {*self.names[i], *tags, *other, *kinds}

    def phrases(self):
        counts = collections.Counter()
        for i in self.names:
            tags, other, kinds = self.extra[i]
            counts.update(self.names[i])
            counts.update(tags + other + kinds)
        return counts

    def draw(self, rng, i, colour=-1, kind="white", back=-1, style=None):
        record = self.records[i]
        tags, other, kinds = self.extra[i]
        names = self.names[i]
        roll = rng.random()
        if roll < 0.32 and tags:
            take = rng.permutation(len(tags))[: rng.integers(1, 5)]
            text = " ".join([names[0]] * int(rng.random() < 0.2) + [tags[k] for k in take])
        elif roll < 0.40 and other:
            text = other[rng.integers(len(other))]
        elif roll < 0.44 and kinds:
            text = kinds[rng.integers(len(kinds))]
        elif len(names) > 1 and roll < 0.57:
            text = names[rng.integers(1, len(names))]
        else:
            text = names[0]
        roll = rng.random()
        if roll < 0.16 and colour >= 0 and (colour > 0 or roll < 0.05):
            text = f"{NAMES[colour]} {text}"
        elif roll < 0.21 and kind in ("plain", "gradient"):
            text = f"{text} on a {NAMES[back]} background"
        elif roll < 0.28:
            words = STYLE_TEXTS.get(style or record["style"], ["icon"])
            word = words[rng.integers(len(words))]
            text = f"{word} of a {text}" if rng.random() < 0.5 else f"{text} {word}"
        elif roll < 0.36:
            text = ("a {}", "a picture of a {}", "the {}", "this is a {}", "{} image", "an image of {}")[rng.integers(6)].format(text)
        return in_a_sentence(rng, text) if rng.random() < 0.12 else text


def in_a_sentence(rng, text):
    """What people put around a name."""
    return ("{}.", "a {}.", "a {}", "the {}", "some {}.", "an {}", "this is a {}.", "my {}")[rng.integers(8)].format(text)


def build_tokenizer(work, captions, photo_captions, size):
    counts = collections.Counter()
    texts = list(captions.phrases().items()) + [(c, 5) for c in photo_captions]
    for word, other, kinds, gloss in captions.wordnet.pairs():
        texts.append((word, 1))
        texts.append((gloss, 1))
    texts += [(t, 200) for group in STYLE_TEXTS.values() for t in group] + [(c, 200) for c in NAMES]
    for text, n in texts:
        for w in re.findall(bpe.PATTERN, text.lower()):
            counts[w] += n
    return bpe.train({w: n for w, n in counts.items() if n > 1 and w.isascii()}, size)
