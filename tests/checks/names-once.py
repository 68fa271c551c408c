#!/usr/bin/env python3
# SPDX-License-Identifier: MIT
"""No entry that is written has two fields of one name, whatever was read.

    names-once.py CITECONV

Reads the files of all cases and samples, and CSL-JSON made up of every two fields of
CSL's with names that BibTeX's own fields have, and writes them as BibTeX, for Zotero and
as BibLaTeX.  An entry that had two of one name in its own file keeps them.  One line for
each fault; exit status 0, or 1 where there was one.
"""
import collections
import itertools
import json
import pathlib
import re
import subprocess
import sys

ROOT = pathlib.Path(__file__).resolve().parents[2]
TARGETS = (("bibtex",), ("biblatex",), ("bibtex", "--opt", "bibtex.for=zotero"))
KINDS = ("book", "paper-conference", "article-journal", "thesis", "report", "document",
         "software", "map", "speech", "song")
OTHERS = ("address location journal year month day date school institution type number "
          "organization howpublished eprint eprinttype archiveprefix primaryclass volume "
          "series annote annotation key csltype citeconv booktitle keywords fjournal urldate "
          "subtitle entrysubtype language langid note doi eid pagetotal pubstate shorttitle "
          "origdate eventdate venue isbn Year a-b").split() + ["a b", "x.2", "x"]
LIMIT = 300  # seconds


def written(program, target, data, source=()):
    run = subprocess.run([program, "-q", *source, "-t", *target, "-"], input=data,
                         capture_output=True, timeout=LIMIT, check=False)
    return run.stdout.decode("utf-8", "replace")


def entries(text):
    """The key and the names of fields of each entry, as citeconv breaks its lines."""
    found = []
    for line in text.splitlines():
        begin = re.match(r"@\w+[{(](.*),$", line)
        field = re.match(r"  ([A-Za-z][^\s={}]*) = ", line)
        if begin:
            found.append((begin[1], collections.Counter()))
        elif field and found:
            found[-1][1][field[1].lower()] += 1
    return found


def twice(text):
    return {(key, name) for key, names in entries(text) for name in names if names[name] > 1}


def fields():
    """CSL's fields, with a value for each."""
    for line in (ROOT / "convert/record/field.def").read_text("utf-8").splitlines():
        name = re.search(r'"([^"]+)"', line)
        if name is None:
            continue
        if "NAMES" in line:
            yield name[1], [{"family": "Doe", "given": "J.", "suffix": "III",
                             "comma-suffix": True}]
        elif "DATE" in line:
            yield name[1], {"date-parts": [[2001, 2, 3]]}
        else:
            yield name[1], "arXiv" if name[1] == "archive" else "Some 3"


def items():
    known = dict(fields())
    others = {name: "Other" for name in OTHERS}
    for kind in KINDS:
        base = {"id": "k", "type": kind, "title": "T"}
        yield {**base, **known}
        yield {**base, **known, **others}
        for name, value in known.items():
            for other in OTHERS:
                yield {**base, name: value, other: "Other"}
    for kind, (one, other) in itertools.product(KINDS, itertools.combinations(known, 2)):
        yield {"id": "k", "type": kind, one: known[one], other: known[other]}


# CSL-JSON that carries a BibTeX entry which had a name twice.
CARRIES = "tests/cases/csl-json/custom"


def inputs():
    for path in sorted([*ROOT.glob("tests/cases/**/*"), *ROOT.glob("samples/*")]):
        # What is there twice in a file of the language itself stays.
        if path.is_file() and path.suffix not in (".bib", ".err", ".status") and \
                path.name != "cmd" and path.stat().st_size < 1 << 20 and \
                path.parent != ROOT / CARRIES:
            data = path.read_bytes()
            if not twice(data.decode("utf-8", "replace")):
                yield path.relative_to(ROOT).as_posix(), data, ()
    lines = "\n".join(json.dumps({**item, "id": f"k{i}"}) for i, item in enumerate(items()))
    yield "made-up items", lines.encode(), ("-f", "csl-jsonl")


def main():
    program = sys.argv[1]
    count = faults = 0
    for name, data, source in inputs():
        for target in TARGETS:
            text = written(program, target, data, source)
            count += len(entries(text))
            for key, field in sorted(twice(text))[:5]:
                print(f"{name}: {' '.join(target)}: {key} has two fields {field}")
                faults += 1
    print(f"{count} entries, {faults} with a name twice")
    return 1 if faults or count == 0 else 0


if __name__ == "__main__":
    sys.exit(main())
