#!/usr/bin/env python3
# SPDX-License-Identifier: MIT
"""Makes latex.inc: how LaTeX spells characters above ASCII.

Accented letters come from Unicode's decompositions, as do letters in mathematical
alphabets, raised and lowered ones; the rest is listed here.  What pdfLaTeX typesets
itself is read from the kernel's own .dfu files, which kpsewhich finds (Debian:
texlive-latex-base).  Usage: mk_latex.py >latex.inc

Letters that T1 has not are spelled with commands of our own, \\textoveracute and so on,
defined in formats/bibtex/preamble.c: biber would turn LaTeX's own accents back into the
letter, or break them, and T1 has none for hooks, horns and strokes.
"""
import re
import subprocess
import unicodedata

# LaTeX's accent, and ours for letters outside of T1; None where there is none, or where
# no letter needs it.
ACCENTS = {
    0x300: ("`", "textovergrave"), 0x301: ("'", "textoveracute"),
    0x302: ("^", None), 0x303: ("~", "textovertilde"),
    0x304: ("=", "textoverbar"), 0x306: ("u", None),
    0x307: (".", "textoverdot"), 0x308: ('"', "textoverdots"),
    0x309: (None, "textoverhook"), 0x30A: ("r", "textoverring"),
    0x30B: ("H", None), 0x30C: ("v", "textovercheck"),
    0x31B: (None, "texthorn"), 0x323: ("d", "textunderdot"),
    0x326: ("textcommabelow", None), 0x327: ("c", "textundercedilla"),
    0x328: ("k", "textunderogonek"), 0x331: ("b", "textunderbar"),
}
# Two of ours at once: biber makes no initial of commands within commands.
BOTH = {("textunderdot", "texthorn"): "texthorndot", ("texthorn", "textoverhook"): "texthornhook",
        ("textunderdot", "textoverbar"): "textoverbardot",
        ("textunderdot", "textoverdot"): "textoverdotdot"}
BELOW = (0x323, 0x326, 0x327, 0x328, 0x331)
HORN = 0x31B

TEXT = {
    # Letters.
    "Æ": r"{\AE}", "æ": r"{\ae}", "Œ": r"{\OE}", "œ": r"{\oe}", "Ø": r"{\O}",
    "ø": r"{\o}", "Å": r"{\AA}", "å": r"{\aa}", "Ł": r"{\L}", "ł": r"{\l}",
    "ß": r"{\ss}", "ẞ": r"{\SS}", "ı": r"{\i}", "ȷ": r"{\j}", "Đ": r"{\DJ}",
    "đ": r"{\dj}", "Ð": r"{\DH}", "ð": r"{\dh}", "Þ": r"{\TH}", "þ": r"{\th}",
    "Ŋ": r"{\NG}", "ŋ": r"{\ng}", "Ĳ": r"{\IJ}", "ĳ": r"{\ij}", "ŉ": "'n",
    "Ħ": r"{\textstroke{H}}", "ħ": r"{\textstroke{h}}", "Ŧ": r"{\textstroke{T}}",
    "ŧ": r"{\textstroke{t}}", "Ŀ": r"L{\textperiodcentered}",
    "ŀ": r"l{\textperiodcentered}", "ĸ": r"{\textsc{k}}", "ſ": r"{\textlongess}",
    "ƒ": r"{\textflorin}", "Ǆ": r"D{\v Z}", "ǅ": r"D{\v z}", "ǆ": r"d{\v z}", "Ǉ": "LJ",
    "ǈ": "Lj", "ǉ": "lj", "Ǌ": "NJ", "ǋ": "Nj", "ǌ": "nj", "Ǳ": "DZ", "ǲ": "Dz",
    "ǳ": "dz", "ﬀ": "ff", "ﬁ": "fi", "ﬂ": "fl", "ﬃ": "ffi", "ﬄ": "ffl", "ﬅ": "st",
    "ﬆ": "st", "ª": r"{\textordfeminine}", "º": r"{\textordmasculine}",
    "ʹ": "'", "ʺ": "''", "ʻ": "`", "ʼ": "'", "ʽ": "`", "ʾ": "'", "ʿ": "`",
    # Accents on their own.
    "¨": r"{\textasciidieresis}", "¯": r"{\textasciimacron}",
    "´": r"{\textasciiacute}", "¸": r"{\symbol{11}}", "ˆ": r"{\textasciicircum}",
    "˜": r"{\textasciitilde}", "ˇ": r"{\textasciicaron}", "˘": r"{\textasciibreve}",
    "˙": r"{\symbol{10}}", "˛": r"{\symbol{12}}", "˝": r"{\textacutedbl}",
    # Spaces and what has no width.
    "\u00a0": "~", "\u00ad": r"{\-}", "\u2000": r"{\enspace}", "\u2001": r"{\quad}",
    "\u2002": r"{\enspace}", "\u2003": r"{\quad}", "\u2004": r"{\hspace{.333em}}",
    "\u2005": r"{\hspace{.25em}}", "\u2006": r"{\hspace{.167em}}",
    "\u2007": r"{\enspace}", "\u2008": r"{\hspace{.25em}}", "\u2009": r"{\thinspace}",
    "\u200a": r"{\hspace{.1em}}", "\u200b": r"{\hspace{0pt}}",
    "\u200c": r"{\textcompwordmark}", "\u202f": r"{\thinspace}", "\u205f": r"{\hspace{.222em}}",
    "\u2060": r"{\nobreak}", "\u3000": r"{\quad}", "\ufeff": r"{\nobreak}",
    # Dashes and hyphens.
    "\u2010": "-", "\u2011": "-", "‒": "--", "–": "--", "—": "---", "―": "---",
    "⁃": "-", "⸺": "---{}---", "⸻": "---{}---{}---",
    # Quotes.
    "‘": "`", "’": "'", "‚": r"{\quotesinglbase}", "‛": "`", "“": "``", "”": "''",
    "„": r"{\quotedblbase}", "‟": "``", "«": r"{\guillemotleft}",
    "»": r"{\guillemotright}", "‹": r"{\guilsinglleft}", "›": r"{\guilsinglright}",
    # Punctuation.
    "¡": r"{\textexclamdown}", "¿": r"{\textquestiondown}", "‽": r"{\textinterrobang}",
    "‼": "!!", "⁇": "??", "⁈": "?!", "⁉": "!?", "․": ".", "‥": "..",
    "…": r"{\ldots}", "·": r"{\textperiodcentered}", "‧": r"{\textperiodcentered}",
    "•": r"{\textbullet}", "†": r"{\dag}", "‡": r"{\ddag}", "§": r"{\S}", "¶": r"{\P}",
    "⁋": r"{\P}", "※": r"{\textreferencemark}", "‖": r"{\textbardbl}",
    "¦": r"{\textbrokenbar}", "⁂": "***", "⁎": r"{\textasteriskcentered}", "⁑": "**",
    "⁄": r"{\textfractionsolidus}", "⁅": r"{\textlquill}", "⁆": r"{\textrquill}",
    "⁒": r"{\textdiscount}", "‰": r"{\textperthousand}", "‱": r"{\textpertenthousand}",
    "␢": r"{\textblank}", "␣": r"{\textvisiblespace}", "\u2329": r"{\textlangle}",
    "\u232a": r"{\textrangle}", "⟨": r"{\textlangle}", "⟩": r"{\textrangle}",
    "\u3008": r"{\textlangle}", "\u3009": r"{\textrangle}",
    # Money.
    "€": r"{\texteuro}", "£": r"{\pounds}", "¥": r"{\textyen}", "¢": r"{\textcent}",
    "¤": r"{\textcurrency}", "฿": r"{\textbaht}", "₠": "ECU", "₡": r"{\textcolonmonetary}",
    "₢": "Cr", "₣": r"{\textfranc}", "₤": r"{\textlira}", "₥": r"{\textmill}",
    "₦": r"{\textnaira}", "₧": "Pts", "₨": "Rs", "₩": r"{\textwon}",
    "₪": r"{\textshekel}", "₫": r"{\textdong}", "₭": r"{\textkip}", "₮": r"{\texttugrik}",
    "₯": r"{\textdrachma}", "₱": r"{\textpeso}", "₲": r"{\textguarani}",
    "₳": r"{\textaustral}", "₴": r"{\texthryvnia}", "₵": r"{\textcedi}",
    "₸": r"{\texttenge}", "₹": r"{\textrupee}", "₺": r"{\textturkishlira}",
    "₼": r"{\textmanat}", "₽": r"{\textruble}", "₾": r"{\textlari}", "₿": r"{\textbitcoin}",
    # Letterlike signs.
    "™": r"{\texttrademark}", "©": r"{\copyright}", "®": r"{\textregistered}",
    "℗": r"{\textcircledP}", "℠": r"{\textservicemark}", "°": r"{\textdegree}",
    "℃": r"{\textcelsius}", "℉": r"{\textdegree}F", "№": r"{\textnumero}",
    "℞": r"{\textrecipe}", "℮": r"{\textestimated}", "\u2126": r"{\textohm}",
    "℧": r"{\textmho}", "\u212a": "K", "\u212b": r"{\AA}", "℀": "a/c", "℁": "a/s", "℅": "c/o",
    "℆": "c/u", "℔": "lb", "℡": "TEL", "℻": "FAX", "ℹ": "i", "⅍": "A/S", "⅋": r"{\&}",
    "♪": r"{\textmusicalnote}", "◯": r"{\textbigcircle}", "◦": r"{\textopenbullet}",
    # Fractions that TS1 has.
    "¼": r"{\textonequarter}", "½": r"{\textonehalf}", "¾": r"{\textthreequarters}",
}

GREEK = ("alpha beta gamma delta varepsilon zeta eta theta iota kappa lambda mu nu xi o pi "
         "rho varsigma sigma tau upsilon varphi chi psi omega").split()
CAPITALS = ("A B Gamma Delta E Z H Theta I K Lambda M N Xi O Pi P ? Sigma T Upsilon Phi X "
            "Psi Omega").split()
MATH = {
    "×": r"\times", "÷": r"\div", "±": r"\pm", "∓": r"\mp", "¬": r"\neg", "µ": r"\mu",
    "¹": "^1", "²": "^2", "³": "^3", "−": "-", "∕": "/", "′": "'", "″": "''", "‴": "'''",
    "⁗": "''''", "‵": r"\backprime", "‣": r"\triangleright", "‾": r"\overline{\ }",
    "‿": r"\smile", "⁀": r"\frown", "⁓": r"\sim", "⁺": "^+", "⁻": "^-", "⁼": "^=",
    "⁽": "^(", "⁾": "^)", "₊": "_+", "₋": "_-", "₌": "_=", "₍": "_(", "₎": "_)",
    "ⁿ": "^n", "ⁱ": "^i", "˚": r"^\circ",
    # Greek.
    "ϵ": r"\epsilon", "ϕ": r"\phi", "ϑ": r"\vartheta", "ϱ": r"\varrho", "ϖ": r"\varpi",
    "ϒ": r"\Upsilon", "ϰ": r"\varkappa", "ϴ": r"\Theta",
    # Relations.
    "≤": r"\leq", "≥": r"\geq", "≠": r"\neq", "≈": r"\approx", "≡": r"\equiv",
    "≃": r"\simeq", "≅": r"\cong", "∼": r"\sim", "∝": r"\propto", "≪": r"\ll",
    "≫": r"\gg", "≺": r"\prec", "≻": r"\succ", "≼": r"\preceq", "≽": r"\succeq",
    "≦": r"\leqq", "≧": r"\geqq", "⩽": r"\leqslant", "⩾": r"\geqslant",
    "≲": r"\lesssim", "≳": r"\gtrsim", "≍": r"\asymp", "≐": r"\doteq", "≔": ":=",
    "≕": "=:", "≜": r"\triangleq", "≝": r"\stackrel{\mathrm{def}}{=}",
    "≟": r"\stackrel{?}{=}", "∶": ":", "∷": "::", "∈": r"\in", "∊": r"\in",
    "∋": r"\ni", "∍": r"\ni", "⊂": r"\subset", "⊆": r"\subseteq", "⊃": r"\supset",
    "⊇": r"\supseteq", "⊊": r"\subsetneq", "⊋": r"\supsetneq", "⊑": r"\sqsubseteq",
    "⊒": r"\sqsupseteq", "⊢": r"\vdash", "⊣": r"\dashv", "⊧": r"\models",
    "⊨": r"\models", "⊥": r"\perp", "∥": r"\parallel", "∣": r"\mid", "⋈": r"\bowtie",
    "∴": r"\therefore", "∵": r"\because", "∉": r"\notin", "∄": r"\not\exists",
    "∌": r"\not\ni", "∤": r"\not\mid", "∦": r"\not\parallel", "≁": r"\not\sim",
    "≄": r"\not\simeq", "≇": r"\not\cong", "≉": r"\not\approx", "≢": r"\not\equiv",
    "≭": r"\not\asymp", "≮": r"\not<", "≯": r"\not>", "≰": r"\not\leq",
    "≱": r"\not\geq", "⊀": r"\not\prec", "⊁": r"\not\succ", "⊄": r"\not\subset",
    "⊅": r"\not\supset", "⊈": r"\not\subseteq", "⊉": r"\not\supseteq",
    "⊬": r"\not\vdash", "⊭": r"\not\models",
    # Operators.
    "∪": r"\cup", "∩": r"\cap", "⊎": r"\uplus", "⊓": r"\sqcap", "⊔": r"\sqcup",
    "∅": r"\emptyset", "∀": r"\forall", "∃": r"\exists", "∇": r"\nabla",
    "∂": r"\partial", "∆": r"\Delta", "∑": r"\sum", "∏": r"\prod", "∐": r"\coprod",
    "∫": r"\int", "∬": r"\int\!\!\int", "∭": r"\int\!\!\int\!\!\int", "∮": r"\oint",
    "√": r"\surd", "∛": r"\sqrt[3]{\ }", "∜": r"\sqrt[4]{\ }", "∞": r"\infty",
    "∠": r"\angle", "⋅": r"\cdot", "∙": r"\bullet", "∘": r"\circ", "∗": r"\ast",
    "⊗": r"\otimes", "⊕": r"\oplus", "⊖": r"\ominus", "⊘": r"\oslash", "⊙": r"\odot",
    "∧": r"\wedge", "∨": r"\vee", "⋀": r"\bigwedge", "⋁": r"\bigvee", "⋂": r"\bigcap",
    "⋃": r"\bigcup", "∖": r"\setminus", "≀": r"\wr", "⋄": r"\diamond", "⋆": r"\star",
    "⊤": r"\top", "⊲": r"\triangleleft", "⊳": r"\triangleright", "⨁": r"\bigoplus",
    "⨂": r"\bigotimes", "⋯": r"\cdots", "⋮": r"\vdots", "⋱": r"\ddots",
    # Brackets.
    "⟪": r"\langle\!\langle", "⟫": r"\rangle\!\rangle", "⟦": r"[\![", "⟧": r"]\!]",
    "⌈": r"\lceil", "⌉": r"\rceil", "⌊": r"\lfloor", "⌋": r"\rfloor",
    # Arrows.
    "→": r"\rightarrow", "←": r"\leftarrow", "↔": r"\leftrightarrow", "↑": r"\uparrow",
    "↓": r"\downarrow", "↕": r"\updownarrow", "↖": r"\nwarrow", "↗": r"\nearrow",
    "↘": r"\searrow", "↙": r"\swarrow", "↚": r"\not\leftarrow",
    "↛": r"\not\rightarrow", "↮": r"\not\leftrightarrow", "↝": r"\rightsquigarrow",
    "⇝": r"\rightsquigarrow", "↠": r"\twoheadrightarrow", "↦": r"\mapsto",
    "↩": r"\hookleftarrow", "↪": r"\hookrightarrow", "↼": r"\leftharpoonup",
    "↽": r"\leftharpoondown", "⇀": r"\rightharpoonup", "⇁": r"\rightharpoondown",
    "⇄": r"\rightleftarrows", "⇆": r"\leftrightarrows", "⇌": r"\rightleftharpoons",
    "⇒": r"\Rightarrow", "⇐": r"\Leftarrow", "⇑": r"\Uparrow", "⇓": r"\Downarrow",
    "⇔": r"\Leftrightarrow", "⇕": r"\Updownarrow", "⇏": r"\not\Rightarrow",
    "⇍": r"\not\Leftarrow", "⟵": r"\longleftarrow", "⟶": r"\longrightarrow",
    "⟷": r"\longleftrightarrow", "⟸": r"\Longleftarrow", "⟹": r"\Longrightarrow",
    "⟺": r"\Longleftrightarrow", "⟼": r"\longmapsto",
    # Letters of mathematics that are not made by rule.
    "ℓ": r"\ell", "ℏ": r"\hbar", "ℎ": "h", "ℜ": r"\Re", "ℑ": r"\Im", "℘": r"\wp",
    "ℵ": r"\aleph", "ℶ": r"\beth", "ℷ": r"\gimel", "ℸ": r"\daleth", "ℼ": r"\pi",
    "ℽ": r"\gamma", "ℾ": r"\Gamma", "ℿ": r"\Pi", "⅀": r"\sum", "𝚤": r"\imath",
    "𝚥": r"\jmath",
    # Shapes.
    "★": r"\star", "☆": r"\star", "♯": r"\sharp", "♭": r"\flat", "♮": r"\natural",
    "△": r"\triangle", "▽": r"\bigtriangledown", "▷": r"\triangleright",
    "◁": r"\triangleleft", "◇": r"\diamond", "○": r"\bigcirc", "●": r"\bullet",
    "□": r"\square", "■": r"\blacksquare", "✓": r"\checkmark", "♣": r"\clubsuit",
    "♦": r"\diamondsuit", "♥": r"\heartsuit", "♠": r"\spadesuit", "♡": r"\heartsuit",
    "♢": r"\diamondsuit",
}
for i, name in enumerate(GREEK):
    MATH[chr(0x3B1 + i)] = name if name == "o" else "\\" + name
for i, name in enumerate(CAPITALS):
    if name != "?":
        MATH[chr(0x391 + i)] = "\\" + name if len(name) > 1 else r"\mathrm{%s}" % name
for i in range(10):
    MATH.setdefault("⁰¹²³⁴⁵⁶⁷⁸⁹"[i], "^%d" % i)
    MATH["₀₁₂₃₄₅₆₇₈₉"[i]] = "_%d" % i
for i in range(1, 10):
    TEXT[chr(0x245F + i)] = r"{\textcircled{%d}}" % i

# How alphabets of mathematics are named in Unicode; the first that fits.
ALPHABETS = (
    ("DOUBLE-STRUCK", "mathbb"), ("BLACK-LETTER", "mathfrak"), ("FRAKTUR", "mathfrak"),
    ("SANS-SERIF", "mathsf"), ("MONOSPACE", "mathtt"), ("SCRIPT", "mathcal"),
    ("BOLD ITALIC", "boldsymbol"), ("BOLD", "mathbf"), ("ITALIC", ""),
)
NO_SMALL = ("mathbb", "mathcal")  # alphabets that have capitals only


def lettered(code):
    """A letter or digit of another shape, raised or lowered, or a fraction; or None."""
    char = chr(code)
    shape, *parts = unicodedata.decomposition(char).split() or [""]
    plain = "".join(chr(int(part, 16)) for part in parts if not part.startswith("<"))
    if shape == "<fraction>":
        over, _, under = plain.partition("\u2044")
        return "^{%s}/_{%s}" % (over, under) if under else None
    if shape in ("<super>", "<sub>") and len(plain) == 1 and plain.isascii() and plain.isalpha():
        return "%s{\\mathrm{%s}}" % ("^" if shape == "<super>" else "_", plain)
    if shape != "<font>" or len(plain) != 1:
        return None
    alphabet = next((to for word, to in ALPHABETS if word in unicodedata.name(char)), "")
    if not plain.isascii():  # Greek
        return MATH.get(plain)
    if not plain.isalnum() or (alphabet in NO_SMALL and not plain.isupper()):
        return plain if plain.isalnum() else None
    return "\\%s{%s}" % (alphabet, plain) if alphabet else plain


def with_accent(sign, inner):
    """LaTeX's own accent on a letter, without the braces around."""
    if len(sign) > 1 or inner.startswith("\\"):
        return "\\%s{%s}" % (sign, inner)
    return "\\%s%s%s" % (sign, " " if sign.isalpha() else "", inner)


def accented(char, itself):
    """A letter with accents as commands, or None."""
    letter, *marks = (ord(c) for c in unicodedata.normalize("NFD", char))
    if not marks or any(mark not in ACCENTS for mark in marks):
        return None
    inner = chr(letter) if letter < 0x80 else TEXT.get(chr(letter), "")[1:-1]
    if not inner:
        return None
    # What sits above a letter of T1 comes first: TeX sets it on letters only.
    marks.sort(key=lambda mark: (mark in BELOW, mark == HORN))
    if HORN in marks and 0x323 in marks:
        marks.sort(key=lambda mark: mark in BELOW)
    so_far, raw = chr(letter), letter < 0x80 or letter in itself
    for mark in marks:
        sign, ours = ACCENTS[mark]
        so_far = unicodedata.normalize("NFC", so_far + chr(mark))
        if raw and len(so_far) == 1 and ord(so_far) in itself:
            inner = with_accent(sign, inner)
        elif not ours or (mark not in BELOW and mark not in (HORN, 0x309) and not raw):
            return None
        else:
            # A hook takes the place of the dot; biber reads \i as a letter of T1.
            inner = "\\%s{%s}" % (ours, "\\i" if mark == 0x309 and inner == "i" else inner)
            raw = False
    ours = re.fullmatch(r"\\(\w+)\{\\(\w+)\{(\w)\}\}", inner)
    if ours and (ours[1], ours[2]) in BOTH:
        inner = "\\%s{%s}" % (BOTH[ours[1], ours[2]], ours[3])
    return "{%s}" % inner


def tex_file(name):
    """What stands in one of TeX's own files."""
    path = subprocess.run(["kpsewhich", name], check=True,
                          capture_output=True, text=True).stdout.strip()
    with open(path, encoding="utf-8", errors="replace") as lines:
        return lines.read()


def typeset():
    """What LaTeX has with T1 fonts and those of symbols, by the kernel."""
    codes = set()
    for name in ("utf8.def", "ot1enc.dfu", "t1enc.dfu", "ts1enc.dfu", "omsenc.dfu"):
        for found in re.findall(r"^\\DeclareUnicodeCharacter\{([0-9A-F]+)\}", tex_file(name),
                                re.M):
            codes.add(int(found, 16))
    return codes


def rows_of(itself):
    """{code: (command, in math)}"""
    rows = {}
    for code in (*range(0xAA, 0x250), *range(0x2B0, 0x2E5), *range(0x1D2C, 0x1D6B),
                 *range(0x1E00, 0x1F00), *range(0x2070, 0x20A0), *range(0x2100, 0x2190),
                 0x2C7C, *range(0x1D400, 0x1D800)):
        command = lettered(code)
        if command:
            rows[code] = (command, 1)
        else:
            command = accented(chr(code), itself)
            if command:
                rows[code] = (command, 0)
    for code in range(0x2160, 0x2180):  # Roman numerals
        if unicodedata.decomposition(chr(code)).startswith("<compat>"):
            rows[code] = (unicodedata.normalize("NFKC", chr(code)), 0)
    # Accented Greek is a letter of words; for ASCII it is made of accents in math.
    for char in "άέήίόύώϊϋΆΈΉΊΌΎΏΪΫ":
        letter, mark = unicodedata.normalize("NFD", char)
        rows[ord(char)] = (r"\%s{%s}" % ("acute" if mark == "\u0301" else "ddot",
                                         MATH[letter]), 1)
    for char in TEXT:
        rows[ord(char)] = (TEXT[char], 0)
    for code, (command, math) in rows.items():
        # Signs that become words are in no case.
        if code >= 0x2000 and not math and re.search("[A-Z]", command) and "{" not in command:
            rows[code] = ("{%s}" % command, 0)
    for char in MATH:
        rows[ord(char)] = (MATH[char], 1)
    return rows


def main():
    """Prints the table, sorted by character."""
    # What is another character in normal form C, biber turns into that.
    itself = {code for code in typeset()
              if code >= 0x80 and unicodedata.is_normalized("NFC", chr(code))}
    rows = rows_of(itself)
    print("/* Made by mk_latex.py: {character, in math, typeset as it is, command}. */")
    for code in sorted(set(rows) | itself):
        command, math = rows.get(code, ("", 0))
        quoted = command.replace("\\", "\\\\").replace('"', '\\"')
        print('{0x%x, %d, %d, "%s"},' % (code, math, code in itself, quoted))


if __name__ == "__main__":
    main()
