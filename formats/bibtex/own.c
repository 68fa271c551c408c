/* SPDX-License-Identifier: MIT
 * Entries that were read from a file of this language: every field as it was written,
 * macros and '#' included, in its order.  Only layout is made even, and between BibTeX
 * and biblatex the words are changed that one of them has not (biblatex's manual,
 * section 2.2.5 and 2.1.2). */
#include "formats/bibtex/write.h"

static const struct Word {
    const char *bibtex, *biblatex, *value; /* value: of biblatex's `type` */
} TYPES[] = {
    {"conference", "inproceedings", NULL},
    {"electronic", "online", NULL},
    {"www", "online", NULL},
    {"phdthesis", "thesis", "phdthesis"},
    {"mastersthesis", "thesis", "mathesis"},
    {"techreport", "report", "techreport"},
};

/* What BibTeX's styles lack, and what is next to it. */
static const struct {
    const char *biblatex, *bibtex;
} BEYOND[] = {
    {"online", "misc"},
    {"report", "techreport"},
    {"thesis", "phdthesis"},
    {"mvbook", "book"},
    {"bookinbook", "inbook"},
    {"suppbook", "inbook"},
    {"collection", "book"},
    {"mvcollection", "book"},
    {"suppcollection", "incollection"},
    {"mvproceedings", "proceedings"},
    {"reference", "book"},
    {"mvreference", "book"},
    {"inreference", "incollection"},
    {"suppperiodical", "article"},
    {"periodical", "misc"},
    {"dataset", "misc"},
    {"software", "misc"},
    {"artwork", "misc"},
    {"audio", "misc"},
    {"image", "misc"},
    {"music", "misc"},
    {"movie", "misc"},
    {"video", "misc"},
    {"performance", "misc"},
    {"jurisdiction", "misc"},
    {"legislation", "misc"},
    {"legal", "misc"},
    {"letter", "misc"},
    {"review", "article"},
    {"standard", "misc"},
    {"patent", "misc"},
};

static const struct {
    const char *bibtex, *biblatex;
} TAGS[] = {
    {"journal", "journaltitle"},     {"address", "location"},
    {"school", "institution"},       {"annote", "annotation"},
    {"archiveprefix", "eprinttype"}, {"primaryclass", "eprintclass"},
};

bool own_is_other(const Entry *e)
{
    return e->own && str_equal(e->source, STR("biblatex")) != e->state->latex;
}

bool own_wrote(const Entry *e, Str tag)
{
    const Record *rec = e->v->rec;
    for (size_t i = 0; e->written && i < rec->written_count; i++) {
        if (!rec->written[i].dropped && str_equal_nocase(rec->written[i].tag, tag))
            return true;
    }
    return false;
}

bool own_kind_told(const Entry *e)
{
    return own_is_other(e) && e->state->latex && own_wrote(e, STR(OWN_KIND));
}

static Str type_value(const Record *rec)
{
    for (size_t i = 0; i < rec->written_count; i++) {
        Str value = rec->written[i].value;
        if (str_equal_nocase(rec->written[i].tag, STR("type")) && value.size >= 2)
            return str_trim(str_slice(value, 1, value.size - 1));
    }
    return STR_EMPTY;
}

Str own_type(const Entry *e, Str type)
{
    if (!own_is_other(e))
        return type;
    for (size_t i = 0; e->state->latex && i < sizeof TYPES / sizeof TYPES[0]; i++) {
        if (str_equal_nocase(type, str_from(TYPES[i].bibtex)))
            return str_from(TYPES[i].biblatex);
    }
    if (e->state->latex)
        return type;
    if (str_equal_nocase(type, STR("thesis")) &&
        (str_equal_nocase(type_value(e->v->rec), STR("mathesis")) ||
         str_starts_nocase(record_text(e->v->rec, FIELD_GENRE), STR("master"))))
        return STR("mastersthesis");
    for (size_t i = 0; i < sizeof BEYOND / sizeof BEYOND[0]; i++) {
        if (str_equal_nocase(type, str_from(BEYOND[i].biblatex)))
            return str_from(BEYOND[i].bibtex);
    }
    return type;
}

/* ACM's `location` beside `address` is where the conference was. */
static bool is_venue(const Entry *e, Str tag)
{
    const Field *place = record_find(e->v->rec, FIELD_EVENT_PLACE);
    return e->state->latex && place != NULL && str_equal_nocase(tag, STR("location")) &&
           str_equal_nocase(place->tag, STR("location")) && !own_wrote(e, STR("venue"));
}

void own_look(Entry *e)
{
    const Record *rec = e->v->rec;
    e->clashes = 0;
    for (size_t i = 0; e->written && own_is_other(e) && i < rec->written_count; i++) {
        for (size_t k = 0; k < sizeof TAGS / sizeof TAGS[0]; k++) {
            const char *to = e->state->latex ? TAGS[k].biblatex : TAGS[k].bibtex;
            if (str_equal_nocase(rec->written[i].tag, str_from(to)) &&
                !is_venue(e, rec->written[i].tag))
                e->clashes |= 1u << k;
        }
    }
}

Str own_tag(const Entry *e, Str tag)
{
    if (!own_is_other(e))
        return tag;
    if (!e->state->latex && str_equal_nocase(tag, STR("institution")) &&
        e->v->rec->kind != KIND_THESIS)
        return tag;
    if (is_venue(e, tag))
        return STR("venue");
    for (size_t i = 0; i < sizeof TAGS / sizeof TAGS[0]; i++) {
        Str from = str_from(e->state->latex ? TAGS[i].bibtex : TAGS[i].biblatex);
        Str to = str_from(e->state->latex ? TAGS[i].biblatex : TAGS[i].bibtex);
        if (str_equal_nocase(tag, from))
            return (e->clashes & 1u << i) != 0 ? tag
                                               : to; /* an entry may have both words */
    }
    return tag;
}

/* biblatex's `type` of a thesis or report, which its BibTeX type says. */
static const char *type_for_latex(const Entry *e)
{
    const Record *rec = e->v->rec;
    for (size_t i = 0;
         own_is_other(e) && e->state->latex && i < sizeof TYPES / sizeof TYPES[0]; i++) {
        if (TYPES[i].value != NULL &&
            str_equal_nocase(rec->type, str_from(TYPES[i].bibtex)) &&
            type_value(rec).size == 0)
            return TYPES[i].value;
    }
    return NULL;
}

/* That `type` where BibTeX's type says it. */
static bool is_said(const Entry *e, const Written *written)
{
    if (!own_is_other(e) || e->state->latex ||
        !str_equal_nocase(written->tag, STR("type")))
        return false;
    Str value = type_value(e->v->rec), type = own_type(e, e->v->rec->type);
    for (size_t i = 0; i < sizeof TYPES / sizeof TYPES[0]; i++) {
        if (TYPES[i].value != NULL && str_equal_nocase(value, str_from(TYPES[i].value)) &&
            str_equal_nocase(type, str_from(TYPES[i].bibtex)))
            return true;
    }
    return false;
}

/* A year that says other than the date does: both stay as they are. */
static bool has_own_year(const Record *rec)
{
    for (size_t i = 0; i < rec->count; i++) {
        const Field *field = &rec->fields[i];
        if (field->id == FIELD_OTHER && !field->shadow &&
            (str_equal_nocase(field->tag, STR("year")) ||
             str_equal_nocase(field->tag, STR("date"))))
            return true;
    }
    return false;
}

/* The date that year, month and day of the entry become, or that becomes them. */
static const Field *date_to_change(const Entry *e)
{
    const Field *field = record_find(e->v->rec, FIELD_ISSUED);
    if (!own_is_other(e) || field == NULL || field->form != FORM_DATE ||
        field->written == 0 || field->date.literal.size > 0 || has_own_year(e->v->rec))
        return NULL;
    bool is_date = str_equal_nocase(field->tag, STR("date"));
    return is_date != e->state->latex ? field : NULL;
}

static bool is_part_of_date(const Record *rec, Str tag, const Date *date)
{
    if (str_equal_nocase(tag, STR("year")) || str_equal_nocase(tag, STR("date")))
        return true;
    /* a month that is no part of the date stays a field of its own */
    const char *part = str_equal_nocase(tag, STR("month")) ? "month" : "day";
    if (!str_equal_nocase(tag, str_from(part)))
        return false;
    for (size_t i = 0; i < rec->count; i++) {
        if (rec->fields[i].id == FIELD_OTHER && !rec->fields[i].shadow &&
            str_equal_nocase(rec->fields[i].tag, str_from(part)))
            return false;
    }
    return date != NULL;
}

/* biblatex's names with labels ("family=Salis, given=Hans"), of which BibTeX knows
 * nothing; NULL where the entry stays in its language or has no such names there. */
static const Field *labelled_names(const Entry *e, const Written *written)
{
    const Record *rec = e->v->rec;
    Str value = written->value;
    if (!own_is_other(e) || e->state->latex ||
        !(str_contains(value, STR("family")) || str_contains(value, STR("given"))) ||
        !str_contains(value, STR("=")))
        return NULL;
    for (size_t i = 0; i < rec->count; i++) {
        const Field *field = &rec->fields[i];
        if (field->form == FORM_NAMES && field->written > 0 &&
            &rec->written[field->written - 1] == written)
            return field;
    }
    return NULL;
}

static void put_comment(Entry *e, Str comment)
{
    sink_write(e->w->out, STR("  "));
    sink_write(e->w->out, comment);
    sink_byte(e->w->out, '\n');
}

static void put_written(Entry *e, const Written *written, const Field *date,
                        bool *date_put)
{
    if (written->tag.size == 0) {
        put_comment(e, written->value);
        return;
    }
    if (date != NULL && is_part_of_date(e->v->rec, written->tag, &date->date)) {
        if (!*date_put && e->state->latex)
            put_verbatim(e, STR("date"), date_edtf(e->arena, &date->date));
        else if (!*date_put)
            put_published(e, &date->date);
        *date_put = true;
        return;
    }
    const Field *names = labelled_names(e, written);
    if (names != NULL) {
        put_field(e, own_tag(e, written->tag), HOW_NAMES, names, NULL);
        return;
    }
    e->repeats = true; /* as it was written */
    put_tag(e, own_tag(e, written->tag));
    e->repeats = false;
    const Str rest[] = {written->value, STR(",\n")};
    sink_write_all(e->w->out, rest, sizeof rest / sizeof rest[0]);
}

void own_put(Entry *e, bool says_kind)
{
    const Record *rec = e->v->rec;
    const Field *date = date_to_change(e);
    const char *type = type_for_latex(e);
    bool date_put = false;
    for (size_t i = 0; i < rec->written_count; i++) {
        const Written *written = &rec->written[i];
        bool kind =
            own_is_other(e) && says_kind && str_equal_nocase(written->tag, STR(OWN_KIND));
        if (!written->dropped && !kind && !is_said(e, written))
            put_written(e, written, date, &date_put);
    }
    for (size_t i = 0; i < rec->count; i++) {
        if (rec->fields[i].written > 0)
            view_take_at(e->v, i);
    }
    if (type != NULL)
        put_verbatim(e, STR("type"), str_from(type));
}
