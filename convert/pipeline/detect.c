/* SPDX-License-Identifier: MIT
 * The auction; see detect.h. */
#include "convert/pipeline/detect.h"
#include "formats/registry.h"

enum { HEAD_FIRST = 256, HEAD_MOST = 16 * 1024, BID_SURE = 60, BID_LEAST = 20 };

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

static const Format *detect(Source *in, int least)
{
    const Format *best = NULL;
    int bid = 0;
    /* What came first may be enough, and more may be long in coming. */
    for (size_t want = 1; want <= HEAD_MOST;
         want = want < HEAD_FIRST ? HEAD_FIRST : 2 * want) {
        Str head = source_head(in, want);
        bid = best_bid(head, &best);
        if (bid >= BID_SURE || head.size < want)
            break;
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
