"""Writes the two towers as ONNX with int8 weights, the tokenizer and the configuration files."""
import json
from pathlib import Path

import numpy as np
import onnx
import torch
from onnx import TensorProto, helper, numpy_helper

import tokenizer as bpe
from frames import SIZE as IMAGE
from towers import DIMENSIONS

SMALLEST = 2048


def quantise(path, halves=lambda name: False):
    """Large weights become int8 with one scale per output channel. Cast and Mul restore them: the runtime folds these
    two once at load, whereas it would run DequantizeLinear again for every picture. `halves` are stored as float16."""
    model = onnx.load(str(path))
    graph, added, replaced = model.graph, [], []
    for tensor in list(graph.initializer):
        weight = numpy_helper.to_array(tensor)
        if weight.dtype != np.float32 or weight.size < SMALLEST or weight.ndim < 2:
            continue
        if halves(tensor.name):
            graph.initializer.remove(tensor)
            graph.initializer.append(numpy_helper.from_array(weight.astype(np.float16), tensor.name + "_half"))
            added.append(helper.make_node("Cast", [tensor.name + "_half"], [tensor.name], to=TensorProto.FLOAT))
            continue
        users = [n for n in graph.node if tensor.name in n.input]
        axis = 1 if any(n.op_type == "MatMul" or n.op_type == "Gemm" and not any(a.name == "transB" and a.i for a in n.attribute)
                        for n in users) else 0
        others = tuple(d for d in range(weight.ndim) if d != axis)
        scale = np.maximum(np.abs(weight).max(others), 1e-8).astype(np.float32) / 127
        shape = [1] * weight.ndim
        shape[axis] = -1
        small = np.clip(np.round(weight / scale.reshape(shape)), -127, 127).astype(np.int8)
        graph.initializer.remove(tensor)
        graph.initializer.extend([numpy_helper.from_array(small, tensor.name + "_int8"),
                                  numpy_helper.from_array(scale.reshape(shape), tensor.name + "_scale")])
        added += [helper.make_node("Cast", [tensor.name + "_int8"], [tensor.name + "_cast"], to=TensorProto.FLOAT),
                  helper.make_node("Mul", [tensor.name + "_cast", tensor.name + "_scale"], [tensor.name])]
        replaced.append(tensor.name)
    nodes = added + list(graph.node)
    del graph.node[:]
    graph.node.extend(nodes)
    onnx.checker.check_model(model)
    onnx.save(model, str(path))
    return replaced


def export(vision, text, tokenizer, scale, folder):
    folder = Path(folder)
    (folder / "onnx").mkdir(parents=True, exist_ok=True)
    sizes = {}
    torch.onnx.export(vision, (torch.randn(2, 3, IMAGE, IMAGE),), str(folder / "onnx/vision_model.onnx"), opset_version=14,
                      input_names=["pixel_values"], output_names=["image_embeds", "instance_embeds"],
                      dynamic_axes={n: {0: "batch"} for n in ("pixel_values", "image_embeds", "instance_embeds")})
    ids = torch.randint(2, 100, (2, 5))
    torch.onnx.export(text, (ids, torch.ones_like(ids)), str(folder / "onnx/text_model.onnx"), opset_version=14,
                      input_names=["input_ids", "attention_mask"], output_names=["text_embeds"],
                      dynamic_axes={"input_ids": {0: "batch", 1: "sequence"}, "attention_mask": {0: "batch", 1: "sequence"},
                                    "text_embeds": {0: "batch"}})
    for name in ("vision_model", "text_model"):
        path = folder / f"onnx/{name}.onnx"
        (folder / f"{name}.fp32.onnx").write_bytes(path.read_bytes())
        # The last stage has the most weights and bears it: the lowest cosine stays above .9995.
        quantise(path, lambda n: "trunk" in n and "stage4" not in n)
        sizes[name] = path.stat().st_size
    bpe.save(tokenizer, folder)
    write_configuration(folder, len(tokenizer.vocabulary), scale)
    return sizes


def write_configuration(folder, vocabulary, scale):
    write = lambda name, data: (folder / name).write_text(json.dumps(data, indent=1) + "\n")
    write("config.json", {
        "model_type": "dual-encoder", "architectures": ["DetectorTrunkTextDualEncoder"], "projection_dim": DIMENSIONS,
        "vision_config": {"image_size": IMAGE, "num_channels": 3},
        "text_config": {"vocab_size": vocabulary, "max_position_embeddings": bpe.MAX_TOKENS, "pad_token_id": 0},
        "logit_scale": round(scale, 2)})
    write("preprocessor_config.json", {
        "image_processor_type": "SiglipImageProcessor", "do_convert_rgb": True, "do_resize": True,
        "size": {"height": IMAGE, "width": IMAGE}, "resample": 2, "do_center_crop": False, "do_rescale": True,
        "rescale_factor": 1 / 255, "do_normalize": True, "image_mean": [0.5] * 3, "image_std": [0.5] * 3})
    write("tokenizer_config.json", {
        "tokenizer_class": "PreTrainedTokenizerFast", "model_max_length": bpe.MAX_TOKENS, "pad_token": "<pad>",
        "unk_token": "<unk>", "padding_side": "right", "do_lower_case": True})
