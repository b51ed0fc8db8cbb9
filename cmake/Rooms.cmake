# SPDX-License-Identifier: MPL-2.0
# A room is a folder of native-host/src. Each is a small library that links only the rooms it may
# know, so an arrow that docs/ARCHITECTURE does not draw also fails to link.

# The templates of JSON, Asio and CLI11 are most of a build: the targets full of them are compiled
# six files at a time, which halves it. What their files keep to themselves needs names that differ.
set(full_of_templates room_audit room_commands room_messaging room_organisation room_verdict
    test_commands test_messaging test_people_store)

function(compile_together target)
  if(target IN_LIST full_of_templates)
    set_target_properties(${target} PROPERTIES UNITY_BUILD ON UNITY_BUILD_BATCH_SIZE 6)
  endif()
endfunction()

# add_room(NAME [KNOWS room...] [LIBRARIES library...])
function(add_room name)
  cmake_parse_arguments(ROOM "" "" "KNOWS;LIBRARIES" ${ARGN})
  file(GLOB_RECURSE sources CONFIGURE_DEPENDS
       ${CMAKE_CURRENT_SOURCE_DIR}/src/${name}/*.cpp ${CMAKE_CURRENT_SOURCE_DIR}/src/${name}/*.hpp)
  add_library(room_${name} STATIC ${sources})
  set_target_properties(room_${name} PROPERTIES LINKER_LANGUAGE CXX)
  target_include_directories(room_${name} PUBLIC ${CMAKE_CURRENT_SOURCE_DIR}/src)
  list(TRANSFORM ROOM_KNOWS PREPEND room_)
  target_link_libraries(room_${name} PUBLIC ${ROOM_KNOWS} PRIVATE recipient_guard_flags
                        ${ROOM_LIBRARIES})
  target_link_libraries(recipient_guard INTERFACE room_${name})
  compile_together(room_${name})
endfunction()

# A test's own code need not be fast, and sanitizers make it slow to compile: what is tested is
# optimised all the same.
if(RECIPIENT_GUARD_SANITIZE)
  set(unit_test_options -O0 -g1)
else()
  set(unit_test_options -O1 -g1)
endif()

# add_room_test(NAME [ROOMS room...] [LIBRARIES library...]): tests/unit/NAME/*.cpp as one program.
function(add_room_test name)
  cmake_parse_arguments(TEST "" "" "ROOMS;LIBRARIES" ${ARGN})
  file(GLOB_RECURSE sources CONFIGURE_DEPENDS ${CMAKE_CURRENT_SOURCE_DIR}/unit/${name}/*.cpp)
  add_executable(test_${name} ${sources})
  list(TRANSFORM TEST_ROOMS PREPEND room_)
  target_link_libraries(test_${name} PRIVATE room_${name} ${TEST_ROOMS} unit_test_main
                        recipient_guard_flags ${TEST_LIBRARIES})
  target_compile_options(test_${name} PRIVATE ${unit_test_options})
  compile_together(test_${name})
  target_compile_definitions(test_${name} PRIVATE
    RECIPIENT_GUARD_CORPUS="${PROJECT_SOURCE_DIR}/tests/corpus"
    RECIPIENT_GUARD_SOURCE="${PROJECT_SOURCE_DIR}")
  if(RECIPIENT_GUARD_SANITIZE)
    set(selection "~[large]")
  endif()
  # A million entries say nothing more under a sanitizer, and take minutes there.
  add_test(NAME unit.${name} COMMAND test_${name} ${selection})
endfunction()
