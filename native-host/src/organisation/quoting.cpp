// SPDX-License-Identifier: MPL-2.0
#include "organisation/quoting.hpp"

#include <cstddef>

#include "address/reader.hpp"

namespace recipient_guard {

std::string in_quotes(std::string_view text) {
  constexpr std::size_t longest = 100;
  if (text.size() <= longest) {
    return '"' + escape_for_display(text) + '"';
  }
  // Not in the middle of a character.
  std::size_t cut = longest;
  while (cut > 0 && (static_cast<unsigned char>(text[cut]) & 0xC0U) == 0x80U) {
    --cut;
  }
  return '"' + escape_for_display(text.substr(0, cut)) + "..\"";
}

}  // namespace recipient_guard
