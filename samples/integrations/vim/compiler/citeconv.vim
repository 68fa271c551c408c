" Vim: :compiler citeconv, then :make lists what is wrong with the bibliography at hand.
" SPDX-License-Identifier: MIT
if exists("current_compiler")
  finish
endif
let current_compiler = "citeconv"

CompilerSet makeprg=citeconv\ --check\ %:S
CompilerSet errorformat=
      \%f:%l:%c:\ %trror:\ %m,
      \%f:%l:%c:\ %tarning:\ %m,
      \%f:%l:%c:\ %tote:\ %m
