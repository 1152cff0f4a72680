"""Plain PyTorch beside `emc bench react`: ten reactions the way the published code makes them, one whole forward pass for each.

Usage: react_trans_vae.py WEIGHTS.safetensors INPUTS.safetensors, started by `emc bench react`, which writes the inputs (frames of the face, speech
features, the noise of every sample). The frames are in memory; our side reads and decodes them from the clip in the measured time. Protocol as in
train_trans_vae.py: "run N" makes N times ten reactions.
"""
import json
import sys
import time

import torch
from torch import nn

from trans_vae_reference import TransVae, peak_memory_mb, read_safetensors

weights, metadata = read_safetensors(sys.argv[1])
inputs, settings = read_safetensors(sys.argv[2])
torch.set_num_threads(int(settings["threads"]))
device, stride = torch.device(settings["device"]), int(settings["stride"])
model = TransVae(cma=settings["model"] != "trans-vae", ea=settings["model"] == "trans-vae-emc", stride=stride, with_video=True)
model.load(weights)
model.to(device).eval()
frames, mfcc, noise = (inputs[name].to(device) for name in ("frames", "mfcc", "noise"))
emotion = inputs["emotion"].to(device)


def tokens(x):
    """Each token is the mean of its `stride` frames."""
    return nn.functional.avg_pool1d(x.transpose(1, 2), stride, ceil_mode=True).transpose(1, 2)


def at_frame_rate(x, count):
    """A token stands for the middle of its frames; linear in between, held outside."""
    at = ((torch.arange(count, device=x.device) - 0.5 * (stride - 1)) / stride).clamp(0, x.shape[1] - 1)
    low = at.floor().long()
    return torch.lerp(x[:, low], x[:, (low + 1).clamp_max(x.shape[1] - 1)], (at - low).view(1, -1, 1))


def forward(k):
    face = tokens(model.speaker_behaviour_encoder.video_encoder(frames.unsqueeze(0).float() / 127.5 - 1))
    speech = tokens(model.encode_speech(mfcc.unsqueeze(0)))
    sides = model.emotion_sides(model.emc.e_mlp(tokens(emotion.unsqueeze(0)))) if model.ea else None
    coeffs, expression = model.decode(*model.distribution(face, speech, sides), noise[k:k + 1], sides)
    return at_frame_rate(coeffs + model.emc.coeff_mean, len(frames)), at_frame_rate(expression, len(frames))


def ten():
    with torch.no_grad():
        return [forward(k) for k in range(len(noise))]


def answer(value):
    print(json.dumps(value), flush=True)


with torch.no_grad():
    forward(0)  # warms up
answer({"torch": torch.__version__})
for line in sys.stdin:
    seconds = []
    for _ in range(int(line.split()[1])):
        start = time.perf_counter()
        reactions = ten()
        if device.type == "cuda":
            torch.cuda.synchronize()
        seconds.append(time.perf_counter() - start)
    difference = max((reaction[0][0].cpu() - inputs["our_coeffs"][k]).abs().max().item() for k, reaction in enumerate(reactions))
    difference = max(difference, max((reaction[1][0].cpu() - inputs["our_emotion"][k]).abs().max().item() for k, reaction in enumerate(reactions)))
    answer({"seconds": seconds, "largest_difference": difference, "peak_memory_mb": peak_memory_mb()})
