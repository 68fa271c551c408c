/* SPDX-License-Identifier: MIT
 * Users' words for fields; see word.h. */
#include "convert/pipeline/word.h"

static const struct {
    const char *word;
    FieldId id;
} WORDS[] = {
    {"address", FIELD_PUBLISHER_PLACE},
    {"annotation", FIELD_ANNOTE},
    {"authors", FIELD_AUTHOR},
    {"booktitle", FIELD_CONTAINER_TITLE},
    {"chapter", FIELD_CHAPTER_NUMBER},
    {"date", FIELD_ISSUED},
    {"editors", FIELD_EDITOR},
    {"institution", FIELD_PUBLISHER},
    {"journal", FIELD_CONTAINER_TITLE},
    {"journaltitle", FIELD_CONTAINER_TITLE},
    {"keywords", FIELD_KEYWORD},
    {"langid", FIELD_LANGUAGE},
    {"location", FIELD_PUBLISHER_PLACE},
    {"pages", FIELD_PAGE},
    {"pagetotal", FIELD_NUMBER_OF_PAGES},
    {"school", FIELD_PUBLISHER},
    {"series", FIELD_COLLECTION_TITLE},
    {"shortjournal", FIELD_CONTAINER_TITLE_SHORT},
    {"shorttitle", FIELD_TITLE_SHORT},
    {"urldate", FIELD_ACCESSED},
    {"year", FIELD_ISSUED},
};
enum { WORD_COUNT = sizeof WORDS / sizeof WORDS[0] };

FieldWord word_field(Str word)
{
    for (size_t id = 0; id < FIELD_OTHER; id++) {
        if (str_equal_nocase(word, str_from(field_name((FieldId)id))))
            return (FieldWord){word, (FieldId)id};
    }
    for (size_t i = 0; i < WORD_COUNT; i++) {
        if (str_equal_nocase(word, str_from(WORDS[i].word)))
            return (FieldWord){word, WORDS[i].id};
    }
    return (FieldWord){word, FIELD_OTHER};
}

bool word_means(const FieldWord *word, const Field *field)
{
    return (word->id != FIELD_OTHER && word->id == field->id) ||
           str_equal_nocase(word->word, field->tag);
}

const char *word_near(Str word)
{
    const char *near = NULL;
    size_t least = word.size / 3 + 1;
    for (size_t i = 0; i < (size_t)FIELD_OTHER + WORD_COUNT; i++) {
        const char *each =
            i < FIELD_OTHER ? field_name((FieldId)i) : WORDS[i - FIELD_OTHER].word;
        size_t distance = str_distance(word, str_from(each));
        if (distance < least || (distance == least && near == NULL)) {
            least = distance;
            near = each;
        }
    }
    return near;
}

Str written_bare(Str value)
{
    value = str_trim(value);
    bool braces = str_starts(value, STR("{")) && str_ends(value, STR("}"));
    bool quotes = str_starts(value, STR("\"")) && str_ends(value, STR("\""));
    if (value.size >= 2 && (braces || quotes))
        value = str_trim(str_slice(value, 1, value.size - 1));
    return value;
}

Str record_tag_text(const Record *rec, Str tag)
{
    for (size_t i = 0; i < rec->count; i++) {
        const Field *field = &rec->fields[i];
        if (field->form == FORM_TEXT && str_equal_nocase(tag, field->tag))
            return field->text.text;
    }
    for (size_t i = 0; i < rec->written_count; i++) {
        if (!rec->written[i].dropped && str_equal_nocase(tag, rec->written[i].tag))
            return written_bare(rec->written[i].value);
    }
    return STR_EMPTY;
}
