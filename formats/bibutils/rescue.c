/* SPDX-License-Identifier: MIT
 * What came through the library, and lines for what it forgets.
 *
 * A value has arrived where its words are among those that came back (bag.h) and no other
 * value has them for its own, or where they came back in a shape that is known: codes of
 * languages as names, pages in full. */
#include "formats/bibutils/bibutils.h"
#include "formats/bibutils/caption.h"
#include "formats/bibutils/rescue_name.h"
#include "formats/bibutils/stand_in.h"

enum { VALUE_LEAST = 3, NUMBER_MOST = 9 };

typedef struct Rescue {
    Arena *arena;
    const Tail *tail;
    WireLines *lines;
    Bag *out;
    bool language;
    Buf abstract;  /* all sections so far, where there are more than the library's */
    size_t holder; /* 1 + the line that they are for; 0: none yet */
    Str first;     /* that one */
    size_t sections;
    bool first_seen;
    bool full_authors, full_editors; /* beside the short names of AU and ED */
} Rescue;

static const WireLine *line_of(const WireLines *lines, const char *tag)
{
    for (size_t i = 0; i < lines->count; i++) {
        if (str_equal(lines->items[i].tag, str_from(tag)))
            return &lines->items[i];
    }
    return NULL;
}

/* Codes of languages come back as names. */
static bool is_language(Str tag)
{
    static const Str TAGS[] = {{"language", 8}, {"languageTerm", 12}, {"LA", 2}};
    tag = str_slice(tag, 0, str_find_byte(tag, ':'));
    for (size_t i = 0; i < sizeof TAGS / sizeof TAGS[0]; i++) {
        if (str_equal_nocase(tag, TAGS[i]))
            return true;
    }
    return false;
}

static bool is_number(Str s)
{
    for (size_t i = 0; i < s.size; i++) {
        if (!byte_is_digit(s.data[i]))
            return false;
    }
    return s.size > 0 && s.size <= NUMBER_MOST;
}

/* "123-9" comes back as 123 and 129. */
static bool is_short_range(Rescue *rescue, Str value)
{
    size_t dash = str_find_byte(value, '-');
    Str from = str_slice(value, 0, dash), to = str_after(value, dash + 1);
    if (!is_number(from) || !is_number(to) || to.size >= from.size)
        return false;
    Str full =
        arena_join(rescue->arena, str_slice(from, 0, from.size - to.size), STR(""), to);
    return bag_fit(rescue->out, from, BAG_LOOK) == FIT_WHOLE &&
           bag_fit(rescue->out, full, BAG_LOOK) == FIT_WHOLE;
}

/* "https://doi.org/10.1000/1" comes back as a DOI, others as what they are there: an end
 * of the path is all that a line says. */
static bool is_address_of_number(Rescue *rescue, Str value)
{
    enum { PATH_LEAST = 6, ENDS_MOST = 8 };
    size_t scheme = str_find(value, STR("://"));
    Str path = str_after(value, scheme + 3);
    for (int i = 0; i < ENDS_MOST && path.size > 0; i++) {
        path = str_after(path, str_find_byte(path, '/') + 1);
        if (path.size >= PATH_LEAST && bag_has_text(rescue->out, path))
            return true;
    }
    return false;
}

/* A letter or two, which stand for themselves in many values. */
static bool is_brief(const Item *item)
{
    return item->value.size < VALUE_LEAST;
}

static bool came_through(Rescue *rescue, const Item *item)
{
    bool echo = tail_lists(rescue->tail->echoes, item->tag);
    BagUse use = echo ? BAG_LOOK : BAG_USE_LONG;
    if (echo && (str_equal(item->tag, STR("AU")) || str_equal(item->tag, STR("ED"))))
        return bag_fit(rescue->out, rescue_family(item->value), use) == FIT_WHOLE;
    if (rescue->language && is_language(item->tag))
        return true;
    if (is_brief(item))
        return str_equal(item->tag, STR("identifier:citekey")) ||
               tail_lists(rescue->tail->clerical, item->tag) ||
               bag_take_short(rescue->out, item->value);
    return bag_fit(rescue->out, item->value, use) == FIT_WHOLE ||
           is_short_range(rescue, item->value) ||
           is_address_of_number(rescue, item->value);
}

/* Lines. */

static void add(Rescue *rescue, Str tag, int level, Str value)
{
    wire_add(rescue->arena, rescue->lines, tag, level, value);
    bag_add(rescue->out, value, 0);
}

static bool has_shape_of_issn(Str value)
{
    return value.size == 9 && value.data[4] == '-' && is_number(str_slice(value, 0, 4)) &&
           is_number(str_slice(value, 5, 8));
}

/* "1234-5678 (Electronic)"; false where there is no such number. */
static bool add_number(Rescue *rescue, int level, Str value)
{
    Str word;
    size_t before = rescue->lines->count;
    while (str_word(&value, &word)) {
        if (has_shape_of_issn(word))
            add(rescue, STR("ISSN"), level, word);
        else if (byte_is_digit(word.data[0]) && word.size >= 10)
            add(rescue, STR("ISBN"), level, word);
    }
    return rescue->lines->count > before;
}

/* "March 4" goes with the year that came back. */
static void add_month(Rescue *rescue, Str value)
{
    const WireLine *year = line_of(rescue->lines, "PARTDATE:YEAR");
    Str tag = STR("PARTDATE:MONTH");
    if (year == NULL) {
        year = line_of(rescue->lines, "DATE:YEAR");
        tag = STR("DATE:MONTH");
    }
    add(rescue, tag, year != NULL ? year->level : 0, value);
}

/* Sections of an abstract are one; the library keeps the first. */
static void add_abstract(Rescue *rescue, Str value)
{
    if (rescue->holder == 0) {
        const WireLine *line = line_of(rescue->lines, "ABSTRACT");
        if (line == NULL) {
            add(rescue, STR("ABSTRACT"), 0, value);
            return;
        }
        rescue->holder = (size_t)(line - rescue->lines->items) + 1;
        buf_add(&rescue->abstract, line->value);
    }
    buf_add_byte(&rescue->abstract, '\n');
    buf_add(&rescue->abstract, value);
}

static void end_abstract(Rescue *rescue)
{
    if (rescue->holder > 0)
        rescue->lines->items[rescue->holder - 1].value =
            arena_copy(rescue->arena, buf_str(&rescue->abstract));
    buf_free(&rescue->abstract);
}

static const Forgotten *forgotten_row(const Rescue *rescue, const Item *item)
{
    const Forgotten *row = rescue->tail->forgotten;
    while (row != NULL && row->item != NULL &&
           !str_equal_nocase(item->tag, str_from(row->item)))
        row++;
    return row == NULL || row->item == NULL ? NULL : row;
}

/* A section of an abstract that is not the one which the library keeps: that its words
 * stand elsewhere in the record says nothing of it. */
static bool is_dropped_section(Rescue *rescue, const Item *item)
{
    const Forgotten *row = item->more ? NULL : forgotten_row(rescue, item);
    if (row == NULL || !str_equal(str_from(row->line), STR("ABSTRACT")))
        return false;
    bool same = !rescue->first_seen && str_equal(rescue->first, item->value);
    rescue->first_seen = rescue->first_seen || same;
    return rescue->sections++ > 0 && !same;
}

static bool is_dated(const WireLines *lines)
{
    return line_of(lines, "DATE:YEAR") != NULL || line_of(lines, "DATE") != NULL ||
           line_of(lines, "PARTDATE:YEAR") != NULL || line_of(lines, "PARTDATE") != NULL;
}

static bool add_forgotten(Rescue *rescue, const Item *item)
{
    const Forgotten *row = forgotten_row(rescue, item);
    if (row == NULL || tail_lists(rescue->tail->echoes, item->tag))
        return false;
    Str line = str_from(row->line);
    if (item->more && !str_equal(line, STR("EDITOR")) &&
        !str_equal(line, STR("AUTHOR:CORP"))) /* a name a line */
        return false;
    if (str_equal(line, STR("DATE:YEAR")) && is_dated(rescue->lines))
        return false; /* another date */
    if (str_equal(line, STR("SERIALNUMBER")))
        return add_number(rescue, row->level, item->value);
    if (str_equal(line, STR("MONTH")))
        add_month(rescue, item->value);
    else if (str_equal(line, STR("ABSTRACT")))
        add_abstract(rescue, item->value);
    else if (rescue->tail->dialect.comma_bodies && str_ends(item->value, STR(",")) &&
             (str_equal(line, STR("EDITOR")) || str_equal(line, STR("AUTHOR"))))
        add(rescue, arena_join(rescue->arena, line, STR(":CORP"), STR_EMPTY), row->level,
            str_slice(item->value, 0, item->value.size - 1));
    else if (str_equal(line, STR("EDITOR")) || str_equal(line, STR("AUTHOR")))
        add(rescue, line, row->level, rescue_name(rescue->arena, item->value));
    else if (str_equal(line, STR("DOI")) && !str_contains(item->value, STR("10.")))
        return false;
    else
        add(rescue, line, row->level, item->value);
    return true;
}

/* "AU  - et al." stands among the short names, which the library passes over. */
static bool add_cut(Rescue *rescue, const Item *item)
{
    bool cut = str_starts_nocase(item->value, STR("et al")) && item->value.size <= 6 &&
               tail_lists(rescue->tail->echoes, item->tag) &&
               !bag_has_text(rescue->out, item->value);
    if (cut)
        add(rescue, STR("AUTHOR"), 0, item->value);
    return cut;
}

/* The library takes people from FAU and FED alone, which files of other programs and old
 * exports lack: then AU and ED are no echoes. */
static bool add_short_name(Rescue *rescue, const Item *item)
{
    const Forgotten *row = forgotten_row(rescue, item);
    bool author = str_equal(item->tag, STR("AU"));
    if (row == NULL || !tail_lists(rescue->tail->echoes, item->tag) ||
        (author ? rescue->full_authors : rescue->full_editors))
        return false;
    add(rescue, str_from(row->line), row->level,
        rescue_short_name(rescue->arena, item->value));
    return true;
}

/* "Book Section", which comes back as a genre of another name. */
static bool tells_kind(const Rescue *rescue, const Item *item)
{
    return rescue->tail->dialect.stand_ins && str_equal(item->tag, STR("%0")) &&
           stand_in_known(item->value);
}

static bool add_type(Rescue *rescue, const Item *item)
{
    const TypeWord *row = rescue->tail->types;
    if (rescue->tail->type == NULL ||
        !str_equal_nocase(item->tag, str_from(rescue->tail->type)))
        return false;
    for (; row->value != NULL; row++) {
        if (str_equal_nocase(item->value, str_from(row->value))) {
            add(rescue, STR("GENRE:BIBUTILS"), row->level, str_from(row->genre));
            return true;
        }
    }
    return false;
}

/* A country's code is a place to the library, too, and the first one; what is named
 * counts. The code stays with what was dropped. */
static void prefer_named_place(WireLines *lines, const Piece *piece)
{
    const Item *item = piece_find(piece, "placeTerm:text");
    const WireLine *first = line_of(lines, "ADDRESS");
    if (first == NULL || item == NULL || str_equal(first->value, item->value))
        return;
    size_t at = (size_t)(first - lines->items);
    for (size_t i = at + 1; i < lines->count; i++) {
        const WireLine *line = &lines->items[i];
        if (line->level == first->level && str_equal(line->tag, first->tag) &&
            str_equal(line->value, item->value)) {
            lines->items[at].value = STR_EMPTY;
            return;
        }
    }
}

/* "[19--?]": the library takes what stands before the first hyphen for the year, and
 * nothing else of it where no number follows. */
static void restore_date(WireLines *lines, const Piece *piece)
{
    const Item *item = piece_find(piece, "dateIssued");
    const WireLine *year = line_of(lines, "DATE:YEAR");
    if (item == NULL || year == NULL || line_of(lines, "DATE:MONTH") != NULL ||
        !str_starts(item->value, year->value))
        return;
    lines->items[year - lines->items].value = item->value;
}

/* A chapter that came back as its book. */
static void part_from_whole(Arena *arena, const Tail *tail, Piece *piece,
                            WireLines *lines)
{
    Item *part = tail->part != NULL ? piece_find(piece, tail->part) : NULL;
    const Item *whole = tail->part != NULL ? piece_find(piece, tail->whole) : NULL;
    const WireLine *title = line_of(lines, "TITLE");
    if (part == NULL || whole == NULL || title == NULL || title->level != 0 ||
        !str_starts(whole->value, title->value))
        return;
    for (size_t i = 0; i < lines->count; i++) {
        WireLine *line = &lines->items[i];
        if (line->level == 0 &&
            (str_ends(line->tag, STR("TITLE")) || str_starts(line->tag, STR("EDITOR"))))
            line->level = 1;
    }
    Buf value = {0};
    part->arrived = true;
    buf_add(&value, part->value);
    for (Item *more = part + 1; more < piece->items + piece->count && more->more;
         more++) {
        buf_add_byte(&value, ' ');
        buf_add(&value, more->value);
        more->arrived = true;
    }
    wire_add(arena, lines, STR("TITLE"), 0, arena_copy(arena, buf_str(&value)));
    buf_free(&value);
    wire_add(arena, lines, STR("GENRE:BIBUTILS"), 0, STR("book chapter"));
}

/* "5-9", which comes back as two lines. */
static bool take_range(Bag *out, Str value)
{
    size_t dash = str_find_byte(value, '-');
    Str from = str_slice(value, 0, dash), to = str_after(value, dash + 1);
    return is_number(from) && is_number(to) && bag_has_text(out, from) &&
           bag_has_text(out, to) && bag_take_short_text(out, from) &&
           bag_take_short_text(out, to);
}

/* Values that are lines of their own: their words are not there for others.  The long
 * ones first. */
static void take_whole_values(Bag *out, Piece *piece)
{
    Buf joined = {0};
    for (size_t i = 0, end; i < piece->count; i = end) {
        buf_clear(&joined);
        for (end = i; end == i || (end < piece->count && piece->items[end].more); end++) {
            buf_add(&joined, piece->items[end].value);
            buf_add_byte(&joined, ' ');
        }
        bool all = end > i + 1 && bag_take_text(out, buf_str(&joined));
        for (size_t k = i; k < end; k++) {
            Item *item = &piece->items[k];
            item->arrived = all || (!is_brief(item) && (bag_take_text(out, item->value) ||
                                                        take_range(out, item->value)));
        }
    }
    for (size_t i = 0; i < piece->count; i++) {
        Item *item = &piece->items[i];
        if (is_brief(item) && !item->arrived)
            item->arrived = bag_take_short_text(out, item->value);
    }
    buf_free(&joined);
}

/* Books of PubMed and their chapters, which came back as articles of a journal. */

static void add_book_title(Rescue *rescue, const Item *title, bool chapter)
{
    for (size_t i = 0; i < rescue->lines->count; i++) {
        if (rescue->lines->items[i].level == 1) /* the kind of the journal */
            rescue->lines->items[i].value = STR_EMPTY;
    }
    add(rescue, STR("TITLE"), chapter, title->value);
    if (chapter)
        add(rescue, STR("GENRE:BIBUTILS"), 0, STR("book chapter"));
    else
        add(rescue, STR("GENRE:MARC"), 0, STR("book"));
}

/* "LastName" and "ForeName" of those whom the library passed over. */
static void add_book_names(Rescue *rescue, Piece *piece, bool chapter)
{
    Buf name = {0};
    for (size_t i = 0; i < piece->count; i++) {
        Item *item = &piece->items[i];
        if (item->arrived || !str_equal(item->tag, STR("LastName")))
            continue;
        Str given = STR_EMPTY, word;
        item->arrived = true;
        if (i + 1 < piece->count && str_equal(item[1].tag, STR("ForeName"))) {
            given = item[1].value;
            item[1].arrived = true;
        }
        buf_clear(&name);
        buf_add(&name, item->value);
        while (str_word(&given, &word)) {
            buf_add_byte(&name, '|');
            buf_add(&name, word);
        }
        add(rescue, chapter ? STR("EDITOR") : STR("AUTHOR"), chapter,
            arena_copy(rescue->arena, buf_str(&name)));
    }
    buf_free(&name);
}

static void add_book(Rescue *rescue, Piece *piece)
{
    static const char *const LINES[][2] = {{"PublisherName", "PUBLISHER"},
                                           {"PublisherLocation", "ADDRESS"},
                                           {"Year", "DATE:YEAR"},
                                           {"Isbn", "ISBN"}};
    Item *title = piece_find(piece, rescue->tail->book);
    if (title == NULL)
        return;
    bool chapter = line_of(rescue->lines, "TITLE") != NULL;
    add_book_title(rescue, title, chapter);
    title->arrived = true;
    for (size_t i = 0; i < sizeof LINES / sizeof LINES[0]; i++) {
        Item *item = piece_find(piece, LINES[i][0]);
        if (item == NULL || item->arrived || line_of(rescue->lines, LINES[i][1]) != NULL)
            continue;
        add(rescue, str_from(LINES[i][1]), 0, item->value);
        item->arrived = true;
    }
    add_book_names(rescue, piece, chapter);
}

/* Whether values arrived.  For those of a letter or two only those words are there that
 * the longer ones leave; what is so short and speaks of the record is in nobody's way. */
static void settle_items(Rescue *rescue, Piece *piece, bool brief)
{
    for (size_t i = 0; i < piece->count; i++) {
        Item *item = &piece->items[i];
        if (is_brief(item) != brief)
            continue;
        /* The type is told by a word that may stand elsewhere, too. */
        item->arrived = tells_kind(rescue, item) || add_type(rescue, item) ||
                        add_cut(rescue, item) || add_short_name(rescue, item) ||
                        (!is_dropped_section(rescue, item) &&
                         (item->arrived || came_through(rescue, item))) ||
                        add_forgotten(rescue, item);
    }
}

void rescue_lines(Arena *arena, const Tail *tail, Piece *piece, WireLines *lines,
                  Bag *out)
{
    Rescue state = {.arena = arena, .tail = tail, .lines = lines, .out = out};
    const WireLine *first = line_of(lines, "ABSTRACT");
    state.first = first != NULL ? first->value : STR_EMPTY;
    state.language = line_of(lines, "LANGUAGE") != NULL;
    state.full_authors = piece_find(piece, "FAU") != NULL;
    state.full_editors = piece_find(piece, "FED") != NULL;
    bag_clear(out);
    for (size_t i = 0; i < lines->count; i++) {
        WireLine *line = &lines->items[i];
        if (line->tag.size == 0) /* the source has a name for it */
            line->value = STR_EMPTY;
        if (str_ends(line->tag, STR(":MONTH")))
            bag_add_month(out, line->value, i);
        else
            bag_add(out, line->value, i);
        /* What an article in it is. */
        if (str_equal(line->value, STR("academic journal")))
            bag_add(out, STR("journal article"), i);
    }
    take_whole_values(out, piece);
    settle_items(&state, piece, false);
    settle_items(&state, piece, true);
    if (tail->book != NULL)
        add_book(&state, piece);
    end_abstract(&state);
    captions_take(lines, piece);
    restore_date(lines, piece);
    prefer_named_place(lines, piece);
    if (tail->rescue != NULL)
        tail->rescue(arena, piece, lines);
    part_from_whole(arena, tail, piece, lines);
}
