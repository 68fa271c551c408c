/* SPDX-License-Identifier: MIT
 * Numbers that the scraper tore apart: "3. 55", "680, 000", "ratio of 10: 1".
 *
 * "3. 55" may also be the end of a sentence and the beginning of the next.  What
 * decides is what stands around: a sentence does not begin with a number and then
 * "million", and does not end with "Figure 3" and go on with "on". */
#include "convert/text/mend.h"

/* The digits around a separator and what is beyond them. */
typedef struct Pair {
    Str left, right;   /* digits */
    char before;       /* the byte before the left digits; 0 at the start */
    char after;        /* the byte behind the right digits; 0 at the end */
    Str word_before;   /* the word before a blank before the left digits */
    Str word_after;    /* the word behind a blank behind the right digits */
    size_t right_end;  /* where the right digits end */
    size_t left_start; /* where the left digits begin */
} Pair;

static bool read_pair(const Mend *m, size_t at, Pair *p)
{
    size_t start = at, end = at + 2;
    while (start > 0 && byte_is_digit(m->in.data[start - 1]))
        start--;
    while (end < m->in.size && byte_is_digit(m->in.data[end]))
        end++;
    if (start == at || end == at + 2)
        return false;
    *p = (Pair){.left = str_slice(m->in, start, at),
                .right = str_slice(m->in, at + 2, end),
                .before = start > 0 ? m->in.data[start - 1] : 0,
                .after = mend_byte(m, end),
                .word_before = STR_EMPTY,
                .word_after = STR_EMPTY,
                .left_start = start,
                .right_end = end};
    /* "1. 2. 3": the blank that was here is gone, and the 2 is a fraction. */
    if (start > 0 && start == m->glue)
        p->before = '.';
    if (p->before == ' ')
        p->word_before = mend_word_before(m, start - 1);
    if (p->after == ' ')
        p->word_after = mend_word_at(m, end + 1);
    return true;
}

static bool is_year(Str digits)
{
    return digits.size == 4 && (digits.data[0] == '1' || digits.data[0] == '2') &&
           (digits.data[1] == '9' || digits.data[1] == '8' || digits.data[1] == '0');
}

/* Words that number what follows them: "Table 2. 15 models were trained." */
static bool is_label(Str word)
{
    return mend_listed_nocase(
        word,
        "figure fig figures table tables section sections sec chapter theorem lemma "
        "proposition corollary definition remark assumption example step steps "
        "equation eq algorithm appendix part phase day question task level stage "
        "experiment case footnote no item page pages line type class group rule "
        "hypothesis aim goal problem track contribution study year age");
}

/* Words that come right behind a number and begin no sentence with it. */
static bool goes_on(Str word)
{
    return mend_listed(
        word, "on and in for to at over with vs per than when compared while with "
              "million billion trillion thousand hundred times point points bit bits "
              "percent percentage dB ms s seconds hours minutes days GB MB TB KB GFLOPs "
              "nats BLEU AUC AUROC mAP mIoU PSNR SSIM FID IS WER CER F accuracy "
              "perplexity top absolute relative higher lower better worse faster slower "
              "mm cm m km kg g GHz MHz Hz W V K k M B x or versus respectively "
              "improvement increase decrease reduction gain");
}

/* Verbs: behind a noun they make the number before it begin a sentence. */
static bool is_verb(Str word)
{
    return mend_listed(word,
                       "are is was were has have had can could will would may might "
                       "must should do does did saw said show showed took take "
                       "participated suffice sufficed remain remained failed "
                       "used use completed performed followed came went follow follows "
                       "means mean denotes indicates represents stands later ago");
}

/* Words that want a number and are not content with an end. */
static bool wants_number(Str word)
{
    return mend_listed_nocase(
        word,
        "of by to than from about around approximately roughly nearly over under "
        "only least most score scores fid is bleu accuracy loss error perplexity "
        "rate ratio value achieves achieve achieving reaches reach reaching with an "
        "a was and between up exceeds exceeding attains obtains obtaining at "
        "averaging scoring version v costs gains auc map psnr wer gpt llama qwen "
        "claude gemini phi python cuda diffusion pytorch squad mean factor");
}

/* The word behind the one behind the right digits. */
static Str second_word(const Mend *m, const Pair *p)
{
    size_t end = p->right_end + 1 + p->word_after.size;
    return mend_byte(m, end) == ' ' ? mend_word_at(m, end + 1) : STR_EMPTY;
}

/* What stands right behind the number tells by itself. */
static bool decimal_by_end(const Mend *m, const Pair *p)
{
    char next = mend_byte(m, p->right_end + 1);
    switch (p->after) {
    case 0:
    case ')':
    case ']':
    case ',':
    case ';':
    case '%':
    case '/':
    case '~':
    case '+':
    case '*':
    case '^':
        return true;
    case '.':
        return next == 0 || next == ' ';
    case ':':
        return next == ' ';
    case '\\':
        return next == '%';
    case '-':
        return byte_is_alpha(next) || byte_is_digit(next);
    case ' ':
        return next == '%' || next == ')' ||
               (next == '\\' && mend_byte(m, p->right_end + 2) == '%') ||
               /* the multiplication and plus-minus signs, U+00D7 and U+00B1 */
               ((unsigned char)next == 0xc3 &&
                (unsigned char)mend_byte(m, p->right_end + 2) == 0x97) ||
               ((unsigned char)next == 0xc2 &&
                (unsigned char)mend_byte(m, p->right_end + 2) == 0xb1);
    default:
        break;
    }
    if ((unsigned char)p->after == 0xc3 || (unsigned char)p->after == 0xc2 ||
        (unsigned char)p->after == 0xe2)
        return true; /* a sign right behind it: ×, ±, –, € */
    /* "1. 5B", "2. 5x", but "3. 3D models" */
    return byte_is_alpha(p->after) && !(p->after == 'D' && p->right.size == 1);
}

static bool decimal_by_start(const Pair *p)
{
    unsigned char c = (unsigned char)p->before;
    if (p->before == 'v' || p->before == '$' || p->before == '~' || p->before == '<' ||
        p->before == '>' || p->before == '+')
        return true;
    /* the last byte of a sign such as ≈, €, £ or – right before the digits */
    return c >= 0x80;
}

/* "It costs 5. 20 people bought it", "0 or 1. 0 means absent": what is counted in whole
 * numbers, or a verb that wants one before it. */
static bool begins_sentence(const Mend *m, const Pair *p)
{
    if (mend_listed(p->word_after, "means denotes indicates represents stands"))
        return true;
    if (p->right.data[0] == '0')
        return false;
    if (mend_listed(p->word_after, "years months weeks days") &&
        mend_listed(second_word(m, p), "later ago earlier"))
        return true;
    if (mend_listed(p->word_after, "of"))
        return mend_listed(second_word(m, p), "them these those us our which whom");
    return mend_listed(p->word_after,
                       "people players participants subjects patients users others "
                       "authors students persons men women children researchers "
                       "annotators volunteers teams new");
}

static bool is_decimal(const Mend *m, const Pair *p)
{
    char before = p->before;
    if (before == '.' || before == ',' || p->left.size > 4)
        return false;
    if (p->left.size > 1 && p->left.data[0] == '0')
        return false; /* "05. 3" is no number */
    bool zero = p->left.size == 1 && p->left.data[0] == '0';
    bool fraction = p->right.data[0] == '0' && (p->right.size > 1 || zero);
    if (begins_sentence(m, p))
        return false;
    bool label = is_label(p->word_before);
    if (label && !(p->after == '%' || p->after == '\\'))
        return false;
    if (fraction || zero)
        return true;
    if (is_year(p->left) && p->after != '%' && p->after != '\\')
        return false;
    if (decimal_by_end(m, p) || decimal_by_start(p))
        return true;
    if (p->right.size == 1 && p->right.data[0] == '0')
        return true; /* no sentence begins with "0" */
    if (p->after != ' ')
        return false;
    if (goes_on(p->word_after))
        return true;
    /* "LLaMA 3. 1 70B" */
    if (p->word_after.size == 0 && p->word_before.size > 1 && p->right.size == 1 &&
        byte_is_upper(p->word_before.data[0]) && wants_number(p->word_before))
        return byte_is_digit(mend_byte(m, p->right_end + 1));
    if (p->word_after.size == 0 || is_verb(p->word_after) || is_verb(second_word(m, p)))
        return false;
    if (byte_is_upper(p->word_after.data[0]))
        return wants_number(p->word_before) && p->word_after.size > 1 &&
               byte_is_upper(p->word_after.data[1]);
    return p->right.size <= 2 && wants_number(p->word_before);
}

size_t mend_decimal(Mend *m, size_t at)
{
    Pair p;
    if (!read_pair(m, at, &p))
        return 0;
    /* A DOI's prefix: "10. 1145/3292500". */
    bool doi = str_equal(p.left, STR("10")) && p.right.size >= 4 && p.after == '/';
    if (!doi && !is_decimal(m, &p))
        return 0;
    mend_begin(m, doi ? "doi" : "decimal", p.left_start);
    mend_cut(m, at + 1, at + 2);
    return mend_end(m, p.right_end);
}

/* Thousands. */

/* Words that lists of numbers and clauses stand behind: "layers 3, 100 and 200". */
static bool begins_list(Str word)
{
    return is_label(word) ||
           mend_listed_nocase(word, "layers layer sizes size values value k n and or "
                                    "epochs steps iterations widths depths dimensions "
                                    "lengths ranks classes in year years between for "
                                    "degrees orders seeds if when");
}

static bool wants_count(Str word)
{
    return mend_listed_nocase(
        word,
        "of with on over than about approximately around nearly roughly contains "
        "containing comprises comprising collected collect total all the from to by "
        "least most only some more have has had used using uses use includes including "
        "annotated a an almost exactly under up per across spanning released");
}

/* Something counted: a noun in the plural, or a word for a unit. */
static bool is_counted(Str word)
{
    if (mend_listed(word, "people data GPU CPU TPU training test human labeled labelled "
                          "unlabeled annotated distinct unique different individual real "
                          "million billion step news synthetic high"))
        return true;
    return word.size > 3 && byte_is_lower(word.data[0]) &&
           word.data[word.size - 1] == 's' && word.data[word.size - 2] != 's' &&
           !is_verb(word) && !mend_listed(word, "this thus plus versus whereas always");
}

static bool is_thousands(const Mend *m, const Pair *p)
{
    bool joined = p->left_start > 0 &&
                  p->left_start == m->glue; /* the group before was mended, too */
    if (p->left.size > 3 || p->right.size != 3 || byte_is_alpha(p->before) ||
        p->before == '.' || (!joined && (p->before == ',' || p->left.data[0] == '0')))
        return false;
    bool zeros = str_equal(p->right, STR("000"));
    bool money = p->before == '$' || (unsigned char)p->before >= 0x80 || p->before == '~';
    /* Another number behind a comma: part of this one, or the list goes on. */
    bool more = p->after == ',' && mend_byte(m, p->right_end + 1) == ' ' &&
                byte_is_digit(mend_byte(m, p->right_end + 2));
    if (zeros)
        return true;
    if (more) {
        Pair next;
        if (p->left.size > 2 || !read_pair(m, p->right_end, &next) ||
            next.right.size != 3)
            return false;
        if (str_equal(next.right, STR("000")))
            return true;
        /* "of 1, 281, 167 images"; a list's numbers would be rounder. */
        return wants_count(p->word_before) && is_counted(next.word_after) &&
               p->right.data[2] != '0' && next.right.data[2] != '0';
    }
    if (money)
        return true;
    Str second = second_word(m, p);
    bool list_on = mend_listed(p->word_after, "and or") &&
                   byte_is_digit(mend_byte(m, p->right_end + 1 + p->word_after.size + 1));
    if (list_on || begins_list(p->word_before) || is_verb(second))
        return false;
    return (joined || wants_count(p->word_before)) && is_counted(p->word_after);
}

size_t mend_thousands(Mend *m, size_t at)
{
    Pair p;
    if (!read_pair(m, at, &p))
        return 0;
    /* What was joined just now reads "1,234" in the output: no fraction. */
    if (p.left_start > 1 && p.left_start == m->glue &&
        m->in.data[p.left_start - 2] == ',')
        p.before = ',';
    if (!is_thousands(m, &p))
        return 0;
    mend_begin(m, "thousands", p.left_start);
    mend_cut(m, at + 1, at + 2);
    return mend_end(m, p.right_end);
}

/* Ratios. */

size_t mend_ratio(Mend *m, size_t at)
{
    Pair p;
    if (!read_pair(m, at, &p) || p.before != ' ')
        return 0;
    size_t end = p.left_start - 1;
    Str word = p.word_before;
    if (str_equal(word, STR("of")) && end > word.size)
        word = mend_word_before(m, end - word.size - 1);
    if (!mend_listed_nocase(word, "ratio ratios odds scale split"))
        return 0;
    mend_begin(m, "ratio", p.left_start);
    mend_cut(m, at + 1, at + 2);
    return mend_end(m, p.right_end);
}
