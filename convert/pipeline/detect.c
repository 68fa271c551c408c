/* SPDX-License-Identifier: MIT
 * The auction; see detect.h. */
#include "convert/pipeline/detect.h"
#include "formats/registry.h"

enum { HEAD = 16 * 1024, BID_SURE = 60, BID_LEAST = 20 };

static int best_bid(Str head, const Format **best)
{
    int highest = 0;
    for (const Format *const *f = registry_all(); *f != NULL; f++) {
        const Reader *reader = (*f)->reader;
        int bid = reader != NULL && reader->sniff != NULL ? reader->sniff(head) : 0;
        if (bid > highest) {
            highest = bid;
            *best = *f;
        }
    }
    return highest;
}

/* Of so many bytes or the whole file: what it is taken for does not depend on the pieces
 * that a pipe gives.  But where one pauses, what came is enough if it is sure, since the
 * rest may be long in coming. */
static const Format *detect(Source *in, int least)
{
    const Format *best = NULL;
    int bid = 0;
    for (size_t want = 1;;) {
        bool whole = source_head(in, want).size < want;
        Str head = str_slice(source_head_soon(in, HEAD), 0, HEAD);
        bid = best_bid(head, &best);
        if (bid >= BID_SURE || whole || head.size == HEAD)
            break;
        want = head.size + 1;
    }
    return bid >= least ? best : NULL;
}

const Format *detect_format(Source *in)
{
    return detect(in, BID_LEAST);
}

const Format *detect_sure_format(Source *in)
{
    return detect(in, BID_SURE);
}

const char *detect_other(Source *in)
{
    /* Bytes that are no UTF-8 have become characters by then. */
    static const struct {
        const char *front, *advice;
    } OTHERS[] = {
        {"%PDF-", "this is a PDF, which holds no records"},
        {"PK\x03\x04",
         "this is a ZIP archive or an office document; unpack or export it"},
        {"\x1f\x8b", "this is compressed; give it as zcat writes it"},
        {"\x1f\xe2\x80\xb9", "this is compressed; give it as zcat writes it"},
        {"\xfd\x37zXZ", "this is compressed; give it as xzcat writes it"},
        {"\xc3\xbd\x37zXZ", "this is compressed; give it as xzcat writes it"},
        {"BZh", "this is compressed; give it as bzcat writes it"},
        {"(\xb5/\xfd", "this is compressed; give it as zstdcat writes it"},
        {"(\xc2\xb5/\xc3\xbd", "this is compressed; give it as zstdcat writes it"},
        {"SQLite format 3", "this is a database; export from the program it belongs to"},
    };
    Str head = source_head_soon(in, HEAD);
    for (size_t i = 0; i < sizeof OTHERS / sizeof OTHERS[0]; i++) {
        if (str_starts(head, str_from(OTHERS[i].front)))
            return OTHERS[i].advice;
    }
    return NULL;
}
