# External libraries. script/setup installs them; the table of rooms says who may link them.

find_package(Threads REQUIRED)
find_package(Boost 1.74 REQUIRED) # headers only
find_package(yaml-cpp REQUIRED)
find_package(nlohmann_json REQUIRED)
find_package(CLI11 REQUIRED)
find_package(fmt REQUIRED)
find_package(spdlog REQUIRED)
find_package(ZLIB REQUIRED)
find_package(OpenSSL 3.0 REQUIRED)
find_package(SQLite3 REQUIRED)

# SimGrid ships no CMake package.
find_package(PkgConfig REQUIRED)
pkg_check_modules(simgrid REQUIRED IMPORTED_TARGET simgrid)
# Nor does libmnl.
pkg_check_modules(mnl REQUIRED IMPORTED_TARGET libmnl)

# The desktop app. QScintilla ships no CMake package.
find_package(Qt6 6.4 REQUIRED COMPONENTS Core Gui Widgets PrintSupport Svg Test)
find_package(QCustomPlotQt6 REQUIRED)
find_library(QSCINTILLA_LIBRARY qscintilla2_qt6 REQUIRED)
mark_as_advanced(QSCINTILLA_LIBRARY)
add_library(QScintilla::Qt6 UNKNOWN IMPORTED)
set_target_properties(QScintilla::Qt6 PROPERTIES IMPORTED_LOCATION "${QSCINTILLA_LIBRARY}"
                      INTERFACE_LINK_LIBRARIES Qt6::Widgets)

# Random123 is headers only and ships no CMake package.
find_path(RANDOM123_INCLUDE_DIR Random123/philox.h REQUIRED)
mark_as_advanced(RANDOM123_INCLUDE_DIR)
add_library(Random123::Random123 INTERFACE IMPORTED)
target_include_directories(Random123::Random123 SYSTEM INTERFACE "${RANDOM123_INCLUDE_DIR}")

if(SHAKEDOWN_TESTS)
    find_package(Catch2 2.13 REQUIRED)
    include(Catch)
endif()
