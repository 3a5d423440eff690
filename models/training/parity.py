"""The exported files against torch and against their own float32 form, and what one picture and one text cost."""
from pathlib import Path

import numpy as np
import torch

from frames import open_frames
from model import load_model
from onnx_model import OnnxModel, Session
from train import pad

TEXTS = ["a red car", "snowy mountain at sunset", "arrow left", "house", "a cup of coffee on a table"]


def check(work, folder):
    folder = Path(folder)
    vision, text, tokenizer, _ = load_model(work)
    frames = open_frames(work)[:: 4001][:16].astype(np.float32)
    rgb = frames[..., :3] + 255 - frames[..., 3:]
    pixels = np.ascontiguousarray((rgb / 127.5 - 1).transpose(0, 3, 1, 2), np.float32)
    model = OnnxModel(work, folder)
    with torch.no_grad():
        image, instance = (v.numpy() for v in vision(torch.from_numpy(pixels)))
        words = text(*pad(tokenizer, TEXTS)).numpy()
    full = Session(work, folder / "vision_model.fp32.onnx", ["image_embeds", "instance_embeds"])
    plain = full.run(pixel_values=pixels)
    full.close()
    small = model.vision.run(pixel_values=pixels)
    encoded = model.encode(TEXTS)
    print("float32 onnx against torch, largest difference", float(max(np.abs(plain[0] - image).max(), np.abs(plain[1] - instance).max())))
    lowest = [float((a * b).sum(1).min()) for a, b in ((small[0], image), (small[1], instance), (encoded, words))]
    print("shipped weights against float32, lowest cosine: image, instance, text", lowest)
    times = []
    for _ in range(60):
        model.vision.run(pixel_values=pixels[:1])
        times.append(model.vision.took)
    texts = []
    for _ in range(60):
        model.encode(TEXTS[1:2])
        texts.append(model.text.took)
    print(f"one thread: picture {np.median(times):.2f} ms (best {min(times):.2f}), text {np.median(texts):.2f} ms (best {min(texts):.2f})")
    model.close()
    if min(lowest) < 0.999 or np.abs(plain[0] - image).max() > 1e-4:
        raise SystemExit("the exported model does not agree with the trained one")
