#!/usr/bin/env python3
# SPDX-License-Identifier: MIT
"""Threads change nothing: what --jobs=1 writes, says and returns, every number does.

    threads.py CITECONV [--sanitized]

Libraries, whole and broken, of many batches go through each reader that threads read
ahead with, and the output, the messages, the report and the status are compared byte for
byte.  Then the world: a slow pipe keeps no record back, a closed one ends the run at once,
a full disk is told once.  One line a check.
"""
import fcntl
import os
import pathlib
import random
import re
import subprocess
import sys
import tempfile
import time

LIBRARY = pathlib.Path(__file__).resolve().parent.parent / "library"
LIMIT = 300
SLOW = 20  # seconds that nothing here takes unless somebody waits in vain

failed = []


def told(name, why=""):
    print(f"FAIL {name}: {why}" if why else f"ok {name}", flush=True)
    if why:
        failed.append(name)


def run(program, args, **more):
    done = subprocess.run([program, *args], capture_output=True, timeout=LIMIT, check=False,
                          **more)
    return done.stdout, done.stderr, done.returncode


# --- Inputs ----------------------------------------------------------------------------


def bib_library(size):
    """All libraries of the tests again and again, with keys and macros that change."""
    texts = [file.read_bytes() for file in sorted(LIBRARY.glob("*.bib"))]
    parts, number, length = [], 0, 0
    while length < size:
        part = re.sub(rb"(?m)^(@\w+\{)([^,{}=\s]+),", rb"\g<1>%d\2," % number,
                      texts[number % len(texts)])
        parts.append(b"@string{mac = {Number %d}}\n@misc{mac%d, note = mac # undefined}\n"
                     % (number, number) + part)
        length += len(parts[-1])
        number += 1
    return b"".join(parts)


def json_library(ris_or_json):
    """Mended, doubled and broken items among the others."""
    odd = [b'{"id": "a", "type": "book", "title": "A\ttab", "title": "two", }',
           b'{"id": "b", "type": "book", "note": 01}', b'12',
           b'{"id": "c", "title": "\xff\xfe", "issued": {"raw": "when?"}}']
    items = ris_or_json.rstrip(b"\n ]").split(b"},\n  {")
    for i in range(20, len(items), 40):
        items[i] += b"},\n  " + odd[i // 40 % len(odd)] + b",\n  {\"id\": \"d%d\"" % i
    return b"},\n  {".join(items) + b"\n]\n"


def ris_library(ris):
    """Lines astray, ends that are missing, a record of one long abstract."""
    records = ris.split(b"ER  - \n")
    for i in range(10, len(records), 30):
        records[i] += b"ER  - \nastray %d\nER  - x\n" % i
    for i in range(25, len(records), 60):
        records[i] += b"\nTY  - GEN\nAB  - " + b"caf\xe9 \x81 " * 100 + b"\r\n"
    return b"ER  - \n".join(records)


def make_inputs(program, size):
    """Name, format and files of each input."""
    bib = bib_library(size)
    ris = run(program, ["-qj1", "-f", "biblatex", "-t", "ris"], input=bib)[0]
    items = run(program, ["-qj1", "-f", "biblatex", "-t", "csl-json"], input=bib)[0]
    broken = bytearray(bib)
    pick = random.Random(1843)
    for _ in range(len(broken) // 3000):
        broken[pick.randrange(len(broken))] = pick.choice(b"{}\"@,=%\xe9\xff\r\n#\\$\0")
    long = (b"@misc{first, title = {A}}\n" + b"@misc{a, note = {" + b"x " * 300_000 +
            b"}}\n@misc{never closed\n" + b"@comment{" + b"word\n" * 100_000)
    return [
        ("library", "biblatex", [bib]),
        ("two libraries", "bibtex", [bib[:size // 2], b"", b"@misc{x, note = undefined}",
                                     bib[size // 2:size]]),
        ("broken", "bibtex", [bytes(broken)]),
        ("long", "bibtex", [long]),
        ("old ends of lines", "bibtex", [bytes(broken).replace(b"\n", b"\r\n")]),
        ("UTF-16", "bibtex", [bib.decode("utf-8", "replace").encode("utf-16")]),
        ("library", "ris", [ris]),
        ("broken", "ris", [ris_library(ris), b"TY  - BOOK\nTI  - no end"]),
        ("library", "csl-json", [items]),
        ("broken", "csl-json", [json_library(items), b"[1, 2", b"nothing"]),
    ]


# --- The same --------------------------------------------------------------------------


def difference(one, other):
    """What differs first of output, messages, status and report."""
    for what, a, b in zip(("output", "messages", "status", "report"), one, other):
        if a != b and isinstance(a, int):
            return f"{what} {b}, not {a}"
        if a != b:
            at = next((i for i, (x, y) in enumerate(zip(a, b)) if x != y), min(len(a), len(b)))
            return f"{what} differ at byte {at}: {b[max(0, at - 60):at + 60]!r}"
    return ""


def same(program, work, label, args, threads, **more):
    """Compares runs of 1, of `threads` and of as many threads as help."""
    report = work / "report"

    def one(jobs):
        result = run(program, [*jobs, *args, f"--report={report}"], **more)
        return (*result, report.read_bytes())

    wanted = one(["-j1"])
    if wanted[2] not in (0, 1):
        told(label, f"status {wanted[2]}: {wanted[1][-200:]!r}")
        return
    for jobs in ([f"-j{n}"] for n in threads):
        why = difference(wanted, one(jobs))
        if why:
            told(label, f"{' '.join(jobs)}: {why}")
            return
    why = difference(wanted, one([]))
    told(label, why and f"no -j: {why}")


# What each read gives a few bytes of; messages come in the middle of the first record.
PIECES = {
    "bibtex": b'@misc{a, title = {\\foo{One}}, note = undefined, title = \xe9}\n@misc{b, title = {Two}}, year = 1}\n'
              b'@string{asw = "Annals"' + b"\xff" * 60 + b"}\n% none here\n@misc{c, title = {Three",
    "ris": b"TY  - JOUR\nI\xc9D  - a\nTI  - On \xe9\xff and \xc3\xa9\nXX  - odd\nPY - 2001\nER  - \nTI  - Two\n",
    "csl-json": b'{"config": {"x": [1, "}"], "y": "' + b"y" * 500 + b'"}, "items": [{"id": "a", "title": '
                b'"a\tb", "title": 1}, {"title": "\xe9", "id": 01}], "total": 2}\n',
    "arrow": b'\n\n<html><head><meta charset="iso-8859-2"></head><body><h2>ICML 2020 Conference Paper</h2>'
             b"<h3>On \xb9</h3><ul><li>Ada \xa9ime</li></ul></body></html>",
}


def in_pieces(program, args, data, size):
    """The result where every read gives `size` bytes: packets of a pipe.  What is wrong
    with bytes is said when they are read, so the order of messages does not count."""
    out, into = os.pipe2(os.O_DIRECT | os.O_CLOEXEC)
    fcntl.fcntl(into, fcntl.F_SETPIPE_SZ, 1 << 20)
    with os.fdopen(out, "rb") as out:
        for at in range(0, len(data), size):
            os.write(into, data[at:at + size])
        os.close(into)
        return sorted_messages(run(program, args, stdin=out))


def sorted_messages(result):
    return result[0], b"\n".join(sorted(result[1].split(b"\n"))), result[2]


def same_in_pieces(program):
    for form, data in PIECES.items():
        for option in (["-vtbibtex"], ["-tcsl-json", "--sort=key"]):
            args = ["-f", form, *option]
            wanted = sorted_messages(run(program, ["-j1", *args], input=data))
            why = ""
            for size in (7, 23, 64):
                for jobs in ("-j1", "-j2", "-j3"):
                    differs = difference(wanted, in_pieces(program, [jobs, *args], data[:240 * size], size))
                    if differs and not why:
                        why = f"{jobs}, {size} bytes a read: {differs}"
            told(f"in pieces, {form}: {' '.join(option)}", why)


def same_everywhere(program, work, size):
    options = (["-v", "-t", "bibtex"], ["-t", "ris", "--unique"], ["-q", "-t", "csl-json"],
               ["-v", "--check"], ["-t", "biblatex", "--sort=-issued", "--key=[auth][year]"])
    for number, (name, form, texts) in enumerate(make_inputs(program, size)):
        files = []
        for i, text in enumerate(texts):
            files.append(work / f"{number}-{i}")
            files[-1].write_bytes(text)
        for i in range(2):
            option = options[(number + 3 * i) % len(options)]
            same(program, work, f"{form}, {name}: {' '.join(option)}",
                 ["-f", form, *option, *map(str, files)], (2, 4))
    data = (work / "0-0").read_bytes()
    same(program, work, "from a pipe", ["-f", "bibtex", "-t", "ris"], (2, 3), input=data)
    return data


# --- The world -------------------------------------------------------------------------


FIRST = {"bibtex": b"@misc{a, title = {One}}\n@misc{b", "csl-jsonl": b'{"id": "a", "title": "%s"}\n' % (b"x" * 600),
         "ris": b"TY  - GEN\nTI  - One\nER  - \n"}


def slow_pipe(program, form, jobs):
    """The first record comes while the pipe is still open."""
    with subprocess.Popen([program, f"-j{jobs}", "-f", form, "-t", "csl-jsonl"],
                          stdin=subprocess.PIPE, stdout=subprocess.PIPE,
                          stderr=subprocess.DEVNULL) as child:
        child.stdin.write(FIRST[form])
        child.stdin.flush()
        began = time.monotonic()
        os.set_blocking(child.stdout.fileno(), False)
        got = None
        while not got and time.monotonic() - began < SLOW:
            got = child.stdout.read()
            time.sleep(0.01)
        child.stdin.close()
    told(f"slow pipe, {form}, {jobs} threads", "" if got else "nothing came")


def closed_pipe(program, data, jobs, more):
    """Whether more input follows, or the writer of it waits, nothing goes on."""
    with subprocess.Popen([program, "-q", f"-j{jobs}", "-f", "bibtex", "-t", "ris"],
                          stdin=subprocess.PIPE, stdout=subprocess.PIPE,
                          stderr=subprocess.PIPE) as child:
        child.stdout.close()
        try:
            for _ in range(2000 if more else 1):
                child.stdin.write(data)
                child.stdin.flush()
        except BrokenPipeError:
            pass
        why = ""
        try:
            status = child.wait(SLOW)
            said = child.stderr.read()
            if status != 0 or said:
                why = f"status {status}, {said[-200:]!r}"
        except subprocess.TimeoutExpired:
            why = "still there"
            child.kill()
        try:
            child.stdin.close()
        except BrokenPipeError:
            pass
    told(f"closed pipe, {jobs} threads, {'endless' if more else 'waiting'} input", why)


def full_disk(program, file):
    def one(jobs):
        with open("/dev/full", "wb") as full:
            done = subprocess.run([program, f"-j{jobs}", "-vfbibtex", "-tris", file], stdout=full,
                                  stderr=subprocess.PIPE, timeout=LIMIT, check=False)
        return b"", done.stderr, done.returncode

    wanted = one(1)
    why = "" if wanted[2] == 3 else f"status {wanted[2]}"
    for jobs in (2, 4):
        why = why or difference(wanted, one(jobs))
    told("full disk", why)


def main():
    program = os.path.abspath(sys.argv[1])
    sanitized = "--sanitized" in sys.argv
    with tempfile.TemporaryDirectory(prefix="citeconv-threads-") as work:
        work = pathlib.Path(work)
        same_in_pieces(program)
        data = same_everywhere(program, work, 300_000 if sanitized else 1_000_000)
        for jobs in (1, 2, 4):
            for form in FIRST:
                slow_pipe(program, form, jobs)
            closed_pipe(program, data, jobs, True)
        for jobs in (2, 4):
            closed_pipe(program, data, jobs, False)
        full_disk(program, work / "0-0")
    return 1 if failed else 0


if __name__ == "__main__":
    sys.exit(main())
