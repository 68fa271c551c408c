/* SPDX-License-Identifier: MIT
 * Records put aside; see aside.h. */
#include "convert/pipeline/aside.h"
#include "convert/base/memory.h"
#include "convert/io/spool.h"
#include "convert/pipeline/index.h"
#include "convert/pipeline/pack.h"
#include "convert/pipeline/word.h"

#include <stdlib.h>

typedef struct Packed {
    uint64_t offset;
    size_t size; /* 0: taken */
} Packed;

struct Aside {
    Spool *spool;
    Arena keys;
    Index index; /* of `packed`, from 1 */
    Packed *packed;
    size_t count, capacity;
    Buf buf;
};

Aside *aside_open(size_t memory, Diag *diag)
{
    Aside *aside = memory_zeroed(1, sizeof *aside);
    aside->spool = spool_open(memory, diag);
    return aside;
}

void aside_close(Aside *aside)
{
    spool_close(aside->spool);
    arena_free(&aside->keys);
    index_free(&aside->index);
    free(aside->packed);
    buf_free(&aside->buf);
    free(aside);
}

static void note_key(Aside *aside, Str key)
{
    if (key.size == 0 || index_find(&aside->index, key) != 0)
        return;
    *index_at(&aside->index, arena_copy(&aside->keys, key)) = aside->count;
}

void aside_put(Aside *aside, const Record *rec)
{
    Str ids = record_tag_text(rec, STR("ids")), id;
    if (aside->count == aside->capacity) {
        aside->capacity = memory_grown(aside->capacity, aside->count + 1);
        aside->packed =
            memory_resize(aside->packed, aside->capacity * sizeof *aside->packed);
    }
    buf_clear(&aside->buf);
    pack_record(&aside->buf, rec);
    Str bytes = buf_str(&aside->buf);
    aside->packed[aside->count++] = (Packed){spool_add(aside->spool, bytes), bytes.size};
    note_key(aside, rec->key);
    while (str_split(&ids, ',', &id))
        note_key(aside, str_trim(id));
}

bool aside_take(Aside *aside, Str key, Record *rec)
{
    size_t number = index_find(&aside->index, key);
    Packed *packed = number > 0 ? &aside->packed[number - 1] : NULL;
    if (packed == NULL || packed->size == 0)
        return false;
    buf_clear(&aside->buf);
    if (!spool_read(aside->spool, packed->offset, packed->size, &aside->buf))
        return false;
    packed->size = 0;
    unpack_record(buf_str(&aside->buf), rec);
    return true;
}

bool aside_failed(const Aside *aside)
{
    return spool_failed(aside->spool);
}
