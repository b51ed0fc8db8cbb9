// SPDX-License-Identifier: MPL-2.0
// A domain as typed: IDNA there and back, and public suffixes by our table and by libpsl.
#include <string>

#include "address/characters.hpp"
#include "address/idna.hpp"
#include "address/public_suffix.hpp"
#include "address/utf8.hpp"
#include "fuzzing.hpp"

using namespace recipient_guard;
using fuzzing::demand;

namespace {

void look_at_suffixes(const DomainName& name) {
  static const PublicSuffixes table(SuffixLookup::table);
  static const PublicSuffixes library(SuffixLookup::library);
  const auto registrable = table.registrable_of(name);
  const std::string_view suffix = table.suffix_of(name);
  // libpsl 0.21 takes `m`, which does not exist, for what `*.mm` begins with.
  if (suffix != "m") {
    demand(suffix == library.suffix_of(name), "table and library find one suffix");
    demand(registrable == library.registrable_of(name), "table and library find one owner");
    demand(table.top_level_exists(name) == library.top_level_exists(name),
           "table and library know the same top-level domains");
  }
  demand(table.is_public_suffix(name) == !registrable, "who has no owner is a public suffix");
  demand(name.text().ends_with(suffix) && !suffix.empty(), "a suffix ends the name");
  demand(!registrable || registrable->ends_with("." + std::string(suffix)),
         "an owner stands right before the suffix");
}

void look_at(const MappedDomain& read) {
  const std::string& text = read.name.text();
  const auto plain = DomainName::from_ascii(text);
  demand(plain && plain->text() == text && DomainName::is_text(text), "a name is LDH");
  const auto again = to_domain_name(text);
  const auto* same = std::get_if<MappedDomain>(&again);
  demand(same != nullptr && same->name == read.name && !same->mapped, "a name maps to itself");
  const auto back = to_domain_name(to_unicode(read.name));
  const auto* home = std::get_if<MappedDomain>(&back);
  demand(home != nullptr && home->name == read.name, "a name in Unicode is the same name");
  demand(!read.deviation || *read.deviation != read.name, "a deviation is another name");
  look_at_suffixes(read.name);
}

}  // namespace

void fuzzing::try_input(std::string_view input) {
  if (!is_utf8(input) || has_control(input)) {
    return;
  }
  const auto read = to_domain_name(input);
  if (const auto* mapped = std::get_if<MappedDomain>(&read)) {
    look_at(*mapped);
  }
}
