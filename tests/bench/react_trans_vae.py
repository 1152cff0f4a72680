"""Plain PyTorch beside `emc bench react`: ten reactions the way the published code makes them, one whole forward pass for each.

Usage: react_trans_vae.py WEIGHTS.safetensors INPUTS.safetensors, started by `emc bench react`, which writes the inputs (frames of the face, speech
features, the noise of every sample). The frames are in memory, as those of our side are in the seconds that are compared; reading and decoding the film
is in its other number. Protocol: bench_protocol.py, "run N" makes N times ten reactions.
"""
import sys

import torch

from bench_protocol import answer_reactions, kind_of, read_safetensors
from trans_vae_reference import TransVae, at_frame_rate, pooled

weights, metadata = read_safetensors(sys.argv[1])
inputs, settings = read_safetensors(sys.argv[2])
torch.set_num_threads(int(settings["threads"]))
device, stride = torch.device(settings["device"]), int(settings["stride"])
model = TransVae(with_video=True, **kind_of(settings))
model.load(weights)
model.to(device).eval()
frames, mfcc, noise = (inputs[name].to(device) for name in ("frames", "mfcc", "noise"))
emotion = inputs["emotion"].to(device)


def forward(k):
    face = pooled(model.speaker_behaviour_encoder.video_encoder(frames.unsqueeze(0).float() / 127.5 - 1), stride)
    speech = pooled(model.encode_speech(mfcc.unsqueeze(0)), stride)
    sides = model.emotion_sides(model.emc.e_mlp(pooled(emotion.unsqueeze(0), stride))) if model.ea else None
    coeffs, expression = model.decode(*model.distribution(face, speech, sides), noise[k:k + 1], sides)
    return at_frame_rate(coeffs + model.emc.coeff_mean, len(frames), stride), at_frame_rate(expression, len(frames), stride)


answer_reactions(forward, inputs, device)
