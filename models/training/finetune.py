"""Lets the trunk's last stage learn as well: trained together with both towers on cached maps of the stages before it."""
from pathlib import Path

import cv2
import numpy as np
import torch
from torch.nn import functional as F

import workers
from augment import cutout, drawing, photograph
from features import CHUNK, PHOTOLIKE, disguise, disguised, load_features, to_tensor
from frames import SIZE, open_frames, read_records
from pause import wait_while_paused
from sampler import KINDS
from towers import COLOURS, SCORES
from train import Trainer

LOW, MIDDLE = (128, SIZE // 8, SIZE // 8), (256, SIZE // 16, SIZE // 16)
SPLIT, WIDTH = int(np.prod(LOW)), int(np.prod(LOW) + np.prod(MIDDLE))
PHOTO_VIEWS, CUTOUTS = 6, 2000


def squeeze(x):
    """Square roots as bytes: small activations keep their detail."""
    return torch.clamp(torch.round(torch.sign(x) * torch.sqrt(x.abs()) * 42) + 64, 0, 255).to(torch.uint8)


def unsqueeze(x):
    y = (x.to(torch.float32) - 64) / 42
    return y * y.abs()


def chosen(work, records, count, seed=9):
    """Every coloured drawing, then line and solid icons, those first whose name other sets draw too."""
    usable = np.load(Path(work) / "usable.npy")
    rows = [r for r in records if r["role"] == "train" and usable[r["id"]]]
    sets = {}
    for r in rows:
        sets.setdefault(r["label"], set()).add(r["set"])
    rng = np.random.default_rng(seed)
    order = sorted(rows, key=lambda r: (r["mono"], len(sets[r["label"]]) < 2, rng.random()))
    return [r["id"] for r in order[:count]]


def stores(work, mode):
    """Of `views` views of every chosen drawing, then of photographs, of cut-outs and of photo-like drawings: the record of
    each view, maps as bytes, colours, and what the views of drawings show."""
    folder = Path(work) / "features"
    ids, photos = np.load(folder / "maps.ids.npy"), np.load(Path(work) / "photos.npy", mmap_mode="r")
    total = ids.size + len(photos) * PHOTO_VIEWS + CUTOUTS + PHOTOLIKE
    return (ids, np.memmap(folder / "maps.u8", np.uint8, mode, shape=(total, WIDTH)),
            np.memmap(folder / "maps.colours.f16", np.float16, mode, shape=(total, COLOURS)),
            np.memmap(folder / "maps.tags.i8", np.int8, mode, shape=(ids.size, 3)))


def prepare(work, count, views):
    path = Path(work) / "features/maps.ids.npy"
    if not path.exists():
        np.save(path, np.tile(chosen(work, read_records(work), count), (views, 1)))
        stores(work, "w+")


def extract(rank, work):
    """Fills the stores: every process a stretch of its own."""
    cv2.setNumThreads(1)
    folder = Path(work) / "features"
    records, frames, photos = read_records(work), open_frames(work), np.load(Path(work) / "photos.npy")
    ids, store, colours, tags = stores(work, "r+")
    chosen_count, ids = ids.shape[1], ids.ravel()
    features = load_features(work)
    trunk = features.trunk
    alike = disguised(work, records)
    full = [r["id"] for r in records if r["role"] == "train" and r["style"] in ("solid", "emoji", "clip art")]

    def picture(k):
        if k < len(ids):
            rng = np.random.default_rng((9 + k // chosen_count, int(ids[k])))
            shown, colour, kind, back = drawing(rng, frames[ids[k]], records[ids[k]], photos, float(rng.random() < 0.4))
            tags[k] = colour, KINDS.index(kind), back
            return shown
        k -= len(ids)
        if k < len(photos) * PHOTO_VIEWS:
            i, v = divmod(k, PHOTO_VIEWS)
            return photograph(np.random.default_rng((v, i)), photos[i], v)
        k -= len(photos) * PHOTO_VIEWS
        if k >= CUTOUTS:
            return disguise(alike[k - CUTOUTS], frames, photos, 1)
        rng = np.random.default_rng((19, k))
        return cutout(rng, frames[full[rng.integers(len(full))]], photos[rng.integers(len(photos))])

    done = folder / f"maps.done{rank}of{workers.COUNT}"
    at, end = workers.stretch(len(store), rank)
    at = int(done.read_text()) if done.exists() else at
    with torch.no_grad():
        while at < end:
            wait_while_paused()
            x = to_tensor([picture(k) for k in range(at, min(at + CHUNK, end))]).contiguous(memory_format=torch.channels_last)
            low = trunk.stage2(trunk.stage1(F.max_pool2d(trunk.stem(x), 3, 2, 1)))
            middle = trunk.stage3(low)
            both = torch.cat([squeeze(m.contiguous()).flatten(1) for m in (low, middle)], 1)
            store[at:at + len(both)] = both.numpy()
            colours[at:at + len(both)] = features.colours(x).numpy()
            at += len(both)
            if at // CHUNK % 50 == 0 or at == end:
                done.write_text(str(at))
                print("maps", at, "of", end, flush=True)


class MapViews:
    """Stands in for the sampler's views: instead of features it hands out row numbers of the map store."""

    def __init__(self, ids, tags):
        self.at = {}
        for k, i in enumerate(ids):
            self.at.setdefault(int(i), []).append(k)
        self.ids, self.tags = np.unique(ids), tags

    def draw(self, rng, i):
        rows = self.at[int(i)]
        k = rows[rng.integers(len(rows))]
        colour, kind, back = self.tags[k]
        return np.array([k]), int(colour), KINDS[kind], int(back)


def draw_from_maps(sampler, ids, tags):
    """Batches hold row numbers of the map store from now on."""
    count = len(sampler.photos)
    sampler.views = MapViews(ids, tags)
    sampler.photos = (len(ids) + np.arange(count * PHOTO_VIEWS)).reshape(count, PHOTO_VIEWS, 1)
    sampler.cutouts = (len(ids) + count * PHOTO_VIEWS + np.arange(CUTOUTS)).reshape(CUTOUTS, 1)
    sampler.photolike = (len(ids) + count * PHOTO_VIEWS + CUTOUTS + np.arange(PHOTOLIKE)).reshape(PHOTOLIKE, 1)
    sampler.regroup()


def unpack(rows):
    """Bytes to the two maps."""
    both = unsqueeze(torch.from_numpy(rows))
    return [part.reshape(-1, *shape).contiguous(memory_format=torch.channels_last)
            for part, shape in ((both[:, :SPLIT], LOW), (both[:, SPLIT:], MIDDLE))]


def deep(features, rows, colours):
    """Features from cached maps and colours."""
    low, middle = unpack(rows)
    return features.pool(None, low, middle, features.trunk.stage4(middle), torch.from_numpy(np.asarray(colours, np.float32)))


class Tuner(Trainer):
    """The trainer of the towers, with the last stage in front of the projection."""

    def __init__(self, work, args, rank=0):
        super().__init__(work, args, rank, follow="heads")
        ids, self.maps, colours, tags = stores(work, "r")
        ids, self.colours = ids.ravel(), np.array(colours)
        self.scores = torch.from_numpy(self.sampler.photos[:, :PHOTO_VIEWS, -SCORES:].reshape(-1, SCORES).astype(np.float32))
        self.first_photo = len(ids)
        draw_from_maps(self.sampler, ids, tags)

    def extra_parts(self):
        self.features = load_features(self.work)
        for parameter in self.features.parameters():
            parameter.requires_grad_(False)
        stage = self.features.trunk.stage4
        for parameter in stage.parameters():
            parameter.requires_grad_(True)
        return {"stage4": stage}

    def see(self, rows):
        index = rows[:, 0].long().numpy()
        found = deep(self.features, self.maps[index], self.colours[index])
        photos = torch.from_numpy(index) - self.first_photo
        known = (photos >= 0) & (photos < len(self.scores))
        # What the detector recognised in photographs it must go on recognising.
        kept, now = self.scores[photos[known]], found[known][:, -SCORES:]
        self.drift = F.mse_loss(torch.sigmoid(now), torch.sigmoid(kept)) * 40 + 0.02 * F.mse_loss(now, kept)
        return found

    def losses(self):
        found = super().losses()
        return {**found, "drift": self.drift}


def blend(work, share):
    """checkpoints/blended.pt: every weight `share` of the way from before the tuning to after it. Better than both ends on
    most tests: what the trunk knew of photographs is kept, what it learnt of drawings is added."""
    folder = Path(work) / "checkpoints"
    before, after = torch.load(folder / "heads.pt"), torch.load(folder / "tuned.pt")
    stage = {f"stage4.{k}": v for k, v in load_features(work).trunk.stage4.state_dict().items()}
    old = {**stage, **before["average"]}
    average = {k: old[k].lerp(v, share) if v.is_floating_point() else v for k, v in after["average"].items()}
    torch.save({"average": average, "scale": before["scale"].lerp(after["scale"], share)}, folder / "blended.pt")
