"""Plain PyTorch figure for `emc bench train`: one training step of an offline Trans-VAE by the published recipe, on cached face features.

The network is written here from its description (layer sizes of the REACT 2024 baseline); it shares no code with the studio. Prints one JSON object.
Usage: train_trans_vae.py --batch 8 --frames 256 --threads 2 --steps 20
"""
import argparse
import json
import math
import time

import torch
from torch import nn

arguments = argparse.ArgumentParser()
for name, value in (("batch", 8), ("frames", 256), ("threads", 2), ("steps", 20)):
    arguments.add_argument("--" + name, type=int, default=value)
options = arguments.parse_args()
torch.set_num_threads(options.threads)
torch.manual_seed(1)
D = 128


def positions(frames):
    table = torch.zeros(frames, D)
    time_axis = torch.arange(frames).unsqueeze(1)
    rate = torch.exp(torch.arange(0, D, 2) * (-math.log(10000.0) / D))
    table[:, 0::2], table[:, 1::2] = torch.sin(time_axis * rate), torch.cos(time_axis * rate)
    return table


class TransVae(nn.Module):
    def __init__(self):
        super().__init__()
        self.speech, self.fusion, self.bottleneck = nn.Linear(78, D), nn.Linear(2 * D, D), nn.Linear(D, D)
        self.tokens = nn.Parameter(torch.randn(2, D))
        self.encoder = nn.TransformerEncoderLayer(D, 4, 2 * D, 0.1, batch_first=True)
        self.first = nn.TransformerDecoderLayer(D, 4, 2 * D, 0.1, batch_first=True)
        self.second = nn.TransformerDecoderLayer(D, 4, 2 * D, 0.1, batch_first=True)
        self.coeffs, self.emotion = nn.Linear(D, 58), nn.Sequential(nn.Linear(D + 58, D), nn.Linear(D, 25))

    def encode(self, face, mfcc):
        fused = self.bottleneck(self.fusion(torch.cat([face, self.speech(mfcc)], -1)))
        tokens = self.tokens.expand(len(face), 2, D)
        out = self.encoder(torch.cat([tokens, fused], 1))
        return out[:, 0], out[:, 1]

    def decode(self, mean, log_variance, frames):
        z = (mean + torch.exp(0.5 * log_variance) * torch.randn_like(mean)).unsqueeze(1)
        mask = nn.Transformer.generate_square_subsequent_mask(frames)
        query = positions(frames).expand(len(z), frames, D)
        out = self.first(query, z, tgt_mask=mask)
        out = self.second(out, out, tgt_mask=mask)
        coeffs = self.coeffs(out)
        return coeffs, self.emotion(torch.cat([coeffs, out], -1))


def step(model, optimiser, batch):
    face, mfcc, emotion, coeffs = batch
    mean, log_variance = model.encode(face, mfcc)
    got_coeffs, got_emotion = model.decode(mean, log_variance, options.frames)
    loss = nn.functional.mse_loss(got_emotion, emotion) + nn.functional.mse_loss(got_coeffs[..., :52], coeffs[..., :52])
    loss = loss + 10 * nn.functional.mse_loss(got_coeffs[..., 52:], coeffs[..., 52:])
    loss = loss + 1e-5 * 0.5 * (mean**2 + log_variance.exp() - 1 - log_variance).mean()
    with torch.no_grad():
        other_coeffs, other_emotion = model.decode(mean, log_variance, options.frames)
    for ours, other in ((got_coeffs, other_coeffs), (got_emotion, other_emotion)):
        loss = loss + 10 * torch.exp(-((ours - other).flatten(1) ** 2).sum(1) / 100).mean()
    optimiser.zero_grad()
    loss.backward()
    optimiser.step()


model = TransVae()
optimiser = torch.optim.AdamW(model.parameters(), lr=1e-5, weight_decay=5e-4)
shape = (options.batch, options.frames)
batch = torch.randn(*shape, D), torch.randn(*shape, 78), torch.rand(*shape, 25), torch.rand(*shape, 58)
for _ in range(3):
    step(model, optimiser, batch)
times = []
for _ in range(options.steps):
    start = time.perf_counter()
    step(model, optimiser, batch)
    times.append(time.perf_counter() - start)
times.sort()
seconds = times[len(times) // 2]
print(json.dumps({"seconds_per_step": seconds, "samples_per_second": options.batch / seconds, "torch": torch.__version__}))
