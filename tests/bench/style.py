#!/usr/bin/env python3
# SPDX-License-Identifier: MIT
"""Measures citation styles beside pandoc and citeproc-js: style.py CITECONV [STYLE.csl [SIZE]].

The style is Debian's apa.csl (package citation-style-language-styles) where none is named;
SIZE is the largest of the usual lists, 100,000 without.  All run on the same items, in
turn; the least time counts, in seconds of the clock and, since machines are shared, of the
processor.  A peer that needs longer than a minute is not run on more.  The worst cases are
those that styles make expensive: what all have in common with what differs far behind,
rules that look at all names, long clusters, repeated ones.  No test runs this.
"""
import json
import os
import random
import shutil
import subprocess
import sys
import tempfile
import time

from bench import PEOPLE, WORDS, peak_of

TURNS = 3
PATIENCE = 60
STYLES = "/usr/share/citation-style-language/styles"
LOCALE = "/usr/share/citation-style-language/locales/locales-en-US.xml"
NO_TIME = (float("inf"), float("inf"))
FAMILIES = ("Adler Baker Chen Díaz Eriksson Fischer Garcia Hopper Ivanov Jensen Kaiser Łoś "
            "Moreau Noether Okafor Park Quinn Rossi Šimić Tanaka Ueda Vasquez Weber Xu "
            "Yilmaz Zhang").split()
GIVENS = "Ada Bo C. Dana Eva-Maria Finn Grace H. Ines Jan Kai Léa Max Nora O. Per".split()

# What the rules of a generated style are, around one name list and one year.
STYLE = """<style xmlns="http://purl.org/net/xbiblio/csl" class="in-text" version="1.0">
<info><title>x</title><id>x</id><updated>2020-01-01T00:00:00+00:00</updated></info>
<macro name="author"><names variable="author"><name and="text" %(name)s/></names></macro>
<macro name="year"><date variable="issued"><date-part name="year"/></date></macro>
<citation %(citation)s><sort><key macro="author"/><key macro="year"/></sort>
<layout prefix="(" suffix=")" delimiter="; "><group delimiter=", "><text macro="author"/>
<text macro="year"/></group></layout></citation>
<bibliography %(bibliography)s><sort><key macro="author"/><key macro="year"/><key
variable="title"/></sort><layout suffix="."><group delimiter=". "><text macro="author"/>
<text macro="year"/><text variable="title"/></group></layout></bibliography></style>"""

PEER_JS = """
const fs = require('fs'), CSL = require('citeproc');
const [items, style, locale, cites] = process.argv.slice(2);
const all = JSON.parse(fs.readFileSync(items, 'utf8'));
const by = new Map(all.map(i => [i.id, i]));
const text = fs.readFileSync(locale, 'utf8');
const engine = new CSL.Engine({retrieveItem: id => by.get(id), retrieveLocale: () => text},
                              fs.readFileSync(style, 'utf8'));
engine.setOutputFormat('text');
engine.updateItems(all.map(i => i.id));
if (cites) {
    const clusters = JSON.parse(fs.readFileSync(cites, 'utf8'));
    const done = engine.rebuildProcessorState(clusters.map((ids, n) => (
        {citationID: 'c' + n, citationItems: ids.map(id => ({id})),
         properties: {noteIndex: engine.opt.xclass === 'note' ? n + 1 : 0}})));
    process.stdout.write(done.map(c => c[2]).join('\\n'));
}
process.stdout.write(engine.makeBibliography()[1].join(''));
"""


def titled(pick, number):
    """Like no other."""
    return f"{' '.join(pick.choices(WORDS, k=8)).capitalize()}: part {number}"


def person(pick):
    """As many differ as in a library of that field."""
    name = pick.choice(PEOPLE).split(" ", 1) if pick.random() < 0.1 else (
        pick.choice(GIVENS), pick.choice(FAMILIES) + pick.choice(["", "-" + pick.choice(FAMILIES), "son"]))
    return {"given": name[0], "family": name[1]}


def article(pick, number, authors, year):
    """All that a reference list prints."""
    first = pick.randrange(1, 900)
    return {"id": f"i{number}", "type": "article-journal", "title": titled(pick, number), "author": authors,
            "issued": {"date-parts": [[year, pick.randrange(1, 13)]]}, "volume": str(pick.randrange(1, 90)),
            "container-title": f"Journal of {pick.choice(WORDS)} & {pick.choice(WORDS)}", "issue": str(number % 12 + 1),
            "page": f"{first}-{first + 14}", "DOI": f"10.5555/{number}"}


def usual(pick, count):
    """Journals, books and chapters by one to six people."""
    items = []
    for number in range(count):
        people = [person(pick) for _ in range(pick.randrange(1, 7))]
        item = article(pick, number, people, pick.randrange(1950, 2025))
        if number % 5 == 0:
            item.update(type="book", publisher="Greenleaf Press", edition=str(number % 7 + 1))
            del item["container-title"], item["page"], item["volume"], item["issue"]
        elif number % 5 == 1:
            item.update(type="chapter", publisher="Greenleaf Press", editor=[person(pick)])
            del item["volume"], item["issue"]
        items.append(item)
    return items


def alike(pick, count, people):
    """One year; `people` gives each item's authors by its number."""
    return [article(pick, n, people(n), 2001) for n in range(count)]


def same(pick, count):
    """Nothing but the year-suffix tells them apart."""
    return alike(pick, count, lambda n: [{"family": "Doe", "given": "Jane"}])


def eighth(pick, count):
    """The first seven are the same people."""
    seven = [{"family": f, "given": "A."} for f in FAMILIES[:7]]
    return alike(pick, count, lambda n: seven + [{"family": f"Zed{n}", "given": "B."}, {"family": "End", "given": "C."}])


def namesakes(pick, count):
    """One family name; initials and given names tell."""
    return alike(pick, count, lambda n: [
        {"family": "Smith", "given": f"{chr(65 + n % 26)}{chr(97 + n // 26 % 26)}{chr(97 + n // 676 % 26)} {chr(65 + n % 7)}."},
        {"family": "Jones", "given": GIVENS[n % len(GIVENS)]}])


def one_author(pick, count):
    """By one author in many years."""
    return [article(pick, n, [{"family": "Doe", "given": "Jane"}, person(pick)], 1900 + n % 120) for n in range(count)]


def generated(work, file, **options):
    """A style of its own."""
    path = os.path.join(work, file + ".csl")
    parts = {"name": "", "citation": "", "bibliography": "", **options}
    with open(path, "w", encoding="utf-8") as out:
        out.write(STYLE % parts)
    return path


def worst(work, style):
    """(name, items, style, clusters) of each; clusters are lists of numbers."""
    least = 'et-al-min="3" et-al-use-first="1"'
    tells = 'disambiguate-add-year-suffix="true" disambiguate-add-names="true"'
    yield "one author, one year", same, style, None
    yield "differ in the 8th name", eighth, generated(work, "names", name=least, citation=tells), None
    yield "differ in the 8th, APA", eighth, style, None
    for rule in ("by-cite", "all-names", "all-names-with-initials", "primary-name", "primary-name-with-initials"):
        path = generated(work, rule, name='form="short" initialize-with="."',
                         citation=f'disambiguate-add-givenname="true" givenname-disambiguation-rule="{rule}" {tells}')
        yield "namesakes, " + rule, namesakes, path, None
    for collapse in ("year-suffix-ranged", "year"):
        path = generated(work, collapse, citation=f'collapse="{collapse}" {tells}')
        yield f"1,000 a cluster, {collapse}", same, path, lambda n: [list(range(i, min(i + 1000, n))) for i in range(0, n, 1000)]
    path = os.path.join(STYLES, "ieee.csl")
    yield "1,000 a cluster, numbers", usual, path, lambda n: [list(range(i, min(i + 1000, n))) for i in range(0, n, 1000)]
    path = os.path.join(STYLES, "chicago-fullnote-bibliography.csl")
    yield "ibid", lambda pick, n: usual(pick, 10), path, lambda n: [[i // 1000 % 10] for i in range(n)]
    yield "notes, each twice", usual, path, lambda n: [[i // 2] for i in range(n)]
    path = generated(work, "dashes", bibliography='subsequent-author-substitute="———" '
                     'subsequent-author-substitute-rule="partial-each"')
    yield "author substitute", one_author, path, None


def cpu_of(command):
    """Seconds of the clock and of the processor; more than any where it takes too long."""
    with open(os.devnull, "w", encoding="ascii") as null:
        began = time.perf_counter()
        before = os.times()
        try:
            subprocess.run(command, stdout=null, stderr=null, check=True, timeout=PATIENCE)
        except (subprocess.TimeoutExpired, subprocess.CalledProcessError):
            return NO_TIME
        after = os.times()
        return (time.perf_counter() - began,
                after.children_user + after.children_system - before.children_user - before.children_system)


def write(path, text):
    """Gives the path back."""
    with open(path, "w", encoding="utf-8") as out:
        out.write(text)
    return path


class Bench:
    """The programs, and how far each may go."""

    def __init__(self, citeconv, work):
        self.citeconv, self.work = citeconv, work
        self.peers = {}
        if shutil.which("pandoc"):
            self.peers["pandoc"] = self.pandoc
        if self.install():
            self.peers["citeproc-js"] = self.node
        print("beside: " + (", ".join(self.peers) or "no peer; pandoc and node with npm are not there"))

    def install(self):
        """citeproc-js, from its registry."""
        if not shutil.which("node") or not shutil.which("npm"):
            return False
        done = subprocess.run(["npm", "i", "--silent", "--prefix", self.work, "citeproc"], check=False,
                              stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL)
        write(os.path.join(self.work, "peer.js"), PEER_JS)
        return done.returncode == 0

    def node(self, items, style, clusters):
        """As a word processor's plugin calls it."""
        command = ["node", os.path.join(self.work, "peer.js"), items, style, LOCALE]
        if clusters:
            command.append(write(items + ".clusters", json.dumps([[f"i{n}" for n in c] for c in clusters])))
        return command

    @staticmethod
    def pandoc(items, style, clusters):
        """Of clusters it wants a document."""
        if not clusters:
            return ["pandoc", "-f", "csljson", "-t", "plain", "--citeproc", f"--csl={style}", items]
        text = "\n\n".join("[" + "; ".join(f"@i{n}" for n in c) + "]" for c in clusters)
        return ["pandoc", "-f", "markdown", "-t", "plain", "--citeproc", f"--csl={style}", f"--bibliography={items}",
                write(items + ".md", text + "\n")]

    def ours(self, items, style, clusters):
        """The program as users run it."""
        command = [self.citeconv, "-q", "-t", "text", "--style", style, items]
        if clusters:
            text = "\n".join("[" + "; ".join(f"@i{n}" for n in c) + "]" for c in clusters)
            command[1:1] = ["--cite", write(items + ".cites", text + "\n")]
        return command

    def measure(self, case, make, style, count, clusters):
        """One line of the table for each program; gives those that were too slow."""
        items = write(os.path.join(self.work, "items.json"),
                      json.dumps(make(random.Random(1843), count), ensure_ascii=False))
        clusters = clusters(count) if clusters else None
        commands = {"citeconv": self.ours(items, style, clusters)}
        commands.update((name, peer(items, style, clusters)) for name, peer in self.peers.items())
        best = {name: NO_TIME for name in commands}
        for turn in range(TURNS):
            for name, command in commands.items():
                if turn == 0 or best[name][0] < PATIENCE / 6:
                    best[name] = min(best[name], cpu_of(command), key=lambda times: times[1])
        base = best["citeconv"][1]
        for name, (seconds, cpu) in best.items():
            row = f"{case:32} {count:7} {name:12}"
            if cpu == float("inf"):
                print(f"{row} failed, or longer than {PATIENCE} s", flush=True)
            else:
                print(f"{row} {seconds:8.3f} {cpu:8.3f} {cpu / base:7.1f} {peak_of(commands[name]):8.1f}", flush=True)
        return {name for name, times in best.items() if times == NO_TIME}


def main():
    """Prints one table."""
    citeconv = os.path.abspath(sys.argv[1])
    style = os.path.abspath(sys.argv[2]) if len(sys.argv) > 2 else os.path.join(STYLES, "apa.csl")
    most = int(sys.argv[3]) if len(sys.argv) > 3 else 100_000
    with tempfile.TemporaryDirectory(prefix="citeconv-style-") as work:
        bench = Bench(citeconv, work)
        peers = dict(bench.peers)
        print(f"best of {TURNS}; {os.path.basename(style)} where no other is said\n"
              f"{'':32} {'items':>7} {'':12} {'seconds':>8} {'CPU':>8} {'ratio':>7} {'peak MB':>8}")
        for count in (100, 1_000, 10_000, 100_000):
            if count > most:
                break
            slow = bench.measure("usual", usual, style, count, None)
            bench.peers = {name: peer for name, peer in bench.peers.items() if name not in slow}
        for case, make, own, clusters in worst(work, style):
            bench.peers = dict(peers)
            for count in (100, 1_000, 10_000):
                if count <= most:
                    slow = bench.measure(case, make, own, count, clusters)
                    bench.peers = {name: peer for name, peer in bench.peers.items() if name not in slow}


if __name__ == "__main__":
    main()
