#!/usr/bin/env python3
# SPDX-License-Identifier: MIT
"""Fuzzes for a while, seeded with the inputs of all cases: fuzz.py PROGRAM SECONDS.

What is found stays in the directory that the last line names.
"""
import pathlib
import subprocess
import sys
import tempfile

TESTS = pathlib.Path(__file__).resolve().parent.parent
WORDS = ["Conference", "Journal", "2024", "Conference Paper", "Journal Article", "\u2022 ",
         "Author name cluster", "Arrow Research search", "Possible papers", " papers",
         "http: //", "10. 1000/", "arXiv: ", "i. e. ,", "[abs]", "&copy", "$x$", "\\%",
         "<i>", "</i>", "et al.", " 0001", "van der ", "\r\n", "\n\n", "{year-1999:th}"]


def main():
    """Runs libFuzzer over seeds in a directory of its own."""
    program, seconds = sys.argv[1:3]
    work = pathlib.Path(tempfile.mkdtemp(prefix="citeconv-fuzz-"))
    seeds = work / "seeds"
    seeds.mkdir()
    inputs = [p for p in TESTS.glob("cases/**/*.txt")] + [TESTS.parent / "samples/page.txt"]
    for number, path in enumerate(sorted(inputs)):
        for writer in range(5):
            choice = bytes([writer, (number * 37 + writer * 11) & 255])
            (seeds / f"{number}-{writer}").write_bytes(choice + path.read_bytes())
    for number, path in enumerate(sorted(TESTS.glob("cases/**/own.txt"))):
        (seeds / f"venues-{number}").write_bytes(b"v" + path.read_bytes())
    words = work / "words"
    words.write_text("".join('"%s"\n' % "".join(
        chr(b) if 32 <= b < 127 and chr(b) not in '"\\' else "\\x%02x" % b
        for b in word.encode()) for word in WORDS))
    done = subprocess.run([program, f"-max_total_time={seconds}", f"-dict={words}",
                           f"-artifact_prefix={work}/", "-timeout=20", "-max_len=20000",
                           "-rss_limit_mb=1024", "-print_final_stats=1", "-verbosity=0",
                           str(seeds)], check=False, stderr=subprocess.STDOUT,
                          stdout=subprocess.PIPE)
    print(done.stdout.decode("utf-8", "replace")[-6000:])
    print(f"{'failed' if done.returncode else 'clean'}; see {work}")
    return done.returncode


if __name__ == "__main__":
    sys.exit(main())
