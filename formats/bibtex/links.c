/* SPDX-License-Identifier: MIT
 * Web addresses of entries that have no field for them; see making.h. */
#include "formats/bibtex/making.h"
#include "formats/tags.h"

static bool is_web_address(Str url)
{
    return (str_starts_nocase(url, STR("http://")) ||
            str_starts_nocase(url, STR("https://"))) &&
           str_find_byte(url, ' ') == url.size;
}

/* Behind the first "\href{" or, with that name, "\url{"; the whole size where there is
 * none. */
static size_t find_command(Str tex, Str name)
{
    for (size_t from = 0;;) {
        size_t at = from + str_find(str_after(tex, from), name) + name.size;
        if (at >= tex.size)
            return tex.size;
        from = at;
        while (at < tex.size && byte_is_space(tex.data[at]))
            at++;
        if (at < tex.size && tex.data[at] == '{')
            return at + 1;
    }
}

static Str link_behind(Arena *arena, Str tex, Str name)
{
    Str address = str_after(tex, find_command(tex, name));
    address = verbatim_text(arena, str_slice(address, 0, str_find_byte(address, '}')));
    return is_web_address(address) ? address : STR_EMPTY;
}

/* The web address that all of the text is the link to. */
static Str link_of_all(Arena *arena, Str tex)
{
    while (tex.size > 0 && (tex.data[0] == '{' || byte_is_space(tex.data[0])))
        tex = str_after(tex, 1);
    return str_starts(tex, STR("\\href")) ? link_behind(arena, tex, STR("\\href"))
                                          : STR_EMPTY;
}

/* No field is an address, but people write where a work is beside words: howpublished =
 * {Available at \url{...}}, journal = {\href{https://doi.org/...}{Phys. Rev.}}.  What a
 * note leads to may be something else, but where no number says what the work is. */
static void find_link(Making *m)
{
    static const char *const TAGS[] = {"howpublished", "journal", "title", "note"};
    for (size_t i = 0; i < sizeof TAGS / sizeof TAGS[0] && m->e->link.size == 0; i++) {
        Arena *arena = &m->e->rec->arena;
        Item *item = making_find(m, str_from(TAGS[i]));
        if (item == NULL || item->duplicate || item->id == FIELD_OTHER ||
            tags_is_asked(m->e->r->tags, item->row) ||
            str_find_byte(item->tex, '\\') == item->tex.size)
            continue;
        bool note = item->id == FIELD_NOTE;
        if (item->id == FIELD_TITLE)
            m->e->link = link_of_all(arena, item->tex);
        else if (!note || m->winner[FIELD_DOI] == NULL)
            m->e->link = link_behind(arena, item->tex, STR("\\href"));
        if (m->e->link.size == 0 && item->id != FIELD_TITLE && !note)
            m->e->link = link_behind(arena, item->tex, STR("\\url"));
        m->linked = item;
    }
}

bool links_keep(Reading *e, Str address)
{
    Arena *arena = &e->rec->arena;
    address = verbatim_text(arena, address);
    if (str_equal(address, e->link))
        return true;
    for (size_t i = 0; i < e->count; i++) {
        const Item *item = &e->items[i];
        if (item->id != FIELD_URL && item->id != FIELD_DOI)
            continue;
        Str value = verbatim_text(arena, item->tex);
        if (str_equal(address, value) ||
            (item->id == FIELD_DOI && value.size > 0 && str_ends(address, value) &&
             str_contains(address, STR("doi.org/"))))
            return true;
    }
    return false;
}

/* Where there is no URL: a web address is where something was published, or all that is
 * noted; DBLP gives that of the work, the Astrophysics Data System that of its entry, and
 * publishers' sites that of its text, as an eprint that is in no archive.  Beside a URL a
 * web address is still no title of what holds the work. */
void links_place(Making *m)
{
    static const FieldTag ADDRESSES[] = {
        {"howpublished", FIELD_URL, KINDS_ALL, HOW_URL, NULL},
        {"ee", FIELD_URL, KINDS_ALL, HOW_URL, NULL},
        {"adsurl", FIELD_URL, KINDS_ALL, HOW_URL, NULL},
        {"eprint", FIELD_URL, KINDS_ALL, HOW_URL, NULL},
        {"note", FIELD_URL, KINDS_ALL, HOW_URL, NULL},
    };
    Arena *arena = &m->e->rec->arena;
    for (size_t i = 0; i < sizeof ADDRESSES / sizeof ADDRESSES[0]; i++) {
        Item *item = making_find(m, str_from(ADDRESSES[i].tag));
        const Item *url = m->winner[FIELD_URL];
        if (item == NULL || item->duplicate || tags_is_asked(m->e->r->tags, item->row) ||
            (item->id == FIELD_NOTE && url != NULL))
            continue;
        if (item->id == FIELD_ARCHIVE_LOCATION && m->winner[FIELD_ARCHIVE] != NULL)
            continue;
        Str address = verbatim_text(arena, item->tex);
        if (!is_web_address(address))
            continue;
        if (url == NULL) {
            making_place_as(m, item, &ADDRESSES[i]);
        } else if (m->winner[item->id] == item) {
            m->winner[item->id] = NULL;
            item->id = FIELD_OTHER;
            item->row = &ADDRESSES[i]; /* verbatim */
        }
        item->shadow =
            item->shadow ||
            (url != NULL && str_equal(address, verbatim_text(arena, url->tex)));
    }
    if (m->winner[FIELD_URL] == NULL)
        find_link(m);
}
