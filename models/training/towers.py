"""The two towers. Everything they compute is exported to ONNX as it stands."""
import torch
from torch import nn
from torch.nn import functional as F

from frames import SIZE
from trunk import ClassHead, Trunk

# Reference colours: the named ones of augment.py in the same order, then shades that would otherwise fall between two names.
PALETTE = (
    (20, 20, 20), (245, 245, 245), (130, 130, 130), (215, 35, 35), (245, 135, 20), (245, 215, 30), (40, 160, 60),
    (35, 85, 215), (130, 50, 170), (245, 110, 175), (125, 75, 35), (40, 190, 190), (120, 20, 25), (20, 80, 35),
    (20, 35, 100), (150, 200, 240), (160, 215, 130), (225, 200, 160), (70, 70, 70), (200, 200, 200), (250, 225, 200))
DIMENSIONS = 192
COPY_DIMENSIONS = 128
SHARPNESS, SHARE = 40, 0.45  # of the memory
POOLED = 2 * (128 + 256 + 512)
HIDDEN = 2 * 128
SCORES = 80
COLOURS = 3 * len(PALETTE)
GRID = SIZE // 4
FEATURES = POOLED + HIDDEN + COLOURS + SCORES


class Colours(nn.Module):
    """Share of each reference colour in the whole picture, in its rim and in its middle."""

    def __init__(self):
        super().__init__()
        palette = torch.tensor(PALETTE, dtype=torch.float32) / 127.5 - 1
        # exp(-20 |x - p|^2), from a 1x1 convolution over x and x^2; a Softmax over channels takes the runtime longer.
        weight = torch.cat([palette * 40, torch.full_like(palette, -20.0)], 1)
        self.register_buffer("weight", weight.view(-1, 6, 1, 1), persistent=False)
        self.register_buffer("bias", -(palette ** 2).sum(1) * 20, persistent=False)

    def forward(self, pixels):
        small = pixels[:, :, 2::4, 2::4]
        near = torch.exp(F.conv2d(torch.cat([small, small * small], 1), self.weight, self.bias))
        share = near / near.sum(1, keepdim=True)
        whole = share.mean((2, 3))
        edge, quarter = round(GRID / 16), GRID // 4
        inner = share[:, :, edge:-edge, edge:-edge].mean((2, 3))
        part = (1 - 2 * edge / GRID) ** 2
        rim = F.relu(whole - inner * part) / (1 - part)
        return torch.cat([whole, rim, share[:, :, quarter:-quarter, quarter:-quarter].mean((2, 3))], 1)


class Features(nn.Module):
    """Picture in [-1, 1] to pooled trunk features and detector scores."""

    def __init__(self, trunk=None, head=None):
        super().__init__()
        self.trunk, self.head, self.colours = trunk or Trunk(), head or ClassHead(), Colours()

    def forward(self, pixels):
        return self.pool(pixels, *self.trunk(pixels))

    def pool(self, pixels, low, middle, high, colours=None):
        hidden, classes = self.head(low, middle, high)
        parts = []
        for x in (low, middle, high):
            parts += [x.mean((2, 3)), x.amax((2, 3))]
        parts += [x.amax((2, 3)) for x in hidden]
        parts.append(self.colours(pixels) if colours is None else colours)
        parts.append(torch.maximum(classes[0].amax((2, 3)), classes[1].amax((2, 3))))
        return torch.cat(parts, 1)


def signed_root(x):
    """Continuous at zero, where rounding differs between runtimes."""
    return torch.sign(x) * (torch.sqrt(x.abs() + 1e-6) - 1e-3)


class Projection(nn.Module):
    """Features to the shared space: one branch sees everything, one only what the detector recognises."""

    def __init__(self, width=512, dropout=0.15):
        super().__init__()
        self.register_buffer("mean", torch.zeros(FEATURES))
        self.register_buffer("scale", torch.ones(FEATURES))
        self.drop = nn.Dropout(dropout)
        self.inner = nn.Linear(FEATURES, width)
        self.norm = nn.LayerNorm(width)
        self.outer = nn.Linear(width, DIMENSIONS)
        self.skip = nn.Linear(FEATURES, DIMENSIONS)
        self.objects = nn.Linear(SCORES, DIMENSIONS)
        for added in (self.outer, self.objects):
            nn.init.zeros_(added.weight)
            nn.init.zeros_(added.bias)

    def standardise(self, features):
        return (signed_root(features) - self.mean) * self.scale

    def forward(self, features, gate=None):
        x = self.standardise(features)
        objects = self.objects(torch.sigmoid(features[:, -SCORES:]) * 4)
        x = self.drop(x)
        z = self.outer(self.drop(F.gelu(self.norm(self.inner(x))))) + self.skip(x)
        if gate is not None:
            z = z * gate
        return F.normalize(z + objects, dim=1)


class Memory(nn.Module):
    """What the picture most likely shows, by name, added to its vector: attention over the text vectors of common names.
    Two drawings of one thing in different styles so come together, near its name. Holds what memory.py builds."""

    def __init__(self, names=None, plain=None):
        super().__init__()
        self.register_buffer("names", torch.zeros(0, DIMENSIONS) if names is None else names)
        self.register_buffer("plain", torch.zeros(0, DIMENSIONS) if plain is None else plain)
        # A bias of zeros: without one the exporter stores a transposed copy of the names.
        self.register_buffer("even", torch.zeros(len(self.names)), persistent=False)

    def forward(self, images):
        likely = torch.softmax(F.linear(images * SHARPNESS, self.names, self.even), 1)
        named = likely @ self.names
        # A name must not say how a thing is drawn: directions of style are left to the picture.
        named = named - (named @ self.plain.T) @ self.plain
        return F.normalize(images + SHARE * F.normalize(named, dim=1), dim=1)


PAIRS = 16384


def pair_of(first, second):
    """Slot of two neighbouring tokens; slots are shared by chance, there are more pairs than slots."""
    return (first * 4099 + second * 7) % PAIRS


class TextTower(nn.Module):
    """A weighted sum of tokens and of neighbouring pairs ("fire truck" is more than fire and truck), then a residual MLP."""

    def __init__(self, vocabulary, hidden=512):
        super().__init__()
        self.paired = vocabulary
        self.embed = nn.Embedding(vocabulary, DIMENSIONS, padding_idx=0)
        self.pairs = nn.Embedding(PAIRS, DIMENSIONS)
        self.importance = nn.Embedding(vocabulary, 1)
        nn.init.zeros_(self.importance.weight)
        self.inner = nn.Linear(DIMENSIONS, hidden)
        self.norm = nn.LayerNorm(hidden)
        self.outer = nn.Linear(hidden, DIMENSIONS)
        nn.init.zeros_(self.outer.weight)
        nn.init.zeros_(self.outer.bias)

    def forward(self, ids, mask, embed=None, importance=None):
        """`embed` and `importance`: rows of further tokens, after the tower's own."""
        embeddings, importances = self.embed.weight, self.importance.weight
        if embed is not None:
            embeddings, importances = torch.cat([embeddings, embed]), torch.cat([importances, importance])
        weight = torch.exp(torch.clamp(F.embedding(ids, importances).squeeze(-1), -6, 6)) * mask.to(torch.float32)
        # Pairs are those of English; other tokens would only hit a slot by chance.
        own = mask * (ids < self.paired).to(mask.dtype)
        # "a dog" is no more than dog: a pair counts as much as the less important of the two, or its slot is noise.
        both = (own[:, 1:] * own[:, :-1]).to(torch.float32) * torch.minimum(weight[:, 1:], weight[:, :-1]).clamp(max=1)
        bag = (F.embedding(ids, embeddings) * weight.unsqueeze(-1)).sum(1)
        bag = bag + (self.pairs(pair_of(ids[:, :-1], ids[:, 1:])) * both.unsqueeze(-1)).sum(1)
        bag = bag / torch.sqrt(weight.sum(1, keepdim=True) + 1e-6)
        return F.normalize(bag + self.outer(F.gelu(self.norm(self.inner(bag)))), dim=1)
