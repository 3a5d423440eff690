"""One step of the build, called by `run`."""
import argparse
import json
import os
import subprocess
import sys
from pathlib import Path

import torch

import workers

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
    subprocess.run(["node", str(HERE / "render.mjs"), str(work), str(frames.SIZE)], check=True)
    if not (work / "usable.npy").exists():
        frames.add_pngs(work)
    if not (work / "photos.npy").exists():
        photos.collect(work)


def features(work, sources):
    import features as cache
    for view in VIEWS:
        cache.prepare(work, view)
    workers.run(cache.extract_others, work)
    for view in VIEWS:
        workers.run(cache.extract, work, view)


def train(work, sources):
    import train as towers
    args = argparse.Namespace(work=work, name="heads", **sources["training"]["towers"])
    towers.prepare(work)
    workers.run(towers.launch, towers.Trainer, work, args)


def tune(work, sources):
    import finetune
    import train as towers
    args = argparse.Namespace(work=work, name="tuned", **sources["training"]["tuning"])
    finetune.prepare(work, args.count, args.views)
    workers.run(finetune.extract, work)
    workers.run(towers.launch, finetune.Tuner, work, args)
    finetune.blend(work, args.blend)


def words(work, sources):
    import train as towers
    import words as text
    args = argparse.Namespace(work=work, name="words", **sources["training"]["words"])
    text.vectors(work, "w+")
    workers.run(text.see, work)
    workers.run(towers.launch, text.Words, work, args)
    text.blend(work, args.blend)


def memory(work, sources):
    import memory as names
    names.build(work)


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
