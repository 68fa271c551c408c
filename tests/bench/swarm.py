#!/usr/bin/env python3
# SPDX-License-Identifier: MIT
"""Runs pipes of citeconv beside one another, and compares what comes out of each.

    swarm.py [--pipes N] [--beside N] CITECONV PAGE

A pipe is three processes: the page to BibTeX, that to RIS, that to CSL-JSON.  Exit status
1 where one fails, says another thing, writes another byte or leaves a file behind.
"""
import argparse
import concurrent.futures
import os
import subprocess
import sys
import tempfile
import time


def pipe(citeconv, page, env):
    """What the last of the three wrote, what all said, and how they ended."""
    steps = (("arrow", "bibtex", page), ("bibtex", "ris", "-"), ("ris", "csl-json", "-"))
    running, before = [], None
    for source, target, file in steps:
        running.append(subprocess.Popen(
            [citeconv, "-q", "-f", source, "-t", target, file], env=env,
            stdin=before.stdout if before else subprocess.DEVNULL,
            stdout=subprocess.PIPE, stderr=subprocess.PIPE))
        if before:
            before.stdout.close()
        before = running[-1]
    out = before.stdout.read()
    said = b"".join(step.stderr.read() for step in running)
    before.stdout.close()
    for step in running:
        step.stderr.close()
    return out, said, [step.wait() for step in running]


def main():
    """1 where any pipe differs from the first."""
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("citeconv")
    parser.add_argument("page")
    parser.add_argument("--pipes", type=int, default=10000)
    parser.add_argument("--beside", type=int, default=64, help="pipes at once")
    args = parser.parse_args()
    with tempfile.TemporaryDirectory(prefix="citeconv-swarm-") as scratch:
        env = {**os.environ, "TMPDIR": scratch}
        first = pipe(args.citeconv, args.page, env)
        start, odd = time.monotonic(), 0
        with concurrent.futures.ThreadPoolExecutor(args.beside) as pool:
            for made in pool.map(lambda _: pipe(args.citeconv, args.page, env),
                                 range(args.pipes)):
                if made != first:
                    odd += 1
                    print(f"odd: {len(made[0])} bytes, {made[2]}, {made[1][:200]}",
                          flush=True)
        seconds, left = time.monotonic() - start, os.listdir(scratch)
    print(f"{args.pipes} pipes of three, {args.beside} at once: {seconds:.0f} s, "
          f"{3 * args.pipes / seconds:.0f} runs/s, {len(first[0])} bytes each, {odd} odd, "
          f"{len(left)} files left")
    if odd or left or not first[0] or any(first[2]):
        sys.exit(1)


if __name__ == "__main__":
    main()
