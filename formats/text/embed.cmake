# SPDX-License-Identifier: MIT
# Writes the styles and locales of FILES (separated by "|") as arrays of C to OUTPUT.
string(REPLACE "|" ";" FILES "${FILES}")
set(bytes "")
set(rows "")
foreach(file IN LISTS FILES)
  get_filename_component(name ${file} NAME_WE)
  string(MAKE_C_IDENTIFIER ${name} symbol)
  file(READ ${file} hex HEX)
  string(LENGTH "${hex}" size)
  math(EXPR size "${size} / 2")
  string(REGEX REPLACE "([0-9a-f][0-9a-f])" "0x\\1," hex "${hex}")
  string(APPEND bytes "static const unsigned char ${symbol}[] = {${hex}};\n")
  string(APPEND rows "    {\"${name}\", ${symbol}, ${size}},\n")
endforeach()
file(WRITE ${OUTPUT}
  "/* Made by embed.cmake. */\n#include \"formats/text/library.h\"\n\n${bytes}\n"
  "const EmbeddedStyle EMBEDDED_STYLES[] = {\n${rows}    {NULL, NULL, 0},\n};\n")
