/* SPDX-License-Identifier: MIT
 * Records put aside; see aside.h. */
#include "convert/pipeline/aside.h"
#include "convert/base/hash.h"
#include "convert/base/memory.h"
#include "convert/io/spool.h"
#include "convert/io/table.h"
#include "convert/pipeline/pack.h"
#include "convert/pipeline/word.h"

#include <stdlib.h>

enum { KEYS_MOST = 1024 * 1024 }; /* bytes of the keys in memory */

/* Of a key or alias: the record. */
typedef struct Row {
    uint64_t hash;
    uint64_t offset;
    uint64_t size;
    bool taken, filling[7];
} Row;

struct Aside {
    Spool *spool;
    Table *keys;
    Buf buf;
};

Aside *aside_open(size_t memory, Diag *diag)
{
    Aside *aside = memory_zeroed(1, sizeof *aside);
    aside->spool = spool_open(memory, diag);
    aside->keys = table_open(sizeof(Row), sizeof(uint64_t),
                             memory < KEYS_MOST ? memory : KEYS_MOST, diag);
    return aside;
}

void aside_close(Aside *aside)
{
    spool_close(aside->spool);
    table_close(aside->keys);
    buf_free(&aside->buf);
    free(aside);
}

static void note_key(Aside *aside, Str key, Row row)
{
    row.hash = hash_str(key, 0);
    if (key.size > 0 && table_first(aside->keys, row.hash) == NULL)
        table_put(aside->keys, &row);
}

void aside_put(Aside *aside, const Record *rec)
{
    Str ids = record_tag_text(rec, STR("ids")), id;
    buf_clear(&aside->buf);
    pack_record(&aside->buf, rec);
    Row row = {.offset = spool_add(aside->spool, buf_str(&aside->buf)),
               .size = aside->buf.size};
    note_key(aside, rec->key, row);
    while (str_split(&ids, ',', &id))
        note_key(aside, str_trim(id), row);
}

/* That record is not there any more, by none of its names. */
static void forget_key(Aside *aside, Str key, Row row)
{
    row.hash = hash_str(key, 0);
    const Row *known = table_first(aside->keys, row.hash);
    if (known != NULL && known->offset == row.offset)
        table_put(aside->keys, &row);
}

bool aside_take(Aside *aside, Str key, Record *rec)
{
    const Row *known = table_first(aside->keys, hash_str(key, 0));
    if (known == NULL || known->taken)
        return false;
    Row row = *known;
    buf_clear(&aside->buf);
    if (!spool_read(aside->spool, row.offset, row.size, &aside->buf))
        return false;
    unpack_record(buf_str(&aside->buf), rec);
    Str ids = record_tag_text(rec, STR("ids")), id;
    row.taken = true;
    forget_key(aside, rec->key, row);
    while (str_split(&ids, ',', &id))
        forget_key(aside, str_trim(id), row);
    return true;
}

bool aside_failed(const Aside *aside)
{
    return spool_failed(aside->spool) || table_failed(aside->keys);
}
