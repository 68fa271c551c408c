#!/usr/bin/env python3
# SPDX-License-Identifier: MIT
"""Fuzzes for a while, seeded with the inputs of all cases: fuzz.py PROGRAM SECONDS [DOOR].

DOOR is a letter of fuzz.c's DOORS: only seeds of that one.  CITECONV_FUZZ_FIXED_POINT in
the environment makes it a failure where BibTeX written twice is not BibTeX written once.  What is found stays in the
directory that the last line names.
"""
import os
import pathlib
import re
import subprocess
import sys
import tempfile

TESTS = pathlib.Path(__file__).resolve().parent.parent
WORDS = """Conference|Journal|2024|Conference Paper|Journal Article|\u2022 |Author name cluster
Arrow Research search|Possible papers| papers|http: //|10. 1000/|arXiv: |i. e. ,|[abs]|&copy
$x$|\\%|<i>|</i>|et al.| 0001|van der |\r\n|{year-1999:th}
@article{k,|@string{|@comment{|@preamble{| = {|},|}\n}|author = {|title = {|crossref = {|year =
 and | others|\\'{e}|\\emph{|\\textbf|\\href{|{{|}}|month = jan # "|date = {|keywords|doi = {
xdata = {|ids = {|entryset|\\\"|\\^|\\noopsort{|--|``|''|\\mathrm{|{\\it |\\url{|\\char|\\ss
TY  - |ER  - |AU  - |TI  - |PY  - |DA  - |T2  - |KW  - |SP  - |M2  - |DO  - |JOUR|CHAP
"id":|"type":|"title":|"author":[{|"family":|"given":|"literal":|"issued":|"date-parts":[[
"raw":|"note":|"custom":|"circa":|\\u00e9|\\ud83d|null|true|article-journal|}]|}},{|"season":
<?xml |<mods |<title>|</title>|<record>|%A |%T |%0 |PMID- |FAU - |PT J|AF |ER\n|EF\n
 in (| not | and | or |has | like '*'|..|==|!=|~|>=|key|any|type
[auth|:lower|[year]|.lower| + | | |shorttitle(|.postfix('|%(n)s|.skipwords|:abbr]|(3,3)
\\citation{|\\abx@aux@cite{0}{|\\@input{|<bcf:citekey |</bcf:citekey>| members="|*
ris field |bibtex field |ris type |title|number|container-title| = -|= title
 BC|c. |May|May-June | 2020|19XX|2004-22|/..|Spring|Mai |T10:10:10Z|\u2013"""
# Which reader a seed is meant for: its number in formats.def.
READERS = {".bib": 1, ".ris": 3, ".json": 4, ".jsonl": 5}
BY_CONTENT = 255
# What no case has as a file of its own.
SEEDS = {
    "s": ["type == article-journal and year in 2010..2015 and not (has doi or author ~ \"li\")",
          "title like 'a*' or keyword in (a, b) and issued >= 2020-05", "any !~ x", "key is one"],
    "k": ["[auth:lower][year][shorttitle3_3]", "auth.lower + year + shorttitle(3, 3)",
          "[authors2:abbr][year:(x)]|[title:skipwords:select(1,2)]", "doi.postfix('-%(A)s') | key"],
    "a": ["\\relax\n\\citation{one,two}\n\\abx@aux@cite{0}{three}\n\\@input{x.aux}\n", "\\citation{*}"],
    "b": ['<bcf:citekey order="1">one</bcf:citekey>\n<bcf:citekey type="set" members="one,tw&#111;">'],
    "m": ["ris field C7 = number article-journal\nbibtex type thesis = book\n# x\nris field T1 = -\n"],
    "l": ["{\\'E}tudes \\emph{on {B}} $x^2_{ij}$ \\href{http://x}{y} ``q'' --- &amp; <i>z</i>~\\o",
          "\\textsc{a \\textbf{b}}\\par {\\it c\\/} \\\"{\\i} \\v{S} \\$5 $\\alpha$ \\mbox{d} \\unknown{e}"],
    "d": ["12-15 May 2020", "c. 1850", "[1850?]", "44 BC", "1998--99", "2004-06-XX", "Spring 2020",
          "25.12.2020", "2004-01-01T10:10:10+05:00/..", "May 2019 - June 2020"],
    "3": ["@a{k,t={1},y=1}\n%c\0@a{k,t={2},y=1}\n@b{l}\0@a{k,t={1},y=2}\n%c\n@b{m,x={y}}"],
    "x": ["\x07a <jats:p>b &amp;amp; <i>c</i></jats:p> <math><msub><mi>x</mi><mn>2</mn></msub></math>",
          "O<b>a <span class=\"nocase\">b</b></span> $x<i>y</i>$ &lt;i&gt;z&lt;/i&gt;<br/>q &copy w"],
    "=": ["a\nb\nc\0a\nc\nd", "a\0a\n"],
}


def conversions():
    """Each input through every writer, and once more for what it becomes when written."""
    patterns = ("*.txt", "*.bib", "*.ris", "*.json", "*.jsonl", "*.xml", "*.enw", "*.ciw",
                "*.nbib", "*.html", "input*")
    inputs = {path for where in (TESTS / "cases", TESTS / "library", TESTS.parent / "samples")
              for pattern in patterns for path in where.rglob(pattern) if path.is_file()}
    for number, path in enumerate(sorted(inputs)):
        data = path.read_bytes()
        reader = READERS.get(path.suffix, BY_CONTENT)
        if path.suffix == ".bib":
            yield b"f" + data
        for n in range(2):
            mixed = number * 37 + n * 101
            yield b"c" + bytes([reader, (number + 5 * n) % 11, mixed & 255, 0 if n else mixed >> 2 & 255,
                                mixed >> 3 & 31]) + data


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
        yield b"\0".join([b"y%c" % number + path.read_bytes(), locale, ITEMS.encode(), CITES.encode()])
        number += 1
    for path in sorted(TESTS.glob("csl/own/*.txt")) + sorted(TESTS.glob("cases/**/*.csl")):
        text = path.read_bytes()
        parts = text.split(b">>===== CSL =====>>\n")
        style = text if path.suffix == ".csl" else parts[-1].split(b"<<===== CSL")[0]
        parts = text.split(b">>===== INPUT =====>>\n")
        items = parts[1].split(b"<<===== INPUT")[0] if len(parts) > 1 else ITEMS.encode()
        ids = [part.split(b'"')[0] for part in items.replace(b'"id":"', b'"id": "').split(b'"id": "')[1:]]
        cites = b"[" + b"; ".join(b"@" + i for i in ids) + b"]\n" + b"\n".join(b"@" + i for i in ids)
        yield b"\0".join([b"y%c" % (number & 255) + style, locale, items, cites])
        number += 1


def style_words():
    """Names of elements, attributes and values, from the places that read them."""
    rooms = TESTS.parent / "convert" / "style"
    texts = [(rooms / name).read_text() for name in ("parse.c", "attr.c", "var.c")]
    return sorted({word for text in texts for word in re.findall(r'"([a-z][a-zA-Z0-9-]{1,40})"', text)})


def main():
    """Runs libFuzzer over seeds in a directory of its own."""
    program, seconds, *door = sys.argv[1:]
    work = pathlib.Path(tempfile.mkdtemp(prefix="citeconv-fuzz-"))
    seeds = work / "seeds"
    seeds.mkdir()
    texts = [letter.encode() + text.encode() for letter, all_of in SEEDS.items() for text in all_of]
    texts += [b"v" + path.read_bytes() for path in sorted(TESTS.glob("cases/**/own.txt"))]
    texts += conversions()
    texts += styles()
    for number, text in enumerate(texts):
        if not door or text[:1] == door[0].encode():
            (seeds / str(number)).write_bytes(text)
    words = work / "words"
    words.write_text("".join('"%s"\n' % "".join(
        chr(b) if 32 <= b < 127 and chr(b) not in '"\\' else "\\x%02x" % b
        for b in word.encode()) for word in re.split("[\n|]", WORDS) + style_words() if word))
    done = subprocess.run([program, f"-max_total_time={seconds}", f"-dict={words}",
                           f"-artifact_prefix={work}/", "-seed=1", "-timeout=60", "-max_len=20000",
                           "-rss_limit_mb=1024", "-print_final_stats=1", "-verbosity=0",
                           str(seeds)], check=False, stderr=subprocess.STDOUT,
                          stdout=subprocess.PIPE, env=dict(os.environ, TMPDIR=str(work),
                                   UBSAN_OPTIONS="print_stacktrace=1"))
    print(done.stdout.decode("utf-8", "replace")[-6000:])
    print(f"{'failed' if done.returncode else 'clean'}; see {work}")
    return done.returncode


if __name__ == "__main__":
    sys.exit(main())
