# The language, the warnings and the hardening that hold for every target of ours.
set(CMAKE_CXX_STANDARD 20)
set(CMAKE_CXX_STANDARD_REQUIRED ON)
set(CMAKE_CXX_EXTENSIONS OFF)
set(CMAKE_POSITION_INDEPENDENT_CODE ON)
set(CMAKE_EXPORT_COMPILE_COMMANDS ON)
if(NOT CMAKE_BUILD_TYPE)
  set(CMAKE_BUILD_TYPE Release)
endif()

find_program(CASEPACK_CCACHE ccache)
if(CASEPACK_CCACHE)
  set(CMAKE_C_COMPILER_LAUNCHER ${CASEPACK_CCACHE})
  set(CMAKE_CXX_COMPILER_LAUNCHER ${CASEPACK_CCACHE})
endif()

if(CASEPACK_SANITIZE)
  add_compile_options(-fsanitize=${CASEPACK_SANITIZE} -fno-sanitize-recover=all -fno-omit-frame-pointer)
  add_link_options(-fsanitize=${CASEPACK_SANITIZE})
endif()

# Ours only: the dependencies are built with their own ideas of a warning.
add_library(casepack_flags INTERFACE)
target_compile_options(casepack_flags INTERFACE
  -Wall -Wextra -Wpedantic -Wshadow -Wconversion -Werror
  -ffunction-sections -fdata-sections -fstack-protector-strong)
if(CMAKE_CXX_COMPILER_ID STREQUAL "GNU" AND CMAKE_CXX_COMPILER_VERSION VERSION_LESS 13)
  # GCC 12 sees overlaps in std::string that are not there (gcc.gnu.org/PR105651).
  target_compile_options(casepack_flags INTERFACE -Wno-restrict)
endif()
if(NOT CASEPACK_SANITIZE AND CMAKE_BUILD_TYPE STREQUAL "Release")
  target_compile_definitions(casepack_flags INTERFACE _FORTIFY_SOURCE=2)
endif()
target_include_directories(casepack_flags INTERFACE ${PROJECT_SOURCE_DIR})

# A finished program: small, and in the release one file that needs nothing.
# Linker warnings are fatal: glibc warns where a static binary would load a shared
# library after all (name services, iconv, dlopen).
function(casepack_program target)
  target_link_options(${target} PRIVATE -Wl,--gc-sections $<$<CONFIG:Release>:-s>)
  if(CASEPACK_STATIC)
    target_link_options(${target} PRIVATE -static-pie -Wl,-z,relro,-z,now -Wl,--fatal-warnings)
    target_sources(${target} PRIVATE $<TARGET_OBJECTS:casepack_no_name_service>)
    target_link_libraries(${target} PRIVATE casepack_no_name_service)
  endif()
endfunction()
