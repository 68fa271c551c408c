/* SPDX-License-Identifier: MIT
 * Arbitrary bytes for all that reads what others wrote, one door at a time: the one that
 * CITECONV_DOOR names.  One source for libFuzzer and, by way of its driver, AFL++.
 *
 *     CITECONV_DOOR=ris build/fuzz/tests/fuzz/fuzz corpus/ris
 *
 * `list` as the only argument prints the doors. */
#include "tests/fuzz/fuzz.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

int LLVMFuzzerInitialize(int *argc, char ***argv);
int LLVMFuzzerTestOneInput(const unsigned char *data, size_t size);

static const struct Door {
    const char *name;
    Enter *enter;
} DOORS[] = {
    {"arrow", door_arrow},
    {"bibtex", door_bibtex},
    {"ris", door_ris},
    {"csl-json", door_csl_json},
    {"fingerprints", door_fingerprints},
    {"xml", door_xml},
    {"tagged", door_tagged},
    {"any", door_any},
    {"again", door_again},
    {"merge", door_merge},
    {"select", door_select},
    {"key", door_key},
    {"aux", door_aux},
    {"bcf", door_bcf},
    {"map", door_map},
    {"venues", door_venues},
    {"options", door_options},
    {"library", door_library},
    {"latex", door_latex},
    {"markup", door_markup},
    {"date", door_date},
    {"diff", door_diff},
    {"charset", door_charset},
    {"style", door_style},
    {"cite", door_cite},
};
enum { DOOR_COUNT = sizeof DOORS / sizeof DOORS[0] };

static Enter *entered;

int LLVMFuzzerInitialize(int *argc, char ***argv)
{
    const char *name = getenv("CITECONV_DOOR");
    bool list = *argc == 2 && strcmp((*argv)[1], "list") == 0;
    for (size_t i = 0; i < DOOR_COUNT; i++) {
        if (list)
            puts(DOORS[i].name);
        else if (name != NULL && strcmp(name, DOORS[i].name) == 0)
            entered = DOORS[i].enter;
    }
    if (list)
        exit(0);
    if (entered == NULL) {
        fputs("CITECONV_DOOR names no door; `list` prints them\n", stderr);
        exit(2);
    }
    the_venues(); /* whose table takes longer to make than most conversions */
    return 0;
}

int LLVMFuzzerTestOneInput(const unsigned char *data, size_t size)
{
    entered(size > 0 ? (Str){(const char *)data, size} : STR_EMPTY);
    return 0;
}
