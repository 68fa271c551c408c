#!/usr/bin/env python3
# SPDX-License-Identifier: MIT
"""Makes the corpora beside this file anew, or says what they reach.

    corpus.py minimise PROGRAM HELPER DIR [DOOR...]
    corpus.py coverage PROGRAM [DIR]

minimise: of what a door has so far, of DIR/DOOR (fuzz.py --keep) and of the inputs of all
cases those that reach most for their size, up to a limit.  PROGRAM is that of the preset
fuzz, HELPER its citeconv-bibutils.

coverage: of all doors, with what their corpora and DIR have; PROGRAM is that of the preset
fuzz-coverage.
"""
import hashlib
import heapq
import json
import os
import pathlib
import re
import shutil
import subprocess
import sys
import tempfile

import fuzz
import seeds

HERE = pathlib.Path(__file__).resolve().parent
FILE_MOST = 4096    # bytes of one input,
DOOR_MOST = 40_000  # of all of a door,
FILES_MOST = 150    # and how many


def reached(program, door, where, work):
    """The edges that each of the inputs reaches: {path: numbers}."""
    control = work / "control"
    (work / "out").mkdir()
    subprocess.run([program, "-merge=1", f"-merge_control_file={control}", f"-max_len={FILE_MOST}", "-timeout=20",
                    work / "out", where], check=True, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL,
                   env=fuzz.environment(door, work))
    lines = control.read_text(encoding="utf-8").split("\n")
    names = lines[2:2 + int(lines[0])]
    numbers = (line.split() for line in lines if line.startswith("COV "))
    return {pathlib.Path(names[int(line[1])]): set(map(int, line[2:])) for line in numbers}


def chosen(edges):
    """Again and again the input that reaches most that is new for its size."""
    found, taken, size = set(), [], 0

    def worth(path):
        return -len(edges[path] - found) / (path.stat().st_size + 512)

    heap = sorted((worth(path), path) for path in edges)
    while heap and len(taken) < FILES_MOST:
        path = heapq.heappop(heap)[1]
        now = worth(path)
        if now == 0:
            continue
        if heap and now > heap[0][0]:
            heapq.heappush(heap, (now, path))
        elif size + path.stat().st_size <= DOOR_MOST:
            taken.append(path)
            size += path.stat().st_size
            found |= edges[path]
    return taken


def minimise(program, helper, kept, doors):
    given = list(seeds.all_seeds(helper))
    for door in doors or fuzz.doors_of(program):
        work = pathlib.Path(tempfile.mkdtemp(prefix="citeconv-corpus-"))
        pool, corpus = work / "all", HERE / "corpus" / door
        pool.mkdir()
        texts = [text for of, text in given if of == door]
        texts += [path.read_bytes() for where in (corpus, kept / door) if where.is_dir() for path in where.iterdir()]
        for text in texts:
            if len(text) <= FILE_MOST:
                (pool / hashlib.sha1(text).hexdigest()).write_bytes(text)
        taken = {path.name: path.read_bytes() for path in chosen(reached(program, door, pool, work))}
        shutil.rmtree(corpus, ignore_errors=True)
        corpus.mkdir(parents=True)
        for name, text in taken.items():
            (corpus / name[:12]).write_bytes(text)
        print(f"{door}: {len(taken)} of {len(set(texts))} inputs, {sum(map(len, taken.values()))} bytes", flush=True)
        shutil.rmtree(work)


def coverage(program, kept):
    """Lines and branches of the rooms; the doors' numbers of executions and seconds from
    DIR/log."""
    work = pathlib.Path(tempfile.mkdtemp(prefix="citeconv-coverage-"))
    ran = {}
    if kept and (kept / "log").exists():
        for line in (kept / "log").read_text(encoding="utf-8").splitlines():
            numbers = json.loads(line)
            total = ran.setdefault(numbers["door"], {"executions": 0, "seconds": 0, "edges": 0})
            for name in ("executions", "seconds"):
                total[name] += numbers.get(name, 0)
            if numbers["kind"] == "libfuzzer":
                total["edges"] = max(total["edges"], numbers.get("edges", 0))
    print("| Door | Executions | Seconds | Edges | Lines | Inputs |\n|---|---:|---:|---:|---:|---:|")
    profiles, inputs = [], 0
    for door in fuzz.doors_of(program):
        where = [path / door for path in (HERE / "corpus", kept) if path and (path / door).is_dir()]
        raw, profile = work / f"{door}.raw", work / f"{door}.profile"
        subprocess.run([program, "-runs=0", "-timeout=60", *where], check=True, stdout=subprocess.DEVNULL,
                       stderr=subprocess.DEVNULL, env=dict(fuzz.environment(door, work), LLVM_PROFILE_FILE=str(raw)))
        subprocess.run(["llvm-profdata", "merge", "-sparse", raw, "-o", profile], check=True)
        profiles.append(profile)
        count = sum(1 for path in where for _ in path.iterdir())
        inputs += count
        total = ran.get(door, {"executions": 0, "seconds": 0, "edges": 0})
        print(f"| {door} | {total['executions']:,} | {total['seconds']:,} | {total['edges']:,} "
              f"| {lines_of(program, profile)[0]:,} | {count} |", flush=True)
    every = work / "all.profile"
    subprocess.run(["llvm-profdata", "merge", "-sparse", *profiles, "-o", every], check=True)
    covered, lines = lines_of(program, every)
    print(f"| all | {sum(t['executions'] for t in ran.values()):,} | {sum(t['seconds'] for t in ran.values()):,} | "
          f"| {covered:,} of {lines:,} ({100 * covered / lines:.1f} %) | {inputs} |")
    print(rooms(program, every))


def report(program, profile):
    done = subprocess.run(["llvm-cov", "export", "-summary-only", f"-instr-profile={profile}",
                           "-ignore-filename-regex=/tests/|build/[a-z-]+/[a-z]+[.]c$", program], check=True, stdout=subprocess.PIPE)
    return json.loads(done.stdout)["data"][0]


def lines_of(program, profile):
    lines = report(program, profile)["totals"]["lines"]
    return lines["covered"], lines["count"]


def rooms(program, profile):
    """Lines by room."""
    found = {}
    for file in report(program, profile)["files"]:
        room = re.search(r"(convert/[a-z]+|formats/[a-z]+|formats)/[^/]*$", file["filename"])
        name = room.group(1) if room else "other"
        covered, count = found.get(name, (0, 0))
        lines = file["summary"]["lines"]
        found[name] = covered + lines["covered"], count + lines["count"]
    return "\n".join(f"{name}: {covered:,} of {count:,} lines, {100 * covered / count:.1f} %"
                     for name, (covered, count) in sorted(found.items()))


def main():
    if len(sys.argv) < 3 or sys.argv[1] not in ("minimise", "coverage"):
        print(__doc__.split("\n\n")[1], file=sys.stderr)
        return 2
    program = os.path.abspath(sys.argv[2])
    if sys.argv[1] == "minimise":
        minimise(program, os.path.abspath(sys.argv[3]), pathlib.Path(sys.argv[4]), sys.argv[5:])
    else:
        coverage(program, pathlib.Path(sys.argv[3]) if len(sys.argv) > 3 else None)
    return 0


if __name__ == "__main__":
    sys.exit(main())
