"""Plain PyTorch beside `emc bench react --model belfusion`: ten reactions the way the published code makes them, one whole pass for each: the speaker's
windows through the recurrent encoder, ten steps of diffusion, the recurrent decoder.

Usage: react_belfusion.py WEIGHTS.safetensors INPUTS.safetensors, started by `emc bench react`. Protocol: bench_protocol.py. Variant `fixed`.
"""
import math
import sys

import torch
from torch import nn

from bench_protocol import answer_reactions, read_safetensors
from emc_blocks import COEFFS, EMOTIONS
from trans_vae_reference import at_frame_rate, pooled

LATENT, STEPS, LAYERS, WINDOW = 128, 10, 10, 50


def group(**parts):
    module = nn.Module()
    for name, part in parts.items():
        module.add_module(name, part)
    return module


class Autoencoder(nn.Module):
    def __init__(self):
        super().__init__()
        self.x_rnn, self.d_rnn = group(rnn_f=nn.GRUCell(EMOTIONS, LATENT)), group(rnn_f=nn.GRUCell(LATENT + EMOTIONS, LATENT))
        self.fc_mu_enc, self.fc_logvar_enc, self.fc_z_dec = (nn.Linear(LATENT, LATENT) for _ in range(3))
        self.d_mlp, self.d_out = group(affine_layers=nn.ModuleList([nn.Linear(LATENT, 64), nn.Linear(64, 64)])), nn.Linear(64, EMOTIONS)
        self.coeff_reg = nn.Sequential(nn.Linear(EMOTIONS, LATENT), nn.Tanh(), nn.Linear(LATENT, COEFFS))

    def encode(self, windows):
        hidden = windows.new_zeros(len(windows), LATENT)
        for frame in windows.unbind(1):
            hidden = self.x_rnn.rnn_f(frame, hidden)
        return self.fc_mu_enc(hidden)

    def decode(self, latent, length):
        given, hidden, shown, frames = self.fc_z_dec(latent), latent.new_zeros(len(latent), LATENT), latent.new_zeros(len(latent), EMOTIONS), []
        for _ in range(length):
            hidden = self.d_rnn.rnn_f(torch.cat([given, shown], 1), hidden)
            x = hidden
            for layer in self.d_mlp.affine_layers:
                x = torch.tanh(layer(x))
            shown = self.d_out(x)
            frames.append(shown)
        return torch.stack(frames, 1)


class Belfusion(nn.Module):
    def __init__(self, width):
        super().__init__()
        self.time_embed = nn.Sequential(nn.Linear(64, LATENT), nn.SiLU(), nn.Linear(LATENT, LATENT))
        self.cond_embed = nn.Sequential(nn.Linear(LATENT, LATENT), nn.SiLU(), nn.Linear(LATENT, LATENT))
        self.layers = nn.ModuleList()
        for i in range(LAYERS - 1):
            self.layers.append(group(linear=nn.Linear((width if i else LATENT) + LATENT, width), linear_emb=nn.Linear(2 * LATENT, width),
                                     norm=nn.LayerNorm(width)))
        self.layers.append(group(linear=nn.Linear(width + LATENT, LATENT)))
        self.embed_emotion = Autoencoder()
        alpha = [math.cos((i / STEPS + 0.008) / 1.008 * math.pi / 2) ** 2 for i in range(STEPS + 1)]
        beta = torch.tensor([min(1 - alpha[i + 1] / alpha[i], 0.999) for i in range(STEPS)], dtype=torch.float64)
        self.kept = torch.cumprod(1 - beta, 0).tolist()

    def clean(self, x, step, condition):
        angle = step * torch.exp(torch.arange(32, device=x.device) * (-math.log(10000.0) / 32))
        time = self.time_embed(torch.cat([torch.cos(angle), torch.sin(angle)]).unsqueeze(0)).expand(len(x), -1)
        both = nn.functional.silu(torch.cat([time, condition], 1))
        h = x
        for layer in self.layers[:-1]:
            h = nn.functional.silu(layer.norm(layer.linear(torch.cat([h, x], 1)) * (1 + layer.linear_emb(both))))
        return self.layers[-1].linear(torch.cat([h, x], 1))

    def denoised(self, x, condition):
        for step in reversed(range(STEPS)):
            clean, now, before = self.clean(x, step, condition).clamp(-1, 1), self.kept[step], self.kept[step - 1] if step else 1.0
            noise = (x - math.sqrt(now) * clean) / math.sqrt(1 - now)
            x = math.sqrt(before) * clean + math.sqrt(1 - before) * noise
        return x


weights, metadata = read_safetensors(sys.argv[1])
inputs, settings = read_safetensors(sys.argv[2])
torch.set_num_threads(int(settings["threads"]))
device, stride = torch.device(settings["device"]), int(settings["stride"])
model = Belfusion(int(metadata["width"]))
low, high, coeff_mean = (weights[name].to(device) for name in ("embed_emotion.statistics.min", "embed_emotion.statistics.max", "emc.coeff_mean"))
got = model.load_state_dict({name: value.float() for name, value in weights.items()}, strict=False)
if got.missing_keys:
    raise SystemExit(f"the weights do not fit: missing {got.missing_keys}")
model.to(device).eval()
emotion, noise = inputs["emotion"].to(device).unsqueeze(0), inputs["noise"].to(device)
length, frames = max(4, WINDOW // stride), emotion.shape[1]
tokens = pooled(emotion, stride)
starts = [0]
while starts[-1] + length < tokens.shape[1]:
    starts.append(min(starts[-1] + length // 2, tokens.shape[1] - length))
ramp = torch.arange(1, length + 1, device=device)
ramp = torch.minimum(ramp, ramp.flip(0)).unsqueeze(1)


def forward(k):
    behaviour = model.embed_emotion
    speaker = torch.stack([tokens[0, start:start + length] for start in starts])
    condition = model.cond_embed(2 * (behaviour.encode(speaker) - low) / (high - low).clamp_min(1e-6) - 1)
    latent = (model.denoised(noise[k].expand(len(starts), -1), condition) + 1) * (high - low) / 2 + low
    total, weight = torch.zeros(tokens.shape[1], EMOTIONS, device=device), torch.zeros(tokens.shape[1], 1, device=device)
    for start, part in zip(starts, behaviour.decode(latent, length)):
        total[start:start + length] += part * ramp
        weight[start:start + length] += ramp
    shown = (total / weight).unsqueeze(0)
    return at_frame_rate(behaviour.coeff_reg(shown) + coeff_mean, frames, stride), at_frame_rate(shown, frames, stride)


answer_reactions(forward, inputs, device)
