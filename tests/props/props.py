#!/usr/bin/env python3
# SPDX-License-Identifier: MIT
"""What must hold for every pair of formats, on the samples, the library and made-up records.

    props.py PROGRAM FILE...          files are read as what their suffix says

1. Fixed point: what a format's writer wrote, its reader and writer give back to the byte.
2. Round trip: A -> B -> A, with --carry, means what A meant, field by field, but for what
   --report of either way names.
3. Repeated: f(f(x)) = f(x) for A -> A.
Meaning is compared as csl-jsonl has it, so a format must at least be read into that.
"""
import argparse
import json
import pathlib
import random
import re
import subprocess
import sys
import tempfile

LIMIT = 300  # seconds; a sanitizer's build is slow
MEANING = "csl-jsonl"
# Those whose spelling is our own; the others are libbibutils', whose losses are reported
# by their own cases.
OWN = ("bibtex", "biblatex", "ris", "csl-json", "csl-jsonl")


class Program:
    def __init__(self, path, work):
        self.path = path
        self.work = pathlib.Path(work)

    def run(self, data, source, target, *options):
        """Output of one conversion; status 1 is fine (records may be thrown away)."""
        done = subprocess.run([self.path, "-q", "-f", source, "-t", target, *options],
                              input=data, capture_output=True, timeout=LIMIT, check=False)
        if done.returncode not in (0, 1):
            raise SystemExit(f"{source} -> {target}: status {done.returncode}\n"
                             + done.stderr.decode("utf-8", "replace")[:2000])
        return done.stdout

    def reported(self, data, source, target, *options):
        """The same, and what --report says: a set of (record, field)."""
        file = self.work / "report.jsonl"
        out = self.run(data, source, target, "--report", str(file), *options)
        lines = [json.loads(line) for line in file.read_text("utf-8").splitlines()]
        told = {(line.get("record"), (line.get("field") or "").lower())
                for line in lines if line.get("fate") not in (None, "kept", "repaired")}
        return out, told

    def formats(self):
        listed = subprocess.run([self.path, "--list-formats"], capture_output=True,
                                check=True).stdout.decode()
        rows = [line.split(None, 2) for line in listed.splitlines()]
        return {row[0]: row[1] for row in rows}


def without_nocase(item):
    return {name: re.sub(r'<span class="nocase">(.*?)</span>', r"\1", value)
            if isinstance(value, str) else value for name, value in item.items()}


def meaning(program, data, source):
    """{key: {property: value}}; a key that repeats gets a number."""
    records, seen = {}, {}
    for line in program.run(data, source, MEANING).decode("utf-8").splitlines():
        # Braces that BibTeX needs so that no style recases a word say no more than the
        # word does.
        item = json.loads(line, object_hook=without_nocase)
        # U+200B is TeX's \\hspace{0pt}, which is read as nothing: people write it within
        # words so that a line may end there.
        item = {name: value.replace("\u200b", "") if isinstance(value, str) else value
                for name, value in item.items()}
        # biblatex's @techreport is @report with type = {techreport} (manual, 2.1.2), and
        # is written as that.
        if item.get("type") == "report" and item.get("genre") == "Technical report":
            del item["genre"]
        key = item.get("id", "")
        seen[key] = seen.get(key, 0) + 1
        name = key if seen[key] == 1 else f"{key}#{seen[key]}"
        carried = item.pop("custom", None) or {}
        carried.pop("citeconv", None)
        for tag, value in carried.items():
            item["custom." + tag.lower()] = value
        records[name] = item
    return records


def excused(told, key, field):
    """Whether a report names the field, by its own name or for the record as a whole."""
    bare = field.removeprefix("custom.").lower()
    key = key.split("#")[0]
    return any(record == key and name in (bare, "", field.lower()) for record, name in told)


def first_difference(before, after, told):
    for key, item in before.items():
        other = after.get(key)
        if other is None:
            if not any(record == key for record, _ in told):
                yield f"{key}: the record is gone"
            continue
        for field in sorted(set(item) | set(other)):
            if item.get(field) != other.get(field) and not excused(told, key, field):
                yield f"{key}: {field}: {item.get(field)!r} became {other.get(field)!r}"
    for key in after:
        if key not in before:
            yield f"{key}: a record came from nowhere"


# --- Made-up records ----------------------------------------------------------------

WORDS = ("tide buoy Fähre pier Mühle 海 lamp É̃tude naïve <b R&D 50% a_b #1 {x} $5 x^2 "
         "Straße Ångström — “quoted” l’eau \\alpha ~tilde 3.5 e.g. (sic) [x] C++ ½").split()
KINDS = ("article-journal book chapter paper-conference thesis report webpage dataset "
         "software patent article motion_picture song graphic map entry-encyclopedia "
         "legal_case legislation manuscript personal_communication post-weblog speech "
         "standard interview document").split()
TEXTS = ("title container-title collection-title publisher publisher-place volume issue "
         "number edition page genre note language archive call-number event-title "
         "event-place version medium section source status annote").split()


def phrase(dice):
    return " ".join(dice.choice(WORDS) for _ in range(dice.randint(1, 7)))


def made_name(dice):
    if dice.random() < 0.15:
        return {"literal": phrase(dice)}
    name = {"family": dice.choice(["Nwosu", "O'Dell", "Müller", "Roux-Moreau", "Ito", "Şen"])}
    if dice.random() < 0.9:
        name["given"] = dice.choice(["Ada", "J.-P.", "Élise Marie", "小明", "K. R."])
    if dice.random() < 0.15:
        name["non-dropping-particle"] = dice.choice(["van der", "de la", "al-"])
    if dice.random() < 0.1 and "given" in name:
        name["suffix"] = dice.choice(["Jr.", "III"])
    return name


def made_date(dice):
    parts = [dice.randint(1500, 2030)]
    if dice.random() < 0.6:
        parts.append(dice.randint(1, 12))
        if dice.random() < 0.6:
            parts.append(dice.randint(1, 28))
    date = {"date-parts": [parts]}
    if dice.random() < 0.1:
        date["date-parts"].append([parts[0] + 1])
    if dice.random() < 0.1:
        date["circa"] = True
    return date


def made_item(dice, number):
    item = {"id": f"made{number}", "type": dice.choice(KINDS)}
    for field in TEXTS:
        if field == "title" or dice.random() < 0.3:
            item[field] = phrase(dice)
    if dice.random() < 0.2:
        item["title"] = f"On <i>{phrase(dice)}</i> and H<sub>2</sub>O".replace("<b", "b")
    for role in ("author", "editor", "translator"):
        if dice.random() < 0.6:
            item[role] = [made_name(dice) for _ in range(dice.randint(1, 4))]
    for when in ("issued", "accessed", "original-date"):
        if dice.random() < 0.5:
            item[when] = made_date(dice)
    if dice.random() < 0.5:
        item["DOI"] = f"10.5555/made_{number}<x>;2"
        item["URL"] = f"https://example.org/{number}?a=1&copy=2#x_y%20~"
    if dice.random() < 0.3:
        item["keyword"] = "one, two words, three"
    if dice.random() < 0.3:
        item["abstract"] = phrase(dice) + ".\n\n" + phrase(dice) + "."
    return item


def made_records(seed, count):
    dice = random.Random(seed)
    return json.dumps([made_item(dice, i) for i in range(count)],
                      ensure_ascii=False).encode("utf-8")


# --- The properties -----------------------------------------------------------------

def check_fixed_point(program, data, source, target):
    once = program.run(data, source, target)
    again = program.run(once, target, target)
    if once != again:
        yield f"{source} -> {target} is not what {target} -> {target} gives back" \
            + where(once, again)


def where(one, two):
    for number, (a, b) in enumerate(zip(one.split(b"\n"), two.split(b"\n")), 1):
        if a != b:
            return (f": line {number}: {a[:160].decode('utf-8', 'replace')!r} became "
                    f"{b[:160].decode('utf-8', 'replace')!r}")
    return ": one ends before the other"


def check_repeated(program, data, source):
    once = program.run(data, source, source)
    twice = program.run(once, source, source)
    if once != twice:
        yield f"{source} -> {source} twice is not once" + where(once, twice)


def check_round_trip(program, data, source, target):
    there, told = program.reported(data, source, target, "--carry")
    back, told_back = program.reported(there, target, source, "--carry")
    yield from (f"{source} -> {target} -> {source}: {text}" for text in first_difference(
        meaning(program, data, source), meaning(program, back, source), told | told_back))


def inputs(files, formats):
    suffixes = {"bib": "biblatex", "ris": "ris", "json": "csl-json", "jsonl": "csl-jsonl",
                "txt": "arrow"}
    for file in map(pathlib.Path, files):
        source = suffixes.get(file.suffix[1:])
        if source in formats and "r" in formats[source]:
            yield file.name, source, file.read_bytes()
    for seed in range(4):
        yield f"made-up records {seed}", "csl-json", made_records(seed, 60)


def main():
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("program")
    parser.add_argument("files", nargs="+")
    arguments = parser.parse_args()
    failures = checks = 0
    with tempfile.TemporaryDirectory(prefix="citeconv-props-") as work:
        program = Program(arguments.program, work)
        formats = program.formats()
        both = [name for name in OWN if formats.get(name) == "rw"]
        for name, source, data in inputs(arguments.files, formats):
            problems = []
            for target in both:
                problems += check_fixed_point(program, data, source, target)
                checks += 1
                if source in both and target != source:
                    problems += check_round_trip(program, data, source, target)
                    checks += 1
            if source in both:
                problems += check_repeated(program, data, source)
                checks += 1
            failures += len(problems)
            for text in problems[:40]:
                print(f"{name}: {text}")
            if len(problems) > 40:
                print(f"{name}: {len(problems) - 40} more")
    print(f"{checks} checks, {failures} failures")
    return 1 if failures or checks == 0 else 0


if __name__ == "__main__":
    sys.exit(main())
