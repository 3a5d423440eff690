"""Prints every figure, the baseline beside it: `evaluate.py WORK teacher student` for checkpoints while training,
`evaluate.py WORK FOLDER...` for exported models."""
import json
import sys
from pathlib import Path

import numpy as np
import torch

from PIL import Image

import copies
import languages
import teacher
import tokenizer as bpe
from features import load_features, see, to_tensor
from metrics import measure, recalls, show
from model import load_model
from onnx_model import OnnxModel, Session
from photographs import Photographs
from photographs import show as show_photographs
from testsets import Gallery
from train import load_teacher, pad, vectors


def seen_by_both(gallery, work):
    """Features of both networks for every test picture, computed once."""
    path = Path(work) / "features/tests.npz"
    if not path.exists():
        model, session = load_features(work), Session(work, teacher.convert(work), ["features"])
        coloured, truth = gallery.coloured()
        rows = lambda pictures: np.concatenate([see(model, session, to_tensor(part))[1] for part in batches(pictures)])
        with torch.no_grad():
            np.savez(path, seen=rows(gallery.pictures()), coloured=rows(coloured), truth=truth)
        session.close()
    return np.load(path)


def batches(pictures, size=50):
    shown = []
    for picture in pictures:
        shown.append(np.asarray(picture.resize((128, 128), Image.BILINEAR)))
        if len(shown) == size:
            yield shown
            shown = []
    if shown:
        yield shown


def encoder(text, tokenizer):
    return lambda texts: np.concatenate([text(*pad(tokenizer, texts[i:i + 256])).numpy() for i in range(0, len(texts), 256)])


def of_checkpoint(gallery, work, name):
    tokenizer = bpe.load(work)
    with torch.no_grad():
        if name == "teacher":
            projection, text, _ = load_teacher(work, tokenizer)
            data = seen_by_both(gallery, work)
            return measure(gallery, vectors(projection, data["seen"]).numpy(), encoder(text, tokenizer),
                           (vectors(projection, data["coloured"]).numpy(), data["truth"]))
        vision, text, tokenizer, _ = load_model(work, copies=False, languages=False)
        shown = lambda pictures: np.concatenate([vision.projection(vision.features(to_tensor(part))).numpy() for part in batches(pictures)])
        coloured, truth = gallery.coloured()
        return measure(gallery, shown(gallery.pictures()), encoder(text, tokenizer), (shown(coloured), truth))


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
