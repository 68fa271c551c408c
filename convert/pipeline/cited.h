/* SPDX-License-Identifier: MIT
 * What a document cites, by the files that LaTeX left of its last run.
 *
 * .aux: \citation of LaTeX and natbib, \abx@aux@cite of biblatex, and what \@input names.
 * .bcf: <bcf:citekey> of biblatex's control file, members of its sets, too.  A key "*"
 * is \nocite{*}: everything. */
#ifndef CITECONV_PIPELINE_CITED_H
#define CITECONV_PIPELINE_CITED_H

#include "convert/base/diag.h"

typedef struct Cited Cited;

Cited *cited_open(void);
void cited_close(Cited *cited);
/* False where a file could not be read, which has been reported; an \@input file that is
 * not there is a warning, since LaTeX does without it, too. */
bool cited_add_aux(Cited *cited, const char *path, Diag *diag);
bool cited_add_bcf(Cited *cited, const char *path, Diag *diag);
/* Whether that key is cited; remembers that it was met.  As in BibTeX, the case of
 * letters does not count for \citation; as in biber, it does for the others. */
bool cited_has(Cited *cited, Str key);
/* Reports, as "missing-entry" where they are cited first, keys that were never met. */
void cited_report_missing(const Cited *cited, Diag *diag);

#endif
