"""Where training starts: both towers in closed form, in under two minutes. Pictures by linear discriminants of what is
drawn, of colour and of style; words by ridge regression of tokens and neighbouring tokens on the mean of the pictures
that carry a phrase."""
import collections

import numpy as np
import scipy.linalg
import torch
from scipy.sparse import csr_matrix, diags

from augment import NAMES
from captions import STYLES, STYLE_TEXTS
from towers import DIMENSIONS, PAIRS, pair_of

COLOUR, STYLE = len(NAMES) - 1, len(STYLES) - 2
SHRINK, RIDGE, PAIR_WEIGHT = 0.3, 0.3, 0.5
COLOUR_WEIGHT, STYLE_WEIGHT = 0.45, 0.3
WEIGHTS = {"name": 1.0, "alias": 0.3, "tag": 0.15, "other": 0.2, "kind": 0.05}


def scatter(x, classes, power=0.5):
    """Mean covariance within classes of at least two; large classes count with a root of their size."""
    members = collections.defaultdict(list)
    for k, c in enumerate(classes):
        members[c].append(k)
    total, weight = np.zeros((x.shape[1],) * 2), 0.0
    rows, factors = [], []
    for group in members.values():
        if len(group) > 1:
            rows.append(x[group] - x[group].mean(0))
            factors.append(np.full(len(group), len(group) ** -power))
    rows, factors = np.concatenate(rows), np.concatenate(factors)
    total = (rows * factors[:, None].astype(np.float32)).T @ rows
    return (total / factors.sum()).astype(np.float64)


def directions(within, between, count):
    """Generalised eigenvectors, weighted by the logarithm of how much they tell classes apart."""
    within = within + SHRINK * np.trace(within) / len(within) * np.eye(len(within))
    values, vectors = scipy.linalg.eigh(between, within, subset_by_index=[len(within) - count, len(within) - 1])
    return vectors * np.sqrt(np.log(np.maximum(values, 1.01)))


def attribute(x, classes, count):
    """Linear discriminants of a few named classes, unit variance over `x`."""
    known = classes >= 0
    part, labels = x[known], classes[known]
    means = np.stack([part[labels == c].mean(0) for c in np.unique(labels)])
    within = scatter(part, labels, 0.0)
    within += SHRINK * np.trace(within) / len(within) * np.eye(len(within))
    values, vectors = scipy.linalg.eigh(np.cov(means.T), within, subset_by_index=[len(within) - count, len(within) - 1])
    return vectors / (x[::7] @ vectors).std(0)


def picture_map(x, labels, colours, styles):
    """[features, DIMENSIONS] for standardised rows `x`."""
    names = directions(scatter(x, labels), np.cov(x[::2].T), DIMENSIONS - COLOUR - STYLE)
    names /= np.linalg.norm(x[::11] @ names, axis=1).mean()
    tints, kinds = attribute(x, colours, COLOUR), attribute(x, styles, STYLE)
    return np.concatenate([names, tints * (COLOUR_WEIGHT / COLOUR ** 0.5), kinds * (STYLE_WEIGHT / STYLE ** 0.5)], 1)


def word_map(vectors, described, tokenizer):
    """Token and pair embeddings. `described`: (row, phrase, weight) triples."""
    sums, counts = collections.defaultdict(lambda: np.zeros(DIMENSIONS)), collections.Counter()
    for row, phrase, weight in described:
        sums[phrase] += weight * vectors[row]
        counts[phrase] += weight
    phrases = list(sums)
    target = np.stack([sums[p] / counts[p] for p in phrases])
    tokens = [tokenizer(p) for p in phrases]
    size = len(tokenizer.vocabulary)
    columns = [t + [size + pair_of(a, b) for a, b in zip(t, t[1:])] for t in tokens]
    values = [[len(t) ** -0.5] * len(t) + [PAIR_WEIGHT * len(t) ** -0.5] * (len(t) - 1) for t in tokens]
    rows = np.repeat(np.arange(len(phrases)), [len(c) for c in columns])
    matrix = csr_matrix((np.concatenate(values), (rows, np.concatenate(columns))), (len(phrases), size + PAIRS))
    weight = diags(np.sqrt([counts[p] for p in phrases]))
    gram, right = (matrix.T @ weight @ matrix).tocsr(), matrix.T @ (weight @ target)
    solution = np.zeros_like(right)
    rest, step = right.copy(), right.copy()
    squares = (rest * rest).sum(0)
    for _ in range(40):  # conjugate gradients, all dimensions at once
        ahead = gram @ step + RIDGE * step
        length = squares / ((step * ahead).sum(0) + 1e-12)
        solution += length * step
        rest -= length * ahead
        fresh = (rest * rest).sum(0)
        step = rest + fresh / (squares + 1e-12) * step
        squares = fresh
    solution /= np.linalg.norm(matrix @ solution, axis=1).mean()
    solution[size:] *= PAIR_WEIGHT
    return solution[:size], solution[size:]


def tinted(colour, label):
    return [] if colour < 0 else [(NAMES[colour], 0.3), (NAMES[colour] + " " + label, 0.1)]


def styled(style):
    return [(w, 0.05) for w in STYLE_TEXTS.get(style, [])]


def titled(captions, i):
    """What drawing `i` may be called, with weights."""
    names, (words, other, kinds) = captions.names[i], captions.extra[i]
    return [(names[0], WEIGHTS["name"])] + [(n, WEIGHTS["alias"]) for n in names[1:]] + [(t, WEIGHTS["tag"]) for t in words] + [
        (t, WEIGHTS["other"]) for t in other] + [(t, WEIGHTS["kind"]) for t in kinds]


def drawn(sampler, i, tags):
    """(colour, phrases with weights) of a view of drawing `i`, whose colour and background `tags` give."""
    record, captions = sampler.records[i], sampler.captions
    colour = int(tags[0]) if record["mono"] else int(sampler.main_colours[i])
    phrases = tinted(colour, record["label"]) + styled(record["style"])
    return colour, phrases + (titled(captions, i) if tags[1] == 0 else [])


def photographed(sampler, i):
    """The same of photograph or scene `i`."""
    return [(w, 0.3) for w in sampler.photo_words[i]] + ([] if sampler.photo_scene[i] else styled("photo"))


def rows_of(sampler):
    """Every cached view: features, label, colour, style and its phrases with weights."""
    views, records = sampler.views, sampler.records
    features, labels, colours, styles, described = [], [], [], [], []

    def keep(feature, label, colour, style, phrases):
        described.extend((len(features), p, w) for p, w in phrases)
        features.append(feature)
        labels.append(label)
        colours.append(colour)
        styles.append(style)

    for i in views.ids:
        i = int(i)
        record = records[i]
        for k in views.of[i]:
            colour, phrases = drawn(sampler, i, views.tags[k][i])
            style = STYLES.index(record["style"]) if record["style"] in STYLES and record["style"] != "flag" else -1
            keep(views.stores[k][i], record["label"], colour, style, phrases)
    for i, words in enumerate(sampler.photo_words):
        scene = sampler.photo_scene[i]
        for feature in sampler.photos[i]:
            keep(feature, words[0], -1, -1 if scene else STYLES.index("photo"), photographed(sampler, i))
    for feature, i in zip(sampler.photolike, sampler.photolike_ids):
        keep(feature, records[i]["label"], -1, STYLES.index("photo"), titled(sampler.captions, int(i)) + styled("photo"))
    for feature in sampler.cutouts:
        keep(feature, "", -1, STYLES.index("photo"), styled("photo"))
    return np.stack(features), np.array(labels), np.array(colours), np.array(styles), described


def start(projection, text, tokenizer, sampler):
    features, labels, colours, styles, described = rows_of(sampler)
    with torch.no_grad():
        standard = [projection.standardise(torch.from_numpy(features[a:a + 4000].astype(np.float32))) for a in range(0, len(features), 4000)]
        x = torch.cat(standard).numpy()
        del standard
        mean = x.mean(0)
        x -= mean
        named = np.where(labels == "", np.arange(len(labels)).astype(str), labels)
        weights = picture_map(x, named, colours, styles).astype(np.float32)
        vectors = x @ weights
        vectors /= np.linalg.norm(vectors, axis=1, keepdims=True)
        centre = vectors.mean(0)
        tokens, pairs = word_map(vectors - centre, described, tokenizer)
        projection.skip.weight.copy_(torch.from_numpy(weights.T.copy()))
        projection.skip.bias.copy_(torch.from_numpy(-mean @ weights - centre))
        text.embed.weight.copy_(torch.from_numpy(tokens))
        text.pairs.weight.copy_(torch.from_numpy(pairs))
    print("closed form over", len(x), "views", flush=True)
