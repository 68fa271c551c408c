#!/usr/bin/env python3
# SPDX-License-Identifier: MIT
"""What citeconv promises about citation styles that nobody meant to be read.

    styles.py CITECONV [--sanitized]

A style is a program: a short one may call itself, double what it makes at each step, or
put a megabyte between names.  Every run ends by itself, within a time and a memory that
do not depend on what the style asks for, and says what it left out.  One line a check.
"""

import json
import os
import sys
import tempfile

from world import MIB, World, check, failed

HEAD = ('<style xmlns="http://purl.org/net/xbiblio/csl" class="in-text" version="1.0">'
        "<info><title>x</title><id>x</id></info>")
TITLE = '<text variable="title"/>'


def doubled(times, leaf):
    """Macros of which each calls the next one twice."""
    calls = "".join(f'<macro name="m{i}"><text macro="m{i + 1}"/><text macro="m{i + 1}"/></macro>' for i in range(times))
    return f'{calls}<macro name="m{times}">{leaf}</macro>'


def style(macros="", layout='<text macro="m0"/>', sort="", options="", citation=TITLE):
    """Both areas around these."""
    return (f"{HEAD}{macros}<citation {options}><layout>{citation}</layout></citation>"
            f"<bibliography>{sort}<layout>{layout}</layout></bibliography></style>")


def people(count, given="Ada"):
    """So many of different families."""
    return [{"family": f"Family{i}", "given": given} for i in range(count)]


def works(count, **fields):
    """So many books."""
    return [dict({"id": f"i{i}", "type": "book", "title": f"Title {i}"}, **fields) for i in range(count)]


def bounded(world, text, items, status, says, cites=""):
    """Runs it; what is wrong with how it went."""
    places = [world.place(name) for name in ("style.csl", "items.json", "cites")]
    places[0] += ".csl"
    for place, content in zip(places, (text, json.dumps(items), cites)):
        with open(place, "w", encoding="utf-8") as out:
            out.write(content)
    command = ["-t", "text", "--style", places[0], *(("--cite", places[2]) if cites else ()), places[1]]
    done = world.measured([], *command, limit=300)
    for place in places:
        os.unlink(place)
    wrong = done.wrong(status)
    if wrong:
        return wrong
    if says not in done.err.decode("utf-8", "replace"):
        return f"does not say {says!r}: {done.err[:200]!r}"
    if not world.sanitized and done.seconds > 15:
        return f"{done.seconds:.1f} s"
    if not world.sanitized and done.rss > 400 * MIB:
        return f"{done.rss // MIB} MiB"
    return ""


def checks(world):
    """(name, style, items, status, message) of each."""
    count = world.size(1000, 50)
    much = "x" * MIB
    keys = '<key macro="m0"/>' * 3
    cut = "the style makes more than 32 MB of this; cut [bad-style]"
    yield "a macro calls itself", style('<macro name="m0"><text macro="m0"/></macro>'), works(1), 2, 'macro "m0" calls itself'
    yield "macros in a ring", style('<macro name="m0"><text macro="b"/></macro><macro name="b"><text macro="m0"/></macro>'), \
        works(1), 2, "calls itself"
    yield "parents in a ring", f'{HEAD[:-7]}<link rel="independent-parent" href="/x"/></info></style>', works(1), 2, "[no-style]"
    yield "2^60 texts", style(doubled(60, TITLE)), works(1), 2, "its macros call too much"
    yield "2^15 times a long title", style(doubled(15, TITLE)), works(1, title="T" * 100_000), 1, cut
    yield "2^15 times a long prefix", style(doubled(15, f'<text value="x" prefix="{much}"/>')), works(1), 1, cut
    yield "2^14 times many names", style(doubled(14, '<names variable="author"><name/></names>')), \
        works(1, author=people(20_000)), 1, cut
    yield "a long delimiter between names", style(layout=f'<names variable="author"><name delimiter="{much}"/></names>'), \
        works(1, author=people(20_000)), 1, cut
    yield "2^12 titles as a sort key", style(doubled(12, TITLE), TITLE, f"<sort>{keys}</sort>"), works(count, title="T" * 100), 0, ""
    yield "1,000 sort keys", style(doubled(4, TITLE), TITLE, f"<sort>{keys * 333}</sort>"), \
        works(count, title="T" * 100), 0, ""
    yield "namesakes of whom only given names differ", style(
        layout=TITLE, options='disambiguate-add-names="true"',
        citation='<names variable="author"><name form="short" et-al-min="2" et-al-use-first="1"/></names>'), \
        [dict(work, author=people(50_000, given)) for work, given in zip(works(2), ("Ada", "Bo"))], 0, ""
    yield "case over case", style(layout='<group text-case="title">' * 60 + TITLE + "</group>" * 60), \
        works(1, title="t " * 100_000), 0, ""
    yield "5,000 groups inside one another", style(layout="<group>" * 5000 + "</group>" * 5000), works(1), 2, "too deep"
    yield "20,000 macros that are not there", style("".join(
        f'<macro name="m{i}"><text macro="macro-{i}"/></macro>' for i in range(20_000))), works(1), 0, "no macro"
    yield "a long prefix in 4,000 cites", style(layout=TITLE, citation=f'<text value="x" prefix="{much}"/>'), works(1), 1, cut, \
        "[" + "; ".join(["@i0"] * 4000) + "]\n"


def main():
    """One line a check."""
    args = [arg for arg in sys.argv[1:] if arg != "--sanitized"]
    if len(args) != 1:
        print(__doc__.split("\n\n")[1].strip(), file=sys.stderr)
        return 2
    with tempfile.TemporaryDirectory(prefix="citeconv-styles-") as scratch:
        world = World(os.path.abspath(args[0]), None, scratch, len(args) < len(sys.argv) - 1)
        for name, *rest in checks(world):
            check(world, name, bounded, *rest)
    print(f"{len(failed)} failed" if failed else "all fine")
    return 1 if failed else 0


if __name__ == "__main__":
    sys.exit(main())
