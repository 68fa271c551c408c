#!/usr/bin/env python3
# SPDX-License-Identifier: MIT
"""What citeconv promises about input that nobody meant to be read.

    hostile.py CITECONV PAGE [--sanitized]

Whatever comes in, the program ends by itself with status 0 or 1, what it writes is whole
(CSL-JSON parses, text is UTF-8), time grows with the size of the input and not with its
square, memory stays within bounds, and good records around a bad one come out.  All is
tried through the program as users run it.

--sanitized: the program was built with sanitizers; sizes are smaller, memory is not
measured, and a report of theirs is a failure.  CITECONV_SMALL in the environment makes
sizes smaller, too.  CITECONV_SEED repeats the random inputs of a run.

One line a check.  Exit status 0, or 1 where any failed.
"""

import json
import os
import random
import subprocess
import sys
import tempfile
import threading
from concurrent.futures import ThreadPoolExecutor

from world import (MIB, World, chain, check, every, failed, feed, json_wrong, output_wrong,
                   repeated)

FORMATS = ("bibtex", "ris", "csl-json", "csl-jsonl", "text")

HEAD = b"Arrow Research search\n\nAuthor name cluster\n\nAda Writer\n\nPossible papers\n\n"


def entry(title=b"A Plain Title", authors=(b"Ada Writer",), abstract=b"", year=2020):
    bullets = b"".join(b"  \xe2\x80\xa2 " + name + b"\n" for name in authors)
    tail = abstract + b"\n\n" if abstract else b""
    return b"ICML Conference %d Conference Paper\n\n%s\n\n%s\n%s" % (year, title, bullets, tail)


FIRST = entry(b"The Good One Before", year=2001)
LAST = entry(b"The Good One After", year=2002)


def small_page(page):
    """About 1500 bytes of the page: its preamble with some entries, and its oddities."""
    with open(page, "rb") as file:
        data = file.read()
    cut = data.find(b"\n\n", 800)
    odd = data.find(b"\n\n", max(cut, len(data) - 800))
    return data if cut < 0 or odd < 0 else data[:cut] + data[odd:]


# --- Broken pages ------------------------------------------------------------------------


def truncated(world):
    data = small_page(world.page)
    step = 4 if world.sanitized else 1
    cases = [(data[:n], ("-t", "csl-json")) for n in range(0, len(data) + 1, step)]
    return every(world, cases, lambda case: f"cut at byte {len(case[0])}")


def truncated_elsewhere(world):
    """The other formats, and with the format given."""
    data = small_page(world.page)
    step = 37 if world.sanitized else 7
    cases = []
    for at, name in enumerate(FORMATS):
        for n in range(at, len(data) + 1, step):
            cases.append((data[:n], ("-f", "arrow", "-t", name)))
    return every(world, cases, lambda case: f"{case[1][3]}, cut at byte {len(case[0])}")


def begun_late(world):
    """The front is missing instead."""
    data = small_page(world.page)
    step = 29 if world.sanitized else 5
    cases = [(data[n:], ("-t", "csl-json")) for n in range(0, len(data) + 1, step)]
    return every(world, cases, lambda case: f"begun {len(case[0])} bytes before the end")


def places(what):
    """Bytes in each part of an entry, with good entries around."""
    return {
        "heading": HEAD + FIRST + entry().replace(b"ICML", b"IC" + what + b"ML") + LAST,
        "title": HEAD + FIRST + entry(b"A" + what + b"B") + LAST,
        "name": HEAD + FIRST + entry(authors=(b"Ad" + what + b"a Writer",)) + LAST,
        "abstract": HEAD + FIRST + entry(abstract=b"x" + what + b"y") + LAST,
        "cluster": HEAD.replace(b"Ada", b"A" + what + b"da") + FIRST + entry() + LAST,
        "start": what + HEAD + FIRST + entry() + LAST,
        "end": HEAD + FIRST + entry() + LAST + what,
    }


def bytes_everywhere(world, sequences, step):
    """The two good titles come out wherever the bytes stand."""
    found = []
    cases = []
    for number, what in enumerate(sequences):
        for at, (where, data) in enumerate(places(what).items()):
            if (number + at) % step == 0:
                cases.append((data, ("-f", "arrow", "-t", FORMATS[number % 4]), what, where))

    def one(case):
        data, args, what, where = case
        done = world.quick(data, *args)
        why = done.wrong() or output_wrong(done, args)
        for wanted in (b"Good One Before", b"Good One After"):
            plain = done.out.replace(b"{", b"").replace(b"}", b"")
            if not why and wanted not in plain:
                why = f"'{wanted.decode()}' is lost"
        if why and not found:
            found.append(f"{what!r} in the {where}, {args[3]}: {why}")

    with ThreadPoolExecutor((os.cpu_count() or 2) + 1) as pool:
        list(pool.map(one, cases))
    return found[0] if found else ""


def odd_sequences():
    """Halves of characters, overlong ones, surrogates, beyond Unicode, no characters."""
    whole = ["é", "€", "李", "𝒪", "\ufeff", "\u202e", "\ufffe", "\uffff", "\U0010ffff", "\x85"]
    for text in whole:
        data = text.encode("utf-8")
        for end in range(1, len(data) + 1):
            yield data[:end]
        yield data[1:]
    yield from (b"\xc0\xaf", b"\xe0\x80\xaf", b"\xed\xa0\x80", b"\xed\xbf\xbf", b"\xf4\x90\x80\x80")
    yield from (b"x\xff\xfe", b"x\xfe\xff", b"\xf8\x88\x80\x80\x80", b"\xe2\x80" * 20, b"\x80" * 99)
    yield from (b"\0", b"\0" * 99, b"a\0b\0c", b"\x1b[31m", b"\x7f", b"\xc2\x9b31m", b"\b\b\b")
    yield from (b"&#0;", b"&#xd800;", b"&#x110000;", b"&#99999999999999999999;", b"&#x;", b"&")
    yield from (b"</i>", b"<i>", b"<i><b></i></b>", b"<sub", b"$", b"$$", b"\\", b"\\(", b"{", b"}")


def unicode_halves(world):
    return bytes_everywhere(world, list(odd_sequences()), 4 if world.sanitized else 1)


def all_bytes(world):
    line_ends = b"\n\r"  # they divide what they stand in, as they should
    singles = [bytes([n]) for n in range(256) if n not in line_ends]
    return bytes_everywhere(world, singles, 14 if world.sanitized else 3)


def charset_pages(world):
    """A page in every charset's clothes, cut in the middle of its units."""
    with open(world.page, encoding="utf-8") as file:
        text = file.read()[:1200]
    cases = []
    for name in ("utf-8-sig", "utf-16", "utf-16-le", "utf-16-be", "utf-32", "utf-32-be"):
        data = text.encode(name)
        for cut in (0, 1, 2, 3, len(data) // 2, len(data) // 2 + 1, len(data)):
            cases.append((data[:cut], ("-t", "csl-json"), name))
    for given in ("UTF-16", "UTF-32LE", "UTF-7", "SHIFT_JIS", "ISO-2022-JP", "EUC-KR", "GB18030"):
        data = text.encode("utf-8")
        for cut in (1, 2, 3, 399, len(data)):
            args = ("-f", "arrow", "-t", "csl-json", "--from-charset", given)
            cases.append((data[:cut], args, given))
    return every(world, cases, lambda case: f"{case[2]}, {len(case[0])} bytes")


def garbage(world, seed):
    """Noise alone, noise among lines that mean something, and pages with bytes changed."""
    dice = random.Random(seed)
    page = small_page(world.page)
    words = [
        b"\n", b"\n\n", b"\r", b"\r\n", b"  ", b"\t", b"\xe2\x80\xa2 ", b"* ", b"- ", b"$", b"\\",
        b"{", b"}", b"<i>", b"</i>", b"<sub>", b"&amp;", b"&#x41;", b"&", b"1. 5 ", b"100, 000 ",
        b"https: //a. b. com/", b"e. g. ", b". . . ", b"ICML Conference 2019 Conference Paper\n",
        b"Author name cluster\n", b"Arrow Research search\n", b"Possible papers\n", b"37 papers\n",
        b"et al.", b"van der ", b"Jr.", b"0001", b",", b"\xe6\x9d\x8e\xe9\xa3\x9e", b"e\xcc\x81",
        b"[ pdf ]", b"&copy JMLR 2009.", b"Word ", b"word ", b"\0", b"\xff", b"\xc3",
    ]

    def make(number):
        kind = number % 4
        if kind == 0:
            return dice.randbytes(dice.randrange(1, 3000))
        if kind == 1:
            return HEAD + b"".join(dice.choice(words) for _ in range(dice.randrange(1, 400)))
        data = bytearray(page)
        for _ in range(dice.randrange(1, 40)):
            at = dice.randrange(len(data))
            if kind == 2:
                data[at] = dice.randrange(256)
            else:
                end = min(len(data), at + dice.randrange(60))
                data[at:end] = dice.choice(words) * dice.randrange(4) or data[end : end + 30]
        return bytes(data)

    count = world.size(1200, 160)
    cases = []
    for number in range(count):
        name = FORMATS[dice.randrange(5)]
        args = ("-f", "arrow", "-t", name)
        if dice.randrange(4) == 0:
            args += ("--no-repair",)
        if dice.randrange(4) == 0:
            args += ("--width", "30")
        if dice.randrange(8) == 0:
            args += ("-v", "--diagnostics=json")
        cases.append((make(number), args, number))
    return every(world, cases, lambda case: f"CITECONV_SEED={seed}, run {case[2]} {case[1]}")


def unterminated(world):
    """What is opened and never closed, at the end of the file and before a good entry."""
    openings = (
        b"$x^2", b"${{{", b"\\(", b"\\[", b"<i>", b"<sub><sup>", b"<", b"&", b"&#", b"&#x41",
        b"&amp", b"[ pdf", b"( edit", b"{", b"\\", b"https: //", b"www.", b"1.", b"1, ", b'"',
    )
    cases = []
    for what in openings:
        for name in FORMATS:
            args = ("-f", "arrow", "-t", name)
            for data in (
                entry(abstract=b"Word " + what) + LAST,
                HEAD + entry(b"Word " + what) + LAST,
                HEAD + entry(abstract=b"Word " + what)[:-2],
                HEAD + entry(b"Word " + what, authors=())[:-3],
                HEAD + entry(authors=(b"Ada " + what,))[:-2],
            ):
                cases.append((data, args, what))
    if world.sanitized:
        cases = cases[::3]
    return every(world, cases, lambda case: f"{case[2]!r}, {case[1][3]}")


# --- Large things ------------------------------------------------------------------------


def titles_of(done):
    """Titles of csl-jsonl, a line at a time."""
    return [json.loads(line).get("title") for line in done.out.splitlines()]


def mib(size):
    return f"{size / MIB:.1f} MiB"


def too_much(world, done, limit):
    if not world.sanitized and done.rss > limit:
        return f"{mib(done.rss)} resident, more than {mib(limit)}"
    return ""


def around_wrong(done):
    titles = titles_of(done)
    for wanted in ("The Good One Before", "The Good One After"):
        if titles.count(wanted) != 1:
            return f"'{wanted}' comes out {titles.count(wanted)} times"
    return ""


ARROW = ("-f", "arrow", "-t", "csl-jsonl")


def long_line(world, end):
    """A line without end is left out, said, and takes no memory of its size."""
    size = world.size(1024, 64) * MIB
    line = repeated(b"all work and no play makes Jack a dull boy ", size // 43)
    after = b"\n\n" + LAST if end else b""
    front = HEAD + FIRST + entry(abstract=b"short")
    done = world.measured(chain(front, line, after), *ARROW, limit=4 * world.limit)
    why = done.wrong(1) or too_much(world, done, 64 * MIB)
    if not why and b"line-too-long" not in done.err:
        why = "no line-too-long among the messages"
    titles = titles_of(done)
    if not why and end:
        why = around_wrong(done)
    return why or ("" if "The Good One Before" in titles else "the good record before is lost")


def long_line_of(world, unit, where):
    """The same of NULs, of bytes that are no text, of carriage returns and blanks."""
    size = world.size(64, 20) * MIB
    if unit == b"\r":
        size = 16 * MIB  # each is a line
    line = repeated(unit, size // len(unit))
    data = chain(HEAD + FIRST, line, b"\n\n" + LAST)
    done = world.measured(data, *ARROW, limit=2 * world.limit)
    return done.wrong() or around_wrong(done) or too_much(world, done, 64 * MIB)


def long_abstract(world, name):
    """Just below the limit it is no hostile input at all."""
    size = world.size(15, 4) * MIB
    unit = b"All work and no play makes $x_1$ a dull boy, e. g. by 3. 5 percent &amp; more. "
    data = chain(
        HEAD + FIRST + entry(b"The Long One"), repeated(unit, size // len(unit)), b"\n\n" + LAST
    )
    done = world.measured(data, "-f", "arrow", "-t", name)
    why = done.wrong(0) or output_wrong(done, (name,)) or too_much(world, done, 512 * MIB)
    if not why and b"Long One" not in done.out:
        why = "the long record is lost"
    return why or ("" if len(done.out) > size * 9 // 10 else "the abstract is lost")


def long_record(world, unit, heading):
    """Over 16 MiB in many lines: left out, said, and the record after it comes out."""
    front = HEAD + FIRST + heading
    count = 20 * MIB // len(unit)
    done = world.measured(chain(front, repeated(unit, count), b"\n\n" + LAST), *ARROW)
    why = done.wrong(1) or too_much(world, done, 256 * MIB)
    if not why and b"record-too-long" not in done.err:
        why = f"no record-too-long among the messages ({len(titles_of(done))} records)"
    return why or around_wrong(done)


def many_authors(world, name):
    count = world.size(100000, 20000)
    names = repeated(b"  \xe2\x80\xa2 Ada M. Writer\n  \xe2\x80\xa2 B\xc3\xb6rn van der Name Jr.\n", count // 2)
    data = chain(HEAD + FIRST + entry(b"The Many", ())[:-1], names, b"\n" + LAST)
    done = world.measured(data, "-f", "arrow", "-t", name)
    why = done.wrong() or output_wrong(done, (name,)) or too_much(world, done, 256 * MIB)
    if not why and done.out.count(b"Writer") < count // 2:
        why = "authors are lost"
    return why


def blank_lines(world, where, count):
    """Empty lines mean nothing, and cost nothing."""
    blanks = repeated(b"\n", count)
    middle = entry(b"The Spread One")
    heading, title = (middle.index(b"\n", at) for at in (0, middle.index(b"The")))
    parts = {
        "at the start": chain(blanks, HEAD, FIRST, middle, LAST),
        "in the preamble": chain(HEAD[:40], blanks, HEAD[40:], FIRST, middle, LAST),
        "between entries": chain(HEAD, FIRST, blanks, middle, LAST),
        "behind a heading": chain(HEAD, FIRST, middle[:heading], blanks, middle[heading:], LAST),
        "behind a title": chain(HEAD, FIRST, middle[:title], blanks, middle[title:], LAST),
        "behind authors": chain(HEAD, FIRST, middle, blanks, b"Some abstract.\n\n", LAST),
        "at the end": chain(HEAD, FIRST, middle, LAST, blanks),
    }
    done = world.measured(parts[where], *ARROW)
    why = done.wrong(0) or around_wrong(done) or too_much(world, done, 64 * MIB)
    if not why and "The Spread One" not in titles_of(done):
        why = "the record around the lines is lost"
    return why


def many_lines(world, unit, usual, limit, known=True):
    """Lines without sense, very many."""
    count = world.size(usual, usual // 10)
    data = chain(HEAD + FIRST, repeated(unit, count), b"\n" + LAST)
    done = world.measured(data, *ARROW, limit=2 * world.limit)
    why = done.wrong() or json_wrong(done, False) or too_much(world, done, limit)
    if not why and known and "The Good One After" not in titles_of(done):
        why = "the good record after them is lost"
    return why


def long_venue(world, size):
    venue = b"Symposium on Very Long Names " * (size // 29)
    heading = entry(b"Here").replace(b"ICML", venue.strip(), 1)
    done = world.measured(chain(HEAD + FIRST, heading, LAST), *ARROW)
    return done.wrong() or too_much(world, done, 256 * MIB) or around_wrong(done)


def long_name(world, unit, size, count):
    """Names that cannot be any, in the list and at the head of the page."""
    name = unit * (size // len(unit))
    data = chain(HEAD + FIRST + entry(b"Here", [name] * count), LAST)
    done = world.measured(data, *ARROW)
    return done.wrong() or too_much(world, done, 256 * MIB) or around_wrong(done)


def long_cluster(world, unit, size, count):
    """Each author is compared with the name at the head of the page."""
    head = HEAD.replace(b"Ada Writer", unit * (size // len(unit)))
    names = [b"Ada Wanderer %d" % n for n in range(count)]
    done = world.measured(chain(head + FIRST + entry(b"Here", names), LAST), *ARROW)
    return done.wrong() or too_much(world, done, 256 * MIB) or around_wrong(done)


def key_storm(world, name):
    """The same author, year and title: keys differ all the same, and cost no square."""
    count = world.size(20000, 4000)
    data = chain(HEAD, repeated(entry(b"Storm"), count))
    done = world.measured(data, "-f", "arrow", "-q", "-t", name)
    why = done.wrong(0) or too_much(world, done, 32 * MIB)
    if why:
        return why
    if name == "csl-jsonl":
        keys = [json.loads(line)["id"] for line in done.out.splitlines()]
    else:
        keys = [line for line in done.out.splitlines() if line.startswith(b"@")]
    return "" if len(set(keys)) == len(keys) == count else (
        f"{len(keys)} keys for {count} records, {len(set(keys))} of them different"
    )


def many_records(world, name):
    """34,000 records of all kinds of words: memory stays what it was."""
    with open(world.page, "rb") as file:
        data = file.read()
    each = data.count(b" Paper\n") or 1
    count = world.size(34000, 3400) // each + 1
    done = world.measured(
        repeated(data, count), "-f", "arrow", "-q", "-t", name, limit=2 * world.limit, keep_output=False
    )
    return done.wrong() or too_much(world, done, 20 * MIB)


def flood(world, unit, where):
    """A million of the same complaint about one file help nobody."""
    count = world.size(1000000, 100000)
    data = chain(HEAD + FIRST, repeated(unit, count), b"\n\n" + LAST)
    done = world.measured(data, *ARROW, limit=2 * world.limit)
    why = done.wrong() or around_wrong(done)
    if not why and done.err_size > 4 * MIB:
        why = f"{mib(done.err_size)} of messages on {mib(len(unit) * count)} of input"
    return why


# --- Time ----------------------------------------------------------------------------------

# What is repeated; each was chosen for a place in the program that looks ahead or back.
PATTERNS = {
    "words": b"some words ",
    "one word": b"word",
    "capitals": b"A",
    "camel": b"inAb",
    "tags opened": b"<i>",
    "tags opened and closed": b"<i>a</i>",
    "tags crossing": b"<i><b></i></b>",
    "tags closed": b"</i>",
    "less-than": b"<",
    "references": b"&amp;",
    "references unclosed": b"&amp",
    "ampersands": b"&",
    "numeric reference": b"&#1",
    "long numeric reference": b"1",
    "braces opened": b"{",
    "braces closed": b"}",
    "braces": b"{a} ",
    "brackets": b"[",
    "brackets closed": b"]",
    "buttons": b"[ pdf ]",
    "edits": b"( edit )",
    "parentheses": b"(",
    "dollars": b"$",
    "dollars with words": b"$x ",
    "dollars before digits": b"$5 ",
    "dollars with braces": b"${",
    "dollars with words and braces": b"$a{b ",
    "math": b"$x$ ",
    "math with names": b"$x$ ABc ",
    "escaped dollars": b"\\$",
    "backslashes": b"\\",
    "parenthesis math opened": b"\\(",
    "parenthesis math": b"\\(x\\) ",
    "periods": b".",
    "periods apart": b". ",
    "abbreviations": b"e. g. ",
    "dotted capitals": b"U. S. ",
    "decimals": b"about 3. 5 percent ",
    "decimal chain": b"1. ",
    "thousands": b"100, 000 ",
    "commas": b",",
    "commas apart": b"1, ",
    "colons": b": ",
    "ratios": b"ratio 1: 2 ",
    "schemes": b"http: //",
    "addresses": b"https: //a. org/b. html ",
    "address of labels": b"a. b. ",
    "address with periods": b"ab.",
    "address of domains": b"www. a. b. c. d. ",
    "path of numbers": b"1/2. 3456",
    "arxiv": b"arXiv: 1706. 03762 ",
    "suffixes": b"node. js ",
    "quotes": b"'",
    "hyphens": b"-",
    "hyphens in words": b"a-",
    "combining marks": b"\xcc\x95\xcc\x96",
    "accents": b"e\xcc\x81",
    "letters with accents": b"\xc3\xa9",
    "Chinese": b"\xe6\x9d\x8e",
    "joiners": b"\xe2\x80\x8b",
    "no-break spaces": b"\xc2\xa0",
    "Latin-1": b"\xe9 ",
    "no text": b"\xff\x80",
    "emoji": b"\xf0\x9f\x98\x80",
    "the": b"the ",
}
FRONTS = {
    "address of labels": b"https: //",
    "address with periods": b"https: //x. ",
    "path of numbers": b"https: //x. org/",
    "long numeric reference": b"&#",
}
RATIO_MOST = 8
TIME_COUNTS = 0.25  # seconds; below, the ratio says nothing


def in_abstract(unit, front, count):
    return chain(HEAD + entry()[:-1] + b"\n" + front, repeated(unit, count), b"\n\n" + LAST)


def in_title(unit, front, count):
    start = b"ICML Conference 2020 Conference Paper\n\nThe " + front
    return chain(HEAD + start, repeated(unit, count), b"\n\n  \xe2\x80\xa2 Ada Writer\n\n" + LAST)


def in_lines(unit, front, count):
    """Wrapped as by a terminal: lines of 72 columns or so."""
    per = max(1, 72 // len(unit))
    line = (unit * per).rstrip(b" ") + b"\n"
    return chain(
        HEAD + entry()[:-1] + b"\n" + front, repeated(line, max(1, count // per)), b"\n" + LAST
    )


def in_paragraphs(unit, front, count):
    per = max(1, 72 // len(unit))
    line = front + (unit * per).rstrip(b" ") + b"\n\n"
    return chain(HEAD + entry(), repeated(line, max(1, count // per)), LAST)


def in_bullets(unit, front, count):
    per = max(1, 40 // len(unit))
    line = b"  \xe2\x80\xa2 Z " + front + (unit * per).strip() + b"\n"
    return chain(HEAD + entry()[:-1], repeated(line, max(1, count // per)), b"\n" + LAST)


PLACES = {
    "abstract": (in_abstract, ("csl-jsonl", "bibtex", "ris")),
    "title": (in_title, ("bibtex", "ris", "text")),
    "wrapped lines": (in_lines, ("csl-jsonl",)),
    "paragraphs": (in_paragraphs, ("csl-jsonl", "ris")),
    "bullets": (in_bullets, ("bibtex", "ris")),
}


def linear(world, where, what, counts, say="-q"):
    """A square shows in the step where n becomes 4n; what takes no time shows nothing."""
    make, names = PLACES[where]
    unit, front = PATTERNS[what], FRONTS.get(what, b"")
    for name in names:
        before = None
        args = ("-f", "arrow", say, "-t", name)
        args += ("--width", "80") if name == "text" else ()
        for count in counts if name == names[0] else counts[:2]:
            count = min(count, 15 * MIB // len(unit))
            done = world.timed(make(unit, front, count), *args)
            why = done.wrong()
            if not why and before is not None:
                ratio = done.seconds / max(before, 0.01)
                if ratio > RATIO_MOST and done.seconds > TIME_COUNTS * (4 if world.sanitized else 1):
                    why = f"{before:.2f} s becomes {done.seconds:.2f} s"
            if why:
                return f"{name}, {count} times: {why}"
            before = done.seconds
    return ""


# --- Streams --------------------------------------------------------------------------------


def comes_early(world, name, given):
    """The first record is on the pipe while the input is still open, and all come at the
    end.  What is sent has the first record and the whole second one, so that nobody needs
    to look further."""
    args = (("-f", "arrow") if given else ()) + ("-t", name)
    child = subprocess.Popen(
        [world.program, *args],
        stdin=subprocess.PIPE,
        stdout=subprocess.PIPE,
        stderr=subprocess.DEVNULL,
        env=world.env,
    )
    patience = 3 if not world.sanitized else 15
    watch = threading.Timer(patience, child.kill)
    watch.start()
    try:
        child.stdin.write(HEAD + FIRST + LAST)
        child.stdin.flush()
        got = b""
        while b"Before" not in got and watch.is_alive():
            piece = os.read(child.stdout.fileno(), 65536)
            if not piece:
                break
            got += piece
        early = b"Before" in got
        child.stdin.write(LAST)
        child.stdin.close()
        got += child.stdout.read()
        child.stdout.close()
        child.wait()
    except BrokenPipeError:
        return f"nothing came before the input ended, within {patience} s"
    finally:
        watch.cancel()
        child.kill()
        child.wait()
    if not early:
        return f"nothing came before the input ended, within {patience} s"
    return "" if got.count(b"After") >= 2 and child.returncode == 0 else "the end is lost"


def byte_by_byte(world):
    """However a pipe cuts its input, the output is the same."""
    data = small_page(world.page)
    whole = world.quick(data, "-f", "arrow", "-t", "csl-json")
    for piece in (1, 3, 7, 64):
        chunks = [data[at : at + piece] for at in range(0, len(data), piece)]

        def slowly(chunks=chunks):
            for chunk in chunks:
                yield chunk

        child = subprocess.Popen(
            [world.program, "-f", "arrow", "-t", "csl-json"],
            stdin=subprocess.PIPE,
            stdout=subprocess.PIPE,
            stderr=subprocess.PIPE,
            bufsize=0,
            env=world.env,
        )
        feeder = threading.Thread(target=feed, args=(child.stdin, slowly()))
        feeder.start()
        out, err = child.stdout.read(), child.stderr.read()
        child.wait()
        feeder.join()
        child.stdout.close()
        child.stderr.close()
        if (out, err, child.returncode) != (whole.out, whole.err, whole.status):
            return f"in pieces of {piece} bytes it is another output"
    return ""


# ----------------------------------------------------------------------------------------------


def check_broken(world):
    seed = int(os.environ.get("CITECONV_SEED") or random.SystemRandom().randrange(2**32))
    check(world, "a page cut at every byte: csl-json parses", truncated)
    check(world, "a page cut, all formats", truncated_elsewhere)
    check(world, "a page without its front", begun_late)
    check(world, "halves of characters and other odd bytes everywhere", unicode_halves)
    check(world, "all bytes everywhere", all_bytes)
    check(world, "charsets, cut and wrong", charset_pages)
    check(world, "what is opened and never closed", unterminated)
    check(world, f"random input, CITECONV_SEED={seed}", garbage, seed)
    check(world, "input in small pieces", byte_by_byte)


def stream_checks():
    """Each as the arguments of check, as below."""
    for name in FORMATS:
        for given in (True, False):
            known = "given" if given else "found"
            yield f"the first record comes early: {name}, format {known}", comes_early, name, given


def large_checks(world):
    yield "a line without end among good records", long_line, True
    yield "a line without end at the end", long_line, False
    for name, unit in (
        ("NULs", b"\0"),
        ("bytes that are no text", b"\xff\xfe\xfd"),
        ("blanks", b" "),
        ("carriage returns", b"\r"),
        ("high bytes", b"\xe9"),
    ):
        yield f"a long line of {name}", long_line_of, unit, name
    for name in FORMATS[:4]:
        yield f"a long abstract in one line: {name}", long_abstract, name
    plain = entry(b"The Endless One")
    yield "a record over 16 MiB: lines of an abstract", long_record, b"some words again\n", plain
    yield "a record over 16 MiB: paragraphs", long_record, b"some words again\n\n", plain
    yield (
        "a record over 16 MiB: authors",
        long_record,
        b"  \xe2\x80\xa2 Ada M. Writer\n",
        entry(b"The Endless One", ())[:-1],
    )
    for name in FORMATS:
        yield f"very many authors: {name}", many_authors, name
    usual = world.size(100000, 20000)
    for where in (
        "at the start",
        "in the preamble",
        "between entries",
        "behind a heading",
        "behind a title",
        "behind authors",
        "at the end",
    ):
        yield f"{usual} blank lines {where}", blank_lines, where, usual
    many = world.size(4000000, 100000)
    for where in ("between entries", "behind a heading", "behind a title", "behind authors"):
        yield f"{many} blank lines {where}", blank_lines, where, many
    heading = b"ICML Conference 2020 Conference Paper\n"
    large = 512 * MIB
    yield "a million bullets", many_lines, b"  \xe2\x80\xa2 Ada Writer\n", 1000000, large, False
    yield "a million empty bullets", many_lines, b"  \xe2\x80\xa2\n", 1000000, 64 * MIB
    yield "a million bullets of sentences", many_lines, b"- this is a list, too.\n", 600000, large
    yield "headings without titles", many_lines, heading, 100000, 64 * MIB, False
    yield "headings apart without titles", many_lines, heading + b"\n", 100000, 64 * MIB, False
    yield "labels of pages", many_lines, b"Author name cluster\n", 100000, 64 * MIB
    yield "names of the site", many_lines, b"Arrow Research search\n", 100000, 64 * MIB
    yield "counts of papers", many_lines, b"37 papers\n", 300000, 64 * MIB
    yield "lines that end with a carriage return", many_lines, b"word\r", 600000, 64 * MIB
    for size in (280, 3000, 1000000):
        yield f"a venue of {size} bytes", long_venue, size
    for name, unit in (("words", b"Ada "), ("a word", b"Ada"), ("Chinese", b"\xe6\x9d\x8e")):
        yield f"names of 90 bytes, {name}", long_name, unit, 90, 20
        yield f"names of a million bytes, {name}", long_name, unit, 1000000, 8
        yield f"a million bytes for the page's name, {name}", long_cluster, unit, 1000000, 400
    for name in ("csl-jsonl", "bibtex"):
        yield f"one key for all: {name}", key_storm, name
    for name in FORMATS:
        yield f"34,000 records in 20 MiB: {name}", many_records, name
    yield "few messages: control characters in a line", flood, b"\x01", "line"
    yield "few messages: control characters in lines", flood, b"\x01\n", "lines"
    yield "few messages: bytes that are no text", flood, b"\xff\x80\n", "lines"


def time_checks(world):
    counts = world.size((62500, 250000), (4000, 16000))
    for where in PLACES:
        for what in PATTERNS:
            sizes = counts
            if where == "abstract" and not world.small:
                sizes = (*counts, 1000000)
            yield f"time is linear, {where}: {what}", linear, where, what, sizes
    for where in ("wrapped lines", "abstract"):
        for what in ("decimals", "abbreviations"):
            sizes = world.size((10000, 40000), (2000, 8000))
            yield f"time is linear with -v, {where}: {what}", linear, where, what, sizes, "-v"


def main():
    args = [arg for arg in sys.argv[1:] if arg != "--sanitized"]
    only = os.environ.get("CITECONV_ONLY")  # a part of the names of checks, for debugging
    if len(args) != 2:
        print(__doc__.split("\n\n")[1].strip(), file=sys.stderr)
        return 2
    program, page = map(os.path.abspath, args)
    with tempfile.TemporaryDirectory(prefix="citeconv-hostile-") as scratch:
        world = World(program, page, scratch, len(args) < len(sys.argv) - 1)
        if not only:
            check_broken(world)
        with ThreadPoolExecutor(os.cpu_count() or 2) as pool:
            jobs = [
                pool.submit(check, world, *job)
                for job in [*stream_checks(), *large_checks(world), *time_checks(world)]
                if not only or only in job[0]
            ]
            for job in jobs:
                job.result()
    print(f"{len(failed)} failed" if failed else "all fine")
    return 1 if failed else 0


if __name__ == "__main__":
    sys.exit(main())
