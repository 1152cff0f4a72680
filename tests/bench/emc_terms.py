"""What EMC adds to a host's training step, in plain PyTorch: CMA's losses, the three fused inputs, and the one that each clip learns from."""
import torch


def emc_terms(run, batch, face, speech, perceived, fusion):
    """run: bench_protocol.Training. face, speech (rows,T,d): `rows` is a multiple of the clips where the host works in windows. perceived(face, speech,
    sides) -> tuple of tensors with the rows in front; fusion(both, no_face, no_speech) -> scalar. -> (what is learned from, emotion sides, weighted extra
    loss)"""
    model, number, size, device = run.model, run.number, run.size, run.device
    emc, rows = model.emc, len(face)
    each, mask = rows // size, model.reach(face)

    def latent(cma):
        return run.gaussian(cma.latent).repeat_interleave(each, 0)

    emc.units_f.update(face)
    emc.units_s.update(speech)
    extra, warmup = 0, min(1.0, (run.done + 1) / max(1.0, 0.1 * number["steps"]))
    sides = ((emc.cma_f, emc.units_f, face, emc.units_s, speech), (emc.cma_s, emc.units_s, speech, emc.units_f, face))
    for cma, units, target, other_units, present in sides:
        prior = latent(cma)
        align, from_prior, kl = cma.losses(units.standardised(target), other_units.standardised(present), latent(cma), prior, mask)
        extra = extra + number["lambda_cma"] * (align + warmup * kl + from_prior)
    imagined = [units.restored(cma.decode(latent(cma), other_units.standardised(present), mask)) for cma, units, _, other_units, present in sides]
    shares = torch.tensor([0.6, 0.8] if model.ea else [0.4, 0.7])
    withheld = (run.uniform(size, 1) < number["withhold_emotion"]).repeat_interleave(each, 0).to(device) if model.ea else None
    variant = torch.bucketize(run.uniform(size), shares, right=True).repeat_interleave(each).to(device)
    emotion = None
    if model.ea:
        heard = torch.zeros(3 * rows, dtype=torch.bool, device=device)
        heard[rows:2 * rows] = True
        e = emc.e_mlp(batch["speaker_emotion"].repeat(3, 1, 1), batch["speech_emotion"].repeat(3, 1, 1), heard)
        emotion = model.emotion_sides(e.masked_fill(withheld.repeat(3, 1).unsqueeze(-1), 0))
    values = perceived(torch.cat([face, imagined[0], face]), torch.cat([speech, speech, imagined[1]]), emotion)
    extra = extra + number["lambda_fusion"] * fusion(*zip(*(value.split(rows) for value in values)))
    chosen = variant * rows + torch.arange(rows, device=device)
    return tuple(value[chosen] for value in values), {name: e[chosen] for name, e in emotion.items()} if emotion else None, extra
