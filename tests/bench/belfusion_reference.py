"""BeLFusion (variant `fixed`) in plain PyTorch: what a researcher would write with torch.nn.

Written from the description of the network; it shares no code with the studio. Module names are those of the checkpoint, so that the studio's
weights can be loaded and both sides must give the same numbers. Used by react_belfusion.py and train_belfusion.py.
"""
import math

import torch
from torch import nn

from emc_blocks import COEFFS, EMOTIONS

LATENT, STEPS, LAYERS, FRAMES_OF_WINDOW = 128, 10, 10, 50


def group(**parts):
    module = nn.Module()
    for name, part in parts.items():
        module.add_module(name, part)
    return module


def window_starts(tokens, length, hop):
    """Windows that cover a clip; the last one ends with it."""
    starts = [0]
    while starts[-1] + length < tokens:
        starts.append(min(starts[-1] + hop, tokens - length))
    return starts


def cut(x, starts, length):
    """(B,T,C) -> (B·windows,length,C), windows of one clip together."""
    return torch.stack([x[:, start:start + length] for start in starts], 1).flatten(0, 1)


class Autoencoder(nn.Module):
    def __init__(self):
        super().__init__()
        self.x_rnn, self.d_rnn = group(rnn_f=nn.GRUCell(EMOTIONS, LATENT)), group(rnn_f=nn.GRUCell(LATENT + EMOTIONS, LATENT))
        self.fc_mu_enc, self.fc_logvar_enc, self.fc_z_dec = (nn.Linear(LATENT, LATENT) for _ in range(3))
        self.d_mlp, self.d_out = group(affine_layers=nn.ModuleList([nn.Linear(LATENT, 64), nn.Linear(64, 64)])), nn.Linear(64, EMOTIONS)
        self.coeff_reg = nn.Sequential(nn.Linear(EMOTIONS, LATENT), nn.Tanh(), nn.Linear(LATENT, COEFFS))
        self.statistics, self.emc = nn.Module(), nn.Module()
        for name in ("min", "max", "mean", "std", "var"):
            self.statistics.register_buffer(name, torch.zeros(LATENT))
        self.emc.register_buffer("seen", torch.zeros(1))

    def distribution(self, windows):
        hidden = windows.new_zeros(len(windows), LATENT)
        for frame in windows.unbind(1):
            hidden = self.x_rnn.rnn_f(frame, hidden)
        return self.fc_mu_enc(hidden), self.fc_logvar_enc(hidden).clamp(-8, 8)

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

    def normalised(self, latent):
        low, high = self.statistics.min, self.statistics.max
        return 2 * (latent - low) / (high - low).clamp_min(1e-6) - 1

    def restored(self, normal):
        low, high = self.statistics.min, self.statistics.max
        return (normal + 1) * (high - low) / 2 + low

    @torch.no_grad()
    def widen_range(self, latents):
        """The range that normalises; its mean and variance are kept for those who read the file."""
        known, before, now = self.statistics, self.emc.seen.item(), len(latents)
        low, high = latents.amin(0), latents.amax(0)
        variance, mean = torch.var_mean(latents, 0, correction=0)
        if before:
            low, high, shift = torch.minimum(known.min, low), torch.maximum(known.max, high), mean - known.mean
            variance = (known.var * before + variance * now + shift.square() * (before * now / (before + now))) / (before + now)
            mean = known.mean + shift * (now / (before + now))
        for name, value in (("min", low), ("max", high), ("mean", mean), ("var", variance), ("std", variance.sqrt())):
            getattr(known, name).copy_(value)
        self.emc.seen.fill_(before + now)


class Belfusion(nn.Module):
    def __init__(self, width, stride):
        super().__init__()
        self.window = max(4, FRAMES_OF_WINDOW // stride)
        self.time_embed = nn.Sequential(nn.Linear(64, LATENT), nn.SiLU(), nn.Linear(LATENT, LATENT))
        self.cond_embed = nn.Sequential(nn.Linear(LATENT, LATENT), nn.SiLU(), nn.Linear(LATENT, LATENT))
        self.layers = nn.ModuleList()
        for i in range(LAYERS - 1):
            self.layers.append(group(linear=nn.Linear((width if i else LATENT) + LATENT, width), linear_emb=nn.Linear(2 * LATENT, width),
                                     norm=nn.LayerNorm(width)))
        self.layers.append(group(linear=nn.Linear(width + LATENT, LATENT)))
        self.embed_emotion, self.emc = Autoencoder(), nn.Module()
        self.emc.register_buffer("coeff_mean", torch.zeros(COEFFS))
        alpha = [math.cos((i / STEPS + 0.008) / 1.008 * math.pi / 2) ** 2 for i in range(STEPS + 1)]
        beta = torch.tensor([min(1 - alpha[i + 1] / alpha[i], 0.999) for i in range(STEPS)], dtype=torch.float64)
        self.kept = torch.cumprod(1 - beta, 0)

    def load(self, tensors):
        self.load_state_dict({name: value.float() for name, value in tensors.items()})

    def clean(self, x, step, condition):
        """x, condition (B,128), step (B) -> the clean latent that x is taken for."""
        angle = step.float().unsqueeze(1) * torch.exp(torch.arange(32, device=x.device) * (-math.log(10000.0) / 32))
        time = self.time_embed(torch.cat([torch.cos(angle), torch.sin(angle)], 1))
        both = nn.functional.silu(torch.cat([time, self.cond_embed(condition)], 1))
        h = x
        for layer in self.layers[:-1]:
            h = nn.functional.silu(layer.norm(layer.linear(torch.cat([h, x], 1)) * (1 + layer.linear_emb(both))))
        return self.layers[-1].linear(torch.cat([h, x], 1))

    def noised(self, x, step, noise):
        kept = self.kept.to(x.device)[step].unsqueeze(1)
        return kept.sqrt().float() * x + (1 - kept).sqrt().float() * noise

    def denoised(self, x, condition):
        for step in reversed(range(STEPS)):
            clean = self.clean(x, torch.full((len(x),), step, device=x.device), condition).clamp(-1, 1)
            now, before = self.kept[step].item(), self.kept[step - 1].item() if step else 1.0
            noise = (x - math.sqrt(now) * clean) / math.sqrt(1 - now)
            x = math.sqrt(before) * clean + math.sqrt(1 - before) * noise
        return x
