# SPDX-License-Identifier: MIT
# Between installing and packing: what packing needs is there, since CPack makes a package
# without a dependency where dpkg-shlibdeps is not.
find_program(FILE_PROGRAM file)
find_program(SHLIBDEPS_PROGRAM dpkg-shlibdeps)
if(NOT FILE_PROGRAM OR NOT SHLIBDEPS_PROGRAM)
  message(FATAL_ERROR "Packing needs file and dpkg-shlibdeps. apt install file dpkg-dev")
endif()

# Manual pages and changelogs as Debian has them, with no name and time inside so that the
# same sources make the same bytes.
file(GLOB_RECURSE papers ${CPACK_TEMPORARY_INSTALL_DIRECTORY}/*)
list(FILTER papers INCLUDE REGEX "/man/man[1-9]/[^/]*\\.[1-9]$|/doc/[^/]*/changelog[^/]*$")
list(FILTER papers EXCLUDE REGEX "\\.gz$")
foreach(paper IN LISTS papers)
  execute_process(COMMAND gzip -9nf ${paper} COMMAND_ERROR_IS_FATAL ANY)
endforeach()
