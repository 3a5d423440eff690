"""The whole model as exported: two wrapper modules with the tensor names of the Hugging Face layout."""
from pathlib import Path

import torch
from torch import nn
from torch.nn import functional as F

import tokenizer as bpe
from copies import CopyHead
from features import MODELS
from towers import Features, Projection, TextTower
from trunk import load_detector


class Vision(nn.Module):
    """pixel_values to image_embeds and instance_embeds."""

    def __init__(self, features, projection, copies):
        super().__init__()
        self.features, self.projection, self.copies = features, projection, copies

    def forward(self, pixel_values):
        trunk = self.features.trunk
        low = trunk.stage2(trunk.stage1(F.max_pool2d(trunk.stem(pixel_values), 3, 2, 1)))
        middle = trunk.stage3(low)
        image = self.projection(self.features.pool(pixel_values, low, middle, trunk.stage4(middle)))
        return image, self.copies(*CopyHead.pool(pixel_values, low, middle))


class Text(nn.Module):
    """input_ids and attention_mask to text_embeds."""

    def __init__(self, tower):
        super().__init__()
        self.tower = tower

    def forward(self, input_ids, attention_mask):
        return self.tower(input_ids, attention_mask)


def load_model(work, name="heads", copies=True):
    """(vision, text, tokenizer, logit scale), averaged weights, in evaluation mode."""
    work = Path(work)
    state = torch.load(work / "checkpoints" / f"{name}.pt", map_location="cpu")
    tokenizer = bpe.load(work)
    projection, tower = Projection(), TextTower(len(tokenizer.vocabulary))
    nn.ModuleDict({"projection": projection, "text": tower}).load_state_dict(state["average"])
    head = CopyHead()
    if copies:
        head.load_state_dict(torch.load(work / "checkpoints/copies.pt"))
    features = Features(*load_detector(work / MODELS))
    return Vision(features, projection, head).eval(), Text(tower).eval(), tokenizer, float(state["scale"].exp())
