#!/usr/bin/env python3
# SPDX-License-Identifier: MIT
"""Compares real pages with what a faithful reader finds in them: page.py CITECONV DIR.

DIR holds NAME.txt and NAME.expected.json; without it there is nothing to compare.
"""
import json
import pathlib
import subprocess
import sys


def convert(citeconv, page):
    """The items, and the messages."""
    done = subprocess.run([citeconv, "-t", "csl-jsonl", page], capture_output=True,
                          text=True, encoding="utf-8", check=True)
    return [json.loads(line) for line in done.stdout.splitlines()], done.stderr


def pair(name):
    """Family with its particle, and given name, as the expectation writes them."""
    family = " ".join(p for p in (name.get("non-dropping-particle"), name.get("family"))
                      if p)
    return [family or name.get("literal"), name.get("given", "")]


def as_expected(item, wanted, cluster):
    """The item in the expectation's words, for those words that it has."""
    cut = item.get("custom", {}).get("author-list-cut", "none")
    authors = [pair(n) for n in item.get("author", [])]
    if cut == "certain":
        added = authors.pop()
        if f"{added[1]} {added[0]}" != cluster:
            authors.append(["not the cluster's author", str(added)])
    abstract = item.get("abstract", "")
    found = {
        "type": item["type"],
        "title": item["title"],
        "year": item["issued"]["date-parts"][0][0],
        "venue": item.get("event-title", item.get("container-title-short", "")).split()[0],
        "container": item.get("container-title"),
        "volume": item.get("volume"),
        "authors": authors,
        "authors_on_page": len(authors),
        "cluster_author_listed": cut != "certain",
        "truncation": cut,
        "abstract_has": [s for s in wanted.get("abstract_has", []) if s in abstract],
        "abstract_lacks": [s for s in wanted.get("abstract_lacks", [])
                           if s not in abstract],
        "has_abstract": bool(abstract),
    }
    homonyms = item.get("custom", {}).get("author-homonyms", {})
    if "homonyms" in wanted:
        found["homonyms"] = {" ".join(reversed(authors[int(k) - 1])): v
                             for k, v in homonyms.items()}
    return found


def check(citeconv, page):
    """Yields what differs."""
    expected = json.loads(page.with_suffix("").with_suffix(".expected.json")
                          .read_text("utf-8"))
    items, messages = convert(citeconv, page)
    if len(items) != expected["found"]:
        yield f"{len(items)} records, {expected['found']} expected"
    if expected["announced"] != expected["found"]:
        sentence = f"announces {expected['announced']} papers but lists {expected['found']}"
        if sentence not in messages:
            yield f"no message says: {sentence}"
    for item, wanted in zip(items, expected["records"]):
        found = as_expected(item, wanted, expected["cluster"])
        for key, value in wanted.items():
            if key not in found:
                yield f"{item['id']}: the expectation's '{key}' is not checked"
            elif str(found[key]) != str(value):
                yield f"{item['id']}: {key}: {value!r} expected, got {found[key]!r}"


def main():
    """0 all as expected, 1 not, 77 nothing there."""
    citeconv, folder = sys.argv[1], pathlib.Path(sys.argv[2])
    pages = sorted(p for p in folder.glob("*.txt")
                   if p.with_suffix(".expected.json").exists())
    if not pages:
        print(f"SKIP: no page with an expectation in {folder}")
        return 77
    found = [f"{page.name}: {fault}" for page in pages for fault in check(citeconv, page)]
    print("\n".join(found) or f"{len(pages)} page(s), all as expected")
    return 1 if found else 0


if __name__ == "__main__":
    sys.exit(main())
