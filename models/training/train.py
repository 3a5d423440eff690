"""The training loop, which stops and resumes at any step, and the first thing it trains: the teacher, that is both towers on
the cached features of two networks."""
import argparse
import json
import time
from pathlib import Path

import numpy as np
import torch
from torch import distributed
from torch.nn import functional as F

import closed
import tokenizer as bpe
from captions import Captions, build_tokenizer
from frames import read_records
from pause import wait_while_paused
from features import SEEN
from sampler import Sampler
from towers import SCORES, Projection, TextTower, signed_root
from trunk import COCO

VOCABULARY = 12000
MEETING = "tcp://127.0.0.1:29511"


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


def standardise(projection, rows):
    """Mean and spread of the features, from a sample of rows."""
    root = signed_root(torch.from_numpy(rows.astype(np.float32)))
    projection.mean.copy_(root.mean(0))
    projection.scale.copy_(1 / (root.std(0) + 1e-2))


def rate_of(args, step):
    t = min(step / args.steps, 1)
    return args.rate * min(1, (step + 1) / 100) * (0.02 + 0.49 * (1 + np.cos(np.pi * t)))


def groups(rest, words=(), deep=(), scale=(), args=None):
    """Parameters for the optimiser: vocabulary tables learn faster, what is trained already slower."""
    rest = list(rest)
    return [
        {"params": [p for p in rest if p.dim() > 1], "weight_decay": 0.05, "times": 1},
        {"params": [p for p in rest if p.dim() < 2], "weight_decay": 0.0, "times": 1},
        *[{"params": list(some), "weight_decay": 0.0, "times": times}
          for some, times in ((words, args.word_rate), (deep, args.deep_rate), (scale, 3)) if some]]


class Trainer:
    """Reads everything and runs the loop. A kind of training says what learns (`build`, giving modules by name and groups of
    parameters) and what it costs (`losses`, by name)."""

    def __init__(self, work, args):
        self.work, self.args = Path(work), args
        records = read_records(work)
        self.captions = Captions(work, records)
        if not (self.work / "tokenizer.json").exists():
            rows = json.loads((self.work / "photos.json").read_text())
            bpe.save(build_tokenizer(work, self.captions, [r["caption"] for r in rows], VOCABULARY), work)
        self.tokenizer = bpe.load(work)
        self.sampler = Sampler(work, records, self.captions, (args.seed, args.rank))
        self.text = TextTower(len(self.tokenizer.vocabulary))
        self.scale = torch.nn.Parameter(torch.tensor(np.log(20.0), dtype=torch.float32))
        self.path = self.work / "checkpoints" / f"{args.name}.pt"
        self.path.parent.mkdir(exist_ok=True)
        parts, learning = self.build(self.path.exists())
        self.parts = torch.nn.ModuleDict(parts)
        self.average = {k: v.clone() for k, v in self.parts.state_dict().items()}
        self.optimiser = torch.optim.AdamW(learning, lr=args.rate, betas=(0.9, 0.98))
        self.step = 0
        if self.path.exists():
            self.load(torch.load(self.path))
        else:
            self.save()
        if distributed.is_initialized():
            for value in (*self.parts.state_dict().values(), self.scale.data):
                distributed.broadcast(value, 0)

    def load(self, state):
        self.parts.load_state_dict(state["parts"])
        self.average, self.step = state["average"], state["step"]
        self.scale.data.copy_(state["scale"])
        self.optimiser.load_state_dict(state["optimiser"])
        self.sampler.rng = np.random.default_rng((self.args.seed, self.args.rank, self.step))
        print("resumed at step", self.step, flush=True)

    def share(self):
        """With several processes: the mean of their gradients, so that they stay equal."""
        if not distributed.is_initialized():
            return
        known = [p.grad for group in self.optimiser.param_groups for p in group["params"] if p.grad is not None]
        flat = torch.cat([g.flatten() for g in known]) / distributed.get_world_size()
        distributed.all_reduce(flat)
        for gradient, part in zip(known, flat.split([g.numel() for g in known])):
            gradient.copy_(part.view_as(gradient))

    def save(self):
        if self.args.rank > 0:
            return
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

    def search_losses(self, batch, images, texts, scale):
        """Pictures and words find each other, and pictures of the same thing find each other."""
        count = len(images)
        logits = scale * images @ texts.T
        nearness = scale * 0.6 * images @ images.T
        found = {"text": contrast(logits, batch.positive, batch.ignored),
                 "image": contrast(logits[:, :count].T, batch.positive[:, :count].T, batch.ignored[:, :count].T),
                 "same": self.args.same * contrast(nearness, batch.same, torch.eye(count, dtype=torch.bool))}
        for name, wanted, words in (("colour", batch.colours, self.sampler.colour_texts()),
                                    ("style", batch.styles, self.sampler.style_texts())):
            known = wanted >= 0
            found[name] = 0.3 * F.cross_entropy(scale * images[known] @ self.encode(words).T, wanted[known])
        return found

    def word_loss(self, scale):
        """Texts that mean the same find each other."""
        left, right = self.sampler.rewordings(128)
        words = scale * self.encode(left) @ self.encode(right).T
        target = torch.arange(len(left))
        return 0.3 * (F.cross_entropy(words, target) + F.cross_entropy(words.T, target))

    def batch(self):
        return self.sampler.batch(self.args.batch, self.args.photos, self.args.photos // 2, self.args.negatives)

    def object_loss(self, scale):
        """What the detector would say to a clear photograph of each of its classes must land on the class name."""
        some = self.sampler.rng.integers(0, len(self.sampler.store.ids), SCORES)
        rows = torch.from_numpy(self.sampler.store.seen[some, -SCORES:].astype(np.float32))
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
            self.share()
            torch.nn.utils.clip_grad_norm_(self.parts.parameters(), 5.0)
            self.optimiser.step()
            self.step += 1
            keep = min(0.995, 1 - 1 / (1 + self.step / 4))
            for k, v in self.parts.state_dict().items():
                self.average[k].lerp_(v, 1 - keep) if v.is_floating_point() else self.average[k].copy_(v)
            for k, v in losses.items():
                shown[k] = 0.95 * shown.get(k, float(v)) + 0.05 * float(v)
            if self.step % 50 == 0:
                print(self.step, f"{time.time() - started:.0f}s cpu {time.process_time():.0f}", f"scale {self.scale.exp():.1f}",
                      " ".join(f"{k} {v:.3f}" for k, v in shown.items()), flush=True)
            if time.time() - saved > 120:
                self.save()
                saved = time.time()
        self.save()


class Teacher(Trainer):
    def build(self, resumes):
        self.projection = Projection(SEEN)
        if not resumes:
            rng = np.random.default_rng(self.args.seed)
            standardise(self.projection, self.sampler.store.seen[np.sort(rng.choice(self.sampler.store.total, 8000, replace=False))])
            closed.start(self.projection, self.text, self.tokenizer, self.sampler)
        words = [self.text.embed.weight, self.text.pairs.weight, self.text.importance.weight]
        rest = [*self.projection.parameters(), *(p for p in self.text.parameters() if all(p is not w for w in words))]
        return {"projection": self.projection, "text": self.text}, groups(rest, words, scale=[self.scale], args=self.args)

    def losses(self):
        b = self.batch()
        gate = (torch.rand(len(b.rows), 1) > 0.05).float()
        images = self.projection(torch.from_numpy(self.sampler.store.seen[b.rows].astype(np.float32)), gate)
        scale = self.scale.exp().clamp(max=60)
        found = self.search_losses(b, images, self.encode(b.texts), scale)
        if self.step % 2 == 0:
            found["words"] = self.word_loss(scale)
        return {**found, "objects": 0.1 * self.object_loss(scale)}


def vectors(projection, seen):
    """Pictures as the projection puts them in the shared space, for all cached rows."""
    with torch.no_grad():
        return torch.cat([projection(torch.from_numpy(seen[a:a + 2000].astype(np.float32))) for a in range(0, len(seen), 2000)])


def load_teacher(work, tokenizer):
    """(projection, text tower, logit scale) with averaged weights, in evaluation mode."""
    state = torch.load(Path(work) / "checkpoints/teacher.pt")
    parts = torch.nn.ModuleDict({"projection": Projection(SEEN), "text": TextTower(len(tokenizer.vocabulary))})
    parts.load_state_dict(state["average"])
    return parts["projection"].eval(), parts["text"].eval(), state["scale"]


def launch(kind, args):
    """One kind of training, in this process or, with `--rank` and `--processes`, shared between several."""
    torch.set_num_threads(1)
    torch.manual_seed(args.seed + 1000 * args.rank)
    if args.processes > 1:
        distributed.init_process_group("gloo", init_method=MEETING, rank=args.rank, world_size=args.processes)
    kind(args.work, args).run()


def options(name):
    """Command line of a training program, on top of what `sources.json` says."""
    sources = json.loads((Path(__file__).parent / "sources.json").read_text())
    parser = argparse.ArgumentParser()
    parser.add_argument("work")
    for key, value in {"name": name, "rank": 0, "processes": 1, **sources["training"][name]}.items():
        parser.add_argument("--" + key.replace("_", "-"), type=type(value), default=value)
    return parser.parse_args()


if __name__ == "__main__":
    launch(Teacher, options("teacher"))
