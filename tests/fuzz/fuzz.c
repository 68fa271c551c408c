/* SPDX-License-Identifier: MIT
 * A conversion of arbitrary bytes: the first chooses the writer, the second the reader
 * and the options, the rest is the input.
 *
 * Readers want a file, so the bytes go to one in memory; what is written and said goes
 * to /dev/null. */
#include "convert/pipeline/convert.h"
#include "convert/pipeline/detect.h"
#include "formats/registry.h"

#include <fcntl.h>
#include <stdio.h>
#include <stdlib.h>
#include <sys/mman.h>
#include <unistd.h>

int LLVMFuzzerTestOneInput(const unsigned char *data, size_t size);

static const Format *choose(unsigned char byte, Role role)
{
    const Format *list[64];
    size_t count = 0;
    for (const Format *const *f = registry_all(); *f != NULL && count < 64; f++) {
        if (role == ROLE_READER ? (*f)->reader != NULL : (*f)->writer != NULL)
            list[count++] = *f;
    }
    return list[byte % count];
}

/* The bytes as a file that can be opened by the name. */
static int give(const unsigned char *data, size_t size, char *name, size_t room)
{
    int fd = memfd_create("input", MFD_CLOEXEC);
    if (fd < 0 || write(fd, data, size) != (ssize_t)size)
        abort();
    snprintf(name, room, "/proc/self/fd/%d", fd);
    return fd;
}

static void convert(const unsigned char *data, size_t size, unsigned char to,
                    unsigned char how)
{
    static const char *const CHARSETS[] = {NULL, "ascii", "latin1//TRANSLIT", "UTF-16"};
    static const OptionValue VERBATIM = {"arrow", "venues", "verbatim"};
    char name[64];
    const char *files[] = {name};
    int fd = give(data, size, name, sizeof name);
    Diag diag = {.fd = open("/dev/null", O_WRONLY | O_CLOEXEC), .least = LEVEL_DETAIL};
    Source *in = source_open(files, 1, NULL, &diag);
    Sink *out = sink_open("/dev/null", CHARSETS[how >> 2 & 3], &diag);
    VenueTable *venues = venue_open();
    Options opt = {.repair = (how & 1) == 0,
                   .venues = venues,
                   .width = how >> 5 == 0 ? 40 : 0,
                   .values = &VERBATIM,
                   .value_count = how >> 1 & 1};
    Job job = {
        .to = choose(to, ROLE_WRITER), .in = in, .out = out, .diag = &diag, .opt = &opt};
    if (source_skip_blank(in)) {
        job.from = detect_format(in);
        if (job.from == NULL)
            job.from = choose(how >> 4, ROLE_READER);
    }
    convert_run(&job);
    source_close(in);
    sink_close(out, true);
    venue_close(venues);
    close(diag.fd);
    close(fd);
    diag_free(&diag);
}

/* A user's own table of venues is input, too. */
static void add_venues(const unsigned char *data, size_t size)
{
    VenueTable *venues = venue_open();
    Arena arena = {0};
    Str rest = {(const char *)data, size}, line;
    while (str_split(&rest, '\n', &line)) {
        size_t column;
        VenueFacts facts;
        if (venue_add_line(venues, line, &column) == NULL)
            venue_find(venues, &arena, str_slice(line, 0, str_find_byte(line, '|')), 2001,
                       &facts);
    }
    arena_free(&arena);
    venue_close(venues);
}

int LLVMFuzzerTestOneInput(const unsigned char *data, size_t size)
{
    if (size < 2)
        return 0;
    if (data[0] == 'v')
        add_venues(data + 1, size - 1);
    else
        convert(data + 2, size - 2, data[0], data[1]);
    return 0;
}
