/* SPDX-License-Identifier: MIT
 * citeconv-bibutils: libbibutils in a process of its own, for citeconv to ask.
 *
 *     citeconv-bibutils read|write FORMAT
 *
 * Frames (wire.h) come on standard input and go to standard output.  The library may
 * crash, exit, hang or eat memory here without harm to anybody else; the limits below
 * are for that, and nothing but its two pipes is in its reach.  It is also the only
 * program that is linked with it, and so the only one that is under the library's
 * licence, version 2 of the GPL, as a whole. */
#include "convert/base/memory.h"
#include "convert/io/rights.h"
#include "formats/bibutils/wire.h"

#include <bibutils/bibformats.h>

#include <errno.h>
#include <stdlib.h>
#include <string.h>
#include <sys/resource.h>
#include <sys/syscall.h>
#include <unistd.h>

enum {
    MEMORY_MOST = 1024 * 1024 * 1024, /* bytes of address space */
    SECONDS_MOST = 600,               /* of processor time */
    FILES_MOST = 8
};

/* The library's own choice by number, bibl_initparams, forgets ISI. */
typedef int SetUp(param *p, const char *program);

static const struct {
    const char *format;
    SetUp *read, *write; /* NULL: the library cannot */
} FORMATS[] = {
    {"mods", modsin_initparams, modsout_initparams},
    {"endnote", endin_initparams, endout_initparams},
    {"endnote-xml", endxmlin_initparams, NULL},
    {"isi", isiin_initparams, isiout_initparams},
    {"medline", medin_initparams, NULL},
    {"nbib", nbibin_initparams, nbibout_initparams},
    {"copac", copacin_initparams, NULL},
    {"ebi", ebiin_initparams, NULL},
    {"word", wordin_initparams, wordout_initparams},
    {"ads", NULL, adsout_initparams},
};

static const char PROGRAM[] = "citeconv-bibutils";

/* Answers go out at once: the other side waits for each. */
static bool give(Buf *out)
{
    size_t done = 0;
    while (done < out->size) {
        ssize_t wrote = write(STDOUT_FILENO, out->data + done, out->size - done);
        if (wrote < 0 && errno != EINTR)
            return false;
        done += wrote > 0 ? (size_t)wrote : 0;
    }
    buf_clear(out);
    return true;
}

static bool get(char *to, size_t size)
{
    size_t done = 0;
    while (done < size) {
        ssize_t got = read(STDIN_FILENO, to + done, size - done);
        if (got == 0 || (got < 0 && errno != EINTR))
            return false;
        done += got > 0 ? (size_t)got : 0;
    }
    return true;
}

static void fault(Buf *out, const char *message)
{
    wire_put(out, WIRE_FAULT, str_from(message));
}

/* Reading. */

static Str str_of(str *s)
{
    return s->data == NULL ? STR_EMPTY : (Str){s->data, s->len};
}

/* A record for itself, not a file of many: the library's time grows with the square of
 * their number, and a key that is there twice is none of its business. */
static void answer_read(Buf *out, Str text, param *p)
{
    bibl records;
    char name[] = "record";
    WireLines lines = {0};
    Arena arena = {0};
    union {
        const char *given;
        char *wanted; /* what is opened for reading is not written to */
    } bytes = {text.data};
    FILE *in = text.size > 0 ? fmemopen(bytes.wanted, text.size, "r") : NULL;
    bibl_init(&records);
    if (in == NULL || bibl_read(&records, in, name, p) != BIBL_OK) {
        fault(out, "it cannot be read");
    } else if (records.n != 1) {
        fault(out, records.n == 0 ? "no record was found in it"
                                  : "more than one record was found in it");
    } else {
        fields *f = records.ref[0];
        for (int i = 0; i < f->n; i++)
            wire_add(&arena, &lines, str_of(&f->entries[i]->tag), f->entries[i]->level,
                     str_of(&f->entries[i]->value));
        wire_put_lines(out, WIRE_LINES, &lines);
    }
    if (in != NULL)
        fclose(in);
    bibl_free(&records);
    arena_free(&arena);
}

/* Writing. */

static const char *text_of(Arena *arena, Str s)
{
    char *copy = arena_alloc(arena, s.size + 1);
    memcpy(copy, s.data, s.size);
    copy[s.size] = '\0';
    return copy;
}

static fields *fields_of(Str payload)
{
    Arena arena = {0};
    WireLines lines = {0};
    fields *f = wire_lines(&arena, payload, &lines) ? fields_new() : NULL;
    for (size_t i = 0; f != NULL && i < lines.count; i++) {
        const WireLine *line = &lines.items[i];
        if (fields_add_can_dup(f, text_of(&arena, line->tag),
                               text_of(&arena, line->value), line->level) != FIELDS_OK)
            memory_exhausted();
    }
    arena_free(&arena);
    return f;
}

static void answer_written(Buf *out, int status, FILE *file, char **text, size_t *size)
{
    if (fclose(file) != 0)
        memory_exhausted();
    if (status == BIBL_OK)
        wire_put(out, WIRE_TEXT, (Str){*text, *size});
    else
        fault(out, "it cannot be written");
    free(*text);
}

static void answer_write(Buf *out, Str payload, const param *p)
{
    char *text = NULL;
    size_t size = 0;
    bibl records;
    param body = *p;
    body.headerf = NULL;
    body.footerf = NULL;
    bibl_init(&records);
    fields *f = fields_of(payload);
    if (f == NULL) {
        fault(out, "the question is none");
        return;
    }
    FILE *file = open_memstream(&text, &size);
    if (file == NULL || bibl_addref(&records, f) != BIBL_OK)
        memory_exhausted();
    answer_written(out, bibl_write(&records, file, &body), file, &text, &size);
    bibl_free(&records);
}

static void answer_frame(Buf *out, WireKind kind, param *p)
{
    char *text = NULL;
    size_t size = 0;
    FILE *file = open_memstream(&text, &size);
    if (file == NULL)
        memory_exhausted();
    if (kind == WIRE_HEAD && p->headerf != NULL)
        p->headerf(file, p);
    else if (kind == WIRE_FOOT && p->footerf != NULL)
        p->footerf(file);
    answer_written(out, BIBL_OK, file, &text, &size);
}

/* Questions. */

static void answer(Buf *out, WireKind kind, Str payload, param *p)
{
    if (kind == WIRE_READ && p->readf != NULL)
        answer_read(out, payload, p);
    else if (kind == WIRE_WRITE && p->writef != NULL)
        answer_write(out, payload, p);
    else if ((kind == WIRE_HEAD || kind == WIRE_FOOT) && p->writef != NULL)
        answer_frame(out, kind, p);
    else
        fault(out, "the question is none");
}

static void serve(param *p)
{
    Buf in = {0}, out = {0};
    char header[WIRE_HEADER];
    WireKind kind;
    size_t size;
    wire_put(&out, WIRE_HELLO, STR(WIRE_GREETING));
    while (give(&out) && get(header, sizeof header) &&
           wire_header(header, &kind, &size)) {
        buf_clear(&in);
        if (!get(buf_reserve(&in, size), size))
            break;
        in.size = size;
        answer(&out, kind, buf_str(&in), p);
    }
    buf_free(&in);
    buf_free(&out);
}

/* UTF-8 on both sides, whatever the format would have by itself; no TeX. */
static bool set_up(param *p, const char *task, const char *format)
{
    bool reads = strcmp(task, "read") == 0;
    SetUp *chosen = NULL;
    for (size_t i = 0; i < sizeof FORMATS / sizeof FORMATS[0]; i++) {
        if (strcmp(FORMATS[i].format, format) == 0)
            chosen = reads ? FORMATS[i].read : FORMATS[i].write;
    }
    memset(p, 0, sizeof *p);
    if (chosen == NULL || chosen(p, PROGRAM) != BIBL_OK)
        return false;
    p->charsetin = BIBL_CHARSET_UNICODE;
    p->charsetin_src = BIBL_SRC_USER;
    p->utf8in = 1;
    p->latexin = 0;
    p->charsetout = BIBL_CHARSET_UNICODE;
    p->charsetout_src = BIBL_SRC_USER;
    p->utf8out = 1;
    p->utf8bom = 0;
    p->latexout = 0;
    p->nosplittitle = 1;
    return true;
}

static void limit(void)
{
    static const struct {
        int resource;
        rlim_t most;
    } LIMITS[] = {
        {RLIMIT_AS, MEMORY_MOST},    {RLIMIT_CPU, SECONDS_MOST}, {RLIMIT_CORE, 0},
        {RLIMIT_NOFILE, FILES_MOST}, {RLIMIT_FSIZE, 0},
    };
    for (size_t i = 0; i < sizeof LIMITS / sizeof LIMITS[0]; i++) {
        struct rlimit most = {LIMITS[i].most, LIMITS[i].most};
        setrlimit((__rlimit_resource_t)LIMITS[i].resource, &most);
    }
}

/* citeconv has said what the kernel cannot do about it. */
static void give_up_rights(void)
{
    Rights none;
    /* Whoever started citeconv may have left it more. */
    syscall(SYS_close_range, STDERR_FILENO + 1, ~0U, 0);
    rights_begin(&none);
    (void)rights_keep(&none);
}

int main(int argc, char **argv)
{
    param p;
    if (argc != 3 || !set_up(&p, argv[1], argv[2]))
        return 2;
    limit();
    give_up_rights();
    serve(&p);
    bibl_freeparams(&p);
    return 0;
}
