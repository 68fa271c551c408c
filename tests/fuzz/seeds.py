# SPDX-License-Identifier: MIT
"""What each door begins with: the inputs of all cases, and what no case has as a file."""

import pathlib
import re
import shlex
import struct
import subprocess

TESTS = pathlib.Path(__file__).resolve().parent.parent
PATTERNS = ("*.txt", "*.bib", "*.ris", "*.json", "*.jsonl", "*.xml", "*.enw", "*.ciw", "*.isi",
            "*.nbib", "*.copac", "*.html", "input*")
MOST = 20000  # bytes of a seed

# What no case has as a file of its own.
WORDS = {
    "select": ["type == article-journal and year in 2010..2015 and not (has doi or author ~ \"li\")",
               "title like 'a*' or keyword in (a, b) and issued >= 2020-05", "any !~ x", "key is one"],
    "key": ["[auth:lower][year][shorttitle3_3]", "auth.lower + year + shorttitle(3, 3)",
            "[authors2:abbr][year:(x)]|[title:skipwords:select(1,2)]",
            "doi.postfix('-%(A)s') | key"],
    "aux": ["\\relax\n\\citation{one,two}\n\\abx@aux@cite{0}{three}\n\\@input{x.aux}\n", "\\citation{*}"],
    "bcf": ['<bcf:citekey order="1">one</bcf:citekey>\n<bcf:citekey type="set" members="one,tw&#111;">'],
    "map": ["ris field C7 = number article-journal\nbibtex type thesis = book\n# x\nris field T1 = -\n"],
    "latex": ["{\\'E}tudes \\emph{on {B}} $x^2_{ij}$ \\href{http://x}{y} ``q'' --- &amp; <i>z</i>~\\o",
              "\\textsc{a \\textbf{b}}\\par {\\it c\\/} \\\"{\\i} \\v{S} \\$5 $\\alpha$ \\mbox{d} \\unknown{e}"],
    "date": ["12-15 May 2020", "c. 1850", "[1850?]", "44 BC", "1998--99", "2004-06-XX", "Spring 2020",
             "25.12.2020", "2004-01-01T10:10:10+05:00/..", "May 2019 - June 2020"],
    "merge": ["@a{k,t={1},y=1}\n%c\0@a{k,t={2},y=1}\n@b{l}\0@a{k,t={1},y=2}\n%c\n@b{m,x={y}}"],
    "markup": ["\x07a <jats:p>b &amp;amp; <i>c</i></jats:p> <math><msub><mi>x</mi><mn>2</mn></msub></math>",
               "O<b>a <span class=\"nocase\">b</b></span> $x<i>y</i>$ &lt;i&gt;z&lt;/i&gt;<br/>q &copy w"],
    "diff": ["a\nb\nc\0a\nc\nd", "a\0a\n"],
    "cite": ["[see @a, p. 33; @b; -@c:1, chap. 2 and more]\n@a\n[@a]\n[@a, 12-15]\n[@b; @a]\n@{c:1} [p. 3]\n",
             '[{"citationID": "x", "citationItems": [{"id": "a", "locator": "3", "label": "page", '
             '"prefix": "see <i>", "suppress-author": true}], "properties": {"noteIndex": 2}}]',
             '[[{"id": "a", "position": 1, "near-note": true}, {"id": "b", "author-only": 1}], []]'],
    "library": ["key\0[auth]\0width\0" + "40\0venues\0@\0to-charset\0ascii\0\0title\0<i>A</i>\0html\0@book{a, title={B}}",
                "opt\0bibtex.for=zotero\0sort\0-issued\0\0issued\0" + "2020-05/..\0ris\0TY  - JOUR\nTI  - A\nER  - \n"],
}


LOCALE = """<locale xml:lang="en-US"><style-options punctuation-in-quote="true"/>
<date form="text"><date-part name="month" suffix=" "/><date-part name="day" suffix=", "/><date-part name="year"/></date>
<date form="numeric"><date-part name="month" form="numeric-leading-zeros" suffix="/"/><date-part name="year"/></date>
<terms><term name="and">and</term><term name="and" form="symbol">&amp;</term><term name="et-al">et al.</term>
<term name="ibid">ibid.</term><term name="no date">n.d.</term><term name="open-quote">\u201c</term>
<term name="close-quote">\u201d</term><term name="open-inner-quote">\u2018</term><term name="close-inner-quote">\u2019</term>
<term name="editor"><single>editor</single><multiple>editors</multiple></term><term name="ordinal">th</term>
<term name="ordinal-01">st</term><term name="page" form="short"><single>p.</single><multiple>pp.</multiple></term>
<term name="long-ordinal-01">first</term><term name="month-05">May</term><term name="season-01">Spring</term>
<term name="page-range-delimiter">\u2013</term></terms></locale>"""
ITEMS = """[{"id":"a","type":"article-journal","author":[{"family":"Doe","given":"Jane M."},{"family":"van der Roe",
"given":"Ann-Marie"},{"literal":"WHO"}],"title":"On \\"it\\": <i>a <sup>b</sup></i> study","issued":{"date-parts":[[2001,
5,3],[2002,1]]},"page":"321-28","volume":"4","DOI":"10.5555/x","container-title":"J. of It"},{"id":"b","type":"book",
"author":[{"family":"Doe","given":"John"}],"editor":[{"family":"Li","given":"W."}],"title":"'t Vuur","edition":"2",
"issued":{"date-parts":[[2001]],"circa":true},"language":"nl"},{"id":"c","type":"chapter","title":"B",
"editor":[{"family":"Li","given":"W."}],"translator":[{"family":"Li","given":"W."}],"issued":{"raw":"forthcoming"}}]"""
CITES = "[see @a, p. 33; @b; -@c, chap. 2 and more]\n@a\n[@a]\n[@a, 12-15]\n[@b; @a; @c]\n"


def styles():
    """The program's own, and those of the cases, with items and citations."""
    number = 0
    locale = LOCALE.encode()
    for path in sorted((TESTS.parent / "formats" / "text" / "styles").glob("*.csl")):
        yield "style", b"\0".join([b"%c" % number + path.read_bytes(), locale, ITEMS.encode(), CITES.encode()])
        number += 1
    for path in sorted(TESTS.glob("csl/own/*.txt")) + sorted(TESTS.glob("cases/**/*.csl")):
        text = path.read_bytes()
        parts = text.split(b">>===== CSL =====>>\n")
        style = text if path.suffix == ".csl" else parts[-1].split(b"<<===== CSL")[0]
        parts = text.split(b">>===== INPUT =====>>\n")
        items = parts[1].split(b"<<===== INPUT")[0] if len(parts) > 1 else ITEMS.encode()
        ids = [part.split(b'"')[0] for part in items.replace(b'"id":"', b'"id": "').split(b'"id": "')[1:]]
        cites = b"[" + b"; ".join(b"@" + i for i in ids) + b"]\n" + b"\n".join(b"@" + i for i in ids)
        yield "style", b"\0".join([b"%c" % (number & 255) + style, locale, items, cites])
        number += 1


def reader_of(path, data):
    """The door and the number of its reader that an input is meant for."""
    by_suffix = {".bib": ("bibtex", 0), ".ris": ("ris", None), ".json": ("csl-json", 0),
                 ".jsonl": ("csl-json", 1)}
    marks = [(b"<mods", "xml", 0), (b"<PubmedArticle", "xml", 2), (b"<MedlineCitation", "xml", 2),
             (b"<ArticleSet", "xml", 3), (b"<b:Source", "xml", 4), (b"<record>", "xml", 1),
             (b"PMID- ", "tagged", 2), (b"\nPT ", "tagged", 1), (b"\n%T ", "tagged", 0), (b"\nTI- ", "tagged", 3),
             (b"Author name cluster", "arrow", None), (b"Possible papers", "arrow", None)]
    if path.suffix in by_suffix:
        return by_suffix[path.suffix]
    for mark, door, number in marks:
        if mark in b"\n" + data[:4000]:
            return door, number
    return "any", None


def answer(helper, form, data):
    """What libbibutils says of a record of that tagged or XML format, as helper.c has it."""
    frame = b"r" + struct.pack("<I", len(data)) + data
    try:
        done = subprocess.run([helper, "read", form], input=frame, stdout=subprocess.PIPE, check=False, timeout=5)
    except subprocess.TimeoutExpired:
        return b""
    out = done.stdout[5 + struct.unpack("<I", done.stdout[1:5])[0]:]
    lines = []
    if out[:1] != b"l":
        return b""
    at = 5
    while at < len(out):
        level, size = struct.unpack("<bI", out[at:at + 5])
        tag = out[at + 5:at + 5 + size]
        at += 5 + size
        size = struct.unpack("<I", out[at:at + 4])[0]
        lines.append(b"%c" % (level + 48) + tag + b" " + out[at + 4:at + 4 + size])
        at += 4 + size
    return b"\0" + b"\n".join(lines)


HELPED = {"xml": ("mods", "endnote-xml", "medline", "ebi", "word"),
          "tagged": ("endnote", "isi", "nbib", "copac")}


def conversions(helper):
    """Each input to two writers, with other options each time."""
    inputs = {path for where in (TESTS / "cases", TESTS / "library", TESTS.parent / "samples")
              for pattern in PATTERNS for path in where.rglob(pattern) if path.is_file()}
    for count, path in enumerate(sorted(inputs)):
        data = path.read_bytes()
        if len(data) > MOST:
            continue
        door, number = reader_of(path, data)
        first = b"" if number is None else b"%c" % number
        if door == "bibtex" or door == "ris" or door == "csl-json":
            yield "again", b"%c" % {"bibtex": 0, "ris": 2, "csl-json": 3}[door] + b"-" + data
        behind = answer(helper, HELPED[door][number], data) if helper and door in HELPED else b""
        for n in range(2):
            mixed = count * 37 + n * 101
            yield door, first + bytes([(count + 5 * n) % 19, mixed & 255, 0 if n else mixed >> 2 & 255,
                                       mixed >> 3 & 31, count & 7 if n else 0]) + data + behind * n
        if door == "ris":
            yield "charset", bytes([count & 31, 7]) + data


def commands():
    """The arguments of the cases."""
    for path in sorted(TESTS.glob("cases/**/cmd")):
        try:
            words = shlex.split(path.read_text(encoding="utf-8"))
        except ValueError:
            continue
        yield "options", "\0".join(words[1:]).encode()
        for option, door in (("--select", "select"), ("--key", "key")):
            if option in words[:-1]:
                yield door, words[words.index(option) + 1].encode()


def all_seeds(helper=None):
    """(door, bytes) of each; `helper` is the path of citeconv-bibutils or nothing."""
    for door, texts in WORDS.items():
        for text in texts:
            yield door, text.encode()
    for path in sorted(TESTS.glob("cases/**/own.txt")):
        yield "venues", path.read_bytes()
    for pattern, door in (("*.aux", "aux"), ("*.bcf", "bcf"), ("*.map", "map")):
        for path in sorted(TESTS.glob("cases/**/" + pattern)):
            yield door, path.read_bytes()
    for name in ("UTF-16", "UTF-16LE", "UTF-16BE", "UTF-32", "UTF-7"):
        order = ["UTF-16", "UTF-16LE", "UTF-16BE", "UTF-32", "UTF-7"].index(name)
        yield "charset", bytes([order, 9]) + "TY  - JOUR\r\nTI  - \u00c9tude\nER  - \n".encode(name)
    yield from conversions(helper)
    yield from commands()
    yield from styles()


def style_words():
    """Names of elements, attributes and values, from the places that read them."""
    rooms = TESTS.parent / "convert" / "style"
    texts = [(rooms / name).read_text() for name in ("parse.c", "attr.c", "var.c")]
    return sorted({word for text in texts for word in re.findall(r'"([a-z][a-zA-Z0-9-]{1,40})"', text)})
