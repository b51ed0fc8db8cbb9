// SPDX-License-Identifier: MPL-2.0
// What is large stands on large pages. A question to a table of 80 MB goes all over it: with pages
// of 4 KiB the processor walks the page tables for each place, and the kernel is asked for 20,000
// pages while the table is filled. Where Linux gives large pages only to those who ask ("madvise",
// beside "always" and "never" in transparent_hugepage(7)) this asks, for any room; elsewhere it
// changes nothing. An operator new, so that no table need know of it.
//
// Not under AddressSanitizer, which brings an operator new of its own.
#if defined(__linux__) && !defined(__SANITIZE_ADDRESS__)

#include <sys/mman.h>

#include <algorithm>
#include <cstdlib>
#include <new>

namespace {

constexpr std::size_t large_page = std::size_t{2} << 20U;

void* large_memory(std::size_t octets) {
  void* memory = nullptr;
  if (::posix_memalign(&memory, large_page, octets) != 0) {
    return nullptr;
  }
  // Whole ones alone: the rest takes no more memory than before. A refusal costs speed, no more.
  (void)::madvise(memory, octets / large_page * large_page, MADV_HUGEPAGE);
  return memory;
}

}  // namespace

void* operator new(std::size_t octets) {
  for (;;) {
    void* const memory = octets < 2 * large_page ? std::malloc(std::max<std::size_t>(octets, 1))
                                                 : large_memory(octets);
    if (memory != nullptr) {
      return memory;
    }
    const std::new_handler handler = std::get_new_handler();
    if (handler == nullptr) {
      throw std::bad_alloc();
    }
    handler();
  }
}

void operator delete(void* memory) noexcept {
  std::free(memory);
}

void operator delete(void* memory, std::size_t /*octets*/) noexcept {
  std::free(memory);
}

#endif
