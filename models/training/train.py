"""Trains projection and text tower on cached features. Stops and resumes at any step."""
import json
import time
from pathlib import Path

import numpy as np
import torch
from torch.nn import functional as F

import closed
import tokenizer as bpe
import workers
from captions import Captions, build_tokenizer
from frames import read_records
from pause import wait_while_paused
from sampler import Sampler
from towers import SCORES, Projection, TextTower, signed_root
from trunk import COCO

VOCABULARY = 12000


def pad(tokenizer, texts):
    rows = [tokenizer(t) for t in texts]
    ids = torch.zeros(len(rows), max(2, max(map(len, rows))), dtype=torch.long)
    for i, row in enumerate(rows):
        ids[i, : len(row)] = torch.tensor(row)
    return ids, (ids != 0).long()


def contrast(logits, positive, ignored):
    """Softmax loss; each of several right answers must be near, not only the best. Ignored ones are neither right nor wrong."""
    logits = logits.masked_fill(ignored, -1e4)
    likely = logits - torch.logsumexp(logits, 1, keepdim=True)
    count = positive.sum(1)
    loss = -likely.masked_fill(~positive, 0).sum(1) / count.clamp(min=1)
    return loss[count > 0].mean()


def standardise(projection, sampler):
    rows = np.stack([sampler.views.draw(sampler.rng, int(i))[0] for i in sampler.rng.choice(sampler.views.ids, 8000)])
    x = torch.from_numpy(rows.astype(np.float32))
    root = signed_root(x)
    projection.mean.copy_(root.mean(0))
    projection.scale.copy_(1 / (root.std(0) + 1e-2))


def rate_of(args, step):
    t = min(step / args.steps, 1)
    return args.rate * min(1, (step + 1) / 100) * (0.02 + 0.49 * (1 + np.cos(np.pi * t)))


def prepare(work):
    """The tokenizer, learnt from all captions."""
    if not (Path(work) / "tokenizer.json").exists():
        rows = json.loads((Path(work) / "photos.json").read_text())
        bpe.save(build_tokenizer(work, Captions(work, read_records(work)), [r["caption"] for r in rows], VOCABULARY), work)


def launch(rank, kind, work, args):
    """One of the processes that train together: each draws batches of its own, their gradients are averaged."""
    torch.manual_seed(args.seed * 100 + rank)
    kind(work, args, rank).run()


class Trainer:
    def __init__(self, work, args, rank=0, follow=None):
        self.work, self.args, self.rank = Path(work), args, rank
        records = read_records(work)
        self.captions = Captions(work, records)
        self.tokenizer = bpe.load(work)
        self.sampler = Sampler(work, records, self.captions, (args.seed, rank))
        self.score_views = self.sampler.views
        self.projection, self.text = Projection(), TextTower(len(self.tokenizer.vocabulary))
        self.scale = torch.nn.Parameter(torch.tensor(np.log(20.0), dtype=torch.float32))
        self.path = self.work / "checkpoints" / f"{args.name}.pt"
        earlier = self.work / "checkpoints" / f"{follow}.pt"
        if not self.path.exists() and follow is None and rank == 0:
            standardise(self.projection, self.sampler)
            closed.start(self.projection, self.text, self.tokenizer, self.sampler)
        self.parts = torch.nn.ModuleDict({"projection": self.projection, "text": self.text})
        if not self.path.exists() and follow is not None:
            state = torch.load(earlier)
            self.parts.load_state_dict({k: v for k, v in state["average"].items() if k.split(".")[0] in self.parts})
            self.scale.data.copy_(state["scale"])
        extra = self.extra_parts()
        self.parts.update(extra)
        workers.agree(self.parts.state_dict().values())
        self.average = {k: v.clone() for k, v in self.parts.state_dict().items()}
        words = [self.text.embed.weight, self.text.pairs.weight, self.text.importance.weight]
        deep = [p for m in extra.values() for p in m.parameters()]
        rest = [*self.projection.parameters(), *(p for p in self.text.parameters() if all(p is not w for w in words))]
        self.optimiser = torch.optim.AdamW([
            {"params": [p for p in rest if p.dim() > 1], "weight_decay": 0.05, "times": 1},
            {"params": [p for p in rest if p.dim() < 2], "weight_decay": 0.0, "times": 1},
            {"params": words, "weight_decay": 0.0, "times": args.word_rate},
            *([{"params": deep, "weight_decay": 0.0, "times": args.deep_rate}] if deep else []),
            {"params": [self.scale], "weight_decay": 0.0, "times": 3}], lr=args.rate, betas=(0.9, 0.98))
        self.parameters = [p for group in self.optimiser.param_groups for p in group["params"]]
        self.step = 0
        self.path.parent.mkdir(exist_ok=True)
        if self.path.exists():
            self.load(torch.load(self.path))

    def load(self, state):
        self.parts.load_state_dict(state["parts"])
        self.average, self.step = state["average"], state["step"]
        self.scale.data.copy_(state["scale"])
        self.optimiser.load_state_dict(state["optimiser"])
        self.sampler.rng = np.random.default_rng((self.args.seed, self.rank, self.step))
        print("resumed at step", self.step, flush=True)

    def save(self):
        state = {"parts": self.parts.state_dict(), "average": self.average, "step": self.step,
                 "scale": self.scale.data, "optimiser": self.optimiser.state_dict()}
        torch.save(state, self.path.with_suffix(".new"))
        self.path.with_suffix(".new").replace(self.path)

    def encode(self, texts):
        """Short and long texts apart, so that padding does not dominate the cost."""
        lengths = [len(self.tokenizer(t)) for t in texts]
        order = sorted(range(len(texts)), key=lengths.__getitem__)
        cuts = sorted({0, *(sum(n <= limit for n in lengths) for limit in (3, 6, 12)), len(texts)})
        parts = [self.text(*pad(self.tokenizer, [texts[i] for i in order[a:b]])) for a, b in zip(cuts, cuts[1:])]
        back = torch.empty(len(texts), dtype=torch.long)
        back[torch.tensor(order)] = torch.arange(len(texts))
        return torch.cat(parts)[back]

    def extra_parts(self):
        """Further modules that learn, by name."""
        return {}

    def see(self, rows):
        """Rows of a batch to features; cached ones are features already."""
        return rows

    def pictures(self, rows):
        """Rows of a batch to vectors."""
        return self.projection(self.see(rows), (torch.rand(len(rows), 1) > 0.05).float())

    def losses(self):
        b = self.sampler.batch(self.args.batch, self.args.photos, self.args.photos // 3, self.args.photolike, self.args.negatives)
        count = len(b.features)
        images, texts = self.pictures(b.features), self.encode(b.texts)
        scale = self.scale.exp().clamp(max=60)
        logits = scale * images @ texts.T
        losses = {"text": contrast(logits, b.positive, b.ignored),
                  "image": contrast(logits[:, :count].T, b.positive[:, :count].T, b.ignored[:, :count].T)}
        nearness = scale * 0.6 * images @ images.T
        eye = torch.eye(count, dtype=torch.bool)
        losses["same"] = self.args.same * contrast(nearness, b.same, eye)
        for name, wanted, words in (("colour", b.colours, self.sampler.colour_texts()),
                                    ("style", b.styles, self.sampler.style_texts())):
            known = wanted >= 0
            # Rare ones count for more, or a solid icon is called a line icon, as most are.
            weight = torch.bincount(wanted[known], minlength=len(words)).clamp(min=1) ** -0.5
            losses[name] = 0.25 * F.cross_entropy(scale * images[known] @ self.encode(words).T, wanted[known], weight)
        if self.step % 2 == 0:
            left, right = self.sampler.rewordings(128)
            words = scale * self.encode(left) @ self.encode(right).T
            target = torch.arange(len(left))
            losses["words"] = 0.3 * (F.cross_entropy(words, target) + F.cross_entropy(words.T, target))
        losses["objects"] = 0.1 * self.object_loss(scale)
        return losses

    def object_loss(self, scale):
        """What the detector would say to a clear photograph of each of its classes must land on the class name."""
        rows = torch.from_numpy(np.stack([self.score_views.draw(self.sampler.rng, int(i))[0][-SCORES:] for i in
                                self.sampler.rng.choice(self.score_views.ids, SCORES)]).astype(np.float32))
        scores = torch.sigmoid(torch.minimum(rows, torch.tensor(-2.0)))
        scores[torch.arange(SCORES), torch.arange(SCORES)] = torch.sigmoid(torch.randn(SCORES) * 0.8 + 0.4)
        images = F.normalize(self.projection.objects(scores * 4), dim=1)
        names = [(c, *self.captions.wordnet.synonyms(c)[:2]) for c in COCO]
        texts = self.encode([n[self.sampler.rng.integers(len(n))] for n in names])
        return F.cross_entropy(scale * images @ texts.T, torch.arange(SCORES))

    def run(self):
        saved, shown, started = time.time(), {}, time.time()
        while self.step < self.args.steps:
            wait_while_paused()
            for group in self.optimiser.param_groups:
                group["lr"] = rate_of(self.args, self.step) * group["times"]
            losses = self.losses()
            self.optimiser.zero_grad(set_to_none=True)
            sum(losses.values()).backward()
            workers.average(self.parameters)
            torch.nn.utils.clip_grad_norm_(self.parameters, 5.0)
            self.optimiser.step()
            self.step += 1
            keep = min(0.995, 1 - 1 / (1 + self.step / 4))
            for k, v in self.parts.state_dict().items():
                self.average[k].lerp_(v, 1 - keep) if v.is_floating_point() else self.average[k].copy_(v)
            for k, v in losses.items():
                shown[k] = 0.95 * shown.get(k, float(v)) + 0.05 * float(v)
            if self.step % 50 == 0 and self.rank == 0:
                print(self.step, f"{time.time() - started:.0f}s cpu {time.process_time():.0f}", f"scale {self.scale.exp():.1f}",
                      " ".join(f"{k} {v:.3f}" for k, v in shown.items()), flush=True)
            if time.time() - saved > 120 and self.rank == 0:
                self.save()
                saved = time.time()
        if self.rank == 0:
            self.save()
