"""Another folder of golden numbers: other salt, other shapes, same format. `emc parity` must read it as it reads the recorded one.

Written from the README of the golden data alone (fill, inputs, definitions); outputs come from PyTorch and NumPy, in float64 for the numbers and in
float32 for the noise floor. It shares no code with the studio. Usage: golden_variant.py FOLDER SALT
"""
import json
import pathlib
import struct
import sys

import numpy as np
import torch
from torch import nn
from torch.nn import functional as F

from trans_vae_reference import FrameEncoder

folder, salt = pathlib.Path(sys.argv[1]), sys.argv[2]
MASK = (1 << 64) - 1
torch.set_num_threads(1)


def v(name, shape):
    return 2 * u(name, shape) - 1


def u(name, shape):
    state = 14695981039346656037
    for byte in f"{salt}/{name}".encode():
        state = (state ^ byte) * 1099511628211 & MASK
    with np.errstate(over="ignore"):
        z = np.uint64(state) + np.arange(1, int(np.prod(shape)) + 1, dtype=np.uint64) * np.uint64(0x9E3779B97F4A7C15)
        z = (z ^ (z >> np.uint64(30))) * np.uint64(0xBF58476D1CE4E5B9)
        z = (z ^ (z >> np.uint64(27))) * np.uint64(0x94D049BB133111EB)
        z ^= z >> np.uint64(31)
    return ((z >> np.uint64(40)).astype(np.float64) * 2.0 ** -24).reshape(shape)


def parameter(name, shape):
    if len(shape) >= 2:
        x = v(name, shape) * np.sqrt(3 / np.prod(shape[1:]))
    else:
        x = 0.1 * v(name, shape) + (1 if name.endswith("weight") else 0)
    return torch.from_numpy(x.astype(np.float32))


def fill(module, prefix=""):
    with torch.no_grad():
        for name, p in module.named_parameters():
            p.copy_(parameter(prefix + name, tuple(p.shape)))
    return module.eval()


def trailing_mean(x, axis, w):
    total = np.cumsum(x, axis)
    before = np.concatenate([np.zeros_like(np.take(total, range(min(w, x.shape[axis])), axis)),
                             np.take(total, range(max(0, x.shape[axis] - w)), axis)], axis)
    count = np.minimum(np.arange(x.shape[axis]) + 1, w).reshape([-1 if d == axis else 1 for d in range(x.ndim)])
    return (total - before) / count


def gauss(name, shape):
    return 2 * (u(name + "/a", shape) + u(name + "/b", shape) + u(name + "/c", shape) - 1.5)


def smooth(name, shape, axis=None, w=25, gain=3.0):
    return np.clip(gain * trailing_mean(v(name, shape), len(shape) - 2 if axis is None else axis, w), -1, 1)


def emotion(name, shape):
    s, t = int(np.prod(shape[:-2])), shape[-2]
    active = (u(name + "/au", (s, 15, -(-t // 25))) < 0.35) & (u(name + "/gate", (s, 15)) >= 0.04)[..., None]
    units = np.repeat(active, 25, axis=2)[:, :, :t].transpose(0, 2, 1)
    m = 0.05 + trailing_mean(u(name + "/ex", (s, t, 8)), 1, 10)
    q = (m * m) * (m * m)
    return np.concatenate([units, smooth(name + "/va", (s, t, 2)), q / q.sum(-1, keepdims=True)], -1).reshape(shape)


def neighbours(name, shape):
    n, draws, out = shape[0], u(name, (shape[0], 4)), np.eye(shape[0])
    for i in range(n):
        for m in range(i % 5):
            out[i, (i + 1 + int(draws[i, m] * (n - 1))) % n] = 1
    return out


def wave(name, shape):
    return (0.1 + 0.1 * (np.arange(shape[0]) // 3200 % 3)) * trailing_mean(v(name, shape), 0, 8) + 0.02


RULES = {"v": v, "u": u, "gauss": gauss, "smooth": smooth, "emotion": emotion, "neighbours": neighbours, "w2v_wave": wave}


class Case:
    def __init__(self, name, model, config):
        self.name, self.tensors = name, {}
        self.entry = {"model": model, "config": config, "file": name + ".safetensors", "inputs": {}, "noise": {}, "outputs": {}}

    def given(self, key, transform, values):
        values = values.astype(np.float32)
        flat = values.reshape(-1)
        self.entry["inputs"][key] = {
            "fill_name": f"input/{self.name}/{key}", "shape": list(values.shape), "dtype": "float32", "transform": transform,
            "check": {"first": flat[:4].tolist(), "last": float(flat[-1]), "sum": float(flat.astype(np.float64).sum())}}
        return values

    def input(self, key, transform, shape, **arguments):
        scale = arguments.pop("scale", 1.0)
        values = self.given(key, transform, RULES[transform](f"input/{self.name}/{key}", shape, **arguments) * scale)
        if arguments or scale != 1.0:
            self.entry["inputs"][key]["transform_args"] = arguments | ({"scale": scale} if scale != 1.0 else {})
        return values

    def expect(self, key, value, single=None, kind="float32"):
        """`single`: the same in float32; their distance is the noise floor."""
        value = np.asarray(value, np.float64)
        spec = self.entry["outputs"][key] = {"shape": list(value.shape), "dtype": kind}
        if single is not None:
            difference = np.abs(value - np.asarray(single, np.float64))
            spec |= {"noise_floor": float(difference.max()), "noise_p99": float(np.quantile(difference, 0.99)), "max_abs": float(np.abs(value).max())}
        self.tensors["expect." + key] = np.atleast_1d(value).astype({"float32": np.float32, "int32": np.int32, "float64": np.float64}[kind])

    def both(self, key, run):
        """`run(dtype)` -> tensor"""
        with torch.no_grad():
            self.expect(key, run(torch.float64).numpy(), run(torch.float32).numpy())

    def write(self):
        names, header, at = {"float32": "F32", "int32": "I32", "float64": "F64"}, {}, 0
        for key, value in self.tensors.items():
            header[key] = {"dtype": names[value.dtype.name], "shape": list(value.shape), "data_offsets": [at, at + value.nbytes]}
            at += value.nbytes
        text = json.dumps(header).encode()
        text += b" " * (-len(text) % 8)
        (folder / self.entry["file"]).write_bytes(struct.pack("<Q", len(text)) + text + b"".join(x.tobytes() for x in self.tensors.values()))
        return self.entry


def encoder_case():
    case = Case("tvae_small_face", "trans_vae", {"online": False, "part": "speaker_behaviour_encoder"})
    video = torch.from_numpy(case.input("video", "smooth", (1, 7, 3, 96, 96), axis=4, w=5, gain=2.0))
    audio = torch.from_numpy(case.input("audio", "v", (1, 7, 78), scale=3.0))
    encoder = nn.ModuleDict({"video_encoder": FrameEncoder(), "audio_feature_map": nn.Linear(78, 128), "fusion_layer": nn.Linear(256, 128)})
    fill(encoder, "speaker_behaviour_encoder.")

    def run(kind):
        encoder.to(kind)
        face, voice = encoder["video_encoder"](video.to(kind)), encoder["audio_feature_map"](audio.to(kind))
        return face, voice, encoder["fusion_layer"](torch.cat([face, voice], -1))

    for i, key in enumerate(("u_f", "u_s", "fused")):
        case.both(key, lambda kind: run(kind)[i])
    return case


def sound_case():
    case = Case("w2v_short", "wav2vec2_front_end", {"samples": 17777, "sample_rate": 16000})
    x = torch.from_numpy(case.input("wave", "w2v_wave", (17777,)))
    sizes = [(10, 5)] + [(3, 2)] * 4 + [(2, 2)] * 2
    name = "feature_extractor.conv_layers.{}.{}.{}".format
    kernels = [parameter(name(i, "conv", "weight"), (512, 512 if i else 1, k)) for i, (k, _) in enumerate(sizes)]
    norms = [parameter(prefix + part, (512,)) for prefix in ("feature_extractor.conv_layers.0.layer_norm.", "feature_projection.layer_norm.")
             for part in ("weight", "bias")]

    def run(kind, key):
        y = x.to(kind)
        y = (y - y.mean()) / (y.var(correction=0) + 1e-7).sqrt()
        if key == "normalised_head":
            return y[:501]
        y = y[None, None]
        for i, (kernel, (_, stride)) in enumerate(zip(kernels, sizes)):
            y = F.conv1d(y, kernel.to(kind), stride=stride)
            if i == 0:
                y = F.group_norm(y, 512, norms[0].to(kind), norms[1].to(kind))
            y = F.gelu(y)
            if i == 0 and key == "conv0_head":
                return y[0, :, :5]
        y = y.transpose(1, 2)
        return y if key == "conv_out" else F.layer_norm(y, (512,), norms[2].to(kind), norms[3].to(kind))

    for key in ("normalised_head", "conv0_head", "conv_out", "features"):
        case.both(key, lambda kind: run(kind, key))
    return case


def codes_case():
    levels, width = [7, 6, 5, 3], 40
    case = Case("fsq_other_levels", "faceais_fsq", {"levels": levels, "wrapped_ids": [-3, 630, 2000]})
    latent = torch.from_numpy(case.input("latent", "gauss", (1, 333, 4), scale=1.5))
    hidden = torch.from_numpy(case.input("hidden", "gauss", (1, 9, width)))
    inward, outward = nn.Linear(width, 4), nn.Linear(4, width)
    fill(inward, "quantize.quantize.project_in."), fill(outward, "quantize.quantize.project_out.")
    level = torch.tensor(levels, dtype=torch.float64)
    reach, offset = (level - 1) * 1.001 / 2, 0.5 * (level % 2 == 0)
    half = torch.tensor([n // 2 for n in levels], dtype=torch.float64)

    def bounded(x):
        return torch.tanh(x + torch.atanh(offset / reach).to(x)) * reach.to(x) - offset.to(x)

    def quantized(x):
        nearest = (bounded(x) - torch.floor(bounded(x)) - 0.5).abs().min().item()
        assert nearest > 2e-6, f"a latent lies {nearest} from a decision: take another salt"
        return torch.round(bounded(x)) / half

    steps = torch.cumprod(torch.tensor([1] + levels[:-1]), 0)

    def index(codes):
        return ((codes * half + half) * steps).sum(-1)

    everything = torch.arange(int(np.prod(levels)))
    all_codes = (torch.stack([everything // step % n for step, n in zip(steps, levels)], -1) - half) / half
    wrapped = all_codes[torch.tensor(case.entry["config"]["wrapped_ids"]) % len(everything)]
    with torch.no_grad():
        own = quantized(inward.double()(hidden.double()))
        case.both("bounded", lambda kind: bounded(latent.to(kind)))
        for key, codes in (("codes", quantized(latent.double())), ("all_codes", all_codes), ("wrapped_codes", wrapped)):
            case.expect(key, codes, codes.float())
        for key, codes in (("indices", quantized(latent.double())), ("roundtrip", all_codes), ("hidden_indices", own)):
            case.expect(key, index(codes), kind="int32")
        case.both("all_decoded", lambda kind: outward.to(kind)(all_codes.to(kind)))
        case.both("hidden_out", lambda kind: outward.to(kind)(own.to(kind)))
    return case


def draws_case():
    case = Case("topk_small", "faceais_sampling", {"top_k": 17, "temperature": 0.7})
    logits = torch.from_numpy(case.input("logits", "gauss", (3, 5, 123), scale=2.0))

    def kept(kind, over_batch):  # the original takes the smallest kept value of the whole batch at a position
        x = logits.to(kind) / 0.7
        least = torch.topk(x, 17)[0][..., -1:]
        return x.masked_fill(x < (least.amin(0, keepdim=True) if over_batch else least), -torch.inf)

    for name, over_batch in (("batch", True), ("single", False)):
        case.both(name + ".probabilities", lambda kind: kept(kind, over_batch).softmax(-1))
        case.expect(name + ".kept", kept(torch.float64, over_batch).isfinite().sum(-1), kind="int32")
    case.expect("argmax", logits.argmax(-1), kind="int32")
    return case


def warp(x, y):
    """Root of the least sum of squared distances along a warping path, one anti-diagonal at a time."""
    cost = ((x[:, None] - y[None]) ** 2).sum(-1)
    n, m = cost.shape
    table = np.full((n + 1, m + 1), np.inf)
    table[0, 0] = 0
    for d in range(2, n + m + 1):
        i = np.arange(max(1, d - m), min(n, d - 1) + 1)
        j = d - i
        table[i, j] = cost[i - 1, j - 1] + np.minimum(np.minimum(table[i - 1, j], table[i, j - 1]), table[i - 1, j - 1])
    return np.sqrt(table[n, m])


def concordance(y, x):
    mx, my, vx, vy = x.mean(0), y.mean(0), x.var(0), y.var(0)
    with np.errstate(invalid="ignore", divide="ignore"):
        r = np.nan_to_num(((x - mx) * (y - my)).mean(0) / np.sqrt(vx * vy))
    return (2 * r * np.sqrt(vx) * np.sqrt(vy) / (vx + vy + (mx - my) ** 2 + 1e-8)).mean()


def lag_means(x, y, skip_constant):
    frames, means = len(x), []
    for lag in range(-49, 50):
        a, b = x[max(lag, 0):frames + min(lag, 0)], y[max(-lag, 0):frames - max(lag, 0)]
        use = (np.ptp(a, 0) > 0) & (np.ptp(b, 0) > 0) if skip_constant else np.ones(a.shape[1], bool)
        a, b = (a - a.mean(0))[:, use], (b - b.mean(0))[:, use]
        with np.errstate(invalid="ignore", divide="ignore"):
            means.append(((a * b).sum(0) / np.sqrt((a * a).sum(0) * (b * b).sum(0))).mean())
    return np.array(means)


def metrics_case():
    n, k, t = 6, 3, 330
    case = Case("metrics_other_shape", "metrics", {"N": n, "K": k, "T": t})
    speaker = case.input("speaker", "emotion", (n, t, 25))
    target = case.input("target", "emotion", (n, t, 25))
    near = case.input("neighbours", "neighbours", (n, n))
    wobble = case.input("wobble", "smooth", (n, k, t, 25))
    jitter = case.input("jitter", "v", (n, k, t, 25))
    mix = np.empty((n, k, t, 25))
    for i in range(n):
        for j in range(k):
            lag = (7 * i + 3 * j) % 41 - 20
            mix[i, j] = (0.35 * target[i].astype(float) + 0.35 * speaker[i].astype(float)[np.clip(np.arange(t) - lag, 0, t - 1)]
                         + 0.3 * wobble[i, j].astype(float) + 0.05 * jitter[i, j].astype(float))
    pred = case.given("pred", "pred_mix", mix).astype(np.float64)
    target, speaker = target.astype(np.float64), speaker.astype(np.float64)

    def scalar(key, value, official=True):
        if official:
            case.expect(key, value, kind="float64")
        case.expect("fixed." + key, value, kind="float64")

    def spread(flat):
        return ((flat[:, None] - flat[None]) ** 2).sum() / (len(flat) * (len(flat) - 1) * flat.shape[1])

    scalar("FRVar", pred.var(axis=2, ddof=1).mean())
    scalar("FRDiv", np.mean([spread(x.reshape(k, -1)) for x in pred]))
    scalar("FRDvs", np.mean([spread(pred[:, j].reshape(n, -1)) for j in range(k)]))
    groups, weights = ((0, 15), (15, 17), (17, 25)), (1 / 15, 1, 1 / 8)
    warped = {(i, j, g): [warp(pred[i, j][:, a:b], target[g][:, a:b]) for a, b in groups]
              for i in range(n) for j in range(k) for g in np.flatnonzero(near[i])}
    whole = {pair: float(np.dot(weights, parts)) for pair, parts in warped.items()}
    for key, value, choose in (("FRDist", lambda *pair: whole[pair], min), ("FRCorr", lambda i, j, g: concordance(target[g], pred[i, j]), max)):
        best = np.array([[choose(value(i, j, g) for g in np.flatnonzero(near[i])) for j in range(k)] for i in range(n)])
        scalar(key, best.sum(1).mean())
        case.expect(key + "_serial", best.sum(1).mean(), kind="float64")
        case.expect(key + "_best", best, best if key == "FRCorr" else None, kind="float64")
    pairs = [(0, 1, 0), (4, 2, 4), (5, 0, 5)]
    case.expect("pair_index", pairs, kind="int32")
    case.expect("pair_dtw_groups", [warped[pair] for pair in pairs], kind="float64")
    case.expect("pair_dtw", [whole[pair] for pair in pairs], kind="float64")
    offsets, best_lags = np.empty((n, k)), np.empty((n, k))
    undecided = 0
    for i in range(n):
        for j in range(k):
            r = lag_means(pred[i, j], speaker[i], False)
            offsets[i, j] = 49 - (np.flatnonzero(np.isnan(r))[0] if np.isnan(r).any() else np.argmax(r))
            undecided += j == 0 and np.isnan(r).any()
            r = lag_means(pred[i, j], speaker[i], True)
            near_best = np.flatnonzero(r >= np.nanmax(r) - 1e-9) - 49
            best_lags[i, j] = min(near_best, key=lambda lag: (abs(lag), lag < 0))
    case.expect("tlcc_offset", offsets)
    case.expect("FRSyn", np.abs(offsets[:, 0]).mean(), kind="float64")
    case.expect("FRSyn_serial", np.abs(offsets).mean(), kind="float64")
    case.expect("nan_clip_fraction", undecided / n, kind="float64")
    case.expect("fixed.tlcc_best_lag", best_lags, kind="float64")
    case.expect("fixed.tlcc_r", [lag_means(pred[i, 0], speaker[i], True) for i in range(n)], kind="float64")
    case.expect("fixed.FRSyn", np.abs(best_lags).mean(), kind="float64")
    return case


folder.mkdir(parents=True, exist_ok=True)
made = [make() for make in (encoder_case, sound_case, codes_case, draws_case, metrics_case)]
(folder / "cases.json").write_text(json.dumps({"salt": salt, "format": 1, "cases": {case.name: case.write() for case in made}}, indent=1))
