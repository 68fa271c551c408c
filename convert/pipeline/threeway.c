/* SPDX-License-Identifier: MIT
 * Three-way merging; see threeway.h. */
#include "convert/pipeline/threeway.h"
#include "convert/base/memory.h"
#include "convert/pipeline/pack.h"
#include "convert/pipeline/parts.h"

#include <stdlib.h>

/* A record, known by its key, or what stands between records, known by its text. */
typedef struct Piece {
    Buf packed;
    Str id; /* in the side's arena */
    bool matter;
} Piece;

struct Side {
    Arena arena;
    Piece *pieces;
    size_t count, capacity;
    Index index, copies; /* of pieces, from 1; and how many have one name */
};

typedef struct SideStage {
    Stage stage;
    Side *side;
} SideStage;

Side *side_open(void)
{
    return memory_zeroed(1, sizeof(Side));
}

void side_close(Side *side)
{
    if (side == NULL)
        return;
    for (size_t i = 0; i < side->count; i++)
        buf_free(&side->pieces[i].packed);
    free(side->pieces);
    index_free(&side->index);
    index_free(&side->copies);
    arena_free(&side->arena);
    free(side);
}

/* The second piece of the same name is another one. */
static Str id_of(Side *side, const Record *rec, bool matter)
{
    Str name = matter ? str_trim(rec->matter) : rec->key;
    Str id =
        arena_join(&side->arena, matter ? STR("matter") : STR("entry"), STR(" "), name);
    size_t *copies = index_at(&side->copies, id);
    if (++*copies == 1)
        return id;
    return arena_format(&side->arena, "%.*s\n%zu", STR_ARG(id), *copies);
}

static void keep(Side *side, const Record *rec, bool matter)
{
    if (matter && str_trim(rec->matter).size == 0)
        return;
    Str id = id_of(side, rec, matter);
    *index_at(&side->index, id) = side->count + 1;
    if (side->count == side->capacity) {
        side->capacity = memory_grown(side->capacity, side->count + 1);
        side->pieces = memory_resize(side->pieces, side->capacity * sizeof *side->pieces);
    }
    Piece *piece = &side->pieces[side->count++];
    *piece = (Piece){.id = id, .matter = matter};
    pack_record(&piece->packed, rec);
}

static const Piece *find(const Side *side, Str id)
{
    size_t number = index_find(&side->index, id);
    return number > 0 ? &side->pieces[number - 1] : NULL;
}

static void side_put(Stage *stage, Record *rec)
{
    SideStage *self = (SideStage *)stage;
    keep(self->side, rec, false);
    stage->ledger->removed += rec->count;
}

static void side_matter(Stage *stage, Record *rec)
{
    keep(((SideStage *)stage)->side, rec, true);
}

static const StageVerbs SIDE_VERBS = {.put = side_put, .matter = side_matter};

Stage *side_stage_open(Side *side)
{
    SideStage *self = stage_open(sizeof *self, &SIDE_VERBS, NULL);
    self->side = side;
    return &self->stage;
}

/* Records of the three sides: an empty one where a side has none. */
enum { BASE, OURS, THEIRS, SIDES };

typedef struct ThreeWay {
    Stage stage;
    const Side *sides[SIDES];
    Side *ours;
    bool marks;
    Record recs[SIDES];
    Parts parts[SIDES];
    Record merged[SIDES];  /* that of OURS, and in a conflict that of THEIRS */
    Buf conflicts;         /* names of the fields in question */
    size_t *behind, *next; /* pieces of theirs that follow one of ours, and another one,
                              from 1; 0: none; behind[0] begins the file */
} ThreeWay;

/* One record. */

static void open_pieces(ThreeWay *self, const Piece *const pieces[SIDES])
{
    bool written = false;
    for (size_t i = 0; i < SIDES; i++) {
        record_reset(&self->recs[i]);
        if (pieces[i] != NULL)
            unpack_record(buf_str(&pieces[i]->packed), &self->recs[i]);
        written = written || self->recs[i].written_count > 0;
    }
    for (size_t i = 0; i < SIDES; i++)
        parts_find(&self->parts[i], &self->recs[i], written);
}

/* Whether nothing was changed from the one side to the other, order aside. */
static bool is_same(const ThreeWay *self, size_t a, size_t b)
{
    const Parts *pa = &self->parts[a], *pb = &self->parts[b];
    bool same = pa->count == pb->count && self->recs[a].kind == self->recs[b].kind &&
                str_equal_nocase(self->recs[a].type, self->recs[b].type);
    for (size_t i = 0; same && i < pa->count; i++)
        same = part_equal(&pa->items[i], parts_get(pb, pa->items[i].name));
    return same;
}

static void name_conflict(ThreeWay *self, Str name)
{
    if (self->conflicts.size > 0)
        buf_add(&self->conflicts, STR(", "));
    buf_add(&self->conflicts, name.size > 0 ? name : STR("a comment"));
}

/* Which side has the say of what base, ours and theirs are; SIDES in a conflict. */
static size_t say(bool ours_is_theirs, bool ours_is_base, bool theirs_is_base)
{
    return ours_is_theirs || theirs_is_base ? OURS : ours_is_base ? THEIRS : SIDES;
}

static void merge_part(ThreeWay *self, Str name)
{
    const Part *part[SIDES];
    for (size_t i = 0; i < SIDES; i++)
        part[i] = parts_get(&self->parts[i], name);
    size_t side =
        say(part_equal(part[OURS], part[THEIRS]), part_equal(part[OURS], part[BASE]),
            part_equal(part[THEIRS], part[BASE]));
    if (side == SIDES)
        name_conflict(self, part[part[OURS] != NULL ? OURS : THEIRS]->tag);
    for (size_t to = OURS; to <= THEIRS; to++) {
        size_t from = side == SIDES ? to : side;
        if (part[from] != NULL)
            parts_add(&self->parts[from], part[from], &self->merged[to]);
    }
}

static void merge_kind(ThreeWay *self)
{
    const Record *r = self->recs;
    bool same[2];
    for (size_t i = 0; i < 2; i++)
        same[i] = str_equal_nocase(r[OURS + i].type, r[BASE].type) &&
                  r[OURS + i].kind == r[BASE].kind;
    bool agree =
        str_equal_nocase(r[OURS].type, r[THEIRS].type) && r[OURS].kind == r[THEIRS].kind;
    size_t side = say(agree, same[0], same[1]);
    if (side == SIDES)
        name_conflict(self, STR("the type"));
    for (size_t to = OURS; to <= THEIRS; to++) {
        const Record *from = &r[side == SIDES ? to : side];
        self->merged[to].kind = from->kind;
        self->merged[to].type = arena_copy(&self->merged[to].arena, from->type);
    }
}

/* What no field of the source says: it comes along with the rest. */
static void add_unwritten(ThreeWay *self, size_t side)
{
    const Record *rec = &self->recs[side];
    if (!self->parts[side].written)
        return;
    for (size_t i = 0; i < rec->count; i++) {
        if (rec->fields[i].written == 0)
            record_add_copy(&self->merged[side], &rec->fields[i]);
    }
}

/* The names of both sides, in our order; what only they have follows what it follows
 * there. */
static void merge_parts(ThreeWay *self)
{
    const Parts *ours = &self->parts[OURS], *theirs = &self->parts[THEIRS];
    size_t at = 0;
    while (at < theirs->count && parts_get(ours, theirs->items[at].name) == NULL)
        merge_part(self, theirs->items[at++].name);
    for (size_t i = 0; i < ours->count; i++) {
        Str name = ours->items[i].name;
        size_t there = index_find(&theirs->index, name);
        merge_part(self, name);
        for (; there > 0 && there < theirs->count &&
               parts_get(ours, theirs->items[there].name) == NULL;
             there++)
            merge_part(self, theirs->items[there].name);
    }
}

static void put_on(ThreeWay *self, Record *rec)
{
    Ledger *ledger = self->stage.ledger;
    ledger->added += rec->count;
    stage_put(self->stage.next, rec);
}

static void put_mark(ThreeWay *self, const char *mark)
{
    Record rec = {.matter = str_from(mark), .place = self->recs[OURS].place};
    stage_matter(self->stage.next, &rec);
}

/* Both entries, or the one that a side has. */
static void put_conflict(ThreeWay *self, const Piece *const pieces[SIDES])
{
    bool marks = self->marks;
    if (marks)
        put_mark(self, "<<<<<<< ours\n");
    if (pieces[OURS] != NULL)
        put_on(self, &self->merged[OURS]);
    if (marks)
        put_mark(self, "=======\n");
    if (pieces[THEIRS] != NULL && (marks || pieces[OURS] == NULL))
        put_on(self, &self->merged[THEIRS]);
    if (marks)
        put_mark(self, ">>>>>>> theirs\n");
}

static void report_conflict(const ThreeWay *self, const Piece *const pieces[SIDES])
{
    const Record *rec = &self->recs[pieces[OURS] != NULL ? OURS : THEIRS];
    if (pieces[OURS] == NULL)
        diag_report(self->stage.diag, LEVEL_ERROR, "edit-conflict", rec->place,
                    "'%.*s' was changed in theirs and is gone from ours; kept",
                    STR_ARG(rec->key));
    else if (pieces[THEIRS] == NULL)
        diag_report(self->stage.diag, LEVEL_ERROR, "edit-conflict", rec->place,
                    "'%.*s' was changed in ours and is gone from theirs; kept",
                    STR_ARG(rec->key));
    else
        diag_report(self->stage.diag, LEVEL_ERROR, "edit-conflict", rec->place,
                    "both sides changed %.*s of '%.*s'%s",
                    STR_ARG(buf_str(&self->conflicts)), STR_ARG(rec->key),
                    self->marks ? "" : "; ours is written");
}

static void begin_merged(ThreeWay *self)
{
    buf_clear(&self->conflicts);
    for (size_t i = OURS; i <= THEIRS; i++) {
        Record *to = &self->merged[i];
        const Record *from = &self->recs[i];
        record_reset(to);
        to->key = arena_copy(&to->arena, from->key);
        to->origin = arena_copy(&to->arena, from->origin);
        to->place = from->place;
    }
}

static void merge_record(ThreeWay *self, const Piece *const pieces[SIDES])
{
    open_pieces(self, pieces);
    begin_merged(self);
    bool gone = pieces[BASE] != NULL && (pieces[OURS] == NULL || pieces[THEIRS] == NULL);
    size_t left = pieces[OURS] != NULL ? OURS : THEIRS;
    if (gone && is_same(self, BASE, left))
        return; /* one side took it out, the other left it as it was */
    if (gone || pieces[OURS] == NULL || pieces[THEIRS] == NULL) {
        Record copy = {0};
        record_reset(&copy);
        record_copy(&copy, &self->recs[left]);
        record_free(&self->merged[left]);
        self->merged[left] = copy;
        if (!gone) {
            put_on(self, &self->merged[left]);
            return;
        }
    } else {
        merge_kind(self);
        merge_parts(self);
        add_unwritten(self, OURS);
        add_unwritten(self, THEIRS);
        if (self->conflicts.size == 0) {
            put_on(self, &self->merged[OURS]);
            return;
        }
    }
    report_conflict(self, pieces);
    put_conflict(self, pieces);
}

static void merge_piece(ThreeWay *self, Str id, bool matter)
{
    const Piece *pieces[SIDES];
    for (size_t i = 0; i < SIDES; i++)
        pieces[i] = find(self->sides[i], id);
    if (!matter) {
        merge_record(self, pieces);
        return;
    }
    if (pieces[BASE] != NULL && (pieces[OURS] == NULL || pieces[THEIRS] == NULL))
        return;
    const Piece *piece = pieces[OURS] != NULL ? pieces[OURS] : pieces[THEIRS];
    record_reset(&self->recs[OURS]);
    unpack_record(buf_str(&piece->packed), &self->recs[OURS]);
    stage_matter(self->stage.next, &self->recs[OURS]);
}

/* The whole. */

/* Puts what only they have behind what it follows: of the pieces that we have, too. */
static void place_theirs(ThreeWay *self)
{
    const Side *ours = self->sides[OURS], *theirs = self->sides[THEIRS];
    size_t *last = memory_zeroed(ours->count + 1, sizeof *last);
    size_t anchor = 0;
    self->behind = memory_zeroed(ours->count + 1, sizeof *self->behind);
    self->next = memory_zeroed(theirs->count + 1, sizeof *self->next);
    for (size_t i = 1; i <= theirs->count; i++) {
        size_t here = index_find(&ours->index, theirs->pieces[i - 1].id);
        if (here > 0) {
            anchor = here;
            continue;
        }
        if (last[anchor] > 0)
            self->next[last[anchor]] = i;
        else
            self->behind[anchor] = i;
        last[anchor] = i;
    }
    free(last);
}

static void put_theirs(ThreeWay *self, size_t anchor)
{
    const Side *theirs = self->sides[THEIRS];
    for (size_t i = self->behind[anchor]; i > 0; i = self->next[i])
        merge_piece(self, theirs->pieces[i - 1].id, theirs->pieces[i - 1].matter);
}

static void put(Stage *stage, Record *rec)
{
    ThreeWay *self = (ThreeWay *)stage;
    keep(self->ours, rec, false);
    stage->ledger->removed += rec->count;
}

static void matter(Stage *stage, Record *rec)
{
    keep(((ThreeWay *)stage)->ours, rec, true);
}

static void end(Stage *stage)
{
    ThreeWay *self = (ThreeWay *)stage;
    const Side *ours = self->ours;
    place_theirs(self);
    put_theirs(self, 0);
    for (size_t i = 1; i <= ours->count; i++) {
        merge_piece(self, ours->pieces[i - 1].id, ours->pieces[i - 1].matter);
        put_theirs(self, i);
    }
}

static void release(Stage *stage)
{
    ThreeWay *self = (ThreeWay *)stage;
    for (size_t i = 0; i < SIDES; i++) {
        record_free(&self->recs[i]);
        record_free(&self->merged[i]);
        parts_free(&self->parts[i]);
    }
    buf_free(&self->conflicts);
    free(self->behind);
    free(self->next);
    side_close(self->ours);
}

static const StageVerbs VERBS = {
    .put = put, .matter = matter, .end = end, .close = release};

Stage *threeway_stage_open(const Side *base, const Side *theirs, bool marks, Stage *next)
{
    ThreeWay *self = stage_open(sizeof *self, &VERBS, next);
    self->ours = side_open();
    self->marks = marks;
    self->sides[BASE] = base;
    self->sides[OURS] = self->ours;
    self->sides[THEIRS] = theirs;
    return &self->stage;
}
