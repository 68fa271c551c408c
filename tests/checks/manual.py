#!/usr/bin/env python3
# SPDX-License-Identifier: MIT
"""Holds the manual to the program: manual.py CITECONV PAGES.

Every option of --help, every format, every id of a message and every rule of repair is
in it, and it names none that does not exist.  PAGES is where the build put the pages of
sections 5 and 7: each option of a format is in one of them, pages refer to pages that
there are, and each fits a screen of 80 columns.  mandoc, where it is there, finds
nothing to warn of.
"""
import pathlib
import re
import shutil
import subprocess
import sys

ROOT = pathlib.Path(__file__).resolve().parent.parent.parent
MANUAL = ROOT / "convert/cli/citeconv.1"
MESSAGES = ROOT / "convert/cli/manual/citeconv-messages.7"


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


def page_faults(citeconv, formats, pages):
    """Yields what is wrong with the pages about formats, and with any page."""
    texts = {page.name: page.read_text("utf-8") for page in pages}
    about = "\n".join(text for name, text in texts.items() if name.endswith(".5"))
    for name in formats:
        told = subprocess.run([citeconv, "--explain", name], capture_output=True,
                              text=True, check=True).stdout
        if not re.search(rf"\bCm {name}$|^\.Nm citeconv-{name}$", about, re.M):
            yield f"format {name} is in no page of section 5"
        # What is there twice is told of once: csl-jsonl is csl-json.
        for option in re.findall(r"--opt ([a-z.-]+)=", told):
            if option.replace("jsonl", "json") not in about:
                yield f"option {option} is in no page of section 5"
    for name, text in texts.items():
        for other, number in re.findall(r"^\.Xr (citeconv\S*) (\d)", text, re.M):
            if f"{other}.{number}" not in texts:
                yield f"{name}: refers to {other}({number}), which is not there"
        if ".\\\" @" in text:
            yield f"{name}: a table is missing"
    if shutil.which("mandoc") is None:
        print("SKIP: mandoc is not installed")
        return
    for page in pages:
        lint = subprocess.run(["mandoc", "-Tlint", "-Wwarning", page], check=False,
                              capture_output=True, text=True)
        yield from lint.stdout.splitlines()
        shown = subprocess.run(["mandoc", "-Tutf8", page], check=True,
                               capture_output=True, encoding="utf-8").stdout
        for line in re.sub(".\b", "", shown).splitlines():
            if len(line) > 80:
                yield f"{page.name}: {len(line)} columns: {line.strip()}"


def faults(citeconv, pages):
    """Yields all faults."""
    text, code = MANUAL.read_text("utf-8"), source()
    said = subprocess.run([citeconv, "--help"], capture_output=True, text=True,
                          check=True).stdout
    listed = subprocess.run([citeconv, "--list-formats"], capture_output=True, text=True,
                            check=True).stdout
    options = set(re.findall(r"--([a-z-]+)", said.split("\nExit")[0]))
    described = section(text, "DESCRIPTION")
    yield from compare("option", set(re.findall(r"Fl -([a-z-]+)", described)), options)
    formats = {line.split()[0] for line in listed.splitlines()}
    yield from compare("format", tags(section(text, "FORMATS")), formats)
    ids = set(re.findall(r'LEVEL_[A-Z]+\)?,\s+"([a-z-]+)"', code))
    ids |= set(re.findall(r'(?:report_file|fail)\([^";]*"([a-z]+-failed)"', code))
    ids |= set(re.findall(r'\? "([a-z]+-[a-z-]+)" : "[a-z]+-[a-z-]+",\n', code))
    ids |= set(re.findall(r'load\([^";]*"([a-z]+-[a-z]+)"', code))
    ids |= set(re.findall(r"error: [a-z ]+\[([a-z-]+)\]", code))
    yield from compare("id", tags(section(text, "DIAGNOSTICS")), set())
    told = re.findall(r"^\.It Cm (\S+)$", section(MESSAGES.read_text("utf-8"),
                                                 "DIAGNOSTICS"), re.M)
    yield from compare("id", set(told), ids)
    if told != sorted(set(told)):
        yield "the ids of citeconv-messages(7) are not in their order"
    fates = re.findall(r'^FATE\("([a-z-]+)"', (ROOT / "convert/pipeline/fate.def").read_text(), re.M)
    if fates != sorted(fates):
        yield "fate.def is not in the order of its ids"
    for name in sorted(ids ^ set(fates)):
        yield f"id {name} is in the code or in fate.def only"
    begun = " ".join(re.findall(r"mend_begin\(m, ([^;]*);", code))
    rules = set(re.findall(r'"([a-z-]+)"', begun))
    rules |= set(re.findall(r'\.rule = "([a-z-]+)"', code))
    yield from compare("rule", tags(section(text, "REPAIRS")), rules)
    yield from page_faults(citeconv, sorted(formats),
                           [MANUAL, *sorted(pathlib.Path(pages).glob("*.[57]"))])


def main():
    """0 where manual and program agree."""
    found = list(faults(*sys.argv[1:]))
    print("\n".join(found) or "manual and program agree")
    return 1 if found else 0


if __name__ == "__main__":
    sys.exit(main())
