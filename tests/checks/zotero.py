#!/usr/bin/env python3
# SPDX-License-Identifier: MIT
"""What of 40 tricky records arrives in Zotero by each of the formats that it imports.

Usage: zotero.py CITECONV [RECORDS]

The records, CSL-JSON, are written as RIS, BibTeX and CSL-JSON for Zotero, and read by
models of its importers (translators of January 2026): RIS by that of ris.py, the others
by those below, which share nothing with citeconv.  The items that come out are compared,
field by field, with what the records say.  A field counts as carried where it stands in
its own place or under its own name in Extra; the type counts, too.

Exit status: 0 where each format brings at least the fields that it is known to, 1 where
one brings fewer, 2 wrong usage.
"""
import json
import os
import re
import subprocess
import sys
import unicodedata

import ris

# How many fields may be lost, as few as were reached, and why.
#
# RIS: ": a novel" at a title's end would be cut off and gets a no-break space; a standard
# is a report to the import.  (A comma
# in a corporate name cannot be carried, " - " stands for it; a state of publication, no
# date, is in Extra.)
# BibTeX: no type for preprints, newspapers, magazines, blogs, maps, interviews, data sets,
# standards, talks and dictionaries; no tag for archives, call numbers, sources, scales,
# media, dimensions, versions of data, series editors, interviewers, recipients, authorities
# and numbers of volumes, which are in a note; an abstract's paragraphs become one; a
# keyword is split at its comma; "~" would become a blank and is written as the tilde of
# mathematics.
# CSL-JSON: all arrives.
MAY_LOSE = {"ris": 2, "bibtex": 29, "csl-json": 0}

PEOPLE = set(ris.NAMES) | {"editor", "translator"}


# BibTeX.

BIBTEX_TYPES = {
    "article": "article-journal", "book": "book", "booklet": "book", "manual": "book",
    "proceedings": "book", "collection": "book", "mvbook": "book", "inbook": "chapter",
    "incollection": "chapter", "inproceedings": "paper-conference",
    "conference": "paper-conference", "phdthesis": "thesis", "mastersthesis": "thesis",
    "thesis": "thesis", "techreport": "report", "report": "report", "misc": "document",
    "unpublished": "manuscript", "online": "webpage", "electronic": "webpage",
    "software": "software", "patent": "patent", "letter": "personal_communication",
    "movie": "motion_picture", "artwork": "graphic", "inreference": "entry-encyclopedia",
    "audio": "song", "video": "broadcast", "legislation": "legislation",
    "jurisdiction": "legal_case"}
BIBTEX_FIELDS = {
    "address": "publisher-place", "edition": "edition", "type": "genre",
    "series": "collection-title", "title": "title", "volume": "volume", "isbn": "ISBN",
    "issn": "ISSN", "shorttitle": "title-short", "url": "URL", "doi": "DOI",
    "language": "language", "abstract": "abstract", "booktitle": "container-title",
    "school": "publisher", "institution": "publisher", "publisher": "publisher",
    "issue": "issue", "eventtitle": "event-title", "urldate": "accessed", "pmid": "PMID",
    "pmcid": "PMCID", "chapter": "section", "version": "version", "assignee": "publisher",
    "nationality": "jurisdiction"}
BOOKS = {"book", "thesis", "manuscript"}
ACCENTS = {"'": "\u0301", "`": "\u0300", '"': "\u0308", "^": "\u0302", "v": "\u030c",
           "c": "\u0327", "k": "\u0328", "d": "\u0323", "r": "\u030a", "~": "\u0303"}
LETTERS = {"o": "ø", "O": "Ø", "l": "ł", "L": "Ł", "ss": "ß", "aa": "å", "AA": "Å", "i": "ı"}
MONTHS = "jan feb mar apr may jun jul aug sep oct nov dec".split()


def bibtex_value(text, at):
    """A braced or bare value, and where it ends.  Escaped braces do not count."""
    if text[at] != "{":
        match = re.compile(r"[^\s,}]+").match(text, at)
        return match[0], match.end()
    depth, start = 0, at + 1
    while at < len(text):
        if text[at] in "{}" and text[at - 1] != "\\":
            depth += 1 if text[at] == "{" else -1
            if depth == 0:
                return text[start:at], at + 1
        at += 1
    raise ValueError("a brace is open at the end")


def bibtex_entries(text):
    """[(type, key, [(tag, raw value)])]."""
    at = 0
    head, field = re.compile(r"@(\w+)\{([^,]*),"), re.compile(r"\s*([\w+:.-]+)\s*=\s*")
    while (match := head.search(text, at)) is not None:
        fields, at = [], match.end()
        while (tag := field.match(text, at)) is not None:
            value, at = bibtex_value(text, tag.end())
            fields.append((tag[1].lower(), value))
            at = re.compile(r"\s*,?").match(text, at).end()
        yield match[1].lower(), match[2], fields


def bibtex_text(value):
    """Markup, accents and escapes that the importer knows; all else stays."""
    for command, tag in (("textit", "i"), ("textbf", "b")):
        value = re.sub(r"\\%s\{([^}]*)\}" % command, r"<%s>\1</%s>" % (tag, tag), value)
    value = re.sub(r"\\textsc\{([^}]*)\}",
                   r'<span style="font-variant:small-caps;">\1</span>', value)
    value = re.sub(r"\$_\{([^}]*)\}\$", r"<sub>\1</sub>", value)
    value = re.sub(r"\$\^\{([^}]*)\}\$", r"<sup>\1</sup>", value)
    value = re.sub(r"\{?\\(['`\"^~]|[vckdr](?=[\s{]))\s*\{?([A-Za-z])\}?\}?",
                   lambda m: unicodedata.normalize("NFC", m[2] + ACCENTS[m[1]]), value)
    value = re.sub(r"\\(ss|aa|AA|[oOlLi])(\{\}|(?![A-Za-z])\s*|(?=dots|eq|aTeX))",
                   lambda m: LETTERS[m[1]], value)
    value = value.replace("---", "—").replace("--", "–").replace("``", "“").replace("''", "”")
    value = re.sub(r"(?<!\\)~", " ", value)
    value = re.sub(r"\$([^$]+)\$", r"\1", value)
    value = re.sub(r"(?<!\\)[{}]+", "", value)
    value = re.sub(r"\\([#$%&~_^\\{}])", r"\1", value)
    return re.sub(r"\s+", " ", value).strip()


def split_outside(value, border):
    """Parts between borders that no braces hold."""
    parts, depth, start, at = [], 0, 0, 0
    border = re.compile(border, re.I)
    while at < len(value):
        match = border.match(value, at) if depth == 0 else None
        if match is not None:
            parts.append(value[start:at])
            start = at = match.end()
            continue
        if value[at] in "{}" and value[at - 1:at] != "\\":
            depth += 1 if value[at] == "{" else -1
        at += 1
    return parts + [value[start:]]


def bibtex_names(value):
    """(family, given) each; None where the field is one."""
    for name in split_outside(value.strip(), r"\s+and\s+"):
        parts = [bibtex_text(part) for part in split_outside(name, r"\s*,\s*")]
        words = split_outside(name, r"\s+")
        if len(parts) > 1:
            yield parts[0], ", ".join(reversed(parts[1:])) or None
        elif len(words) > 1:
            yield bibtex_text(words[-1]), bibtex_text(" ".join(words[:-1]))
        else:
            yield parts[0], None


def bibtex_date(fields):
    """`date` as it is written wins; else year, month and day."""
    if "date" in fields:
        return bibtex_text(fields["date"])
    year = bibtex_text(fields.get("year", ""))
    if not re.fullmatch(r"\d{3,4}", year):
        return None
    parts, month = [int(year)], fields.get("month", "").lower()[:3]
    if month in MONTHS:
        parts.append(MONTHS.index(month) + 1)
        if fields.get("day", "").isdigit():
            parts.append(int(fields["day"]))
    return parts


def bibtex_number(kind):
    return {"book": "collection-number", "chapter": "collection-number"}.get(
        kind, "number" if kind in ("report", "patent", "legislation") else "issue")


def bibtex_field(item, tag, value):
    kind, text = item["type"], bibtex_text(value)
    if tag in ("author", "editor", "translator"):
        item[tag] = list(bibtex_names(value))
    elif tag in ("url", "urldate"):
        item[BIBTEX_FIELDS[tag]] = value
    elif tag in BIBTEX_FIELDS:
        item[BIBTEX_FIELDS[tag]] = text
    elif tag == "journal":
        short = "container-title" in item
        item["container-title-short" if short else "container-title"] = text
    elif tag == "shortjournal":
        item["container-title-short"] = text
    elif tag == "location":
        item["event-place" if kind == "paper-conference" else "publisher-place"] = text
    elif tag == "number":
        item[bibtex_number(kind)] = text
    elif tag == "pages":
        item["number-of-pages" if kind in BOOKS else "page"] = text
    elif tag == "note":
        item.setdefault("note", []).append(text)
    elif tag in ("annote", "review"):  # a note, too, here one of what has no tag
        for piece in text.split("; "):
            name, _, piece = piece.partition(": ")
            item.setdefault("in note", {})[name] = piece
    elif tag in ("keywords", "keyword"):
        item["keyword"] = re.split(r"\s*[,;]\s*", text)
    elif tag == "howpublished":
        item["extra"] = text


def import_bibtex(text):
    for entry, key, fields in bibtex_entries(text):
        if entry not in BIBTEX_TYPES:
            continue
        item = {"type": BIBTEX_TYPES[entry], "citation-key": key}
        for tag, value in fields:
            bibtex_field(item, tag, value)
        raw = dict(fields)
        item["issued"] = bibtex_date(raw)
        if raw.get("eprinttype") == "arxiv":  # Extra: "arXiv: ..."
            item["archive"], item["archive_location"] = "arXiv", raw.get("eprint")
            item["number"] = "arXiv:%s" % raw.get("eprint")
        if "author" in item and item["type"] in ("motion_picture", "broadcast"):
            item["director"] = item.pop("author")  # the first creator of the type
        yield item


# CSL-JSON.

CSL_TYPES = set("""article article-journal article-magazine article-newspaper bill book
broadcast chapter dataset document entry entry-dictionary entry-encyclopedia figure graphic
interview legal_case legislation manuscript map motion_picture musical_score pamphlet
paper-conference patent personal_communication post post-weblog report review review-book
song speech thesis treaty webpage""".split())
CSL_FIELDS = {
    "title", "title-short", "container-title", "event-title", "event-place", "publisher",
    "publisher-place", "collection-title", "collection-number", "volume", "issue", "page",
    "edition", "ISBN", "ISSN", "DOI", "URL", "abstract", "language", "genre", "number",
    "PMID", "PMCID", "source", "call-number", "archive", "archive_location", "license",
    "citation-key", "version", "number-of-volumes", "number-of-pages", "section", "medium",
    "status", "authority", "references", "scale"}


# Types that it knows only by name become documents.
CSL_NAMES_ONLY = {"entry", "figure", "musical_score", "pamphlet", "review", "review-book",
                  "treaty"}
# Types without a field drop its property.
ENTRIES = {"entry-dictionary", "entry-encyclopedia"}
PARTS = {"chapter", "paper-conference"} | ENTRIES
ARTICLES = {"article-journal", "article-magazine", "article-newspaper"}
LAWS = {"bill", "legal_case", "legislation"}
CSL_LIMITED = {
    "container-title": ARTICLES | PARTS | {"broadcast", "legal_case", "legislation", "post",
                                           "post-weblog", "webpage"},
    "container-title-short": {"article-journal"},
    "collection-title": PARTS | {"article-journal", "book", "map", "report", "software",
                                 "song"},
    "collection-number": {"book", "chapter"} | ENTRIES,
    "event-title": {"paper-conference", "speech"},
    "event-place": {"paper-conference", "speech"},
    "volume": PARTS | {"article-journal", "article-magazine", "book", "legal_case",
                       "legislation", "song", "motion_picture"},
    "issue": {"article-journal", "article-magazine"},
    "number": LAWS | {"article", "broadcast", "dataset", "patent", "report"},
    "page": ARTICLES | PARTS | LAWS | {"patent", "report"},
    "ISSN": ARTICLES,
    "ISBN": PARTS | {"book", "map", "motion_picture", "software", "song", "thesis"},
    "edition": {"book", "chapter", "map", "article-newspaper"} | ENTRIES,
    "version": {"software", "dataset"},
    "number-of-volumes": {"book", "chapter"} | ENTRIES,
    "number-of-pages": {"book", "thesis", "manuscript"},
    "section": {"article-newspaper", "legislation", "bill"},
    "scale": {"map"},
    "medium": {"graphic", "motion_picture", "broadcast", "interview", "song"}}
# Types without a role make their first kind of creator of who is in it, an author here;
# in other roles than these nobody is read.
CSL_ROLES = {
    "editor": PARTS | {"article", "article-journal", "book", "document", "report"},
    "translator": PARTS | ARTICLES | {"article", "book", "document", "interview",
                                      "manuscript", "report", "webpage"},
    "collection-editor": PARTS | {"book", "map", "report"},
    "container-author": {"chapter"}, "composer": {"song"},
    "performer": {"song", "broadcast"}, "recipient": {"personal_communication"},
    "producer": {"motion_picture", "broadcast"}, "director": {"motion_picture", "broadcast"},
    "script-writer": {"motion_picture", "broadcast"}, "guest": {"broadcast"},
    "interviewer": {"interview"}, "reviewed-author": ARTICLES | {"document"}}


def csl_date(value):
    """Parts, a literal, or the text that a stretch or an uncertain date becomes."""
    if "literal" in value or "raw" in value:
        return value.get("literal", value.get("raw"))
    parts = [[int(part) for part in each] for each in value["date-parts"]]
    if "season" in value:
        return "%s %d" % (value["season"], parts[0][0])
    edtf = "/".join("-".join("%02d" % part for part in each) for each in parts)
    return edtf + "~" if value.get("circa") else edtf if len(parts) > 1 else parts[0]


def import_csl(text):
    items = json.loads(text)
    if any(item.get("type") not in CSL_TYPES for item in items):
        return  # the whole file is refused
    for source in items:
        kind = source["type"] if source["type"] not in CSL_NAMES_ONLY else "document"
        item = {"type": kind}
        if item["type"] == "book" and "version" in source:
            item["type"] = "software"
        for key, value in source.items():
            if isinstance(value, list) and key != "id":
                role = key if item["type"] in CSL_ROLES.get(key, {item["type"]}) else "author"
                if key in CSL_ROLES or key in ("author", "contributor"):
                    item.setdefault(role, []).extend(
                        (name["literal"], None) if "literal" in name
                        else (name.get("family", ""), name.get("given")) for name in value)
            elif isinstance(value, dict) and ("date-parts" in value or "literal" in value
                                              or "raw" in value):
                item[key] = csl_date(value)
            elif key == "journalAbbreviation":
                if item["type"] in CSL_LIMITED["container-title-short"]:
                    item["container-title-short"] = value
            elif key in CSL_FIELDS and item["type"] in CSL_LIMITED.get(key, CSL_TYPES |
                                                                       {"software"}):
                item[key] = value
        notes = []
        for line in source.get("note", "").split("\n"):
            name, colon, value = line.partition(": ")
            if colon and name == "keyword":
                item["keyword"] = re.split(r"\s*;\s*", value)  # in Extra, as text
            elif colon and (name in PEOPLE or " || " in value):  # the same
                family, _, given = value.partition(" || ")
                item.setdefault(name, []).append((family, given or None))
            elif colon and re.fullmatch(r"[a-z_-]+|[A-Z]+", name) and name not in item:
                item[name] = value
            elif colon and name == "type":
                item["type"] = value
            elif line:
                notes.append(line)
        if notes:
            item["note"] = notes
        yield item


# RIS.

def import_ris(text):
    found = ris.Complaints("records")
    for record in ris.records_of(text, found):
        item = ris.import_record(record, found)
        tags = dict(record)
        if item["type"] == "article":  # a preprint: what ris.py takes for said twice
            item.setdefault("publisher", tags.get("PB"))
            for tag, value in record:
                if tag == "M2" and value.startswith("archiveID:"):
                    item["number"] = value.partition(":")[2].strip(" \u00a0")
        for key, many in (("notes", "note"), ("annotes", "annote")):
            if key in item:
                item[many] = item.pop(key)
        yield item
    for complaint in found:
        print("    " + complaint)


# What must arrive.

def wanted_date(value):
    """All ways of saying it that Zotero understands or shows as they are meant."""
    if "literal" in value:
        return {value["literal"]}
    parts = value["date-parts"]
    one = "-".join("%02d" % part for part in parts[0])
    if "season" in value:
        return {"%s %s" % (["Spring", "Summer", "Autumn", "Winter"][value["season"] - 1], one)}
    if parts[0][0] < 0:
        # A year like "-0043" it reads as 43, and with a month as 1943.
        year = -parts[0][0]
        return {"%d BC" % year, "%04d BC" % year, one}
    if value.get("circa"):
        return {"c. " + one, one + "~"}
    if len(parts) > 1:
        other = "-".join("%02d" % part for part in parts[1])
        return {one + "/" + other, one + "-" + other}
    return {one}


def same(key, got, want):
    if got is None:
        return False
    if isinstance(want, dict):
        text = "-".join("%02d" % int(p) for p in got) if isinstance(got, list) else str(got)
        return text in wanted_date(want)
    if key == "page":
        return re.sub("[–-]+", "-", got) == want
    if key == "keyword":
        return got == re.split(r"\s*;\s*", want)
    if key == "note":
        return got == [want]
    return got == want


def compare(wanted, items, name):
    """How many fields there are, and the losses."""
    total, losses = 0, []
    by_key = {item.get("citation-key"): item for item in items}
    for record in wanted:
        item = by_key.get(record["id"], {})
        for key, value in record.items():
            if key == "id":
                continue
            total += 1
            if key in PEOPLE:
                value = [ris.csl_person(each) if name == "ris" else csl_person(each)
                         for each in value]
            if key == "event-place" and record["type"] == "speech" and key not in item:
                key = "publisher-place"  # one field to Zotero
            if key == "issued" and item.get("status") == value.get("literal", False):
                continue  # the place for it
            if not same(key, item.get(key), value):
                where = "in a note" if key in item.get("in note", ()) else repr(item.get(key))
                losses.append("%s: %s: %s is %s, but was %r" % (
                    name, record["id"], key, where, value))
    return total, losses


def csl_person(name):
    """(family, given); a corporate name keeps its comma here."""
    if "literal" in name:
        return name["literal"], None
    return ris.csl_person(name)


FORMATS = {"ris": ("ris", [], import_ris),
           "bibtex": ("bibtex", ["--opt", "bibtex.for=zotero"], import_bibtex),
           "csl-json": ("csl-json", ["--opt", "csl-json.for=zotero"], import_csl)}


def main(arguments):
    if len(arguments) not in (1, 2):
        print(__doc__, file=sys.stderr)
        return 2
    program = os.path.abspath(arguments[0])
    path = arguments[1] if len(arguments) > 1 else os.path.join(
        os.path.dirname(os.path.abspath(__file__)), "zotero.json")
    with open(path, encoding="utf-8") as file:
        text = file.read()
    status = 0
    for name, (form, options, read) in FORMATS.items():
        result = subprocess.run([program, "-q", "-f", "csl-json", "-t", form] + options,
                                input=text.encode(), capture_output=True, check=False)
        if result.returncode != 0:
            print("%s: exit status %d\n%s" % (name, result.returncode, result.stderr.decode()))
            return 1
        total, losses = compare(json.loads(text), list(read(result.stdout.decode("utf-8"))),
                                name)
        for loss in losses:
            print("  " + loss)
        print("%s: %d of %d fields" % (name, total - len(losses), total))
        if len(losses) > MAY_LOSE[name]:
            print("%s: only %d may be lost" % (name, MAY_LOSE[name]))
            status = 1
    return status


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
