/* SPDX-License-Identifier: MIT
 * LaTeX as people write it in bibliographies. */
#include "tests/unit/assert_str.h"

#include "convert/text/latex.h"

#include <string.h>

typedef struct Hearing {
    Arena *arena;
    Str told;
} Hearing;

static void hear(void *context, const LatexTold *told)
{
    Hearing *hearing = context;
    hearing->told = arena_join(
        hearing->arena, hearing->told, STR(" !"),
        arena_format(hearing->arena, "%zu %.*s", told->at, STR_ARG(told->what)));
}

/* Runs as tags, <n> for NOCASE and <m> for MATH; then what was told, and where. */
static Str shown(Arena *arena, Str tex, LatexBraces braces)
{
    static const char *const TAGS[MARK_COUNT] = {
        [MARK_ITALIC] = "i",  [MARK_BOLD] = "b",        [MARK_SUP] = "sup",
        [MARK_SUB] = "sub",   [MARK_SMALL_CAPS] = "sc", [MARK_NOCASE] = "n",
        [MARK_NODECOR] = "d", [MARK_MATH] = "m"};
    Hearing hearing = {.arena = arena, .told = STR_EMPTY};
    Text text = latex_text(arena, tex, braces, hear, &hearing);
    TextWalk walk = {.text = &text};
    Buf all = {0};
    for (TextStep step = text_step(&walk); step.kind != TEXT_END;
         step = text_step(&walk)) {
        if (step.kind == TEXT_PIECE)
            buf_add(&all, step.piece);
        else
            buf_format(&all, "<%s%s>", step.kind == TEXT_CLOSE ? "/" : "",
                       TAGS[step.mark]);
    }
    buf_add(&all, hearing.told);
    Str copy = arena_copy(arena, buf_str(&all));
    buf_free(&all);
    return copy;
}

static void titles(void **state)
{
    static const char *const ROWS[][2] = {
        /* Accents in all spellings. */
        {"\\'e", "é"},
        {"\\'{e}", "é"},
        {"{\\'e}", "é"},
        {"{\\'{e}}", "é"},
        {"\\' e", "é"},
        {"\\'\\i", "í"},
        {"\\'{\\i}", "í"},
        {"{\\'{\\i}}", "í"},
        {"\\\"{\\i}", "ï"},
        {"\\\"\\i x", "ïx"},
        {"\\^\\j", "ĵ"},
        {"\\c c", "ç"},
        {"\\c{c}", "ç"},
        {"\\c  {c}", "ç"},
        {"{\\c C}a{\\u g}lar", "Çağlar"},
        {"\\H o", "ő"},
        {"{\\H o}", "ő"},
        {"\\H{o}", "ő"},
        {"\\k a", "ą"},
        {"\\k{\\i}", "į"},
        {"\\r a", "å"},
        {"\\r{\\aa}", "å\314\212"},
        {"\\v s", "š"},
        {"\\u g", "ğ"},
        {"\\d s", "ṣ"},
        {"\\b b", "ḇ"},
        {"\\t{oo}", "o\315\241o"},
        {"\\={a}", "ā"},
        {"\\.z", "ż"},
        {"\\.I", "İ"},
        {"\\.{\\i}", "i"},
        {"\\.i", "i"},
        {"{\\~\\^e}", "ễ"},
        {"\\~{\\^e}", "ễ"},
        {"\\^{\\~e}", "ẽ\314\202"},
        {"\\d{\\^o}", "ộ"},
        {"\\^{\\d o}", "ộ"},
        {"\\'{\\\"u}", "ǘ"},
        {"\\\"{\\'u}", "ú\314\210"},
        {"\\'{\\ae}", "ǽ"},
        {"\\'{\\o}", "ǿ"},
        {"\\'{x}", "x\314\201"},
        {"\\v{\\'x}", "x\314\201\314\214"},
        {"\\'{ab}", "áb"},
        {"\\'{}", "´"},
        {"\\\"{} \\^{} \\~{} \\`{} \\c{}", "¨ ^ ~ ` ¸"},
        {"{\\'}", "´"},
        {"\\'", "´"},
        {"a\\'", "a´"},
        {"\\'{é}", "é\314\201"},
        {"\\'α", "ά"},
        {"\\`{\\`e}", "è\314\200"},
        {"Erd{\\H{o}}s", "Erdős"},
        {"P{\\'a}l Erd\\H{o}s", "Pál Erdős"},
        {"Ji\\v{r}\\'{\\i} Matou\\v{s}ek", "Jiří Matoušek"},
        {"G{\\\"o}del, K{\\\"u}rt", "Gödel, Kürt"},
        {"{\\textovertilde{\\^e}} {\\texthorndot{o}} {\\texthornhook{U}} "
         "{\\textoverbardot{l}}",
         "ễ ợ Ử ḹ"},
        {"{\\textstroke{H}}\\textstroke{t}", "Ħŧ"},
        {"\\textcommabelow{s}\\textcommabelow T", "șȚ"},
        {"\\capitalacute E", "É"},
        /* Letters. */
        {"\\o \\O \\l \\L \\ss \\SS \\ae \\AE \\oe \\OE \\aa \\AA \\i \\j",
         "øØłŁßẞæÆœŒåÅıȷ"},
        {"\\dh\\DH\\th\\TH\\dj\\DJ\\ng\\NG", "ðÐþÞđĐŋŊ"},
        {"Truch\\l o", "Truchło"},
        {"Truch\\l{}o", "Truchło"},
        {"Truch{\\l}o", "Truchło"},
        {"Truch\\l\\ o", "Truchł o"},
        {"\\L{}\\'od\\'z", "Łódź"},
        {"Stra\\ss e", "Straße"},
        {"Stra{\\ss}e", "Straße"},
        {"\\textalpha\\textbeta", "αβ"},
        {"\\CYRM\\cyro\\cyrs\\cyrk\\cyrv\\cyra", "Москва"},
        {"\\textsc{k}", "<sc>k</sc>"},
        {"\\symbol{65}\\symbol{\"E9}\\symbol{233}\\symbol{11}", "Aéé¸"},
        {"\\char\"41 \\char66\\char'103 \\char`D \\char`\\E", "ABCDE"},
        {"\\char\"1F600", "😀"},
        {"^^e9t^^e9 ^^^^010d ^^M a^^b", "été č ^^M a^^b"},
        /* Dashes, quotes, spaces. */
        {"pp. 1--2", "pp. 1–2"},
        {"a---b", "a—b"},
        {"a - b", "a - b"},
        {"--", "–"},
        {"{-}{-}", "--"},
        {"``a'' `b'", "“a” ‘b’"},
        {"`don't worry' 'tis", "‘don't worry’ 'tis"},
        {"don't, O'Neil's", "don't, O'Neil's"},
        {"5' 3''", "5' 3”"},
        {"``\\,`a'\\,''", "“\342\200\257‘a’\342\200\257”"},
        {",,Wort``", "„Wort“"},
        {"a,, b", "a,, b"},
        {"<<oui>>", "«oui»"},
        {"<< oui >>", "<< oui >>"},
        {"vector<vector<int>>", "vector<vector<int>>"},
        {"x<<1", "x<<1"},
        {"p << q", "p << q"},
        {"?`Qu\\'e? !`Ay!", "¿Qué? ¡Ay!"},
        {"Ay!\\!`b", "Ay!‘b"}, /* a space that takes none, no turned sign */
        {"a?``b''", "a?“b”"},
        {"\"quoted\"", "\"quoted\""},
        {"Donald~E. Knuth", "Donald\302\240E. Knuth"},
        {"a\\,b\\;c\\:d\\!e\\ f\\/g\\@h",
         "a\342\200\257b\342\200\205c\342\201\237de fgh"},
        {"Ber\\-lin", "Ber\302\255lin"},
        {"a\\\\b", "a b"},
        {"a\\newline b\\linebreak[4] c", "a b c"},
        {"  lead and trail  ", "lead and trail"},
        {"a   b  c", "a b c"},
        {"a\\par b", "a\n\nb"},
        {"a\\hspace\\\326\243b", "ab"}, /* the argument is a sign of two bytes */
        {"a\\hspace{1em}b\\hspace{-1em}c\\hspace*{.5em}d\\hspace{0pt}e",
         "a\342\200\203bc de"},
        {"a\\quad b\\enspace c\\thinspace d", "a\342\200\203b\342\200\202c\342\200\257d"},
        {"a\\kern-.1em b\\kern 2pt c\\hskip .11em plus .33em minus .07em d\\penalty0 "
         "e\\penalty10000f",
         "abc def"},
        {"a\\discretionary{-}{}{}b\\slash c", "ab/c"},
        /* Signs. */
        {"\\& \\% \\$ \\# \\_ \\{ \\}", "& % $ # _ { }"},
        {"100 % & 5 # _ ^ |", "100 % & 5 # _ ^ |"},
        {"\\textbackslash "
         "\\textasciitilde\\textasciicircum\\textless\\textgreater\\textbar\\textdollar",
         "\\~^<>|$"},
        {"{\\textbackslash}n", "\\n"},
        {"\\textendash\\textemdash\\textellipsis\\ldots\\dots", "–—………"},
        {"\\TeX{} \\LaTeX\\ \\BibTeX\\ \\LaTeXe",
         "<n>TeX</n> <n>LaTeX</n> <n>BibTeX</n> <n>LaTeX2ε</n>"},
        {"\\copyright\\pounds\\S\\P\\dag\\ddag\\euro\\texteuro\\textregistered\\texttrade"
         "mark\\textdegree",
         "©£§¶†‡€€®™°"},
        {"\\textquotesingle\\textquotedblleft\\textquotedblright\\textquoteleft\\textquot"
         "eright",
         "'“”‘’"},
        {"\\guillemotleft\\guillemotright\\guilsinglleft\\quotedblbase\\quotesinglbase",
         "«»‹„‚"},
        {"\\textonehalf\\textmu\\textperthousand\\textbullet\\textperiodcentered",
         "½μ‰•·"},
        {"\\textcircled{1}\\textcircled 2", "①2"},
        {"\\ding{51}{\\ding{55}} \\ding{172}\\ding{181}\\ding{182}", "✓✗ ①⑩❶"},
        {"\\ding{213} \\textcircled{R} \\Diamond, $\\Diamond$ $\\nleqslant$ \\earth",
         "→ ® ◇, ◇ ⩽̸ ♁"},
        {"\\lbrack\\rbrack\\lq\\rq", "[]‘’"},
        {"\\alpha-helix \\beta \\rightarrow{} x", "α-helix β→ x"},
        /* Fonts. */
        {"\\emph{a}", "<i>a</i>"},
        {"\\emph{a \\emph{b} c}", "<i>a <i>b</i> c</i>"},
        {"\\emph x y", "<i>x</i> y"},
        {"\\textit{a}\\textsl{b}\\textbf{c}\\textsc{d}",
         "<i>a</i><i>b</i><b>c</b><sc>d</sc>"},
        {"\\textsuperscript{a}\\textsubscript{b}", "<sup>a</sup><sub>b</sub>"},
        {"\\textrm{a}\\textup{b}\\textmd{c}\\textsf{d}\\texttt{e}\\textnormal{f}\\mbox{g}"
         "\\text{h}\\underline{i}",
         "abcde<d>f</d>ghi"},
        {"{\\em a} b", "<i>a</i> b"},
        {"{\\it a} {\\bf b} {\\sc c} {\\sl d} {\\rm e} {\\tt f} {\\sf g}",
         "<i>a</i> <b>b</b> <sc>c</sc> <i>d</i> e f g"},
        {"{\\bfseries a} {\\itshape b} {\\scshape c}", "<b>a</b> <i>b</i> <sc>c</sc>"},
        {"{\\it a \\bf b \\rm c} d", "<i>a</i> <b>b</b> c d"},
        {"{\\bf a \\em b}", "<b>a <i>b</i></b>"},
        {"{\\em a {\\em b} c}", "<i>a <i>b</i> c</i>"},
        {"\\emph{a {\\rm b} c}", "<i>a <i>b</i> c</i>"},
        {"\\textit{a \\textup{b} c}", "<i>a <i>b</i> c</i>"},
        {"\\textit{a \\textit{b} c}", "<i>a b c</i>"},
        {"\\textbf{\\textit{a}}", "<b><i>a</i></b>"},
        {"\\textbf{\\textit{a} b}", "<b><i>a</i> b</b>"},
        {"a \\emph{ b } c", "a <i>b</i> c"},
        {"a\\emph{ b }c", "a<i>b</i> c"},
        {"\\emph{}x", "x"},
        {"{\\em}x", "x"},
        {"\\em all of it", "<i>all of it</i>"},
        {"\\bf a \\rm b", "<b>a</b> b"},
        {"\\textcolor{red}{a}", "a"},
        {"\\textcolor[rgb]{1,0,0}{a}", "a"},
        {"{\\small a}", "a"},
        {"\\mkbibemph{a}\\mkbibbold{b}\\mkbibquote{c}\\mkbibparens{d}\\mkbibbrackets{e}",
         "<i>a</i><b>b</b>“c”(d)[e]"},
        {"\\enquote{a \\enquote{b} c}", "“a ‘b’ c”"},
        {"\\enquote*{a}", "“a”"},
        {"\\MakeUppercase{stra\\ss e \\'e}", "STRASSE É"},
        {"\\MakeLowercase{ABC \\'E}", "abc é"},
        {"\\uppercase{g}ermany", "Germany"},
        {"\\NoCaseChange{iPhone}", "<n>iPhone</n>"},
        {"\\textsuperscript{\\emph{a}}", "<sup><i>a</i></sup>"},
        {"x\\textsuperscript{2}", "x<sup>2</sup>"},
        /* Commands with more to them. */
        {"{\\noopsort{1973b}}1973", "1973"},
        {"\\noopsort{a}", ""},
        {"\\protect\\emph{a}\\relax b", "<i>a</i>b"},
        {"\\url{http://a.b/~c_d%20e#f&g}", "http://a.b/~c_d%20e#f&g"},
        {"\\url{a\\_b\\%c\\#d\\&e\\~{}f}", "a_b%c#d&e~f"},
        {"\\path{C:\\dir}", "C:\\dir"},
        {"\\url|http://x|", "http://x"},
        {"\\nolinkurl{a--b}", "a--b"},
        {"\\href{http://x/}{text}", "text !5 http://x/"},
        {"\\href{http://x/}{http://x/}", "http://x/"},
        {"\\href{http://x/}{}", "http://x/"},
        {"\\href{http://x/}", "http://x/"},
        {"a\\footnote{b}", "a (b)"},
        {"a\\newblock b", "a b"},
        {"\\texorpdfstring{$x$}{x}y", "<m>$x$</m>y"},
        {"\\verb|x_y| \\verb+a+", "x_y a"},
        {"\\bibstring{inpreparation} \\bibstring{phdthesis} \\bibstring{foo}",
         "in preparation PhD thesis foo"},
        {"\\autocap{e}n", "en"},
        {"\\raisebox{1ex}{a}", "a"},
        {"\\vspace{1cm}a", "a"},
        {"\\label{x}a\\index{y}", "a"},
        {"\\string~a", "~a"},
        {"\\foreignlanguage{german}{Wort}", "Wort"},
        /* Math. */
        {"$\\alpha$", "α"},
        {"$\\alpha$-helix", "α-helix"},
        {"H$_2$O", "H<sub>2</sub>O"},
        {"H$_{2}$O CO$_{2}$", "H<sub>2</sub>O CO<sub>2</sub>"},
        {"10$^{-3}$", "10<sup>−3</sup>"},
        {"$10^{-3}$", "10<sup>−3</sup>"},
        {"$10^{10}$ $2^n$", "10<sup>10</sup> <m>$2^n$</m>"},
        {"4$^{th}$ NO$_x$ $^{13}$C", "4<sup>th</sup> NO<sub>x</sub> <sup>13</sup>C"},
        {"$\\leq 5$ $\\geq$ $\\times$ $\\rightarrow$ $\\to$ $\\infty$ $\\sim$100",
         "≤5 ≥ × → → ∞ ∼100"},
        {"$2 \\times 3$ $2\\times3$ $\\pm 5$ $1-2$ $-$", "2 × 3 2×3 ±5 1−2 −"},
        {"37$^\\circ$C 37$^{\\circ}$C 5$'$", "37°C 37°C 5′"},
        {"$N$ $N$-body", "<m>$N$</m> <m>$N$</m>-body"},
        {"$x^2 + y^2$", "<m>$x^2 + y^2$</m>"},
        {"$E=mc^2$", "<m>$E=mc^2$</m>"},
        {"$O(n \\log n)$", "<m>$O(n \\log n)$</m>"},
        {"$\\mathbb{R}$ $\\mathbb R^3$ $\\mathcal{L}_1$ $\\mathfrak{g}$",
         "ℝ ℝ<sup>3</sup> ℒ<sub>1</sub> 𝔤"},
        {"$\\mathrm{H}_2\\mathrm{O}$ $\\mathrm{CO_2}$ $\\text{pH}$ ${\\rm Ca}^{2+}$",
         "H<sub>2</sub>O CO<sub>2</sub> pH Ca<sup>2+</sup>"},
        {"$\\bar{\\nu}$ $\\acute{\\alpha}$ $\\hat{x}$", "ν\314\204 ά <m>$\\hat{x}$</m>"},
        {"$\\not\\in$ $\\not<$ $\\neq$", "∉ ≮ ≠"},
        {"$\\sqrt{2}$ $\\frac{1}{2}$", "<m>$\\sqrt{2}$</m> <m>$\\frac{1}{2}$</m>"},
        {"$<$ $>$ $=$ $+$ $|$", "< > = + |"},
        {"$\\{1, 2\\}$ $\\left(1\\right)$", "{1, 2} (1)"},
        {"$10\\,000$ $10{,}000$", "10\342\200\257000 10,000"},
        {"$\\alpha_1$ $\\alpha_{1}^{2}$ $\\alpha_{1_2}$",
         "α<sub>1</sub> α<sub>1</sub><sup>2</sup> <m>$\\alpha_{1_2}$</m>"},
        {"$\\mathbf{x}$", "<m>$\\mathbf{x}$</m>"},
        {"$ x $", "<m>$x$</m>"},
        {"$\\ensuremath{x}$", "<m>$\\ensuremath{x}$</m>"},
        {"\\ensuremath{<} \\ensuremath{\\alpha} \\ensuremath{x}", "< α <m>$x$</m>"},
        {"\\(x\\) \\[y\\] \\(\\alpha\\) \\(unclosed",
         "<m>$x$</m> <m>$y$</m> α \\(unclosed !23 \\("},
        {"$$E=mc^2$$ $$\\alpha$$", "<m>$E=mc^2$</m> α"},
        {"\\$34m", "$34m"},
        {"$34m and $20", "$34m and $20"},
        {"$34m and $20m more", "$34m and $20m more"},
        {"US$34 to US$ 40", "US$34 to US$ 40"},
        {"costs $5", "costs $5"},
        {"$", "$"},
        {"$$", "$$"},
        {"$a{$", "$a$ !2 {"},
        {"$a}$", "$a$ !2 }"},
        {"{$x} $y$", "<n>$x</n> <m>$y$</m>"},
        {"$a\\$b$", "<m>$a\\$b$</m>"},
        {"$x$2", "<m>$x$</m>2"},
        {"$ 5 and 6 $", "$ 5 and 6 $"},
        {"$\\foo$ $\\foo{x}$", "<m>$\\foo$</m> <m>$\\foo{x}$</m>"},
        {"$a", "$a"},
        {"b$", "b$"},
        /* Braces. */
        {"a {TeV} b", "a <n>TeV</n> b"},
        {"{TeV}", "<n>TeV</n>"},
        {"{T}e{V}", "<n>T</n>e<n>V</n>"},
        {"{Whole Title Here}", "<n>Whole Title Here</n>"},
        {"{{Whole Title}}", "<n>Whole Title</n>"},
        {"{a {B} c}", "<n>a B c</n>"},
        {"{\\TeX} \\TeX", "<n>TeX</n> <n>TeX</n>"},
        {"{\\'E}cole {\\'Ecole}", "École École"},
        {"{\\em Foo} \\emph{Foo} \\emph{the {Foo}} {\\em the {Foo}}",
         "<i>Foo</i> <i>Foo</i> <i>the <n>Foo</n></i> <i>the <n>Foo</n></i>"},
        {"{3} {-} {}", "3 -"},
        {"{$x$} {$x$-ray} {$\\alpha$}", "<m>$x$</m> <n><m>$x$</m>-ray</n> α"},
        {"{H$_2$O}", "<n>H<sub>2</sub>O</n>"},
        {"{\\relax Ch}ina", "China"},
        {"{IBM}'s {\\bf{x}}", "<n>IBM</n>'s <b>x</b>"},
        {"{ a }", "<n>a</n>"},
        {"a{ b}c", "a <n>b</n>c"},
        /* What nobody knows. */
        {"\\foo", "\\foo !0 \\foo"},
        {"\\foo{bar}", "\\foo{bar} !0 \\foo"},
        {"\\foo {bar}", "\\foo <n>bar</n> !0 \\foo"},
        {"\\foo[x]{bar}{baz} {q}", "\\foo[x]{bar}{baz} <n>q</n> !0 \\foo"},
        {"\\foo{\\'e {\\foo} {\\bar{x}}}", "\\foo{é \\foo \\bar{x}} !0 \\foo !17 \\bar"},
        {"\\foo\\foo\\bar", "\\foo\\foo\\bar !0 \\foo !8 \\bar"},
        {"\\cite{x_y}", "\\cite{x_y} !0 \\cite"},
        {"\\1 \\é", "\\1 \\é !0 \\1 !3 \\é"},
        {"\\", "\\"},
        /* Unbalanced. */
        {"a } b", "a b !2 }"},
        {"a { b", "a b !2 {"},
        {"{a", "a !0 {"},
        {"a}", "a !1 }"},
        {"}}{{", " !0 } !3 {"},
        {"\\emph{a", "<i>a</i> !5 {"},
        {"\\'{", "´ !2 {"},
        {"\\emph", ""},
        {"\\textcolor{red", "red !10 {"},
        /* HTML and its like. */
        {"{\\textless}i{\\textgreater}a{\\textless}/i{\\textgreater}", "<i>a</i>"},
        {"$\\less$em$\\greater$a$\\less$/em$\\greater$", "<i>a</i>"},
        {"\\textless{}sub\\textgreater{}2\\textless{}/sub\\textgreater{}",
         "<sub>2</sub>"},
        {"<i>a</i> <B>b</B>", "<i>a</i> <b>b</b>"},
        {"R\\&amp;D R&amp;D AT\\&T &lt; &copy 2014 &eacute;",
         "R&D R&D AT&T < &copy 2014 é"},
        {"<jats:title>T</jats:title><jats:p>A <jats:italic>b</jats:italic>.</jats:p> "
         "<p>C</p>",
         "T\n\nA <i>b</i>.\n\nC"},
        {"<mml:math xmlns:mml=\"x\"><mml:mi>α</mml:mi> <mml:mn>2</mml:mn></mml:math> b",
         "α 2 b"},
        {"<mml:math>a", "<mml:math>a"},
        {"p < q and r > s", "p < q and r > s"},
        {"<i>never", "<i>never"},
        {"a</i>", "a</i>"},
        {"<i>a <b>b</i> c", "<i>a <b>b</i> c"},
        {"\\emph{<i>a}</i>", "<i><i>a</i></i>"},
        {"<span class=\"nocase\">a</span> <span style=\"font-variant: "
         "small-caps;\">b</span> <span>c</span>",
         "<n>a</n> <sc>b</sc> c"},
        {"a<br/>b", "a\n\nb"},
        {"$a<i>b</i>$", "<m>$a<i>b</i>$</m>"},
        {"10.1175/1520-0493(1987)115\\ensuremath{<}1606:GARSPP\\ensuremath{>}2.0.CO;2",
         "10.1175/1520-0493(1987)115<1606:GARSPP>2.0.CO;2"},
        {"<http://x.y/> <foo>a</foo>", "<http://x.y/> <foo>a</foo>"},
    };
    Arena arena = {0};
    size_t wrong = 0;
    (void)state;
    for (size_t i = 0; i < sizeof ROWS / sizeof ROWS[0]; i++)
        wrong += str_differs(shown(&arena, str_from(ROWS[i][0]), LATEX_NOCASE),
                             str_from(ROWS[i][1]), ROWS[i][0]);
    assert_int_equal(wrong, 0);
    arena_free(&arena);
}

static void braces_of_other_fields_only_group(void **state)
{
    Arena arena = {0};
    (void)state;
    ASSERT_STR(shown(&arena, STR("a {TeV} \\LaTeX{} {b {c}}"), LATEX_PLAIN),
               "a TeV LaTeX b c");
    arena_free(&arena);
}

static void paragraphs_stay(void **state)
{
    Arena arena = {0};
    (void)state;
    ASSERT_STR(shown(&arena, STR(" a\n b\t c \n\n  d\r\n\r\n e\\par f "), LATEX_PLAIN),
               "a b c\n\nd\n\ne\n\nf");
    ASSERT_STR(shown(&arena, STR("\\emph{a\n\nb}"), LATEX_PLAIN), "<i>a\n\nb</i>");
    arena_free(&arena);
}

static void nothing_to_do_is_the_very_same_text(void **state)
{
    Arena arena = {0};
    Str s = STR("Attention Is All You Need: don't - a, b (c) 100% AT&T é");
    (void)state;
    Text text = latex_text(&arena, s, LATEX_NOCASE, NULL, NULL);
    assert_ptr_equal(text.text.data, s.data);
    assert_int_equal(text.text.size, s.size);
    assert_int_equal(text.run_count, 0);
    arena_free(&arena);
}

/* Runs lie in the text, are sorted, hold something and never cross. */
static void check_runs(const Text *text, const char *about)
{
    size_t open[64], depth = 0;
    for (size_t i = 0; i < text->run_count; i++) {
        const Run *run = &text->runs[i];
        while (depth > 0 && open[depth - 1] <= run->start)
            depth--;
        bool fine = run->start < run->end && run->end <= text->text.size &&
                    (i == 0 || run->start >= text->runs[i - 1].start) && depth < 64 &&
                    (depth == 0 || run->end <= open[depth - 1]);
        if (!fine)
            print_error("%s: run %zu\n", about, i);
        assert_true(fine);
        open[depth++] = run->end;
    }
}

/* A quadratic reader would need minutes for these: the test has two. */
static void long_nonsense_takes_no_time(void **state)
{
    static const char *const PIECES[] = {"{",
                                         "}",
                                         "\\",
                                         "$",
                                         "`",
                                         "'",
                                         "-",
                                         "<",
                                         ">",
                                         "<<",
                                         ">>",
                                         "&",
                                         "^",
                                         "~",
                                         "{}",
                                         "{a",
                                         "\\'",
                                         "\\'{",
                                         "\\emph",
                                         "\\emph{",
                                         "\\emph{a",
                                         "\\foo",
                                         "\\foo{",
                                         "\\foo[",
                                         "$a{",
                                         "$a",
                                         "$$",
                                         "\\(",
                                         "\\[",
                                         "\\href",
                                         "\\href{",
                                         "\\href{a}",
                                         "\\hspace{",
                                         "\\url{",
                                         "\\verb|",
                                         "\\char",
                                         "\\kern",
                                         "\\enquote{",
                                         "<i>",
                                         "</i>",
                                         "<i>a</i>",
                                         "<p>",
                                         "<a ",
                                         "<mml:math>",
                                         "&amp;",
                                         "&amp",
                                         "{\\em ",
                                         "\\em ",
                                         "{\\it a \\bf ",
                                         "\\ensuremath{",
                                         "$\\alpha^{",
                                         "\\texorpdfstring{",
                                         "\\textcolor{a}{",
                                         "\\~{\\^",
                                         " ",
                                         "\n",
                                         "\\par ",
                                         ",,",
                                         "?`",
                                         "\\noopsort",
                                         "\\uppercase{",
                                         "$^",
                                         "\\left",
                                         "\\discretionary{}{"};
    enum { SIZE = 1 << 20 };
    Arena arena = {0};
    Buf in = {0};
    (void)state;
    for (size_t i = 0; i < sizeof PIECES / sizeof PIECES[0]; i++) {
        buf_clear(&in);
        while (in.size < SIZE)
            buf_add(&in, str_from(PIECES[i]));
        Text text = latex_text(&arena, buf_str(&in), LATEX_NOCASE, NULL, NULL);
        check_runs(&text, PIECES[i]);
        arena_reset(&arena);
    }
    buf_free(&in);
    arena_free(&arena);
}

/* Pieces of TeX in any order: whatever they make, runs keep their law. */
static void any_order_keeps_the_law_of_runs(void **state)
{
    static const char *const PIECES[] = {"{",       "}",         "{",
                                         "}",       " ",         "a",
                                         "B",       "\\",        "$",
                                         "$",       "\\emph{",   "\\textbf{",
                                         "\\'",     "\\i ",      "\\em ",
                                         "\\rm ",   "\\foo{",    "\\enquote{",
                                         "$^2$",    "$_{2}$",    "\\alpha ",
                                         "\\par ",  "<i>",       "</i>",
                                         "<b>",     "</b>",      "&amp;",
                                         "<p>",     "</p>",      "\\uppercase{",
                                         "\\href{", "--",        "``",
                                         "'",       "\\ss ",     "\\TeX ",
                                         "é",       "\\~{",      "\\textsuperscript{",
                                         "\\url{",  "\\hspace{", "~"};
    enum { COUNT = sizeof PIECES / sizeof PIECES[0] };
    Arena arena = {0};
    Buf in = {0};
    unsigned seed = 1;
    (void)state;
    for (int round = 0; round < 20000; round++) {
        buf_clear(&in);
        for (int i = 0; i < 24; i++) {
            seed = seed * 1664525u + 1013904223u;
            buf_add(&in, str_from(PIECES[(seed >> 16) % COUNT]));
        }
        Text text = latex_text(&arena, buf_str(&in), LATEX_NOCASE, NULL, NULL);
        buf_add_byte(&in, '\0');
        check_runs(&text, in.data);
        arena_reset(&arena);
    }
    buf_free(&in);
    arena_free(&arena);
}

/* Plain text is looked through many bytes at a time: whichever place two or three bytes
 * stand at, they mean the same. */
static void bytes_mean_the_same_anywhere(void **state)
{
    enum { FRONT_MOST = 40 };
    static const char BYTES[] = "\t\n\v\f\r\x01\x7f !\"#$%&'()*+,-./019:;<=>?@AZ[\\]^_`"
                                "az{|}~\xc3\xa9";
    Arena arena = {0};
    (void)state;
    for (size_t pair = 0; pair < sizeof BYTES * sizeof BYTES; pair++) {
        char tex[FRONT_MOST + 6];
        char first = BYTES[pair / sizeof BYTES], second = BYTES[pair % sizeof BYTES];
        Str near = STR_EMPTY;
        for (size_t front = 1; front <= FRONT_MOST; front++) {
            memset(tex, 'b', sizeof tex);
            tex[front] = first;
            tex[front + 1] = second;
            tex[front + 2] = pair % 3 == 0 ? '\n' : 'b';
            Str whole = {tex, front + 2 + pair % 4};
            Text text = latex_text(&arena, whole, LATEX_PLAIN, NULL, NULL);
            if (front == 1)
                near = text.text;
            assert_int_equal(text.text.size, near.size + front - 1);
            assert_memory_equal(text.text.data, tex, front - 1);
            assert_memory_equal(text.text.data + front - 1, near.data, near.size);
            /* `near` points into `tex` where nothing was to do. */
            near = front == 1 ? arena_copy(&arena, near) : near;
        }
        arena_reset(&arena);
    }
    arena_free(&arena);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(titles),
        cmocka_unit_test(braces_of_other_fields_only_group),
        cmocka_unit_test(paragraphs_stay),
        cmocka_unit_test(nothing_to_do_is_the_very_same_text),
        cmocka_unit_test(long_nonsense_takes_no_time),
        cmocka_unit_test(any_order_keeps_the_law_of_runs),
        cmocka_unit_test(bytes_mean_the_same_anywhere),
    };
    return cmocka_run_group_tests_name("latex", tests, NULL, NULL);
}
