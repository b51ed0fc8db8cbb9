# SPDX-License-Identifier: MPL-2.0
# Flags that every target of ours is built with; nothing here is meant for a library's headers.
add_library(recipient_guard_flags INTERFACE)
target_compile_options(recipient_guard_flags INTERFACE
  -Wall -Wextra -Wpedantic -Wshadow -Wconversion -Wnon-virtual-dtor -Wold-style-cast
  -fstack-protector-strong
  # GCC 12 sees an overlap in `"text" + string` that is not there (GCC bug 105651).
  $<$<CXX_COMPILER_ID:GNU>:-Wno-restrict>)
if(RECIPIENT_GUARD_SANITIZE)
  target_compile_options(recipient_guard_flags INTERFACE
    -fsanitize=address,undefined -fno-sanitize-recover=all -fno-omit-frame-pointer)
  target_link_options(recipient_guard_flags INTERFACE -fsanitize=address,undefined)
else()
  target_compile_options(recipient_guard_flags INTERFACE
    $<$<CONFIG:Release,RelWithDebInfo>:-U_FORTIFY_SOURCE -D_FORTIFY_SOURCE=2>)
  target_link_options(recipient_guard_flags INTERFACE -Wl,-z,relro,-z,now)
endif()
