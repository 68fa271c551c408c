#!/usr/bin/env python3
# SPDX-License-Identifier: MIT
"""Holds the manual to the program: manual.py CITECONV.

Every option of --help, every format, every id of a message and every rule of repair is
in it, and it names none that does not exist.  mandoc, where it is there, finds nothing
to warn of.
"""
import pathlib
import re
import shutil
import subprocess
import sys

ROOT = pathlib.Path(__file__).resolve().parent.parent.parent
MANUAL = ROOT / "convert/cli/citeconv.1"


def source():
    """All C of the program as one text."""
    return "\n".join(p.read_text("utf-8") for top in ("convert", "formats")
                     for p in sorted(ROOT.glob(f"{top}/**/*.c")))


def section(text, name):
    """The section's text."""
    return re.search(rf"^\.Sh {name}\n(.*?)(?=^\.Sh )", text, re.M | re.S).group(1)


def tags(text):
    """What `.It Cm a , b` lines name."""
    found = set()
    for line in re.findall(r"^\.It Cm (.*)$", text, re.M):
        found.update(word for word in line.split() if word != ",")
    return found


def compare(what, manual, program):
    """Yields what only one of them has."""
    for name in sorted(program - manual):
        yield f"{what} {name} is not in the manual"
    for name in sorted(manual - program):
        yield f"{what} {name} is in the manual only"


def faults(citeconv):
    """Yields all faults."""
    text, code = MANUAL.read_text("utf-8"), source()
    said = subprocess.run([citeconv, "--help"], capture_output=True, text=True,
                          check=True).stdout
    listed = subprocess.run([citeconv, "--list-formats"], capture_output=True, text=True,
                            check=True).stdout
    options = set(re.findall(r"--([a-z-]+)", said.split("\nExit")[0]))
    described = section(text, "DESCRIPTION")
    yield from compare("option", set(re.findall(r"Fl -([a-z-]+)", described)), options)
    yield from compare("format", tags(section(text, "FORMATS")),
                       {line.split()[0] for line in listed.splitlines()})
    ids = set(re.findall(r'LEVEL_[A-Z]+\)?,\s+"([a-z-]+)"', code))
    ids |= set(re.findall(r'(?:report_file|fail)\([^";]*"([a-z]+-failed)"', code))
    ids |= set(re.findall(r'\? "([a-z]+-[a-z-]+)" : "[a-z]+-[a-z-]+",\n', code))
    ids |= set(re.findall(r'load\([^";]*"([a-z]+-[a-z]+)"', code))
    ids |= set(re.findall(r"error: [a-z ]+\[([a-z-]+)\]", code))
    yield from compare("id", tags(section(text, "DIAGNOSTICS")), ids)
    fates = re.findall(r'^FATE\("([a-z-]+)"', (ROOT / "convert/pipeline/fate.def").read_text(), re.M)
    if fates != sorted(fates):
        yield "fate.def is not in the order of its ids"
    for name in sorted(ids ^ set(fates)):
        yield f"id {name} is in the code or in fate.def only"
    begun = " ".join(re.findall(r"mend_begin\(m, ([^;]*);", code))
    rules = set(re.findall(r'"([a-z-]+)"', begun))
    rules |= set(re.findall(r'\.rule = "([a-z-]+)"', code))
    yield from compare("rule", tags(section(text, "REPAIRS")), rules)
    if shutil.which("mandoc") is not None:
        lint = subprocess.run(["mandoc", "-Tlint", "-Wwarning", MANUAL], check=False,
                              capture_output=True, text=True)
        yield from lint.stdout.splitlines()


def main():
    """0 where manual and program agree."""
    found = list(faults(sys.argv[1]))
    print("\n".join(found) or "manual and program agree")
    return 1 if found else 0


if __name__ == "__main__":
    sys.exit(main())
