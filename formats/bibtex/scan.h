/* SPDX-License-Identifier: MIT
 * The syntax of BibTeX files: entries and directives taken apart, nothing understood.
 *
 * All that is handed out are views of the text scanned.  What is broken is mended where
 * its intent is certain and noted as a Fault; the caller tells the user. */
#ifndef CITECONV_FORMATS_BIBTEX_SCAN_H
#define CITECONV_FORMATS_BIBTEX_SCAN_H

#include "convert/base/diag.h"

typedef enum FaultKind {
    FAULT_NO_COMMA,      /* `what` follows where a comma is expected */
    FAULT_COMMAS,        /* a comma too many */
    FAULT_NO_KEY_COMMA,  /* none behind the key */
    FAULT_NO_EQUALS,     /* behind the name `what` */
    FAULT_NO_VALUE,      /* of `what` */
    FAULT_NO_DELIMITER,  /* the value of `what` is text without delimiters */
    FAULT_OPEN_VALUE,    /* the value of `what` is not closed */
    FAULT_NO_PIECE,      /* nothing behind '#' */
    FAULT_OPEN_ENTRY,    /* the entry is not closed */
    FAULT_CLOSED_BEFORE, /* a closing brace too many within the entry */
    FAULT_WRONG_CLOSER,
    FAULT_JUNK,   /* `what` is left out */
    FAULT_COMMENT /* within an entry */
} FaultKind;

typedef struct Fault {
    FaultKind kind;
    size_t at; /* byte of the text scanned */
    Str what;
    Place place; /* of that byte: the caller's to fill in */
} Fault;

typedef struct RawField {
    Str name; /* empty: a comment, which `value` holds from its percent sign on */
    size_t at;
    Str value;     /* with its delimiters; as text where `loose` */
    bool loose;    /* delimiters were missing or wrong: between braces, it is right */
    size_t pieces; /* that '#' joins */
    Place place;   /* as a Fault's */
} RawField;

typedef struct RawEntry {
    Str type, key;
    char closer;    /* '}' or ')' */
    size_t at, end; /* of its '@', and behind it */
    RawField *fields;
    size_t count, capacity;
    Fault *faults;
    size_t fault_count, fault_capacity;
} RawEntry;

void scan_entry_free(RawEntry *raw);

typedef enum ScanResult {
    SCAN_DONE,
    SCAN_MORE /* the text ends within; come again with more */
} ScanResult;

/* An entry whose '@' is at `at`; `final`: no text comes behind `in`.  Never fails. */
ScanResult scan_entry(Str in, size_t at, bool final, RawEntry *raw);
/* The same for @string: fields without a key. */
ScanResult scan_string(Str in, size_t at, bool final, RawEntry *raw);

/* What begins at an '@'. */
typedef enum Beginning {
    BEGINS_NOTHING,
    BEGINS_ENTRY,
    BEGINS_STRING,
    BEGINS_PREAMBLE,
    BEGINS_COMMENT, /* between braces or parentheses */
    BEGINS_COMMENT_LINE,
    BEGINS_UNKNOWN /* the text ends before that can be told */
} Beginning;
Beginning scan_beginning(Str in, size_t at, bool final);
/* An '@' that surely begins an entry, wherever it stands: a key and a comma follow. */
bool scan_begins_surely(Str in, size_t at);
/* Only blanks before it on its line. */
bool scan_first_on_line(Str in, size_t at);
/* Behind the group whose opening brace or parenthesis is at `at`, or 0.  With `most`
 * more than that many sure beginnings of entries within end the search. */
size_t scan_group(Str in, size_t at, size_t most);

/* Cuts the next piece of a value that '#' joins off the front; false at its end.
 * *delimiter is '{', '"' or 0, and the piece is what stands between. */
bool scan_piece(Str *rest, Str *piece, char *delimiter);

#endif
