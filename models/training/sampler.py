"""Draws training batches out of the cached views."""
import json
from pathlib import Path

import numpy as np
import torch

from augment import NAMES, dominant
from captions import STYLE_TEXTS, STYLES
from frames import open_frames
from features import disguised
from towers import FEATURES

KINDS = ["white", "plain", "gradient", "photo"]
# Illustrations are few and the most varied, and come closest to what people store.
OFTEN = {"clip art": 2}


class Views:
    """All cached views of training drawings."""

    def __init__(self, work, records):
        self.stores, self.tags, self.of = [], [], {}
        trained = np.array([r["role"] == "train" for r in records])
        for path in sorted((Path(work) / "features").glob("view*.f16")):
            tags = np.load(str(path).replace(".f16", ".tags.npy"))
            k = len(self.stores)
            self.stores.append(np.memmap(path, np.float16, "r", shape=(len(tags), FEATURES)))
            self.tags.append(tags)
            for i in np.flatnonzero((tags[:, 1] >= 0) & trained):
                self.of.setdefault(int(i), []).append(k)
        self.ids = np.array(sorted(self.of))

    def draw(self, rng, i):
        k = self.of[i][rng.integers(len(self.of[i]))]
        colour, kind, back = self.tags[k][i]
        return self.stores[k][i], int(colour), KINDS[kind], int(back)


def stored(work, name, *shape):
    """Cached features of pictures that are no drawings; none of that shape where they were not computed."""
    path = Path(work) / f"features/{name}.npy"
    return np.load(path) if path.exists() else np.zeros((0, *shape), np.float16)


def main_colours(work, records):
    """Per record the dominant colour of a coloured training drawing, else -1."""
    path = Path(work) / "dominant.npy"
    if not path.exists():
        frames = open_frames(work)
        np.save(path, np.array([dominant(frames[r["id"]]) if r["role"] == "train" and not r["mono"] else -1
                                for r in records], np.int8))
    return np.load(path)


class Sampler:
    def __init__(self, work, records, captions, seed):
        self.rng = np.random.default_rng(seed)
        self.views, self.records, self.captions = Views(work, records), records, captions
        self.main_colours = main_colours(work, records)
        self.cutouts, self.photolike = stored(work, "cutouts", FEATURES), stored(work, "photolike", FEATURES)
        self.photolike_ids = disguised(work, records)[:len(self.photolike)]
        self.photos = stored(work, "photos", 1, FEATURES)
        self.photo_words = [[w.strip() for w in r["caption"].split(",")] for r in
                            json.loads((Path(work) / "photos.json").read_text())][: len(self.photos)]
        self.photo_scene = [r["origin"] == "scene" for r in json.loads((Path(work) / "photos.json").read_text())]
        counts = captions.phrases()
        self.phrases = [p for p in counts if len(p) < 60]
        weights = np.sqrt([counts[p] for p in self.phrases])
        self.phrase_weights = np.cumsum(weights / weights.sum())
        self.pairs = list(captions.wordnet.pairs())
        self.regroup()

    def regroup(self):
        """Concepts drawn by several sets; each is as likely as the square root of its number of drawings."""
        concepts = {}
        for i in self.views.ids:
            for name in self.captions.names[int(i)]:
                concepts.setdefault(name, []).append(int(i))
        self.groups = [g for g in concepts.values() if len({self.records[i]["set"] for i in g}) > 1]
        weights = np.sqrt([len(g) for g in self.groups])
        self.group_weights = np.cumsum(weights / weights.sum())
        single = np.array([len(concepts[self.captions.names[int(i)][0]]) for i in self.views.ids])
        weights = single ** -0.5 * [OFTEN.get(self.records[int(i)]["style"], 1) for i in self.views.ids]
        self.id_weights = np.cumsum(weights / weights.sum())

    def drawings(self, count, grouped):
        """Record ids; about `grouped` of them come in threes that show the same thing."""
        ids = []
        for k in np.searchsorted(self.group_weights, self.rng.random(grouped // 3)):
            group = self.groups[min(k, len(self.groups) - 1)]
            ids += [group[j] for j in self.rng.choice(len(group), min(3, len(group)), replace=False)]
        rest = np.searchsorted(self.id_weights, self.rng.random(count - len(ids)))
        return ids + [int(self.views.ids[min(k, len(self.views.ids) - 1)]) for k in rest]

    def batch(self, count=384, photos=48, cutouts=16, photolike=48, negatives=1024):
        rng = self.rng
        rows, texts, accepted, names, colours, styles = [], [], [], [], [], []
        for i in self.drawings(count, count // 2):
            feature, colour, kind, back = self.views.draw(rng, i)
            if not self.records[i]["mono"]:
                colour = int(self.main_colours[i])
            rows.append(feature)
            texts.append(self.captions.draw(rng, i, colour, kind, back))
            accepted.append(self.captions.accepted(i))
            names.append(set(self.captions.names[i]))
            colours.append(colour)
            style = self.records[i]["style"]
            styles.append(STYLES.index(style) if style in STYLES and style != "flag" else -1)
        for k in rng.integers(0, max(len(self.photolike), 1), photolike if len(self.photolike) else 0):
            i = int(self.photolike_ids[k])
            rows.append(self.photolike[k])
            texts.append(self.captions.draw(rng, i, style="photo"))
            accepted.append(self.captions.accepted(i))
            names.append(set(self.captions.names[i]))
            colours.append(-1)
            styles.append(STYLES.index("photo"))
        for i in rng.integers(0, max(len(self.cutouts), 1), cutouts if len(self.cutouts) else 0):
            rows.append(self.cutouts[i])
            words = STYLE_TEXTS["photo"]
            texts.append(words[rng.integers(len(words))])
            accepted.append(set(words))
            names.append(set(words))
            colours.append(-1)
            styles.append(STYLES.index("photo"))
        for i in rng.integers(0, len(self.photos), photos if len(self.photos) else 0):
            words = self.photo_words[i]
            take = min(len(words), int(rng.integers(1, 4)))
            chosen = [words[k] for k in rng.permutation(len(words))[:take]]
            if rng.random() < 0.4:
                chosen[0] = words[0]
            text = " ".join(dict.fromkeys(chosen))
            scene = self.photo_scene[i]
            if rng.random() < 0.25:
                text = ("a photo of {}", "{} photo", "photograph of {}", "a picture of {}")[rng.integers(4)].format(text)
            rows.append(self.photos[i, rng.integers(self.photos.shape[1])])
            texts.append(text)
            accepted.append(set(words))
            names.append({text, *words[:1]})
            colours.append(-1)
            styles.append(-1 if scene else STYLES.index("photo"))
        extra = [self.phrases[min(k, len(self.phrases) - 1)] for k in
                 np.searchsorted(self.phrase_weights, rng.random(negatives))]
        return Batch(rows, texts, extra, accepted, names, colours, styles)

    def rewordings(self, count):
        """Pairs of texts that mean the same or nearly the same thing."""
        left, right = [], []
        for k in self.rng.integers(0, len(self.pairs), count):
            word, others, kinds, gloss = self.pairs[k]
            roll = self.rng.random()
            options = others if others and roll < 0.45 else kinds if kinds and roll < 0.65 else [gloss]
            left.append(word)
            right.append(options[self.rng.integers(len(options))])
        return left, right

    def colour_texts(self):
        forms = ("{}", "{} icon", "{} picture", "a {} thing", "something {}", "the colour {}", "{} shape", "{} drawing")
        form = forms[self.rng.integers(len(forms))]
        return [form.format(c) for c in NAMES]

    def style_texts(self):
        return [v[self.rng.integers(len(v))] for v in STYLE_TEXTS.values()]


class Batch:
    def __init__(self, rows, texts, extra, accepted, names, colours, styles):
        self.features = torch.from_numpy(np.stack(rows).astype(np.float32))
        self.texts = texts + extra
        self.colours, self.styles = torch.tensor(colours), torch.tensor(styles)
        count = len(rows)
        columns = {}
        for j, text in enumerate(self.texts):
            columns.setdefault(text, []).append(j)
        self.positive = torch.eye(count, len(self.texts), dtype=torch.bool)
        self.ignored = torch.zeros(count, len(self.texts), dtype=torch.bool)
        for i in range(count):
            for phrase in names[i]:
                for j in columns.get(phrase, ()):
                    self.positive[i, j] = True
            for phrase in accepted[i]:
                for j in columns.get(phrase, ()):
                    self.ignored[i, j] = True
        self.ignored &= ~self.positive
        by_name = {}
        for i, some in enumerate(names):
            for name in some:
                by_name.setdefault(name, []).append(i)
        self.same = torch.zeros(count, count, dtype=torch.bool)
        for group in by_name.values():
            if len(group) > 1:
                index = torch.tensor(group)
                self.same[index.unsqueeze(1), index] = True
        # Captions of other drawings of the same thing are no negatives either.
        self.ignored[:, :count] |= self.same & ~self.positive[:, :count]
        self.same.fill_diagonal_(False)
