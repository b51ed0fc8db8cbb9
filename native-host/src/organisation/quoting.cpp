// SPDX-License-Identifier: MPL-2.0
#include "organisation/quoting.hpp"

#include <cstddef>

#include "address/reader.hpp"
#include "address/utf8.hpp"

namespace recipient_guard {

std::string in_quotes(std::string_view text) {
  constexpr std::size_t longest = 100;
  return '"' + escape_for_display(shortened(text, longest)) + '"';
}

}  // namespace recipient_guard
