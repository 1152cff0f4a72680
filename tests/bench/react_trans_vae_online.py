"""Plain PyTorch beside `emc bench react --model trans-vae-online`: ten reactions, each with a pass of its own through the clip, window by window.

Usage: react_trans_vae_online.py WEIGHTS.safetensors INPUTS.safetensors, started by `emc bench react`. The frames are in memory, as those of
our side are in the seconds that are compared. Every window is encoded with norms over what has been seen, and looks back on the reaction so far.
Protocol: bench_protocol.py.
"""
import sys

import torch

from bench_protocol import answer_reactions, read_safetensors
from trans_vae_online_reference import OnlineTransVae
from trans_vae_reference import at_frame_rate, pooled

weights, metadata = read_safetensors(sys.argv[1])
inputs, settings = read_safetensors(sys.argv[2])
torch.set_num_threads(int(settings["threads"]))
device, stride = torch.device(settings["device"]), int(settings["stride"])
model = OnlineTransVae(int(metadata["window"]), stride=stride, with_video=True)
model.load(weights)
model.to(device).eval()
frames, mfcc, noise = (inputs[name].to(device) for name in ("frames", "mfcc", "noise"))


def forward(k):
    face, speech = pooled(model.encode_film(frames), stride), pooled(model.encode_speech(mfcc.unsqueeze(0)), stride)
    _, _, coeffs, emotion = model.generate(model.fused(face, speech, None), noise[k:k + 1], None)
    return at_frame_rate(coeffs + model.emc.coeff_mean, len(frames), stride), at_frame_rate(emotion, len(frames), stride)


answer_reactions(forward, inputs, device)
