#!/usr/bin/env python3
# SPDX-License-Identifier: MIT
"""What citeconv promises about hostile libraries: BibTeX, RIS, CSL-JSON.

    readers.py CITECONV [--sanitized]

The same as hostile.py does for pages: every run ends by itself with status 0 or 1, output
is whole, the records before and behind a broken one come out, time grows with the size
of the input, memory with the longest record.  One line a check.
"""

import itertools
import os
import sys
import tempfile
from concurrent.futures import ThreadPoolExecutor

from world import MIB, World, chain, check, every, failed, json_wrong, repeated

GOOD = {
    "bibtex": (b"@article{first, title = {The Good One Before}, year = 2001}\n\n",
               b"\n\n@article{last,\n  title = {The Good One After},\n  year = {2002},\n}\n"),
    "ris": (b"TY  - JOUR\nTI  - The Good One Before\nPY  - 2001\nER  - \n\n",
            b"\nER  - \n\nTY  - JOUR\nTI  - The Good One After\nPY  - 2002\nER  - \n"),
    "csl-json": (b'[{"id": "first", "type": "book", "title": "The Good One Before"},\n',
                 b',\n{"id": "last", "type": "book", "title": "The Good One After"}]\n'),
}
WHOLE = {
    "bibtex": b"""@string{aj = {A Journal}}
% a comment
@article{one, author = {van der Meer, Jr., Ada and {Body, Inc.} and others},
  title = "A {Title} with $x^2$, {\\'e} and \\emph{more}" # { yet}, journal = aj,
  month = jan # "~1", pages = {1--2}, year = 2001, doi = {10.5555/x}, note = {a \\& b} }
@book(two, title = {B}, editor = {Ada Nwosu}, crossref = "three", date = {2001-02/..})
@proceedings{three, title = {C}, year = {2002}}
""",
    "ris": b"""TY  - CONF
AU  - van der Meer, Ada, Jr.
TI  - A &lt;i&gt;Title&lt;/i&gt; &amp; more
T2  - A Meeting
PY  - 2001
DA  - 2001/02/03/
SP  - 1-2
KW  - one; two
AB  - A line

 another
M2  - Citation Key: one
DO  - https://doi.org/10.5555/x
ER  -
""",
    "csl-json": b"""[{"id": 1, "type": "article-journal", "title": "A <i>b</i> \\u00e9",
  "author": [{"family": "van der Meer", "given": "Ada", "suffix": "Jr."}, {"literal": "B"}],
  "issued": {"date-parts": [["2001", 2], [2002]], "circa": true}, "volume": 3,
  "note": "DOI: 10.5555/x\\nwords", "custom": {"a": {"b": [1, null, true]}}},
 {"id": "two", "type": "book", "accessed": {"raw": "2001-02-03"}}]
""",
}
TARGETS = ("bibtex", "ris", "csl-json", "csl-jsonl", "text")


def truncated(world, name):
    data = WHOLE[name]
    step = 11 if world.sanitized else 4
    cases = [(data[:n], ("-f", name, "-t", TARGETS[n % 5])) for n in range(0, len(data), step)]
    return every(world, cases, lambda case: f"cut at byte {len(case[0])}")


def begun_late(world, name):
    data = WHOLE[name]
    step = 17 if world.sanitized else 7
    cases = [(data[n:], ("-f", name, "-t", TARGETS[n % 5])) for n in range(0, len(data), step)]
    return every(world, cases, lambda case: f"begun {len(case[0])} bytes before the end")


def changed(world, name):
    """Bytes all over by others that mean something."""
    data = WHOLE[name]
    cases = []
    step = 13 if world.sanitized else 5
    for at in range(0, len(data), step):
        other = b'{}"@#,=%\\$[]:-\n\0\xff\xe2'[at % 17:at % 17 + 1]
        cases.append((data[:at] + other + data[at + 1:], ("-f", name, "-t", TARGETS[at % 5])))
    return every(world, cases, lambda case: "one byte is another")


def survives(world, name, middle, both):
    """What is between costs itself alone."""
    before, after = GOOD[name]
    done = world.quick(before + middle + after, "-f", name, "-t", "csl-jsonl")
    why = done.wrong() or json_wrong(done, False)
    if not why and b"The Good One Before" not in done.out:
        why = "the record before is gone"
    if not why and both and b"The Good One After" not in done.out:
        why = "the record behind is gone"
    return why


def grown(seconds, counts):
    """What is wrong where time grew by far more than what there was to do."""
    growth = counts[1] / counts[0]
    if seconds[1] > 0.3 and seconds[1] > 2.5 * growth * max(seconds[0], 0.01):
        return f"{seconds[0]:.2f} s became {seconds[1]:.2f} s for {growth:.0f} times as much"
    return ""


def linear(world, name, unit, front, back, counts, target="csl-jsonl"):
    """Time for four times as much is at most about four times as long."""
    before, after = GOOD[name]
    seconds = []
    for count in counts:
        done = world.timed(chain(before, front, repeated(unit, count), back, after),
                           "-q", "-f", name, "-t", target)
        why = done.wrong()
        if why:
            return f"{why}, {count} times"
        seconds.append(done.seconds)
    return grown(seconds, counts)


# What stands in braces within one another: before, and at each level.
NESTED = {
    "addresses": (b"@misc{x, howpublished = {", b"\\url{"),
    "commands": (b"@misc{x, title = {", b"\\emph{"),
    "commands of @preamble": (b'@preamble{"\\def\\zz#1{#1}"}\n@misc{x, title = {', b"\\zz{"),
    "arguments, one of two": (b'@preamble{"\\def\\zz#1#2{#1}"}\n@misc{x, title = {', b"\\zz{"),
    "definitions": (b'@preamble{{', b"\\def\\a{"),
    "names": (b"@misc{x, author = {", b"{"),
}


def nested_linear(world, what, counts):
    front, unit = NESTED[what]
    seconds = []
    for count in counts:
        data = front + unit * count + b"}" * count + b"}}\n@misc{y, title = {z}}\n"
        done = world.timed(data, "-q", "-f", "bibtex", "-t", "ris")
        if done.wrong():
            return f"{done.wrong()}, {count} times"
        seconds.append(done.seconds)
    return grown(seconds, counts)


def bounded(world, name, chunks, limit):
    done = world.measured(chunks, "-q", "-f", name, "-t", "csl-jsonl", limit=120)
    why = done.wrong() or json_wrong(done, False)
    if why:
        return why
    if not world.sanitized and done.rss > limit:
        return f"{done.rss // MIB} MiB of memory"
    return ""


def numbered(unit, count):
    """As many records of that shape, each with a number of its own."""
    for first in range(0, count, 1000):
        yield b"".join(unit.replace(b"%d", b"%d" % i)
                       for i in range(first, min(first + 1000, count)))


def many_keys(world, args, front, unit, count):
    """What each record leaves behind is nothing, however many there are."""
    done = world.measured(chain(front, numbered(unit, count)), "-q", "-j1", "-f", "bibtex", *args,
                          limit=120, keep_output=False)
    if not done.wrong(0) and not world.sanitized and done.rss > 16 * MIB:
        return f"{done.rss // MIB} MiB of memory"
    return done.wrong(0)


# Name of the check, format, a unit that is repeated, what stands around it, and what is
# written where it matters.
PATTERNS = [
    ("open braces", "bibtex", b"{", b"@misc{x, title = {", b""),
    ("braces around nothing", "bibtex", b"{}", b"@misc{x, title = {", b"}}"),
    ("closing braces", "bibtex", b"}", b"@misc{x, title = {", b"}}"),
    ("quotes", "bibtex", b'"', b"@misc{x, title = ", b"}"),
    ("backslashes", "bibtex", b"\\", b"@misc{x, title = {", b"}}"),
    ("accents", "bibtex", b"\\'", b"@misc{x, title = {", b"e}}"),
    ("commands", "bibtex", b"\\emph{", b"@misc{x, title = {", b"}}"),
    ("dollars", "bibtex", b"$x", b"@misc{x, title = {", b"}}"),
    ("pieces", "bibtex", b'"a" # ', b"@misc{x, title = ", b'"b"}'),
    ("macros", "bibtex", b"jan # ", b"@misc{x, title = ", b"jan}"),
    ("at signs", "bibtex", b"@", b"", b""),
    ("beginnings", "bibtex", b"@misc{", b"", b""),
    ("beginnings on lines", "bibtex", b"@misc{\n", b"", b""),
    ("entries without fields", "bibtex", b"@misc{a}\n", b"", b""),
    ("strings", "bibtex", b"@string{a = {b}}\n", b"", b""),
    ("commas", "bibtex", b",", b"@misc{x, title = {a}", b"}"),
    ("ands", "bibtex", b" and ", b"@misc{x, author = {", b"}}"),
    ("names", "bibtex", b"A and ", b"@misc{x, author = {", b"B}}"),
    ("commas in a name", "bibtex", b"a, ", b"@misc{x, author = {", b"b}}"),
    ("words of a name", "bibtex", b"de ", b"@misc{x, author = {", b"Roux}}"),
    ("keywords", "bibtex", b"k, ", b"@misc{x, keywords = {", b"k}}"),
    ("fields", "bibtex", b"f = {g}, ", b"@misc{x, ", b"}"),
    ("comments", "bibtex", b"% c\n", b"@misc{x, ", b"}"),
    ("comment directives", "bibtex", b"@comment{\n", b"", b""),
    ("HTML", "bibtex", b"<i>", b"@misc{x, title = {", b"}}"),
    ("definitions without an end", "bibtex", b"\\def\\a{\\} ", b'@preamble{"', b'"}'),
    ("arguments without an end", "bibtex", b"\\zz{\\} ",
     b'@preamble{"\\def\\zz#1{}"}\n@misc{x, title = {', b"}}"),
    ("commands that double", "bibtex", b"\\zz ",
     b'@preamble{"\\def\\zz{\\zz\\zz}"}\n@misc{x, title = {', b"}}"),
    ("journals by command", "bibtex", b"\\apj ", b"@article{x, journal = {", b"}}"),
    ("keywords on lines", "bibtex", b"k\n", b"@misc{x, keywords = {", b"k}}"),
    ("references", "bibtex", b"&amp", b"@misc{x, title = {", b"}}"),
    ("records without an end", "ris", b"TY  - JOUR\n", b"", b""),
    ("ends without a record", "ris", b"ER  - \n", b"", b""),
    ("authors", "ris", b"AU  - Nwosu, Ada\n", b"TY  - JOUR\n", b""),
    ("keywords", "ris", b"KW  - a; b\n", b"TY  - JOUR\n", b""),
    ("lines without a tag", "ris", b"words\n", b"TY  - JOUR\nAB  - a\n", b""),
    ("blank lines", "ris", b"\n", b"TY  - JOUR\nAB  - a\n", b""),
    ("unknown tags", "ris", b"QX  - a\n", b"TY  - JOUR\n", b""),
    ("junk", "ris", b"junk\n", b"", b""),
    ("semicolons", "ris", b";", b"TY  - JOUR\nKW  - ", b"\n"),
    ("commas in a name", "ris", b"a, ", b"TY  - JOUR\nAU  - ", b"\n"),
    ("extra lines", "ris", b"M2  - a: b\n", b"TY  - JOUR\n", b""),
    ("titles of hosts", "ris", b"T2  - a\nT3  - b\n", b"TY  - JOUR\n", b""),
    ("days without a year", "ris", b"DA  - May 1\nPY  - soon\n", b"TY  - JOUR\n", b""),
    ("notes", "ris", b"N1  - a\n", b"TY  - JOUR\n", b"", "ris"),
    ("keywords to write", "csl-json", b"k, ", b'{"id": "x", "keyword": "', b'"}', "bibtex"),
    ("brackets", "csl-json", b"[", b"", b""),
    ("brackets in an item", "csl-json", b"[", b'{"id": "x", "custom": ', b"1}"),
    ("objects", "csl-json", b'{"a":', b"", b""),
    ("quotes", "csl-json", b'"', b'{"title": ', b"}"),
    ("escapes", "csl-json", b"\\", b'{"title": "', b'"}'),
    ("commas", "csl-json", b",", b'{"id": "x"}', b"{}"),
    ("properties", "csl-json", b'"a": 1, ', b"{", b'"b": 2}'),
    ("names", "csl-json", b'{"family": "a"}, ', b'{"author": [', b'{"family": "b"}]}'),
    ("date parts", "csl-json", b"[1], ", b'{"issued": {"date-parts": [', b"[2]]}}"),
    ("note lines", "csl-json", b"DOI: 1\\n", b'{"note": "', b'"}'),
    ("tags", "csl-json", b"<i>", b'{"title": "', b'"}'),
    ("numbers", "csl-json", b"9", b'{"volume": ', b"}"),
    ("words", "csl-json", b"x ", b"", b""),
]

# Middles that a reader must get over; True where the record behind must come out.
MIDDLES = [
    ("bibtex", b"@article{a, title = {never closed,\n  year = 2001\n", True),
    ("bibtex", b"@article{a, title = \"never closed,\n  year = 2001\n", True),
    ("bibtex", b"@article{a title = {x}, year 2001,,, }\n", True),
    ("bibtex", b"@article\n", True),
    ("bibtex", b"@{,}\n", True),
    ("bibtex", b"@string{\n", True),
    ("bibtex", b"@preamble{\"{\n", True),
    ("bibtex", b"@comment{ never closed\n", True),
    ("bibtex", b"}}}}}}}\n", True),
    ("bibtex", b"\0\1\2\3 @ { \" \n", True),
    ("bibtex", b"@article{a, title = {\xff\xfe\x80}}\n", True),
    ("ris", b"TY  - \nXX\nTY  -\n", True),
    ("ris", b"junk\n\0\n\xff\xff\n", True),
    ("ris", b"TY  - JOUR\nAU  - \nPY  - soon\nSP  - --\nDO  - \n", True),
    ("csl-json", b'{"id": "x", "title": "a" "b"}', True),
    ("csl-json", b'{"id": "x", "title": tru}', True),
    ("csl-json", b'17, "text", null, [1, 2], {}', True),
    ("csl-json", b'{"id": "x", "author": 17, "issued": [[[]]], "title": {"a": 1}}', True),
    ("csl-json", b'{"id": "x", "title": "\xff\xfe"}', True),
    ("csl-json", b'{"id": "x", "title": "\\ud800"}', True),
    ("csl-json", b'{"id": "x", "title": "never closed}', False),
]


def spelled(number):
    """A word whose case is the number: all are one word where case does not count."""
    word = b"abcdefghijklmnopqrstu"
    return bytes(c - 32 * (number >> i & 1) for i, c in enumerate(word))


# One line of a file of --aux or --bcf, of `count` commands.
CITED = {
    "commands": ("--aux", lambda i: b"\\citation{a%d}" % i),
    "groups without an end": ("--aux", lambda i: b"\\citation{a"),
    "numbered sections": ("--aux", lambda i: b"\\abx@aux@cite{0}{a%d}" % i),
    "keys": ("--bcf", lambda i: b'<bcf:citekey order="1">a%d</bcf:citekey>' % i),
    "tags without an end": ("--bcf", lambda i: b"<bcf:citekey"),
    "spellings of one key": ("--bcf", lambda i: b"<bcf:citekey>%s</bcf:citekey>" % spelled(i)),
}


def cited_linear(world, what):
    """A square shows in the step where n becomes 4n."""
    option, unit = CITED[what]
    before = None
    for count in world.size((25000, 100000), (4000, 16000)):
        name = world.place("cited" + option[1:])
        with open(name, "wb") as file:
            file.write(b"".join(unit(i) for i in range(count)))
        done = world.timed([b"@book{a0, title = {T}}\n"], "-q", option, name)
        if done.wrong():
            return f"{count} times: {done.wrong()}"
        if before is not None and done.seconds > max(8 * before, 0.5):
            return f"{before:.2f} s becomes {done.seconds:.2f} s"
        before = done.seconds
    return ""


def doubled(world, uses):
    """Macros that hold one another twice; `uses` stands behind them."""
    lines = b"".join(b"@string{s%d = s%d # s%d}\n" % (i + 1, i, i) for i in range(60))
    data = b'@string{s0 = "' + b"a" * 16 + b'"}\n' + lines + uses
    for target in ("ris", "bibtex"):
        done = world.measured(GOOD["bibtex"][0] + data + GOOD["bibtex"][1], "-f", "bibtex", "-t", target)
        why = done.wrong()
        if why:
            return f"{target}: {why}"
        if b"[macro-too-long]" not in done.err or b"The Good One After" not in done.out:
            return f"{target}: {done.err[-200:]!r}"
        if not world.sanitized and done.rss > 400 * MIB:
            return f"{target}: {done.rss // MIB} MiB of memory"
    return ""


def meeting(world, count):
    """Names of fields that the usual hash of text, times 31, does not tell apart."""
    words = itertools.islice(itertools.product((b"az", b"b["), repeat=17), count)
    names = {"meet": [b"".join(word) for word in words],
             "do not": [b"f%033d" % i for i in range(count)]}
    seconds = []
    for fields in names.values():
        entry = b"@misc{x" + b"".join(b", %s = {1}" % name for name in fields) + b"}\n"
        done = world.timed(entry, "-q", "-f", "bibtex", "-t", "bibtex")
        if done.wrong(0):
            return done.wrong(0)
        seconds.append(done.seconds)
    if seconds[0] > 0.3 and seconds[0] > 5 * seconds[1]:
        return f"{seconds[0]:.2f} s where names meet, {seconds[1]:.2f} s where they do not"
    return ""


def sections(world):
    """An abstract in parts: each once, however many."""
    parts = b"".join(b'<AbstractText Label="A">part %d</AbstractText>\n' % i for i in range(world.size(16000, 2000)))
    done = world.measured(b"<PubmedArticleSet><PubmedArticle><MedlineCitation>" + parts +
                          b"</MedlineCitation></PubmedArticle></PubmedArticleSet>", "-f", "medline", "-t", "csl-jsonl",
                          limit=60)
    if b"[bibutils-missing]" in done.err:
        return ""
    why = done.wrong()
    if not why and done.out.count(b"A: part ") != world.size(16000, 2000):
        why = "sections are gone"
    if not why and not world.sanitized and done.rss > 150 * MIB:
        why = f"{done.rss // MIB} MiB of memory"
    return why


def checks(world):
    yield "medline: an abstract of many sections", sections
    yield "fields whose names meet", meeting, world.size(60000, 10000)
    yield "macros that double", doubled, b"".join(b"@string{t%d = s19 # s18}\n" % i for i in range(60))
    yield "macros that double, in a value", doubled, b"@misc{x, title = " + b"s18 # " * 500 + b"s1}\n"
    yield "macros that double, in many fields", doubled, b"@misc{x, " + b"".join(
        b"f%d = s18, " % i for i in range(500)) + b"}\n"
    for what in CITED:
        yield f"one long line: time is linear: {what}", cited_linear, what
    counts = world.size((25000, 100000), (4000, 16000))
    for name in WHOLE:
        yield f"{name}: cut at many bytes", truncated, name
        yield f"{name}: begun at many bytes", begun_late, name
        yield f"{name}: bytes changed", changed, name
    for name, middle, both in MIDDLES:
        yield f"{name}: gets over {middle[:40]!r}", survives, name, middle, both
    for what, name, unit, front, back, *target in PATTERNS:
        yield f"{name}: time is linear: {what}", linear, name, unit, front, back, counts, *target
    for what in NESTED:
        yield f"within one another: time is linear: {what}", nested_linear, what, counts
    size = world.size(48, 8) * MIB  # twice the limit of memory below
    long = world.size(24, 18) * MIB  # more than the 16 MiB of a record
    records = {
        "bibtex": b"@article{k, author = {Ada Nwosu and Per Quist}, title = {T}, year = 2001}\n",
        "ris": b"TY  - JOUR\nAU  - Nwosu, Ada\nTI  - A title\nPY  - 2001\nID  - k\nER  - \n\n",
        "csl-json": b'{"id": "a", "type": "book", "title": "T", "volume": 1},\n',
    }
    for name, unit in records.items():
        front, back = (b"[", b'{"id": "z"}]') if name == "csl-json" else (b"", b"")
        yield (f"{name}: memory is flat over {size // MIB} MiB", bounded, name,
               chain(front, repeated(unit, size // len(unit)), back), 24 * MIB)
    misc, whole = b"@misc{key%d, year = 2001}\n", b"@proceedings{key%d, year = 2001}\n"
    book = b"@book{key%d, author = {Nwosu, Ada}, title = {Work %d of a long series},\n" \
           b"  publisher = {P}, year = 2001}\n"
    child = b"@inproceedings{child, crossref = {nobody}}\n"
    for what, args, front, unit, count in (
            ("keys", ("-t", "bibtex"), b"", misc, 2000000),
            ("definitions", ("-t", "ris"), b"@misc{a}\n",
             b'@preamble{"\\def\\a{%d ' + b"x" * 500 + b'}"}\n', 60000),
            ("parents", ("-t", "ris"), b"", whole, 1000000),
            ("records that wait", ("-t", "ris"), child, whole, 300000),
            ("records not picked", ("--select", "year == 2002"), b"", misc, 500000),
            ("records checked", ("--check",), b"", book, 200000)):
        yield (f"{count} {what} need no memory", many_keys, args, front, unit,
               world.size(count, count // 50))
    for name, front in (("bibtex", b"@misc{a, title = {"), ("ris", b"TY  - JOUR\nTI  - "),
                        ("csl-json", b'[{"id": "a", "title": "')):
        yield (f"{name}: a value of {long // MIB} MiB", bounded, name,
               chain(front, repeated(b"word ", long // 5)), 200 * MIB)


def main():
    args = [arg for arg in sys.argv[1:] if arg != "--sanitized"]
    only = os.environ.get("CITECONV_ONLY")  # a part of the names of checks, for debugging
    if len(args) != 1:
        print(__doc__.split("\n\n")[1].strip(), file=sys.stderr)
        return 2
    program = os.path.abspath(args[0])
    with tempfile.TemporaryDirectory(prefix="citeconv-hostile-") as scratch:
        world = World(program, "", scratch, len(args) < len(sys.argv) - 1)
        with ThreadPoolExecutor(os.cpu_count() or 2) as pool:
            jobs = [pool.submit(check, world, *job) for job in checks(world)
                    if not only or only in job[0]]
            for job in jobs:
                job.result()
    print(f"{len(failed)} failed" if failed else "all fine")
    return 1 if failed else 0


if __name__ == "__main__":
    sys.exit(main())
