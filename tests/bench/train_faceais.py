"""Plain PyTorch beside `emc bench train --model faceais...`: the same training step on the same weights, batch and noise, of either stage.

Usage: train_faceais.py INPUTS.safetensors, started by `emc bench train`; inputs and protocol as in train_trans_vae.py.
"""
import torch
from torch.nn import functional as F

from bench_protocol import Training
from emc_terms import emc_terms
from faceais_reference import FIRST, MASK, FaceAis

LIKELIEST, REDRAWN, SILENT, TOKEN_WEIGHT = 512, 0.2, 0.5, 0.1

run = Training(FaceAis)
model, tokenizer, size = run.model, run.model.face_tokenizer, run.size
tokens = run.tokens // model.patch * model.patch
batch = {name: value[:, :tokens] for name, value in run.batch.items()}


def tokenizer_loss():
    """Both are people."""
    coeffs, emotion = (torch.cat([batch["listener_" + name], batch["speaker_" + name]]) for name in ("coeffs", "emotion"))
    return run.reconstruction(*tokenizer.decode(tokenizer.meaning(tokenizer.codes(coeffs))), coeffs, emotion)


def shown(ids):
    """One patch later, MASK first; half of the listeners have shown nothing, the others have gaps."""
    past = torch.cat([torch.full((size, model.patch), MASK, device=run.device), ids[:, :-model.patch] + FIRST], 1)
    silent, share = run.uniform(size, 1) < SILENT, run.uniform(size, 1)
    return past.masked_fill((silent | (run.uniform(size, tokens) < share)).to(run.device), MASK)


def redrawn(ids, logits):
    """A share of the tokens drawn anew from the likeliest."""
    chosen, place = run.uniform(size, tokens) < REDRAWN, run.uniform(size, tokens, 1).to(run.device)
    with torch.no_grad():
        odds = torch.softmax(logits.masked_fill(logits < logits.topk(LIKELIEST).values[..., -1:], -torch.inf), -1).cumsum(-1)
        other = torch.searchsorted(odds, place * odds[..., -1:]).squeeze(-1).clamp_max(odds.shape[-1] - 1)
    return torch.where(chosen.to(run.device), other, ids)


def divergence(a, b):
    return (a.exp() * (a - b)).sum(-1).mean()


def fusion(both, no_face, no_speech):
    both, no_face, no_speech = (F.log_softmax(logits, -1) for _, logits in (both, no_face, no_speech))
    both = both.detach()
    return divergence(both, no_face) + divergence(both, no_speech) + divergence(no_face, no_speech)


def whole_loss():
    ids = tokenizer.tokenize(batch["listener_coeffs"])
    face, speech = (model.rows(u) for u in model.encode(batch["speaker_coeffs"], batch["mfcc"]))
    past = shown(ids)

    def perceived(face, speech, sides):
        stream = model.speaker_stream(face, speech, sides, len(face) * model.patch // tokens)
        return model.rows(stream), model.rows(model.logits(past.repeat(len(stream) // size, 1), stream))

    sides, extra = None, 0
    if model.cma:
        cut = dict(batch, **{name: model.rows(batch[name]) for name in ("speaker_emotion", "speech_emotion")})
        (_, logits), sides, extra = emc_terms(run, cut, face, speech, perceived, fusion)
    else:
        _, logits = perceived(face, speech, None)
    logits = logits.view(size, tokens, -1)
    true = batch["listener_coeffs"], batch["listener_emotion"]
    total = extra + TOKEN_WEIGHT * F.cross_entropy(logits.flatten(0, 1), ids.flatten())
    total = total + run.reconstruction(*model.faces(torch.softmax(logits, -1) @ model.all_codes, sides), *true)
    if model.ea:
        total = total + run.reconstruction(*model.faces(model.all_codes[redrawn(ids, logits)], sides), *true)
    return total


if run.number["first_stage"]:
    run.answer(tokenizer_loss, tokenizer.parameters())
else:
    tokenizer.requires_grad_(False)
    run.answer(whole_loss, [parameter for parameter in model.parameters() if parameter.requires_grad])
