"""REGNN, alone or inside EMC (variant `fixed`), in plain PyTorch: what a researcher would write with torch.nn.

Written from the description of the network; it shares no code with the studio. Module names are those of the checkpoint, so that the studio's
weights can be loaded and both sides must give the same numbers. Used by train_regnn.py and react_regnn.py.
"""
import math

import numpy
import torch
from torch import nn

from emc_blocks import COEFFS, EMOTIONS, WIDTH, EmcHost

LAYERS, WINDOW, HOP, NODES, CHANNELS, KEPT = 5, 50, 25, 25, 8, 5
LARGEST_NOISE = math.sqrt(0.06)


def group(**modules):
    module = nn.Module()
    for name, child in modules.items():
        module.add_module(name, child)
    return module


class Mlp(nn.Module):
    def __init__(self, inputs, hidden, outputs):
        super().__init__()
        self.fc1, self.fc2 = nn.Linear(inputs, hidden), nn.Linear(hidden, outputs)

    def forward(self, x):
        return self.fc2(nn.functional.gelu(self.fc1(x)))


class Layer(nn.Module):
    def __init__(self):
        super().__init__()
        self.self_attn = nn.MultiheadAttention(WIDTH, 4, batch_first=True)
        self.fc1, self.fc2 = nn.Linear(WIDTH, 4 * WIDTH), nn.Linear(4 * WIDTH, WIDTH)
        self.layer_norms = nn.ModuleList([nn.LayerNorm(WIDTH), nn.LayerNorm(WIDTH)])

    def forward(self, x, keys, bias):
        q = self.layer_norms[0](x)
        k = q if keys is None else self.layer_norms[0](keys)
        x = x + self.self_attn(q, k, k, attn_mask=bias, need_weights=False)[0]
        return x + self.fc2(torch.relu(self.fc1(self.layer_norms[1](x))))


class Encoder(nn.Module):
    def __init__(self):
        super().__init__()
        self.layers, self.layer_norm = nn.ModuleList(Layer() for _ in range(LAYERS)), nn.LayerNorm(WIDTH)

    @staticmethod
    def placed(x):
        half = WIDTH // 2
        rate = torch.exp(torch.arange(half).float() * (-math.log(10000.0) / (half - 1)))
        angle = torch.arange(1, x.shape[1] + 1).float().unsqueeze(1) * rate
        return x * math.sqrt(WIDTH) + torch.cat([angle.sin(), angle.cos()], 1).to(x.device)

    def forward(self, x, keys=None, bias=None):
        x, keys = self.placed(x), None if keys is None else self.placed(keys)
        for layer in self.layers:
            x = layer(x, keys, bias)
        return self.layer_norm(x)


class ActNorm(nn.Module):
    def __init__(self):
        super().__init__()
        self._log_scale, self._shift = nn.Parameter(torch.zeros(NODES)), nn.Parameter(torch.zeros(NODES))

    @torch.no_grad()
    def start(self, x):
        variance, mean = torch.var_mean(x.transpose(0, 1).flatten(1), 1, correction=0)
        self._log_scale.copy_(-0.5 * (variance.clamp_min(0.05 ** 2) + 1e-5).log())
        self._shift.copy_(-mean * self._log_scale.exp())

    def forward(self, x):
        return x * self._log_scale.exp().unsqueeze(-1) + self._shift.unsqueeze(-1)

    def inverse(self, y):
        return (y - self._shift.unsqueeze(-1)) * (-self._log_scale).exp().unsqueeze(-1)


class MotorAttention(nn.Module):
    def __init__(self):
        super().__init__()
        self.w, self.qk = nn.Parameter(torch.ones(1, CHANNELS)), nn.Linear(WINDOW, 2 * WINDOW)

    @torch.no_grad()
    def bound(self):
        query, key = self.qk.weight.chunk(2, 0)
        product = torch.eye(WINDOW, device=query.device) + 2 / math.sqrt(WINDOW) * query @ key.t()
        return torch.linalg.matrix_norm(product, 2) + 5

    def forward(self, x, edges):
        h = torch.sigmoid(nn.functional.elu(x))
        q, k = self.qk(h).chunk(2, -1)
        e = torch.softmax(q @ k.transpose(-2, -1) / math.sqrt(WINDOW), -1).unsqueeze(1) * edges
        e = e / e.sum(-1, keepdim=True)
        mixed = (e * (self.w / self.w.sum()).view(1, CHANNELS, 1, 1)).sum(1)
        return mixed @ h / self.bound()


class Motor(nn.Module):
    def __init__(self):
        super().__init__()
        self.Layers = nn.ModuleList(group(norm_layer=ActNorm(), attn_1=MotorAttention()) for _ in range(2))

    def forward(self, x, edges, start=False):
        for layer in self.Layers:
            if start:
                layer.norm_layer.start(x)
            x = layer.norm_layer(x)
            x = x + layer.attn_1(x, edges)
        return x

    def inverse(self, y, edges, iterations, step):
        """Fixed point iterations; a row stands still once nothing in it moved by more than `step`."""
        for layer in reversed(self.Layers):
            x, moving = y, None
            for _ in range(iterations):
                following = y - layer.attn_1(x, edges)
                still = (following - x).detach().abs().amax((1, 2), keepdim=True) <= step
                x = following if moving is None else torch.where(moving, following, x)
                moving = ~still if moving is None else moving & ~still
                if not moving.any():
                    break
            y = layer.norm_layer.inverse(x)
        return y


class Regnn(EmcHost):
    def __init__(self, cma=False, ea=False, stride=1):
        super().__init__(cma, ea, stride)
        project = {name: nn.Conv1d(inputs, WIDTH, 1, bias=False) for name, inputs in (("proj_v", WIDTH), ("proj_a", 78))}
        self.perceptual_processor = group(fuse_model=group(
            **project, trans_v_with_a=Encoder(), trans_v_mem=Encoder(), proj1=nn.Linear(WIDTH, WIDTH), proj2=nn.Linear(WIDTH, WIDTH),
            out_layer=nn.Linear(WIDTH, 64)))
        qk = nn.Sequential(Mlp(WINDOW, WINDOW, WINDOW), nn.Linear(WINDOW, 2 * CHANNELS * WINDOW, bias=False))
        self.cognitive_processor = group(convert_layer=Mlp(64, 32, NODES), EdgeLayer=group(qk=qk))
        self.motor_processor = Motor()

        def convolution(inputs, outputs):
            return nn.Conv1d(inputs, outputs, 5, padding=2, padding_mode="replicate")

        self.coefficient_head = group(conv1=convolution(EMOTIONS, 64), conv2=convolution(64, COEFFS))
        self.emc.register_buffer("actnorm_started", torch.zeros(1))
        self.emc.register_buffer("threshold", torch.zeros(4))
        if ea:
            self.emc.s_in, self.emc.s_out = nn.Linear(NODES, WIDTH), nn.Linear(WIDTH, NODES)

    def encode(self, face, mfcc):
        fuse = self.perceptual_processor.fuse_model
        heard = self.standardised_mfcc(mfcc)
        return fuse.proj_v(face.transpose(1, 2)).transpose(1, 2), fuse.proj_a(heard.transpose(1, 2)).transpose(1, 2)

    def perceived(self, face, speech, sides):
        """Features of windows (W,50,128) -> (x (W,25,50),)"""
        fuse = self.perceptual_processor.fuse_model
        face, speech = self.attend("u_ea_f", face, sides), self.attend("u_ea_s", speech, sides)
        h = self.attend("m_ea", fuse.trans_v_mem(fuse.trans_v_with_a(face, speech, self.tables(face)[1])), sides)
        h = fuse.out_layer(h + fuse.proj2(torch.relu(fuse.proj1(h))))
        return (self.cognitive_processor.convert_layer(h).transpose(1, 2),)

    def edges(self, x):
        qk = self.cognitive_processor.EdgeLayer.qk(x).view(len(x), NODES, 2, CHANNELS, WINDOW).permute(2, 0, 3, 1, 4)
        a = torch.softmax(qk[0] @ qk[1].transpose(-2, -1) / math.sqrt(WINDOW), -1)
        with torch.no_grad():
            best = a.sum(1).topk(KEPT, -1).indices
            mask = torch.zeros(len(x), NODES, NODES, device=x.device).scatter_(-1, best, 1.0).maximum(torch.eye(NODES, device=x.device))
        a = a * mask.unsqueeze(1)
        rows = a / (a.sum(-1, keepdim=True) + 1e-16)
        return rows @ (rows / (rows.sum(-2, keepdim=True) + 1e-16)).transpose(-2, -1)

    def refined(self, g, sides):
        return g + self.emc.s_out(self.attend("s_ea", self.emc.s_in(g.transpose(1, 2)), sides)).transpose(1, 2) if self.ea else g

    def coefficients(self, emotion):
        head = self.coefficient_head
        return head.conv2(nn.functional.gelu(head.conv1(emotion.transpose(1, 2)))).transpose(1, 2)


def windows(x, starts):
    """(B,T,C) -> (B*W,50,C); a short clip repeats its last frame."""
    index = (torch.tensor(starts).unsqueeze(1) + torch.arange(WINDOW)).clamp_max(x.shape[1] - 1).to(x.device)
    return x[:, index.flatten()].reshape(len(x) * len(starts), WINDOW, x.shape[2])


def slow_noise(normal, tokens, stride, starts):
    """Independent numbers (tokens + a second, 25) -> one slow course per attribute, cut into windows (W,25,50)."""
    second = max(1, 25 // stride)
    total = normal.double().cumsum(0)
    course = ((total[second:second + tokens] - total[:tokens]) / math.sqrt(second)).float()
    course = course * (LARGEST_NOISE / course.abs().max().clamp_min(LARGEST_NOISE))
    return windows(course.unsqueeze(0), starts).transpose(1, 2)


def normal_numbers(seed, count):
    """The studio's noise: splitmix64 and Box-Muller."""
    with numpy.errstate(over="ignore"):
        z = numpy.uint64(seed) + numpy.arange(1, count + count % 2 + 1, dtype=numpy.uint64) * numpy.uint64(0x9E3779B97F4A7C15)
        z = (z ^ (z >> numpy.uint64(30))) * numpy.uint64(0xBF58476D1CE4E5B9)
        z = (z ^ (z >> numpy.uint64(27))) * numpy.uint64(0x94D049BB133111EB)
        unit = (((z ^ (z >> numpy.uint64(31))) >> numpy.uint64(11)) + numpy.uint64(1)).astype(numpy.float64) * 2.0 ** -53
    radius, angle = numpy.sqrt(-2 * numpy.log(unit[0::2])), 2 * numpy.pi * unit[1::2]
    return torch.from_numpy(numpy.stack([radius * numpy.cos(angle), radius * numpy.sin(angle)], 1).flatten()[:count]).float()
