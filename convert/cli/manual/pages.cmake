# SPDX-License-Identifier: MIT
# The manual: pages as they stand, and pages with tables of the formats inside, which a
# program of the build puts there.

add_executable(citeconv-manual convert/cli/manual/manual.c)
target_link_libraries(citeconv-manual PRIVATE rooms)

file(GLOB pages CONFIGURE_DEPENDS RELATIVE ${PROJECT_SOURCE_DIR} convert/cli/manual/*.[57])
foreach(page IN LISTS pages)
  get_filename_component(name ${page} NAME)
  set(made ${PROJECT_BINARY_DIR}/man/${name})
  add_custom_command(OUTPUT ${made}
    COMMAND ${CMAKE_COMMAND} -E make_directory ${PROJECT_BINARY_DIR}/man
    COMMAND citeconv-manual ${PROJECT_SOURCE_DIR}/${page} ${made}
    DEPENDS citeconv-manual ${page}
    VERBATIM
    COMMENT "Making the manual's page ${name}")
  list(APPEND made_pages ${made})
  string(REGEX REPLACE ".*\\." "" section ${name})
  install(FILES ${made} DESTINATION ${CMAKE_INSTALL_MANDIR}/man${section}
          COMPONENT program)
endforeach()
add_custom_target(manual ALL DEPENDS ${made_pages})
install(FILES convert/cli/citeconv.1 DESTINATION ${CMAKE_INSTALL_MANDIR}/man1
        COMPONENT program)
