#!/usr/bin/env python3
# SPDX-License-Identifier: MIT
"""The library of our own, tests/library/*.bib, against the CSL-JSON beside it.

    library.py PROGRAM [--bless]

Each file is read as BibLaTeX; the items must be those of the .json of its name and the
messages those of its .err, byte for byte.  Formatting a file must keep every field, and
formatting what was formatted must change nothing.  --bless writes what came instead;
read the diff.
"""
import argparse
import difflib
import pathlib
import re
import subprocess
import sys

LIBRARY = pathlib.Path(__file__).resolve().parent.parent / "library"
LEAST = 300  # entries


def run(program, *arguments, data=None):
    return subprocess.run([program, *arguments], cwd=LIBRARY, input=data, timeout=300,
                          capture_output=True, check=False)


def compare(what, file, got):
    expected = file.read_bytes() if file.exists() else b""
    if expected == got:
        return []
    lines = [text.decode("utf-8", "replace").splitlines() for text in (expected, got)]
    return list(difflib.unified_diff(*lines, f"{what} expected", f"{what} got",
                                     lineterm="", n=0))


def fields(text):
    """How often each `tag =` begins a line, and each entry: what formatting must keep."""
    counts = {}
    for tag in re.findall(r"^\s*,?\s*([^\s=%@{}]+)\s*=\s*[{\"\w]", text, re.M):
        counts[tag.lower()] = counts.get(tag.lower(), 0) + 1
    return counts


def check_format(program, file):
    text = file.read_bytes()
    once = run(program, "-q", "-f", "biblatex", "-t", "biblatex", "-", data=text).stdout
    twice = run(program, "-q", "-f", "biblatex", "-t", "biblatex", "-", data=once).stdout
    if once != twice:
        yield f"{file.name}: formatting twice is not formatting once"
    if file.stem == "broken":
        return
    before, after = fields(text.decode()), fields(once.decode())
    for tag, count in before.items():
        if after.get(tag, 0) < count:
            yield f"{file.name}: formatting loses {count - after.get(tag, 0)} {tag}"


def main():
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("program")
    parser.add_argument("--bless", action="store_true")
    arguments = parser.parse_args()
    problems, entries = [], 0
    program = str(pathlib.Path(arguments.program).resolve())
    for file in sorted(LIBRARY.glob("*.bib")):
        done = run(program, "-f", "biblatex", "-t", "csl-json", file.name)
        entries += done.stdout.count(b'\n    "type": ')
        if arguments.bless:
            file.with_suffix(".json").write_bytes(done.stdout)
            file.with_suffix(".err").write_bytes(done.stderr)
            continue
        problems += compare(f"{file.stem}.json", file.with_suffix(".json"), done.stdout)
        problems += compare(f"{file.stem}.err", file.with_suffix(".err"), done.stderr)
        problems += check_format(program, file)
    if entries < LEAST:
        problems.append(f"only {entries} entries came out of the library")
    print("\n".join(problems[:400]))
    print(f"{entries} entries, {len(problems)} lines differ")
    return 1 if problems else 0


if __name__ == "__main__":
    sys.exit(main())
