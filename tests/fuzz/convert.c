/* SPDX-License-Identifier: MIT
 * Conversions as the doors ask for them. */
#include "convert/base/hash.h"
#include "convert/pipeline/check.h"
#include "convert/pipeline/detect.h"
#include "convert/text/utf8.h"
#include "tests/fuzz/fuzz.h"

#include <fcntl.h>
#include <jansson.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/mman.h>
#include <unistd.h>

void expect(bool holds, const char *what)
{
    if (!holds) {
        fprintf(stderr, "broken: %s\n", what);
        abort();
    }
}

char *as_argument(Str s)
{
    char *text = malloc(s.size + 1);
    expect(text != NULL, "memory for an argument");
    memcpy(text, s.data, s.size);
    text[s.size] = '\0';
    return text;
}

int give_file(Str bytes, char name[NAME_ROOM])
{
    int fd = memfd_create("input", MFD_CLOEXEC);
    expect(fd >= 0 && write(fd, bytes.data, bytes.size) == (ssize_t)bytes.size,
           "a file in memory");
    snprintf(name, NAME_ROOM, "/proc/self/fd/%d", fd);
    return fd;
}

/* A pipe of packets, each of which ends a read. */
int give_pieces(Str bytes, unsigned seed, char name[NAME_ROOM])
{
    enum { PACKETS = 240, PIPE_SIZE = 1024 * 1024, PACKET_MOST = 4096 };
    int ends[2];
    size_t most = 1 + bytes.size / (PACKETS / 2);
    if (most > PACKET_MOST / 2 || pipe2(ends, O_DIRECT | O_CLOEXEC) != 0)
        return give_file(bytes, name);
    if (fcntl(ends[1], F_SETPIPE_SZ, PIPE_SIZE) < 0 && bytes.size > 0)
        most = PACKET_MOST / 2;
    while (bytes.size > 0) {
        seed = seed * 1103515245u + 12345u;
        size_t size = most + (seed >> 16) % most;
        if (size > bytes.size)
            size = bytes.size;
        if (write(ends[1], bytes.data, size) != (ssize_t)size)
            break; /* no room: a shorter input, but the same one each time */
        bytes = str_after(bytes, size);
    }
    close(ends[1]);
    snprintf(name, NAME_ROOM, "/proc/self/fd/%d", ends[0]);
    return ends[0];
}

const VenueTable *the_venues(void)
{
    static VenueTable *venues;
    if (venues == NULL)
        venues = venue_open();
    return venues;
}

const Format *choose(unsigned char byte, Role role)
{
    const Format *list[64];
    size_t count = 0;
    for (const Format *const *f = registry_all(); *f != NULL && count < 64; f++) {
        if (role == ROLE_READER ? (*f)->reader != NULL : (*f)->writer != NULL)
            list[count++] = *f;
    }
    return list[byte % count];
}

/* Without the file's name, which is another each time. */
static void keep_said(void *context, const Message *message)
{
    Made *made = context;
    Buf *said = &made->said;
    size_t begun = said->size;
    buf_format(said, "%zu:%zu:%d:%s:", message->at.line, message->at.col,
               (int)message->level, message->id);
    buf_add(said, message->key);
    buf_add_byte(said, ':');
    buf_add(said, message->field);
    buf_add_byte(said, ':');
    buf_add(said, message->text);
    buf_add_byte(said, '\n');
    made->said_unsorted += hash_str(str_after(buf_str(said), begun), 0);
}

static int give(Str bytes, const Choice *choice, char name[NAME_ROOM])
{
    return choice->pieces != 0 ? give_pieces(bytes, choice->pieces, name)
                               : give_file(bytes, name);
}

/* Where the input is one file, the second is empty and not read. */
static size_t give_halves(Str input, const Choice *choice, int fds[2],
                          char names[2][NAME_ROOM])
{
    size_t cut = choice->halves ? str_find_byte(input, '\0') : input.size;
    fds[0] = give(str_slice(input, 0, cut), choice, names[0]);
    fds[1] = give(str_after(input, cut + 1), choice, names[1]);
    return choice->halves ? 2 : 1;
}

void convert(Str input, const Choice *choice, Made *made)
{
    char names[2][NAME_ROOM];
    const char *files[] = {names[0], names[1]};
    int fds[2];
    size_t count = give_halves(input, choice, fds, names);
    Buf reported = {0};
    Diag diag = {.fd = -1, .least = LEVEL_DETAIL, .keep = keep_said, .keeper = made};
    Source *in = source_open(files, count, choice->from_charset, &diag);
    Sink *out = sink_open_memory(&made->written, choice->to_charset, &diag);
    Sink *report = choice->report ? sink_open_memory(&reported, NULL, &diag) : NULL;
    Options opt = choice->opt;
    opt.venues = the_venues();
    Job job = {.to = choice->to,
               .into = choice->into != NULL ? choice->into(choice->context)
                       : choice->to == NULL ? check_stage_open(0, &diag)
                                            : NULL,
               .base = choice->base,
               .theirs = choice->theirs,
               .in = in,
               .out = out,
               .diag = &diag,
               .opt = &opt,
               .plan = &choice->plan,
               .threads = choice->threads > 0 ? choice->threads : 1,
               .report = report != NULL ? report_open(report, &diag) : NULL};
    if (source_skip_blank(in))
        job.from = choice->from != NULL ? choice->from : detect_format(in);
    Tally tally = convert_run(&job);
    made->records = tally.records;
    made->skipped = tally.skipped;
    if (job.report != NULL)
        report_close(job.report, tally.records, tally.skipped, &tally.fields);
    source_close(in);
    sink_close(out, true);
    if (report != NULL)
        sink_close(report, true);
    close(fds[0]);
    close(fds[1]);
    diag_free(&diag);
    expect(choice->to_charset != NULL ||
               utf8_valid(buf_str(&made->written)) == made->written.size,
           "output is UTF-8");
    buf_free(&reported);
}

void made_free(Made *made)
{
    buf_free(&made->written);
    buf_free(&made->said);
}

void expect_json(Str written, bool lines)
{
    json_error_t error;
    Str line;
    while (str_split(&written, lines ? '\n' : '\0', &line) && line.size > 0) {
        json_t *json = json_loadb(line.data, line.size,
                                  JSON_REJECT_DUPLICATES | JSON_ALLOW_NUL, &error);
        if (json == NULL)
            fprintf(stderr, "%s: %zu: %.*s\n", error.text, line.size, STR_ARG(line));
        expect(json != NULL, "CSL-JSON is JSON, and no name is there twice");
        json_decref(json);
    }
}

void choose_stages(Choice *choice, unsigned char a, unsigned char b)
{
    static const char *const SELECT[] = {"year >= 1999 or not has author",
                                         "title like 'a*' and not (any ~ x)"};
    static const char *const KEYS[] = {NULL, "[auth:lower][year][shorttitle3_3]",
                                       "authEtal2 + year.postfix('-%(n)s') | key",
                                       "title.select(2,3).skipwords.abbr + doi"};
    static const char *const SORTS[] = {"author,-issued", "key", "-type,title"};
    Plan *plan = &choice->plan;
    Str wrong;
    choice->select = SELECT[a >> 7];
    choice->drop = "abstract,keywords,note";
    choice->keep = "author,title,issued";
    plan->no_resolve = (a & 1) != 0;
    plan->unique = (UniqueMode)((a >> 1 & 3) % 3);
    plan->memory = (a & 8) != 0 ? 1 : 0;
    plan->key = KEYS[a >> 4 & 3];
    if ((a & 64) != 0)
        plan->select = (Words){&choice->select, 1};
    if ((b & 1) != 0)
        plan->drop = (Words){&choice->drop, 1};
    if ((b & 2) != 0)
        plan->keep = (Words){&choice->keep, 1};
    if ((b & 12) != 0)
        expect(sort_parse(str_from(SORTS[(b >> 2 & 3) - 1]), &plan->sort, &wrong),
               "a sort order");
}
