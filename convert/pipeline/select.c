/* SPDX-License-Identifier: MIT
 * Picking records; see select.h. */
#include "convert/pipeline/select.h"
#include "convert/base/memory.h"
#include "convert/io/spool.h"
#include "convert/pipeline/aside.h"
#include "convert/pipeline/cited.h"
#include "convert/pipeline/expr.h"
#include "convert/pipeline/index.h"
#include "convert/pipeline/word.h"

#include <assert.h>
#include <stdlib.h>

typedef struct SelectStage {
    Stage stage;
    Expr **exprs;
    size_t expr_count;
    Cited *cited; /* NULL: no such file was given */
    Aside *aside; /* what was not picked, in case a record behind it refers to it; NULL
                     where parents do not matter */
    Arena arena;  /* keys of `wanted` */
    Index wanted; /* keys that picked records refer to: from 1, in their order */
    Str *queue;   /* the same keys */
    size_t queued, capacity;
} SelectStage;

static bool is_cited(SelectStage *self, const Record *rec)
{
    Str ids = record_tag_text(rec, STR("ids")), id;
    bool cited = cited_has(self->cited, rec->key);
    while (str_split(&ids, ',', &id))
        cited = cited_has(self->cited, str_trim(id)) || cited;
    return cited;
}

static bool is_wanted(const SelectStage *self, const Record *rec)
{
    Str ids = record_tag_text(rec, STR("ids")), id;
    bool wanted = index_find(&self->wanted, rec->key) != 0;
    while (!wanted && str_split(&ids, ',', &id))
        wanted = index_find(&self->wanted, str_trim(id)) != 0;
    return wanted;
}

static bool is_picked(SelectStage *self, const Record *rec)
{
    bool picked = self->cited == NULL || is_cited(self, rec);
    for (size_t i = 0; i < self->expr_count; i++)
        picked = expr_fits(self->exprs[i], rec) && picked;
    return picked || is_wanted(self, rec);
}

static void want(SelectStage *self, Str key)
{
    if (key.size == 0 || index_find(&self->wanted, key) != 0)
        return;
    if (self->queued == self->capacity) {
        self->capacity = memory_grown(self->capacity, self->queued + 1);
        self->queue = memory_resize(self->queue, self->capacity * sizeof *self->queue);
    }
    key = arena_copy(&self->arena, key);
    self->queue[self->queued++] = key;
    *index_at(&self->wanted, key) = self->queued;
}

static void want_parents(SelectStage *self, const Record *rec)
{
    static const char *const TAGS[] = {"crossref", "xref", "xdata", "related",
                                       "entryset"};
    for (size_t i = 0; i < sizeof TAGS / sizeof TAGS[0]; i++) {
        Str list = record_tag_text(rec, str_from(TAGS[i])), key;
        while (str_split(&list, ',', &key))
            want(self, str_trim(key));
    }
}

static void put(Stage *stage, Record *rec)
{
    SelectStage *self = (SelectStage *)stage;
    size_t next = self->queued;
    if (!is_picked(self, rec)) {
        stage->ledger->removed += rec->count;
        if (self->aside != NULL) {
            aside_put(self->aside, rec);
            stage->failed = aside_failed(self->aside);
        }
        return;
    }
    if (self->aside != NULL)
        want_parents(self, rec);
    stage_put(stage->next, rec);
    /* Parents that stood before it, and theirs in turn, which are wanted meanwhile. */
    for (; next < self->queued; next++) {
        Record parent = {0};
        record_reset(&parent);
        if (aside_take(self->aside, self->queue[next], &parent)) {
            want_parents(self, &parent);
            stage->ledger->removed -= parent.count;
            stage_put(stage->next, &parent);
        }
        record_free(&parent);
    }
    stage->failed = self->aside != NULL && aside_failed(self->aside);
}

static void end(Stage *stage)
{
    SelectStage *self = (SelectStage *)stage;
    Str name;
    if (self->cited != NULL)
        cited_report_missing(self->cited, stage->diag);
    for (size_t i = 0; i < self->expr_count; i++) {
        size_t at = 0;
        while (expr_next_unmet(self->exprs[i], &at, &name)) {
            const char *near = word_near(name);
            diag_report(stage->diag, LEVEL_WARNING, "unknown-field", (Place){0},
                        "--select asks for '%.*s', which no record has%s%s%s",
                        STR_ARG(name), near != NULL ? "; did you mean '" : "",
                        near != NULL ? near : "", near != NULL ? "'?" : "");
        }
    }
}

static void release(Stage *stage)
{
    SelectStage *self = (SelectStage *)stage;
    for (size_t i = 0; i < self->expr_count; i++)
        expr_close(self->exprs[i]);
    free(self->exprs);
    if (self->cited != NULL)
        cited_close(self->cited);
    if (self->aside != NULL)
        aside_close(self->aside);
    arena_free(&self->arena);
    index_free(&self->wanted);
    free(self->queue);
}

static const StageVerbs VERBS = {
    .name = "select", .put = put, .end = end, .close = release};

Stage *select_stage_open(const Plan *plan, bool parents, Stage *next)
{
    SelectStage *self = stage_open(sizeof *self, &VERBS, next);
    Diag *diag = self->stage.diag;
    self->exprs = memory_zeroed(plan->select.count, sizeof(Expr *));
    for (size_t i = 0; i < plan->select.count; i++) {
        const char *wrong;
        size_t column;
        Expr *expr = expr_open(str_from(plan->select.items[i]), &wrong, &column);
        assert(expr != NULL);
        self->exprs[self->expr_count++] = expr;
    }
    if (plan->aux.count + plan->bcf.count > 0)
        self->cited = cited_open();
    for (size_t i = 0; i < plan->aux.count; i++)
        self->stage.failed |= !cited_add_aux(self->cited, plan->aux.items[i], diag);
    for (size_t i = 0; i < plan->bcf.count; i++)
        self->stage.failed |= !cited_add_bcf(self->cited, plan->bcf.items[i], diag);
    if (parents)
        self->aside = aside_open(plan->memory > 0 ? plan->memory : SPOOL_WAITING, diag);
    return &self->stage;
}
