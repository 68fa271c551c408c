/* SPDX-License-Identifier: MIT
 * EndNote's types; see stand_in.h. */
#include "formats/bibutils/stand_in.h"

/* KIND_COUNT: as the library has it. */
static const struct StandIn {
    const char *type, *as;
    Kind kind;
} TYPES[] = {
    {"Aggregated Database", "Web Page", KIND_DATASET},
    {"Ancient Text", "Book", KIND_CLASSIC},
    {"Artwork", NULL, KIND_COUNT},
    {"Audiovisual Material", "Film or Broadcast", KIND_MOTION_PICTURE},
    {"Bill", NULL, KIND_COUNT},
    {"Blog", "Web Page", KIND_POST_WEBLOG},
    {"Book", NULL, KIND_COUNT},
    {"Book Section", NULL, KIND_COUNT},
    {"Case", NULL, KIND_COUNT},
    {"Catalog", "Book", KIND_BOOK},
    {"Chart or Table", NULL, KIND_COUNT},
    {"Classical Work", "Book", KIND_CLASSIC},
    {"Computer Program", NULL, KIND_COUNT},
    {"Conference Paper", NULL, KIND_COUNT},
    {"Conference Proceedings", NULL, KIND_COUNT},
    {"Dataset", "Book", KIND_DATASET},
    {"Dictionary", "Book Section", KIND_ENTRY_DICTIONARY},
    {"Discussion Forum", "Web Page", KIND_POST},
    {"Edited Book", NULL, KIND_COUNT},
    {"Electronic Article", "Journal Article", KIND_ARTICLE_JOURNAL},
    {"Electronic Book", "Book", KIND_BOOK},
    {"Electronic Book Section", "Book Section", KIND_CHAPTER},
    {"Encyclopedia", "Book Section", KIND_ENTRY_ENCYCLOPEDIA},
    {"Equation", "Book", KIND_DOCUMENT},
    {"Figure", "Book", KIND_FIGURE},
    {"Film or Broadcast", NULL, KIND_COUNT},
    {"Generic", "Book", KIND_DOCUMENT},
    {"Government Document", "Report", KIND_REPORT},
    {"Grant", "Report", KIND_DOCUMENT},
    {"Hearing", NULL, KIND_COUNT},
    {"Interview", "Book", KIND_INTERVIEW},
    {"Journal Article", NULL, KIND_COUNT},
    {"Legal Rule or Regulation", "Report", KIND_REGULATION},
    {"Magazine Article", NULL, KIND_COUNT},
    {"Manuscript", NULL, KIND_COUNT},
    {"Map", NULL, KIND_COUNT},
    {"Multimedia Application", "Web Page", KIND_WEBPAGE},
    {"Music", "Book", KIND_SONG},
    {"Newspaper Article", NULL, KIND_COUNT},
    {"Online Database", "Web Page", KIND_DATASET},
    {"Online Multimedia", "Web Page", KIND_WEBPAGE},
    {"Pamphlet", "Book", KIND_PAMPHLET},
    {"Patent", NULL, KIND_COUNT},
    {"Personal Communication", NULL, KIND_COUNT},
    {"Podcast", "Film or Broadcast", KIND_BROADCAST},
    {"Press Release", "Report", KIND_DOCUMENT},
    {"Report", NULL, KIND_COUNT},
    {"Serial", "Book", KIND_BOOK},
    {"Social Media", "Web Page", KIND_POST},
    {"Standard", "Report", KIND_STANDARD},
    {"Statute", NULL, KIND_COUNT},
    {"Television Episode", "Film or Broadcast", KIND_BROADCAST},
    {"Thesis", NULL, KIND_COUNT},
    {"Unpublished Work", NULL, KIND_COUNT},
    {"Web Page", NULL, KIND_COUNT},
};

static const struct StandIn *find(Str type)
{
    for (size_t i = 0; i < sizeof TYPES / sizeof TYPES[0]; i++) {
        if (str_equal_nocase(type, str_from(TYPES[i].type)))
            return &TYPES[i];
    }
    return NULL;
}

bool stand_in_known(Str type)
{
    return find(type) != NULL;
}

Str stand_in_for(Piece *piece, Str type)
{
    const struct StandIn *row = find(str_trim(type));
    if (row == NULL)
        return type;
    piece->kind = row->kind;
    if (row->kind != KIND_COUNT) /* else the library's own word for it stays */
        piece->type = str_from(row->type);
    return str_from(row->as != NULL ? row->as : row->type);
}

Str stand_in_for_name(Piece *piece, Str type)
{
    if (!stand_in_known(type))
        piece_item(piece, STR("type"), type, piece->place, false);
    return stand_in_for(piece, type);
}

void stand_in_journal(Arena *arena, Piece *piece, WireLines *lines)
{
    const Item *title = piece_find(piece, "secondary-title"),
               *abbreviated = piece_find(piece, "abbr-1"),
               *whole = piece_find(piece, "full-title");
    if (title == NULL || abbreviated == NULL || whole == NULL)
        return;
    Str brief = abbreviated->value, full = whole->value;
    bool done = false;
    if (full.size <= brief.size || !str_equal(brief, title->value))
        return;
    for (size_t i = 0; i < lines->count; i++) {
        WireLine *line = &lines->items[i];
        if (line->level != 1 || !str_equal(line->tag, STR("TITLE")))
            continue;
        if (str_equal(line->value, full) && done)
            line->value = STR_EMPTY; /* it stands before */
        else if (!done && str_equal(line->value, brief)) {
            line->value = full;
            done = true;
        }
    }
    if (done)
        wire_add(arena, lines, STR("SHORTTITLE"), 1, brief);
}

/* Writing. */

/* Kinds that the library writes under the type of another, or none. */
static const char *type_of(Kind kind)
{
    static const struct {
        Kind kind;
        const char *type;
    } OWN[] = {{KIND_CLASSIC, "Classical Work"},
               {KIND_DATASET, "Dataset"},
               {KIND_ENTRY_DICTIONARY, "Dictionary"},
               {KIND_ENTRY_ENCYCLOPEDIA, "Encyclopedia"},
               {KIND_INTERVIEW, "Interview"},
               {KIND_PAMPHLET, "Pamphlet"},
               {KIND_PAPER_CONFERENCE, "Conference Paper"},
               {KIND_POST, "Discussion Forum"},
               {KIND_POST_WEBLOG, "Blog"},
               {KIND_REGULATION, "Legal Rule or Regulation"},
               {KIND_SONG, "Music"},
               {KIND_STANDARD, "Standard"},
               {KIND_WEBPAGE, "Web Page"}};
    for (size_t i = 0; i < sizeof OWN / sizeof OWN[0]; i++) {
        if (OWN[i].kind == kind)
            return OWN[i].type;
    }
    return NULL;
}

Str stand_in_text(Arena *arena, Str text, const Record *rec, bool kept)
{
    const char *type = type_of(rec->kind);
    const Field *container = record_find(rec, FIELD_CONTAINER_TITLE);
    bool genre = record_find(rec, FIELD_GENRE) != NULL;
    bool held = str_contains(text, STR("\n%B ")) || str_contains(text, STR("\n%J "));
    Buf out = {0};
    for (size_t at = 0, end; at < text.size; at = end) {
        end = at + str_find_byte(str_after(text, at), '\n');
        end += end < text.size ? 1 : 0; /* with its end */
        Str line = str_slice(text, at, end), value = str_after(line, 3);
        if (str_starts(line, STR("%9 ")) && !genre && kept)
            continue; /* the kind once more */
        if (str_starts(line, STR("%0 ")) && type != NULL) {
            buf_format(&out, "%%0 %s\n", type);
            continue;
        }
        bool holds = str_starts(line, STR("%S ")) && container != NULL && !held &&
                     str_equal(str_trim(value), container->text.text);
        held = held || holds;
        if (holds)
            buf_add(&out, STR("%B "));
        buf_add(&out, holds ? value : line);
    }
    Str made = arena_copy(arena, buf_str(&out));
    buf_free(&out);
    return made;
}
