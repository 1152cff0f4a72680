"""Plain PyTorch beside `emc bench react --model trans-vae-online`: ten reactions, each with a pass of its own through the clip, window by window.

Usage: react_trans_vae_online.py WEIGHTS.safetensors INPUTS.safetensors, started by `emc bench react`. The frames are in memory, as those of
our side are in the seconds that are compared. Every window is encoded with norms over what has been seen, and looks back on the reaction so far.
Protocol: bench_protocol.py.
"""
import sys

import torch
from torch import nn

from bench_protocol import answer_reactions, read_safetensors
from emc_blocks import COEFFS, EMOTIONS, HEADS, WIDTH, local_bias, positions
from trans_vae_reference import TransVae, at_frame_rate, pooled


class RunningNorm:
    """Instance norm over everything that one channel has shown so far."""

    def __init__(self):
        self.count, self.mean, self.squares = 0, 0, 0

    def __call__(self, x):  # (T,C,H,W)
        values = x.double()
        count, mean = x.numel() // x.shape[1], values.mean((0, 2, 3))
        squares = (values - mean.view(1, -1, 1, 1)).square().sum((0, 2, 3))
        total, step = self.count + count, mean - self.mean
        self.squares = self.squares + squares + step.square() * (self.count * count / total)
        self.mean, self.count = self.mean + step * (count / total), total
        scale = (self.squares / total + 1e-5).rsqrt()
        return ((values - self.mean.view(1, -1, 1, 1)) * scale.view(1, -1, 1, 1)).float()


class OnlineTransVae(TransVae):
    def __init__(self, stride, window):
        super().__init__(stride=stride, with_video=True)
        self.window = window
        part = self.reaction_decoder
        part.lstm, part.linear_3d, part.linear_reaction = nn.LSTM(WIDTH, WIDTH, batch_first=True), nn.Linear(COEFFS, WIDTH), nn.Linear(WIDTH, WIDTH)
        part.listener_reaction_decoder_3d = nn.TransformerDecoder(nn.TransformerDecoderLayer(WIDTH, HEADS, 2 * WIDTH, 0.0, batch_first=True), 1)
        self.fusion = nn.Linear(WIDTH + COEFFS + EMOTIONS, WIDTH)

    def encode_film(self, frames):
        layer, norms, rows = self.speaker_behaviour_encoder.video_encoder, [RunningNorm() for _ in range(5)], []
        for part in frames.split(self.window * self.stride):

            def normed(number, x):
                return torch.relu(norms[number](torch.conv2d(x, layer.Conv3D[f"conv{number + 1}"].weight[:, :, 0], stride=(2, 2, 2, 1, 2)[number],
                                                             padding=(3, 3, 1, 1, 1)[number])))

            x = torch.max_pool2d(normed(0, part.float() / 127.5 - 1), 3, 2)
            x = normed(2, normed(1, x))
            x = normed(4, normed(3, x) + x)
            rows.append(layer.fc(x.mean((2, 3))))
        return torch.cat(rows).unsqueeze(0)

    def react(self, face, speech, noise):
        """face, speech (1,T,128), noise (1,128) -> coefficients, emotion"""
        part, vae = self.reaction_decoder, self.reaction_decoder.vae_model
        fused = self.speaker_behaviour_encoder.fusion_layer(torch.cat([face, speech], -1))
        count = fused.shape[1]
        table, bias = positions(count).to(fused.device), local_bias(count, self.stride).to(fused.device)
        encoder = vae.seqTransEncoder.layers[0]
        first, second, third = (stack.layers[0] for stack in (part.listener_reaction_decoder_1, part.listener_reaction_decoder_2,
                                                              part.listener_reaction_decoder_3d))

        def attended(layer, x, keys, mask):
            x = layer.norm2(x + layer.multihead_attn(x, keys, keys, attn_mask=mask, need_weights=False)[0])
            return layer.norm3(x + layer.linear2(torch.relu(layer.linear1(x))))

        def among(layer, x):
            causal = nn.Transformer.generate_square_subsequent_mask(x.shape[1], device=x.device)
            return layer.norm1(x + layer.self_attn(x, x, x, attn_mask=causal, need_weights=False)[0])

        keys = memory = decoded = torch.zeros(1, 0, WIDTH, device=fused.device)
        coeffs, emotion = (torch.zeros(1, 0, dims, device=fused.device) for dims in (COEFFS, EMOTIONS))
        for begin in range(0, count, self.window):
            end = min(count, begin + self.window)
            where, near, now = table[:, begin:end], bias[:, begin:end, :end], fused[:, begin:end]

            def keyed(reaction):
                return vae.linear(self.fusion(torch.cat([now, *reaction], -1))) + where

            x = keyed((torch.zeros(1, end - begin, COEFFS, device=now.device), torch.zeros(1, end - begin, EMOTIONS, device=now.device)))
            seen = torch.cat([keys, x], 1)
            x = encoder.norm1(x + encoder.self_attn(x, seen, seen, need_weights=False)[0])
            x = encoder.norm2(x + encoder.linear2(torch.relu(encoder.linear1(x))))
            g = vae.to_mu(x) + torch.exp(0.5 * vae.to_logvar(x).clamp(-8, 8)) * noise.unsqueeze(1) + part.position_scale * where
            memory = torch.cat([memory, g], 1)
            x = attended(first, among(first, where + part.query(g)), memory, near)
            decoded = torch.cat([decoded, x], 1)
            x = for_coeffs = attended(second, among(second, x), decoded, near)
            if begin:
                past = part.linear_3d(coeffs)
                y = among(third, part.linear_reaction(x))
                last = past[:, -1].unsqueeze(0).contiguous()
                for_coeffs = x + part.lstm(attended(third, y, torch.cat([past, y], 1), near), (last, last))[0]
            new = part.listener_reaction_3dmm_map_layer(for_coeffs)
            felt = part.listener_reaction_emotion_map_layer(torch.cat([new, x], -1))
            keys = torch.cat([keys, keyed((new, felt))], 1)
            coeffs, emotion = torch.cat([coeffs, new], 1), torch.cat([emotion, felt], 1)
        return coeffs, emotion


weights, metadata = read_safetensors(sys.argv[1])
inputs, settings = read_safetensors(sys.argv[2])
torch.set_num_threads(int(settings["threads"]))
device, stride = torch.device(settings["device"]), int(settings["stride"])
model = OnlineTransVae(stride, int(metadata["window"]))
model.load(weights)
model.to(device).eval()
frames, mfcc, noise = (inputs[name].to(device) for name in ("frames", "mfcc", "noise"))


def forward(k):
    face, speech = pooled(model.encode_film(frames), stride), pooled(model.encode_speech(mfcc.unsqueeze(0)), stride)
    coeffs, emotion = model.react(face, speech, noise[k:k + 1])
    return at_frame_rate(coeffs + model.emc.coeff_mean, len(frames), stride), at_frame_rate(emotion, len(frames), stride)


answer_reactions(forward, inputs, device)
