/* SPDX-License-Identifier: MIT
 * From the rooms' messages to the caller's listener. */
#include "convert/library/state.h"

/* Texts are copied one behind the other; only then, when they no longer move, are there
 * pointers to them. */
static size_t put(Buf *texts, Str s)
{
    size_t at = texts->size;
    if (s.size > 0)
        buf_add(texts, s);
    buf_add_byte(texts, '\0');
    return at;
}

static void hear(void *context, const Message *message)
{
    Voice *voice = context;
    const citeconv_options *options = voice->options;
    citeconv_level level = (citeconv_level)message->level;
    if (options->listener == NULL || level < options->least)
        return;
    buf_clear(&voice->texts);
    size_t file = put(&voice->texts, message->at.file);
    size_t key = put(&voice->texts, message->key);
    size_t field = put(&voice->texts, message->field);
    size_t text = put(&voice->texts, message->text);
    const char *texts = voice->texts.data;
    bool placed = message->at.file.size > 0;
    options->listener(options->context,
                      &(citeconv_message){.level = level,
                                          .id = message->id,
                                          .file = texts + file,
                                          .line = placed ? message->at.line : 0,
                                          .column = placed ? message->at.col : 0,
                                          .key = texts + key,
                                          .field = texts + field,
                                          .text = texts + text});
}

/* Nothing is ever written: no level is high enough. */
void voice_open(Voice *voice, const citeconv_options *options)
{
    *voice = (Voice){.options = options, .diag = {.fd = -1, .least = LEVEL_COUNT}};
    if (options == NULL)
        voice->options = voice->own = citeconv_options_new();
    if (voice->options->listener != NULL) {
        voice->diag.listener = hear;
        voice->diag.context = voice;
    }
}

void voice_close(Voice *voice)
{
    citeconv_options_free(voice->own);
    buf_free(&voice->texts);
    diag_free(&voice->diag);
}
