#!/usr/bin/env python3
# SPDX-License-Identifier: MIT
"""Holds the CSL-JSON that citeconv writes against CSL's own schema.

Usage: schema.py CITECONV SCHEMA PAGE...

SCHEMA is csl-data.json of CSL 1.0.2.  Both forms must obey it, `-t csl-json` whole and
`-t csl-jsonl` line by line, and must carry equal items; in ASCII they must parse to the
same data.  Beyond the schema: keys are unique and come in the same order in all items,
no item or name says a thing twice, every name has a family or literal name, and a number
is nobody's family name.

Exit status: 0 fine, 1 something was found, 2 wrong usage, 77 the module jsonschema or
the schema is not there.
"""
import json
import os
import re
import subprocess
import sys

try:
    import jsonschema
except ImportError:
    jsonschema = None

NAME_PARTS = {"family", "given", "dropping-particle", "non-dropping-particle", "suffix",
              "literal", "comma-suffix", "static-ordering", "parse-names"}


def convert(program, page, *options):
    result = subprocess.run([program, "-q", *options, page], capture_output=True, check=False)
    if result.returncode != 0:
        raise SystemExit("%s %s %s: exit status %d\n%s" % (
            program, " ".join(options), page, result.returncode,
            result.stderr.decode(errors="replace")))
    return result.stdout


def once(pairs):
    """An object whose properties must differ: parsers keep the last of equal ones."""
    value = dict(pairs)
    if len(value) != len(pairs):
        names = [name for name, _ in pairs]
        raise ValueError("%s comes twice" % [n for n in names if names.count(n) > 1][0])
    return value


def refuse(word):
    raise ValueError("%s is no JSON" % word)


def parse(data, charset="utf-8"):
    return json.loads(data.decode(charset), object_pairs_hook=once, parse_constant=refuse)


def items_of(program, page, form, found, ascii_only=False):
    """The items of a form; what does not parse is complained of."""
    options = ("-t", form) + (("--to-charset", "ascii") if ascii_only else ())
    data = convert(program, page, *options)
    charset = "ascii" if ascii_only else "utf-8"
    what = "%s%s" % (form, " in ASCII" if ascii_only else "")
    if data and not data.endswith(b"\n"):
        found.append("%s: the last line does not end" % what)
    items = []
    try:
        if form == "csl-json":
            items = parse(data, charset)
        else:
            for number, line in enumerate(data.split(b"\n")[:-1], 1):
                what = "%s, line %d" % (form, number)
                items.append(parse(line, charset))
    except ValueError as error:
        found.append("%s: %s" % (what, error))
    return items


def validate(validator, items, what, found):
    for error in sorted(validator.iter_errors(items), key=lambda error: list(map(str, error.path))):
        path = list(error.absolute_path)
        key = items[path[0]].get("id") if path and isinstance(items[path[0]], dict) else "?"
        found.append("%s: %s: %s: %s" % (what, key, "/".join(map(str, path[1:])), error.message))


def names_in(item):
    """(property, names) of whatever is a list of objects."""
    for name, value in item.items():
        if isinstance(value, list) and value and all(isinstance(each, dict) for each in value):
            yield name, value


def check_names(item, found):
    for name, people in names_in(item):
        for person in people:
            said = "%s: %s: %s" % (item.get("id"), name, json.dumps(person, ensure_ascii=False))
            family, literal = person.get("family", ""), person.get("literal", "")
            if not family and not literal:
                found.append("%s: neither a family nor a literal name" % said)
            if family and literal:
                found.append("%s: both a family and a literal name" % said)
            if re.fullmatch(r"[\d\s.]+", family or literal):
                found.append("%s: a number is no name" % said)
            if re.search(r"\s\d{4}$", family + literal) or \
                    re.search(r"\d{4}", person.get("given", "") + person.get("suffix", "")):
                found.append("%s: a homonym's number is no part of a name" % said)
            if not set(person) <= NAME_PARTS:
                found.append("%s: %s is no part of a name" % (said, set(person) - NAME_PARTS))
            if re.fullmatch(r"(and )?(others|et\.? al\.?)", literal or family, re.I):
                found.append("%s: that is nobody" % said)
            for part, value in person.items():
                if isinstance(value, str) and (value != value.strip() or value == ""):
                    found.append("%s: %s is empty or has blanks around it" % (said, part))


def check_order(items, found):
    """Each two properties must come in the same order wherever both are."""
    before = {}
    for item in items:
        names = list(item)
        for i, first in enumerate(names):
            for second in names[i + 1:]:
                if (second, first) in before:
                    found.append("%s: %s comes before %s, but not in %s" %
                                 (item.get("id"), first, second, before[second, first]))
                    return
                before.setdefault((first, second), item.get("id"))


def check_ids(items, found):
    seen = set()
    for item in items:
        key = item.get("id")
        if not isinstance(key, str) or not key:
            found.append("an item has no id: %s" % json.dumps(item)[:80])
        elif key in seen:
            found.append("%s: two items have this id" % key)
        seen.add(key)


def differences(first, second):
    """Keys of items that are not equal, or how many there are."""
    if len(first) != len(second):
        return "%d items and %d" % (len(first), len(second))
    unequal = [a.get("id") for a, b in zip(first, second)
               if a != b or list(a) != list(b)]
    return ", ".join(map(str, unequal))


def check(validator, program, page):
    found = []
    array = items_of(program, page, "csl-json", found)
    lines = items_of(program, page, "csl-jsonl", found)
    if not isinstance(array, list):
        return found + ["csl-json: is no array"], 0
    validate(validator, array, "csl-json", found)
    for item in lines:
        validate(validator, [item], "csl-jsonl", found)
    items = [item for item in array if isinstance(item, dict)]
    for item in items:
        check_names(item, found)
    check_ids(items, found)
    check_order(items, found)
    for what, others in (
            ("csl-jsonl", lines),
            ("csl-json in ASCII", items_of(program, page, "csl-json", found, True)),
            ("csl-jsonl in ASCII", items_of(program, page, "csl-jsonl", found, True))):
        differ = differences(array, others)
        if differ:
            found.append("csl-json and %s differ: %s" % (what, differ))
    return found, len(array)


def main(arguments):
    if len(arguments) < 3:
        print(__doc__, file=sys.stderr)
        return 2
    if jsonschema is None:
        print("SKIP: schema: Python's jsonschema is not installed (apt install "
              "python3-jsonschema) for %s" % sys.executable)
        return 77
    if not os.path.exists(arguments[1]):
        print("SKIP: schema: %s is not there" % arguments[1])
        return 77
    with open(arguments[1], encoding="utf-8") as schema_file:
        schema = json.load(schema_file)
    validator_class = jsonschema.validators.validator_for(schema)
    validator_class.check_schema(schema)
    validator = validator_class(schema)
    program = os.path.abspath(arguments[0])
    failed = total = 0
    for page in arguments[2:]:
        found, count = check(validator, program, page)
        total += count
        failed += len(found)
        for complaint in found:
            print("%s: %s" % (os.path.basename(page), complaint))
    if total == 0:
        print("schema: the pages have no records")
        return 1
    print("schema: %d items, %d complaints" % (total, failed))
    return 1 if failed else 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
