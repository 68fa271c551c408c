# SPDX-License-Identifier: MIT
# Debian packages by CPack, one a component that has something to install: the program,
# and, where the project builds it, the shared library and what programs need that are
# linked with it.  Included when all install rules are known.
#
#     cmake --preset debian && cmake --build --preset debian && cpack --preset debian

set(package_program citeconv)
set(package_library libciteconv0)
set(package_dev libciteconv-dev)

# The first line of a description is the summary.
set(CPACK_PACKAGE_DESCRIPTION_SUMMARY "")
set(about "reads and writes BibTeX, BibLaTeX, RIS, CSL-JSON, MODS, EndNote,
ISI, PubMed and Word, reads the author pages of the Arrow paper search, and
makes reference lists in the styles of the Citation Style Language.  What the
target has no word for is reported with its place.")
set(CPACK_DEBIAN_PROGRAM_DESCRIPTION "converter for citations and bibliographies
citeconv ${about}")
set(CPACK_DEBIAN_LIBRARY_DESCRIPTION "converter for citations - shared library
libciteconv ${about}

This package has the shared library.")
set(CPACK_DEBIAN_DEV_DESCRIPTION "converter for citations - development files
libciteconv ${about}

This package has the header and the files for pkg-config and CMake.")

set(CPACK_DEBIAN_PROGRAM_PACKAGE_SECTION text)
set(CPACK_DEBIAN_LIBRARY_PACKAGE_SECTION libs)
set(CPACK_DEBIAN_DEV_PACKAGE_SECTION libdevel)
set(CPACK_DEBIAN_PROGRAM_PACKAGE_RECOMMENDS
    "citation-style-language-styles, citation-style-language-locales")
set(CPACK_DEBIAN_LIBRARY_PACKAGE_RECOMMENDS "${CPACK_DEBIAN_PROGRAM_PACKAGE_RECOMMENDS}")
set(CPACK_DEBIAN_LIBRARY_PACKAGE_SUGGESTS citeconv)
set(CPACK_DEBIAN_LIBRARY_PACKAGE_CONTROL_EXTRA ${CMAKE_CURRENT_LIST_DIR}/triggers)

get_cmake_property(known COMPONENTS)
set(CPACK_COMPONENTS_ALL program)
foreach(component library dev)
  if(component IN_LIST known)
    list(APPEND CPACK_COMPONENTS_ALL ${component})
  endif()
endforeach()

# Version and maintainer are the changelog's.
set(changelog ${CMAKE_CURRENT_LIST_DIR}/changelog)
set_property(DIRECTORY APPEND PROPERTY CMAKE_CONFIGURE_DEPENDS ${changelog})
file(STRINGS ${changelog} newest LIMIT_COUNT 1)
if(NOT newest MATCHES "^citeconv \\(${PROJECT_VERSION}-([0-9]+)\\) ")
  message(FATAL_ERROR "${changelog} does not begin with version ${PROJECT_VERSION}")
endif()
set(CPACK_DEBIAN_PACKAGE_RELEASE ${CMAKE_MATCH_1})
file(STRINGS ${changelog} signature REGEX "^ -- ")
list(GET signature 0 signature)
string(REGEX REPLACE "^ -- (.*>)  .*" "\\1" CPACK_PACKAGE_CONTACT "${signature}")
# The libraries' own files are what pkg-config asks for, and the static library needs them;
# the last two are libxml2's, which its package does not name.
set(CPACK_DEBIAN_DEV_PACKAGE_DEPENDS
    "libciteconv0 (= ${PROJECT_VERSION}-${CPACK_DEBIAN_PACKAGE_RELEASE}), libexpat1-dev, \
libicu-dev, libjansson-dev, libutf8proc-dev, libxml2-dev, liblzma-dev, zlib1g-dev")

# Only packages have these: a plain cmake --install leaves them out.
function(install_paper component source name)
  install(FILES ${source} RENAME ${name} COMPONENT ${component} EXCLUDE_FROM_ALL
          DESTINATION ${CMAKE_INSTALL_DATAROOTDIR}/doc/${package_${component}})
endfunction()
foreach(component IN LISTS CPACK_COMPONENTS_ALL)
  string(TOUPPER ${component} upper)
  set(CPACK_DEBIAN_${upper}_PACKAGE_NAME ${package_${component}})
  set(overrides ${CMAKE_CURRENT_LIST_DIR}/overrides)
  if(component STREQUAL library)
    string(APPEND overrides -library)
  endif()
  install(FILES ${overrides} RENAME ${package_${component}}
          COMPONENT ${component} EXCLUDE_FROM_ALL
          DESTINATION ${CMAKE_INSTALL_DATAROOTDIR}/lintian/overrides)
  install_paper(${component} ${CMAKE_CURRENT_LIST_DIR}/copyright copyright)
  install_paper(${component} ${changelog} changelog.Debian)
  install_paper(${component} ${PROJECT_SOURCE_DIR}/CHANGELOG.md changelog)
endforeach()

set(CPACK_GENERATOR DEB)
set(CPACK_DEB_COMPONENT_INSTALL ON)
set(CPACK_COMPONENTS_GROUPING IGNORE)
set(CPACK_PACKAGE_NAME citeconv)
set(CPACK_DEBIAN_FILE_NAME DEB-DEFAULT)
set(CPACK_DEBIAN_PACKAGE_PRIORITY optional)
set(CPACK_DEBIAN_PACKAGE_SHLIBDEPS ON)
set(CPACK_DEBIAN_PACKAGE_SHLIBDEPS_PRIVATE_DIRS ${PROJECT_BINARY_DIR})
set(CPACK_DEBIAN_PACKAGE_GENERATE_SHLIBS ON)
set(CPACK_DEBIAN_PACKAGE_CONTROL_STRICT_PERMISSION ON)
set(CPACK_STRIP_FILES ON)
set(CPACK_PACKAGING_INSTALL_PREFIX ${CMAKE_INSTALL_PREFIX})
set(CPACK_INSTALL_DEFAULT_DIRECTORY_PERMISSIONS
    OWNER_READ OWNER_WRITE OWNER_EXECUTE GROUP_READ GROUP_EXECUTE WORLD_READ WORLD_EXECUTE)
set(CPACK_PRE_BUILD_SCRIPTS ${CMAKE_CURRENT_LIST_DIR}/compress.cmake)
set(CPACK_VERBATIM_VARIABLES ON)
include(CPack)
