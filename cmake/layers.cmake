# One folder = one layer = one namespace = one target. casepack_layer(NAME LIBRARIES...)
# takes every source in the folder; a file whose name ends in _posix, _linux or _windows
# only where it belongs.
function(casepack_layer name)
  file(GLOB sources CONFIGURE_DEPENDS ${CMAKE_CURRENT_SOURCE_DIR}/*.cc)
  list(FILTER sources EXCLUDE REGEX "/main\\.cc$")
  if(WIN32)
    list(FILTER sources EXCLUDE REGEX "_(posix|linux)\\.cc$")
  else()
    list(FILTER sources EXCLUDE REGEX "_windows\\.cc$")
  endif()
  if(NOT sources)
    file(TOUCH ${CMAKE_CURRENT_BINARY_DIR}/empty.cc)
    set(sources ${CMAKE_CURRENT_BINARY_DIR}/empty.cc)
  endif()
  add_library(${name} STATIC ${sources})
  target_link_libraries(${name} PUBLIC casepack_flags ${ARGN})
endfunction()

# casepack_layer_tests(NAME): every tests/NAME/*.cc in one program, one CTest case
# for each of its cases.
include(GoogleTest)
function(casepack_layer_tests name)
  file(GLOB sources CONFIGURE_DEPENDS ${CMAKE_CURRENT_SOURCE_DIR}/${name}/*.cc)
  if(NOT sources)
    return()
  endif()
  add_executable(${name}_tests ${sources})
  # What is tested is optimised; the tests themselves only cost time.
  target_compile_options(${name}_tests PRIVATE $<$<CONFIG:Release>:-O1>)
  target_link_libraries(${name}_tests PRIVATE ${name} casepack_test_support GTest::gtest_main ${ARGN})
  target_compile_definitions(${name}_tests PRIVATE
    CASEPACK_SOURCE_DIR="${PROJECT_SOURCE_DIR}" CASEPACK_BINARY="$<TARGET_FILE:casepack>")
  gtest_discover_tests(${name}_tests TEST_PREFIX ${name}/ DISCOVERY_TIMEOUT 60 PROPERTIES TIMEOUT 120)
endfunction()
