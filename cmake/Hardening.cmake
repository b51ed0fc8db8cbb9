# SPDX-License-Identifier: MPL-2.0
# Flags that every target of ours is built with; nothing here is meant for a library's headers.
add_library(recipient_guard_flags INTERFACE)
target_compile_options(recipient_guard_flags INTERFACE
  -Wall -Wextra -Wpedantic -Wshadow -Wconversion -Wnon-virtual-dtor -Wold-style-cast
  -fstack-protector-strong
  # GCC 12 sees an overlap in `"text" + string` that is not there (GCC bug 105651).
  $<$<CXX_COMPILER_ID:GNU>:-Wno-restrict>
  # Tables that are made at compile time take more steps than Clang allows by itself.
  $<$<CXX_COMPILER_ID:Clang>:-fconstexpr-steps=10000000>)
if(RECIPIENT_GUARD_SANITIZE)
  target_compile_options(recipient_guard_flags INTERFACE
    -fsanitize=address,undefined -fno-sanitize-recover=all -fno-omit-frame-pointer)
  target_link_options(recipient_guard_flags INTERFACE -fsanitize=address,undefined)
  if(RECIPIENT_GUARD_FUZZ)
    # Clang 14 cannot put its mark of a function's type before a coroutine. To watch every comparison
    # takes a quarter of a run's time; the words of tests/fuzz/seeds.js stand for what it would learn.
    target_compile_options(recipient_guard_flags INTERFACE
      -fsanitize=fuzzer-no-link -fno-sanitize-coverage=trace-cmp -fno-sanitize=function
      -fsanitize-coverage-ignorelist=${PROJECT_SOURCE_DIR}/tests/fuzz/unguided.txt)
  endif()
else()
  target_compile_options(recipient_guard_flags INTERFACE
    $<$<CONFIG:Release,RelWithDebInfo>:-U_FORTIFY_SOURCE -D_FORTIFY_SOURCE=2>)
  target_link_options(recipient_guard_flags INTERFACE -Wl,-z,relro,-z,now)
endif()
