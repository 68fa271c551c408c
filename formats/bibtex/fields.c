/* SPDX-License-Identifier: MIT
 * What the fields of an entry mean, in CSL's words.
 *
 * Several fields may be one value of CSL's (title and subtitle; year, month and day), and
 * several tags may mean the same (address, location): then the one counts whose row
 * stands first in the table, and the others are kept under their tags. */
#include "convert/text/html.h"
#include "convert/text/latex.h"
#include "formats/bibtex/making.h"

#include <string.h>

/* Text. */

typedef struct Telling {
    Reading *e;
    const Item *item;
    bool again; /* AASTeX or @preamble has one of the commands that are not known */
    Str tex;    /* on the second reading: what was read first */
    Str failed; /* and what the definitions brought in that nobody knows */
} Telling;

static void tell(void *context, const LatexTold *told)
{
    Telling *t = context;
    Diag *diag = t->e->r->diag;
    if (told->trouble == LATEX_UNKNOWN && commands_know(t->e->commands, told->what))
        t->again = true;
    else if (told->trouble == LATEX_UNKNOWN)
        diag_report(diag,
                    repeats_level(t->e->repeats, REPEAT_COMMAND, told->what, LEVEL_NOTE),
                    "unknown-command", t->item->place,
                    "%.*s: '%.*s' is no command that is known; kept as it is",
                    STR_ARG(t->item->tag), STR_ARG(told->what));
    else if (told->trouble == LATEX_ADDRESS && !links_keep(t->e, told->what))
        diag_report(diag, LEVEL_WARNING, "lost-markup", t->item->place,
                    "%.*s: the address of a link, '%.*s', has no place; its words stay",
                    STR_ARG(t->item->tag), STR_ARG(told->what));
    else if (told->trouble == LATEX_UNBALANCED)
        diag_report(diag, LEVEL_WARNING, "unbalanced-brace", t->item->place,
                    "%.*s: a brace has no other; left out", STR_ARG(t->item->tag));
}

static void tell_anew(void *context, const LatexTold *told)
{
    Telling *t = context;
    if (t->failed.size == 0 &&
        (!str_contains(t->tex, told->what) || commands_know(t->e->commands, told->what)))
        t->failed = told->what;
}

static bool has_lines(const Item *item)
{
    return item->id == FIELD_OTHER || (item->row != NULL && item->row->how == HOW_LINES);
}

Text fields_text(Reading *e, const Item *item, Str tex, bool nocase)
{
    Telling telling = {.e = e, .item = item, .tex = tex, .failed = STR_EMPTY};
    Arena *arena = &e->rec->arena;
    LatexBraces braces = nocase            ? LATEX_NOCASE
                         : has_lines(item) ? LATEX_LINES
                                           : LATEX_PLAIN;
    Text text = latex_text(arena, tex, braces, tell, &telling);
    if (!telling.again)
        return text;
    bool brief = item->id == FIELD_CONTAINER_TITLE_SHORT;
    Str expanded = commands_expand(e->commands, arena, tex, brief);
    Text anew = latex_text(arena, expanded, braces, tell_anew, &telling);
    if (telling.failed.size == 0)
        return anew;
    diag_report(
        e->r->diag, repeats_level(e->repeats, REPEAT_COMMAND, telling.failed, LEVEL_NOTE),
        "unknown-command", item->place,
        "%.*s: a command of @preamble stands for '%.*s', which is not known; kept "
        "as it is",
        STR_ARG(item->tag), STR_ARG(telling.failed));
    return text;
}

static Field *add(Making *m, FieldId id, const Item *item)
{
    Field *field = record_add(m->e->rec, id, item->tag, item->place);
    field->written = item->written;
    field->form = FORM_TEXT;
    return field;
}

static void add_text(Making *m, FieldId id, const Item *item, Text text)
{
    if (text.text.size > 0 || id == FIELD_OTHER)
        add(m, id, item)->text = text;
}

static void add_other(Making *m, const Item *item, bool shadow)
{
    bool verbatim = item->row != NULL && item->row->how == HOW_VERBATIM;
    Text text = verbatim ? text_plain(verbatim_text(&m->e->rec->arena, item->tex))
                         : fields_text(m->e, item, item->tex, false);
    Field *field = add(m, FIELD_OTHER, item);
    field->text = text;
    field->shadow = shadow || text.text.size == 0;
}

/* Titles. */

/* A title with what is added to it; what was added stays as a shadow. */
static Text titles(Making *m, Text text, How sub, How addon)
{
    Reading *e = m->e;
    const Item *more[] = {making_part(m, sub),
                          addon < HOW_END ? making_part(m, addon) : NULL};
    for (size_t i = 0; i < 2; i++) {
        if (more[i] == NULL)
            continue;
        Text part = fields_text(e, more[i], more[i]->tex, true);
        text = title_join(&e->rec->arena, text, i == 0 ? ':' : '.', part);
    }
    return text;
}

/* Which titles a tag gathers. */
static const struct Bundle {
    const char *tag;
    How sub, addon;
} BUNDLES[] = {
    {"title", HOW_SUBTITLE, HOW_TITLEADDON},
    {"booktitle", HOW_BOOKSUBTITLE, HOW_BOOKTITLEADDON},
    {"maintitle", HOW_MAINSUBTITLE, HOW_MAINTITLEADDON},
    {"issuetitle", HOW_ISSUESUBTITLE, HOW_ISSUETITLEADDON},
    {"journaltitle", HOW_JOURNALSUBTITLE, HOW_END},
    {"journal", HOW_JOURNALSUBTITLE, HOW_END},
};

static const struct Bundle *bundle_of(Str tag)
{
    for (size_t i = 0; i < sizeof BUNDLES / sizeof BUNDLES[0]; i++) {
        if (str_equal_nocase(tag, str_from(BUNDLES[i].tag)))
            return &BUNDLES[i];
    }
    return NULL;
}

static void add_title(Making *m, FieldId id, const Item *item)
{
    const struct Bundle *bundle = bundle_of(item->tag);
    Str journal = STR_EMPTY, command = journal_command(item->tex);
    if (id == FIELD_CONTAINER_TITLE && !commands_define(m->e->commands, command))
        journal = journal_name(command, false);
    Text text =
        journal.size > 0 ? text_plain(journal) : fields_text(m->e, item, item->tex, true);
    if (bundle != NULL)
        text = titles(m, text, bundle->sub, bundle->addon);
    add_text(m, id, item, text);
}

/* Dates. */

static void tell_date(Making *m, const Item *item, Str what)
{
    diag_report(m->e->r->diag, LEVEL_NOTE, "odd-date", item->place,
                "%.*s: '%.*s' is no date; kept as it is", STR_ARG(item->tag),
                STR_ARG(what));
}

/* As EDTF it is no TeX: the tilde of "1850~" is no blank. */
Str making_date_text(const Making *m, const Item *item)
{
    Date date;
    Str raw = str_trim(item->tex);
    return date_parse(raw, &date)
               ? raw
               : str_trim(fields_text(m->e, item, item->tex, false).text);
}

static void add_date(Making *m, FieldId id, const Item *item)
{
    Str written = making_date_text(m, item);
    Date date;
    if (written.size == 0)
        return;
    if (!date_parse_written(written, &date)) {
        tell_date(m, item, written);
        date = date_literal(written);
    }
    Field *field = add(m, id, item);
    field->form = FORM_DATE;
    field->date = date;
}

static void add_published(Making *m, const Item *year)
{
    Arena *arena = &m->e->rec->arena;
    Item *month = making_part(m, HOW_MONTH), *day = making_part(m, HOW_DAY);
    Str texts[3] = {STR_EMPTY, STR_EMPTY, STR_EMPTY};
    const Item *items[3] = {year, month, day};
    Date date;
    bool month_used;
    for (size_t i = 0; i < 3; i++) {
        if (items[i] != NULL)
            texts[i] = str_trim(fields_text(m->e, items[i], items[i]->tex, false).text);
    }
    if (date_parse(str_trim(year->tex), &date))
        texts[0] = str_trim(year->tex); /* as EDTF '~' is no tie */
    if (texts[0].size == 0)
        return;
    if (!published_read(arena, texts[0], month != NULL ? &texts[1] : NULL,
                        day != NULL ? &texts[2] : NULL, &date, &month_used)) {
        tell_date(m, year, texts[0]);
        date = date_literal(texts[0]);
        month_used = false;
    }
    Field *field = add(m, FIELD_ISSUED, year);
    field->form = FORM_DATE;
    field->date = date;
    if (month != NULL && !month_used && texts[1].size > 0)
        tell_date(m, month,
                  texts[2].size > 0 && month_parse(texts[1]) > 0
                      ? arena_join(arena, texts[1], STR(" "), texts[2])
                      : texts[1]);
    if (month != NULL && month_used)
        month->id = FIELD_COUNT;
    if (day != NULL && month_used && date.from.day > 0)
        day->id = FIELD_COUNT;
}

/* Other values. */

/* The next sign outside of braces that parts keywords; no semicolon that ends a reference
 * such as "&amp;". */
static size_t find_separator(Str tex, size_t from, char separator)
{
    size_t depth = 0;
    for (size_t i = from; i < tex.size; i++) {
        char c = tex.data[i];
        uint32_t characters[2];
        size_t reference = c == '&' ? html_reference(str_after(tex, i), characters) : 0;
        depth += c == '{';
        depth -= c == '}' && depth > 0;
        if (c == separator && depth == 0)
            return i;
        i += reference > 0 ? reference - 1 : 0;
    }
    return tex.size;
}

/* EndNote writes a keyword a line, whether or not commas stand in them.  Where a list was
 * wrapped its lines are indented, or end with a comma, or have several in them, or each
 * ends where the next word would have made it the longest. */
static bool are_lines(Str tex)
{
    Str rest = str_trim(tex), line;
    size_t lines = 0, commas = 0, longest = 0, least = SIZE_MAX;
    if (str_find_byte(rest, '\n') == rest.size)
        return false;
    for (; str_split(&rest, '\n', &line); lines++) {
        bool last = rest.size == 0;
        line.size -= line.size > 0 && line.data[line.size - 1] == '\r';
        if (line.size == 0 || byte_is_space(line.data[0]) ||
            (!last && str_ends(line, STR(","))))
            return false;
        for (size_t i = 0; i < line.size; i++)
            commas += line.data[i] == ',';
        Str next = rest, word;
        size_t with = line.size + (!last && str_word(&next, &word) ? 1 + word.size : 0);
        least = !last && with < least ? with : least;
        longest = line.size > longest ? line.size : longest;
    }
    return commas == 0 || (commas < lines && least <= longest);
}

/* Parted by semicolons wherever there is one, as databases write them, since commas may
 * stand within keywords then ("Networks; Signals, analysis of"). */
static void add_keywords(Making *m, const Item *item)
{
    Str tex = str_trim(item->tex), inner = str_slice(tex, 1, tex.size - 1);
    if (tex.size > 2 && tex.data[0] == '{' &&
        find_separator(tex, 0, '}') == tex.size - 1 &&
        find_separator(inner, 0, ';') < inner.size)
        tex = inner; /* the Web of Science has all values in braces of their own */
    char separator = are_lines(tex) ? '\n' : ',';
    if (str_find_byte(tex, ';') < tex.size && find_separator(tex, 0, ';') < tex.size)
        separator = ';';
    for (size_t start = 0, end; start <= tex.size; start = end + 1) {
        end = find_separator(tex, start, separator);
        Str word = str_trim(str_slice(tex, start, end));
        if (word.size > 0)
            add_text(m, FIELD_KEYWORD, item, fields_text(m->e, item, word, false));
    }
}

/* The language's code; its name stays as a shadow. */
static void add_language(Making *m, const Item *item)
{
    Text text = fields_text(m->e, item, item->tex, false);
    Str code = language_code(str_trim(text.text));
    if (str_equal(code, text.text)) {
        add_text(m, FIELD_LANGUAGE, item, text);
        return;
    }
    add_text(m, FIELD_LANGUAGE, item, text_plain(code));
    Field *field = add(m, FIELD_OTHER, item);
    field->text = text;
    field->shadow = true;
}

/* A journal's series in words; what stands in the file stays as a shadow. */
static void add_series(Making *m, const Item *item)
{
    Text text = fields_text(m->e, item, item->tex, true);
    Str words = series_text(&m->e->rec->arena, str_trim(text.text));
    if (str_equal(words, str_trim(text.text))) {
        add_text(m, FIELD_COLLECTION_TITLE, item, text);
        return;
    }
    add_text(m, FIELD_COLLECTION_TITLE, item, text_plain(words));
    Field *field = add(m, FIELD_OTHER, item);
    field->text = text;
    field->shadow = true;
}

static void add_names(Making *m, FieldId id, const Item *item)
{
    static const Str HOMONYM = {"+an:homonym", 11};
    Names names = names_read(m->e, item);
    if (names.count == 0 && names.cut == CUT_NO)
        return;
    for (size_t i = 0; i < m->e->count; i++) {
        Item *other = &m->e->items[i];
        Str tag = other->tag;
        if (tag.size == item->tag.size + HOMONYM.size &&
            str_starts_nocase(tag, item->tag) &&
            str_equal_nocase(str_after(tag, item->tag.size), HOMONYM)) {
            names_annotate(&m->e->rec->arena, &names, other->tex);
            other->id = FIELD_COUNT; /* the names say it */
        }
    }
    Field *field = add(m, id, item);
    field->form = FORM_NAMES;
    field->names = names;
}

static bool is_journal(Kind kind)
{
    return kind == KIND_ARTICLE_JOURNAL || kind == KIND_ARTICLE_MAGAZINE ||
           kind == KIND_PERIODICAL;
}

static void add_as(Making *m, FieldId id, const Item *item)
{
    Arena *arena = &m->e->rec->arena;
    int how = item->row != NULL ? item->row->how : HOW_TEXT;
    if (field_form(id) == FORM_NAMES) {
        add_names(m, id, item);
    } else if (id == FIELD_ISSUED && how == HOW_PUBLISHED) {
        add_published(m, item);
    } else if (field_form(id) == FORM_DATE) {
        add_date(m, id, item);
    } else if (id == FIELD_TITLE || id == FIELD_CONTAINER_TITLE ||
               id == FIELD_VOLUME_TITLE) {
        add_title(m, id, item);
    } else if (id == FIELD_KEYWORD) {
        add_keywords(m, item);
    } else if (how == HOW_VERBATIM || how == HOW_URL || how == HOW_EPRINT) {
        add_text(m, id, item, text_plain(verbatim_text(arena, item->tex)));
    } else if (how == HOW_DOI) {
        add_text(m, id, item, text_plain(verbatim_doi(verbatim_text(arena, item->tex))));
    } else if (how == HOW_LANGUAGE) {
        add_language(m, item);
    } else if (id == FIELD_COLLECTION_TITLE && is_journal(m->e->rec->kind)) {
        add_series(m, item);
    } else {
        Text text = fields_text(m->e, item, item->tex,
                                how == HOW_TITLE || id == FIELD_COLLECTION_TITLE ||
                                    id == FIELD_ORIGINAL_TITLE);
        if (how == HOW_PAGES)
            text = pages_text(arena, text);
        if (how == HOW_GENRE || how == HOW_STATUS) {
            Str string = bibstring_text(text.text);
            text = str_equal(string, text.text) ? text : text_plain(string);
        }
        add_text(m, id, item, text);
    }
}

/* The entry. */

/* What the type of a thesis says of it. */
static void add_genre(Making *m)
{
    Record *rec = m->e->rec;
    Str genre = STR_EMPTY;
    if (str_equal_nocase(rec->type, STR("phdthesis")))
        genre = STR("PhD thesis");
    else if (str_equal_nocase(rec->type, STR("mastersthesis")))
        genre = STR("Master\xe2\x80\x99s thesis");
    if (genre.size == 0 || rec->written_count == 0 || m->winner[FIELD_GENRE] != NULL)
        return;
    /* the type itself is its tag: no field of that name is written */
    Field *field =
        record_add_text(rec, FIELD_GENRE, rec->type, rec->place, text_plain(genre));
    field->written = 1;
}

/* Parts that are in another field. */
static bool is_joined(const Making *m, const Item *item)
{
    int how = item->row != NULL ? item->row->how : HOW_TEXT;
    for (size_t i = 0; i < sizeof BUNDLES / sizeof BUNDLES[0]; i++) {
        if ((int)BUNDLES[i].sub != how && (int)BUNDLES[i].addon != how)
            continue;
        const Item *owner = making_find(m, str_from(BUNDLES[i].tag));
        if (owner != NULL && !owner->duplicate &&
            (owner->id == FIELD_TITLE || owner->id == FIELD_CONTAINER_TITLE ||
             owner->id == FIELD_VOLUME_TITLE))
            return true;
    }
    return false;
}

void fields_make(Reading *e)
{
    Making m = {.e = e};
    making_places(&m);
    Item *csl = making_find(&m, STR("csltype")),
         *carried = making_find(&m, STR("citeconv"));
    Kind named;
    if (carried != NULL)
        carried->id = FIELD_COUNT;
    if (csl != NULL && kind_by_name(str_trim(csl->tex), &named))
        csl->id = FIELD_COUNT;
    /* those first that take others with them: year, names */
    for (size_t i = 0; i < e->count; i++) {
        const Item *item = &e->items[i];
        if (item->id != FIELD_OTHER && item->id != FIELD_COUNT)
            add_as(&m, item->id, item);
    }
    for (size_t i = 0; i < e->count; i++) {
        const Item *item = &e->items[i];
        if (item->id == FIELD_OTHER)
            add_other(&m, item, item->shadow || is_joined(&m, item));
    }
    if (e->link.size > 0) {
        Field *url = add(&m, FIELD_URL, m.linked);
        url->tag = STR("url");
        url->text = text_plain(e->link);
    }
    add_genre(&m);
    if (carried != NULL)
        hints_read(e->rec, verbatim_text(&e->rec->arena, carried->tex));
}
