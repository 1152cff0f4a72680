"""What EMC adds to a host (variant `fixed`) in plain PyTorch, and what the hosts have in common: what a researcher would write with torch.nn.

Written from the description of the network; it shares no code with the studio. Module names are those of the checkpoint, so that the studio's
weights can be loaded and both sides must give the same numbers.
"""
import math

import torch
from torch import nn

WIDTH, HEADS, COEFFS, SHAPES, EMOTIONS = 128, 4, 58, 52, 25


def positions(frames, width=WIDTH):
    table = torch.zeros(1, frames, width)
    time = torch.arange(frames, dtype=torch.float32).unsqueeze(1)
    rate = torch.exp(torch.arange(0, width, 2).float() * (-math.log(10000.0) / width))
    table[0, :, 0::2], table[0, :, 1::2] = torch.sin(time * rate), torch.cos(time * rate)
    return table


def local_bias(frames, stride, heads=HEADS):
    """(heads, frames, frames): the further away in time, the less a cross-attention looks there."""
    at = torch.linspace(0, 3, heads, dtype=torch.float64)
    low = at.floor().clamp_max(2).long()
    slopes = torch.tensor([0.0067, 0.027, 0.1, 0.33], dtype=torch.float64)
    slopes = (slopes[low] * (slopes[low + 1] / slopes[low]) ** (at - low)).float().view(-1, 1, 1)
    index = torch.arange(frames, dtype=torch.float32)
    return -slopes * (index.unsqueeze(1) - index.unsqueeze(0)).abs() * stride


def window_mask(frames, window):
    """(frames, frames) added to the logits of online networks: nothing is seen beyond the end of the own window."""
    index = torch.arange(frames)
    ends = torch.minimum((index // window + 1) * window, torch.tensor(frames))
    return torch.zeros(frames, frames).masked_fill(index.unsqueeze(0) >= ends.unsqueeze(1), -torch.inf)


def encoder_layer(width=WIDTH, heads=HEADS):
    return nn.TransformerEncoderLayer(width, heads, 2 * width, 0.0, batch_first=True)


class Standardiser(nn.Module):
    def __init__(self, width):
        super().__init__()
        for name, value in (("mean", torch.zeros(width)), ("variance", torch.ones(width)), ("started", torch.zeros(1))):
            self.register_buffer(name, value)

    @torch.no_grad()
    def update(self, u):
        variance, mean = torch.var_mean(u.flatten(0, -2), 0, correction=0)
        share = 0.05 if self.started.item() else 1.0
        self.mean.lerp_(mean, share)
        self.variance.lerp_(variance, share)
        self.started.fill_(1)

    def standardised(self, u):
        return (u - self.mean) / (self.variance + 1e-5).sqrt()

    def restored(self, v):
        return v * (self.variance + 1e-5).sqrt() + self.mean


class Cma(nn.Module):
    """Conditional VAE that imagines one modality's features from the other's."""

    def __init__(self, width, heads):
        super().__init__()
        self.latent = width // 2
        self.encoder_input, self.encoder = nn.Linear(2 * width, width), encoder_layer(width, heads)
        self.mu, self.log_variance = nn.Linear(width, self.latent), nn.Linear(width, self.latent)
        self.decoder_input, self.decoder = nn.Linear(self.latent + width, width), encoder_layer(width, heads)
        self.output = nn.Linear(width, width)

    def decode(self, z, condition, mask=None):
        z = z.unsqueeze(1).expand(-1, condition.shape[1], -1) if z.dim() == 2 else z
        x = self.decoder_input(torch.cat([z, condition], -1)) + positions(*condition.shape[1:]).to(z.device)
        return self.output(self.decoder(x, mask))

    def losses(self, u, condition, noise, prior, mask=None):
        u, condition = u.detach(), condition.detach()
        hidden = self.encoder(self.encoder_input(torch.cat([u, condition], -1)) + positions(*u.shape[1:]).to(u.device), mask)
        mean, log_variance = self.mu(hidden), self.log_variance(hidden).clamp(-8, 8)
        z = mean + torch.exp(0.5 * log_variance) * noise.unsqueeze(1)
        align = (u - self.decode(z, condition, mask)).square().sum(-1).mean()
        prior = (u - self.decode(prior, condition, mask)).square().sum(-1).mean()
        kl = (0.5 * (mean.square() + log_variance.exp() - 1 - log_variance)).sum(-1).mean()
        return align, prior, kl


class EmotionMlp(nn.Module):
    def __init__(self, width):
        super().__init__()
        self.branch_face, self.branch_speech = nn.Linear(EMOTIONS, width), nn.Linear(10, width)
        self.output, self.norm = nn.Linear(width, width), nn.LayerNorm(width)

    def forward(self, face, speech=None, use_speech=None):
        hidden = self.branch_face(face)
        if speech is not None:
            hidden = torch.where(use_speech.view(-1, 1, 1), self.branch_speech(speech), hidden)
        return self.norm(self.output(nn.functional.gelu(hidden)))


class EmotionAttention(nn.Module):
    def __init__(self, width, heads):
        super().__init__()
        for name in ("self_x", "self_e", "cross"):
            self.add_module(name, nn.MultiheadAttention(width, heads, batch_first=True))
        for name in ("ln_x", "ln_e", "ln_x2", "ln_e2"):
            self.add_module(name, nn.LayerNorm(width))

    def emotion_part(self, e, mask=None):
        h = self.ln_e(e)
        return self.ln_e2(e + self.self_e(h, h, h, attn_mask=mask, need_weights=False)[0])

    def forward(self, x, emotion, where, bias, mask=None):
        h = self.ln_x(x) + where
        x = x + self.self_x(h, h, h, attn_mask=mask, need_weights=False)[0]
        return x + self.cross(self.ln_x2(x) + where, emotion, emotion, attn_mask=bias, need_weights=False)[0]


class EmcHost(nn.Module):
    """A host network with its mean face and the units of its MFCC, and with EMC's parts where they are asked for."""

    BLOCKS = ("u_ea_f", "u_ea_s", "m_ea", "s_ea")

    def __init__(self, cma, ea, stride, width=WIDTH, heads=HEADS):
        super().__init__()
        self.cma, self.ea, self.stride, self.heads = cma, ea, stride, heads
        self.emc = nn.Module()
        for name, value in (("coeff_mean", torch.zeros(COEFFS)), ("mfcc_mean", torch.zeros(78)), ("mfcc_scale", torch.ones(78))):
            self.emc.register_buffer(name, value)
        if cma:
            self.emc.cma_f, self.emc.cma_s = Cma(width, heads), Cma(width, heads)
            self.emc.units_f, self.emc.units_s = Standardiser(width), Standardiser(width)
        if ea:
            self.emc.e_mlp = EmotionMlp(width)
            for name in self.BLOCKS:
                self.emc.add_module(name, EmotionAttention(width, heads))

    def load(self, tensors):
        """Takes the weights; what this object does not have may only be the frozen networks in front of it."""
        got = self.load_state_dict({name: value.float() for name, value in tensors.items()}, strict=False)
        frozen = ("speaker_behaviour_encoder.video_encoder.", "features.", "ser.")
        extra = [name for name in got.unexpected_keys if not name.startswith(frozen)]
        missing = [name for name in got.missing_keys if not name.startswith("emc.mfcc_")]  # older weights take MFCC as they are
        if missing or extra:
            raise SystemExit(f"the weights do not fit: missing {missing}, unexpected {extra}")

    def standardised_mfcc(self, mfcc):
        return (mfcc - self.emc.mfcc_mean) * self.emc.mfcc_scale

    def emotion_sides(self, e):
        e = e + positions(*e.shape[1:]).to(e.device)
        return {name: self.emc.get_submodule(name).emotion_part(e, self.reach(e)) for name in self.BLOCKS}

    def reach(self, x):
        """What is added to the logits of a self-attention of x (B,T,d): nothing where the whole clip is seen."""
        return None

    def tables(self, x):
        """Positions, and the bias of a cross-attention for each row and head, of x (B,T,d)."""
        bias = local_bias(x.shape[1], self.stride, self.heads).repeat(len(x), 1, 1)
        return positions(*x.shape[1:]).to(x.device), bias.to(x.device)

    def attend(self, name, x, sides):
        return self.emc.get_submodule(name)(x, sides[name], *self.tables(x), self.reach(x)) if self.ea else x
