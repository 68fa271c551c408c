#!/usr/bin/env python3
# SPDX-License-Identifier: MIT
"""Holds the reader of CSL-JSON to what broken and endless files need: csljson.py CITECONV.

Cut anywhere, a file gives all items before the cut; an item broken in any way costs no
more than itself; brackets without end and a list longer than memory should be are no
trouble; and what was written once is read and written the same again.
"""
import json
import resource
import subprocess
import sys

ITEM = """  {
    "id": "%s", "type": "article-journal", "title": "A \\"title\\" {with} [brackets], \\u00e9",
    "author": [{"family": "Doe", "given": "J\\u00fc"}, {"literal": "A, B"}],
    "issued": {"date-parts": [[2020, 5]]}, "custom": {"n": [1, {"a": null}]}, "x": 1.50
  }"""

# One change each to an item's text: the others survive it.
BREAKS = [
    ('"x": 1.50', '"x": 1.50]'), ('"x": 1.50', '"x" 1.50'), ('"x": 1.50', '"x": 1.5.0'),
    ('"x": 1.50', '"x": nope'), ('"x": 1.50', '"x: 1.50'), ('"x": 1.50', 'x: 1.50'),
    ('"x": 1.50', '"x": {'), ('"x": 1.50', '"x": ['), ('"x": 1.50', '"x": "'),
    ('"type": "', '"type": '), ('"author": [{', '"author": [{{'), ('{"family"', '"family"'),
    ('[[2020, 5]]', '[[2020, 5]'), ('[[2020, 5]]', '[2020, 5]]'), (', "x"', ' "x"'),
    (', "x"', ',, "x"'), ('"x": 1.50\n  }', '"x": 1.50\n'), ('  {\n', '  {{\n'),
    ('"x": 1.50', '"x": ' + "[" * 3000), ('"x": 1.50', '"x": "\\ud8'),
    ('"x": 1.50', "'x': 1.50"), ('"x": 1.50', '// x\n'),
]
# And these are understood all the same.
MENDS = [
    ('"x": 1.50', '"x": 1.50,'), ('[[2020, 5]]', '[[2020, 5,],]'), ('{with}', '{with\n\t}'),
    ('{with}', '{with \\_ }'), ('{with}', '{with \\ud800 }'), ('"x": 1.50', '"x": 1' + "0" * 30),
    ('"x": 1.50', '"x": 1.50, "x": 2'),
]


def run(program, data, source="csl-json", *options):
    command = [program, "-q", "-f", source, "-t", "csl-jsonl", *options]
    return subprocess.run(command, input=data, capture_output=True, check=False, timeout=300)


def ids(done):
    return [json.loads(line)["id"] for line in done.stdout.splitlines()]


def lists():
    """Ways in which items stand in a file, and how many bytes come after each."""
    items = [ITEM % name for name in "abc"]
    yield "array", "[\n%s\n]\n" % ",\n".join(items)
    yield "lines", "".join(json.dumps(json.loads(item)) + "\n" for item in items)
    yield "objects", "\n".join(items) + "\n"
    yield "items", '{"n": [1], "items": [\n%s\n], "z": {}}' % ",\n".join(items)
    yield "references", '{"references":[%s]}' % ",".join(items)


def check_cuts(program):
    for name, text in lists():
        data = text.encode()
        ends = []
        whole = ids(run(program, data))
        if whole != ["a", "b", "c"]:
            yield "%s: gives %s" % (name, whole)
            continue
        at = 0
        for key in "abc":  # each item ends where its own bracket closes
            start = text.rindex('{', 0, text.index('"id": "%s"' % key))
            _, size = json.JSONDecoder().raw_decode(text[start:])
            at = start + size
            ends.append(len(text[:at].encode()))
        for cut in range(0, len(data), 2 if name == "array" else 17):
            done = run(program, data[:cut])
            wanted = [key for key, end in zip("abc", ends) if end <= cut]
            if done.returncode not in (0, 1) or ids(done) != wanted:
                yield "%s: cut at byte %d: status %d, %s" % (name, cut, done.returncode, ids(done))
                break


def check_broken(program):
    for changes, keeps in ((BREAKS, False), (MENDS, True)):
        for old, new in changes:
            middle = (ITEM % "b").replace(old, new, 1)
            if middle == ITEM % "b":
                yield "%r changes nothing" % old
            text = "[\n%s\n]\n" % ",\n".join([ITEM % "a", middle, ITEM % "c"])
            done = run(program, text.encode())
            wanted = ["a", "b", "c"] if keeps else ["a", "c"]
            if done.returncode != (0 if keeps else 1) or ids(done) != wanted:
                yield "%r for %r: status %d, %s" % (new[:30], old, done.returncode, ids(done))


def check_deep(program):
    for bracket in ("[", '{"a":', '[{"a":', "{", '{"items":[', '{"message":{', "]", "}", ","):
        done = run(program, (bracket * 100000).encode())
        if done.returncode != 1 and bracket not in ",":
            yield "100,000 times %r: status %d" % (bracket, done.returncode)
        elif done.returncode not in (0, 1):
            yield "100,000 times %r: status %d" % (bracket, done.returncode)


def check_twice(program):
    for name, text in lists():
        once = run(program, text.encode()).stdout
        twice = run(program, once, "csl-jsonl").stdout
        if once != twice:
            yield "%s: written twice it differs:\n%s%s" % (name, once.decode(), twice.decode())


def check_long(program):
    """A list of 100 MB in one line, within 32 MiB."""
    item = json.dumps(json.loads(ITEM % "a")).encode()
    command = [program, "-q", "-f", "csl-json", "-t", "csl-jsonl", "-o", "/dev/null"]
    def limit():
        resource.setrlimit(resource.RLIMIT_DATA, (32 << 20, 32 << 20))
    with subprocess.Popen(command, stdin=subprocess.PIPE, stderr=subprocess.PIPE,
                          preexec_fn=limit) as child:
        block = (item + b",") * 4000
        child.stdin.write(b"[")
        for _ in range(100_000_000 // len(block)):
            child.stdin.write(block)
        child.stdin.write(item + b"]")
        child.stdin.close()
        said = child.stderr.read()
        if child.wait() != 0:
            yield "a long list: status %d, %s" % (child.returncode, said.decode()[:200])


def main(arguments):
    program = arguments[0]
    checks = [check_cuts, check_broken, check_deep, check_twice]
    if "--sanitized" not in arguments:
        checks.append(check_long)
    found = [fault for check in checks for fault in check(program)]
    print("\n".join(found) or "csl-json: nothing found")
    return 1 if found else 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
