"""Fails when a C++ file is not formatted as .clang-format says (`./studio format` mends it). Usage: check_format.py SOURCE CLANG_FORMAT"""
import os
import subprocess
import sys

source, tool = sys.argv[1:3]
names = subprocess.run(["git", "-C", source, "ls-files", "*.h", "*.cpp", "*.cu"], capture_output=True, text=True, check=True).stdout.split()
names = [n for n in names if os.path.isfile(os.path.join(source, n))]
result = subprocess.run([tool, "--dry-run", "-Werror", *names], cwd=source, capture_output=True, text=True)
bad = sorted({line.split(":")[0] for line in result.stderr.splitlines() if "error:" in line})
print("\n".join(f"{name}: not formatted" for name in bad) or f"{len(names)} files are formatted")
sys.exit(1 if bad or result.returncode else 0)
