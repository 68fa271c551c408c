/* SPDX-License-Identifier: MIT
 * Understanding an item; see finish.h. */
#include "formats/csljson/finish.h"

#include <stdlib.h>

/* The place of one of its bytes. */
static Place place_in(Half *half, size_t offset)
{
    if (offset < half->at) {
        half->place = half->start;
        half->at = 0;
    }
    half->place =
        source_place_behind(half->place, str_slice(half->bytes, half->at, offset));
    half->at = offset;
    return half->place;
}

typedef struct Mended {
    Half *half;
    const Patch *patch; /* NULL: as it stands */
} Mended;

static Place place_of(void *context, size_t offset)
{
    const Mended *m = context;
    if (m->patch != NULL)
        offset = patch_original(m->patch, offset);
    return place_in(m->half, offset);
}

/* Mends what jansson refuses; finish->patch has the text then, finish->mended its extent.
 */
static Tree *load_mended(Read *r, Half *half, Finish *finish, const Soil *soil)
{
    LoadError error;
    if (half->ext->commas > 0)
        diag_report(r->diag, LEVEL_NOTE, "odd-comma", place_in(half, half->ext->comma),
                    "a comma too many; passed over");
    patch_value(&finish->patch, half->bytes);
    Str text = buf_str(&finish->patch.text);
    Tree *tree = load_item(soil, text, &error);
    if (tree == NULL) {
        size_t at = patch_original(&finish->patch, error.at);
        diag_report(r->diag, LEVEL_ERROR, "bad-json", place_in(half, at),
                    "item left out: %s", error.why);
        return NULL;
    }
    if (finish->patch.strings > 0)
        diag_report(r->diag, LEVEL_WARNING, "bad-string",
                    place_in(half, finish->patch.first),
                    "characters that no JSON string holds as they are; %zu mended",
                    finish->patch.strings);
    extent_begin(&finish->mended);
    if (extent_value(&finish->mended, text) != EXTENT_WHOLE)
        abort();
    return tree;
}

bool finish_item(Read *r, Record *rec, Finish *finish)
{
    Half *half = rec->half;
    LoadError error;
    Soil soil = {.values = &finish->values, .texts = &rec->arena};
    arena_reset(&finish->values);
    bool plain = half->ext->commas == 0;
    Tree *tree = plain ? tree_build(&soil, half->bytes) : NULL;
    if (tree == NULL && plain)
        tree = load_item(&soil, half->bytes, &error);
    bool mended = tree == NULL;
    if (mended)
        tree = load_mended(r, half, finish, &soil);
    if (tree == NULL)
        return false;
    Mended places = {half, mended ? &finish->patch : NULL};
    Item item = {.r = r,
                 .rec = rec,
                 .soil = soil,
                 .tree = tree,
                 .ext = mended ? &finish->mended : half->ext,
                 .bytes = mended ? arena_copy(&rec->arena, buf_str(&finish->patch.text))
                                 : half->bytes,
                 .scratch = &finish->scratch};
    property_read(&item, place_of, &places);
    return true;
}

void finish_free(Finish *finish)
{
    extent_free(&finish->mended);
    patch_free(&finish->patch);
    arena_free(&finish->values);
    buf_free(&finish->scratch);
}
