"""Lists every drawing with its captions: one JSON line per image in work/records.jsonl."""
import hashlib
import json
import re
from pathlib import Path

STYLE_WORDS = {
    "outline", "outlined", "filled", "fill", "solid", "linear", "bold", "broken", "duotone", "line", "rounded",
    "sharp", "regular", "light", "thin", "remix", "flat", "duo", "negative", "24px", "ios", "md", "duotones",
    "color", "twotone", "emoji"}
SKIN = re.compile(r"skin-tone|-(light|medium-light|medium|medium-dark|dark)$")
BRAND = re.compile(r"(^|-)(logo|brand|brands|fa6|social)(-|$)|^currency-|^abstract-|^letter-|^language-|^file-type-")
NOISE = re.compile(r"(^|-)(off|slash|disabled|cancel)(-|$)")


def load_set(root, name):
    folder = Path(root) / "node_modules/@iconify-json" / name
    return json.loads((folder / "icons.json").read_text())


def words_of(name):
    """Icon name to plain words: style, size and ordinal suffixes dropped."""
    parts = re.split(r"[-_\s]+", name.lower())
    kept = [p for p in parts if p not in STYLE_WORDS and not re.fullmatch(r"\d+|i|alt", p)]
    while len(kept) > 1 and kept[-1] in {"one", "two", "three", "four", "five"}:
        kept.pop()
    return " ".join(kept)


def bucket(text, n=100):
    return int(hashlib.sha1(text.encode()).hexdigest()[:8], 16) % n


def squash(text):
    return re.sub(r"[^a-z0-9]", "", text.lower())


class Emoji:
    """CLDR labels and keywords, found by any spelling of the label."""

    def __init__(self, root, language="en"):
        rows = json.loads((Path(root) / "node_modules/emojibase-data" / language / "data.json").read_text())
        self.by_label = {squash(r["label"].replace("“", "").replace("”", "")): r for r in rows}
        self.by_code = {r["hexcode"]: r for r in rows}

    def find(self, name):
        key = squash(name)
        for candidate in (key, key.replace("flagfor", "flag"), key.removesuffix("1"), key.removesuffix("2"),
                          key.removeprefix("flag")):
            if candidate in self.by_label:
                return self.by_label[candidate]
        return None


def aliases_of(label):
    """Short everyday names hidden in a CLDR label: 'dog face' is also a 'dog'."""
    found = []
    for tail in (" face", " with", ":", " symbol", " sign"):
        if label.endswith(tail):
            found.append(label[: -len(tail)])
    head = re.split(r" with | in | on | of |: ", label)[0]
    if head != label and len(head) > 2 and not head.startswith(("flag", "face")):
        found.append(head)
    return [a.strip() for a in found if len(a.strip()) > 2]


def pick_variant(name, rule):
    """One or two styles of a family are enough; which ones is decided by a hash, so that it repeats."""
    if rule == "ph":
        base = re.sub(r"-(thin|light|bold|fill|duotone)$", "", name)
        style = name[len(base) + 1:] or "regular"
        b = bucket(base, 9)
        return style in {("fill", "bold", "duotone")[b % 3], ("regular", "light", "thin")[b // 3]}
    if rule == "solar":
        base = re.sub(r"-(bold|linear|outline|broken|bold-duotone|line-duotone)$", "", name)
        style = name[len(base) + 1:]
        b = bucket(base, 9)
        return style in {("bold", "bold-duotone", "line-duotone")[b % 3], ("linear", "outline", "linear")[b // 3]}
    if rule == "material":
        base = re.sub(r"(-outline)?(-rounded|-sharp)?$", "", name)
        return name == base or (bucket(base, 3) == 0 and name == base + "-outline-rounded")
    if rule == "fluent":
        found = re.fullmatch(r"(.+)-(24)-(regular|filled)", name)
        return bool(found) and (found[3] == "filled") == (bucket(found[1], 2) == 0)
    if rule == "largest":
        return name.endswith(("-32", "-48"))
    if rule == "plain":
        return not re.search(r"-24px$|-negative$|^ios-|^md-|-sharp$", name)
    return True


def icon_records(root, source):
    data = load_set(root, source["set"])
    emoji = Emoji(root) if source["captions"] == "cldr" else None
    flags = Emoji(root)
    tags = set_tags(root, source["set"])
    for name, icon in sorted(data["icons"].items()):
        if icon.get("hidden") or SKIN.search(name) and emoji:
            continue
        if source["captions"] == "flag":
            code = "-".join(f"{0x1F1E6 + ord(c) - 97:X}" for c in name) if re.fullmatch("[a-z]{2}", name) else ""
            row = flags.by_code.get(code)
            if row is None:
                continue
            label, keywords, group = row["label"].lower().replace(":", ""), row.get("tags", []), None
        elif source["captions"] == "cldr":
            row = emoji.find(name)
            if row is None:
                if source["role"] == "test":
                    continue
                label, keywords, group = words_of(name), [], None
            else:
                label, keywords, group = row["label"].lower(), row.get("tags", []), row.get("group")
                label = label.replace("“", "").replace("”", "")
        else:
            if not pick_variant(name, source.get("variants")) or BRAND.search(name):
                continue
            if NOISE.search(name) and (source["role"] == "test" or bucket(name, 3)):
                continue
            label, keywords, group = words_of(name), tags.get(name, []), None
        if len(label) < 2:
            continue
        width = icon.get("width", data.get("width", 16))
        height = icon.get("height", data.get("height", 16))
        box = f'{icon.get("left", 0)} {icon.get("top", 0)} {width} {height}'
        svg = f'<svg xmlns="http://www.w3.org/2000/svg" viewBox="{box}" width="{width}" height="{height}">{icon["body"]}</svg>'
        yield {"set": source["set"], "name": name, "role": source["role"], "mono": source["mono"],
               "style": style_of(source, name), "label": label, "aliases": aliases_of(label) if emoji else [],
               "tags": keywords, "group": group, "svg": svg}


def style_of(source, name):
    if source["style"] != "icon":
        return source["style"]
    if re.search(r"fill|solid|bold|filled", name):
        return "solid"
    if re.search(r"outline|line|linear|regular|thin|light", name):
        return "line"
    return source.get("default_style", "icon")


def set_tags(root, name):
    modules = Path(root) / "node_modules"
    if name == "mdi":
        rows = json.loads((modules / "@mdi/svg/meta.json").read_text())
        return {r["name"]: [a.replace("-", " ") for a in r["aliases"]] + [t.lower() for t in r["tags"] if "/" not in t]
                for r in rows}
    if name == "tabler":
        rows = json.loads((modules / "@tabler/icons/icons.json").read_text())
        return {k: [str(t).replace("-", " ").lower() for t in v.get("tags", []) if len(str(t)) > 2] for k, v in rows.items()}
    return {}


def clipart_records(svg_root, png_root):
    """Open Clip Art: every tenth title is the test split."""
    for path in sorted(Path(svg_root).rglob("*.svg")):
        png = Path(png_root) / path.relative_to(svg_root).with_suffix(".png")
        text = path.read_text(errors="replace")
        if not png.exists() or not re.search(r"publicdomain|PublicDomain", text):
            continue
        meta = text[: text.find("</metadata>")] if "</metadata>" in text else ""
        title = re.search(r"<dc:title[^>]*>([^<]{2,80})</dc:title>", meta)
        name = clean(title[1]) if title else ""
        if not name or name in {"untitled", "unsorted"} or re.search(r"\d{3}|\.svg", name):
            name = clean(re.sub(r"_[a-z]+_\d+$|\d+", "", path.stem))
        subjects = [clean(s) for s in re.findall(r"<rdf:li[^>]*>([^<]{2,40})</rdf:li>", meta)]
        subjects = [s for s in subjects if s and s not in {"unsorted", "externalsource", "clip art", "clipart"}][:8]
        folder = [clean(p) for p in path.relative_to(svg_root).parts[:-1]][-1:]
        if len(name) < 3:
            continue
        yield {"set": "openclipart", "name": str(path.relative_to(svg_root)), "mono": False, "style": "clip art",
               "role": "test" if bucket(name, 10) == 0 else "train", "label": name, "aliases": [],
               "tags": subjects + folder, "group": None, "png": str(png)}


def clean(text):
    text = re.sub(r"&[a-z#0-9]+;", " ", text.lower())
    return re.sub(r"\s+", " ", re.sub(r"[^a-z0-9' ]", " ", text)).strip()


def write(work, sources):
    out = Path(work) / "records.jsonl"
    seen = {}
    with out.open("w") as stream:
        rows = []
        for source in sources["icons"]:
            rows.extend(icon_records(Path(work) / "npm", source))
        share = Path(work) / "deb"
        rows.extend(clipart_records(share / "openclipart-svg/usr/share/openclipart/svg",
                                    share / "openclipart-png/usr/share/openclipart/png"))
        for i, row in enumerate(rows):
            row["id"] = i
            stream.write(json.dumps(row) + "\n")
            seen.setdefault((row["set"], row["role"]), []).append(row["label"])
    for (name, role), labels in sorted(seen.items()):
        print(f"{role:5} {name:28} {len(labels):6} images {len(set(labels)):6} labels")
    print(len(rows), "records")
