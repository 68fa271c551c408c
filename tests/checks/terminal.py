#!/usr/bin/env python3
# SPDX-License-Identifier: MIT
"""A reference list on a terminal, and where there is none: terminal.py CITECONV

On a terminal it has italics, links and the terminal's width; in a pipe, with NO_COLOR and
on a terminal that knows nothing it is plain text.  Who is to type the input is told so.
"""
import fcntl
import os
import pathlib
import pty
import re
import struct
import subprocess
import sys
import tempfile
import termios

WIDTH = 40
BOOK = """@book{doe, author = {Doe, Jane}, title = {A Book with a Title that is Long},
  publisher = {The Press}, year = 2020, doi = {10.5555/a.b}}
"""


def on_terminal(words, width, typed=None, **changes):
    """What the program writes to a terminal of that width, and what the terminal shows of
    what is typed there; without that, nobody is there to type."""
    ours, its = pty.openpty()
    fcntl.ioctl(its, termios.TIOCSWINSZ, struct.pack("HHHH", 24, width, 0, 0))
    environment = {k: v for k, v in os.environ.items() if k not in ("NO_COLOR", "TERM")}
    environment.update({"TERM": "xterm", "LC_ALL": "C.UTF-8"}, **changes)
    with subprocess.Popen(words, stdin=subprocess.DEVNULL if typed is None else its,
                          stdout=its, stderr=its, env=environment) as child:
        os.close(its)
        if typed is not None:
            os.write(ours, typed.encode("ascii"))
        text = b""
        while True:
            try:
                piece = os.read(ours, 4096)
            except OSError:  # the other end was closed
                break
            if not piece:
                break
            text += piece
        child.wait()
    os.close(ours)
    return text.decode("utf-8").replace("\r\n", "\n")


def bare(text):
    return re.sub(r"\033\[[0-9;]*m|\033\]8;;[^\033]*\033\\", "", text)


def faults(words):
    """What is not as it should be."""
    fine = on_terminal(words, WIDTH)
    plain = subprocess.run(words, stdout=subprocess.PIPE, check=True).stdout.decode("utf-8")
    if "\033[3mA Book" not in fine:
        yield f"no italics on a terminal: {fine!r}"
    if "\033]8;;https://doi.org/10.5555/a.b\033\\" not in fine:
        yield f"no link on a terminal: {fine!r}"
    lines = bare(fine).rstrip("\n").split("\n")
    if max(map(len, lines)) > WIDTH or len(lines) < 3:
        yield f"not wrapped at {WIDTH} columns: {lines}"
    if " ".join(bare(fine).split()) != " ".join(plain.split()):
        yield f"other words on a terminal: {bare(fine)!r}, not {plain!r}"
    if "\033" in plain or plain.count("\n") != 1:
        yield f"no plain line in a pipe: {plain!r}"
    for change in ({"NO_COLOR": "1"}, {"TERM": "dumb"}):
        if "\033" in on_terminal(words, WIDTH, **change):
            yield f"escape sequences in spite of {change}"
    wide = on_terminal(words + ["--width=0"], WIDTH)
    if bare(wide) != plain:
        yield f"--width=0 is not kept to on a terminal: {wide!r}"


def waiting(program, book):
    """What is not as it should be where the input is typed."""
    typed = on_terminal([program, "-t", "ris"], 80, typed="@misc{a, title={Typed}}\n\x04")
    if "from the terminal" not in typed or "TI  - Typed" not in typed:
        yield f"nobody is told that the terminal is read: {typed!r}"
    for words in (["-q"], [book]):
        if "from the terminal" in on_terminal([program, *words], 80, typed="\x04"):
            yield f"a terminal is said to be read with {words}"


def main():
    """0 where all is as it should be."""
    with tempfile.TemporaryDirectory() as work:
        book = pathlib.Path(work) / "book.bib"
        book.write_text(BOOK, "utf-8")
        found = list(faults([sys.argv[1], "--style", "apa-like", str(book)]))
        found += waiting(sys.argv[1], str(book))
    print("\n".join(found) or "a terminal gets its list")
    return 1 if found else 0


if __name__ == "__main__":
    sys.exit(main())
