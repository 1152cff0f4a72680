"""Fails when an object file depends on a header its layer must not see (ARCHITECTURE.md, layer table).

Looks at the dependencies that the compiler really recorded (`ninja -t deps`), so a header that comes in through another header counts too.
Usage: check_layers.py SOURCE BUILD NINJA | --self-test
"""
import re
import subprocess
import sys

# What marks a third-party library in a dependency's path.
LIBRARIES = {
    "torch": re.compile(r"/torch/include/"),
    "opencv": re.compile(r"/opencv4/|/opencv2/"),
    "vtk": re.compile(r"/vtk-9[.\d]*/"),
    "qt": re.compile(r"/qt6/|/Qt[A-Z][A-Za-z]+/|/qcustomplot\.h"),
    "libav": re.compile(r"/libav(format|codec|util)/|/libsw(scale|resample)/"),
}
# Folder of the object's source -> libraries it may use. The longest matching folder decides.
ALLOWED = {
    "core/": set(),
    "core/nn/": {"torch"}, "core/models/": {"torch"}, "core/train/": {"torch"},
    "core/media/": {"opencv", "libav"},
    "core/render/": {"vtk"},
    "core/cuda/": {"torch"},
    "widgets/": {"qt"},
    "app/": {"qt"},
    "app/commands/": set(),
}
# Which own folders a folder must not include from.
FORBIDDEN_OWN = {
    "core/": ["widgets/", "app/"],
    "core/api/": ["core/(?!api/)"],
    "core/data/": ["core/(?!api/|data/)"],
    "core/morph/": ["core/(?!api/|morph/|data/)"],
    "core/eval/": ["core/(?!api/|eval/|data/|checkpoint/)"],
    "core/checkpoint/": ["core/(?!api/|checkpoint/|data/)"],
    "core/study/": ["core/(?!api/|data/|eval/|study/)"],
    "core/render/": ["core/(?!api/|morph/|render/)"],
    "core/media/": ["core/(?!api/|data/|media/)"],
    "widgets/": ["core/(?!api/|morph/|render/)", "app/"],
    "app/": ["core/(?!api/|morph/|render/)"],
    "app/commands/": ["widgets/"],
}
# The programs wire everything together; commands are the terminal's half of that.
FREE_OWN = ("app/main.cpp", "app/cli_main.cpp", "app/commands/")


def faults(objects, source):
    """objects: {object's source path relative to the tree: [dependency paths]} -> list of sentences."""
    found = []
    for path, dependencies in sorted(objects.items()):
        layers = [layer for layer in ALLOWED if path.startswith(layer)]
        if not layers:
            continue
        allowed = ALLOWED[max(layers, key=len)]
        for name, pattern in LIBRARIES.items():
            if name in allowed:
                continue
            hit = next((d for d in dependencies if pattern.search(d)), None)
            if hit:
                found.append(f"{path} sees {name} ({hit})")
        if path.startswith(FREE_OWN):
            continue
        for layer, rules in FORBIDDEN_OWN.items():
            if not path.startswith(layer):
                continue
            for rule in rules:
                for dependency in dependencies:
                    own = dependency[len(source) + 1:] if dependency.startswith(source + "/") else None
                    if own and re.match(rule, own) and not own.startswith("build/"):
                        found.append(f"{path} includes {own}, which its layer must not know")
    return found


def read_objects(source, build, ninja):
    text = subprocess.run([ninja, "-C", build, "-t", "deps"], capture_output=True, text=True, check=True).stdout
    objects = {}
    for block in text.split("\n\n"):
        lines = block.strip().splitlines()
        if not lines or ".o:" not in lines[0]:
            continue
        dependencies = [line.strip() for line in lines[1:]]
        dependencies = [d if d.startswith("/") else f"{build}/{d}" for d in dependencies]
        own = [d for d in dependencies if d.startswith(source + "/") and d.endswith((".cpp", ".cu")) and "/build/" not in d[len(source):]]
        if own:
            objects[own[0][len(source) + 1:]] = dependencies
    return objects


def self_test():
    bad = {"widgets/a.cpp": ["/s/widgets/a.cpp", "/x/torch/include/torch/torch.h"],
           "core/data/b.cpp": ["/usr/include/x86_64-linux-gnu/qt6/QtCore/qstring.h"],
           "core/media/c.cpp": ["/usr/include/vtk-9.1/vtkObject.h"],
           "core/data/d.cpp": ["/s/core/media/video.h"],
           "app/pages/e.cpp": ["/s/core/train/train.h"]}
    good = {"core/nn/a.cpp": ["/x/torch/include/ATen/ATen.h"], "widgets/b.cpp": ["/usr/include/qt6/QtCore/qstring.h", "/s/core/api/clip.h"],
            "app/cli_main.cpp": ["/s/core/backend/studio_backend.h"]}
    assert len(faults(bad, "/s")) == 5, faults(bad, "/s")
    assert faults(good, "/s") == [], faults(good, "/s")
    print("the checker finds every planted fault")


if sys.argv[1] == "--self-test":
    self_test()
else:
    objects = read_objects(*sys.argv[1:4])
    if len(objects) < 3:
        sys.exit(f"only {len(objects)} objects found in {sys.argv[2]}: build first")
    found = faults(objects, sys.argv[1])
    print("\n".join(found) or f"{len(objects)} objects keep to their layers")
    sys.exit(1 if found else 0)
