"""The text tower once more, against picture vectors that no longer change: it learns captions as before, and to put every
phrase in the middle of the pictures that carry it."""
import collections
from pathlib import Path

import numpy as np
import torch
from torch.nn import functional as F

import closed
import workers
from captions import in_a_sentence
from finetune import CHUNK, PHOTO_VIEWS, deep, draw_from_maps, stores
from model import load_model
from pause import wait_while_paused
from towers import DIMENSIONS
from train import Trainer


def vectors(work, mode="r"):
    count = len(stores(work, "r")[1])
    return np.memmap(Path(work) / "features/vectors.f32", np.float32, mode, shape=(count, DIMENSIONS))


def see(rank, work):
    """Where the tuned picture tower puts every cached view."""
    vision, _, _, _ = load_model(work, "blended", copies=False, languages=False)
    _, maps, colours, _ = stores(work, "r")
    found = vectors(work, "r+")
    at, end = workers.stretch(len(maps), rank)
    with torch.no_grad():
        while at < end:
            wait_while_paused()
            rows = slice(at, min(at + CHUNK, end))
            found[rows] = vision.projection(deep(vision.features, maps[rows], colours[rows])).numpy()
            at = rows.stop
    found.flush()


class Words(Trainer):
    def __init__(self, work, args, rank=0):
        super().__init__(work, args, rank, follow="blended")
        for parameter in (*self.projection.parameters(), self.scale):
            parameter.requires_grad_(False)
        self.projection.eval()
        ids, _, _, tags = stores(work, "r")
        ids, self.vectors, sampler = ids.ravel(), torch.from_numpy(np.array(vectors(work))), self.sampler
        sums, counts = collections.defaultdict(lambda: torch.zeros(DIMENSIONS)), collections.Counter()
        described = [(k, closed.drawn(sampler, int(i), tags[k])[1]) for k, i in enumerate(ids)]
        described += [(len(ids) + i * PHOTO_VIEWS + v, closed.photographed(sampler, i))
                      for i in range(len(sampler.photos)) for v in range(PHOTO_VIEWS)]
        alike = len(self.vectors) - len(sampler.photolike_ids)
        described += [(alike + k, closed.titled(sampler.captions, int(i))) for k, i in enumerate(sampler.photolike_ids)]
        for row, phrases in described:
            for phrase, weight in phrases:
                sums[phrase] += weight * self.vectors[row]
                counts[phrase] += weight
        self.names = [p for p in sums if len(p) < 60]
        self.middles = F.normalize(torch.stack([sums[p] for p in self.names]), dim=1)
        self.chance = torch.from_numpy(np.minimum([counts[p] for p in self.names], 4) ** 0.5)
        draw_from_maps(sampler, ids, tags)

    def pictures(self, rows):
        return self.vectors[rows[:, 0].long()]

    def losses(self):
        chosen = torch.multinomial(self.chance, self.args.batch)
        rng = self.sampler.rng
        texts = self.encode([in_a_sentence(rng, self.names[k]) if rng.random() < 0.3 else self.names[k] for k in chosen])
        middle = self.args.middle * (1 - (texts * self.middles[chosen]).sum(1)).mean()
        return {**super().losses(), "middle": middle}


def blend(work, share):
    """checkpoints/finished.pt: the text tower `share` of the way from before to after."""
    folder = Path(work) / "checkpoints"
    before, after = torch.load(folder / "blended.pt"), torch.load(folder / "words.pt")["average"]
    average = {k: v.lerp(after[k], share) if k.startswith("text.") else v for k, v in before["average"].items()}
    torch.save({"average": average, "scale": before["scale"]}, folder / "finished.pt")
