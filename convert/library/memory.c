/* SPDX-License-Identifier: MIT
 * The end of memory in somebody else's process; see citeconv.h.  In the library this
 * stands for base/exhausted.c.
 *
 * The hook is all the state that the process as a whole has: where memory ends there is
 * no object at hand, and no way to one that would not need care in each room. */
#include "convert/base/memory.h"
#include "convert/citeconv.h"

#include <stdatomic.h>
#include <stdlib.h>

typedef void Hook(void *context);

static _Atomic(Hook *) hook;
static _Atomic(void *) hook_context;

void citeconv_on_no_memory(void (*given)(void *context), void *context)
{
    atomic_store(&hook, NULL);
    atomic_store(&hook_context, context);
    atomic_store(&hook, given);
}

_Noreturn void memory_exhausted(void)
{
    Hook *given = atomic_load(&hook);
    if (given != NULL)
        given(atomic_load(&hook_context));
    abort();
}

void citeconv_free(void *memory)
{
    free(memory);
}
