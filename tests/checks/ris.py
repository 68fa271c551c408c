#!/usr/bin/env python3
# SPDX-License-Identifier: MIT
"""Reads the RIS that citeconv writes the way Zotero's import does, and misses nothing.

Usage: ris.py CITECONV PAGE...

Two halves.  The file: tags, lines, bytes and what each type has tags for, by the RIS
specification of 2011 and by what Zotero's import (translators of January 2026) accepts
or silently drops.  The import: values are taken as Zotero takes them, HTML read, names
split at the first comma, lines of M2 moved to the fields they name; the item that comes
out must say what `-t csl-jsonl` says of the same page, field by field.

Exit status: 0 fine, 1 something was found, 2 wrong usage.
"""
import html
import json
import os
import re
import subprocess
import sys
import unicodedata

TAG_LINE = re.compile(r"([A-Z][A-Z0-9])  - (.*)")
FORBIDDEN = re.compile("[\x00-\x08\x0b\x0c\x0e-\x1f\x7f\ufffe\uffff\ufeff]")

# The field that each tag becomes, by type; None where the import drops it, and it is
# written for others.  A tag that is missing here is dropped, becomes something else, or
# does harm (J2, BT and JF on CONF).
EVERYWHERE = {"TI": "title", "AU": "author", "PY": "year", "DA": "date", "DO": "DOI",
              "UR": "URL", "AB": "abstract", "LA": "language", "ST": "title-short",
              "KW": "keyword", "N1": "note", "RN": "annote", "M2": "extra", "Y2": "accessed",
              "CY": "publisher-place", "PB": "publisher", "DB": "archive",
              "AN": "archive_location", "DP": "source", "CN": "call-number"}
PERIODICAL = {"T2": "container-title", "VL": "volume", "IS": "issue", "SP": "page",
              "EP": "last page", "SN": "ISSN", "A2": "editor", "A4": "translator"}
JOURNAL = dict(PERIODICAL, J2="container-title-short", T3="collection-title", C7=None)
# GEN and UNPB are articles to Zotero, until M2 changes the type.
GENERIC = {"T2": "container-title", "SP": "page", "EP": "last page", "A2": "editor",
           "A4": "translator"}
BOOK = {"T2": "collection-title", "M1": "collection-number", "VL": "volume",
        "NV": "number-of-volumes", "SP": "number-of-pages", "ET": "edition", "SN": "ISBN",
        "ED": "editor", "A2": "collection-editor", "A4": "translator"}
CHAPTER = {"T2": "container-title", "T3": "collection-title", "SV": "collection-number",
           "VL": "volume", "NV": "number-of-volumes", "SP": "page", "EP": "last page",
           "ET": "edition", "SN": "ISBN", "A2": "editor", "A3": "collection-editor",
           "A4": "translator", "C2": "container-author"}
# Dictionaries and encyclopedias: no tags for series and the author of the whole.
ENTRY = {tag: field for tag, field in CHAPTER.items() if tag not in ("T3", "SV", "C2")}
REPORT = {"T2": "collection-title", "M3": "genre", "SN": "number", "SP": "page",
          "EP": "last page", "ED": "editor", "A2": "collection-editor", "A4": "translator"}
STATUTE = {"T2": "container-title", "VL": "volume", "M1": "number", "SP": "page",
           "EP": "last page", "SE": "section", "ET": "chapter-number", "OP": "references"}
MUSIC = {"A2": "performer", "T3": "collection-title", "VL": "volume", "SN": "ISBN",
         "C5": "medium"}
PICTURE = {"M3": "medium", "C3": "dimensions"}
TYPES = {
    "CONF": ("paper-conference", {
        "C3": "container-title", "T2": "event-title", "T3": "collection-title",
        "VL": "volume", "IS": "issue", "NV": "number-of-volumes", "SP": "page",
        "EP": "last page", "C1": "publisher-place", "SN": "ISBN", "A2": "editor",
        "A3": "collection-editor", "A4": "contributor"}),
    "JOUR": ("article-journal", JOURNAL),
    "JFULL": ("article-journal", PERIODICAL),
    "MGZN": ("article-magazine", PERIODICAL),
    "NEWS": ("article-newspaper", dict(PERIODICAL, SE="section", ET="edition")),
    "UNPB": ("article-journal", GENERIC),
    "GEN": ("article-journal", GENERIC),
    "BOOK": ("book", BOOK),
    "CLSWK": ("book", BOOK),
    "CHAP": ("chapter", CHAPTER),
    "DICT": ("entry-dictionary", ENTRY),
    "ENCYC": ("entry-encyclopedia", ENTRY),
    "THES": ("thesis", {"M3": "genre", "SP": "number-of-pages", "SN": "ISBN",
                        "A3": "contributor"}),
    "RPRT": ("report", REPORT),
    "STAND": ("report", REPORT),
    "MANSCPT": ("manuscript", {"M3": "genre", "SP": "number-of-pages", "A4": "translator"}),
    "DATA": ("dataset", {"ET": "version", "A4": "contributor"}),
    "COMP": ("software", {"T2": "collection-title", "ET": "version", "SN": "ISBN",
                          "M1": "medium", "A4": "contributor"}),
    "SLIDE": ("speech", {"T2": "event-title", "M3": "genre"}),
    "ELEC": ("webpage", {"T2": "container-title", "M3": "genre", "A4": "translator"}),
    "BLOG": ("post-weblog", {"T2": "container-title", "M3": "genre", "A4": "translator"}),
    "BILL": ("bill", {"T2": "container-title", "T3": "authority", "VL": "volume",
                      "M1": "number", "SP": "page", "SE": "section",
                      "ET": "chapter-number", "OP": "references"}),
    "HEAR": ("hearing", {"T2": "section", "T3": "authority", "M1": "number", "SP": "page",
                         "EP": "last page", "ET": "chapter-number", "OP": "references",
                         "NV": "number-of-volumes"}),
    "CASE": ("legal_case", {"A2": "container-title", "VL": "volume", "SV": "number",
                            "SP": "page", "PB": "authority", "OP": "references"}),
    "STAT": ("legislation", STATUTE),
    "PAT": ("patent", {"SN": "number", "M1": "call-number", "C3": "jurisdiction",
                       "C1": "submitted", "C5": "references", "C6": "status",
                       "A2": "authority", "SP": "page", "EP": "last page"}),
    "MAP": ("map", {"C1": "scale", "T2": "collection-title", "M3": "genre",
                    "ET": "edition", "A3": "collection-editor", "SN": "ISBN"}),
    "VIDEO": ("motion_picture", {"A3": "producer", "C1": "performer", "C5": "medium",
                                 "VL": "volume", "SN": "ISBN"}),
    "SOUND": ("song", MUSIC),
    "MUSIC": ("song", MUSIC),
    "ART": ("graphic", PICTURE),
    "FIGURE": ("graphic", PICTURE),
    "CHART": ("graphic", PICTURE),
    "PCOMM": ("personal_communication", {"A2": "recipient", "M3": "genre"}),
}
# Zotero has a type for standards, but its import makes reports of them; moved by M2 they
# would keep neither number nor publisher.
AS_ANOTHER = {("standard", "report")}
ALWAYS_LOST = {("DATA", "DB"), ("DATA", "AN"), ("COMP", "LA"), ("CONF", "CY")}
MANY = {"AU", "A2", "A3", "A4", "C1", "C2", "ED", "KW", "N1", "RN", "M2"}
PEOPLE = {"author", "editor", "collection-editor", "translator", "contributor", "producer",
          "performer", "recipient", "container-author"}
NOTES = {"AB", "N1", "RN"}  # what Zotero does not read as HTML first

# Names before a colon by which Zotero takes a note for ProCite's.
PROCITE = {"edition", "isbn", "language", "publisher name", "series title",
           "proceedings title", "volume id", "issue id", "issue identification",
           "series volume id", "scale", "place of publication", "size", "call number",
           "author, subsidiary", "author, monographic", "record id", "record number",
           "connective phrase", "notes"}
# What a line of M2 may be called, and CSL's name for it; the rest is CSL's own.
EXTRA_NAMES = {"short container title": "container-title-short", "citation key": "citation-key",
               "series number": "collection-number", "series": "collection-title",
               "pages": "page", "status": "status", "report number": "number",
               "article number": "number",
               "archiveid": "number", "place": "publisher-place",
               "archive location": "archive_location",
               "part-number": "part", "printing-number": "printing",
               "supplement-number": "supplement"}
PLACEHOLDERS = re.compile(r"(and )?(others|et\.? al\.?|more|\.\.\.|…)$", re.I)


class Complaints(list):
    """What was found, each with where."""

    def __init__(self, page):
        super().__init__()
        self.page, self.where = page, ""

    def say(self, text, *values):
        self.append("%s: %s%s" % (self.page, self.where, text % values))


# The file.

def text_of(data, found):
    """The bytes as text, with what no importer should meet complained of."""
    if data.startswith(b"\xef\xbb\xbf"):
        found.say("begins with a byte order mark")
    try:
        text = data.decode("utf-8")
    except UnicodeDecodeError as error:
        found.say("is no UTF-8: %s", error)
        return data.decode("utf-8", "replace")
    for match in FORBIDDEN.finditer(text):
        found.say("line %d holds U+%04X", text.count("\n", 0, match.start()) + 1, ord(match[0]))
    if "\r" in text.replace("\r\n", ""):
        found.say("holds a carriage return without line feed")
    if "\r\n" in text and "\n" in text.replace("\r\n", ""):
        found.say("ends some lines with CR LF and some with LF")
    if text and not text.endswith("\n"):
        found.say("does not end its last line")
    if text != unicodedata.normalize("NFC", text):
        found.say("is not in normal form C")
    return text.replace("\r\n", "\n")


def records_of(text, found):
    """[[(tag, value)]].  An abstract's paragraphs are joined with an empty line."""
    records, record, blank = [], None, 0
    for number, line in enumerate(text.split("\n")[:-1], 1):
        found.where = "line %d: " % number
        match = TAG_LINE.fullmatch(line)
        if match is None and line == "":
            blank += 1
            continue
        if match is None:
            in_abstract = record and record[-1][0] == "AB"
            if not in_abstract:
                found.say("is no tag line: %r", line)
                continue
            if not re.match(r" \S", line) or line != line.rstrip():
                found.say("a paragraph must begin with one blank and end with none: %r", line)
            if blank > 1:
                found.say("%d empty lines before a paragraph", blank)
            record[-1] = ("AB", record[-1][1] + "\n" * (1 + blank) + line.strip())
        else:
            tag, value = match[1], match[2]
            if tag == "TY":
                if record is not None:
                    found.say("a record begins within a record")
                if blank != (1 if records else 0):
                    found.say("%d empty lines before a record", blank)
                record = []
            elif record is None:
                found.say("%s stands outside of any record", tag)
                continue
            elif blank:
                found.say("an empty line within a record")
            if tag != "ER" and value != value.strip() or tag == "ER" and value:
                found.say("blanks or more around the value: %r", line)
            elif tag != "ER" and not value:
                found.say("%s is empty", tag)
            if tag == "ER":
                records.append(record)
                record = None
            else:
                record.append((tag, value))
        blank = 0
    found.where = ""
    if record is not None:
        found.say("the last record has no ER")
    if blank:
        found.say("ends with an empty line")
    return records


def check_tags(record, found):
    """Tags that the type has not, that come twice, or that turn into something else."""
    kind = record[0][1]
    if kind not in TYPES:
        found.say("type %s is no type of its own to Zotero", kind)
        return
    known = dict(EVERYWHERE, **TYPES[kind][1])
    counts = {}
    for tag, value in record[1:]:
        counts[tag] = counts.get(tag, 0) + 1
        if tag not in known or (kind, tag) in ALWAYS_LOST:
            found.say("%s has no place in a %s: %s", tag, kind, value)
        if known.get(tag) in PEOPLE:
            check_name(tag, value, found)
    for tag, count in counts.items():
        if count > 1 and tag not in MANY:
            found.say("%s comes %d times, all but one vanish", tag, count)
    if "DA" in counts and "PY" not in counts:
        found.say("DA without PY")
    keywords = [value for tag, value in record if tag == "KW"]
    if len(set(keywords)) == len(keywords) == 1 and "," in keywords[0]:
        found.say("the only keyword would be split at its comma: %s", keywords[0])
    for value in keywords:
        if ";" in read_html(value):
            found.say("a keyword would be split at its semicolon: %s", value)
    for tag, value in record:
        if tag == "N1":
            check_note(value, dict(record).get("TI"), found)
        elif tag == "DO" and not re.fullmatch(r"10\.\d{4,}(\.\d+)*/\S*[^\s.,]", html.unescape(value)):
            found.say("DO holds no bare DOI: %s", value)
        elif tag == "UR" and "PM:" in value:
            found.say("an address with PM: is taken for PubMed's number: %s", value)
        elif tag == "TI" and kind == "BOOK" and re.search(r": a novel$", value, re.I):
            found.say("Zotero cuts ': a novel' off: %s", value)
        elif tag == "TI" and re.search(r"\\[%&#_{}]|---?\s", re.sub(r"\$[^$]*\$", "", value)):
            found.say("TeX means nothing here: %s", value)


def check_name(tag, value, found):
    if PLACEHOLDERS.match(value):
        found.say("%s '%s' would be a person", tag, value)
    parts = [part.strip() for part in value.split(",")]
    if "" in parts or len(parts) > 3:
        found.say("%s: an empty part or too many commas: %s", tag, value)


def check_note(value, title, found):
    before, colon, _ = value.partition(":")
    label = re.search(r"[A-Za-z, ]*$", before)[0].strip().lower()
    if colon and (label in PROCITE or label.endswith(" role")):
        found.say("a note is taken for ProCite's: %s", value)
    if re.search(r"<|&(?!(amp|lt|gt|quot|#\d+);)", re.sub("</?p>|<br/>", "", value)):
        found.say("a note is HTML, and this is none: %s", value)
    if value == title:
        found.say("a note like the title is dropped: %s", value)


# The import.

def read_html(value):
    """What a browser makes of it: tags gone, references read, blanks run together."""
    if "<" not in value and "&" not in value:
        return value
    out, at = "", 0
    for tag in re.finditer(r"<[A-Za-z/!?][^>]*(>|$)", value):
        out += html.unescape(value[at:tag.start()])
        at = tag.end()
    return re.sub(r"\s+", " ", out + html.unescape(value[at:])).strip()


def read_note(value):
    """The text of a note's HTML."""
    paragraphs = re.findall(r"<p>(.*?)</p>", value) or [value]
    return html.unescape("\n\n".join(paragraphs).replace("<br/>", "\n"))


def person(value):
    """(family, given) by the first comma; the given part is None for single fields."""
    family, comma, given = value.partition(",")
    return (family.strip(), given.strip()) if comma else (value.strip(), None)


def import_extra(lines, item, found):
    """M2: lines "name: value" that Zotero moves, and those it leaves in Extra."""
    for line in lines:
        # Zotero's expression: from the blank to the underscore lies the colon, so that
        # the name goes on to the last one, but for characters beyond.
        match = re.match(r"([a-z][a-z0-9 -_]+):(.+)$", line, re.I)
        name = re.match(r"[^:]*", line)[0].strip()
        if match is None or match[1] != name:
            found.say("M2: the name would be '%s': %s", match and match[1], line)
            continue
        key = name.lower()
        if key == "number":
            found.say("M2: 'number' is lost: %s", line)
        if key == "type":
            item["type"] = {"preprint": "article"}.get(match[2].strip(), match[2].strip())
            continue
        if key == "archiveid" and match[2].strip(" \u00a0") == "arXiv:%s" % item.get(
                "archive_location"):
            continue
        if key in NAMES:
            family, _, given = match[2].strip(" \u00a0").partition(" || ")
            item.setdefault(key, []).append((family, given or None))
            continue
        key = EXTRA_NAMES.get(key, name if key not in ("issn", "isbn", "doi") else name.upper())
        value = match[2].strip(" \u00a0")
        if not re.search(r"[-_]", key) and key != key.upper():
            key = key.replace(" ", "-").lower()
        if key == "homonym":
            item.setdefault(key, []).append(value)
        elif key in item:
            found.say("M2: %s is there already: %s", key, line)
        else:
            item[key] = value


def import_date(values, item, found):
    date, year = values.get("DA", ""), values.get("PY", "")
    if date == "" and year == "":
        return
    match = re.fullmatch(r"(\d{4})/(\d\d)?/(\d\d)?/", date)
    if match:
        parts = [int(part) for part in match.groups() if part]
        if match[3] and not match[2]:
            found.say("DA has a day without a month: %s", date)
        if year != match[1]:
            found.say("PY %s and DA %s differ", year, date)
        item["issued"] = parts
    elif date == "":
        item["issued"] = [int(year)]
    elif not re.search(r"\d{4}", date):
        found.say("DA without a year is damaged: %s", date)
    else:
        item["issued"] = date


def import_accessed(item, found):
    match = re.fullmatch(r"(\d{4})/(\d\d)/(\d\d)/12:00:00", item.get("accessed", ""))
    if match:
        item["accessed"] = [int(part) for part in match.groups()]
    elif "accessed" in item:
        found.say("Y2 is no day at noon: %s", item["accessed"])


def import_record(record, found):
    """A record as the item that Zotero makes of it, in CSL's words."""
    kind = record[0][1]
    item = {"type": TYPES.get(kind, ("article-journal", {}))[0]}
    fields = dict(EVERYWHERE, **TYPES.get(kind, ("", {}))[1])
    values, extra = {}, []
    for tag, value in record[1:]:
        if tag not in NOTES:
            value = unicodedata.normalize("NFC", read_html(value))
        field = fields.get(tag)
        if tag == "M2":
            extra.append(value)
        elif field in PEOPLE:
            item.setdefault(field, []).append(person(value))
        elif tag in ("N1", "RN"):
            item.setdefault("notes" if tag == "N1" else "annotes", []).append(read_note(value))
        elif tag == "KW":
            item.setdefault("keyword", []).append(value)
        elif tag == "DO" or tag not in values:
            values[tag] = value
            if field not in (None, "year", "date", "last page"):
                item[field] = value
    import_date(values, item, found)
    import_accessed(item, found)
    if "EP" in values:
        if "-" in values.get("SP", "-"):
            found.say("EP is lost where SP is missing or has a hyphen: %s", values["EP"])
        item["page"] = "%s-%s" % (values.get("SP"), values["EP"])
    import_extra(extra, item, found)
    if item["type"] == "article" and item.get("publisher") in (
            item.get("container-title"), item.get("archive")):
        del item["publisher"]  # said for Zotero, which has a repository
    if "number" not in item and values.get("C7") == item.get("page") is not None:
        item["number"] = item.pop("page")  # where Zotero has an article's number
    if "page" in item and item.get("number-of-pages") == item["page"]:
        del item["number-of-pages"]  # of a book, whose pages M2 says
    return item


# The same in CSL's words.

def csl_person(name):
    """(family, given) as Zotero is to have them."""
    if "literal" in name:
        return name["literal"].replace(", ", " - "), None
    particle = name.get("non-dropping-particle", "")
    blank = "" if particle == "" or particle[-1] in "'’-" else " "
    given = " ".join(filter(None, [name.get("given"), name.get("dropping-particle")]))
    if "suffix" in name:
        given = given + ", " + name["suffix"]
    return particle + blank + name.get("family", ""), given or None


def without_tags(text):
    """Zotero shows abstracts as they are, so that tags have no place there."""
    return re.sub(r"</?(i|b|sup|sub|sc)>|<span [^>]*>|</span>", "", text)


def expected(record):
    """The item that has to come out of the import, and notes it must and may have."""
    item, custom = {}, record.get("custom", {})
    for key, value in record.items():
        if key in ("id", "custom"):
            continue
        if isinstance(value, list) and value and isinstance(value[0], dict):
            item[key] = [csl_person(name) for name in value]
        elif isinstance(value, dict):
            item[key] = value["date-parts"][0] if "date-parts" in value else value.get("literal")
        elif key == "abstract":
            item[key] = "\n\n".join(p.strip() for p in without_tags(value).split("\n\n"))
        elif key == "page":
            item[key] = value.replace("–", "-")
        else:
            item[key] = str(value)
    item["citation-key"] = record["id"]
    cut = [key for key, value in custom.items()
           if key.endswith("-list-cut") and value == "certain"]
    homonyms = [number for key, numbers in custom.items() if key.endswith("-homonyms")
                for number in numbers.values()]
    return item, cut, homonyms


def date_of(value):
    """M2's EDTF, or the filing date of a patent, as the parts of a date."""
    parts = re.split("[-/]", value.rstrip("/")) if isinstance(value, str) else value
    return [int(part) for part in parts] if all(str(p).isdigit() for p in parts) else value


def compare(item, record, found):
    wanted, cut, homonyms = expected(record)
    notes = item.pop("notes", [])
    numbers = item.pop("homonym", [])
    said = [note for note in notes if note.startswith("The source cuts its list of ")]
    for key, value in (("note", [note for note in notes if note not in said]),
                       ("annote", item.pop("annotes", [])),
                       ("keyword", list(dict.fromkeys(item.pop("keyword", []))))):
        if value:
            item[key] = (", " if key == "keyword" else "\n").join(value)
    for key in item:
        if key.endswith("-date") or key == "submitted":
            item[key] = date_of(item[key])
    # A tag in CSL's text may be one, and has no place in AB then, or be the text's own.
    whole = "\n\n".join(p.strip() for p in record.get("abstract", "").split("\n\n"))
    if item.get("abstract") == whole != "":
        wanted["abstract"] = whole
    if (wanted["type"], item["type"]) in AS_ANOTHER:
        item["type"] = wanted["type"]
    for key in sorted(set(wanted) | set(item)):
        if item.get(key) != wanted.get(key):
            found.say("%s is imported as\n    %r, but is\n    %r", key, item.get(key), wanted.get(key))
    if bool(cut) != bool(said):
        found.say("the list of names is %s, but the notes are %r", "cut" if cut else "whole", notes)
    if [each.split()[-1] for each in numbers] != homonyms:
        found.say("homonym numbers are %r, but must be %r", numbers, homonyms)


# All kinds and variables of CSL, made here and read by citeconv as CSL-JSON.

KINDS = """article article-journal article-magazine article-newspaper bill book broadcast
chapter classic collection dataset document entry entry-dictionary entry-encyclopedia event
figure graphic hearing interview legal_case legislation manuscript map motion_picture
musical_score pamphlet paper-conference patent performance periodical
personal_communication post post-weblog regulation report review review-book software song
speech standard thesis treaty webpage""".split()
TEXTS = """title-short original-title reviewed-title reviewed-genre part-title volume-title
container-title container-title-short collection-title collection-number event-title
event-place volume number-of-volumes issue number chapter-number part
printing supplement section edition version number-of-pages publisher
publisher-place original-publisher original-publisher-place genre medium status authority
jurisdiction division references dimensions scale archive archive_collection
archive_location archive-place call-number source language annote note""".split()
NAMES = """author chair collection-editor compiler composer container-author contributor
curator director editor editorial-director executive-producer guest host illustrator
interviewer narrator organizer original-author performer producer recipient
reviewed-author script-writer series-creator translator""".split()
DATES = "issued accessed available-date original-date submitted event-date".split()


def made_items():
    for number, kind in enumerate(KINDS):
        item = {"id": "key:%s" % kind, "type": kind, "title": "On <i>%s</i> & p<q" % kind,
                "page": "12-19", "DOI": "10.1000/%s" % kind, "ISSN": "0378-5955",
                "ISBN": "978-0-306-40615-7", "PMID": "1234567", "PMCID": "PMC1234567",
                "URL": "https://example.org/?a=1&copy=2&section=%d" % number,
                "keyword": "one, two", "abstract": "First: one.\n\nER  - second."}
        for text in TEXTS:
            item[text] = "The %s: %d" % (text.replace("-", " "), number)
        for name in NAMES:
            item[name] = [{"family": "Berg", "given": "J. %s" % name,
                           "non-dropping-particle": "van der"},
                          {"family": "King", "given": "M. L.", "suffix": "Jr."},
                          {"literal": "The %s Group" % name}]
        for place, date in enumerate(DATES):
            item[date] = {"date-parts": [[2001 + place, 5, 1 + place]]}
        yield item


def check_made(program):
    """Every kind with every variable, to RIS, as Zotero reads it, and back."""
    found = Complaints("all kinds")
    items = list(made_items())
    text = text_of(run(program, json.dumps(items), "csl-json", "ris"), found)
    records = records_of(text, found)
    back = [json.loads(line) for line in run(program, text, "ris", "csl-jsonl").splitlines()]
    if not len(records) == len(items) == len(back):
        found.say("%d records and %d read again of %d", len(records), len(back), len(items))
    for record, item, again in zip(records, items, back):
        found.where = item["type"] + ": "
        check_tags(record, found)
        compare(import_record(record, found), dict(item), found)
        again.pop("citation-key", None)
        for key in sorted(set(item) | set(again)):
            if item.get(key) != again.get(key):
                found.say("%s comes back as\n    %r, but is\n    %r", key, again.get(key),
                          item.get(key))
    found.where = ""
    return found, len(records)


def run(program, text, form, to):
    result = subprocess.run([program, "-q", "-f", form, "-t", to], input=text.encode(),
                            capture_output=True, check=False)
    if result.returncode != 0:
        raise SystemExit("%s -f %s -t %s: exit status %d\n%s" % (
            program, form, to, result.returncode, result.stderr.decode(errors="replace")))
    return result.stdout


def convert(program, page, form):
    result = subprocess.run([program, "-q", "-t", form, page], capture_output=True, check=False)
    if result.returncode != 0:
        raise SystemExit("%s -t %s %s: exit status %d\n%s" % (
            program, form, page, result.returncode, result.stderr.decode(errors="replace")))
    return result.stdout


def check(program, page):
    """All complaints about a page, and how many records it has."""
    found = Complaints(os.path.basename(page))
    text = text_of(convert(program, page, "ris"), found)
    wanted = [json.loads(line) for line in convert(program, page, "csl-jsonl").splitlines()]
    records = records_of(text, found)
    if len(records) != len(wanted):
        found.say("%d records, but CSL-JSON has %d", len(records), len(wanted))
    for record, like in zip(records, wanted):
        found.where = "%s: " % like["id"]
        check_tags(record, found)
        compare(import_record(record, found), like, found)
    found.where = ""
    return found, len(records)


def main(arguments):
    if len(arguments) < 2:
        print(__doc__, file=sys.stderr)
        return 2
    program = os.path.abspath(arguments[0])
    failed = total = 0
    for found, count in [check_made(program)] + [check(program, page) for page in arguments[1:]]:
        total += count
        failed += len(found)
        for complaint in found:
            print(complaint)
    if total == 0:
        print("ris: the pages have no records")
        return 1
    print("ris: %d records, %d complaints" % (total, failed))
    return 1 if failed else 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
