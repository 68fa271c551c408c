#!/usr/bin/env python3
# SPDX-License-Identifier: MIT
r"""Makes latex_read.inc: what commands of LaTeX stand for, sorted by name.

First come the spellings of mk_latex.py turned around, then names of other packages: from
the kernel's .dfu files, its tuenc.def, hyperref's puenc.def and unicode-math's table
(kpsewhich finds them; Debian: texlive-latex-base, texlive-latex-extra, texlive-luatex).
A name with an argument is a name, too: "mathbb{R}".  Usage: mk_latex_read.py >latex_read.inc
"""
import re
import unicodedata

import mk_latex

# Where several characters share a command, the one that it means, and names that no table
# has.  Kerning and line breaking print nothing.
OWN = {
    # Letters, accents and punctuation.
    "SS": "ẞ", "AA": "Å", "aa": "å", "i": "ı", "j": "ȷ", "textordfeminine": "ª",
    "textordmasculine": "º", "textsf{k}": None, "textsc{k}": None,
    "textperiodcentered": "·", "textmiddot": "·", "cdotp": "·", "textasteriskcentered": "*",
    "textsuperscript{n}": None, "textbackslash": "\\", "backslash": "\\", "slash": "/",
    "textasciitilde": "~", "textasciicircum": "^", "textless": "<", "textgreater": ">",
    "textbar": "|", "textdollar": "$", "textpercent": "%", "textampersand": "&",
    "textnumbersign": "#", "texthash": "#", "textunderscore": "_", "textbraceleft": "{",
    "textbraceright": "}", "lbrace": "{", "rbrace": "}", "lbrack": "[", "rbrack": "]",
    "textquotesingle": "'", "textquotedbl": '"', "textquoteleft": "‘", "textquoteright": "’",
    "textquotedblleft": "“", "textquotedblright": "”", "lq": "‘", "rq": "’", "dq": '"',
    "glqq": "„", "grqq": "“", "glq": "‚", "grq": "‘", "flqq": "«", "frqq": "»", "flq": "‹",
    "frq": "›", "og": "«\u00a0", "fg": "\u00a0»", "guillemetleft": "«", "guillemetright": "»",
    "textasciigrave": "`", "textgravedbl": "‶", "textendash": "–", "textemdash": "—",
    "textellipsis": "…", "ldots": "…", "dots": "…", "textdots": "…", "dotsc": "…",
    "dotsb": "⋯", "dotsm": "⋯", "dotsi": "⋯", "dotso": "…", "mathellipsis": "…",
    "textexclamdown": "¡", "textquestiondown": "¿", "exclamdown": "¡", "questiondown": "¿",
    "textvisiblespace": "␣", "textcompwordmark": "\u200c", "textemspace": "\u2003",
    "colon": ":", "comma": ",", "period": ".", "space": " ", "nobreakspace": "\u00a0",
    "nbsp": "\u00a0", "textnobreakspace": "\u00a0", "textprime": "′", "degree": "°",
    "degrees": "°", "textcelsius": "℃", "celsius": "℃", "ordfeminine": "ª",
    "ordmasculine": "º", "No": "№", "textnumero": "№", "textohm": "\u2126",
    "textmu": "µ", "micro": "µ", "textmho": "℧", "textestimated": "℮",
    "copyright": "©", "textcopyright": "©", "textregistered": "®", "registered": "®",
    "texttrademark": "™", "trademark": "™", "TM": "™", "textmusicalnote": "♪",
    "textbigcircle": "◯", "textopenbullet": "◦", "textlangle": "⟨", "textrangle": "⟩",
    "textbullet": "•", "textdagger": "†", "dag": "†", "dagger": "†", "ddag": "‡",
    "ddagger": "‡", "textdaggerdbl": "‡", "S": "§", "P": "¶", "textsection": "§",
    "textparagraph": "¶", "pounds": "£", "textsterling": "£", "mathsterling": "£",
    "euro": "€", "EUR": "€", "texteuro": "€", "yen": "¥", "cent": "¢", "cents": "¢",
    "textonehalf": "½", "textonequarter": "¼", "textthreequarters": "¾",
    "textfractionsolidus": "⁄", "textbardbl": "‖", "textbrokenbar": "¦",
    "textperthousand": "‰", "permil": "‰", "textpertenthousand": "‱", "textminus": "−",
    "texttimes": "×", "textdiv": "÷", "textpm": "±", "textsurd": "√", "textlnot": "¬",
    "textonesuperior": "¹", "texttwosuperior": "²", "textthreesuperior": "³",
    "textasciidieresis": "¨", "textasciimacron": "¯", "textasciiacute": "´",
    "textasciicaron": "ˇ", "textasciibreve": "˘", "textacutedbl": "˝",
    "textlongs": "ſ", "textlongess": "ſ", "longs": "ſ", "textflorin": "ƒ", "eth": "ð",
    "textthorn": "þ", "textTHORN": "Þ", "textesh": "ʃ", "textschwa": "ə",
    "textglotstop": "ʔ", "textrevglotstop": "ʕ", "ain": "ʿ", "hamza": "ʾ",
    "textsq": "′", "cprime": "ʹ", "cdprime": "ʺ", "polhk": None, "hbar": "ℏ",
    "textstroke{H}": "Ħ", "textstroke{h}": "ħ", "textstroke{T}": "Ŧ", "textstroke{t}": "ŧ",
    "Hwithstroke": "Ħ", "hwithstroke": "ħ", "TWithStroke": "Ŧ", "tWithStroke": "ŧ",
    "checkmark": "✓", "ballotx": "✗", "male": "♂", "female": "♀",
    # Spaces.
    "quad": "\u2003", "qquad": "\u2003\u2003", "enspace": "\u2002", "enskip": "\u2002",
    "thinspace": "\u202f", "negthinspace": "", "hspace{0pt}": "", "nobreak": "",
    "hspace{.333em}": "\u2004", "hspace{.25em}": "\u2005", "hspace{.167em}": "\u2006",
    "hspace{.222em}": "\u205f", "hspace{.1em}": "\u200a", "hspace{0.167em}": "\u2009",
    "hspace{0.25em}": "\u2005", "hspace{1em}": "\u2003", "hspace{.5em}": "\u2002",
    "medspace": "\u205f", "thickspace": "\u2005",
    # Mathematics.
    "less": "<", "greater": ">", "lt": "<", "gt": ">", "le": "≤", "ge": "≥", "ne": "≠",
    "leq": "≤", "geq": "≥", "neq": "≠", "to": "→", "gets": "←", "land": "∧", "lor": "∨",
    "lnot": "¬", "iff": "⟺", "implies": "⟹", "owns": "∋", "ni": "∋", "in": "∈",
    "mu": "μ", "Delta": "Δ", "Sigma": "Σ", "Omega": "Ω", "Upsilon": "Υ", "Theta": "Θ",
    "epsilon": "ϵ", "varepsilon": "ε", "phi": "ϕ", "varphi": "φ", "pi": "π", "gamma": "γ",
    "Gamma": "Γ", "Pi": "Π", "sum": "∑", "int": "∫", "star": "⋆", "bullet": "∙",
    "diamond": "⋄", "triangleright": "▷", "triangleleft": "◁", "bigcirc": "○",
    "square": "□", "Box": "□", "heartsuit": "♥", "diamondsuit": "♦", "models": "⊨",
    "rightsquigarrow": "⇝", "leadsto": "⇝", "mid": "∣", "vert": "|", "Vert": "‖", "lvert": "|",
    "rvert": "|", "lVert": "‖", "rVert": "‖", "ast": "∗", "cdot": "⋅", "circ": "∘",
    "prime": "′", "smile": "⌣", "frown": "⌢", "sim": "∼", "thicksim": "∼", "emptyset": "∅",
    "varnothing": "∅", "setminus": "∖", "backprime": "‵", "surd": "√", "angle": "∠",
    "imath": "𝚤", "jmath": "𝚥", "ell": "ℓ", "AC": "∿", "hslash": "ℏ", "nabla": "∇",
    "partial": "∂", "forall": "∀", "exists": "∃", "infty": "∞", "perp": "⊥", "top": "⊤",
    "varkappa": "ϰ", "omicron": "ο", "Alpha": "Α", "Beta": "Β", "Epsilon": "Ε", "Zeta": "Ζ",
    "Eta": "Η", "Iota": "Ι", "Kappa": "Κ", "Mu": "Μ", "Nu": "Ν", "Omicron": "Ο", "Rho": "Ρ",
    "Tau": "Τ", "Chi": "Χ", "digamma": "ϝ", "Digamma": "Ϝ", "straightphi": "ϕ",
    "textcircled{a}": "ⓐ", "circledR": "®", "circledS": "Ⓢ", "lessgtr": "≶", "doteq": "≐",
    "emdash": "—", "endash": "–", "Dash": "—", "textperiod": ".", "textcomma": ",", "smallsetminus": "∖", "oe": "œ", "OE": "Œ",
    "O": "Ø", "o": "ø", "L": "Ł", "l": "ł", "ss": "ß", "lparen": "(", "rparen": ")",
    "mathplus": "+", "minus": "−", "equal": "=", "Relbar": "=", "relbar": "−", "bslash": "\\",
    "degC": "°C", "textgreek": None, "mho": "℧", "Bbbk": "𝕜", "complement": "∁",
    "upmu": "μ", "ohm": "Ω", "angstrom": "Å", "Angstrom": "Å", "textangstrom": "Å",
    # Names of amssymb, latexsym, stmaryrd and wasysym that those tables have not.
    "lhd": "⊲", "rhd": "⊳", "unlhd": "⊴", "unrhd": "⊵", "Diamond": "◇", "lozenge": "◊",
    "blacklozenge": "⧫", "Join": "⋈", "backepsilon": "϶", "doteqdot": "≑",
    "circlearrowleft": "↺", "circlearrowright": "↻", "dashleftarrow": "⇠",
    "dashrightarrow": "⇢", "diagup": "╱", "diagdown": "╲", "nleqslant": "⩽\u0338",
    "ngeqslant": "⩾\u0338", "npreceq": "⋠", "nsucceq": "⋡",
    "ntriangleleft": "⋪", "ntriangleright": "⋫", "nsubseteqq": "⫅\u0338",
    "nsupseteqq": "⫆\u0338", "lvertneqq": "≨", "gvertneqq": "≩", "varsubsetneqq": "⫋",
    "varsupsetneqq": "⫌", "varsupsetneq": "⊋", "llbracket": "⟦", "rrbracket": "⟧",
    "Lbag": "⟅", "Rbag": "⟆", "Coloneqq": "⩴", "lightning": "↯", "medcirc": "⚪",
    "medbullet": "⚫", "CIRCLE": "●", "LEFTCIRCLE": "◖", "RIGHTCIRCLE": "◗", "LHD": "◀",
    "RHD": "▶", "Square": "☐", "CheckedBox": "☑", "XBox": "☒", "smiley": "☺", "frownie": "☹",
    "mercury": "☿", "venus": "♀", "earth": "♁", "mars": "♂", "jupiter": "♃", "saturn": "♄",
    "uranus": "♅", "neptune": "♆", "pluto": "♇", "Sun": "☉", "aries": "♈", "taurus": "♉",
    "gemini": "♊", "cancer": "♋", "leo": "♌", "virgo": "♍", "libra": "♎", "scorpio": "♏",
    "sagittarius": "♐", "capricornus": "♑", "aquarius": "♒", "pisces": "♓",
    "textcircled{R}": "®",
}
# The dingbats of pifont that Unicode has in other places than in the font's own order.
DINGS = dict(zip((37, 42, 43, 72, 108, 110, 115, 116, 117, 119, 168, 169, 170, 171, 213, 214, 215),
                 "☎☛☞★●■▲▼◆◗♣♦♥♠→↔↕"))
# These do something; latex_command.c has them, or they are nothing that text could keep.
NOT_SYMBOLS = set("""sqrt cuberoot fourthroot not hat bar vec dot ddot acute grave check breve
    tilde mathring overline underline widehat widetilde overbrace underbrace textsubring
    overparen underparen overbracket underbracket candra ocirc ovhook droang wideoverbar
    vertoverlay annuity widebridgeabove asteraccent dddot ddddot threeunderdot""".split())
DOUBLE = re.compile(r"\{?\\(mathbb|mathcal|mathfrak|textcircled|textstroke)\{(\w)\}\}?")
for number, name in enumerate(mk_latex.GREEK):
    OWN["text" + name.replace("var", "")] = chr(0x3B1 + number)
    OWN["text" + name.replace("var", "").capitalize()] = chr(0x3B1 + number).upper()
OWN.update({"textsigma": "σ", "textvarsigma": "ς", "textomicron": "ο", "textOmicron": "Ο",
            "texto": None, "textO": None})
for number in (*range(33, 127), *range(161, 240), *range(241, 255)):
    OWN["ding{%d}" % number] = DINGS.get(number) or chr(
        0x2700 + number - 32 if number < 127 else
        0x2460 + number - 172 if 172 <= number <= 181 else 0x2761 + number - 161)


def turned():
    """{name: character} of the spellings."""
    names = {}
    itself = {code for code in mk_latex.typeset()
              if code >= 0x80 and unicodedata.is_normalized("NFC", chr(code))}
    for code, (command, _) in sorted(mk_latex.rows_of(itself).items()):
        plain = re.fullmatch(r"\{?\\([A-Za-z]+)\}?", command)
        double = DOUBLE.fullmatch(command)
        if plain:
            names.setdefault(plain[1], chr(code))
        elif double:
            names.setdefault("%s{%s}" % double.groups(), chr(code))
    return names


def of_files():
    """{name: character} of TeX's own tables."""
    names = {}
    for name in ("t1enc", "ts1enc", "omsenc", "t2aenc", "t2benc", "t2cenc", "x2enc", "lcyenc",
                 "ly1enc", "utf8enc"):
        for code, command in re.findall(
                r"^\\DeclareUnicodeCharacter\{([0-9A-F]+)\}\s*\{\\([A-Za-z]+)\s*\}",
                mk_latex.tex_file(name + ".dfu"), re.M):
            names.setdefault(command, chr(int(code, 16)))
    for command, code in re.findall(
            r'^\\DeclareUnicodeSymbol\{\\([A-Za-z]+)\}\s*\{"([0-9A-F]+)\}',
            mk_latex.tex_file("tuenc.def"), re.M):
        names.setdefault(command, chr(int(code, 16)))
    for command, code in re.findall(
            r"^\\DeclareTextCommand\{\\([A-Za-z]+)\}\{PU\}\{[^}]*\}%\*? U\+([0-9A-F]+)\s*$",
            mk_latex.tex_file("puenc.def"), re.M):
        names.setdefault(command, chr(int(code, 16)))
    for code, command in re.findall(r'^\\UnicodeMathSymbol\{"([0-9A-F]+)\}\{\\([A-Za-z]+)',
                                    mk_latex.tex_file("unicode-math-table.tex"), re.M):
        names.setdefault(command, chr(int(code, 16)))
    return names


def quoted(char):
    """A character in a string of C; what cannot be seen, by its bytes."""
    if char in '\\"':
        return "\\" + char
    if unicodedata.category(char)[0] in "ZC" and char != " ":
        return "".join("\\%o" % byte for byte in char.encode())
    return char


def main():
    """Prints the table."""
    rows = {**of_files(), **turned(), **OWN}
    print("/* Made by mk_latex_read.py: {name, what it stands for}. */")
    for name in sorted(rows):
        to = rows[name]
        if to is None or name in NOT_SYMBOLS or (to and unicodedata.combining(to[0])):
            continue
        if len(name) > 23 or (to and to < " ") or 0x1D400 <= ord((to or " ")[0]) < 0x1D800 and "{" not in name \
                and name not in OWN:
            continue
        print('{"%s", "%s"},' % (name, "".join(quoted(char) for char in to)))


main()
