/* SPDX-License-Identifier: MIT
 * libciteconv: what citeconv(1) does, for programs.  See citeconv(3).
 *
 *     citeconv_reader *in;
 *     citeconv_record *record = citeconv_record_new();
 *     if (citeconv_reader_open_file(&in, NULL, "refs.ris", NULL) == CITECONV_OK) {
 *         while (citeconv_reader_next(in, record) == CITECONV_OK)
 *             puts(citeconv_record_key(record));
 *         citeconv_reader_close(in);
 *     }
 *     citeconv_record_free(record);
 *
 * Texts are UTF-8 that ends with NUL, going in and coming out, and sizes are bytes,
 * unless a function says otherwise.  Lines and columns count from 1, columns in
 * characters; 0 is "not known".  Indexes count from 0.
 *
 * Ownership: what a function named _new or _open makes is the caller's, to be given back
 * to its _free or _close, which take NULL, too.  A pointer to const that a function
 * returns belongs to the object it was asked of, and is good until that object is changed
 * or freed.  Texts that go in are copied.  Options outlive what was opened with them, a
 * style its documents.
 *
 * Errors: a function that can fail returns a citeconv_status, and what went wrong, where,
 * and with whose data goes to the options' listener, as a message.  NULL for an object or
 * for a text that must be there is the caller's fault and not looked for, unless a
 * function says that NULL is fine.
 *
 * Threads: an object is used by one thread at a time; different objects by as many as you
 * like.  Options and styles may be shared by any number of threads once they are set, but
 * then their listener is called on all of them.
 *
 * The process: nothing here exits, changes the locale, the environment, the working
 * directory or the handling of signals, or writes to standard error.  There is one state
 * that all share, the hook of citeconv_on_no_memory.  SIGPIPE is held back around each
 * write, so a closed pipe is CITECONV_IO.  Beyond memory and the files that a caller
 * names these things are touched: a temporary file in $TMPDIR where a stage holds more
 * than its "memory"; the directories of styles ($XDG_DATA_HOME, $XDG_DATA_DIRS) where a
 * style is opened by name; and the formats that libbibutils reads and writes run in a
 * child process, citeconv-bibutils, for which libciteconv waits by its id. */
#ifndef CITECONV_H
#define CITECONV_H

#include <stdbool.h>
#include <stddef.h>

#ifdef __cplusplus
extern "C" {
#endif

#if defined(__GNUC__)
#define CITECONV_API __attribute__((visibility("default")))
#else
#define CITECONV_API
#endif

#define CITECONV_VERSION_MAJOR 0
#define CITECONV_VERSION_MINOR 1
#define CITECONV_VERSION_PATCH 0

typedef struct citeconv_options citeconv_options;
typedef struct citeconv_reader citeconv_reader;
typedef struct citeconv_writer citeconv_writer;
typedef struct citeconv_record citeconv_record;
typedef struct citeconv_field citeconv_field;
typedef struct citeconv_style citeconv_style;
typedef struct citeconv_document citeconv_document;

/* --- Statuses and messages -------------------------------------------------------- */

/* Those below 0 are failures.  More may come. */
typedef enum citeconv_status {
    CITECONV_OK = 0,
    CITECONV_END = 1,      /* there is no record left */
    CITECONV_LOST = 2,     /* done, but records were thrown away, or none was found */
    CITECONV_USAGE = -1,   /* what was asked makes no sense; nothing was done */
    CITECONV_UNKNOWN = -2, /* there is no such format or style, or no format knows this
                              input */
    CITECONV_IO = -3       /* something could not be opened, read, written or started */
} citeconv_status;

/* What a status means, in English.  Static. */
CITECONV_API const char *citeconv_status_text(citeconv_status status);
/* The version of the library that runs, "0.1.0".  Static. */
CITECONV_API const char *citeconv_version(void);

/* A message's level says what became of the data. */
typedef enum citeconv_level {
    CITECONV_DETAIL = 0,  /* a repair as intended */
    CITECONV_NOTE = 1,    /* kept, but odd */
    CITECONV_WARNING = 2, /* changed, guessed or left out */
    CITECONV_ERROR = 3    /* a record was thrown away, or the world failed */
} citeconv_level;

/* No text is NULL; what is not known is "". */
typedef struct citeconv_message {
    citeconv_level level;
    const char *id;   /* stable: "lost-field"; citeconv(1) lists them */
    const char *file; /* as the input was named */
    size_t line, column;
    const char *key;   /* of the record it is about */
    const char *field; /* of that record */
    const char *text;  /* for people, in English, with neither place nor id */
} citeconv_message;

/* Nothing of the message lives on once it returns.  It may use any object but the one
 * that is at work. */
typedef void citeconv_listener(void *context, const citeconv_message *message);

/* --- Memory ------------------------------------------------------------------------ */

/* Where memory ends `hook` is called with `context`, on the thread that lacks it, and
 * once it returns the process is aborted; NULL is no hook.  The hook may let go of a
 * reserve to save the user's work, or end the process or, as longjmp does, leave; then
 * the objects that the thread was using must neither be used nor freed any more.  Set it
 * before other threads use the library.
 *
 * Why so: nobody can test some thousand paths of failed allocations, an untested path
 * corrupts data, and on today's systems such a path is hardly ever taken.  What the
 * library holds is bounded, by the longest record (16 MiB; one that is longer is skipped
 * and reported) and by the "memory" of stages.  It is what GLib does, too; who has to
 * survive anything converts in a process of its own. */
CITECONV_API void citeconv_on_no_memory(void (*hook)(void *context), void *context);
/* Gives back memory that is said to want it.  NULL is fine. */
CITECONV_API void citeconv_free(void *memory);

/* --- Formats ----------------------------------------------------------------------- */

/* The name of each format in turn, "bibtex"; NULL behind the last.  Static. */
CITECONV_API const char *citeconv_format_name(size_t index);
/* "BibTeX"; NULL where there is no such format.  Here and wherever a format is named, one
 * of its suffixes does as well ("bib").  Static. */
CITECONV_API const char *citeconv_format_title(const char *format);
CITECONV_API bool citeconv_format_reads(const char *format);
CITECONV_API bool citeconv_format_writes(const char *format);

/* --- Options ----------------------------------------------------------------------- */

/* What holds where nothing is set is in brackets below.  Wherever options are wanted NULL
 * is fine, too, and means just that. */
CITECONV_API citeconv_options *citeconv_options_new(void);
CITECONV_API void citeconv_options_free(citeconv_options *options);
/* Hears messages of `least` and above from all that is opened with these options, and
 * from citeconv_options_set.  NULL: nobody does. */
CITECONV_API void citeconv_options_listen(citeconv_options *options,
                                          citeconv_listener *listener, void *context,
                                          citeconv_level least);
/* Sets an option.  The names and values are those of the long options of citeconv(1):
 *
 *   reading   "from-charset" [told by the input]   a charset that iconv(3) knows
 *             "repair" yes|no [yes]                mend scraped text
 *   both      "resolve" yes|no [yes]               records get what they inherit
 *             "opt" FORMAT.KEY=VALUE               an option of a format; repeats
 *             "venues" FILE                        more venues
 *             "map" FILE                           what tags mean; repeats
 *   writing   "to-charset" [UTF-8]                 also with //TRANSLIT or //IGNORE, the
 *                                                  first of which goes by the locale that
 *                                                  the process has set
 *             "carry" yes|no [as the format has it]
 *             "width" COLUMNS [0, never wrapped]
 *             "style", "locale", "cite"            of a reference list
 *   stages    "key" TEMPLATE, "select" EXPR (repeats), "aux" FILE (repeats),
 *             "bcf" FILE (repeats), "unique" report|merge, "sort" FIELD,...,
 *             "keep" FIELD,... (repeats), "drop" FIELD,... (repeats),
 *             "memory" SIZE [as --memory of citeconv(1) has it]
 *
 * Stages hold for what is written, in the order that citeconv(1) gives.  Files of
 * "venues" and "map" are read at once; "-" is a file of that name.  CITECONV_USAGE: there
 * is no such option or value; CITECONV_IO: the file could not be read.  Not while
 * something that was opened with the options is in use. */
CITECONV_API citeconv_status citeconv_options_set(citeconv_options *options,
                                                  const char *name, const char *value);

/* --- Records ----------------------------------------------------------------------- */

/* A record is a kind, a key, and fields in order, each of which may repeat.  Kinds and
 * fields have the names of CSL 1.0.2 ("article-journal", "container-title"); a field that
 * CSL has no word for is "other" and known by its tag. */
CITECONV_API citeconv_record *citeconv_record_new(void);
CITECONV_API void citeconv_record_free(citeconv_record *record);
/* Makes it as a new one is: a "document" without key and fields. */
CITECONV_API void citeconv_record_clear(citeconv_record *record);
/* Makes `record` the same as `from`; both may be one. */
CITECONV_API void citeconv_record_copy(citeconv_record *record,
                                       const citeconv_record *from);

CITECONV_API const char *citeconv_record_kind(const citeconv_record *record);
/* CITECONV_USAGE: CSL has no such kind. */
CITECONV_API citeconv_status citeconv_record_set_kind(citeconv_record *record,
                                                      const char *kind);
/* The source's own word for the kind, "phdthesis"; "" where there is none. */
CITECONV_API const char *citeconv_record_type(citeconv_record *record);
/* The citation key; "" where the source gave none.  Such a record gets one when it is
 * written. */
CITECONV_API const char *citeconv_record_key(citeconv_record *record);
/* NULL or "" takes it away.  CITECONV_USAGE: the text is no UTF-8. */
CITECONV_API citeconv_status citeconv_record_set_key(citeconv_record *record,
                                                     const char *key);
/* Where it was read; the name of the file is "" where it was not.  line and column may be
 * NULL. */
CITECONV_API const char *citeconv_record_place(citeconv_record *record, size_t *line,
                                               size_t *column);

CITECONV_API size_t citeconv_record_field_count(const citeconv_record *record);
/* NULL where there are no more.  Good until the record is changed. */
CITECONV_API const citeconv_field *citeconv_record_field(citeconv_record *record,
                                                         size_t index);
/* The first field of that name; NULL where there is none. */
CITECONV_API const citeconv_field *citeconv_record_find(citeconv_record *record,
                                                        const char *name);
/* The text of the first field of that name; NULL where there is none. */
CITECONV_API const char *citeconv_record_text(citeconv_record *record, const char *name);

typedef enum citeconv_form { CITECONV_TEXT, CITECONV_NAMES, CITECONV_DATE } citeconv_form;

CITECONV_API const char *citeconv_field_name(const citeconv_field *field);
/* The source's own word for it, "journaltitle"; "" where there is none. */
CITECONV_API const char *citeconv_field_tag(const citeconv_field *field);
/* Names and dates that nobody can take apart are CITECONV_TEXT. */
CITECONV_API citeconv_form citeconv_field_form(const citeconv_field *field);
/* The text without its markup; of names, "Family, Given; Family, Given", and of a date,
 * EDTF.  `size`, which may be NULL, is told how long it is: a text may hold NUL. */
CITECONV_API const char *citeconv_field_text(const citeconv_field *field, size_t *size);
/* The text with the markup of CSL-JSON: <i>, <b>, <sup>, <sub>, <span class="nocase">,
 * <span style="font-variant:small-caps;">.  Other characters stand for themselves, "&"
 * and
 * "<" too.  Mathematics is TeX between dollar signs, in both. */
CITECONV_API const char *citeconv_field_markup(const citeconv_field *field, size_t *size);

/* Either `literal` alone, a body or what nobody can split, or a family name and what goes
 * with it.  Parts that are not there are NULL. */
typedef struct citeconv_name {
    const char *family, *given;
    const char *non_dropping_particle; /* stays with the family: "van der" Maaten */
    const char *dropping_particle;     /* goes with the given names: Ludwig "van" */
    const char *suffix;                /* "Jr." */
    const char *literal;
} citeconv_name;

/* 0 for a field of another form. */
CITECONV_API size_t citeconv_field_name_count(const citeconv_field *field);
/* NULL where there are no more. */
CITECONV_API const citeconv_name *citeconv_field_get_name(const citeconv_field *field,
                                                          size_t index);
/* Whether the list is known to leave names out ("and others"). */
CITECONV_API bool citeconv_field_names_cut(const citeconv_field *field);

/* What is not known is 0.  Months 21 to 24 are spring to winter.  Years are astronomical:
 * 0 is 1 BC, and a year may be 0 where month or is_known says that there is a date. */
typedef struct citeconv_day {
    bool is_known; /* false: an open end of a range, or no date at all */
    int year, month, day;
    int unknown_digits; /* the last ones of the year: 2 in "19XX", whose year is 1900 */
    bool approximate, uncertain;
} citeconv_day;
typedef struct citeconv_date {
    citeconv_day from, to;
    bool is_range; /* else `to` does not count */
} citeconv_date;

/* False for a field of another form.  citeconv_field_text has all that EDTF can say,
 * which is more: times, and open ends apart from unknown ones. */
CITECONV_API bool citeconv_field_date(const citeconv_field *field, citeconv_date *date);

/* These replace all fields of that name by one, which stands where the first of them
 * stood or at the end; a text of NULL, or a blank one, takes them away.  CITECONV_USAGE:
 * CSL has no field of that name, it is of another form, or a text is no UTF-8; the record
 * stays as it is.  Memory of what was replaced comes back when the record is cleared.
 *
 * The text of a field of names is one name in its natural order or "Family, Given"; that
 * of a date is EDTF or what people write ("12 May 2020"), kept as it is where it is
 * neither. */
CITECONV_API citeconv_status citeconv_record_set_text(citeconv_record *record,
                                                      const char *name, const char *text);
/* The same with CSL's markup in it, and TeX between dollar signs. */
CITECONV_API citeconv_status citeconv_record_set_markup(citeconv_record *record,
                                                        const char *name,
                                                        const char *markup);
/* One end of a range may be open.  CITECONV_USAGE also for a day that the calendar does
 * not have. */
CITECONV_API citeconv_status citeconv_record_set_date(citeconv_record *record,
                                                      const char *name,
                                                      const citeconv_date *date);
/* Puts one name behind those that are there.  CITECONV_USAGE also for a name that has
 * neither a family name nor a literal, or parts beside a literal. */
CITECONV_API citeconv_status citeconv_record_add_name(citeconv_record *record,
                                                      const char *name,
                                                      const citeconv_name *person);
/* One more field of that name, for those that repeat ("keyword"). */
CITECONV_API citeconv_status citeconv_record_add_text(citeconv_record *record,
                                                      const char *name, const char *text);
/* A field that CSL has no word for: formats that have the tag write it, and those that
 * carry do. */
CITECONV_API citeconv_status citeconv_record_add_other(citeconv_record *record,
                                                       const char *tag, const char *text);
/* Takes away all fields of that name, "other" too; how many there were. */
CITECONV_API size_t citeconv_record_remove(citeconv_record *record, const char *name);

/* --- Reading ----------------------------------------------------------------------- */

/* At most `size` bytes to `to`, at least one: how many, 0 at the end, -1 on failure. */
typedef ptrdiff_t citeconv_read_function(void *context, char *to, size_t size);

/* Each opens an input.  `format` is a name, or NULL to tell it by the content, for which
 * the first 16 KB are read at once, or what comes of a file before a pause; a function is
 * asked until it has given so many or the end.  `name` is what messages call the input;
 * NULL is "input".  *reader is NULL unless all went well.  CITECONV_UNKNOWN: there is no
 * such format, or no format knows this; CITECONV_IO. */
CITECONV_API citeconv_status citeconv_reader_open_file(citeconv_reader **reader,
                                                       const char *format,
                                                       const char *path,
                                                       const citeconv_options *options);
/* A descriptor that blocks; it stays the caller's and is not closed.  More is read from
 * it than is used. */
CITECONV_API citeconv_status citeconv_reader_open_fd(citeconv_reader **reader,
                                                     const char *format, int fd,
                                                     const char *name,
                                                     const citeconv_options *options);
/* The bytes stay the caller's and outlive the reader. */
CITECONV_API citeconv_status citeconv_reader_open_memory(citeconv_reader **reader,
                                                         const char *format,
                                                         const void *data, size_t size,
                                                         const char *name,
                                                         const citeconv_options *options);
/* The function is called until it gives 0 or -1. */
CITECONV_API citeconv_status citeconv_reader_open_function(
    citeconv_reader **reader, const char *format, citeconv_read_function *read,
    void *context, const char *name, const citeconv_options *options);
CITECONV_API void citeconv_reader_close(citeconv_reader *reader);
/* The format that is read; "" for an empty input of a format that was not named. */
CITECONV_API const char *citeconv_reader_format(const citeconv_reader *reader);
/* Makes `record` the next one, which then stands alone: the reader may be closed.  One
 * that is thrown away is reported and passed over, and so is what stands between records,
 * comments and macros.  Values of BibTeX come with their macros expanded, and records
 * with what they inherit (crossref, xdata), for which they may have to wait for one
 * another, in memory up to the option "memory"; with "resolve" no they come as they
 * stand. CITECONV_END; CITECONV_IO, where what was read before holds good. */
CITECONV_API citeconv_status citeconv_reader_next(citeconv_reader *reader,
                                                  citeconv_record *record);
/* Records that were read, and thrown away, so far. */
CITECONV_API size_t citeconv_reader_records(const citeconv_reader *reader);
CITECONV_API size_t citeconv_reader_skipped(const citeconv_reader *reader);

/* --- Writing ----------------------------------------------------------------------- */

/* Takes all of the bytes: 0, or anything else on failure, which ends the output. */
typedef int citeconv_write_function(void *context, const char *data, size_t size);

/* Each opens an output in a format, which for a file may be NULL: told by its suffix.
 * *writer is NULL unless all went well.  CITECONV_UNKNOWN: there is no such format or
 * style; CITECONV_USAGE: a style is set, and the format is no reference list;
 * CITECONV_IO.
 */
/* The file appears, or is replaced, whole, when the writer is closed. */
CITECONV_API citeconv_status citeconv_writer_open_file(citeconv_writer **writer,
                                                       const char *format,
                                                       const char *path,
                                                       const citeconv_options *options);
/* A descriptor that blocks; it stays the caller's and is not closed. */
CITECONV_API citeconv_status citeconv_writer_open_fd(citeconv_writer **writer,
                                                     const char *format, int fd,
                                                     const citeconv_options *options);
/* When the writer is closed, *data is all that was written, with a NUL behind its *size
 * bytes, and the caller's to citeconv_free; NULL where it failed. */
CITECONV_API citeconv_status citeconv_writer_open_memory(citeconv_writer **writer,
                                                         const char *format, char **data,
                                                         size_t *size,
                                                         const citeconv_options *options);
CITECONV_API citeconv_status citeconv_writer_open_function(
    citeconv_writer **writer, const char *format, citeconv_write_function *write,
    void *context, const citeconv_options *options);
/* Writes a record, through the stages of the options; some of them hold records until the
 * end.  What the format has no word for is reported.  A record counts as its fields say,
 * not as its source spelled them; citeconv_convert keeps the spelling where input and
 * output are of one family.  CITECONV_IO: the output failed, and takes nothing more. */
CITECONV_API citeconv_status citeconv_writer_write(citeconv_writer *writer,
                                                   const citeconv_record *record);
/* Writes what is held, ends the output and frees the writer.  CITECONV_IO: something
 * failed, now or before, and a file is as it was before. */
CITECONV_API citeconv_status citeconv_writer_close(citeconv_writer *writer);
/* Frees the writer and leaves a file as it was before. */
CITECONV_API void citeconv_writer_abandon(citeconv_writer *writer);

/* --- Whole conversions ------------------------------------------------------------- */

/* All that is left of the input goes to the output, through the stages of the writer's
 * options, which hold for all but how bytes are read.  Neither was used for anything yet.
 * Both are still to be closed.  CITECONV_LOST, CITECONV_IO; CITECONV_USAGE where one was
 * used. */
CITECONV_API citeconv_status citeconv_convert(citeconv_reader *reader,
                                              citeconv_writer *writer);
/* From file to file: opens, converts, and closes.  `from` and `to` may be NULL.  The
 * output may be the input's own file. */
CITECONV_API citeconv_status citeconv_convert_file(const char *from, const char *in,
                                                   const char *to, const char *out,
                                                   const citeconv_options *options);
/* From memory to memory, as citeconv_reader_open_memory and citeconv_writer_open_memory
 * have it.  `from` may be NULL. */
CITECONV_API citeconv_status citeconv_convert_memory(const char *from, const void *data,
                                                     size_t size, const char *to,
                                                     char **out, size_t *out_size,
                                                     const citeconv_options *options);

/* --- Citations and bibliographies -------------------------------------------------- */

/* A citation style by its name ("apa-like", "apa"), its id (a URI), or a path; in the
 * language `locale` ("de-DE"), or its own where that is NULL.  The options are for their
 * listener.  CITECONV_UNKNOWN: there is none, or nothing can be made of it. */
CITECONV_API citeconv_status citeconv_style_open(citeconv_style **style, const char *name,
                                                 const char *locale,
                                                 const citeconv_options *options);
CITECONV_API void citeconv_style_close(citeconv_style *style);
CITECONV_API const char *citeconv_style_title(const citeconv_style *style);
/* Whether its citations are footnotes. */
CITECONV_API bool citeconv_style_is_note(const citeconv_style *style);

/* What cites and lists.  Add the records, then cite, then ask for the texts: with the
 * first text numbers, order and what tells works apart are settled, and nothing can be
 * added any more. */
CITECONV_API citeconv_document *citeconv_document_open(const citeconv_style *style);
CITECONV_API void citeconv_document_close(citeconv_document *document);
/* Adds a work, of which all that is needed is copied, and tells its number, from 0.
 * CITECONV_USAGE: texts were asked for already. */
CITECONV_API citeconv_status citeconv_document_add(citeconv_document *document,
                                                   const citeconv_record *record,
                                                   size_t *work);

/* One work in a citation.  Texts may be NULL. */
typedef struct citeconv_cite {
    size_t work;
    const char *locator, *label; /* "12-15", "page" */
    const char *prefix, *suffix; /* with CSL's markup */
    bool suppress_author, author_only;
} citeconv_cite;

/* Cites works together, in the order of the document; `note` is the number of the
 * footnote it stands in, 0 in the text.  Tells the citation's number, from 0.
 * CITECONV_USAGE: texts were asked for already, or there is no such work. */
CITECONV_API citeconv_status citeconv_document_cite(citeconv_document *document,
                                                    const citeconv_cite *cites,
                                                    size_t count, size_t note,
                                                    size_t *citation);

typedef enum citeconv_output { CITECONV_PLAIN, CITECONV_HTML } citeconv_output;

/* The texts live until the next is asked for.  HTML is a fragment, with what it needs
 * escaped.  NULL: there is no such citation or entry. */
CITECONV_API const char *citeconv_document_citation(citeconv_document *document,
                                                    size_t citation,
                                                    citeconv_output output);
/* How many entries the bibliography has. */
CITECONV_API size_t citeconv_document_entries(citeconv_document *document);
/* The entries in their order, from 0, which they are to be asked for in: one may leave
 * out what the one before says.  "" where the style prints nothing for the work, whose
 * number `work` is told; it may be NULL. */
CITECONV_API const char *citeconv_document_entry(citeconv_document *document,
                                                 size_t entry, citeconv_output output,
                                                 size_t *work);

#ifdef __cplusplus
}
#endif

#endif
