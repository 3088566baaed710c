# A room is a folder and a library target: sim/kernel is the target sim-kernel.

# shakedown_room(sim/world USES sim/kernel sim/platform LINKS Some::Library)
#
# USES names rooms declared earlier, so the graph has no cycle by construction. LINKS names external
# libraries; they stay private to the room. A folder without sources, or not there yet, is an
# interface library that passes its uses on. A file named main.cpp is a program, not part of a room.
#
# A room with QT has classes, or resources, that Qt's compilers must see.
#
# A room that is a MODULE is linked to nothing: programs load it while they run, from the top of the
# build folder, and what it uses of other rooms it finds in them. LOADED_BY is the room that does.
function(shakedown_room room)
    cmake_parse_arguments(PARSE_ARGV 1 ARG "MODULE;QT" "LOADED_BY" "USES;LINKS")
    if(ARG_UNPARSED_ARGUMENTS)
        message(FATAL_ERROR "shakedown_room(${room}): what is '${ARG_UNPARSED_ARGUMENTS}'?")
    endif()
    get_property(rooms GLOBAL PROPERTY SHAKEDOWN_ROOMS)
    if(room IN_LIST rooms)
        message(FATAL_ERROR "Room ${room} is declared twice")
    endif()
    foreach(used IN LISTS ARG_USES)
        if(NOT used IN_LIST rooms)
            message(FATAL_ERROR "Room ${room} uses ${used}, which is not declared before it. "
                                "Arrows point to rooms further up in the table.")
        endif()
    endforeach()

    file(GLOB sources CONFIGURE_DEPENDS "${PROJECT_SOURCE_DIR}/${room}/*.cpp")
    list(FILTER sources EXCLUDE REGEX "/main\\.cpp$")
    shakedown_target_of(target ${room})
    if(ARG_MODULE)
        add_library(${target} MODULE ${sources})
        set_target_properties(${target} PROPERTIES PREFIX ""
                              LIBRARY_OUTPUT_DIRECTORY "${PROJECT_BINARY_DIR}")
        shakedown_target_of(loader ${ARG_LOADED_BY})
        add_dependencies(${loader} ${target})
        set(own PRIVATE)
        set(foreign PRIVATE)
    elseif(sources)
        add_library(${target} STATIC ${sources})
        set(own PUBLIC)
        set(foreign PRIVATE)
    else()
        add_library(${target} INTERFACE)
        set(own INTERFACE)
        set(foreign INTERFACE)
    endif()
    target_include_directories(${target} ${own} "${PROJECT_SOURCE_DIR}")
    if(ARG_QT)
        file(GLOB headers CONFIGURE_DEPENDS "${PROJECT_SOURCE_DIR}/${room}/*.hpp"
             "${PROJECT_SOURCE_DIR}/${room}/*.qrc")
        target_sources(${target} PRIVATE ${headers})
        set_target_properties(${target} PROPERTIES AUTOMOC ON AUTORCC ON)
        # `emit` and `slots` are words that others use; only the headers of QCustomPlot and QScintilla need them.
        if(NOT ARG_LINKS MATCHES "QCustomPlot|QScintilla")
            target_compile_definitions(${target} PRIVATE QT_NO_KEYWORDS)
        endif()
    endif()
    foreach(used IN LISTS ARG_USES)
        if(NOT ARG_MODULE)
            shakedown_target_of(used_target ${used})
            target_link_libraries(${target} ${own} ${used_target})
        endif()
    endforeach()
    target_link_libraries(${target} ${foreign} ${ARG_LINKS})

    list(JOIN ARG_USES " " uses)
    set_property(GLOBAL APPEND PROPERTY SHAKEDOWN_ROOMS ${room})
    set_property(GLOBAL APPEND_STRING PROPERTY SHAKEDOWN_ROOM_TABLE "${room}: ${uses}\n")
    set_property(GLOBAL APPEND PROPERTY SHAKEDOWN_ROOM_LIBRARIES ${ARG_LINKS})
endfunction()

# shakedown_target_of(out sim/kernel) sets out to sim-kernel.
function(shakedown_target_of out room)
    string(REPLACE "/" "-" target ${room})
    set(${out} ${target} PARENT_SCOPE)
endfunction()

# Writes the table, a line "room: used used" each, for the tidy test.
function(shakedown_write_room_table file)
    get_property(table GLOBAL PROPERTY SHAKEDOWN_ROOM_TABLE)
    file(CONFIGURE OUTPUT "${file}" CONTENT "${table}" @ONLY)
endfunction()

# shakedown_program(shakedown cli) builds the program from cli/main.cpp and the room cli, and puts
# it at the top of the build folder.
function(shakedown_program name room)
    cmake_parse_arguments(PARSE_ARGV 2 ARG "" "" "LINKS")
    set(main "${PROJECT_SOURCE_DIR}/${room}/main.cpp")
    file(GLOB found CONFIGURE_DEPENDS "${main}")
    if(NOT found)
        return()
    endif()
    shakedown_target_of(target ${room})
    add_executable(${name} "${main}")
    target_link_libraries(${name} PRIVATE ${target} CLI11::CLI11 fmt::fmt spdlog::spdlog
                          ${ARG_LINKS})
    set_target_properties(${name} PROPERTIES RUNTIME_OUTPUT_DIRECTORY "${PROJECT_BINARY_DIR}")
endfunction()

# Every header compiles alone. A header with a source beside it is proven by that source, which
# includes it first (tests/tidy sees to that), where each is compiled by itself (preset debug); any
# other gets a file that includes only it.
function(shakedown_check_headers)
    get_property(rooms GLOBAL PROPERTY SHAKEDOWN_ROOMS)
    get_property(libraries GLOBAL PROPERTY SHAKEDOWN_ROOM_LIBRARIES)
    list(REMOVE_DUPLICATES libraries)
    set(checks "")
    foreach(room IN LISTS rooms)
        file(GLOB headers CONFIGURE_DEPENDS RELATIVE "${PROJECT_SOURCE_DIR}"
             "${PROJECT_SOURCE_DIR}/${room}/*.hpp")
        foreach(header IN LISTS headers)
            string(REGEX REPLACE "\\.hpp$" ".cpp" source "${header}")
            if(NOT EXISTS "${PROJECT_SOURCE_DIR}/${source}")
                set(check "${PROJECT_BINARY_DIR}/header-check/${source}")
                file(CONFIGURE OUTPUT "${check}" CONTENT "#include \"${header}\"\n" @ONLY)
                list(APPEND checks "${check}")
            endif()
        endforeach()
    endforeach()
    if(checks AND NOT SHAKEDOWN_SANITIZE)
        add_library(header-check OBJECT ${checks})
        target_include_directories(header-check PRIVATE "${PROJECT_SOURCE_DIR}")
        target_link_libraries(header-check PRIVATE ${libraries})
        target_compile_options(header-check PRIVATE -O0 -g0)
        set_target_properties(header-check PROPERTIES UNITY_BUILD OFF) # each by itself
    endif()
endfunction()
