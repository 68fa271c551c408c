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
