"""The whole model as exported: two wrapper modules with the tensor names of the Hugging Face layout."""
from pathlib import Path

import torch
from torch import nn
from torch.nn import functional as F

import tokenizer as bpe
from copies import CopyHead
from features import MODELS
from towers import Features, Memory, Projection, TextTower
from trunk import load_detector


class Vision(nn.Module):
    """pixel_values to image_embeds and instance_embeds."""

    def __init__(self, features, projection, memory, copies):
        super().__init__()
        self.features, self.projection, self.memory, self.copies = features, projection, memory, copies

    def place(self, features):
        """Pooled features to image_embeds."""
        images = self.projection(features)
        return images if self.memory is None else self.memory(images)

    def forward(self, pixel_values):
        trunk = self.features.trunk
        low = trunk.stage2(trunk.stage1(F.max_pool2d(trunk.stem(pixel_values), 3, 2, 1)))
        middle = trunk.stage3(low)
        image = self.place(self.features.pool(pixel_values, low, middle, trunk.stage4(middle)))
        return image, self.copies(*CopyHead.pool(pixel_values, low, middle))


class Text(nn.Module):
    """input_ids and attention_mask to text_embeds."""

    def __init__(self, tower):
        super().__init__()
        self.tower = tower

    def forward(self, input_ids, attention_mask):
        return self.tower(input_ids, attention_mask)


def load_model(work, name=None, copies=True, languages=True):
    """(vision, text, tokenizer, logit scale), averaged weights, in evaluation mode; the tuned trunk, the memory and the
    further languages if there are."""
    work = Path(work)
    name = name or next(n for n in ("finished", "blended", "heads") if (work / f"checkpoints/{n}.pt").exists())
    state = torch.load(work / "checkpoints" / f"{name}.pt", map_location="cpu")
    tokenizer = bpe.load(work)
    projection, tower = Projection(), TextTower(len(tokenizer.vocabulary))
    features = Features(*load_detector(work / MODELS))
    parts = {"projection": projection, "text": tower}
    if any(k.startswith("stage4.") for k in state["average"]):
        parts["stage4"] = features.trunk.stage4
    nn.ModuleDict(parts).load_state_dict(state["average"])
    further = work / "checkpoints/languages.pt"
    if languages and further.exists():
        tokenizer = bpe.load(work / "languages")
        for own, more in zip((tower.embed, tower.importance), torch.load(further).values()):
            own.weight = nn.Parameter(torch.cat([own.weight.data, more]))
    head = CopyHead()
    if copies:
        head.load_state_dict(torch.load(work / "checkpoints/copies.pt"))
    stored = work / "checkpoints/memory.pt"
    remembered = Memory(**torch.load(stored)) if name == "finished" and stored.exists() else None
    vision = Vision(features, projection, remembered, head).eval()
    vision.tuned = "stage4" in parts
    return vision, Text(tower).eval(), tokenizer, float(state["scale"].exp())
