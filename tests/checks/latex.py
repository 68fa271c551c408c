#!/usr/bin/env python3
# SPDX-License-Identifier: MIT
"""Typesets the BibTeX that citeconv writes, as its readers would.

Usage: latex.py CITECONV PAGE...

Each page becomes BibTeX in UTF-8 and in ASCII, and goes through pdflatex with bibtex
(plain, abbrv, alpha, IEEEtran, natbib's plainnat) and with biber (biblatex, authoryear).
Nothing may be complained of: no warning of bibtex or biber, no error, warning or missing
character of LaTeX.  In what comes out, titles keep the capitals that bear meaning (btxdoc, section
3.2), ordinary words lose theirs where the style says so, particles stay with their
names, cut lists end in "et al.", and the page shows titles and names as they were read
(the last only where pdftotext is installed).

Left out, and said so: entries in scripts that no T1 font has.  For ASCII, only those
whose letters have no command, which become "?"; and for biber, which wants UTF-8, those
with accents that T1 has not.

Exit status: 0 fine, 1 something was found, 2 wrong usage, 77 LaTeX is not there.
"""
import json
import os
import re
import shutil
import subprocess
import sys
import tempfile
import unicodedata
from concurrent.futures import ThreadPoolExecutor

BIBTEX_STYLES = ("plain", "abbrv", "alpha", "IEEEtran", "plainnat")
WHOLE_NAMES = ("plain", "alpha", "plainnat")  # the others shorten given names to initials
LOWERING = ("plain", "abbrv", "alpha", "IEEEtran", "plainnat")  # these put titles in lower case

# What has to be there: a program or a file of TeX, and Debian's package.
NEEDED = (
    ("pdflatex", "texlive-latex-base"),
    ("bibtex", "texlive-binaries"),
    ("biber", "biber"),
    ("kpsewhich", "texlive-binaries"),
    ("lmodern.sty", "lmodern"),
    ("natbib.sty", "texlive-latex-base"),
    ("url.sty", "texlive-latex-recommended"),
    ("hyperref.sty", "texlive-latex-recommended"),
    ("IEEEtran.bst", "texlive-publishers"),
    ("biblatex.sty", "texlive-bibtex-extra"),
)
APT = ("apt install texlive-latex-base texlive-latex-recommended texlive-publishers "
       "texlive-bibtex-extra lmodern biber")

# Scripts that pdflatex has no fonts for without packages of their own.
FOREIGN = ("GREEK", "CYRILLIC", "CJK", "HIRAGANA", "KATAKANA", "HANGUL", "ARABIC", "HEBREW",
           "ARMENIAN", "GEORGIAN", "DEVANAGARI", "BENGALI", "TAMIL", "THAI")
UNSEEN_FIELDS = ("abstract", "annote", "keywords")  # no style prints them

# Complaints that are the page's fault: it names no author.
ALLOWED_WITHOUT_AUTHOR = (
    re.compile(r"Warning--empty author in (\S+)"),
    re.compile(r"Warning--to sort, need author.* in (\S+)"),
)

# Names within titles, and words that are none.
PROPER = {"Bayesian", "Bayes", "Markov", "Gaussian", "Langevin", "Boltzmann", "Carlo",
          "Fourier", "Euclidean", "Hilbert", "English", "French", "German", "Chinese",
          "Japanese", "Greek"}
ORDINARY = {"Learning", "Deep", "Network", "Networks", "Neural", "Model", "Models", "Words",
            "Style", "Letters", "Training", "Generation", "Recurrent", "Sequence", "Image",
            "Routing", "Problems", "Inference", "Convolutional", "Classification", "Flow"}

PREAMBLE = r"""\documentclass{article}
\usepackage[T1]{fontenc}
\usepackage[utf8]{inputenc}
\usepackage{lmodern}
\pdfgentounicode=1
\input{glyphtounicode}
\paperwidth=500mm \paperheight=5000mm \pdfpagewidth=\paperwidth \pdfpageheight=\paperheight
\textwidth=400mm \textheight=4900mm
\hyphenpenalty=10000 \exhyphenpenalty=10000 \raggedright \pagestyle{empty}
"""
BIBTEX_DOCUMENT = PREAMBLE + r"""%(packages)s\begin{document}
%(cites)s
\nocite{*}
\bibliographystyle{%(style)s}
\bibliography{refs}
\end{document}
"""
BIBLATEX_DOCUMENT = PREAMBLE + r"""\usepackage[style=authoryear,backend=biber,useprefix=true,maxnames=99]{biblatex}
\usepackage{url}
\usepackage{hyperref}
\addbibresource{refs.bib}
\begin{document}
%(cites)s
\nocite{*}
\printbibliography
\end{document}
"""


def missing_package():
    """(what, package) of the first thing that is not installed, or None."""
    for what, package in NEEDED:
        if what.endswith((".sty", ".bst")):
            if not run(["kpsewhich", what], ".").stdout.strip():
                return what, package
        elif shutil.which(what) is None:
            return what, package
    return None


def run(command, where):
    """Runs a program of TeX; its output is text whatever bytes it holds."""
    # Long log lines are not to be broken, and nothing outside may be written.
    env = dict(os.environ, max_print_line="100000", error_line="254", half_error_line="238",
               openout_any="p", LC_ALL="C.UTF-8")
    return subprocess.run(command, cwd=where, env=env, stdin=subprocess.DEVNULL,
                          stdout=subprocess.PIPE, stderr=subprocess.STDOUT, text=True,
                          errors="replace", timeout=300, check=False)


def read(path):
    with open(path, encoding="utf-8", errors="replace") as lines:
        return lines.read()


# BibTeX, as far as it takes to leave entries out.

def entries_of(bib):
    """Splits a file into [(key or None, text)]; None for preambles and what is between."""
    parts, at = [], 0
    for start in re.finditer(r"^@(\w+)\s*\{\s*([^\s,{}\"]*)", bib, re.M):
        if start.start() < at:
            continue
        depth, end = 0, bib.index("{", start.start())
        while end < len(bib):
            depth += {"{": 1, "}": -1}.get(bib[end], 0)
            end += 1
            if depth == 0:
                break
        parts.append((None, bib[at:start.start()]))
        key = None if start[1].lower() in ("preamble", "string", "comment") else start[2]
        parts.append((key, bib[start.start():end]))
        at = end
    parts.append((None, bib[at:]))
    return parts


def without_unseen(entry):
    """The entry without the fields that no style prints."""
    unseen = r"^  (?:%s) = \{.*?\},$" % "|".join(UNSEEN_FIELDS)
    return re.sub(unseen, "", entry, flags=re.M | re.S)


def foreign_letters(entry):
    """Letters of scripts without fonts, in what styles may print."""
    text = without_unseen(entry)
    return sorted({c for c in text if unicodedata.name(c, "").startswith(FOREIGN)})


# TeX, as far as it takes to read what bibtex wrote.

ACCENTS = {"`": 0x300, "'": 0x301, "^": 0x302, "~": 0x303, "=": 0x304, "u": 0x306,
           ".": 0x307, '"': 0x308, "r": 0x30A, "H": 0x30B, "v": 0x30C, "d": 0x323,
           "c": 0x327, "k": 0x328, "b": 0x331, "acute": 0x301, "ddot": 0x308}
ACCENTS = {sign: chr(mark) for sign, mark in ACCENTS.items()}
# Those that the preamble brings.
ACCENTS.update({
    "textovergrave": "\u0300", "textoveracute": "\u0301", "textovertilde": "\u0303",
    "textoverbar": "\u0304", "textoverdot": "\u0307", "textoverdots": "\u0308",
    "textoverhook": "\u0309", "textoverring": "\u030a", "textovercheck": "\u030c",
    "texthorn": "\u031b", "texthornhook": "\u031b\u0309", "texthorndot": "\u031b\u0323",
    "textunderdot": "\u0323", "textundercedilla": "\u0327", "textunderogonek": "\u0328",
    "textunderbar": "\u0331", "textoverbardot": "\u0304\u0323",
    "textoverdotdot": "\u0307\u0323"})
STROKES = {"H": "Ħ", "h": "ħ", "T": "Ŧ", "t": "ŧ"}
GREEK = {unicodedata.name(chr(c)).split()[-1].lower(): chr(c)
         for c in range(0x3B1, 0x3CA) if c != 0x3C2}
GREEK = {"lambda" if name == "lamda" else name: c for name, c in GREEK.items()}
GREEK.update({name.capitalize(): c.upper() for name, c in GREEK.items()},
             varepsilon="ε", varsigma="ς", varphi="φ")
LIKE = dict(zip(map(ord, "ΑΒΕΖΗΙΚΜΝΟΡΤΥΧο"), "ABEZHIKMNOPTYXo"))
LIKE.update({ord("Ŀ"): "L·", ord("ŀ"): "l·"})
COMMANDS = {"ss": "ß", "ae": "æ", "AE": "Æ", "oe": "œ", "OE": "Œ", "o": "ø", "O": "Ø",
            "aa": "å", "AA": "Å", "l": "ł", "L": "Ł", "i": "ı", "j": "ȷ", "dj": "đ",
            "DJ": "Đ", "dh": "ð", "DH": "Ð", "th": "þ", "TH": "Þ", "ng": "ŋ", "NG": "Ŋ",
            "textbackslash": "\\", "textasciitilde": "~", "textasciicircum": "^",
            "textless": "<", "textgreater": ">", "textbar": "|", "textbraceleft": "{",
            "textbraceright": "}", "ldots": "…", "textperiodcentered": "·", "newblock": "",
            "em": "", "emph": ""}
COMMANDS.update(GREEK)


def one_token(tex, at):
    """A group, a command or a character at `at`; gives it as text, and what follows."""
    if at >= len(tex):
        return "", at
    if tex[at] == "{":
        out, at = "", at + 1
        while at < len(tex) and tex[at] != "}":
            piece, at = one_token(tex, at)
            out += piece
        return out, at + 1
    if tex[at] == "~":
        return " ", at + 1
    if tex[at] != "\\":
        return tex[at], at + 1
    name = re.compile(r"[A-Za-z]+|.", re.S).match(tex, at + 1)
    if name is None:
        return "", at + 1
    after = name.end()
    if name[0].isalpha():
        after = re.compile(r"\s*").match(tex, after).end()
    if name[0] in ACCENTS:
        base, after = one_token(tex, after)
        base = {"ı": "i", "ȷ": "j"}.get(base, base)
        return unicodedata.normalize("NFC", base[:1] + ACCENTS[name[0]] + base[1:]), after
    if name[0] == "textstroke":
        base, after = one_token(tex, after)
        return STROKES[base], after
    if name[0].isalpha():
        return COMMANDS.get(name[0], ""), after
    return name[0], after


def plain_text(tex):
    """What TeX prints, nearly: for names and words."""
    out, at = "", 0
    while at < len(tex):
        piece, at = one_token(tex, at)
        out += piece
    return squeeze(out)


def squeeze(text):
    """Spaces and accents made alike, and what TeX draws with other letters."""
    plain = unicodedata.normalize("NFD", text).translate(LIKE)
    return " ".join(unicodedata.normalize("NFC", plain).split())


def items_of_bbl(bbl):
    """{key: [blocks of text]} of a file that a BibTeX style wrote."""
    items, before = {}, None
    # the label of alpha and plainnat is an argument in brackets with groups of its own
    parts = re.split(r"\\bibitem(?:\[[^]]*\])?\{([^}]*)\}", bbl.split(r"\end{thebibliography}")[0])
    for key, text in zip(parts[1::2], parts[2::2]):
        # IEEEtran draws a dash for the same authors as before.
        same = re.match(r"\s*-{5,}", text)
        if same and before:
            text = before + text[same.end():]
        else:
            before = text.partition("``")[0]
        items[key] = [plain_text(block) for block in text.split(r"\newblock")]
    return items


# Checks.

def log_complaints(log):
    """What LaTeX's last run said that it should not."""
    lines, found = log.splitlines(), []
    for i, line in enumerate(lines):
        if line.startswith("! "):
            context = [line]
            for k in range(i + 1, min(i + 15, len(lines) - 1)):
                if lines[k].startswith("l."):
                    # TeX breaks the line where it stood.
                    context.append(lines[k] + " | " + lines[k + 1].strip())
                    break
                if lines[k].startswith("<") or "->" in lines[k]:
                    context.append(lines[k])
            found.append("\n    ".join(context))
        elif re.match(r"(LaTeX|Package \w+) (\w+ )?Warning:", line):
            # Which shapes of a font there are is not the bibliography's matter.
            if not line.startswith("LaTeX Font Warning: Font shape"):
                found.append(line)
        elif "Missing character" in line:
            found.append(line)
    return list(dict.fromkeys(found))


def bibtex_complaints(result, authorless):
    """What bibtex said, but for what the page itself lacks."""
    found, harmless = [], 0
    for line in result.stdout.splitlines():
        allowed = [rule.match(line) for rule in ALLOWED_WITHOUT_AUTHOR]
        if any(match and match[1] in authorless for match in allowed):
            harmless += 1
        elif re.match(r"Warning--|I was expecting|I'm |Repeated entry|Too many|You've|White "
                      r"space|A bad|Illegal|.*---line \d+|.*error message|The string", line):
            found.append(line)
    if result.returncode != 0 and not found and not harmless:
        found.append("bibtex: exit status %d\n%s" % (result.returncode, result.stdout))
    return found


def is_cut(record):
    return record.get("custom", {}).get("author-list-cut") == "certain"


def family_of(name):
    if "literal" in name:
        return squeeze(name["literal"])
    particle = name.get("non-dropping-particle", "")
    blank = "" if particle == "" or particle[-1] in "'’-" else " "
    return squeeze(particle + blank + name["family"])


def without_tags(title):
    """CSL's text without its own marks."""
    return re.sub(r"</?(i|b|sup|sub|sc)>|<span [^>]*>|</span>", "", title)


def without_math(title):
    """The words outside of formulas and tags; signs of mathematics are none."""
    title = without_tags(re.sub(r"\$[^$]*\$", " $ ", title))
    return "".join(c if c < "\x80" or unicodedata.name(c, "").startswith("LATIN") else " "
                   for c in title)


def is_shouting(title):
    return not re.search(r"[a-z]", title)


def kept_words(title):
    """Words whose capitals bear meaning: GLIDE, InfoGAN, 3D, the Q of Q-Learning."""
    if is_shouting(title):
        return []
    words, title = [], without_math(title)
    for match in re.finditer(r"[^\W_]+", title):
        word = match[0]
        capitals = [i for i, c in enumerate(word) if c.isupper()]
        single = len(word) == 1 and capitals and word not in "AI" and match.start() > 0 \
            and title[match.start() - 1:match.start()] not in "'’"
        inner = any(i > 0 for i in capitals)
        if word in PROPER or inner or single or (capitals and re.search(r"\d", word)):
            words.append(word)
    return words


def lowered_words(title):
    """Words that a style may put in lower case: not the first one, none after a colon."""
    if is_shouting(title):
        return set()
    title, words, kept = without_math(title), set(), set()
    for match in re.finditer(r"[A-Za-z]+", title):
        begins = re.search(r"(^|:)\W*$", title[:match.start()])
        (kept if begins else words).add(match[0])
    return (words & ORDINARY) - kept


def has_word(text, word):
    return re.search(r"(?<![^\W_])%s(?![^\W_])" % re.escape(word), text) is not None


def parts_of_item(style, blocks, has_authors):
    """Authors and title, which are a block each, but for IEEEtran's: it quotes titles."""
    if style == "IEEEtran":
        names, _, rest = " ".join(blocks).partition("``")
        return names, rest.rpartition("''")[0]
    if not has_authors:
        return "", blocks[0]
    return blocks[0], blocks[1] if len(blocks) > 1 else ""


def check_items(style, items, records):
    """What a BibTeX style made of the entries."""
    found = []
    for record in records:
        key = record["id"]
        if key not in items:
            found.append("%s: %s is not in the bibliography" % (style, key))
            continue
        blocks = items[key]
        authors = record.get("author", [])
        names, title = parts_of_item(style, blocks, bool(authors))
        for name in authors:
            wanted = family_of(name)
            if style in WHOLE_NAMES and "given" in name:
                wanted = squeeze(" ".join([name["given"], name.get("dropping-particle", ""), wanted]))
            if wanted not in names:
                found.append("%s: %s: no author '%s' in: %s" % (style, key, wanted, names))
        cut = is_cut(record)
        if cut != ("et al" in names) or "others" in names.split(",")[-1]:
            found.append("%s: %s: %s 'et al.' in: %s" %
                         (style, key, "no" if cut else "a wrong", names))
        if style not in LOWERING:
            continue
        for word in kept_words(record["title"]):
            if not has_word(title, word):
                found.append("%s: %s: '%s' lost its capitals: %s" % (style, key, word, title))
        for word in lowered_words(record["title"]):
            if has_word(title, word):
                found.append("%s: %s: '%s' keeps its capital: %s" % (style, key, word, title))
    return found


def easy(text):
    """Like any copy of a PDF: quotes and dashes are not told apart, nor are ligatures and
    the two letters that T1 draws alike."""
    text = unicodedata.normalize("NFKC", text)
    for signs, sign in (("‘’`´", "'"), ("“”„", '"'), ("–—‑−", "-"), ("Ð", "Đ")):
        text = re.sub("[%s]" % signs, sign, text)
    return "".join(re.sub("-+", "-", text.replace("''", '"')).split())


def whole_in_fonts(text):
    """Whether T1 fonts have each letter as one glyph, so that it can be read back; others
    are put together of letter and accent."""
    return all(ord(c) < 0x100 or c in "ŁłŐőŰűŚśŠšŽžŻżŹźĆćČčĚěŇňŘřĘęĄąŃńĞğŞş" for c in text)


def check_pdf(style, text, records):
    """Whether titles and families are on the page, as far as plain letters go."""
    found = []
    text = easy(text)
    lower = text.casefold()
    cut = any(is_cut(record) for record in records)
    if style == "biblatex" and cut != ("etal." in text):
        found.append("biblatex: the page shows %s 'et al.'" % ("no" if cut else "a wrong"))
    for record in records:
        title = easy(without_tags(record["title"]))
        if "$" not in title and whole_in_fonts(title):
            there = title in text if style == "biblatex" else title.casefold() in lower
            if not there:
                found.append("%s: %s: the page does not show the title '%s'" %
                             (style, record["id"], record["title"]))
        for name in record.get("author", []):
            family = easy(family_of(name))
            if whole_in_fonts(family) and family.casefold() not in lower:
                found.append("%s: %s: the page does not show the author '%s'" %
                             (style, record["id"], family_of(name)))
    return found


# Runs.

def latex(where, draft):
    command = ["pdflatex", "-interaction=nonstopmode", "-no-shell-escape", "refs.tex"]
    return run(command[:1] + (["-draftmode"] if draft else []) + command[1:], where)


def typeset(style, bib, records):
    """Runs one style in a directory of its own; gives the complaints."""
    with tempfile.TemporaryDirectory(prefix="citeconv-latex-") as where:
        keys = [record["id"] for record in records]
        document = BIBLATEX_DOCUMENT if style == "biblatex" else BIBTEX_DOCUMENT
        natbib = style == "plainnat"
        cites = "\n".join(("\\citet{%s}" if natbib else "\\cite{%s}") % key for key in keys)
        packages = "\\usepackage{natbib}\n" if natbib else ""
        with open(os.path.join(where, "refs.tex"), "w", encoding="utf-8") as out:
            out.write(document % {"cites": cites, "style": style, "packages": packages})
        with open(os.path.join(where, "refs.bib"), "w", encoding="utf-8") as out:
            out.write(bib)
        latex(where, True)
        found = []
        if style == "biblatex":
            result = run(["biber", "refs"], where)
            said = [line for line in result.stdout.splitlines() if re.match(r"WARN|ERROR", line)]
            if result.returncode != 0 and not said:
                said = ["biber: exit status %d\n%s" % (result.returncode, result.stdout)]
            found += said
        else:
            authorless = {record["id"] for record in records if not record.get("author")}
            found += bibtex_complaints(run(["bibtex", "refs"], where), authorless)
            bbl = os.path.join(where, "refs.bbl")
            found += check_items(style, items_of_bbl(read(bbl)) if os.path.exists(bbl) else {},
                                 records)
        latex(where, True)
        result = latex(where, False)
        found += log_complaints(read(os.path.join(where, "refs.log")))
        if not os.path.exists(os.path.join(where, "refs.pdf")):
            found.append("pdflatex made no page (exit status %d)" % result.returncode)
        elif shutil.which("pdftotext"):
            result = run(["pdftotext", "-enc", "UTF-8", "refs.pdf", "refs.txt"], where)
            if result.returncode != 0:
                return found + ["pdftotext: %s" % result.stdout.strip()]
            found += check_pdf(style, read(os.path.join(where, "refs.txt")), records)
        return found


def convert(program, page, *options):
    result = subprocess.run([program, "-q", *options, page], capture_output=True, check=False)
    if result.returncode != 0:
        raise SystemExit("%s %s %s: exit status %d\n%s" % (
            program, " ".join(options), page, result.returncode,
            result.stderr.decode(errors="replace")))
    try:
        return result.stdout.decode()
    except UnicodeDecodeError as error:
        raise SystemExit("%s %s %s: %s" % (program, " ".join(options), page, error)) from None


def printed(record):
    """All of an item that styles may print, as one string."""
    return json.dumps({k: v for k, v in record.items() if k not in UNSEEN_FIELDS},
                      ensure_ascii=False)


def jobs_of(program, page):
    """(what, style, bib, records) of each run for a page."""
    records = [json.loads(line) for line in convert(program, page, "-t", "csl-jsonl").splitlines()]
    name = os.path.basename(page)
    for charset in ("UTF-8", "ascii"):
        bib = convert(program, page, "-t", "bibtex", "--to-charset", charset)
        parts = entries_of(bib)
        entries = {key: text for key, text in parts if key is not None}
        if list(entries) != [record["id"] for record in records]:
            raise SystemExit("%s: the keys of BibTeX and CSL-JSON differ: %s" % (name, list(entries)))
        out = set()
        for record in records:
            key = record["id"]
            # In ASCII "?" stands for what TeX has no command for.
            seen = entries[key] if charset == "UTF-8" else printed(record)
            letters = foreign_letters(seen)
            if letters and (charset == "UTF-8" or "?" in entries[key]):
                print("note: %s (%s): %s is left out, there is no font for %s" %
                      (name, charset, key, "".join(letters)))
                out.add(key)
        if charset == "UTF-8":
            wrapped = {key for key, text in entries.items()
                       if re.search(r"\\text(over|under)", without_unseen(text))}
        for style in BIBTEX_STYLES + ("biblatex",):
            # LaTeX's own accents on letters that T1 has not: biber makes the letters of
            # them, which pdflatex does not know.
            gone = out | wrapped if (charset, style) == ("ascii", "biblatex") else out
            yield ("%s (%s, %s)" % (name, charset, style), style,
                   "".join(text for key, text in parts if key not in gone),
                   [record for record in records if record["id"] not in gone])


def main(arguments):
    if len(arguments) < 2:
        print(__doc__, file=sys.stderr)
        return 2
    missing = missing_package()
    if missing:
        print("SKIP: latex: %s is not installed (%s)" % (missing[0], APT))
        return 77
    if shutil.which("pdftotext") is None:
        print("note: pdftotext is not installed (apt install poppler-utils): what the pages "
              "show is not looked at")
    program = os.path.abspath(arguments[0])
    jobs = [job for page in arguments[1:] for job in jobs_of(program, page)]
    failed = 0
    with ThreadPoolExecutor(os.cpu_count() or 1) as pool:
        for job, found in zip(jobs, pool.map(lambda job: typeset(*job[1:]), jobs)):
            failed += bool(found)
            for complaint in found:
                print("%s: %s" % (job[0], complaint))
    print("latex: %d runs, %d with complaints" % (len(jobs), failed))
    return 1 if failed else 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
