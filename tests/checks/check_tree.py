"""Fails when a tracked file is too large, the tree is too large, or a text names a path of somebody's machine. Usage: check_tree.py SOURCE"""
import os
import re
import subprocess
import sys

source = sys.argv[1]
names = subprocess.run(["git", "-C", source, "ls-files", "-z"], capture_output=True, text=True, check=True).stdout.split("\0")
names = [n for n in names if n and os.path.isfile(os.path.join(source, n))]
faults, total = [], 0
for name in names:
    size = os.path.getsize(os.path.join(source, name))
    total += size
    if size > 8 * 2**20:
        faults.append(f"{name}: {size / 2**20:.1f} MiB, at most 8 are allowed")
    if name.endswith((".h", ".cpp", ".cu", ".py", ".md", ".txt", ".cmake", ".json", ".toml", ".ts", ".svg")) or name in ("studio", ".ci/run"):
        text = open(os.path.join(source, name), encoding="utf-8").read()
        for number, line in enumerate(text.splitlines(), 1):
            if re.search(r"(?<![\w.])/(home|root|work|Users)/[a-z]", line) and name != "tests/checks/check_tree.py":
                faults.append(f"{name}:{number}: names a path of one machine")
if total > 45 * 2**20:
    faults.append(f"the tree has {total / 2**20:.1f} MiB, at most 45 are allowed")
if not names:
    faults.append("git lists no files here")
print("\n".join(faults) or f"{len(names)} files, {total / 2**20:.1f} MiB")
sys.exit(1 if faults else 0)
