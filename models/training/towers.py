"""The two towers. Everything they compute is exported to ONNX as it stands."""
import torch
from torch import nn
from torch.nn import functional as F

from trunk import ClassHead, Trunk

DIMENSIONS = 256
COPY_DIMENSIONS = 128
POOLED = 2 * (128 + 256 + 512)
HIDDEN = 2 * 128
SCORES = 80
FEATURES = POOLED + HIDDEN + SCORES


class Features(nn.Module):
    """Picture in [-1, 1] to pooled trunk features and detector scores."""

    def __init__(self, trunk=None, head=None):
        super().__init__()
        self.trunk, self.head = trunk or Trunk(), head or ClassHead()

    def forward(self, pixels):
        return self.pool(*self.trunk(pixels))

    def pool(self, low, middle, high):
        hidden, classes = self.head(low, middle, high)
        parts = []
        for x in (low, middle, high):
            parts += [x.mean((2, 3)), x.amax((2, 3))]
        parts += [x.amax((2, 3)) for x in hidden]
        parts.append(torch.maximum(classes[0].amax((2, 3)), classes[1].amax((2, 3))))
        return torch.cat(parts, 1)


class Projection(nn.Module):
    """Features to the shared space: one branch sees everything, one only what the detector recognises."""

    def __init__(self, width=640, dropout=0.15):
        super().__init__()
        self.register_buffer("mean", torch.zeros(FEATURES))
        self.register_buffer("scale", torch.ones(FEATURES))
        self.drop = nn.Dropout(dropout)
        self.inner = nn.Linear(FEATURES, width)
        self.norm = nn.LayerNorm(width)
        self.outer = nn.Linear(width, DIMENSIONS)
        self.skip = nn.Linear(FEATURES, DIMENSIONS)
        self.objects = nn.Linear(SCORES, DIMENSIONS)

    def standardise(self, features):
        root = torch.sign(features) * torch.sqrt(features.abs() + 1e-6)
        return (root - self.mean) * self.scale

    def forward(self, features, gate=None):
        x = self.standardise(features)
        objects = self.objects(torch.sigmoid(features[:, -SCORES:]) * 4)
        x = self.drop(x)
        z = self.outer(self.drop(F.gelu(self.norm(self.inner(x))))) + self.skip(x)
        if gate is not None:
            z = z * gate
        return F.normalize(z + objects, dim=1)


class TextTower(nn.Module):
    """A bag of tokens, each weighted by a learned importance, then a residual MLP; order does not matter for names."""

    def __init__(self, vocabulary, width=256, hidden=768):
        super().__init__()
        self.embed = nn.Embedding(vocabulary, width, padding_idx=0)
        nn.init.normal_(self.embed.weight, std=0.3)
        self.importance = nn.Embedding(vocabulary, 1)
        nn.init.zeros_(self.importance.weight)
        self.inner = nn.Linear(2 * width, hidden)
        self.norm = nn.LayerNorm(hidden)
        self.outer = nn.Linear(hidden, DIMENSIONS)
        self.skip = nn.Linear(width, DIMENSIONS)

    def forward(self, ids, mask):
        mask = mask.to(torch.float32)
        weight = torch.exp(torch.clamp(self.importance(ids).squeeze(-1), -6, 6)) * mask
        tokens = self.embed(ids)
        bag = (tokens * weight.unsqueeze(-1)).sum(1) / (weight.sum(1, keepdim=True) + 1e-6)
        # Neighbours say what a broken word means: products of adjacent tokens stand in for attention.
        pair = (tokens[:, :-1] * tokens[:, 1:] * (weight[:, :-1] * weight[:, 1:]).unsqueeze(-1)).sum(1)
        pair = pair / ((weight[:, :-1] * weight[:, 1:]).sum(1, keepdim=True) + 1e-6)
        z = self.outer(F.gelu(self.norm(self.inner(torch.cat([bag, pair], 1))))) + self.skip(bag)
        return F.normalize(z, dim=1)
