#!/usr/bin/env python3
# SPDX-License-Identifier: MIT
"""Feeds gigabytes through citeconv and watches what it needs.

    soak.py [--size MB] [--jobs N] [--limit MB] CITECONV [FROM:TO...]

A generator writes one library after the other, each with keys of its own, into a pipe; no
file holds them.  At every tenth of the way stands how fast that tenth went by the clock and
by how long it kept processors busy, how much memory the process had of its own, and the
most that it ever had with what is shared with files.  What is flat shows the same figure
ten times; what is linear keeps its pace.  Exit status 1 where a peak is over the limit.
"""
import argparse
import os
import pathlib
import random
import re
import subprocess
import sys
import threading
import time

import bench
import library

PAIRS = ("bibtex:bibtex", "bibtex:ris", "bibtex:csl-json", "ris:bibtex", "csl-json:bibtex",
         "csl-jsonl:csl-jsonl", "arrow:bibtex")
MARK = b"R00000000"  # each round puts its number here
BLOCK = 4 << 20
MB = 1 << 20


def seed(citeconv, name):
    """Some megabytes of that format, with MARK in each key."""
    if name == "arrow":
        path = pathlib.Path(f"/tmp/citeconv-soak-{os.getpid()}.txt")
        bench.page(path, 5000)
        text = path.read_bytes()
        path.unlink()
        return text
    pick = random.Random(1815)
    entries = [f"@proceedings{{{MARK.decode()}parent{i}, title = {{{library.words(pick, 5)}}},\n"
               f"  year = {1980 + i}, publisher = {{Seaside Press}}}}\n\n" for i in range(40)]
    size = 0
    while size < BLOCK:
        text = library.entry(pick, len(entries) + 60)  # from 100 on some have parents
        key = f"{MARK.decode()}x{len(entries)},"
        text = re.sub(r"(?<=\{)key[^,]*,", lambda _, key=key: key, text, count=1)
        entries.append(text.replace("{parent", f"{{{MARK.decode()}parent"))
        size += len(entries[-1])
    bibtex = "".join(entries).encode()
    if name == "bibtex":
        return bibtex
    return subprocess.run([citeconv, "-q", "-f", "bibtex", "-t", name], input=bibtex,
                          stdout=subprocess.PIPE, check=True).stdout


def blocks(text, name, size):
    """That many bytes of it, whole libraries; CSL-JSON stays one array."""
    sent, number, array = 0, 0, name == "csl-json"
    if array:
        text = text.strip()[1:-1].strip()
        yield b"["
    while sent < size:
        number += 1
        block = text.replace(MARK, b"R%08d" % number)
        yield (b",\n" if array and sent else b"") + block + (b"" if array else b"\n")
        sent += len(block)
    if array:
        yield b"]"


def memory_of(pid):
    """Resident now without what is shared with files, and the most so far with it; MB."""
    text = pathlib.Path(f"/proc/{pid}/status").read_text("utf-8")
    found = re.search(r"^RssAnon:\s+(\d+)", text, re.M)
    return int(found[1]) / 1024 if found else 0.0, bench.peak_so_far(pid) / 1024


def busy(pid):
    """Seconds of processors so far."""
    fields = pathlib.Path(f"/proc/{pid}/stat").read_text("utf-8").rpartition(")")[2].split()
    return (int(fields[11]) + int(fields[12])) / os.sysconf("SC_CLK_TCK")


def soak(command, source, size):
    """(seconds, busy, memory, peak) at each tenth; the bytes in and out; all seconds."""
    with subprocess.Popen(command, stdin=subprocess.PIPE, stdout=subprocess.PIPE) as child:
        out = [0]

        def drain():
            while got := os.read(child.stdout.fileno(), MB):
                out[0] += len(got)

        reader = threading.Thread(target=drain)
        reader.start()
        begin, sent, tenths = time.monotonic(), 0, []
        for block in source:
            child.stdin.write(block)
            sent += len(block)
            while sent * 10 >= size * (len(tenths) + 1) and len(tenths) < 10:
                tenths.append((time.monotonic() - begin, busy(child.pid),
                               *memory_of(child.pid)))
        child.stdin.close()
        reader.join()
    if child.returncode != 0:
        sys.exit(f"{' '.join(command)}: status {child.returncode}")
    return tenths, sent, out[0], time.monotonic() - begin


def paces(ends, size):
    """MB/s of each tenth."""
    return " ".join(f"{size / 10 / MB / (end - start):.0f}" if end - start > 0.005 else "-"
                    for start, end in zip([0, *ends], ends))


def main():
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("citeconv")
    parser.add_argument("pairs", nargs="*", default=PAIRS)
    parser.add_argument("--size", type=int, default=1024, help="MB through each pair")
    parser.add_argument("--jobs", default="1", help="for -j")
    parser.add_argument("--limit", type=float, default=float("inf"), help="MB for the peak")
    parser.add_argument("--option", action="append", default=[], help="for citeconv")
    args = parser.parse_args()
    size, over = args.size * MB, []
    for pair in args.pairs:
        source, target = pair.split(":")
        text = seed(args.citeconv, source)
        command = [args.citeconv, "-q", "-j", args.jobs, "-f", source, "-t", target,
                   *args.option]
        tenths, sent, out, seconds = soak(command, blocks(text, source, size), size)
        clock, worked, memory, peaks = zip(*tenths)
        if peaks[-1] > args.limit:
            over.append(pair)
        print(f"{pair} -j{args.jobs}: {sent / MB:.0f} MB in {seconds:.1f} s, "
              f"{sent / MB / seconds:.1f} MB/s, {out / MB:.0f} MB out\n"
              f"  MB/s {paces(clock, size)}\n  busy {paces(worked, size)}\n"
              f"  MB   {' '.join(f'{own:.1f}' for own in memory)}\n"
              f"  peak {' '.join(f'{peak:.1f}' for peak in peaks)}", flush=True)
    if over:
        sys.exit(f"over {args.limit:g} MB: {' '.join(over)}")


if __name__ == "__main__":
    main()
