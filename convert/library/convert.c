/* SPDX-License-Identifier: MIT
 * Whole conversions; see citeconv.h. */
#include "convert/library/state.h"

static citeconv_status judge(citeconv_reader *reader, const citeconv_writer *writer,
                             const Tally *tally, Place begun_at, bool blank)
{
    const Diag *heard[] = {&reader->voice.diag, &writer->voice.diag};
    bool lost = false;
    if (tally->failed || source_failed(reader->in) || sink_failed(writer->out))
        return CITECONV_IO;
    for (size_t i = 0; i < 2; i++) {
        if (heard[i]->world_failed)
            return CITECONV_IO;
        lost = lost || heard[i]->counts[LEVEL_ERROR] > 0;
    }
    if (!blank && tally->records + tally->skipped + tally->empty == 0) {
        diag_report(&reader->voice.diag, LEVEL_ERROR, "no-records",
                    (Place){.file = begun_at.file},
                    "no record found in the input, read as %s", reader->from->name);
        lost = true;
    }
    return lost ? CITECONV_LOST : CITECONV_OK;
}

citeconv_status citeconv_convert(citeconv_reader *reader, citeconv_writer *writer)
{
    if (reader->used || writer->used)
        return CITECONV_USAGE;
    Place begun_at = source_place(reader->in);
    bool blank = !source_skip_blank(reader->in);
    reader->used = writer->used = reader->ended = true;
    Job job = {.from = reader->from,
               .to = writer->to,
               .in = reader->in,
               .out = writer->out,
               .diag = &writer->voice.diag,
               .opt = &writer->opt,
               .plan = &writer->plan};
    Tally tally = convert_run(&job);
    reader->records = tally.records;
    reader->skipped = tally.skipped;
    citeconv_status status = judge(reader, writer, &tally, begun_at, blank);
    writer->broken = status == CITECONV_IO;
    return status;
}

/* Closes both; the worse of the two statuses. */
static citeconv_status finish(citeconv_reader *in, citeconv_writer *out)
{
    citeconv_status status = citeconv_convert(in, out);
    citeconv_reader_close(in);
    citeconv_status closed = citeconv_writer_close(out);
    return closed < CITECONV_OK ? closed : status;
}

citeconv_status citeconv_convert_file(const char *from, const char *in, const char *to,
                                      const char *out, const citeconv_options *options)
{
    citeconv_reader *reader;
    citeconv_writer *writer;
    citeconv_status status = citeconv_reader_open_file(&reader, from, in, options);
    if (status != CITECONV_OK)
        return status;
    status = citeconv_writer_open_file(&writer, to, out, options);
    if (status == CITECONV_OK)
        return finish(reader, writer);
    citeconv_reader_close(reader);
    return status;
}

citeconv_status citeconv_convert_memory(const char *from, const void *data, size_t size,
                                        const char *to, char **out, size_t *out_size,
                                        const citeconv_options *options)
{
    citeconv_reader *reader;
    citeconv_writer *writer;
    *out = NULL;
    *out_size = 0;
    citeconv_status status =
        citeconv_reader_open_memory(&reader, from, data, size, NULL, options);
    if (status != CITECONV_OK)
        return status;
    status = citeconv_writer_open_memory(&writer, to, out, out_size, options);
    if (status == CITECONV_OK)
        return finish(reader, writer);
    citeconv_reader_close(reader);
    return status;
}
