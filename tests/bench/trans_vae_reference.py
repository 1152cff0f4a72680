"""Trans-VAE, alone or inside EMC (variant `fixed`), in plain PyTorch: what a researcher would write with torch.nn.

Written from the description of the network; it shares no code with the studio. Module names are those of the checkpoint, so that the studio's
weights can be loaded and both sides must give the same numbers. Used by train_trans_vae.py and react_trans_vae.py.
"""
import torch
from torch import nn

from emc_blocks import COEFFS, EMOTIONS, HEADS, WIDTH, EmcHost, encoder_layer, positions


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


class TransVae(EmcHost):
    def __init__(self, cma=False, ea=False, stride=1, with_video=False):
        super().__init__(cma, ea, stride)
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

    def encode_speech(self, mfcc):
        return self.speaker_behaviour_encoder.audio_feature_map(self.standardised_mfcc(mfcc))

    def distribution(self, face, speech, sides):
        face, speech = self.attend("u_ea_f", face, sides), self.attend("u_ea_s", speech, sides)
        fused = self.attend("m_ea", self.speaker_behaviour_encoder.fusion_layer(torch.cat([face, speech], -1)), sides)
        vae = self.reaction_decoder.vae_model
        hidden = vae.seqTransEncoder(vae.linear(fused) + positions(fused.shape[1]).to(fused.device))
        return vae.to_mu(hidden), vae.to_logvar(hidden).clamp(-8, 8)

    def decode(self, mean, log_variance, noise, sides):
        part = self.reaction_decoder
        z = mean + torch.exp(0.5 * log_variance) * noise.unsqueeze(1)
        where, bias = self.tables(z)
        memory = self.attend("s_ea", z + part.position_scale * where, sides)
        causal = nn.Transformer.generate_square_subsequent_mask(z.shape[1], device=z.device)
        x = part.listener_reaction_decoder_1(where + part.query(memory), memory, tgt_mask=causal, memory_mask=bias, tgt_is_causal=True)
        x = part.listener_reaction_decoder_2(x, x, tgt_mask=causal, memory_mask=bias, tgt_is_causal=True)
        coeffs = part.listener_reaction_3dmm_map_layer(x)
        return coeffs, part.listener_reaction_emotion_map_layer(torch.cat([coeffs, x], -1))
