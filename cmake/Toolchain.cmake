# How every file is compiled.

set(CMAKE_CXX_STANDARD 20)
set(CMAKE_CXX_STANDARD_REQUIRED ON)
set(CMAKE_CXX_EXTENSIONS OFF)
set(CMAKE_EXPORT_COMPILE_COMMANDS ON)

if(NOT CMAKE_BUILD_TYPE)
    set(CMAKE_BUILD_TYPE Release CACHE STRING "Build type" FORCE)
endif()

# Portable -O2, without debug information: as fast as -march=native for this code, and quick to
# link. NDEBUG silences only assert() in libraries; our own require() stays on in every build.
set(CMAKE_CXX_FLAGS_RELEASE "-O2 -DNDEBUG")

add_compile_options(-Wall -Wextra -Wpedantic -Wshadow)
if(CMAKE_CXX_COMPILER_ID STREQUAL "GNU" AND CMAKE_CXX_COMPILER_VERSION VERSION_LESS 13)
    add_compile_options(-Wno-restrict) # GCC 12 warns wrongly about std::string operator+ (PR105651)
endif()
if(SHAKEDOWN_WERROR)
    add_compile_options(-Werror)
endif()

# A fused multiply-add rounds once where two operations round twice, so its use, which differs
# between build types, would change results. Equal scenarios must give equal digests.
add_compile_options(-ffp-contract=off)

if(SHAKEDOWN_SANITIZE)
    add_compile_options(-fsanitize=${SHAKEDOWN_SANITIZE} -fno-sanitize-recover=all
                        -fno-omit-frame-pointer -Wno-maybe-uninitialized)
    add_link_options(-fsanitize=${SHAKEDOWN_SANITIZE})
endif()
if(SHAKEDOWN_SANITIZE OR CMAKE_BUILD_TYPE STREQUAL "Debug")
    add_compile_definitions(_GLIBCXX_ASSERTIONS)
endif()
add_compile_definitions(SHAKEDOWN_VERSION="${PROJECT_VERSION}")

# Programs load the modules that stand beside them (suites and benches: above them), and let them use
# what is in the program. Of the two kinds of search path the older: of the newer a sanitizer, which
# stands between the program and dlopen, makes nothing.
set(CMAKE_ENABLE_EXPORTS ON)
set(CMAKE_BUILD_RPATH "$ORIGIN" "$ORIGIN/.." "$ORIGIN/../..")
add_link_options(-Wl,--disable-new-dtags)

find_program(CCACHE ccache)
mark_as_advanced(CCACHE)
if(CCACHE AND NOT CMAKE_CXX_COMPILER_LAUNCHER)
    # The sloppiness and -fpch-preprocess are what ccache asks for with precompiled headers.
    set(CMAKE_CXX_COMPILER_LAUNCHER "${CMAKE_COMMAND}" -E env
        CCACHE_SLOPPINESS=pch_defines,time_macros "${CCACHE}")
    if(CMAKE_CXX_COMPILER_ID STREQUAL "GNU")
        add_compile_options(-fpch-preprocess)
    endif()
endif()
