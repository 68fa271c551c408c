/* SPDX-License-Identifier: MIT
 * A reference list in a citation style, whatever it is written in: records are gathered,
 * and at the end the engine's texts are walked and a Device spells them.  Only devices
 * escape. */
#ifndef CITECONV_FORMATS_TEXT_LIST_H
#define CITECONV_FORMATS_TEXT_LIST_H

#include "convert/style/style.h"
#include "formats/format.h"

typedef struct Device Device;

enum { PRINTER_DEPTH = 256 }; /* marks nested deeper are not opened */

/* A text of the engine on its way into a Buf. */
typedef struct Printer {
    const Device *device;
    Write *w;
    Buf *out;
    size_t begin; /* size of `out` before it */
    const StyleText *text;
    size_t at;                  /* byte of the text */
    size_t margin;              /* where in `out` the MARGIN block ended; 0: none */
    size_t open[PRINTER_DEPTH]; /* runs that are open, outermost first */
    size_t depth, math;
    bool break_owed;
} Printer;

typedef struct Marks {
    const char *open, *close;
} Marks;

typedef struct ListItem {
    Str key, id, coins; /* `id` where it is another than the key */
    Place place;
} ListItem;

typedef struct List {
    Write *w;
    const Device *device;
    const Style *style;
    const StyleLayout *layout;
    struct Library *library; /* and its style, where Options has none */
    Style *own;
    Document *doc;
    Arena arena;
    ListItem *items;
    size_t count, capacity;
    size_t citations;
    bool labelled; /* the citation of item i alone is that of number citations + i */
    Buf text;      /* the entry in work */
    bool begun;
} List;

struct Device {
    const Marks *marks;        /* by StyleMark */
    const char *line, *indent; /* before a BLOCK; before what stands in an INDENT; NULL
                                  where the marks say it */
    bool coins;                /* items get their ContextObject in `coins` */
    bool labels; /* items are cited by what the style prints for them alone */
    void (*escape)(Printer *p, Str piece);
    /* Instead of the marks where not NULL. */
    void (*open)(Printer *p, const StyleRun *run);
    void (*close)(Printer *p, const StyleRun *run);
    /* Around all, and for each text; `citation` is also told which one it is. */
    void (*begin)(List *list);
    void (*citation)(List *list, const StyleText *text, size_t index);
    void (*begin_entries)(List *list);
    void (*entry)(List *list, const StyleText *text, const ListItem *item);
    void (*end)(List *list);
};

/* For a Writer's put and end, with a List as its state. */
void list_put(List *list, Write *w, View *v, const Device *device);
void list_end(List *list, Write *w, const Device *device);

extern const Device HTML_DEVICE;

/* Spells a text behind what `out` holds; the Printer is how it went.  Of the list it
 * looks at `device` and `w` only. */
Printer list_print(List *list, Buf *out, const StyleText *text);
/* What is open around the place that is printed, outermost first. */
const StyleRun *printer_open(const Printer *p, size_t depth);
/* The characters before and behind that place; 0 where there is none. */
uint32_t printer_before(const Printer *p);
uint32_t printer_behind(const Printer *p);

/* A record as an OpenURL ContextObject (Z39.88-2004) in KEV form, as COinS has it; not
 * yet escaped for HTML. */
Str coins_make(Arena *arena, const Record *rec);

/* What stands for a character where a charset lacks it ("-" for an en dash), or empty. */
Str text_plain_shape(uint32_t character);
/* A URL as bytes that need no care anywhere: others than ASCII signs, and those of
 * `also`, as %XX. */
void list_add_url(Buf *out, Str url, const char *also);

#endif
