"""One step of the build, called by `run`."""
import argparse
import json
import os
import subprocess
import sys
from pathlib import Path

import torch

HERE = Path(__file__).parent
BASELINE = os.environ.get("BASELINE", "").rstrip("/")
VIEWS = (0, 1)


def fetch(work, sources):
    import fetch as packages
    packages.fetch(work, sources)


def render(work, sources):
    import catalogue
    import frames
    import photos
    if not (work / "records.jsonl").exists():
        catalogue.write(work, sources)
    subprocess.run(["node", str(HERE / "render.mjs"), str(work)], check=True)
    if not (work / "usable.npy").exists():
        frames.add_pngs(work)
    if not (work / "photos.npy").exists():
        photos.collect(work)


def features(work, sources):
    import features as cache
    cache.extract_photos(work)
    cache.extract_cutouts(work)
    for view in VIEWS:
        cache.extract(work, view)


def train(work, sources):
    import train as towers
    args = argparse.Namespace(work=work, name="heads", **sources["training"]["towers"])
    torch.manual_seed(args.seed)
    towers.Trainer(work, args).run()


def tune(work, sources):
    import finetune
    args = argparse.Namespace(work=work, name="tuned", **sources["training"]["tuning"])
    torch.manual_seed(args.seed)
    finetune.extract(work, args.count, args.views)
    finetune.Tuner(work, args).run()
    finetune.blend(work, args.blend)


def copies(work, sources):
    import copies as head
    from features import load_features
    head.extract(work, load_features(work).trunk)
    head.train(work)


def languages(work, sources):
    import languages as further
    from model import load_model
    _, text, tokenizer, _ = load_model(work, copies=False, languages=False)
    further.train(work, text.tower, tokenizer)


def export(work, sources):
    import export as onnx
    from model import load_model
    print(onnx.export(*load_model(work), work / "default"))
    for path in work.glob("measured-default.json"):
        path.unlink()


def evaluate(work, sources):
    import parity
    parity.check(work, work / "default")
    folders = ([BASELINE] if BASELINE else []) + [str(work / "default")]
    subprocess.run([sys.executable, str(HERE / "evaluate.py"), str(work), *folders], check=True)


def card(work, sources):
    import card as writer
    writer.write(work, sources, BASELINE, HERE.parent / "default")


if __name__ == "__main__":
    torch.set_num_threads(1)
    work = Path(sys.argv[1])
    globals()[sys.argv[2]](work, json.loads((HERE / "sources.json").read_text()))
