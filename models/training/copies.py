"""The second output, `instance_embeds`: one linear map over coarse trunk features, trained to tell copies from
look-alikes, and the measurement of how well it does."""
import json
import sys
from pathlib import Path

import cv2
import numpy as np
import torch
from PIL import Image, ImageDraw
from torch import nn
from torch.nn import functional as F

from frames import SIZE, open_frames, read_records
from pause import wait_while_paused
from testsets import over_white, stamps
from towers import COPY_DIMENSIONS

SIDE = 320
GRID = SIZE // 16
THUMBNAIL = 32
MAPS = 128 + 256


class CopyHead(nn.Module):
    """Trunk maps on a 10x10 grid through two convolutions, beside a 32x32 thumbnail through three, to a unit vector.
    The thumbnail is what enlarged small copies still share; the trunk sees their blur."""

    def __init__(self):
        super().__init__()
        self.register_buffer("mean", torch.zeros(MAPS))
        self.register_buffer("scale", torch.ones(MAPS))
        self.mix = nn.Conv2d(MAPS, 64, 1)
        self.join = nn.Conv2d(64, 96, 3, 2, 1)
        self.colours = nn.Sequential(nn.Conv2d(3, 24, 5, 2, 2), nn.LeakyReLU(0.1), nn.Conv2d(24, 48, 3, 2, 1), nn.LeakyReLU(0.1),
                                     nn.Conv2d(48, 64, 3, 2, 1), nn.LeakyReLU(0.1))
        self.map = nn.Linear(96 * ((GRID + 1) // 2) ** 2 + 64 * (THUMBNAIL // 8) ** 2, COPY_DIMENSIONS)

    @staticmethod
    def pool(pixels, low, middle):
        """Both trunk maps [N, 384, 10, 10] and a thumbnail [N, 3, 32, 32]."""
        return torch.cat([F.avg_pool2d(low, 2), middle], 1), F.avg_pool2d(pixels, SIZE // THUMBNAIL)

    def forward(self, maps, colours):
        x = (maps - self.mean.view(-1, 1, 1)) * self.scale.view(-1, 1, 1)
        x = F.leaky_relu(self.mix(x), 0.1)
        x = F.leaky_relu(self.join(x), 0.1)
        y = self.colours(colours)
        return F.normalize(self.map(torch.cat([x.flatten(1), y.flatten(1)], 1)), dim=1)


def jpeg(image, quality):
    ok, data = cv2.imencode(".jpg", np.asarray(image)[..., ::-1], [cv2.IMWRITE_JPEG_QUALITY, quality])
    return Image.fromarray(np.ascontiguousarray(cv2.imdecode(data, cv2.IMREAD_COLOR)[..., ::-1]))


def webp(image, quality):
    ok, data = cv2.imencode(".webp", np.asarray(image)[..., ::-1], [cv2.IMWRITE_WEBP_QUALITY, quality])
    return Image.fromarray(np.ascontiguousarray(cv2.imdecode(data, cv2.IMREAD_COLOR)[..., ::-1]))


def resized(image, share):
    return image.resize((max(16, int(image.width * share)), max(16, int(image.height * share))), Image.BICUBIC)


def light(image, gain=1.0, offset=0.0):
    return Image.fromarray(np.clip((np.asarray(image, np.float32) - 128) * gain + 128 + offset, 0, 255).astype(np.uint8))


def cropped(image, share, anchor=(0.5, 0.5)):
    """Cuts `share` of the width and of the height away."""
    w, h = int(image.width * (1 - share)), int(image.height * (1 - share))
    left, top = int((image.width - w) * anchor[0]), int((image.height - h) * anchor[1])
    return image.crop((left, top, left + w, top + h))


def marked(image, text="SAMPLE", strength=110):
    """A translucent text across the middle."""
    layer = Image.new("RGBA", image.size)
    tile = Image.new("L", (60, 14))
    ImageDraw.Draw(tile).text((2, 1), text, fill=strength)
    big = tile.resize((int(image.width * 0.8), int(image.width * 0.8 * 14 / 60)))
    layer.paste((255, 255, 255), (image.width // 10, (image.height - big.height) // 2), big)
    out = image.convert("RGBA")
    out.alpha_composite(layer)
    return out.convert("RGB")


def logo(image, colour=(200, 30, 40), corner=(0.96, 0.96)):
    out = image.copy()
    w, h = int(image.width * 0.16), int(image.height * 0.1)
    left, top = int((image.width - w) * corner[0]), int((image.height - h) * corner[1])
    ImageDraw.Draw(out).rectangle((left, top, left + w, top + h), fill=colour)
    return out


MILD = {
    "jpeg 90": lambda x: jpeg(x, 90), "jpeg 70": lambda x: jpeg(x, 70), "jpeg 50": lambda x: jpeg(x, 50),
    "jpeg 30": lambda x: jpeg(x, 30), "webp 60": lambda x: webp(x, 60), "resize 75 %": lambda x: resized(x, 0.75),
    "resize 50 %": lambda x: resized(x, 0.5), "resize 25 %": lambda x: resized(x, 0.25),
    "brighter": lambda x: light(x, 1, 26), "darker": lambda x: light(x, 1, -26), "more contrast": lambda x: light(x, 1.25),
    "less contrast": lambda x: light(x, 0.8), "watermark": marked, "logo": logo, "crop 2 %": lambda x: cropped(x, 0.02),
    "crop 5 %": lambda x: cropped(x, 0.05), "crop 10 %": lambda x: cropped(x, 0.10),
    "crop 5 % off-centre": lambda x: cropped(x, 0.05, (0, 1)),
    "combined": lambda x: jpeg(resized(marked(light(cropped(x, 0.06), 1, 15)), 0.5), 55)}
STRONG = {"crop 20 %": lambda x: cropped(x, 0.2), "rotate 2 degrees": lambda x: x.rotate(2, Image.BICUBIC),
          "grey": lambda x: x.convert("L").convert("RGB"), "mirror": lambda x: x.transpose(Image.FLIP_LEFT_RIGHT)}


def framed(rng, image):
    """A border all around, or bars on two sides."""
    colour = tuple(int(v) for v in rng.integers(0, 256, 3)) if rng.random() < 0.3 else ((255,) * 3, (0,) * 3)[rng.integers(2)]
    across, down = (int(n * rng.uniform(0.02, 0.1)) for n in image.size)
    roll = rng.random()
    across, down = (0 if roll < 0.25 else across), (0 if 0.25 <= roll < 0.5 else down)
    out = Image.new("RGB", (image.width + 2 * across, image.height + 2 * down), colour)
    out.paste(image, (across, down))
    return out


def random_copy(rng, image):
    """A training positive: one to three edits, a little beyond the mild ones."""
    x = image
    if rng.random() < 0.6:
        x = cropped(x, rng.uniform(0, 0.15), rng.random(2))
    if rng.random() < 0.4:
        x = light(x, rng.uniform(0.75, 1.3), rng.uniform(-30, 30))
    if rng.random() < 0.25:
        x = marked(x, ("SAMPLE", "preview", "(c) 2024", "DRAFT")[rng.integers(4)], int(rng.uniform(60, 160)))
    if rng.random() < 0.25:
        x = logo(x, tuple(int(v) for v in rng.integers(0, 256, 3)), rng.random(2))
    if rng.random() < 0.12:
        x = framed(rng, x)
    if rng.random() < 0.4:
        x = resized(x, rng.uniform(0.22, 0.8))
    if rng.random() < 0.1:
        x = x.convert("L").convert("RGB")
    if rng.random() < 0.1:
        x = x.rotate(rng.uniform(-2.5, 2.5), Image.BICUBIC)
    return jpeg(x, int(rng.integers(25, 92))) if rng.random() < 0.6 else x


def to_pixels(pictures):
    x = np.stack([np.asarray(p.convert("RGB").resize((SIZE, SIZE), Image.BILINEAR)) for p in pictures])
    return torch.from_numpy(x).permute(0, 3, 1, 2).float().div_(127.5).sub_(1)


def pooled(trunk, pictures):
    with torch.no_grad():
        x = to_pixels(pictures).contiguous(memory_format=torch.channels_last)
        low = trunk.stage2(trunk.stage1(F.max_pool2d(trunk.stem(x), 3, 2, 1)))
        maps, colours = CopyHead.pool(x, low, trunk.stage3(low))
        return maps.numpy().astype(np.float16), colours.numpy().astype(np.float16)


def bases(work, rng, count):
    """Training originals: parts of photographs and scenes, drawings on photographs, and a neighbour of each."""
    photos = np.load(Path(work) / "photos.npy", mmap_mode="r")
    records, frames = read_records(work), open_frames(work)
    coloured = [r["id"] for r in records if r["role"] == "train" and not r["mono"]]
    for _ in range(count):
        photo = photos[rng.integers(len(photos))]
        side = int(photo.shape[0] * rng.uniform(0.45, 0.85))
        top, left = rng.integers(0, photo.shape[0] - side + 1, 2)
        ratio = rng.uniform(0.65, 1.0)
        shift = int(side * rng.uniform(0.25, 0.5))
        other = np.clip([top + rng.choice([-shift, 0, shift]), left + rng.choice([-shift, shift])], 0, photo.shape[0] - side)
        parts = [Image.fromarray(photo[y:y + int(side * ratio), x:x + side]) for y, x in ((top, left), other)]
        if rng.random() < 0.45:
            f = frames[coloured[rng.integers(len(coloured))]]
            # The store is premultiplied; PIL composites straight alpha.
            straight = np.clip(f[..., :3].astype(np.float32) * 255 / np.maximum(f[..., 3:], 1), 0, 255)
            icon = Image.fromarray(np.concatenate([straight.astype(np.uint8), f[..., 3:]], 2))
            for k, part in enumerate(parts):
                ground = Image.new("RGBA", part.size, "white") if rng.random() < 0.3 else part.convert("RGBA")
                size = int(min(part.size) * rng.uniform(0.5, 1.0))
                small = icon.resize((size, size), Image.LANCZOS)
                if k == 1:
                    small = small.rotate(180)
                ground.alpha_composite(small, ((part.width - size) // 2, (part.height - size) // 2))
                parts[k] = ground.convert("RGB")
        moved = np.hypot(*(np.array([top, left]) - other)) > side * 0.2
        side = int(SIDE * 0.28 ** rng.random())
        yield [p.resize((side, max(32, int(side * p.height / p.width))), Image.BICUBIC) for p in parts[: 1 + int(moved)]]


def extract(work, trunk, count=1200, copies=5):
    """work/features/copies/: trunk maps and colours of every view, and the original each belongs to."""
    folder = Path(work) / "features/copies"
    if (folder / "owner.npy").exists():
        return
    folder.mkdir(exist_ok=True)
    rng = np.random.default_rng(11)
    maps, colours, owner = [], [], []
    for parts in bases(work, rng, count):
        wait_while_paused()
        pictures = []
        for part in parts:
            group = owner[-1] + 1 if owner else 0
            pictures += [part] + [random_copy(rng, part) for _ in range(copies)]
            owner += [group] * (copies + 1)
        a, b = pooled(trunk, pictures)
        maps.append(a)
        colours.append(b)
        if len(maps) % 200 == 0:
            print("copies", len(maps), "of", count, flush=True)
    np.save(folder / "maps.npy", np.concatenate(maps))
    np.save(folder / "colours.npy", np.concatenate(colours))
    np.save(folder / "owner.npy", np.array(owner))


def loss_of(a, b, owner, temperature):
    """Copies near each other, everything else far, look-alikes above a cosine of 0.6 pushed away once more."""
    cosines = a @ b.T
    target = torch.arange(len(a))
    strangers = torch.relu(cosines.masked_fill(owner[:, None] == owner[None], -1) - 0.6).pow(2).sum(1).mean()
    return (F.cross_entropy(cosines / temperature, target) + F.cross_entropy(cosines.T / temperature, target)
            + 3 * (1 - (a * b).sum(1)).mean() + 2 * strangers)


def train(work, steps=2500, width=128, seed=3, rate=1.5e-3):
    folder = Path(work) / "features/copies"
    maps, colours, owner = (np.load(folder / f"{n}.npy", mmap_mode="r") for n in ("maps", "colours", "owner"))
    torch.manual_seed(seed)
    rng = np.random.default_rng(seed)
    head, path = CopyHead(), Path(work) / "checkpoints/copies.pt"
    sample = torch.from_numpy(maps[np.sort(rng.choice(len(maps), min(2000, len(maps)), replace=False))]).float()
    head.mean.copy_(sample.mean((0, 2, 3)))
    head.scale.copy_(1 / (sample.std((0, 2, 3)) + 0.02))
    groups = np.split(np.arange(len(owner)), np.flatnonzero(np.diff(owner)) + 1)
    average = {k: v.clone() for k, v in head.state_dict().items()}
    optimiser = torch.optim.AdamW(head.parameters(), lr=rate, weight_decay=0.02)
    for step in range(steps):
        wait_while_paused()
        for group in optimiser.param_groups:
            group["lr"] = rate * min(1, (step + 1) / 50) * (0.02 + 0.49 * (1 + np.cos(np.pi * step / steps)))
        # Neighbouring groups are neighbouring crops of one photograph: they come together as hard negatives.
        start = rng.integers(0, len(groups) - 2, width // 2)
        chosen = np.unique(np.concatenate([start, start + 1]))
        pairs = np.array([rng.choice(groups[g], 2, replace=False) for g in chosen])
        a, b = (head(torch.from_numpy(maps[pairs[:, k]]).float(), torch.from_numpy(colours[pairs[:, k]]).float()) for k in (0, 1))
        loss = loss_of(a, b, torch.from_numpy(chosen), 0.06)
        optimiser.zero_grad(set_to_none=True)
        loss.backward()
        optimiser.step()
        keep = min(0.99, 1 - 1 / (1 + step / 4))
        for k, v in head.state_dict().items():
            average[k].lerp_(v, 1 - keep)
        if step % 100 == 0:
            torch.save(average, path)
            print("copy head", step, f"{float(loss):.4f}", flush=True)
    torch.save(average, path)


def desktop_pictures(work):
    """(name, picture of at most 640 pixels) of every desktop background that shows something."""
    roots = [Path(work) / "deb" / d for d in ("gnome-backgrounds", "mate-backgrounds", "plasma-workspace-wallpapers")]
    paths = {}
    for root in roots:
        for path in sorted(p for p in root.rglob("*") if p.suffix.lower() in (".jpg", ".jpeg", ".png", ".webp")):
            if "screenshot" not in path.name:
                paths.setdefault(path.parent if path.parent.name.startswith("images") else path, path)
    for path in paths.values():
        try:
            image = Image.open(path)
            image.draft("RGB", (1024, 1024))
            image = image.convert("RGB")
        except Exception as error:
            print(path.name, error)
            continue
        image.thumbnail((640, 640), Image.BICUBIC)
        small = np.asarray(image.resize((64, 64)), np.float32)
        if small.std((0, 1)).max() >= 12:
            yield path.parents[2].name if path.parent.name.startswith("images") else path.stem, image


def test_originals(work):
    """Pictures never trained on: desktop backgrounds and Tux Paint's cut-outs; tiles of them as further strangers."""
    found, tiles = [], []
    for _, image in desktop_pictures(work):
        found.append(image)
        w, h = image.size
        tiles += [image.crop((x, y, x + w // 2, y + h // 2)) for x, y in ((0, 0), (w // 2, 0), (0, h // 2), (w // 2, h // 2), (w // 4, h // 4))]
    unique, keys = [], []
    for image in found:
        key = np.asarray(image.resize((16, 16), Image.BILINEAR), np.float32).ravel() / 255
        if all(np.abs(key - k).mean() > 0.03 for k in keys):
            keys.append(key)
            unique.append(image)
    photos = len(unique)
    unique += [over_white(Image.open(p)) for p, _ in stamps(work)]
    return unique, photos, [t for t in tiles if np.asarray(t.resize((32, 32)), np.float32).std((0, 1)).max() > 12]


def recall_at(positives, negatives, rate):
    """Threshold that lets `rate` of the negatives pass, and the share of positives above it."""
    ordered = np.sort(negatives)[::-1]
    threshold = ordered[min(len(ordered) - 1, int(rate * len(ordered)))]
    return float(threshold), float((positives > threshold).mean())


def evaluate(embed, originals, tiles, seed=0):
    """embed: pictures to unit vectors. Recall per edit at the threshold for a false-positive rate of 1e-4."""
    base = embed(originals)
    strangers = embed(tiles)
    table = {name: (embed([edit(x) for x in originals]) * base).sum(1) for name, edit in {**MILD, **STRONG}.items()}
    every = np.concatenate([base, strangers])
    cosines = base @ every.T
    count = len(base)
    upper = np.triu(np.ones((count, count), bool), 1)
    negatives = np.concatenate([cosines[:, :count][upper], cosines[:, count:].ravel()[np.abs(cosines[:, count:].ravel()) < 0.9999]])
    mild = np.stack([table[n] for n in MILD], 1)
    threshold, recall = recall_at(mild.ravel(), negatives, 1e-4)
    rng, halves = np.random.default_rng(seed), []
    for _ in range(20):
        one = rng.permutation(count) < count // 2
        own = np.concatenate([cosines[:, :count][upper & one[:, None] & one[None]], cosines[one][:, count:].ravel()])
        t, _ = recall_at(mild[one].ravel(), own, 1e-4)
        halves.append((mild[~one] > t).mean())
    return {"threshold": threshold, "recall": recall, "half-split recall": float(np.mean(halves)), "half-split deviation": float(np.std(halves)),
            "threshold 1e-5": recall_at(mild.ravel(), negatives, 1e-5), "negatives": len(negatives), "originals": count,
            "per edit": {n: float((v > threshold).mean()) for n, v in table.items()},
            "positive percentiles": [float(np.percentile(mild, p)) for p in (1, 5, 50)],
            "negative percentiles": [float(np.percentile(negatives, p)) for p in (50, 99, 99.9, 99.99)]}
