#!/usr/bin/env python3
# SPDX-License-Identifier: MIT
"""Runs every format and every stage under valgrind: no error, no leak.

    memory.py CITECONV SAMPLES

Exit status 77 where there is no valgrind.  The program runs with --no-sandbox: valgrind
does much that a conversion does not, on behalf of the same process.  What libbibutils does
in the helper is not looked at.
"""
import os
import pathlib
import shutil
import subprocess
import sys
import tempfile
from concurrent.futures import ThreadPoolExecutor

PROGRAM, SAMPLES = (pathlib.Path(p).resolve() for p in sys.argv[1:3])
VALGRIND = ["valgrind", "-q", "--error-exitcode=99", "--leak-check=full",
            "--show-leak-kinds=definite,indirect,possible",
            "--errors-for-leak-kinds=definite,indirect,possible",
            "--child-silent-after-fork=yes"]
LIMIT = 170  # seconds for one run
LIBRARY = """@string{j = {A Journal}}
@comment{said}
@inbook{one, author = {van der Meer, Ada and {Body}}, title = {A {T} of $x$}, crossref = {two}}
@article{a, author = {Li, W.}, title = {Twice the \\emph{same} thing}, journal = j # { X},
  year = 2001, doi = {10.5555/x}, month = mar, keywords = {a, b}}
@article{b, author = {Li, W.}, title = {Twice the same thing}, year = 2001, doi = {10.5555/x}}
@misc{broken, title = {No end, author = {X}
@book{two, title = {B}, editor = {Nwosu, Ada}, date = {2001-02/..}, isbn = {0-306-40615-4}}
"""


def runs():
    """Words behind the program's name; files stand in the directory of the run."""
    inputs = sorted(p for p in SAMPLES.iterdir() if p.suffix in
                    (".txt", ".bib", ".ris", ".json", ".xml", ".enw", ".isi", ".nbib"))
    for path in inputs:
        yield "-t", "csl-json", path
    for target in ("bibtex", "biblatex", "ris", "csl-jsonl", "text", "html", "markdown", "latex",
                   "rtf", "ansi", "mods", "endnote", "isi", "nbib", "word", "ads",
                   "fingerprints"):
        yield "-v", "-t", target, "lib.bib"
    yield "-t", "ris", "--carry", "--report", "report", "-o", "out.ris", "lib.bib"
    yield "--sort=author,-issued", "--memory=1K", "-t", "ris", "lib.bib"
    yield "--unique=merge", "--memory=1K", "lib.bib"
    yield "--unique", "--memory=1K", "-t", "ris", "lib.bib"
    yield "--key", "[auth:lower]:[shortyear]", "--keep=title,author", "lib.bib"
    yield "--select", "author ~ li and year == 2001", "lib.bib"
    yield "--aux", "paper.aux", "--drop=title", "lib.bib"
    yield "--bcf", "paper.bcf", "lib.bib"
    yield "--check", "lib.bib"
    yield "--diff", "lib.bib"
    yield "--style=apa-like", "--cite", "cites", "lib.bib"
    yield "--style=note", "-t", "html", "lib.bib"
    yield "--to-charset=ascii//TRANSLIT", "lib.bib"
    yield "--from-charset=latin1", "-t", "ris", "lib.bib"
    yield "--diagnostics=json", "-v", "-t", "ris", "lib.bib"
    yield "--list-styles=ieee",
    yield "--explain=ris",
    yield "--no-such-option",
    yield "missing.bib",


def one(words):
    with tempfile.TemporaryDirectory(prefix="citeconv-memory-") as place:
        for name, text in (("lib.bib", LIBRARY), ("cites", "[see @a, p. 3; @two]\n"),
                           ("paper.aux", "\\citation{a,b}\\@input{no.aux}\n"),
                           ("paper.bcf", "<bcf:citekey order=\"1\">a</bcf:citekey>\n")):
            pathlib.Path(place, name).write_text(text, "utf-8")
        log = pathlib.Path(place, "valgrind.log")
        command = [*VALGRIND, f"--log-file={log}", str(PROGRAM), "--no-sandbox", *map(str, words)]
        done = subprocess.run(command, cwd=place, stdin=subprocess.DEVNULL, timeout=LIMIT,
                              capture_output=True, check=False)
        said = log.read_text("utf-8", "replace") if log.exists() else "no log\n"
    fine = done.returncode in (0, 1, 2, 3) and not said
    name = " ".join(w.name if isinstance(w, pathlib.Path) else w for w in words)
    print(f"ok {name}" if fine else f"FAIL {name}: status {done.returncode}\n{said}"
          + done.stderr.decode("utf-8", "replace")[-400:], flush=True)
    return fine


def main():
    if shutil.which("valgrind") is None:
        print("SKIP: there is no valgrind")
        return 77
    with ThreadPoolExecutor(os.cpu_count() or 2) as pool:
        results = list(pool.map(one, runs()))
    print(f"{len(results)} runs, {results.count(False)} failed")
    return 0 if all(results) else 1


if __name__ == "__main__":
    sys.exit(main())
