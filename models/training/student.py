"""The picture tower that ships: the trunk's last stage and a projection, on cached maps of the stages before it. It learns
what pictures are called, and to put them where the teacher, which sees more, puts them."""
from pathlib import Path

import numpy as np
import torch
from torch.nn import functional as F

import teacher
from features import load_features, unsqueeze
from towers import COLOURS, SCORES, Projection
from train import Trainer, groups, launch, load_teacher, options, standardise, vectors

BANK = 4096
RIDGE = 0.02


class Tower(torch.nn.Module):
    """Maps of the second and third stage, and colours, to the shared space."""

    def __init__(self, work):
        super().__init__()
        self.features, self.projection = load_features(work), Projection()
        for parameter in self.features.parameters():
            parameter.requires_grad_(False)
        for parameter in self.features.trunk.stage4.parameters():
            parameter.requires_grad_(True)

    def parts(self):
        return {"projection": self.projection, "stage4": self.features.trunk.stage4}

    def see(self, maps, seen):
        """Features from rows of the store; the colours are those of the store."""
        low, middle = unsqueeze(maps)
        colours = torch.from_numpy(seen[:, -SCORES - COLOURS:-SCORES].astype(np.float32))
        return self.features.pool(None, low, middle, self.features.trunk.stage4(middle), colours)


def fit(projection, seen, targets):
    """Ridge regression of the teacher's vectors on the features of the unchanged trunk: where the student starts."""
    size = seen.shape[1] - teacher.FEATURES
    gram, right = torch.zeros(size, size), torch.zeros(size, targets.shape[1])
    centre = targets.mean(0)
    with torch.no_grad():
        for a in range(0, len(seen), 4000):
            x = projection.standardise(torch.from_numpy(seen[a:a + 4000, teacher.FEATURES:].astype(np.float32)))
            gram += x.T @ x
            right += x.T @ (targets[a:a + 4000] - centre)
        gram += RIDGE * gram.trace() / size * torch.eye(size)
        projection.skip.weight.copy_(torch.linalg.solve(gram, right).T)
        projection.skip.bias.copy_(centre)


class Student(Trainer):
    def build(self, resumes):
        known, text, scale = load_teacher(self.work, self.tokenizer)
        self.text.load_state_dict(text.state_dict())
        for parameter in self.text.parameters():
            parameter.requires_grad_(False)
        store = self.sampler.store
        self.targets, self.sure = vectors(known, store.seen), float(scale.exp().clamp(max=60))
        self.tower = Tower(self.work)
        self.projection = self.tower.projection
        if not resumes:
            rng = np.random.default_rng(self.args.seed)
            standardise(self.projection, store.seen[np.sort(rng.choice(store.total, 8000, replace=False)), teacher.FEATURES:])
            fit(self.projection, store.seen, self.targets)
            self.scale.data.copy_(scale)
        self.phrases = torch.cat([self.encode(self.sampler.phrases[a:a + 1000]) for a in range(0, len(self.sampler.phrases), 1000)])
        self.photos = set(self.sampler.views.photos.ravel())
        deep = list(self.tower.features.trunk.stage4.parameters())
        return self.tower.parts(), groups(self.projection.parameters(), deep=deep, scale=[self.scale], args=self.args)

    def losses(self):
        b, store = self.batch(), self.sampler.store
        seen, wanted = store.seen[b.rows], self.targets[b.rows]
        found = self.tower.see(store.maps[b.rows], seen)
        images = self.projection(found, (torch.rand(len(b.rows), 1) > 0.05).float())
        scale = self.scale.exp().clamp(max=60)
        losses = self.search_losses(b, images, self.encode(b.texts), scale)
        bank = self.phrases[torch.randint(len(self.phrases), (BANK,))]
        likely = F.log_softmax(self.sure * images @ bank.T, 1)
        losses["meaning"] = F.kl_div(likely, F.softmax(self.sure * wanted @ bank.T, 1), reduction="batchmean")
        losses["vector"] = 4 * (1 - (images * wanted).sum(1)).mean()
        # What the detector recognised in photographs it must go on recognising.
        photos = torch.tensor([row in self.photos for row in b.rows])
        kept, now = torch.from_numpy(seen[:, -SCORES:].astype(np.float32))[photos], found[photos, -SCORES:]
        losses["drift"] = F.mse_loss(torch.sigmoid(now), torch.sigmoid(kept)) * 40 + 0.02 * F.mse_loss(now, kept)
        return {**losses, "objects": 0.1 * self.object_loss(scale)}


if __name__ == "__main__":
    launch(Student, options("student"))
