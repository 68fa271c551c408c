# SPDX-License-Identifier: MIT
# Between installing and packing: manual pages and changelogs as Debian has them, with no
# name and time inside so that the same sources make the same bytes.
file(GLOB_RECURSE papers ${CPACK_TEMPORARY_INSTALL_DIRECTORY}/*)
list(FILTER papers INCLUDE REGEX "/man/man[1-9]/[^/]*\\.[1-9]$|/doc/[^/]*/changelog[^/]*$")
list(FILTER papers EXCLUDE REGEX "\\.gz$")
foreach(paper IN LISTS papers)
  execute_process(COMMAND gzip -9nf ${paper} COMMAND_ERROR_IS_FATAL ANY)
endforeach()
