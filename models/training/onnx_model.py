"""A model folder in Hugging Face layout, run by onnxruntime as the product runs it."""
import json
import struct
import subprocess
from pathlib import Path

import numpy as np
from PIL import Image

import tokenizer as bpe

HERE = Path(__file__).parent


class Session:
    def __init__(self, work, model, outputs):
        self.process = subprocess.Popen(["node", str(HERE / "ort.mjs"), str(work), str(model), ",".join(outputs)],
                                        stdin=subprocess.PIPE, stdout=subprocess.PIPE)

    def run(self, **inputs):
        names = {k: {"type": "int64" if v.dtype == np.int64 else "float32", "dims": list(v.shape)} for k, v in inputs.items()}
        head = json.dumps({"inputs": names}).encode()
        self.process.stdin.write(struct.pack("<I", len(head)) + head)
        for v in inputs.values():
            self.process.stdin.write(np.ascontiguousarray(v).tobytes())
        self.process.stdin.flush()
        length = struct.unpack("<I", self.process.stdout.read(4))[0]
        meta = json.loads(self.process.stdout.read(length))
        self.took = meta["took"]
        return [np.frombuffer(self.process.stdout.read(4 * int(np.prod(d))), np.float32).reshape(d) for d in meta["dims"]]

    def close(self):
        self.process.stdin.close()
        self.process.wait()


class OnnxModel:
    def __init__(self, work, folder):
        self.folder = Path(folder)
        config = json.loads((self.folder / "preprocessor_config.json").read_text())
        self.size = config["size"]["width"]
        self.mean, self.std = (np.array(config[k], np.float32).reshape(3, 1, 1) for k in ("image_mean", "image_std"))
        self.tokenizer = bpe.load(folder)
        self.limit = json.loads((self.folder / "tokenizer.json").read_text())["truncation"]["max_length"]
        self.vision = Session(work, self.folder / "onnx/vision_model.onnx", ["image_embeds", "instance_embeds"])
        self.text = Session(work, self.folder / "onnx/text_model.onnx", ["text_embeds"])

    def pixels(self, picture):
        small = picture.convert("RGB").resize((self.size, self.size), Image.BILINEAR)
        x = np.asarray(small, np.float32).transpose(2, 0, 1) / 255
        return (x - self.mean) / self.std

    def images(self, pictures, chunk=32):
        """(search vectors, copy vectors)."""
        found, batch = [], []
        for picture in pictures:
            batch.append(self.pixels(picture))
            if len(batch) == chunk:
                found.append(self.vision.run(pixel_values=np.stack(batch)))
                batch = []
        if batch:
            found.append(self.vision.run(pixel_values=np.stack(batch)))
        return tuple(np.concatenate([f[k] for f in found]) for k in (0, 1))

    def encode(self, texts, chunk=128):
        found = []
        for at in range(0, len(texts), chunk):
            rows = [self.tokenizer(t)[: self.limit] for t in texts[at:at + chunk]]
            ids = np.zeros((len(rows), max(map(len, rows))), np.int64)
            for i, row in enumerate(rows):
                ids[i, : len(row)] = row
            found.append(self.text.run(input_ids=ids, attention_mask=(ids != 0).astype(np.int64))[0])
        return np.concatenate(found)

    def close(self):
        self.vision.close()
        self.text.close()
