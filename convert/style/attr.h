/* SPDX-License-Identifier: MIT
 * Attributes of a style's elements. */
#ifndef CITECONV_STYLE_ATTR_H
#define CITECONV_STYLE_ATTR_H

#include "convert/style/node.h"

/* Reads one attribute into the node, or the options of the style or an area; `name` is
 * without its namespace.  False where the element takes no such attribute.  *bad says
 * that the value is none that it may have. */
bool attr_node(Arena *arena, Node *node, Str name, Str value, bool *bad);
bool attr_options(Arena *arena, NameOptions *options, Str name, Str value, bool *bad);
bool attr_style(Arena *arena, Style *style, Str name, Str value, bool *bad);

#endif
