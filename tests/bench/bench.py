#!/usr/bin/env python3
# SPDX-License-Identifier: MIT
"""Measures citeconv beside cat, wc and iconv in one run: bench.py CITECONV [RECORDS].

Machines are shared and noisy: each command runs several times in turn with the others,
the best time counts, and what is worth quoting are the ratios.  No test runs this.
"""
import os
import random
import subprocess
import sys
import tempfile
import time

TURNS = 5
WORDS = ("loom engine card wheel number pattern weaving machine brass steam mill store "
         "column barrel operation variable result table proof note series law force "
         "motion heat light wave field matter cause effect mind thought order").split()
PEOPLE = ("Ada Lovelace|Charles Babbage|Luigi Menabrea|Laurens van der Maaten|Tom Dupré "
          "la Tour|Mark Chen 0003|Łukasz Kaiser|Emmy Noether|Sofia Kovalevskaya|Martin "
          "Luther King III|Rianne van den Berg|Grace Hopper").split("|")
HEADINGS = ("ICML Conference %d Conference Paper|NeurIPS Conference %d Conference Paper|"
            "JMLR Journal %d Journal Article|ICLR Conference %d Workshop Paper|"
            "Invented Venue Conference %d Conference Paper").split("|")


def page(path, records):
    """A page of that many entries, with a scraper's blanks in its numbers."""
    pick = random.Random(1843)
    with open(path, "w", encoding="utf-8") as out:
        out.write("Arrow Research search\n\nAuthor name cluster\n\nAda Lovelace\n\n"
                  f"{records} papers\n1 author row\n\nPossible papers\n\n{records}\n\n")
        for _ in range(records):
            year = pick.randrange(2005, 2025)
            names = pick.sample(PEOPLE, pick.randrange(1, 7))
            text = " ".join(pick.choices(WORDS, k=120))
            out.write(f"{pick.choice(HEADINGS) % year}\n\n"
                      f"{' '.join(pick.choices(WORDS, k=8)).capitalize()}\n\n")
            out.write("".join(f"• {name}\n\n" for name in names))
            out.write(f"{text} in 39. 7\\% of 680, 000 cases, i. e. , {text}.\n\n")


def seconds_of(command):
    """How long one run takes."""
    with open(os.devnull, "w", encoding="ascii") as null:
        began = time.perf_counter()
        subprocess.run(command, stdout=null, stderr=null, check=True)
        return time.perf_counter() - began


def peak_so_far(pid):
    """In KB; 0 where it has not begun, or has ended."""
    try:
        if os.readlink(f"/proc/{pid}/exe") == os.path.realpath(sys.executable):
            return 0
        with open(f"/proc/{pid}/status", encoding="ascii") as status:
            return next(int(line.split()[1]) for line in status if "VmHWM" in line)
    except (OSError, StopIteration):
        return 0


def peak_of(command):
    """Peak memory in MB, asked while it runs: the kernel's own account of a child begins
    with what this interpreter needs."""
    peak = 0
    with open(os.devnull, "w", encoding="ascii") as null:
        child = subprocess.Popen(command, stdout=null, stderr=null)
        while child.poll() is None:
            peak = max(peak, peak_so_far(child.pid))
            time.sleep(0.002)
    return peak / 1024


def best_of(commands):
    """The least of several turns for each, and the peak."""
    best = {}
    for _ in range(TURNS):
        for name, command in commands.items():
            best[name] = min(seconds_of(command), best.get(name, 1e9))
    return {name: (best[name], peak_of(commands[name])) for name in best}


def main():
    """Prints one table."""
    citeconv = os.path.abspath(sys.argv[1])
    records = int(sys.argv[2]) if len(sys.argv) > 2 else 100_000
    with tempfile.TemporaryDirectory(prefix="citeconv-bench-") as work:
        path = os.path.join(work, "page.txt")
        empty = os.path.join(work, "empty")
        page(path, records)
        open(empty, "w", encoding="ascii").close()
        size = os.path.getsize(path) / 1e6
        commands = {"cat": ["sh", "-c", f"cat {path} | cat"], "wc -l": ["wc", "-l", path],
                    "iconv": ["iconv", "-f", "UTF-8", "-t", "UTF-16", path],
                    "true": ["/bin/true"], "start": [citeconv, "-f", "arrow", empty]}
        for name in ("bibtex", "ris", "csl-json", "csl-jsonl", "text"):
            commands[name] = [citeconv, "-q", "-t", name, path]
        best = best_of(commands)
    base = best["cat"][0] + best["wc -l"][0]
    print(f"{records} records, {size:.0f} MB, best of {TURNS}")
    print(f"{'':10} {'seconds':>8} {'MB/s':>7} {'wc+cat':>7} {'iconv':>7} {'peak MB':>8}")
    for name, (seconds, memory) in best.items():
        if name in ("true", "start"):
            continue
        print(f"{name:10} {seconds:8.3f} {size / seconds:7.0f} {seconds / base:7.1f} "
              f"{seconds / best['iconv'][0]:7.1f} {memory:8.1f}")
    print(f"start-up: {best['start'][0] * 1000:.1f} ms, /bin/true "
          f"{best['true'][0] * 1000:.1f} ms")


if __name__ == "__main__":
    main()
