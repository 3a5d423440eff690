"""The text tower once more, against picture vectors that no longer change: it learns captions as before, and to put every
phrase in the middle of the pictures that carry it."""
import collections
from pathlib import Path

import numpy as np
import torch

import closed
from student import Tower
from train import Trainer, groups, launch, load_teacher, options, vectors


def seen_by_student(work, store):
    """Vectors of all rows by the trained picture tower."""
    tower = Tower(work)
    state = torch.load(Path(work) / "checkpoints/student.pt")
    torch.nn.ModuleDict(tower.parts()).load_state_dict(state["average"])
    tower.eval()
    out = []
    with torch.no_grad():
        for a in range(0, store.total, 128):
            out.append(tower.projection(tower.see(store.maps[a:a + 128], store.seen[a:a + 128])))
            if a % 12800 == 0:
                print("pictures", a, "of", store.total, flush=True)
    return torch.cat(out), state["scale"]


class Words(Trainer):
    def build(self, resumes):
        known, text, scale = load_teacher(self.work, self.tokenizer)
        self.text.load_state_dict(text.state_dict())
        self.text.train()
        store = self.sampler.store
        cache = self.work / "features" / f"vectors.{self.args.pictures}.pt"
        if not cache.exists():
            torch.save((vectors(known, store.seen), scale) if self.args.pictures == "teacher" else seen_by_student(self.work, store), cache)
        self.images, scale = torch.load(cache)
        self.scale.data.copy_(scale)
        sums, counts = collections.defaultdict(lambda: torch.zeros(self.images.shape[1])), collections.Counter()
        for row, phrase, weight in closed.described(self.sampler)[3]:
            sums[phrase] += weight * self.images[row]
            counts[phrase] += weight
        self.names = [p for p in sums if len(p) < 60]
        self.middles = torch.nn.functional.normalize(torch.stack([sums[p] for p in self.names]), dim=1)
        sure = np.array([counts[p] for p in self.names])
        self.chance = torch.from_numpy(np.minimum(sure, 4) ** 0.5)
        words = [self.text.embed.weight, self.text.pairs.weight, self.text.importance.weight]
        rest = [p for p in self.text.parameters() if all(p is not w for w in words)]
        return {"text": self.text}, groups(rest, words, args=self.args)

    def losses(self):
        b, scale = self.batch(), self.scale.exp().detach().clamp(max=60)
        found = self.search_losses(b, self.images[b.rows], self.encode(b.texts), scale)
        chosen = torch.multinomial(self.chance, self.args.batch)
        texts = self.encode([self.names[k] for k in chosen])
        cosines = texts @ self.middles[chosen].T
        found["middle"] = self.args.middle * (1 - cosines.diagonal()).mean()
        if self.step % 2 == 0:
            found["words"] = self.word_loss(scale)
        del found["same"]
        return found


if __name__ == "__main__":
    launch(Words, options("words"))
