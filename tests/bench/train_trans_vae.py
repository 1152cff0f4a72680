"""Plain PyTorch beside `emc bench train`: the same training step on the same weights, batch and noise.

Usage: train_trans_vae.py INPUTS.safetensors, started by `emc bench train`, which writes the inputs (weights, one batch of crops with cached face
features, settings). Protocol: bench_protocol.py.
"""
import sys

import torch
from torch import nn

from bench_protocol import answer_training
from emc_terms import emc_terms
from trans_vae_reference import SHAPES, TransVae, read_safetensors

tensors, settings = read_safetensors(sys.argv[1])
number = {key: float(value) for key, value in settings.items() if key not in ("model", "device", "format")}
torch.set_num_threads(int(number["threads"]))
device = torch.device(settings["device"])
model = TransVae(cma=settings["model"] != "trans-vae", ea=settings["model"] == "trans-vae-emc", stride=int(number["stride"]))
model.load({name[6:]: value for name, value in tensors.items() if name.startswith("model/")})
model.to(device).train()
batch = {name[6:]: value.to(device) for name, value in tensors.items() if name.startswith("batch/")}
optimiser = torch.optim.AdamW(model.parameters(), lr=number["lr"], weight_decay=number["weight_decay"])
generator = torch.Generator().manual_seed(int(number["noise_seed"]))
size, frames = batch["mfcc"].shape[:2]
done = 0


def gaussian(dims):
    return torch.randn(size, dims, generator=generator).to(device)


def gaussian_kl(a, b):
    """Mean KL of two diagonal Gaussians; log variances count as at least 0."""
    la, lb = a[1].clamp_min(0), b[1].clamp_min(0)
    return (0.5 * (lb - la + (la.exp() + (a[0] - b[0]).square()) * torch.exp(-lb) - 1)).mean()


def fusion(both, no_face, no_speech):
    return gaussian_kl(both, no_face) + gaussian_kl(both, no_speech) + gaussian_kl(no_face, no_speech)


def step():
    global done
    optimiser.zero_grad()
    face, speech = batch["face"], model.encode_speech(batch["mfcc"])
    sides, extra = None, 0
    if model.cma:
        latent, sides, extra = emc_terms(model, batch, face, speech, number, done, generator, model.distribution, fusion)
    else:
        latent = model.distribution(face, speech, None)
    coeffs, emotion = model.decode(*latent, gaussian(128), sides)
    mse, true = nn.functional.mse_loss, batch["listener_coeffs"]
    loss = number["emotion"] * mse(emotion, batch["listener_emotion"])
    loss = loss + number["expression"] * mse(coeffs[..., :SHAPES], true[..., :SHAPES]) + number["pose"] * mse(coeffs[..., SHAPES:], true[..., SHAPES:])
    mean, log_variance = latent
    loss = loss + number["kl"] * (0.5 * (mean.square() + log_variance.exp() - 1 - log_variance)).mean()
    with torch.no_grad():
        other_coeffs, other_emotion = model.decode(*latent, gaussian(128), sides)
    for ours, other in ((coeffs, other_coeffs), (emotion, other_emotion)):
        loss = loss + number["diversity"] * torch.exp(-(ours - other).flatten(1).square().sum(1) / 100).mean()
    loss = loss + extra
    value = loss.item()
    loss.backward()
    nn.utils.clip_grad_norm_(model.parameters(), number["clip"])
    optimiser.step()
    done += 1
    return value


answer_training(step, device)
