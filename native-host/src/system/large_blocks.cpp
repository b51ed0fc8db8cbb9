// SPDX-License-Identifier: MPL-2.0
// Where a large table lies in memory: operator new, so that no table need know of it.
//
// What is looked up in tables of many megabytes lies all over them, and the processor remembers
// where some 2,000 pages are. Of 4 KiB these are far fewer than the tables have, so that each look
// is a second one into the tables of pages; of 2 MiB they are enough. Where the system gives such
// pages to whoever asks (Linux, "madvise"), blocks that hold one ask.
#if defined(__linux__) && !defined(__SANITIZE_ADDRESS__)

#include <stdlib.h>
#include <sys/mman.h>

#include <cstddef>
#include <cstdlib>
#include <new>

namespace {

constexpr std::size_t large_page = std::size_t{2} << 20U;

void* large_block(std::size_t octets) {
  void* block = nullptr;
  if (::posix_memalign(&block, large_page, octets) != 0) {
    return nullptr;
  }
  ::madvise(block, octets, MADV_HUGEPAGE);  // a wish: small pages do as well
  return block;
}

}  // namespace

void* operator new(std::size_t octets) {
  void* const block =
      octets < large_page ? std::malloc(octets == 0 ? 1 : octets) : large_block(octets);
  if (block == nullptr) {
    throw std::bad_alloc();
  }
  return block;
}

void operator delete(void* block) noexcept {
  std::free(block);
}

void operator delete(void* block, std::size_t /*octets*/) noexcept {
  std::free(block);
}

#endif
