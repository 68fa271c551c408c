#!/usr/bin/env python3
# SPDX-License-Identifier: MIT
"""Runs the examples of the README, of those in samples and of the manual and compares what they print.

    examples.py CITECONV

A ```console block of the README is a session: lines that begin with "$ " are commands
(a here-document follows its command), the others are what they print, messages included.
An example that needs a program which is not here is skipped and named.
"""
import os
import pathlib
import re
import shutil
import subprocess
import sys
import tempfile

ROOT = pathlib.Path(__file__).resolve().parent.parent.parent
FOREIGN = ("pdflatex", "bibtex", "jq", "git", "make", "latexmk", "pandoc", "pdftotext", "vim",
           "emacs", "parallel")


def blocks(text):
    """The README's sessions, each a list of lines."""
    return [block.splitlines() for block in
            re.findall(r"^```console\n(.*?)^```", text, re.M | re.S)]


def steps(lines):
    """(command, expected lines) of a session."""
    found, end = [], None
    for line in lines:
        if end is not None:
            found[-1][0].append(line)
            end = None if line == end else end
        elif line.startswith("$ "):
            found.append(([line[2:]], []))
            here = re.search(r"<<'?(\w+)'?", line)
            end = here.group(1) if here else None
        else:
            found[-1][1].append(line)
    return [("\n".join(command), output) for command, output in found]


def manual_steps(text):
    """The manual's examples; what they print is not shown there."""
    lines = re.findall(r"^\.Dl \$ (.*)$", text, re.M)
    return [line.replace("\\e", "\\").replace("\\&", "") for line in lines]


def run(command, work, path):
    """Standard output and messages together, and the status."""
    environment = dict(os.environ, PATH=path, LC_ALL="C.UTF-8", NO_COLOR="1")
    done = subprocess.run(["bash", "-c", command], cwd=work, env=environment,
                          stdin=subprocess.DEVNULL, stdout=subprocess.PIPE,
                          stderr=subprocess.STDOUT, timeout=300, check=False)
    return done.stdout.decode("utf-8", "replace").splitlines(), done.returncode


def missing(commands):
    """Foreign programs that the commands need and that are not here."""
    return [name for name in FOREIGN if shutil.which(name) is None and
            any(re.search(rf"(^|[|;] *){name}\b", c, re.M) for c in commands)]


def check(session, path, failures):
    """Runs one session in a directory of its own; says how many commands ran."""
    absent = missing([command for command, _ in session])
    if absent:
        print(f"SKIP: '{session[0][0].splitlines()[0]}' and what follows: "
              f"{', '.join(absent)} not installed")
        return 0
    with tempfile.TemporaryDirectory(prefix="citeconv-example-") as work:
        shutil.copytree(ROOT / "samples", pathlib.Path(work) / "samples")
        for command, expected in session:
            output, status = run(command, work, path)
            # grep -c says 0 and fails: that is what the example shows.
            if expected is not None and output != expected:
                failures.append(f"$ {command}\n  expected {expected}\n  got      {output}")
            elif status != 0 and expected != ["0"]:
                failures.append(f"$ {command}\n  status {status}: {output}")
    return len(session)


def main():
    """0 where all that could run did as shown."""
    path = f"{pathlib.Path(sys.argv[1]).resolve().parent}:{os.environ['PATH']}"
    failures = []
    pages = [ROOT / "README.md", *sorted(ROOT.glob("samples/*/README.md"))]
    sessions = [steps(block) for page in pages for block in blocks(page.read_text("utf-8"))]
    manual = manual_steps((ROOT / "convert/cli/citeconv.1").read_text("utf-8"))
    sessions += [[(command, None)] for command in manual]
    count = sum(check(session, path, failures) for session in sessions)
    print("\n".join(failures) or f"{count} commands, all as shown")
    return 1 if failures or not manual or count == 0 else 0


if __name__ == "__main__":
    sys.exit(main())
