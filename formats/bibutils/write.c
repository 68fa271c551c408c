/* SPDX-License-Identifier: MIT
 * Writing by way of the helper: a record is mapped, asked for, and its text compared with
 * the values that went in; only what arrived is taken. */
#include "convert/text/html.h"
#include "convert/text/utf8.h"
#include "formats/bibutils/bibutils.h"
#include "formats/bibutils/map.h"
#include "formats/bibutils/stand_in.h"

#include <string.h>

/* Text as the format's own markup has it, without that markup: what stands in it. */
static Str content_of(TailWriting *st, Str text, bool xml)
{
    buf_clear(&st->plain);
    while (text.size > 0) {
        uint32_t characters[2];
        size_t size = 0;
        if (xml && text.data[0] == '<') {
            size = str_find_byte(text, '>');
            buf_add_byte(&st->plain, '\n');
            text = str_after(text, size + 1);
            continue;
        }
        if (xml && text.data[0] == '&' && (size = html_reference(text, characters)) > 0) {
            utf8_add(&st->plain, characters[0]);
            text = str_after(text, size);
            continue;
        }
        buf_add_byte(&st->plain, text.data[0]);
        text = str_after(text, 1);
    }
    return buf_str(&st->plain);
}

/* The output's charset may lack characters: XML has another spelling for them. */
void tail_put_text(Write *w, Str text, bool xml)
{
    if (!xml || sink_is_unicode(w->out)) {
        sink_write(w->out, text);
        return;
    }
    while (text.size > 0) {
        size_t plain = utf8_ascii_front(text);
        sink_write(w->out, str_slice(text, 0, plain));
        text = str_after(text, plain);
        if (text.size > 0)
            sink_format(w->out, "&#%u;", (unsigned)utf8_next(&text));
    }
}

/* What a field's lines came to. */
typedef struct Arrival {
    size_t lines, there;
    size_t missing; /* the first line of it that did not arrive whole */
} Arrival;

/* "03" as "March". */
static bool month_arrived(TailWriting *st, Str month)
{
    static const char *const NAMES[] = {"Jan", "Feb", "Mar", "Apr", "May", "Jun",
                                        "Jul", "Aug", "Sep", "Oct", "Nov", "Dec"};
    int number = month_parse(month);
    return number >= 1 && number <= 12 &&
           bag_fit(&st->out, str_from(NAMES[number - 1]), BAG_USE) == FIT_WHOLE;
}

/* "19" behind "10" as "9". */
static bool short_page_arrived(TailWriting *st, const WireLine *line)
{
    Str from = line[-1].value, to = line->value;
    size_t same = 0;
    while (same < from.size && same < to.size && from.data[same] == to.data[same])
        same++;
    return from.size == to.size && same > 0 && same < to.size &&
           bag_fit(&st->out, str_after(to, same), BAG_USE) == FIT_WHOLE;
}

static Fit arrived(TailWriting *st, const WireLine *line)
{
    Fit fit = FIT_NONE;
    bool month = str_ends(line->tag, STR(":MONTH"));
    if ((month && month_arrived(st, line->value)) ||
        (fit = bag_fit(&st->out, line->value, BAG_USE)) == FIT_WHOLE)
        return FIT_WHOLE;
    if (str_equal(line->tag, STR("PAGES:STOP"))) /* a START is before each STOP */
        return short_page_arrived(st, line) ? FIT_WHOLE : FIT_NONE;
    if (str_equal(line->tag, STR("LANGUAGE"))) /* "English" as "eng" */
        return bag_fit(&st->out, str_slice(line->value, 0, 3), BAG_USE);
    return fit;
}

static Arrival *compare(TailWriting *st, const WireLines *lines, const size_t *sources,
                        const Record *rec)
{
    Arrival *arrivals = arena_alloc(&st->arena, (rec->count + 1) * sizeof *arrivals);
    memset(arrivals, 0, (rec->count + 1) * sizeof *arrivals);
    /* Long values first: "3" may be a volume, or part of a title. */
    for (int pass = 0; pass < 2; pass++) {
        for (size_t i = 0; i < lines->count; i++) {
            const WireLine *line = &lines->items[i];
            Arrival *a = &arrivals[sources[i]];
            if (sources[i] == MAP_KEY || (line->value.size > 6) != (pass == 0))
                continue;
            Fit fit = arrived(st, line);
            a->lines++;
            /* Of a text, some words are anywhere; of a name, they are the name. */
            if (fit == FIT_WHOLE ||
                (fit == FIT_PART && rec->fields[sources[i] - 1].form == FORM_NAMES))
                a->there++;
            if (fit != FIT_WHOLE && a->missing == 0)
                a->missing = i + 1;
        }
    }
    return arrivals;
}

void tail_tell_marks(Write *w, const Field *field, const char *title)
{
    for (size_t i = 0; i < field->text.run_count; i++) {
        Mark mark = field->text.runs[i].mark;
        if (mark == MARK_NOCASE || mark == MARK_MATH)
            continue;
        diag_here(w->diag, LEVEL_WARNING, "lost-markup",
                  "%s has no place in %s for italics and the like; written plain",
                  field_name(field->id), title);
        return;
    }
}

/* "Berg|Ann|B.||Jr." for people. */
static Str without_bars(Arena *arena, Str value)
{
    Str shown = STR_EMPTY, part;
    while (str_split(&value, '|', &part)) {
        if (part.size > 0)
            shown = shown.size > 0 ? arena_join(arena, shown, STR(" "), part) : part;
    }
    return shown;
}

/* Takes the fields that arrived; the loop reports the others. */
static void take(Write *w, View *v, const WireLines *lines, const Arrival *arrivals,
                 const char *title)
{
    TailWriting *st = w->state;
    Buf scratch = {0};
    for (size_t i = 0; i < v->rec->count; i++) {
        const Arrival *a = &arrivals[i + 1];
        if (a->lines == 0 || a->there == 0)
            continue;
        const Field *field = view_take_at(v, i);
        tail_tell_marks(w, field, title);
        if (field->form == FORM_NAMES && field->names.cut == CUT_CERTAIN)
            diag_here(w->diag, LEVEL_WARNING, "lost-cut",
                      "%s cannot say that the list of %ss is cut short", title,
                      field_name(field->id));
        if (a->missing == 0)
            continue;
        Str missing = without_bars(&st->arena, lines->items[a->missing - 1].value);
        Str shown = diag_excerpt(&scratch, missing, TAIL_EXCERPT);
        diag_here(w->diag, LEVEL_WARNING, "lost-part",
                  "part of %s did not get into %s: '%.*s'", field_name(field->id), title,
                  STR_ARG(shown));
    }
    buf_free(&scratch);
}

/* What stands before or behind all records. */
static void put_frame(Write *w, WireKind kind, bool xml)
{
    TailWriting *st = w->state;
    Str answer;
    buf_clear(&st->frame);
    wire_put(&st->frame, kind, STR_EMPTY);
    if (helper_ask(st->helper, buf_str(&st->frame), WIRE_TEXT, &answer) == HELPER_FINE)
        tail_put_text(w, answer, xml);
}

static void add_title_stops(Arena *arena, WireLines *lines)
{
    for (size_t i = 0; i < lines->count; i++) {
        WireLine *line = &lines->items[i];
        char last = line->value.size > 0 ? line->value.data[line->value.size - 1] : '.';
        if (str_equal(line->tag, STR("TITLE")) && line->level == 0 &&
            strchr(".?!", last) == NULL)
            line->value = arena_join(arena, line->value, STR("."), STR_EMPTY);
    }
}

void tail_tell_kind(Write *w, Kind kind, const char *title)
{
    diag_here(w->diag, LEVEL_NOTE, "degraded-kind",
              "%s has no type for a work of kind %s; written as another", title,
              kind_name(kind));
}

void tail_put(Write *w, View *v, const Tail *tail)
{
    TailWriting *st = w->state;
    bool xml = tail->dialect.tagging == TAGGING_XML;
    WireLines lines = {0};
    size_t *sources;
    Str answer;
    if (st->helper == NULL)
        st->helper = helper_open("write", tail->name);
    map_write(w, &st->arena, v, tail->dialect.comma_bodies, &lines, &sources);
    if (tail->dialect.title_stops)
        add_title_stops(&st->arena, &lines);
    buf_clear(&st->frame);
    wire_put_lines(&st->frame, WIRE_WRITE, &lines);
    HelperResult result =
        st->gone ? HELPER_GONE
                 : helper_ask(st->helper, buf_str(&st->frame), WIRE_TEXT, &answer);
    if (result == HELPER_FINE && utf8_valid(answer) == answer.size) {
        bool kept = tail->keeps == 0 || (tail->keeps & KINDS_OF(v->rec->kind)) != 0;
        Str text = tail->dialect.stand_ins
                       ? stand_in_text(&st->arena, answer, v->rec, kept)
                       : arena_copy(&st->arena, answer);
        if (!st->begun)
            put_frame(w, WIRE_HEAD, xml);
        st->begun = true;
        tail_put_text(w, text, xml);
        if (!kept)
            tail_tell_kind(w, v->rec->kind, tail->title);
        bag_clear(&st->out);
        bag_add(&st->out, content_of(st, text, xml), 0);
        take(w, v, &lines, compare(st, &lines, sources, v->rec), tail->title);
    } else if (result != HELPER_GONE) {
        tail_tell_lost(w->diag, st->helper, result, v->rec->place);
    } else if (!st->gone) {
        tail_tell_gone(w->diag, st->helper, tail->title);
        st->gone = true;
    }
    /* The record as a whole has been reported. */
    for (size_t i = 0; result != HELPER_FINE && i < v->rec->count; i++)
        view_take_at(v, i);
    arena_reset(&st->arena);
}

void tail_end(Write *w, const Tail *tail)
{
    TailWriting *st = w->state;
    bool xml = tail->dialect.tagging == TAGGING_XML;
    if (st->helper == NULL)
        st->helper = helper_open("write", tail->name);
    if (!st->begun && !st->gone)
        put_frame(w, WIRE_HEAD, xml);
    if (!st->gone)
        put_frame(w, WIRE_FOOT, xml);
    helper_close(st->helper);
    arena_free(&st->arena);
    bag_free(&st->out);
    buf_free(&st->frame);
    buf_free(&st->plain);
}
