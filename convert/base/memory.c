/* SPDX-License-Identifier: MIT
 * Checked allocation; see memory.h. */
#include "convert/base/memory.h"

#include <stdint.h>
#include <stdlib.h>

void *memory_alloc(size_t size)
{
    void *memory = malloc(size > 0 ? size : 1);
    if (memory == NULL)
        memory_exhausted();
    return memory;
}

void *memory_zeroed(size_t count, size_t size)
{
    void *memory = calloc(count > 0 ? count : 1, size > 0 ? size : 1);
    if (memory == NULL)
        memory_exhausted();
    return memory;
}

void *memory_resize(void *old, size_t size)
{
    void *memory = realloc(old, size > 0 ? size : 1);
    if (memory == NULL)
        memory_exhausted();
    return memory;
}

size_t memory_grown(size_t capacity, size_t need)
{
    size_t grown = capacity > 0 ? capacity : 64;
    while (grown < need) {
        if (grown > SIZE_MAX / 2)
            memory_exhausted();
        grown *= 2;
    }
    return grown;
}
