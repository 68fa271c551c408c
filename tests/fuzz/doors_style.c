/* SPDX-License-Identifier: MIT
 * Doors of the citation styles: a style, its locale, items and citations, with NULs
 * between; or citations alone, in a style and a library of our own. */
#include "convert/style/style.h"
#include "tests/fuzz/fuzz.h"

#include <unistd.h>

/* A style's locale, en-US only. */
static bool give_locale(void *context, Str lang, Str *xml, Str *file)
{
    *xml = *(const Str *)context;
    *file = STR("locale");
    return str_equal(lang, STR("en-US"));
}

static bool give_no_style(void *context, Str id, Str *xml, Str *file)
{
    (void)context, (void)id, (void)xml, (void)file;
    return false;
}

/* Writers of reference lists. */
static const Format *choose_list(unsigned char byte)
{
    const Format *to;
    do
        to = choose(byte++, ROLE_WRITER);
    while (to->style == NULL);
    return to;
}

static void list(unsigned char to, const char *from, const Style *style, Str items,
                 Str cites)
{
    char name[NAME_ROOM];
    int fd = give_file(cites, name);
    Choice choice = {
        .from = registry_find(str_from(from), ROLE_READER),
        .to = choose_list(to),
        .opt = {.style = style, .repair = true, .cite = cites.size > 0 ? name : NULL}};
    Made made = {0};
    convert(items, &choice, &made);
    made_free(&made);
    close(fd);
}

static void ignore(void *context, const Message *message)
{
    (void)context, (void)message;
}

void door_style(Str s)
{
    Str xml = STR_EMPTY, locale = STR_EMPTY, items = STR_EMPTY, rest = str_after(s, 1);
    if (str_split(&rest, '\0', &xml) && str_split(&rest, '\0', &locale))
        str_split(&rest, '\0', &items);
    StyleSource source = {&locale, give_no_style, give_locale};
    Diag diag = {.fd = -1, .least = LEVEL_DETAIL, .keep = ignore};
    Style *style = style_open(&source, xml, STR("style"), STR_EMPTY, &diag);
    if (style != NULL)
        list((unsigned char)s.data[0], "csl-json", style, items, rest);
    style_close(style);
    diag_free(&diag);
}

static const char NOTE_STYLE[] =
    "<style xmlns=\"http://purl.org/net/xbiblio/csl\" class=\"note\" version=\"1.0\">"
    "<citation et-al-min=\"3\" et-al-use-first=\"1\" "
    "disambiguate-add-year-suffix=\"true\">"
    "<layout delimiter=\"; \"><choose><if position=\"ibid-with-locator\"><text "
    "term=\"ibid\" suffix=\" \"/></if><else-if position=\"subsequent\"><text "
    "variable=\"first-reference-note-number\"/></else-if></choose><names "
    "variable=\"author\"><name form=\"short\"/></names><date variable=\"issued\" "
    "form=\"text\" prefix=\" \"/><label variable=\"locator\" form=\"short\"/><text "
    "variable=\"locator\"/></layout></citation><bibliography><layout><text "
    "variable=\"title\"/></layout></bibliography></style>";
static const char LOCALE[] =
    "<locale xml:lang=\"en-US\"><terms><term name=\"ibid\">ibid.</term><term "
    "name=\"page\" "
    "form=\"short\"><single>p.</single><multiple>pp.</multiple></term><term "
    "name=\"et-al\">et al.</term></terms><date form=\"text\"><date-part "
    "name=\"year\"/></date></locale>";
static const char ITEMS[] =
    "@book{a, author = {Doe, Jane and Roe, R. and Poe, P.}, title = {A}, year = 2001}"
    "@book{b, author = {Doe, Jane and Roe, R. and Loe, L.}, title = {B}, year = 2001}"
    "@book{c:1, title = {C}, date = {1999/..}}";

void door_cite(Str s)
{
    Str locale = {LOCALE, sizeof LOCALE - 1};
    StyleSource source = {&locale, give_no_style, give_locale};
    Diag diag = {.fd = -1, .least = LEVEL_DETAIL, .keep = ignore};
    Style *style = style_open(&source, (Str){NOTE_STYLE, sizeof NOTE_STYLE - 1},
                              STR("style"), STR_EMPTY, &diag);
    expect(style != NULL, "the style of the door");
    list(0, "bibtex", style, (Str){ITEMS, sizeof ITEMS - 1}, s);
    style_close(style);
    diag_free(&diag);
}
