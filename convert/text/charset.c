/* SPDX-License-Identifier: MIT
 * Charsets through iconv(3), POSIX.1-2017; see charset.h. */
#include "convert/text/charset.h"
#include "convert/base/memory.h"
#include "convert/text/utf8.h"

#include <dlfcn.h>
#include <errno.h>
#include <iconv.h>
#include <stdlib.h>
#include <string.h>

struct Charset {
    iconv_t cd;
    bool translit; /* guesses at what the charset lacks */
    bool ignore;   /* leaves it out */
    size_t unit;   /* bytes of a code unit: what is skipped where it means nothing */
};

enum { STEP = 4096, GUESSED = -1 };

/* Takes the suffix off the name.  An empty name would be the locale's, and iconv takes
 * odd bytes for options. */
static bool split_name(const char *name, char plain[static 65], Str *suffix)
{
    size_t size = strspn(name, "abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ"
                               "0123456789-_.:+()");
    if (size == 0 || size > 64)
        return false;
    memcpy(plain, name, size);
    plain[size] = '\0';
    *suffix = str_from(name + size);
    return true;
}

static Charset *charset_open(const char *to, const char *from)
{
    iconv_t cd = iconv_open(to, from);
    if (cd == (iconv_t)-1) {
        if (errno == ENOMEM)
            memory_exhausted();
        return NULL;
    }
    Charset *charset = memory_alloc(sizeof *charset);
    *charset = (Charset){.cd = cd};
    return charset;
}

static size_t unit_of(Str name)
{
    if (str_starts_nocase(name, STR("UTF-32")) || str_starts_nocase(name, STR("UTF32")) ||
        str_starts_nocase(name, STR("UCS-4")) || str_starts_nocase(name, STR("UCS4")))
        return 4;
    return str_starts_nocase(name, STR("UTF-16")) ||
                   str_starts_nocase(name, STR("UTF16")) ||
                   str_starts_nocase(name, STR("UCS-2")) ||
                   str_starts_nocase(name, STR("UCS2"))
               ? 2
               : 1;
}

bool charset_is_latin_1(Str name)
{
    return str_equal_nocase(name, STR("ISO-8859-1")) ||
           str_equal_nocase(name, STR("ISO8859-1")) ||
           str_equal_nocase(name, STR("LATIN1")) || str_equal_nocase(name, STR("L1"));
}

Charset *charset_decoder(const char *name)
{
    char plain[65];
    Str suffix;
    if (!split_name(name, plain, &suffix) || suffix.size > 0)
        return NULL;
    Charset *decoder = charset_open(
        "UTF-8", charset_is_latin_1(str_from(plain)) ? "WINDOWS-1252" : plain);
    if (decoder != NULL)
        decoder->unit = unit_of(str_from(plain));
    return decoder;
}

Charset *charset_encoder(const char *name)
{
    char plain[65];
    Str suffix;
    if (!split_name(name, plain, &suffix))
        return NULL;
    bool translit = str_equal_nocase(suffix, STR("//TRANSLIT"));
    bool ignore = str_equal_nocase(suffix, STR("//IGNORE"));
    if (suffix.size > 0 && !translit && !ignore)
        return NULL;
    /* iconv's own //IGNORE would not say what it left out. */
    Charset *encoder = charset_open(translit ? name : plain, "UTF-8");
    if (encoder != NULL) {
        encoder->translit = translit;
        encoder->ignore = ignore;
    }
    return encoder;
}

void charset_close(Charset *charset)
{
    if (charset == NULL)
        return;
    iconv_close(charset->cd);
    free(charset);
}

/* One call of iconv: moves *in, appends to `out`.  Returns errno, 0 where all went, and
 * GUESSED where something was written that is not what was read. */
static int convert(Charset *charset, Str *in, Buf *out)
{
    /* iconv's type lacks the const that its contract has. */
    union {
        const char *given;
        char *wanted;
    } from = {.given = in->data};
    size_t left = in->size, room = STEP;
    char *to = buf_reserve(out, room);
    size_t result = iconv(charset->cd, &from.wanted, &left, &to, &room);
    int error = result == (size_t)-1 ? errno : 0;
    out->size += STEP - room;
    *in = str_after(*in, in->size - left);
    return error == 0 && result > 0 ? GUESSED : error;
}

size_t charset_decode(Charset *decoder, Str in, bool last, Buf *out)
{
    size_t size = in.size;
    while (in.size > 0) {
        int error = convert(decoder, &in, out);
        if (error == EINVAL && !last)
            break;
        if (error == EILSEQ || error == EINVAL) {
            buf_add_byte(out, (char)0xff);
            in = str_after(in, decoder->unit);
        }
    }
    return size - in.size;
}

/* What iconv cannot do at all is an error; what transliteration gives up on is "?" and
 * counts as irreversible, as a good transliteration does. */
static void encode_one(Charset *encoder, Str *in, Buf *out, CharsetLost *lost,
                       void *context)
{
    Str rest = *in;
    uint32_t character = utf8_next(&rest);
    Str one = str_slice(*in, 0, in->size - rest.size);
    size_t before = out->size;
    int error = convert(encoder, &one, out);
    bool given_up = error == GUESSED && out->size == before + 1 &&
                    out->data[before] == '?' && character != '?';
    bool refused = error == EILSEQ || error == EINVAL;
    if (refused && !encoder->ignore) {
        Str sign = STR("?");
        convert(encoder, &sign, out);
    }
    if ((given_up || refused) && lost != NULL)
        lost(context, character);
    *in = rest;
}

void charset_encode(Charset *encoder, Str in, Buf *out, CharsetLost *lost, void *context)
{
    while (in.size > 0) {
        /* One character a time where a guess must be told from a loss. */
        Str whole = encoder->translit ? str_slice(in, 0, utf8_ascii_front(in)) : in;
        size_t size = whole.size;
        int error = size > 0 ? convert(encoder, &whole, out) : EILSEQ;
        in = str_after(in, size - whole.size);
        if (error == EILSEQ || error == EINVAL)
            encode_one(encoder, &in, out, lost, context);
    }
}

void charset_finish(Charset *encoder, Buf *out)
{
    size_t room = 64;
    char *to = buf_reserve(out, room);
    iconv(encoder->cd, NULL, NULL, &to, &room);
    out->size += 64 - room;
}

bool charset_has(Charset *encoder, uint32_t character)
{
    Buf in = {0}, out = {0};
    utf8_add(&in, character);
    Str s = buf_str(&in);
    iconv(encoder->cd, NULL, NULL, NULL, NULL);
    int error = convert(encoder, &s, &out);
    buf_free(&in);
    buf_free(&out);
    return error == 0;
}

uint32_t charset_windows(unsigned char byte)
{
    /* Where it is not Latin-1: 0x80 to 0x9f. */
    static const uint16_t TABLE[32] = {
        0x20ac, 0,      0x201a, 0x0192, 0x201e, 0x2026, 0x2020, 0x2021,
        0x02c6, 0x2030, 0x0160, 0x2039, 0x0152, 0,      0x017d, 0,
        0,      0x2018, 0x2019, 0x201c, 0x201d, 0x2022, 0x2013, 0x2014,
        0x02dc, 0x2122, 0x0161, 0x203a, 0x0153, 0,      0x017e, 0x0178};
    return byte >= 0x80 && byte < 0xa0 ? TABLE[byte - 0x80] : byte;
}

bool charset_is_utf8(const char *name)
{
    Str s = str_from(name);
    return str_equal_nocase(s, STR("UTF-8")) || str_equal_nocase(s, STR("UTF8")) ||
           str_equal_nocase(s, STR("UTF_8"));
}

/* `probe` is what opening it gave. */
static bool is_known(const char *name, Charset *probe)
{
    bool known = probe != NULL || charset_is_utf8(name);
    charset_close(probe);
    return known;
}

bool charset_reads(const char *name)
{
    return is_known(name, charset_decoder(name));
}

bool charset_writes(const char *name)
{
    return is_known(name, charset_encoder(name));
}

bool charset_directory(size_t i, Buf *path)
{
    /* glibc has its modules beside itself: /lib may be a link to /usr/lib, or not. */
    static const char *const ROOTS[] = {"", "/usr"};
    union {
        iconv_t (*function)(const char *, const char *);
        void *address;
    } own = {.function = iconv_open};
    Dl_info library;
    buf_clear(path);
    if (i < 2 && dladdr(own.address, &library) != 0 && library.dli_fname != NULL) {
        Str file = str_from(library.dli_fname);
        while (file.size > 0 && file.data[file.size - 1] != '/')
            file.size--;
        buf_format(path, "%s%.*sgconv%c", ROOTS[i], STR_ARG(file), '\0');
        return true;
    }
    Str rest = str_from(getenv("GCONV_PATH")), each = STR_EMPTY;
    bool found = rest.size > 0;
    for (size_t at = 2; at <= i && found; at++)
        found = str_split(&rest, ':', &each);
    buf_add(path, each);
    buf_add_byte(path, '\0');
    return found;
}

const char *charset_nearest(const char *name)
{
    static const char *const NAMES[] = {
        "UTF-8",        "UTF-16",       "UTF-16LE",     "UTF-16BE",     "UTF-32",
        "UTF-7",        "ASCII",        "US-ASCII",     "ISO-8859-1",   "ISO-8859-2",
        "ISO-8859-3",   "ISO-8859-4",   "ISO-8859-5",   "ISO-8859-6",   "ISO-8859-7",
        "ISO-8859-8",   "ISO-8859-9",   "ISO-8859-10",  "ISO-8859-13",  "ISO-8859-14",
        "ISO-8859-15",  "ISO-8859-16",  "LATIN1",       "LATIN2",       "WINDOWS-1250",
        "WINDOWS-1251", "WINDOWS-1252", "WINDOWS-1253", "WINDOWS-1254", "WINDOWS-1257",
        "CP1252",       "CP437",        "CP850",        "MACINTOSH",    "KOI8-R",
        "KOI8-U",       "GB18030",      "GBK",          "GB2312",       "BIG5",
        "SHIFT_JIS",    "EUC-JP",       "EUC-KR",       "ISO-2022-JP",
    };
    char upper[65] = "";
    for (size_t i = 0; i < sizeof upper - 1 && name[i] != '\0'; i++)
        upper[i] = byte_is_lower(name[i]) ? (char)(name[i] - 'a' + 'A') : name[i];
    const char *nearest = NULL;
    size_t least = strlen(upper) / 2 + 1;
    for (size_t i = 0; i < sizeof NAMES / sizeof NAMES[0]; i++) {
        size_t distance = str_distance(str_from(upper), str_from(NAMES[i]));
        if (distance < least) {
            least = distance;
            nearest = NAMES[i];
        }
    }
    return nearest;
}
