"""Fails when a text of the window lacks its words in a language, when a file holds words that the window no longer has, and when a place for a value (%1,
%n) or a command is lost on the way. lupdate reads the sources anew into copies of the files. Usage: check_translations.py SOURCE LUPDATE"""
import collections
import pathlib
import re
import subprocess
import sys
import tempfile
import xml.etree.ElementTree as xml

source, lupdate = pathlib.Path(sys.argv[1]), sys.argv[2]
sources = sorted(path for folder in ("app", "widgets") for path in (source / folder).rglob("*") if path.suffix in (".cpp", ".h"))
WRONG = {"unfinished": "has no words", "vanished": "is no longer in the window", "obsolete": "is no longer in the window"}
# Commands, files, options: what stands in backticks is typed, not read.
KEPT = re.compile(r"%L?\d+|%n|`[^`]*`")


def kept(text):
    return collections.Counter(KEPT.findall(text))


def faults_of(file, english):
    """English stands in the sources; its file holds the plurals alone."""
    with tempfile.TemporaryDirectory() as folder:
        copy = pathlib.Path(folder) / file.name
        copy.write_bytes(file.read_bytes())
        plurals = ["-pluralonly"] if english else []
        subprocess.run([lupdate, "-silent", "-locations", "none", *plurals, "-I", str(source), *map(str, sources), "-ts", str(copy)], check=True)
        contexts = list(xml.parse(copy).getroot().iter("context"))
    count = 0
    for context in contexts:
        for message in context.iter("message"):
            count += 1
            text, found = message.findtext("source"), message.find("translation")
            where = f"{file.name}, {context.findtext('name')}: \"{text}\""
            if found.get("type") in WRONG:
                yield f"{where} {WRONG[found.get('type')]}"
                continue
            for words in [form.text for form in found.iter("numerusform")] or [found.text]:
                if not words:
                    yield f"{where} {WRONG['unfinished']}"
                elif kept(words) != kept(text):
                    yield f"{where} and its words \"{words}\" do not hold the same places and commands"
    if not count:
        yield f"{file.name}: lupdate found no text"


files = sorted((source / "translations").glob("emc_*.ts"))
faults = [fault for file in files for fault in faults_of(file, english=file.stem == "emc_en")]
print("\n".join(faults) or f"{len(files)} files, all with their words")
sys.exit(1 if faults or len(files) < 2 else 0)
