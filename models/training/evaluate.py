"""Prints every figure, the baseline beside it: `evaluate.py WORK heads` from cached features while training,
`evaluate.py WORK FOLDER...` for exported models."""
import json
import sys
from pathlib import Path

import numpy as np
import torch

import copies
from features import to_tensor
from frames import SIZE
import languages
from metrics import measure, recalls, show
from onnx_model import OnnxModel
from photographs import Photographs
from photographs import show as show_photographs
from testsets import Gallery


def run(features, pictures):
    shown, rows = [], []
    for p in pictures:
        shown.append(np.asarray(p.resize((SIZE, SIZE), 2)))
        if len(shown) == 50:
            rows.append(features(to_tensor(shown)).numpy())
            shown = []
    return np.concatenate(rows + ([features(to_tensor(shown)).numpy()] if shown else []))


def cached(gallery, work, features):
    """Features of the unchanged trunk for every test picture: drawings from view 0, the others computed once."""
    path = Path(work) / "features/tests.npz"
    if not path.exists():
        pictures = list(gallery.pictures())[len(gallery.rows):]
        coloured, truth = gallery.coloured()
        with torch.no_grad():
            np.savez(path, stamps=run(features, pictures), coloured=run(features, coloured), truth=truth)
    data = np.load(path)
    from towers import FEATURES
    store = np.memmap(Path(work) / "features/view0.f16", np.float16, "r").reshape(-1, FEATURES)
    rows = store[[r["id"] for r in gallery.rows]].astype(np.float32)
    return np.concatenate([rows, data["stamps"]]), data["coloured"], data["truth"]


def of_checkpoint(gallery, work, name):
    from model import load_model
    from train import pad
    vision, text, tokenizer, _ = load_model(work, name, copies=False)
    with torch.no_grad():
        if vision.tuned:
            coloured, truth = gallery.coloured()
            tests, coloured = run(vision.features, gallery.pictures()), run(vision.features, coloured)
        else:
            tests, coloured, truth = cached(gallery, work, vision.features)
        project = lambda x: vision.place(torch.from_numpy(np.ascontiguousarray(x))).numpy()
        encode = lambda texts: np.concatenate([text(*pad(tokenizer, texts[i:i + 256])).numpy() for i in range(0, len(texts), 256)])
        return measure(gallery, project(tests), encode, (project(coloured), truth))


def of_folder(gallery, work, folder):
    model = OnnxModel(work, folder)
    images, _ = model.images(gallery.pictures())
    coloured, truth = gallery.coloured()
    table = measure(gallery, images, model.encode, (model.images(coloured)[0], truth))
    model.close()
    return table


def languages_of(gallery, work, folder):
    """Per language how well the emoji's name in it finds Noto's drawing: number of names, R@1, R@5, R@10."""
    rows = gallery.subset("noto")
    model, pictures = OnnxModel(work, folder), list(gallery.pictures())
    images, found = model.images(pictures[k] for k in rows)[0], {}
    for language, names in languages.queries(work, [gallery.rows[k]["label"] for k in rows]).items():
        texts, right = zip(*names)
        found[language] = [len(texts), *recalls(model.encode(list(texts)) @ images.T, list(right))]
    model.close()
    return found


def photographs_of(work, folder):
    model, photographs = OnnxModel(work, folder), Photographs(work)
    ranks = photographs.measure(model.images(photographs.pictures)[0], model.encode)
    model.close()
    return ranks


def copies_of(work, folder):
    model = OnnxModel(work, folder)
    originals, photos, tiles = copies.test_originals(work)
    found = {}
    for k, name in enumerate(("image_embeds", "instance_embeds")):
        found[name] = copies.evaluate(lambda pictures: model.images(pictures)[k], originals, tiles)
    model.close()
    return {"desktop pictures": photos, **found}


if __name__ == "__main__":
    torch.set_num_threads(1)
    work, names = sys.argv[1], sys.argv[2:]
    gallery, tables, ranks, spoken = Gallery(work), {}, {}, {}
    for name in names:
        store = Path(work) / f"measured-{Path(name).name}.json"
        if not Path(name).is_dir():
            tables[name] = of_checkpoint(gallery, work, name)
            continue
        if not store.exists():
            store.write_text(json.dumps({"search": of_folder(gallery, work, name), "copies": copies_of(work, name)}, indent=1))
        result = json.loads(store.read_text())
        if "photographs" not in result or "languages" not in result:
            result["photographs"], result["languages"] = photographs_of(work, name), languages_of(gallery, work, name)
            store.write_text(json.dumps(result, indent=1))
        ranks[Path(name).name], spoken[Path(name).name] = result["photographs"], result["languages"]
        tables[Path(name).name] = result["search"]
        for output, figures in result["copies"].items():
            if isinstance(figures, dict):
                print(Path(name).name, output, {k: v for k, v in figures.items() if k != "per edit"})
    print(show(tables))
    for name, result in spoken.items():
        print(name, {k: [round(x, 3) for x in v] for k, v in result.items()})
    if ranks:
        print(show_photographs(ranks))
