# SPDX-License-Identifier: MIT
# Completions of the shells, which the program itself writes.

set(made ${PROJECT_BINARY_DIR}/completions)
foreach(shell bash zsh fish)
  add_custom_command(OUTPUT ${made}/${shell}
    COMMAND ${CMAKE_COMMAND} -E make_directory ${made}
    COMMAND citeconv --completion=${shell} >${made}/${shell}
    DEPENDS citeconv
    COMMENT "Making the completions of ${shell}")
  list(APPEND made_completions ${made}/${shell})
endforeach()
add_custom_target(completions ALL DEPENDS ${made_completions})

install(FILES ${made}/bash RENAME citeconv COMPONENT program
        DESTINATION ${CMAKE_INSTALL_DATADIR}/bash-completion/completions)
install(FILES ${made}/zsh RENAME _citeconv COMPONENT program
        DESTINATION ${CMAKE_INSTALL_DATADIR}/zsh/vendor-completions)
install(FILES ${made}/fish RENAME citeconv.fish COMPONENT program
        DESTINATION ${CMAKE_INSTALL_DATADIR}/fish/vendor_completions.d)
