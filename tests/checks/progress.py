#!/usr/bin/env python3
# SPDX-License-Identifier: MIT
"""Watches the progress line at a terminal: progress.py CITECONV.

The output goes into a pipe that is read slowly, so that any machine takes seconds.
"""
import fcntl
import os
import pty
import re
import struct
import subprocess
import sys
import tempfile
import termios
import threading
import time

RECORD = "@article{k%d, title = {A Title of Some Length}, author = {Doe, Jane}, year = 2020}\n"
RECORDS = 12000
SECONDS = 3.5
SHOWN = re.compile(r"\r\x1b\[K([^\r\x1b]+)")
LINE = re.compile(r"\d+ records, \d+\.\d of \d+\.\d MB, \d+\.\d MB/s, \d+ s left")
UNSIZED = re.compile(r"\d+ records, \d+\.\d MB, \d+\.\d MB/s")


def drain(stream, size):
    """Reads `size` bytes within SECONDS, evenly, then the rest."""
    steps = 70
    for _ in range(steps):
        stream.read(size // steps)
        time.sleep(SECONDS / steps)
    stream.read()


def watch(citeconv, options, file, columns=80, term="xterm", piped=False):
    """What comes to standard error: a terminal of so many columns, or a pipe."""
    reading, writing = pty.openpty() if not piped else os.pipe()
    if not piped:
        fcntl.ioctl(writing, termios.TIOCSWINSZ, struct.pack("HHHH", 24, columns, 0, 0))
    with open(file, "rb") as stdin:
        if "-" in options:
            stdin = subprocess.Popen(["cat", file], stdout=subprocess.PIPE).stdout
        child = subprocess.Popen([citeconv, *options], stdin=stdin, stdout=subprocess.PIPE,
                                 stderr=writing, env=dict(os.environ, TERM=term))
        os.close(writing)
        size = int(os.stat(file).st_size * 1.1)
        drainer = threading.Thread(target=drain, args=(child.stdout, size))
        drainer.start()
        said = b""
        while True:
            try:
                block = os.read(reading, 65536)
            except OSError:
                break
            if not block:
                break
            said += block
        drainer.join()
        child.wait()
    os.close(reading)
    return said.decode("utf-8")


def faults(citeconv, file):
    """Yields what is wrong."""
    name = str(file)
    runs = {
        "file": (["-t", "ris", name], {}),
        "pipe": (["-t", "ris", "-f", "bibtex", "-"], {}),
        "narrow": (["-t", "ris", name], {"columns": 30}),
        "refused": (["-t", "ris", "--no-progress", name], {}),
        "dumb": (["-t", "ris", name], {"term": "dumb"}),
        "no terminal": (["-t", "ris", name], {"piped": True}),
        "quiet": (["-q", "-t", "ris", name], {}),
    }
    said = {}

    def one(key):
        words, how = runs[key]
        said[key] = watch(citeconv, words, name, **how)

    threads = [threading.Thread(target=one, args=(key,)) for key in runs]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    for key, form in (("file", LINE), ("pipe", UNSIZED)):
        lines = SHOWN.findall(said[key])
        if not lines or len(lines) > SECONDS + 2:
            yield f"{key}: {len(lines)} lines: {said[key]!r}"
        for line in lines:
            if not form.fullmatch(line):
                yield f"{key}: shows {line!r}"
        if not said[key].endswith("\r\x1b[K"):
            yield f"{key}: the line is not wiped: {said[key][-80:]!r}"
    lines = SHOWN.findall(said["narrow"])
    if not lines or any(len(line) > 29 for line in lines):
        yield f"narrow: {lines}"
    for key in ("refused", "dumb", "no terminal", "quiet"):
        if said[key]:
            yield f"{key}: {said[key]!r}"


def main():
    """0 where the line is as it should be."""
    with tempfile.NamedTemporaryFile("w", suffix=".bib") as file:
        file.writelines(RECORD % i for i in range(RECORDS))
        file.flush()
        found = list(faults(sys.argv[1], file.name))
    print("\n".join(found) or "the line is shown where it should be")
    return 1 if found else 0


if __name__ == "__main__":
    sys.exit(main())
