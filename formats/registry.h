/* SPDX-License-Identifier: MIT
 * Which formats there are, and which one a name means. */
#ifndef CITECONV_FORMATS_REGISTRY_H
#define CITECONV_FORMATS_REGISTRY_H

#include "formats/format.h"

/* All formats in the order of formats.def; the last pointer is NULL. */
const Format *const *registry_all(void);
/* By name or by one of its extensions, without regard to case; a reader's or writer's
 * where one is asked for.  NULL where there is none. */
typedef enum Role { ROLE_ANY, ROLE_READER, ROLE_WRITER } Role;
const Format *registry_find(Str name, Role role);
/* By the extension of a file's name; NULL where it has none that we know. */
const Format *registry_by_path(Str path, Role role);
/* An option of a format, by its name; NULL where it has none of that name. */
const Option *registry_option(const Format *format, Str name);
/* Whether the option may have that value. */
bool registry_option_takes(const Option *option, Str value);
/* The name that comes nearest to a misspelled one; NULL where none is near. */
const Format *registry_nearest(Str name, Role role);

#endif
