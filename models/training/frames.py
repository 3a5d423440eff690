"""The frame store: 160x160 RGBA per record, premultiplied alpha, memory-mapped."""
import json
from pathlib import Path

import numpy as np
from PIL import Image

from pause import wait_while_paused

SIZE = 160


def open_frames(work, mode="r"):
    path = Path(work) / "frames.rgba"
    count = path.stat().st_size // (SIZE * SIZE * 4)
    return np.memmap(path, np.uint8, mode, shape=(count, SIZE, SIZE, 4))


def read_records(work):
    with (Path(work) / "records.jsonl").open() as stream:
        return [json.loads(line) for line in stream]


def fit(image, size=SIZE):
    image.thumbnail((size, size), Image.LANCZOS)
    frame = Image.new("RGBA", (size, size))
    frame.paste(image, ((size - image.width) // 2, (size - image.height) // 2))
    pixels = np.asarray(frame).copy()
    pixels[..., :3] = (pixels[..., :3].astype(np.uint16) * pixels[..., 3:] + 127) // 255
    return pixels


def add_pngs(work):
    """Puts the ready-made PNGs of Open Clip Art beside the rendered SVGs."""
    records = read_records(work)
    path = Path(work) / "frames.rgba"
    with path.open("r+b") as stream:
        stream.truncate(len(records) * SIZE * SIZE * 4)
    frames = open_frames(work, "r+")
    for row in records:
        if "png" in row:
            wait_while_paused()
            try:
                frames[row["id"]] = fit(Image.open(row["png"]).convert("RGBA"))
            except Exception as error:  # one broken file among thousands is not worth stopping for
                print(row["png"], error)
    frames.flush()
    usable = np.array([frames[i, ::4, ::4, 3].max() > 40 for i in range(len(records))])
    np.save(Path(work) / "usable.npy", usable)
    print(usable.sum(), "usable frames of", len(records))
