"""The held-out pictures, their queries and what counts as a right answer. Nothing here is ever trained on."""
import re
from pathlib import Path

import numpy as np
from PIL import Image

from frames import SIZE, open_frames, read_records

STAMPS = "deb/tuxpaint-stamps-default/usr/share/tuxpaint/stamps"


def over_white(image):
    image = image.convert("RGBA")
    canvas = Image.new("RGBA", image.size, "white")
    canvas.alpha_composite(image)
    return canvas.convert("RGB")


def looks_like_a_photo(image):
    """Enough distinct colours and texture for a cut-out photograph; cartoons have neither."""
    pixels = np.asarray(image.resize((128, 128), Image.BILINEAR) if max(image.size) > 400 else image)
    opaque = pixels[..., 3] > 250
    if opaque.sum() < 1500:
        return False
    colours = len(np.unique(pixels[opaque][:, :3] // 4, axis=0)) / opaque.sum()
    steps = np.abs(np.diff(pixels[..., :3].astype(int).sum(2), axis=1))[opaque[:, 1:] & opaque[:, :-1]]
    return colours > 0.12 and np.median(steps) >= 4


def stamps(work):
    """Tux Paint's photo-like stamps with their one-sentence descriptions (GPL: tests only)."""
    root, found, seen = Path(work) / STAMPS, [], set()
    for path in sorted(root.rglob("*.png")):
        text = path.with_suffix(".txt")
        if not text.exists() or re.search(r"cartoon|symbols/(?!money)|mirror|flip", str(path)):
            continue
        sentence = text.read_text(errors="replace").splitlines()[0].strip()
        image = Image.open(path).convert("RGBA")
        if sentence and sentence not in seen and looks_like_a_photo(image):
            seen.add(sentence)
            found.append((path, sentence))
    return found


class Gallery:
    """Pictures by name, and for each test the rows it uses."""

    def __init__(self, work):
        self.work, self.records = work, read_records(work)
        usable = np.load(Path(work) / "usable.npy")
        self.rows = [r for r in self.records if r["role"] == "test" and usable[r["id"]]]
        self.stamps = stamps(work)
        self.count = len(self.rows) + len(self.stamps)

    def pictures(self, size=SIZE):
        """RGB pictures in order: drawings on white, then the stamps stretched to a square."""
        frames = open_frames(self.work)
        for row in self.rows:
            f = frames[row["id"]].astype(np.uint16)
            yield Image.fromarray((f[..., :3] * (0 if row["mono"] else 1) + 255 - f[..., 3:]).astype(np.uint8))
        for path, _ in self.stamps:
            yield over_white(Image.open(path))

    def subset(self, name):
        """Row numbers of one set, one picture per label."""
        seen, found = set(), []
        for k, row in enumerate(self.rows):
            if row["set"] == name and row["label"] not in seen:
                seen.add(row["label"])
                found.append(k)
        return found

    def retrieval(self):
        """(test, row numbers of the gallery, queries, right answer per query as position in the gallery)."""
        sets = {s: self.subset(s) for s in ("noto", "openmoji", "fluent-emoji-high-contrast", "lucide", "openclipart")}
        label = lambda k: self.rows[k]["label"]
        emoji = {label(k) for k in sets["noto"]}
        sets["openmoji"] = [k for k in sets["openmoji"] if label(k) in emoji]
        for name, rows in sets.items():
            yield name, rows, [label(k) for k in rows], list(range(len(rows)))
        rows = list(range(len(self.rows), self.count))
        yield "tuxpaint photos", rows, [t for _, t in self.stamps], list(range(len(rows)))
        keyed = [j for j, k in enumerate(sets["noto"]) if len(self.rows[k]["tags"]) > 2]
        queries = []
        for j in keyed:
            row = self.rows[sets["noto"][j]]
            queries.append(" ".join([t for t in row["tags"] if t not in row["label"]][:3]))
        keyed, queries = zip(*[(j, q) for j, q in zip(keyed, queries) if q])
        yield "noto by keywords", sets["noto"], list(queries), list(keyed)

    def across(self):
        """(test, query rows, gallery rows, right answers): the same concept drawn in another style."""
        noto = self.subset("noto")
        at = {self.rows[k]["label"]: j for j, k in enumerate(noto)}
        for name in ("lucide", "fluent-emoji-high-contrast"):
            rows = [k for k in self.subset(name) if self.rows[k]["label"] in at]
            yield f"{name} to noto", rows, noto, [at[self.rows[k]["label"]] for k in rows]

    def styles(self):
        """Row numbers per style for the five-way test."""
        names = {"line": "lucide", "solid": "fluent-emoji-high-contrast", "emoji": "noto", "clip art": "openclipart"}
        found = {style: self.subset(name)[:240] for style, name in names.items()}
        found["photo"] = list(range(len(self.rows), self.count))
        return found

    def coloured(self, icons=100):
        """Held-out line and solid icons, each in nine named colours on white: (pictures, colour numbers)."""
        from augment import COLOURS
        from metrics import COLOURS as NINE
        frames = open_frames(self.work)
        rows = self.subset("lucide")[:: 17][: icons // 2] + self.subset("fluent-emoji-high-contrast")[:: 15][: icons // 2]
        pictures, truth = [], []
        for k in rows:
            alpha = frames[self.rows[k]["id"]][..., 3:].astype(np.float32) / 255
            for number, name in enumerate(NINE):
                pictures.append(Image.fromarray((255 * (1 - alpha) + alpha * np.array(COLOURS[name])).astype(np.uint8)))
                truth.append(number)
        return pictures, np.array(truth)
