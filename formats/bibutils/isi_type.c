/* SPDX-License-Identifier: MIT
 * See isi_type.h. */
#include "formats/bibutils/isi_type.h"

typedef struct Facts {
    Str pt, dt, title, source;
    bool conference;
} Facts;

static Facts facts_of(const Piece *piece)
{
    Facts facts = {STR_EMPTY, STR_EMPTY, STR_EMPTY, STR_EMPTY, false};
    for (size_t i = 0; i < piece->count; i++) {
        const Item *item = &piece->items[i];
        if (item->more)
            continue;
        if (str_equal(item->tag, STR("PT")))
            facts.pt = item->value;
        else if (str_equal(item->tag, STR("DT")))
            facts.dt = item->value;
        else if (str_equal(item->tag, STR("TI")))
            facts.title = item->value;
        else if (str_equal(item->tag, STR("SO")))
            facts.source = item->value;
        facts.conference = facts.conference || str_equal(item->tag, STR("CT"));
    }
    return facts;
}

void isi_type_settle(Piece *piece)
{
    static const Str FRONT = {"PT ", 3};
    Facts facts = facts_of(piece);
    Buf *text = &piece->text;
    char pt = facts.pt.size == 1 ? facts.pt.data[0] : '\0';
    bool volume = pt == 'B' || pt == 'S' || pt == 'C';
    bool book =
        str_contains(facts.dt, STR("Book")) && !str_contains(facts.dt, STR("Chapter"));
    bool part =
        !book && facts.source.size > 0 && !str_equal_nocase(facts.title, facts.source);
    if (!volume || !part || !str_starts(buf_str(text), FRONT))
        return;
    if (facts.conference || pt == 'C' || str_contains(facts.dt, STR("Proceedings Paper")))
        piece->kind = KIND_PAPER_CONFERENCE;
    else
        piece->kind = KIND_CHAPTER;
    text->data[FRONT.size] = 'J';
}
