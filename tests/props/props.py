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

ROOT = pathlib.Path(__file__).resolve().parents[2]
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


# All of CSL's: what a record may be and have (convert/record/{kind,field}.def).
def csl_words(file, macro):
    text = (ROOT / "convert/record" / file).read_text("utf-8")
    return re.findall(macro + r'\(\w+,\s*"([^"]+)"(?:,\s*(TEXT|NAMES|DATE))?\)', text)


def any_name(dice):
    """Every part that a name may have, in every company."""
    if dice.random() < 0.15:
        return {"literal": dice.choice(["欧阳修", "Ärztekammer", "Committee on Ice",
                                        "Smith and Sons, Ltd.", "van Hall & Co."])}
    name = {"family": dice.choice(["Nwosu", "d'Alembert", "al-Hassan", "Ortega y Gasset",
                                   "van Beethoven", "Şen", "欧阳", "O’Neil", "de"])}
    for part, likely, values in (
            ("given", 0.9, ["Ada", "Ada von", "Jean-Paul", "J. P.", "修", "Émile de la"]),
            ("non-dropping-particle", 0.25, ["van der", "d'", "al-", "De", "Von der", "'t"]),
            ("dropping-particle", 0.15, ["von", "de la", "d'"]),
            ("suffix", 0.15, ["Jr.", "III", "S.J."])):
        if dice.random() < likely and (part != "suffix" or "given" in name) \
                and (part != "dropping-particle" or "given" in name):
            name[part] = dice.choice(values)
    return name


def any_date(dice):
    return dice.choice([
        {"date-parts": [[dice.randint(1, 9999)]]}, {"date-parts": [[-44, 3, 15]]},
        {"date-parts": [[17000]]}, {"date-parts": [[2004, 21]]},
        {"date-parts": [[1999, 12, 31], [2000, 1, 1]]}, {"date-parts": [[1999], [0]]},
        {"date-parts": [[2001, 2]], "circa": True}, {"date-parts": [[2001, 5], [2001, 6]]},
        {"raw": "199X"}, {"raw": "../1985"}, {"raw": "1984-06-02?"}, {"raw": "1990/.."},
        {"raw": "1984?/2004~"}, {"raw": "2004-06-11%"}, {"raw": "1850~"},
        {"raw": "2004-04-05T14:34:00"}, {"literal": "in press"}, {"literal": "no date"},
        {"literal": "third quarter 1998"}])


def any_text(dice, field):
    return {"page": dice.choice(["1-9", "vii-xi", "S12-S34", "e1004", "3, 7-9", "104-1"]),
            "DOI": "10.5555/x_1(2)", "URL": "https://example.org/a_b?c=%20d#e",
            "ISBN": dice.choice(["978-0-306-40615-7", "978-0-306-40615-7, 0-306-40615-2"]),
            "ISSN": "0378-5955", "PMID": "12345678", "PMCID": "PMC1234567",
            "language": dice.choice(["en-US", "fr-FR", "de"]),
            "volume": dice.choice(["12", "IV"]), "issue": dice.choice(["3", "1-2"]),
            }.get(field) or phrase(dice)


def any_item(dice, number, kinds, fields):
    item = {"id": f"any{number}", "type": kinds[number % len(kinds)], "title": phrase(dice)}
    for field, form in dice.sample(fields, 12):
        if form == "NAMES":
            item[field] = [any_name(dice) for _ in range(dice.randint(1, 3))]
        elif form == "DATE":
            item[field] = any_date(dice)
        elif field == "keyword":
            item[field] = dice.choice(["one, two", "one", "one two, three"])
        else:
            item[field] = any_text(dice, field)
    return item


def any_records(seed, count):
    dice = random.Random(seed)
    kinds = [name for name, _ in csl_words("kind.def", "KIND")]
    fields = [(name, form) for name, form in csl_words("field.def", "FIELD")
              if name not in ("citation-key", "other", "title")]
    return json.dumps([any_item(dice, i, kinds, fields) for i in range(count)],
                      ensure_ascii=False).encode("utf-8")


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
        yield f"records of all kinds {seed}", "csl-json", any_records(seed, 90)


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
