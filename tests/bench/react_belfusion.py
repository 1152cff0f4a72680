"""Plain PyTorch beside `emc bench react --model belfusion`: ten reactions the way the published code makes them, one whole pass for each: the speaker's
windows through the recurrent encoder, ten steps of diffusion, the recurrent decoder.

Usage: react_belfusion.py WEIGHTS.safetensors INPUTS.safetensors, started by `emc bench react`. Protocol: bench_protocol.py. Variant `fixed`.
"""
import sys

import torch

from belfusion_reference import Belfusion, cut, window_starts
from bench_protocol import answer_reactions, read_safetensors
from emc_blocks import EMOTIONS
from trans_vae_reference import at_frame_rate, pooled

weights, metadata = read_safetensors(sys.argv[1])
inputs, settings = read_safetensors(sys.argv[2])
torch.set_num_threads(int(settings["threads"]))
device, stride = torch.device(settings["device"]), int(settings["stride"])
model = Belfusion(int(metadata["width"]), stride)
model.load(weights)
model.to(device).eval()
emotion, noise = inputs["emotion"].to(device).unsqueeze(0), inputs["noise"].to(device)
length, frames = model.window, emotion.shape[1]
tokens = pooled(emotion, stride)
starts = window_starts(tokens.shape[1], length, length // 2)
ramp = torch.arange(1, length + 1, device=device)
ramp = torch.minimum(ramp, ramp.flip(0)).unsqueeze(1)


def forward(k):
    behaviour = model.embed_emotion
    condition = behaviour.normalised(behaviour.distribution(cut(tokens, starts, length))[0])
    latent = behaviour.restored(model.denoised(noise[k].expand(len(starts), -1), condition))
    total, weight = torch.zeros(tokens.shape[1], EMOTIONS, device=device), torch.zeros(tokens.shape[1], 1, device=device)
    for start, part in zip(starts, behaviour.decode(latent, length)):
        total[start:start + length] += part * ramp
        weight[start:start + length] += ramp
    shown = (total / weight).unsqueeze(0)
    return at_frame_rate(behaviour.coeff_reg(shown) + model.emc.coeff_mean, frames, stride), at_frame_rate(shown, frames, stride)


answer_reactions(forward, inputs, device)
