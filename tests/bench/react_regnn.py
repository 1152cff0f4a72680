"""Plain PyTorch beside `emc bench react --model regnn...`: ten reactions the way the published code makes them, one whole forward pass for each.

Usage: react_regnn.py WEIGHTS.safetensors INPUTS.safetensors, started by `emc bench react`, which writes the inputs. As the original reads both from
files, the features of face and voice are given; our side's time is without reading and encoding the film too. Protocol: bench_protocol.py.
"""
import sys

import torch

from bench_protocol import answer_reactions, kind_of, read_safetensors
from regnn_reference import HOP, NODES, WINDOW, Regnn, slow_noise, windows
from trans_vae_reference import at_frame_rate, pooled

weights, metadata = read_safetensors(sys.argv[1])
inputs, settings = read_safetensors(sys.argv[2])
torch.set_num_threads(int(settings["threads"]))
device, stride = torch.device(settings["device"]), int(settings["stride"])
model = Regnn(**kind_of(settings))
model.load(weights)
model.to(device).eval()
face, mfcc, emotion = (inputs[name].to(device).unsqueeze(0) for name in ("face", "mfcc", "emotion"))
frames = face.shape[1]
tokens = -(-frames // stride)
starts = list(range(0, max(1, tokens - WINDOW + 1), HOP))
if starts[-1] + WINDOW < tokens:
    starts.append(tokens - WINDOW)


def joined(parts):
    """Windows (W,50,C) -> (1,tokens,C), the mean where they overlap."""
    total, count = torch.zeros(tokens, parts.shape[2], device=device), torch.zeros(tokens, 1, device=device)
    for start, part in zip(starts, parts):
        end = min(tokens, start + WINDOW)
        total[start:end] += part[:end - start]
        count[start:end] += 1
    return (total / count).unsqueeze(0)


def forward(k):
    u = (windows(x, starts) for x in model.encode(pooled(face, stride), pooled(mfcc, stride)))
    sides = model.emotion_sides(model.emc.e_mlp(windows(pooled(emotion, stride), starts))) if model.ea else None
    (x,) = model.perceived(*u, sides)
    edges = model.edges(x)
    normal = inputs["noise"][k].view(-1, NODES)
    g = model.refined(x + slow_noise(normal, tokens, stride, starts).to(device), sides)
    y = joined(model.motor_processor.inverse(g, edges, 5, 1e-3).transpose(1, 2))  # as long as the original takes
    return at_frame_rate(model.coefficients(y) + model.emc.coeff_mean, frames, stride), at_frame_rate(y, frames, stride)


answer_reactions(forward, inputs, device)
