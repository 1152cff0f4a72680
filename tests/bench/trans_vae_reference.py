"""Trans-VAE, alone or inside EMC (variant `fixed`), in plain PyTorch: what a researcher would write with torch.nn.

Written from the description of the network; it shares no code with the studio. Module names are those of the checkpoint, so that the studio's
weights can be loaded and both sides must give the same numbers. Used by train_trans_vae.py and react_trans_vae.py.
"""
import json
import math
import struct
from pathlib import Path

import torch
from torch import nn

WIDTH, HEADS, LATENT, COEFFS, SHAPES, EMOTIONS = 128, 4, 64, 58, 52, 25
KINDS = {"F32": torch.float32, "F16": torch.float16, "U8": torch.uint8, "I64": torch.int64, "BOOL": torch.bool}


def read_safetensors(path):
    """-> (tensors by name, metadata), with the tensors of the parts beside the file that it names"""
    with open(path, "rb") as file:
        header = json.loads(file.read(struct.unpack("<Q", file.read(8))[0]))
        data = bytearray(file.read())
    metadata = header.pop("__metadata__", {})
    tensors = {}
    for name, entry in header.items():
        begin, end = entry["data_offsets"]
        kind = KINDS[entry["dtype"]]
        tensors[name] = torch.frombuffer(data, dtype=kind, count=(end - begin) // kind.itemsize, offset=begin).reshape(entry["shape"]).clone()
    for line in metadata.get("parts", "").splitlines():
        part, _, prefix = line.split()
        shared, _ = read_safetensors(Path(path).parent / part)
        tensors.update({prefix.removeprefix("-") + name: value for name, value in shared.items()})
    return tensors, metadata


def peak_memory_mb():
    with open("/proc/self/status") as status:
        for line in status:
            if line.startswith("VmHWM:"):
                return int(line.split()[1]) / 1024
    return None


def positions(frames):
    table = torch.zeros(1, frames, WIDTH)
    time = torch.arange(frames, dtype=torch.float32).unsqueeze(1)
    rate = torch.exp(torch.arange(0, WIDTH, 2).float() * (-math.log(10000.0) / WIDTH))
    table[0, :, 0::2], table[0, :, 1::2] = torch.sin(time * rate), torch.cos(time * rate)
    return table


def local_bias(frames, stride):
    """(heads, frames, frames): the further away in time, the less a cross-attention looks there."""
    slopes = torch.tensor([0.0067, 0.027, 0.1, 0.33]).view(-1, 1, 1)
    index = torch.arange(frames, dtype=torch.float32)
    return -slopes * (index.unsqueeze(1) - index.unsqueeze(0)).abs() * stride


def pooled(x, stride):
    """(B,T,C): each token is the mean of its `stride` frames."""
    return nn.functional.avg_pool1d(x.transpose(1, 2), stride, ceil_mode=True).transpose(1, 2)


def at_frame_rate(x, count, stride):
    """A token stands for the middle of its frames; linear in between, held outside."""
    at = ((torch.arange(count, device=x.device) - 0.5 * (stride - 1)) / stride).clamp(0, x.shape[1] - 1)
    low = at.floor().long()
    return torch.lerp(x[:, low], x[:, (low + 1).clamp_max(x.shape[1] - 1)], (at - low).view(1, -1, 1))


class FrameEncoder(nn.Module):
    """(B,T,3,S,S) in [-1,1] -> (B,T,128)"""

    def __init__(self):
        super().__init__()

        def convolution(inputs, outputs, kernel, stride):
            return nn.Conv3d(inputs, outputs, (1, kernel, kernel), (1, stride, stride), (0, kernel // 2, kernel // 2), bias=False)

        self.Conv3D = nn.ModuleDict({
            "conv1": convolution(3, 32, 7, 2), "conv2": convolution(32, 128, 7, 2), "conv3": convolution(128, 128, 3, 2),
            "conv4": convolution(128, 128, 3, 1), "conv5": convolution(128, 128, 3, 2)})
        self.fc = nn.Linear(128, WIDTH)
        self.small, self.wide, self.pool = nn.InstanceNorm3d(32), nn.InstanceNorm3d(128), nn.MaxPool3d((1, 3, 3), (1, 2, 2))

    def forward(self, frames):
        layer = self.Conv3D
        x = torch.relu(self.small(layer["conv1"](frames.transpose(1, 2))))
        x = torch.relu(self.wide(layer["conv2"](self.pool(x))))
        x = torch.relu(self.wide(layer["conv3"](x)))
        x = torch.relu(self.wide(layer["conv4"](x))) + x
        x = torch.relu(self.wide(layer["conv5"](x)))
        return self.fc(x.mean((3, 4)).transpose(1, 2))


def encoder_layer():
    return nn.TransformerEncoderLayer(WIDTH, HEADS, 2 * WIDTH, 0.0, batch_first=True)


class Standardiser(nn.Module):
    def __init__(self):
        super().__init__()
        for name, value in (("mean", torch.zeros(WIDTH)), ("variance", torch.ones(WIDTH)), ("started", torch.zeros(1))):
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

    def __init__(self):
        super().__init__()
        self.encoder_input, self.encoder = nn.Linear(2 * WIDTH, WIDTH), encoder_layer()
        self.mu, self.log_variance = nn.Linear(WIDTH, LATENT), nn.Linear(WIDTH, LATENT)
        self.decoder_input, self.decoder, self.output = nn.Linear(LATENT + WIDTH, WIDTH), encoder_layer(), nn.Linear(WIDTH, WIDTH)

    def decode(self, z, condition):
        z = z.unsqueeze(1).expand(-1, condition.shape[1], -1) if z.dim() == 2 else z
        x = self.decoder_input(torch.cat([z, condition], -1)) + positions(condition.shape[1]).to(z.device)
        return self.output(self.decoder(x))

    def losses(self, u, condition, noise, prior):
        u, condition = u.detach(), condition.detach()
        hidden = self.encoder(self.encoder_input(torch.cat([u, condition], -1)) + positions(u.shape[1]).to(u.device))
        mean, log_variance = self.mu(hidden), self.log_variance(hidden).clamp(-8, 8)
        z = mean + torch.exp(0.5 * log_variance) * noise.unsqueeze(1)
        align = (u - self.decode(z, condition)).square().sum(-1).mean()
        prior = (u - self.decode(prior, condition)).square().sum(-1).mean()
        kl = (0.5 * (mean.square() + log_variance.exp() - 1 - log_variance)).sum(-1).mean()
        return align, prior, kl


class EmotionMlp(nn.Module):
    def __init__(self):
        super().__init__()
        self.branch_face, self.branch_speech = nn.Linear(EMOTIONS, WIDTH), nn.Linear(10, WIDTH)
        self.output, self.norm = nn.Linear(WIDTH, WIDTH), nn.LayerNorm(WIDTH)

    def forward(self, face, speech=None, use_speech=None):
        hidden = self.branch_face(face)
        if speech is not None:
            hidden = torch.where(use_speech.view(-1, 1, 1), self.branch_speech(speech), hidden)
        return self.norm(self.output(nn.functional.gelu(hidden)))


class EmotionAttention(nn.Module):
    def __init__(self):
        super().__init__()
        for name in ("self_x", "self_e", "cross"):
            self.add_module(name, nn.MultiheadAttention(WIDTH, HEADS, batch_first=True))
        for name in ("ln_x", "ln_e", "ln_x2", "ln_e2"):
            self.add_module(name, nn.LayerNorm(WIDTH))

    def emotion_part(self, e):
        h = self.ln_e(e)
        return self.ln_e2(e + self.self_e(h, h, h, need_weights=False)[0])

    def forward(self, x, emotion, where, bias):
        h = self.ln_x(x) + where
        x = x + self.self_x(h, h, h, need_weights=False)[0]
        return x + self.cross(self.ln_x2(x) + where, emotion, emotion, attn_mask=bias, need_weights=False)[0]


class TransVae(nn.Module):
    def __init__(self, cma=False, ea=False, stride=1, with_video=False):
        super().__init__()
        self.cma, self.ea, self.stride = cma, ea, stride
        encoder = self.speaker_behaviour_encoder = nn.Module()
        if with_video:
            encoder.video_encoder = FrameEncoder()
        encoder.audio_feature_map, encoder.fusion_layer = nn.Linear(78, WIDTH), nn.Linear(2 * WIDTH, WIDTH)
        decoder = self.reaction_decoder = nn.Module()
        vae = decoder.vae_model = nn.Module()
        vae.linear, vae.to_mu, vae.to_logvar = nn.Linear(WIDTH, WIDTH), nn.Linear(WIDTH, WIDTH), nn.Linear(WIDTH, WIDTH)
        vae.seqTransEncoder = nn.TransformerEncoder(encoder_layer(), 1, enable_nested_tensor=False)

        def decoder_stack():
            return nn.TransformerDecoder(nn.TransformerDecoderLayer(WIDTH, HEADS, 2 * WIDTH, 0.0, batch_first=True), 1)

        decoder.listener_reaction_decoder_1, decoder.listener_reaction_decoder_2 = decoder_stack(), decoder_stack()
        decoder.listener_reaction_3dmm_map_layer = nn.Linear(WIDTH, COEFFS)
        decoder.listener_reaction_emotion_map_layer = nn.Sequential(nn.Linear(COEFFS + WIDTH, WIDTH), nn.Linear(WIDTH, EMOTIONS))
        decoder.query, decoder.position_scale = nn.Linear(WIDTH, WIDTH), nn.Parameter(torch.ones(1))
        self.emc = nn.Module()
        for name, value in (("coeff_mean", torch.zeros(COEFFS)), ("mfcc_mean", torch.zeros(78)), ("mfcc_scale", torch.ones(78))):
            self.emc.register_buffer(name, value)
        if cma:
            self.emc.cma_f, self.emc.cma_s, self.emc.units_f, self.emc.units_s = Cma(), Cma(), Standardiser(), Standardiser()
        if ea:
            self.emc.e_mlp = EmotionMlp()
            for name in ("u_ea_f", "u_ea_s", "m_ea", "s_ea"):
                self.emc.add_module(name, EmotionAttention())

    def load(self, tensors):
        """Takes the weights; what this object does not have may only be the video network or the frozen speech emotion head."""
        got = self.load_state_dict({name: value.float() for name, value in tensors.items()}, strict=False)
        extra = [n for n in got.unexpected_keys if not n.startswith(("speaker_behaviour_encoder.video_encoder.", "ser."))]
        missing = [n for n in got.missing_keys if not n.startswith("emc.mfcc_")]  # older weights take MFCC as they are
        if missing or extra:
            raise SystemExit(f"the weights do not fit: missing {missing}, unexpected {extra}")

    def encode_speech(self, mfcc):
        return self.speaker_behaviour_encoder.audio_feature_map((mfcc - self.emc.mfcc_mean) * self.emc.mfcc_scale)

    def tables(self, batch, frames, device):
        bias = local_bias(frames, self.stride).repeat(batch, 1, 1).to(device)
        return positions(frames).to(device), bias

    def emotion_sides(self, e):
        e = e + positions(e.shape[1]).to(e.device)
        return {name: self.emc.get_submodule(name).emotion_part(e) for name in ("u_ea_f", "u_ea_s", "m_ea", "s_ea")}

    def attend(self, name, x, sides):
        if not self.ea:
            return x
        return self.emc.get_submodule(name)(x, sides[name], *self.tables(len(x), x.shape[1], x.device))

    def distribution(self, face, speech, sides):
        face, speech = self.attend("u_ea_f", face, sides), self.attend("u_ea_s", speech, sides)
        fused = self.attend("m_ea", self.speaker_behaviour_encoder.fusion_layer(torch.cat([face, speech], -1)), sides)
        vae = self.reaction_decoder.vae_model
        hidden = vae.seqTransEncoder(vae.linear(fused) + positions(fused.shape[1]).to(fused.device))
        return vae.to_mu(hidden), vae.to_logvar(hidden).clamp(-8, 8)

    def decode(self, mean, log_variance, noise, sides):
        part = self.reaction_decoder
        z = mean + torch.exp(0.5 * log_variance) * noise.unsqueeze(1)
        where, bias = self.tables(len(z), z.shape[1], z.device)
        memory = self.attend("s_ea", z + part.position_scale * where, sides)
        causal = nn.Transformer.generate_square_subsequent_mask(z.shape[1], device=z.device)
        x = part.listener_reaction_decoder_1(where + part.query(memory), memory, tgt_mask=causal, memory_mask=bias, tgt_is_causal=True)
        x = part.listener_reaction_decoder_2(x, x, tgt_mask=causal, memory_mask=bias, tgt_is_causal=True)
        coeffs = part.listener_reaction_3dmm_map_layer(x)
        return coeffs, part.listener_reaction_emotion_map_layer(torch.cat([coeffs, x], -1))
