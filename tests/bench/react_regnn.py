"""Plain PyTorch beside `emc react --model regnn`: ten reactions of a clip the way the published code makes them, one whole pass for each.

Features of the face (768 a frame) and of the voice (128) are given, as in the original, which reads both from files. Network and procedure are
written from their description and share no code with the studio: MulT fusion, edges, the motor processor turned round by fixed-point iterations,
29 windows a clip, overlap-add. Weights are random: they do not change what a pass costs.

Usage: react_regnn.py [--frames 750] [--samples 10] [--threads 2] [--rounds 3]; prints one JSON object.
"""
import argparse
import json
import math
import time

import torch
from torch import nn

WIDTH, HEADS, LAYERS, WINDOW, HOP, NODES, CHANNELS, KEPT = 128, 4, 5, 50, 25, 25, 8, 5


class Layer(nn.Module):
    def __init__(self):
        super().__init__()
        self.attention = nn.MultiheadAttention(WIDTH, HEADS)
        self.wide, self.narrow = nn.Linear(WIDTH, 4 * WIDTH), nn.Linear(4 * WIDTH, WIDTH)
        self.first, self.second = nn.LayerNorm(WIDTH), nn.LayerNorm(WIDTH)

    def forward(self, x, keys=None):
        q = self.first(x)
        k = q if keys is None else self.first(keys)
        x = x + self.attention(q, k, k)[0]
        return x + self.narrow(torch.relu(self.wide(self.second(x))))


class Encoder(nn.Module):
    def __init__(self):
        super().__init__()
        self.layers, self.norm = nn.ModuleList(Layer() for _ in range(LAYERS)), nn.LayerNorm(WIDTH)

    @staticmethod
    def placed(x):  # (frames, batch, width)
        half = WIDTH // 2
        rate = torch.exp(torch.arange(half).float() * (-math.log(10000.0) / (half - 1)))
        angle = torch.arange(1, len(x) + 1).float().unsqueeze(1) * rate
        return x * math.sqrt(WIDTH) + torch.cat([angle.sin(), angle.cos()], 1).unsqueeze(1) * (x[:, :, :1] != 0)

    def forward(self, x, keys=None):
        x, keys = self.placed(x), None if keys is None else self.placed(keys)
        for layer in self.layers:
            x = layer(x, keys)
        return self.norm(x)


class Motor(nn.Module):
    def __init__(self):
        super().__init__()
        self.scale, self.shift = nn.Parameter(torch.randn(NODES) * 0.1), nn.Parameter(torch.randn(NODES) * 0.1)
        self.channel, self.qk = nn.Parameter(torch.ones(1, CHANNELS)), nn.Linear(WINDOW, 2 * WINDOW)

    def residual(self, x, edges):
        h = torch.sigmoid(nn.functional.elu(x))
        q, k = self.qk(h).chunk(2, -1)
        a = torch.softmax(q @ k.transpose(-2, -1) / math.sqrt(WINDOW), -1).unsqueeze(1)
        e = a * edges
        e = e / e.sum(-1, keepdim=True)
        mixed = (e * (self.channel / self.channel.sum()).view(1, CHANNELS, 1, 1)).sum(1)
        wq, wk = self.qk.weight.chunk(2, 0)
        bound = torch.linalg.matrix_norm(torch.eye(WINDOW) + 2 / math.sqrt(WINDOW) * wq @ wk.t(), 2) + 5
        return mixed @ h / bound

    def inverse(self, y, edges):
        x = y
        for _ in range(5):
            following = y - self.residual(x, edges)
            done = (following - x).abs().max() <= 1e-3
            x = following
            if done:
                break
        assert (y - x - self.residual(x, edges)).abs().max() <= 1e-3
        return (x - self.shift.unsqueeze(-1)) * (-self.scale).exp().unsqueeze(-1)


class Regnn(nn.Module):
    def __init__(self):
        super().__init__()
        self.video, self.cross, self.memory = nn.Conv1d(768, WIDTH, 1, bias=False), Encoder(), Encoder()
        self.proj1, self.proj2, self.out = nn.Linear(WIDTH, WIDTH), nn.Linear(WIDTH, WIDTH), nn.Linear(WIDTH, 64)
        self.convert = nn.Sequential(nn.Linear(64, 32), nn.GELU(), nn.Linear(32, NODES))
        self.qk = nn.Sequential(nn.Linear(WINDOW, WINDOW), nn.GELU(), nn.Linear(WINDOW, WINDOW), nn.Linear(WINDOW, 2 * CHANNELS * WINDOW, bias=False))
        self.motor = nn.ModuleList(Motor() for _ in range(2))

    def edges(self, x):
        qk = self.qk(x).view(len(x), NODES, 2, CHANNELS, WINDOW).permute(2, 0, 3, 1, 4)
        a = torch.softmax(qk[0] @ qk[1].transpose(-2, -1) / math.sqrt(WINDOW), -1)
        best = a.sum(1).topk(KEPT, -1).indices
        mask = torch.eye(NODES).expand(len(x), -1, -1).clone()
        for b in range(len(x)):
            mask[b][:, best[b].flatten().unique()] = 1
        a = a * mask.unsqueeze(1)
        rows = a / (a.sum(-1, keepdim=True) + 1e-16)
        return rows @ (rows / (rows.sum(-2, keepdim=True) + 1e-16)).transpose(-2, -1)

    def forward(self, video, audio):
        v, a = self.video(video.transpose(1, 2)).permute(2, 0, 1), audio.transpose(0, 1)
        h = self.memory(self.cross(v, a))
        x = self.convert(self.out(h + self.proj2(torch.relu(self.proj1(h))))).permute(1, 2, 0)
        edges = self.edges(x)
        noise = torch.randn_like(x)
        y = x + noise * (math.sqrt(0.06) / noise.abs().max())
        for layer in reversed(self.motor):
            y = layer.inverse(y, edges)
        return y.transpose(1, 2)


def reaction(model, video, audio):
    starts = list(range(0, len(video) - WINDOW + 1, HOP))
    windows = model(torch.stack([video[s:s + WINDOW] for s in starts]), torch.stack([audio[s:s + WINDOW] for s in starts]))
    total, count = torch.zeros(len(video), NODES), torch.zeros(len(video), 1)
    for start, window in zip(starts, windows):
        total[start:start + WINDOW] += window
        count[start:start + WINDOW] += 1
    return total / count.clamp_min(1)


arguments = argparse.ArgumentParser()
for name, value in (("frames", 750), ("samples", 10), ("threads", 2), ("rounds", 3)):
    arguments.add_argument("--" + name, type=int, default=value)
options = arguments.parse_args()
torch.set_num_threads(options.threads)
torch.manual_seed(1)
regnn = Regnn().eval()
face, voice = torch.randn(options.frames, 768), torch.randint(0, 256, (options.frames, 128)).float()
seconds, one = [], []
with torch.no_grad():
    reaction(regnn, face, voice)
    for _ in range(options.rounds):
        start = time.perf_counter()
        for k in range(options.samples):
            reaction(regnn, face, voice)
            if k == 0:
                one.append(time.perf_counter() - start)
        seconds.append(time.perf_counter() - start)
print(json.dumps({"seconds": sorted(seconds)[len(seconds) // 2], "first_reaction_seconds": sorted(one)[len(one) // 2], "samples": options.samples,
                  "frames": options.frames, "threads": options.threads, "torch": torch.__version__}))
