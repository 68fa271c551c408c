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

/* Of so many bytes or the whole file, however they come: what a file is taken for does
 * not depend on the pace of a pipe. */
static const Format *detect(Source *in, int least)
{
    const Format *best = NULL;
    int bid = best_bid(str_slice(source_head(in, HEAD), 0, HEAD), &best);
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
