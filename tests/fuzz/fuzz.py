#!/usr/bin/env python3
# SPDX-License-Identifier: MIT
"""Fuzzes for a while, one door after the other.

    fuzz.py [--keep DIR] [--seeds] libfuzzer|afl PROGRAM SECONDS [DOOR...]

The SECONDS are shared by the doors, all of them unless some are named, each of which
begins with its corpus beside this file; --seeds begins also with the inputs of all cases.
--keep: what is found new goes to DIR/DOOR, where the next run begins, and DIR/log gets a
line of numbers for each door.  CITECONV_FUZZ_FIXED_POINT in the environment makes it a
failure where what is written is not written the same again.

Exit status 1 where anything was found; the last line says where it is kept.
"""
import argparse
import json
import os
import pathlib
import re
import shutil
import subprocess
import sys
import tempfile
import time

import seeds

HERE = pathlib.Path(__file__).resolve().parent
LEAST = 1  # seconds for a door
MAX_LEN = 20000
# The dictionaries of a door, where it is not the one of its own name.
DICTIONARIES = {
    "any": ["bibtex", "ris", "csl-json", "arrow", "xml", "tagged"],
    "again": ["bibtex", "ris", "csl-json", "latex"],
    "bibtex": ["bibtex", "latex", "date"],
    "merge": ["bibtex"],
    "ris": ["ris", "date", "markup"],
    "csl-json": ["csl-json", "markup", "date"],
    "library": ["options", "bibtex", "date", "key", "select"],
    "options": ["options", "key", "select"],
    "arrow": ["arrow", "markup"],
    "charset": ["ris"],
    "diff": ["select"],
    "fingerprints": ["bibtex"],
    "xml": ["xml", "answer"],
    "tagged": ["tagged", "answer"],
}
STATS = {"executions": r"number_of_executed_units: *(\d+)", "edges": r"cov: (\d+)", "features": r"ft: (\d+)",
         "peak_mib": r"peak_rss_mb: *(\d+)"}


def doors_of(program):
    done = subprocess.run([program, "list"], stdout=subprocess.PIPE, check=True, env=dict(os.environ, CITECONV_DOOR=""))
    return done.stdout.decode().split()


def dictionary(door, work):
    """One file of all that a door's language is made of."""
    texts = [(HERE / "dictionaries" / f"{name}.dict").read_text(encoding="utf-8") for name in DICTIONARIES.get(door, [door])]
    if door == "style":
        texts += [f'"{word}"\n' for word in seeds.style_words()]
    path = work / f"{door}.dict"
    path.write_text("".join(texts), encoding="utf-8")
    return path


def beginnings(door, kept, work, with_seeds):
    """The directories that a door begins with; the first takes what is new."""
    first = kept / door if kept else work / "new" / door
    first.mkdir(parents=True, exist_ok=True)
    given = [HERE / "corpus" / door]
    if with_seeds:
        given.append(work / "seeds" / door)
        given[-1].mkdir(parents=True, exist_ok=True)
        for number, (of, data) in enumerate(seeds.all_seeds()):
            if of == door:
                (given[-1] / str(number)).write_bytes(data)
    return first, [path for path in given if path.is_dir()]


def environment(door, work):
    return dict(os.environ, CITECONV_DOOR=door, TMPDIR=str(work), UBSAN_OPTIONS="print_stacktrace=1",
                AFL_NO_UI="1", AFL_SKIP_CPUFREQ="1", AFL_NO_AFFINITY="1", AFL_I_DONT_CARE_ABOUT_MISSING_CRASHES="1",
                AFL_FAST_CAL="1", AFL_CMPLOG_ONLY_NEW="1")


def run_libfuzzer(program, door, seconds, work, first, given):
    """Numbers, what it printed, whether anything was found."""
    command = [program, f"-max_total_time={seconds}", f"-dict={dictionary(door, work)}",
               f"-artifact_prefix={work}/{door}-", "-timeout=60", f"-max_len={MAX_LEN}", "-rss_limit_mb=1024",
               "-print_final_stats=1", "-report_slow_units=5", *(["-seed=1"] if work in first.parents else []), first, *given]
    done = subprocess.run(command, check=False, stderr=subprocess.STDOUT, stdout=subprocess.PIPE,
                          env=dict(environment(door, work), ASAN_OPTIONS="quarantine_size_mb=8:malloc_context_size=10"))
    text = done.stdout.decode("utf-8", "replace")
    found = {name: re.findall(pattern, text) for name, pattern in STATS.items()}
    return {name: int(values[-1]) for name, values in found.items() if values}, text, done.returncode != 0


def run_afl(program, door, seconds, work, first, given):
    """The same; AFL++ begins with files of one directory, without those that are too long."""
    start, out = work / "start" / door, work / "afl" / door
    start.mkdir(parents=True)
    out.parent.mkdir(exist_ok=True)
    for path in sorted(path for where in [first, *given] for path in where.iterdir()):
        if path.stat().st_size <= MAX_LEN:
            shutil.copyfile(path, start / path.name)
    if not any(start.iterdir()):
        (start / "nothing").write_bytes(b"\0\n")
    command = ["afl-fuzz", "-i", start, "-o", out, "-V", str(seconds), "-x", dictionary(door, work), "-m", "none",
               "-t", "5000", "-G", str(MAX_LEN), "--", program]
    done = subprocess.run(command, check=False, stderr=subprocess.STDOUT, stdout=subprocess.PIPE,
                          env=environment(door, work))
    text = done.stdout.decode("utf-8", "replace")
    stats = out / "default" / "fuzzer_stats"
    if done.returncode != 0 or not stats.exists():
        return {}, text, True
    known = dict(re.findall(r"^(\S+) *: (\S+)", stats.read_text(), re.MULTILINE))
    for path in (out / "default" / "queue").glob("id:*"):
        if "orig:" not in path.name:
            shutil.copyfile(path, first / f"afl-{time.time_ns()}")
    bad = [path for what in ("crashes", "hangs") for path in (out / "default" / what).glob("id:*")]
    numbers = {"executions": int(known["execs_done"]), "edges": int(known["edges_found"])}
    return numbers, "\n".join(map(str, bad)), bool(bad)


def main():
    parser = argparse.ArgumentParser(usage=__doc__.split("\n\n")[1].strip())
    parser.add_argument("--keep", type=pathlib.Path)
    parser.add_argument("--seeds", action="store_true")
    parser.add_argument("kind", choices=("libfuzzer", "afl"))
    parser.add_argument("program", type=os.path.abspath)
    parser.add_argument("seconds", type=int)
    parser.add_argument("doors", nargs="*")
    args = parser.parse_args()
    work = pathlib.Path(tempfile.mkdtemp(prefix="citeconv-fuzz-"))
    doors = args.doors or doors_of(args.program)
    failed = False
    for door in doors:
        seconds = max(LEAST, args.seconds // len(doors))
        begun = time.monotonic()
        run = run_libfuzzer if args.kind == "libfuzzer" else run_afl
        first, given = beginnings(door, args.keep, work, args.seeds)
        numbers, text, bad = run(args.program, door, seconds, work, first, given)
        numbers = {"door": door, "kind": args.kind, "seconds": round(time.monotonic() - begun), **numbers, "found": bad}
        print(json.dumps(numbers), flush=True)
        if args.keep:
            with open(args.keep / "log", "a", encoding="utf-8") as log:
                log.write(json.dumps(numbers) + "\n")
        if bad:
            print(text[-6000:], flush=True)
        failed = failed or bad
    print(f"{'failed' if failed else 'clean'}; see {work}")
    return 1 if failed else 0


if __name__ == "__main__":
    sys.exit(main())
