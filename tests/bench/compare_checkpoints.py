"""Whether files of `emc convert` hold what the original does: compare_checkpoints.py ORIGINAL OURS.safetensors BACK.pth

The original and the file under the authors' names are read by torch.load, which executes nothing, ours by a reader of its own. Names: ours have
no wrapper. Exit code 1 and a sentence when anything differs.
"""
import collections
import re
import sys

import torch

from bench_protocol import read_safetensors


def state_dict(path):
    loaded = torch.load(path, map_location="cpu", weights_only=True)
    return loaded.get("state_dict", loaded)


def compare(title, expected, got):
    """Every tensor of `got` must be there with the same numbers -> how many."""
    for name, tensor in got.items():
        if name not in expected:
            sys.exit(f"{title}: {name} is not in the original")
        if expected[name].shape != tensor.shape or not torch.equal(expected[name].to(tensor.dtype), tensor):
            sys.exit(f"{title}: {name} has other numbers")
    return len(got)


original, (ours, _), back = state_dict(sys.argv[1]), read_safetensors(sys.argv[2]), state_dict(sys.argv[3])
wrapper = re.compile(r"^module\.|^model\.|(?<=^face_tokenizer\.)model\.|(?<=^sound_feature_extractor\.)model\.")
plain = collections.OrderedDict((wrapper.sub("", name), tensor) for name, tensor in original.items())
counts = compare("ours", plain, ours), compare("back", original if not any(n.startswith("module.") for n in original) else plain, back)
if counts[0] != counts[1] or not counts[0]:
    sys.exit(f"{counts[0]} tensors of ours, {counts[1]} under the authors' names")
print(f"{counts[0]} tensors are the same")
