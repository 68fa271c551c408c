/* SPDX-License-Identifier: MIT
 * The rules of --check, a record each; they report through the stage's Diag. */
#ifndef CITECONV_PIPELINE_CHECK_RULES_H
#define CITECONV_PIPELINE_CHECK_RULES_H

#include "convert/record/record.h"

/* Fields that its type requires and that are not there. */
void check_needs(const Record *rec, Diag *diag);
/* Names that are likely none, or several. */
void check_names(const Field *field, Arena *scratch, Diag *diag);
/* Identifiers by their shape and check digits. */
void check_identifiers(const Record *rec, const Field *field, Arena *scratch, Diag *diag);
/* Dates, pages, titles, empty fields. */
void check_text(const Field *field, Diag *diag);
/* Signs without the backslash that LaTeX needs, in fields of BibTeX files. */
void check_tex(const Record *rec, Diag *diag);

#endif
