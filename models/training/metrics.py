"""The measured figures of one model, whatever computes its vectors."""
import numpy as np

STYLE_QUERIES = {"line": "line icon", "solid": "solid icon", "emoji": "emoji", "clip art": "clip art", "photo": "photo"}
COLOURS = ("red", "orange", "yellow", "green", "blue", "purple", "pink", "brown", "black")


def recalls(scores, right, depths=(1, 5, 10)):
    """Share of queries whose right answer is among the best k; ties count against."""
    mine = scores[np.arange(len(right)), right]
    rank = (scores >= mine[:, None]).sum(1) - 1
    return [float((rank < k).mean()) for k in depths]


def measure(gallery, images, encode, coloured=None):
    """images: vectors of gallery.pictures(); encode: texts to vectors; coloured: (vectors, colour index per vector)."""
    table = {}
    for name, rows, queries, right in gallery.retrieval():
        table[f"text to {name}"] = [len(queries), len(rows), *recalls(encode(queries) @ images[rows].T, right)]
    for name, queries, rows, right in gallery.across():
        table[name] = [len(queries), len(rows), *recalls(images[queries] @ images[rows].T, right)]
    words = encode(list(STYLE_QUERIES.values()))
    each = []
    for k, (style, rows) in enumerate(gallery.styles().items()):
        each.append(float(((images[rows] @ words.T).argmax(1) == k).mean()))
        table[f"style {style}"] = [len(rows), 5, each[-1]]
    table["five styles, mean"] = [5, 5, float(np.mean(each))]
    if coloured is not None:
        vectors, truth = coloured
        table["nine colours"] = [len(truth), 9, float(((vectors @ encode([c + " icon" for c in COLOURS]).T).argmax(1) == truth).mean())]
    return table


def show(tables):
    """Markdown: one row per test, one column per model."""
    names = list(tables)
    lines = ["| test | queries | gallery | " + " | ".join(names) + " |", "|---|---|---|" + "---|" * len(names)]
    for test in tables[names[0]]:
        first = tables[names[0]][test]
        cells = [" / ".join(f"{v:.3f}" for v in tables[n][test][2:]) for n in names]
        lines.append(f"| {test} | {first[0]} | {first[1]} | " + " | ".join(cells) + " |")
    return "\n".join(lines)
