/* SPDX-License-Identifier: MIT
 * What needs no object: formats, statuses, the version; see citeconv.h. */
#include "convert/citeconv.h"
#include "formats/registry.h"

const char *citeconv_version(void)
{
    return CITECONV_VERSION;
}

const char *citeconv_status_text(citeconv_status status)
{
    switch (status) {
    case CITECONV_OK:
        return "fine";
    case CITECONV_END:
        return "no record is left";
    case CITECONV_LOST:
        return "records were thrown away, or none was found";
    case CITECONV_USAGE:
        return "what was asked makes no sense";
    case CITECONV_UNKNOWN:
        return "unknown format or style";
    case CITECONV_IO:
        return "something could not be opened, read, written or started";
    }
    return "unknown status";
}

const char *citeconv_format_name(size_t index)
{
    const Format *const *all = registry_all();
    for (size_t i = 0; i < index; i++) {
        if (all[i] == NULL)
            return NULL;
    }
    return all[index] != NULL ? all[index]->name : NULL;
}

const char *citeconv_format_title(const char *format)
{
    const Format *found = registry_find(str_from(format), ROLE_ANY);
    return found != NULL ? found->title : NULL;
}

bool citeconv_format_reads(const char *format)
{
    return registry_find(str_from(format), ROLE_READER) != NULL;
}

bool citeconv_format_writes(const char *format)
{
    return registry_find(str_from(format), ROLE_WRITER) != NULL;
}
