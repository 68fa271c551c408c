/* SPDX-License-Identifier: MIT
 * What becomes of a process whose memory ends: the hook is called, then comes abort, and
 * nothing is written.  no_memory leave: the hook leaves by longjmp. */
#include <citeconv.h>

#include <setjmp.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/resource.h>
#include <unistd.h>

static jmp_buf out;

static void hook(void *context)
{
    const char *word = context;
    if (word != NULL)
        longjmp(out, 1);
    if (write(STDOUT_FILENO, "hook\n", 5) != 5)
        _exit(9);
}

/* A string without end. */
static ptrdiff_t feed(void *context, char *to, size_t size)
{
    size_t *given = context;
    memset(to, 'x', size);
    if (*given == 0)
        memcpy(to, "[{\"title\":\"", 11);
    *given += size;
    return (ptrdiff_t)size;
}

int main(int argc, char **argv)
{
    static size_t given;
    citeconv_reader *reader;
    struct rlimit limit = {24 * 1024 * 1024, 24 * 1024 * 1024};
    citeconv_record *record = citeconv_record_new();
    citeconv_on_no_memory(hook, argc > 1 ? argv[1] : NULL);
    if (setjmp(out) != 0) {
        puts("left");
        return 0;
    }
    if (citeconv_reader_open_function(&reader, "csl-json", feed, &given, NULL, NULL) !=
            CITECONV_OK ||
        setrlimit(RLIMIT_AS, &limit) != 0)
        return 1;
    citeconv_reader_next(reader, record);
    return 2;
}
