"""Rewrites the expression network (a Keras HDF5 file: convolutions, separable convolutions, batch normalisation, pooling) as ONNX.

Batch normalisation is folded into the convolution before it. TensorFlow is not needed: the graph is read from the file's own
description and the weights from its data sets.
"""
import io
import json

import h5py
import numpy as np

from onnx_from_tflite import OnnxGraph, same_padding


def convert_keras(data, name):
    with h5py.File(io.BytesIO(data), "r") as file:
        layers = json.loads(file.attrs["model_config"])["config"]["layers"]
        weights = {}
        for owner, group in file["model_weights"].items():
            for path in group.attrs["weight_names"]:
                path = path.decode() if isinstance(path, bytes) else path
                weights[owner, path.split("/")[-1].split(":")[0]] = np.asarray(group[path])

    def weight(layer, part):
        if (layer, part) not in weights:
            raise ValueError(f"weights {layer}/{part} are missing")
        return weights[layer, part].astype(np.float64)

    out, names, shapes = OnnxGraph(), {}, {}
    # Which normalisation follows a convolution, so that it can be folded in.
    follower = {}
    for layer in layers:
        for source in (n[0] for n in (layer["inbound_nodes"] or [[]])[0]):
            follower.setdefault(source, []).append(layer)

    def folded(layer_name, kernel, bias):
        following = follower.get(layer_name, [])
        if len(following) != 1 or following[0]["class_name"] != "BatchNormalization":
            return kernel, bias
        norm = following[0]["config"]
        gamma, beta = weight(norm["name"], "gamma"), weight(norm["name"], "beta")
        mean, variance = weight(norm["name"], "moving_mean"), weight(norm["name"], "moving_variance")
        scale = gamma / np.sqrt(variance + norm["epsilon"])
        start = np.zeros_like(mean) if bias is None else bias
        return kernel * scale.reshape(-1, 1, 1, 1), beta + (start - mean) * scale

    def windowed(source, kernel, strides, padding, fill=0.0):
        x, (_, h, w) = names[source], shapes[source]
        if padding == "valid":
            return x, (0, 0, 0, 0), ((h - kernel[0]) // strides[0] + 1, (w - kernel[1]) // strides[1] + 1)
        (top, bottom), (left, right) = same_padding(h, kernel[0], strides[0]), same_padding(w, kernel[1], strides[1])
        size = (-(-h // strides[0]), -(-w // strides[1]))
        if (top, left) == (bottom, right) and fill == 0.0:
            return x, (top, left, bottom, right), size
        return out.pad(x, (0, top, left), (0, bottom, right), fill), (0, 0, 0, 0), size

    for layer in layers:
        kind, config = layer["class_name"], layer["config"]
        own = config["name"]
        sources = [n[0] for n in layer["inbound_nodes"][0]] if layer["inbound_nodes"] else []
        if kind == "InputLayer":
            _, h, w, c = config["batch_input_shape"]
            names[own], shapes[own] = "input", (c, h, w)
            input_shape = (1, c, h, w)
            continue
        if kind != "Activation" and config.get("activation", "linear") != "linear":
            raise ValueError(f"{own}: fused activation")
        source = sources[0]
        channels = shapes[source][0]
        if kind == "Conv2D":
            kernel = weight(own, "kernel").transpose(3, 2, 0, 1)
            kernel, bias = folded(own, kernel, weight(own, "bias") if config["use_bias"] else None)
            x, pads, size = windowed(source, config["kernel_size"], config["strides"], config["padding"])
            names[own] = out.conv(x, kernel, bias, config["strides"], pads)
            shapes[own] = (kernel.shape[0], *size)
        elif kind == "SeparableConv2D":
            deep = weight(own, "depthwise_kernel").transpose(2, 3, 0, 1)
            if deep.shape[1] != 1 or config["use_bias"]:
                raise ValueError(f"{own}: depth multiplier or bias")
            point = weight(own, "pointwise_kernel").transpose(3, 2, 0, 1)
            point, bias = folded(own, point, None)
            x, pads, size = windowed(source, config["kernel_size"], config["strides"], config["padding"])
            names[own] = out.conv(out.conv(x, deep, None, config["strides"], pads, group=channels), point, bias)
            shapes[own] = (point.shape[0], *size)
        elif kind == "BatchNormalization":
            names[own], shapes[own] = names[source], shapes[source]  # already folded in
            if len(follower[source]) != 1:
                raise ValueError(f"{own}: cannot be folded")
        elif kind == "MaxPooling2D":
            x, _, size = windowed(source, config["pool_size"], config["strides"], config["padding"], -1e30)
            names[own] = out.node("MaxPool", [x], kernel_shape=config["pool_size"], strides=config["strides"], pads=[0, 0, 0, 0])
            shapes[own] = (channels, *size)
        elif kind == "Add":
            names[own], shapes[own] = out.node("Add", [names[s] for s in sources]), shapes[source]
        elif kind == "GlobalAveragePooling2D":
            names[own] = out.node("Flatten", [out.node("GlobalAveragePool", [names[source]])], axis=1)
            shapes[own] = (channels, 1, 1)
        elif kind == "Activation" and config["activation"] in ("relu", "softmax"):
            softmax = config["activation"] == "softmax"
            names[own] = out.node("Softmax", [names[source]], axis=1) if softmax else out.node("Relu", [names[source]])
            shapes[own] = shapes[source]
        else:
            raise ValueError(f"{own}: layer {kind} is not known")
        last = own
    out.node("Identity", [names[last]], "probabilities")
    return out.save_bytes(name, [("input", input_shape)], [("probabilities", (1, shapes[last][0]))])
