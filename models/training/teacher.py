"""A second photo-trained network, used in training only: ImageNet's ResNet-18 as Microsoft.ML.DnnImageFeaturizer.ResNet18
(NuGet, MIT) ships it, without its class layer."""
from pathlib import Path

import numpy as np
import onnx
import torch
from onnx import numpy_helper
from torch import nn
from torch.nn import functional as F

PACKAGE = "nuget/Microsoft.ML.DnnImageFeaturizer.ResNet18/tools/DnnImageModels/ResNet18Onnx/ResNet18.onnx"
FEATURES = 2 * (256 + 512)
MEAN = (103.94, 116.78, 123.68)  # BGR


class Convolution(nn.Module):
    """A convolution with its batch norm folded in; CNTK pads an even number of rows more at the front."""

    def __init__(self, weights, node, norm):
        super().__init__()
        kernel = weights[node.input[1]]
        gain, shift, mean, variance = (weights[i] for i in norm.input[1:5])
        factor = gain / np.sqrt(variance + 1e-5)
        attributes = {a.name: list(a.ints) for a in node.attribute}
        self.stride = attributes["strides"][0]
        top, left, bottom, right = attributes["pads"]
        self.pad = (left, right, top, bottom)
        self.weight = nn.Parameter(torch.from_numpy((kernel * factor[:, None, None, None]).astype(np.float32)), False)
        self.bias = nn.Parameter(torch.from_numpy((shift - mean * factor).astype(np.float32)), False)

    def forward(self, x):
        return F.conv2d(F.pad(x, self.pad) if max(self.pad) else x, self.weight, self.bias, self.stride)


class Teacher(nn.Module):
    def __init__(self, path):
        super().__init__()
        graph = onnx.load(str(path)).graph
        weights = {i.name: numpy_helper.to_array(i) for i in graph.initializer}
        self.steps, self.parts = [], nn.ModuleList()
        after = {n.input[0]: n for n in graph.node if n.op_type == "BatchNormalization"}
        for node in graph.node:
            if node.op_type == "Conv":
                norm = after[node.output[0]]
                self.steps.append(("conv", node.input[0], norm.output[0], len(self.parts)))
                self.parts.append(Convolution(weights, node, norm))
            elif node.op_type in ("Relu", "Add", "MaxPool"):
                self.steps.append((node.op_type, list(node.input), node.output[0], None))
        self.source = graph.input[0].name

    def forward(self, rgb):
        """[N, 3, S, S] in [-1, 1] to mean and maximum of the last two stages, [N, 2·256 + 2·512]."""
        x = (rgb.flip(1) + 1) * 127.5 - torch.tensor(MEAN).view(1, 3, 1, 1)
        known, kept = {self.source: x}, []
        for kind, takes, gives, part in self.steps:
            if kind == "conv":
                out = self.parts[part](known[takes])
            elif kind == "Relu":
                out = F.relu(known[takes[0]])
            elif kind == "Add":
                out = known[takes[0]] + known[takes[1]]
            else:
                out = F.max_pool2d(F.pad(known[takes[0]], (1, 0, 1, 0)), 3, 2)
            known[gives] = out
        stages = {int(out.shape[1]): out for out in known.values()}
        return torch.cat([f(stages[w]) for w in (256, 512) for f in (lambda s: s.mean((2, 3)), lambda s: s.amax((2, 3)))], 1)


def convert(work):
    """Path of the same network for pictures of any size, as `Session` runs it; torch takes twice as long."""
    path = Path(work) / "teacher.onnx"
    if not path.exists():
        torch.onnx.export(Teacher(Path(work) / PACKAGE).eval(), torch.zeros(2, 3, 128, 128), str(path), opset_version=14,
                          input_names=["pixel_values"], output_names=["features"],
                          dynamic_axes={"pixel_values": {0: "batch"}, "features": {0: "batch"}})
    return path
