/* SPDX-License-Identifier: MIT
 * A program with names that the library has inside: each keeps its own, linked either
 * way. */
#include <citeconv.h>

#include <stdio.h>
#include <stdlib.h>

void str_from(void);
void buf_add(void);
void memory_alloc(void);
void record_reset(void);
void memory_exhausted(void);

void str_from(void)
{
    abort();
}

void buf_add(void)
{
    abort();
}

void memory_alloc(void)
{
    abort();
}

void record_reset(void)
{
    abort();
}

void memory_exhausted(void)
{
    abort();
}

int main(void)
{
    static const char RIS[] = "TY  - BOOK\nTI  - Piers\nID  - k\nER  - \n";
    char *text;
    size_t size;
    citeconv_status status = citeconv_convert_memory(NULL, RIS, sizeof RIS - 1,
                                                     "csl-jsonl", &text, &size, NULL);
    if (status == CITECONV_OK)
        fputs(text, stdout);
    citeconv_free(text);
    return (int)status;
}
