#!/usr/bin/env python3
# SPDX-License-Identifier: MIT
"""What threads cost, and what they are worth: threads.py CITECONV [MEGABYTES [JOBS...]].

Processor time of one thread, of all of several, and of each of them, where all run on one
processor: so neither another program nor a second thread of the same core counts.  As
fast as the busiest of them a run can be where each has a core of its own; the last column
is how many times that is faster than one thread.  No test runs this.
"""
import os
import subprocess
import sys
import tempfile
import time

from library import library

TURNS = 5
PAIRS = (("bibtex", "ris"), ("bibtex", "csl-json"), ("bibtex", "bibtex"), ("ris", "bibtex"),
         ("ris", "csl-json"), ("csl-json", "bibtex"), ("csl-jsonl", "csl-jsonl"))


def tasks_of(pid):
    """Processor time so far of each thread that there is, in seconds."""
    times = {}
    try:
        for task in os.listdir(f"/proc/{pid}/task"):
            with open(f"/proc/{pid}/task/{task}/schedstat", encoding="ascii") as file:
                times[task] = int(file.read().split()[0]) / 1e9
    except (OSError, IndexError):
        pass  # it has ended
    return times


def measure(command):
    """Processor time in all, and of each thread: the caller's first."""
    with open(os.devnull, "wb") as null:
        child = subprocess.Popen(command, stdout=null, stderr=null,
                                 preexec_fn=lambda: os.sched_setaffinity(0, {0}))
    times = {}
    while os.waitid(os.P_PID, child.pid, os.WEXITED | os.WNOHANG | os.WNOWAIT) is None:
        times.update(tasks_of(child.pid))
        time.sleep(0.003)
    used = os.wait4(child.pid, 0)[2]
    total = used.ru_utime + used.ru_stime
    others = [seconds for task, seconds in times.items() if int(task) != child.pid]
    return total, [total - sum(others), *others]


def make_inputs(citeconv, work, size):
    """A file of each format that is read."""
    files = {"bibtex": os.path.join(work, "library.bib")}
    with open(files["bibtex"], "w", encoding="utf-8") as out:
        out.write(library(size))
    for name in sorted({source for source, _ in PAIRS} - {"bibtex"}):
        files[name] = os.path.join(work, name)
        subprocess.run([citeconv, "-q", "-f", "bibtex", "-t", name, "-o", files[name],
                        files["bibtex"]], check=True)
    return files


def main():
    """Prints one table."""
    citeconv = os.path.abspath(sys.argv[1])
    size = int(sys.argv[2] if len(sys.argv) > 2 else 35) * 1_000_000
    jobs = sys.argv[3:] or ["2"]
    print(f"{'':24} {'-j':>3} {'one':>7} {'all':>7} {'cost':>6}  {'speed-up':>8}  each")
    with tempfile.TemporaryDirectory(prefix="citeconv-bench-") as work:
        files = make_inputs(citeconv, work, size)
        for source, target in PAIRS:
            best = {}
            for _ in range(TURNS):
                for number in ["1", *jobs]:
                    got = measure([citeconv, "-q", "-j", number, "-f", source, "-t", target,
                                   files[source]])
                    best[number] = min(got, best.get(number, got))
            one = best["1"][0]
            for number in jobs:
                total, each = best[number]
                print(f"{source + ' to ' + target:24} {number:>3} {one:7.3f} {total:7.3f} "
                      f"{100 * (total / one - 1):5.1f}%  {one / max(each):8.2f}  "
                      + " ".join(f"{seconds:.3f}" for seconds in each), flush=True)


if __name__ == "__main__":
    main()
