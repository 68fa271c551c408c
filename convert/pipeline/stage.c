/* SPDX-License-Identifier: MIT
 * What all stages share; see stage.h. */
#include "convert/pipeline/stage.h"
#include "convert/base/memory.h"

#include <assert.h>
#include <stdlib.h>

void *stage_open(size_t size, const StageVerbs *verbs, Stage *next)
{
    assert(size >= sizeof(Stage));
    Stage *stage = memory_zeroed(1, size);
    stage->verbs = verbs;
    stage->next = next;
    if (next != NULL) {
        stage->diag = next->diag;
        stage->ledger = next->ledger;
    }
    return stage;
}

void stage_put(Stage *stage, Record *rec)
{
    Diag *diag = stage->diag;
    Str outer = diag->key;
    diag->at = rec->place;
    diag->key = rec->key;
    diag->field = STR_EMPTY;
    stage->count++;
    stage->verbs->put(stage, rec);
    diag->key = outer;
    diag->field = STR_EMPTY;
}

void stage_matter(Stage *stage, Record *rec)
{
    while (stage->verbs->matter == NULL && stage->next != NULL)
        stage = stage->next;
    if (stage->verbs->matter != NULL)
        stage->verbs->matter(stage, rec);
}

void stage_end(Stage *first)
{
    for (Stage *stage = first; stage != NULL; stage = stage->next) {
        if (stage->verbs->end != NULL)
            stage->verbs->end(stage);
    }
}

void stage_close(Stage *first)
{
    while (first != NULL) {
        Stage *next = first->next;
        if (first->verbs->close != NULL)
            first->verbs->close(first);
        free(first);
        first = next;
    }
}

bool stage_stopped(const Stage *first)
{
    while (first != NULL && !first->stopped && !first->failed)
        first = first->next;
    return first != NULL;
}

bool stage_failed(const Stage *first)
{
    while (first != NULL && !first->failed)
        first = first->next;
    return first != NULL;
}
