"""Fails when a text of the window has no German words, or when the file holds words that the window no longer has. lupdate reads the sources anew into
a copy of the file. Usage: check_translations.py SOURCE LUPDATE"""
import pathlib
import subprocess
import sys
import tempfile
import xml.etree.ElementTree as xml

source, lupdate = pathlib.Path(sys.argv[1]), sys.argv[2]
known = source / "translations" / "emc_de.ts"
sources = sorted(path for folder in ("app", "widgets") for path in (source / folder).rglob("*") if path.suffix in (".cpp", ".h"))


def messages(file):
    for context in xml.parse(file).getroot().iter("context"):
        for message in context.iter("message"):
            yield context.findtext("name"), message.findtext("source"), message.find("translation").get("type")


with tempfile.TemporaryDirectory() as folder:
    copy = pathlib.Path(folder) / known.name
    copy.write_bytes(known.read_bytes())
    subprocess.run([lupdate, "-silent", "-locations", "none", "-I", str(source), *map(str, sources), "-ts", str(copy)], check=True)
    found = list(messages(copy))
wrong = {"unfinished": "has no German words", "vanished": "is no longer in the window", "obsolete": "is no longer in the window"}
faults = [f"{context}: \"{text}\" {wrong[state]}" for context, text, state in found if state in wrong]
if not found:
    faults.append("lupdate found no text")
print("\n".join(faults) or f"{len(found)} texts, all with German words")
sys.exit(1 if faults else 0)
