#!/usr/bin/env python3
# SPDX-License-Identifier: MIT
"""Makes latex.inc: how LaTeX spells characters above ASCII.

Accented letters come from Unicode's decompositions; the rest is listed here.  What
pdfLaTeX typesets itself is read from the kernel's own .dfu files, which kpsewhich finds
(Debian: texlive-latex-base).  Usage: mk_latex.py >latex.inc
"""
import re
import subprocess
import unicodedata

ACCENTS = {0x300: "`", 0x301: "'", 0x302: "^", 0x303: "~", 0x304: "=", 0x306: "u",
           0x307: ".", 0x308: '"', 0x30A: "r", 0x30B: "H", 0x30C: "v", 0x323: "d",
           0x327: "c", 0x328: "k", 0x331: "b"}
TEXT = {
    "Æ": r"{\AE}", "æ": r"{\ae}", "Œ": r"{\OE}", "œ": r"{\oe}", "Ø": r"{\O}",
    "ø": r"{\o}", "Å": r"{\AA}", "å": r"{\aa}", "Ł": r"{\L}", "ł": r"{\l}",
    "ß": r"{\ss}", "ẞ": r"{\SS}", "ı": r"{\i}", "ȷ": r"{\j}", "Đ": r"{\DJ}",
    "đ": r"{\dj}", "Ð": r"{\DH}", "ð": r"{\dh}", "Þ": r"{\TH}", "þ": r"{\th}",
    "Ŋ": r"{\NG}", "ŋ": r"{\ng}", "–": "--", "—": "---", "‘": "`", "’": "'",
    "“": "``", "”": "''", "„": r"{\quotedblbase}", "‚": r"{\quotesinglbase}",
    "«": r"{\guillemotleft}", "»": r"{\guillemotright}", "‹": r"{\guilsinglleft}",
    "›": r"{\guilsinglright}", "…": r"{\ldots}", "§": r"{\S}", "¶": r"{\P}",
    "†": r"{\dag}", "‡": r"{\ddag}", "•": r"{\textbullet}", "™": r"{\texttrademark}",
    "©": r"{\copyright}", "®": r"{\textregistered}", "°": r"{\textdegree}",
    "€": r"{\texteuro}", "£": r"{\pounds}", "¥": r"{\textyen}", "¢": r"{\textcent}",
    "¡": r"{\textexclamdown}", "¿": r"{\textquestiondown}", "\u00a0": "~",
    "\u2009": r"{\,}", "\u202f": r"{\,}", "\u2002": r"{\enspace}", "\u2003": r"{\quad}",
    "\u2010": "-", "\u2011": "-", "·": r"{\textperiodcentered}",
    "‰": r"{\textperthousand}", "ª": r"{\textordfeminine}", "º": r"{\textordmasculine}",
    "¼": r"{\textonequarter}", "½": r"{\textonehalf}", "¾": r"{\textthreequarters}",
    "¦": r"{\textbrokenbar}", "¤": r"{\textcurrency}", "№": r"{\textnumero}",
    "ﬀ": "ff", "ﬁ": "fi", "ﬂ": "fl", "ﬃ": "ffi", "ﬄ": "ffl",
}
GREEK = ("alpha beta gamma delta varepsilon zeta eta theta iota kappa lambda mu nu xi o pi "
         "rho varsigma sigma tau upsilon varphi chi psi omega").split()
CAPITALS = ("A B Gamma Delta E Z H Theta I K Lambda M N Xi O Pi P ? Sigma T Upsilon Phi X "
            "Psi Omega").split()
MATH = {
    "×": r"\times", "÷": r"\div", "±": r"\pm", "∓": r"\mp", "¬": r"\neg", "µ": r"\mu",
    "¹": "^1", "²": "^2", "³": "^3", "−": "-", "∕": "/", "′": "'", "″": "''",
    "ϵ": r"\epsilon", "ϕ": r"\phi", "ϑ": r"\vartheta", "ϱ": r"\varrho", "ϖ": r"\varpi",
    "≤": r"\leq", "≥": r"\geq", "≠": r"\neq", "≈": r"\approx", "≡": r"\equiv",
    "≃": r"\simeq", "≅": r"\cong", "∼": r"\sim", "∝": r"\propto", "≪": r"\ll",
    "≫": r"\gg", "∞": r"\infty", "∈": r"\in", "∉": r"\notin", "∋": r"\ni",
    "⊂": r"\subset", "⊆": r"\subseteq", "⊃": r"\supset", "⊇": r"\supseteq",
    "∪": r"\cup", "∩": r"\cap", "∅": r"\emptyset", "∀": r"\forall", "∃": r"\exists",
    "∇": r"\nabla", "∂": r"\partial", "∑": r"\sum", "∏": r"\prod", "∫": r"\int",
    "√": r"\surd", "⋅": r"\cdot", "∘": r"\circ", "∗": r"\ast", "⊗": r"\otimes",
    "⊕": r"\oplus", "⊙": r"\odot", "→": r"\rightarrow", "←": r"\leftarrow",
    "↔": r"\leftrightarrow", "⇒": r"\Rightarrow", "⇐": r"\Leftarrow",
    "⇔": r"\Leftrightarrow", "↦": r"\mapsto", "↑": r"\uparrow", "↓": r"\downarrow",
    "⟨": r"\langle", "⟩": r"\rangle", "⌈": r"\lceil", "⌉": r"\rceil", "⌊": r"\lfloor",
    "⌋": r"\rfloor", "⊥": r"\perp", "∥": r"\parallel", "‖": r"\|", "∧": r"\wedge",
    "∨": r"\vee", "∖": r"\setminus", "∣": r"\mid", "ℓ": r"\ell", "ℏ": r"\hbar",
    "ℜ": r"\Re", "ℑ": r"\Im", "ℵ": r"\aleph", "★": r"\star", "⋆": r"\star",
    "♯": r"\sharp", "♭": r"\flat", "♮": r"\natural", "△": r"\triangle",
    "⋯": r"\cdots", "⋮": r"\vdots", "⋱": r"\ddots", "⊢": r"\vdash", "⊤": r"\top",
    "♣": r"\clubsuit", "♦": r"\diamondsuit", "♥": r"\heartsuit", "♠": r"\spadesuit",
}
for i, name in enumerate(GREEK):
    MATH[chr(0x3B1 + i)] = name if name == "o" else "\\" + name
for i, name in enumerate(CAPITALS):
    if name != "?":
        MATH[chr(0x391 + i)] = "\\" + name if len(name) > 1 else r"\mathrm{%s}" % name
for i in range(10):
    MATH.setdefault("⁰¹²³⁴⁵⁶⁷⁸⁹"[i], "^%d" % i)
    MATH["₀₁₂₃₄₅₆₇₈₉"[i]] = "_%d" % i


def spelled(code):
    """An accented letter as a command, or None."""
    char = chr(code)
    if char in TEXT:
        return TEXT[char]
    parts = unicodedata.decomposition(char).split()
    if len(parts) != 2 or parts[0].startswith("<"):
        return None
    base, accent = (int(part, 16) for part in parts)
    if accent not in ACCENTS:
        return None
    sign = ACCENTS[accent]
    above = sign not in "dckb"
    if base < 0x80:
        letter = chr(base)
        if above and letter in "ij":
            return "{\\%s\\%s}" % (sign, letter)
        return "{\\%s%s%s}" % (sign, " " if sign.isalpha() else "", letter)
    inner = spelled(base)
    below = inner and inner[1:3] in ("\\d", "\\c", "\\k", "\\b") and inner[3] == " "
    if below and above:  # TeX sets an accent above on letters only
        root = unicodedata.decomposition(chr(base)).split()[0]
        gap = " " if sign.isalpha() else ""
        sign, inner = inner[2], "{\\%s%s%s}" % (sign, gap, chr(int(root, 16)))
    return inner and "{\\%s%s}" % (sign, inner)


def typeset():
    """What T1, TS1 and OMS fonts have, by the kernel."""
    codes = set()
    for encoding in ("t1", "ts1", "oms"):
        path = subprocess.run(["kpsewhich", encoding + "enc.dfu"], check=True,
                              capture_output=True, text=True).stdout.strip()
        with open(path, encoding="utf-8") as lines:
            for found in re.findall(r"DeclareUnicodeCharacter\{([0-9A-F]+)\}", lines.read()):
                codes.add(int(found, 16))
    return codes


def main():
    """Prints the table, sorted by character."""
    rows = {}
    for code in list(range(0xC0, 0x250)) + list(range(0x1E00, 0x1F00)):
        command = spelled(code)
        if command:
            rows[code] = (command, 0)
    for char, command in TEXT.items():
        rows[ord(char)] = (command, 0)
    for char, command in MATH.items():
        rows[ord(char)] = (command, 1)
    itself = {code for code in typeset() if code >= 0x80}
    print("/* Made by mk_latex.py: {character, in math, typeset as it is, command}. */")
    for code in sorted(set(rows) | itself):
        command, math = rows.get(code, ("", 0))
        quoted = command.replace("\\", "\\\\").replace('"', '\\"')
        print('{0x%x, %d, %d, "%s"},' % (code, math, code in itself, quoted))


main()
