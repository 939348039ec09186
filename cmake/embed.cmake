# casepack_embed(OUT TEXT_VARIABLE ROOT FILES...): C++ initialisers {name, text} for each
# file, name relative to ROOT, as raw string literals; operator""sv knows their length, which
# clang would else count byte by byte and give up. A changed file configures again.
function(casepack_embed out root)
  set(rows "")
  foreach(path ${ARGN})
    set_property(DIRECTORY APPEND PROPERTY CMAKE_CONFIGURE_DEPENDS ${path})
    file(READ ${path} text)
    file(RELATIVE_PATH name ${root} ${path})
    string(APPEND rows "    {\"${name}\", R\"casepack(${text})casepack\"sv},\n")
  endforeach()
  set(${out} "${rows}" PARENT_SCOPE)
endfunction()
