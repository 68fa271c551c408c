#!/usr/bin/env python3
# SPDX-License-Identifier: MIT
"""Measures citeconv beside other converters in one run, on one core.

    peers.py CITECONV [--megabytes N] [--turns N] [--into DIR] [FILE.bib]

Without FILE the library is made by a seed (library.py).  Each command runs several times
in turn with the others; what counts is its least processor time, user and system, of all
its processes, since that is what a busy machine disturbs least.  Slow peers get a front
part of the same library, and rates are compared.  --into writes peers.jsonl and
figures.svg there.  Peers are bibtool, bibutils, pandoc and libbtparse-dev of Debian, and
@citation-js/core, -plugin-bibtex and -plugin-csl of npm (NODE_PATH says where).  No test
runs this.
"""
import argparse
import json
import os
import pathlib
import resource
import shutil
import subprocess
import sys
import tempfile

from bench import peak_of
from library import library
from plot import plot

HERE = pathlib.Path(__file__).resolve().parent
CITATION_JS = """
const {Cite} = require('@citation-js/core');
require('@citation-js/plugin-bibtex'); require('@citation-js/plugin-csl');
const text = require('fs').readFileSync(process.argv[1], 'utf8');
process.stdout.write(new Cite(text).format('data'));
"""


def processor_time(command):
    """User and system seconds of a command and all that it starts; None if it fails."""
    before = resource.getrusage(resource.RUSAGE_CHILDREN)
    done = subprocess.run(command, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL,
                          check=False)
    after = resource.getrusage(resource.RUSAGE_CHILDREN)
    if done.returncode != 0:
        return None
    return after.ru_utime - before.ru_utime + after.ru_stime - before.ru_stime


def build_peer(name, libraries, work):
    """A peer that is a library, as a program; None where it is not installed."""
    program = os.path.join(work, name)
    done = subprocess.run(["cc", "-O2", "-D_GNU_SOURCE", "-o", program,
                           HERE / "peers" / f"{name}.c", *libraries], check=False,
                          stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL)
    return program if done.returncode == 0 else None


def citation_js():
    """Whether node finds it."""
    if shutil.which("node") is None:
        return False
    return subprocess.run(["node", "-e", "require('@citation-js/core')"], check=False,
                          stderr=subprocess.DEVNULL).returncode == 0


def front(text, size):
    """Whole entries of that many bytes, or all."""
    end = text.find("\n@", size)
    return text if end < 0 else text[:end + 1]


def contests(citeconv, files, work):
    """What is converted: each a list of (who, command, file); the first is citeconv."""
    whole, part, items, one = (files[name] for name in ("whole", "part", "json", "one"))
    bibutils = build_peer("bibutils", ["-lbibutils"], work)
    btparse = build_peer("btparse", ["-lbtparse"], work)
    jansson = build_peer("jansson", ["-ljansson"], work)
    installed = {name: shutil.which(name) for name in
                 ("bib2xml", "xml2ris", "pandoc", "bibtool")}

    def ours(target, path):
        return ("citeconv", [citeconv, "-q", "-t", target, path], path)

    def theirs(who, needed, command, path):
        return (who, command if needed else None, path)

    return {
        "BibTeX to RIS": [
            ours("ris", whole),
            theirs("libbibutils", bibutils, [bibutils, part], part),
            theirs("libbibutils by 256", bibutils, [bibutils, part, "256"], part),
            theirs("bib2xml | xml2ris", installed["bib2xml"] and installed["xml2ris"],
                   ["sh", "-c", f"bib2xml {part} | xml2ris"], part)],
        "BibTeX to CSL-JSON": [
            ours("csl-json", whole),
            theirs("pandoc", installed["pandoc"],
                   ["pandoc", "-f", "bibtex", "-t", "csljson", part], part),
            theirs("citation-js", citation_js(), ["node", "-e", CITATION_JS, part], part)],
        "BibTeX to BibTeX": [
            ours("bibtex", whole),
            theirs("bibtool", installed["bibtool"], ["bibtool", whole], whole),
            theirs("btparse, parsing only", btparse, [btparse, whole], whole)],
        "CSL-JSON to BibTeX": [
            ours("bibtex", items),
            theirs("jansson, parsing only", jansson, [jansson, items], items),
            theirs("pandoc", installed["pandoc"],
                   ["pandoc", "-f", "csljson", "-t", "bibtex", files["json part"]],
                   files["json part"])],
        "One entry": [
            ours("bibtex", one),
            theirs("bibtool", installed["bibtool"], ["bibtool", one], one)],
    }


def make_files(citeconv, options, work):
    """The library, its front part, both as CSL-JSON, and one entry."""
    if options.file is not None:
        text = pathlib.Path(options.file).read_text("utf-8", "replace")
    else:
        text = library(int(options.megabytes * 1e6))
    texts = {"whole": text, "part": front(text, int(options.part * 1e6)),
             "one": "@book{one, title = {One}, author = {Le Guern, Anne}, year = 2019}\n"}
    files = {}
    for name, content in texts.items():
        files[name] = os.path.join(work, f"{name}.bib")
        pathlib.Path(files[name]).write_text(content, "utf-8")
    for name, source in (("json", "whole"), ("json part", "part")):
        files[name] = os.path.join(work, f"{source}.json")
        subprocess.run([citeconv, "-q", "-t", "csl-json", "-o", files[name],
                        files[source]], check=True)
    return files


def measure(contest, entries, turns):
    """A row for each that took part."""
    entries = [entry for entry in entries if entry[1] is not None]
    best = {}
    for _ in range(turns):
        for who, command, _path in entries:
            seconds = processor_time(command)
            if seconds is not None:
                best[who] = min(seconds, best.get(who, 1e9))
    rows = []
    for who, command, path in entries:
        if who not in best:
            print(f"{contest}: {who} failed", file=sys.stderr)
            continue
        seconds = max(best[who], 1e-4)
        rate = os.path.getsize(path) / 1e6 / seconds
        ratio = rows[0]["rate"] / rate if rows else 1.0
        rows.append({"contest": contest, "who": who, "seconds": round(seconds, 4),
                     "megabytes": round(os.path.getsize(path) / 1e6, 3),
                     "rate": rate, "ratio": ratio, "peak": round(peak_of(command), 1)})
    return rows


def main():
    """Prints a table; says who is missing."""
    options = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    options.add_argument("citeconv")
    options.add_argument("file", nargs="?")
    options.add_argument("--megabytes", type=float, default=10)
    options.add_argument("--part", type=float, default=1, help="megabytes for slow peers")
    options.add_argument("--turns", type=int, default=5)
    options.add_argument("--into")
    options = options.parse_args()
    citeconv = os.path.abspath(options.citeconv)
    rows = []
    with tempfile.TemporaryDirectory(prefix="citeconv-bench-") as work:
        files = make_files(citeconv, options, work)
        for contest, entries in contests(citeconv, files, work).items():
            for who, command, _path in entries:
                if command is None:
                    print(f"{contest}: {who} is not installed", file=sys.stderr)
            rows += measure(contest, entries, options.turns)
    print(f"{'':19} {'':22} {'MB':>6} {'seconds':>8} {'MB/s':>8} {'times':>7} {'peak MB':>8}")
    for row in rows:
        print(f"{row['contest']:19} {row['who']:22} {row['megabytes']:6.1f} "
              f"{row['seconds']:8.3f} {row['rate']:8.2f} {row['ratio']:7.1f} "
              f"{row['peak']:8.1f}")
    if options.into is not None:
        into = pathlib.Path(options.into)
        into.mkdir(parents=True, exist_ok=True)
        (into / "peers.jsonl").write_text("".join(json.dumps(row) + "\n" for row in rows),
                                          "ascii")
        (into / "figures.svg").write_text(plot(rows), "utf-8")


if __name__ == "__main__":
    main()
