"""Plain PyTorch beside `emc bench train`: the same training step on the same weights, batch and noise.

Usage: train_trans_vae.py INPUTS.safetensors, started by `emc bench train`, which writes the inputs (weights, one batch of crops with cached face
features, settings). Protocol: bench_protocol.py.
"""
import torch

from bench_protocol import Training
from emc_terms import emc_terms
from trans_vae_reference import TransVae

run = Training(lambda weights, settings, **kind: TransVae(**kind))
model, batch, number = run.model, run.batch, run.number


def gaussian_kl(a, b):
    """Mean KL of two diagonal Gaussians; log variances count as at least 0."""
    la, lb = a[1].clamp_min(0), b[1].clamp_min(0)
    return (0.5 * (lb - la + (la.exp() + (a[0] - b[0]).square()) * torch.exp(-lb) - 1)).mean()


def fusion(both, no_face, no_speech):
    return gaussian_kl(both, no_face) + gaussian_kl(both, no_speech) + gaussian_kl(no_face, no_speech)


def loss():
    face, speech = batch["face"], model.encode_speech(batch["mfcc"])
    sides, extra = None, 0
    if model.cma:
        latent, sides, extra = emc_terms(run, batch, face, speech, model.distribution, fusion)
    else:
        latent = model.distribution(face, speech, None)
    coeffs, emotion = model.decode(*latent, run.gaussian(128), sides)
    total = run.reconstruction(coeffs, emotion, batch["listener_coeffs"], batch["listener_emotion"])
    mean, log_variance = latent
    total = total + number["kl"] * (0.5 * (mean.square() + log_variance.exp() - 1 - log_variance)).mean()
    with torch.no_grad():
        other_coeffs, other_emotion = model.decode(*latent, run.gaussian(128), sides)
    for ours, other in ((coeffs, other_coeffs), (emotion, other_emotion)):
        total = total + number["diversity"] * torch.exp(-(ours - other).flatten(1).square().sum(1) / 100).mean()
    return total + extra


run.answer(loss)
