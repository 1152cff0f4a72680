"""Plain PyTorch beside `emc bench train`: the same training step on the same weights, batch and noise.

Usage: train_trans_vae.py INPUTS.safetensors, started by `emc bench train`, which writes the inputs (weights, one batch of crops with cached face
features, settings). Online networks are those with a window. Protocol: bench_protocol.py.
"""
import torch

from bench_protocol import Training
from emc_terms import emc_terms
from trans_vae_online_reference import OnlineTransVae
from trans_vae_reference import TransVae


def network(weights, settings, **kind):
    window = settings.get("model/window")
    return OnlineTransVae(int(window), **kind) if window else TransVae(**kind)


run = Training(network)
model, batch, number = run.model, run.batch, run.number
online = isinstance(model, OnlineTransVae)


def gaussian_kl(a, b):
    """Mean KL of two diagonal Gaussians; log variances count as at least 0."""
    la, lb = a[1].clamp_min(0), b[1].clamp_min(0)
    return (0.5 * (lb - la + (la.exp() + (a[0] - b[0]).square()) * torch.exp(-lb) - 1)).mean()


def perceived(face, speech, sides):
    return (model.fused(face, speech, sides),) if online else model.distribution(face, speech, sides)


def fusion(*variants):
    """Online what the windows make of the speaker alone, the reaction so far left out."""
    both, no_face, no_speech = (model.distribution_without_past(*values) if online else values for values in variants)
    return gaussian_kl(both, no_face) + gaussian_kl(both, no_speech) + gaussian_kl(no_face, no_speech)


def reaction(values, sides):
    """-> mean and log variance of Z, coefficients, emotion"""
    if online:
        return model.generate(*values, run.gaussian(128), sides)
    return *values, *model.decode(*values, run.gaussian(128), sides)


def loss():
    face, speech = batch["face"], model.encode_speech(batch["mfcc"])
    sides, extra = None, 0
    if model.cma:
        values, sides, extra = emc_terms(run, batch, face, speech, perceived, fusion)
    else:
        values = perceived(face, speech, None)
    mean, log_variance, *shown = reaction(values, sides)
    total = run.reconstruction(*shown, batch["listener_coeffs"], batch["listener_emotion"])
    total = total + number["kl"] * (0.5 * (mean.square() + log_variance.exp() - 1 - log_variance)).mean()
    with torch.no_grad():
        other = reaction(values, sides)[2:]
    for ours, theirs in zip(shown, other):
        total = total + number["diversity"] * torch.exp(-(ours - theirs).flatten(1).square().sum(1) / 100).mean()
    return total + extra


run.answer(loss)
