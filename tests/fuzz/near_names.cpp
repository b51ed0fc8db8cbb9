// SPDX-License-Identifier: MPL-2.0
// The indexes of near names and near addresses beside looking at every one. The input is a short
// list of names out of few letters; the first is the one typed.
#include "lookalike/near_names.hpp"

#include <algorithm>
#include <array>
#include <functional>
#include <numeric>
#include <set>
#include <string>
#include <vector>

#include "../unit/lookalike/slow_reference.hpp"
#include "fuzzing.hpp"
#include "lookalike/near_addresses.hpp"

using namespace recipient_guard;
using fuzzing::demand;

namespace {

constexpr std::size_t most_names = 12;
constexpr std::size_t longest_name = 16;
constexpr std::string_view letters = "aeilnormtdcw01-.";
constexpr std::array<std::string_view, 4> ends = {".com", ".org", ".de", ".co.uk"};

const PublicSuffixes& suffixes() {
  static const PublicSuffixes list;
  return list;
}

/// Each octet is a letter; one with its highest bit set ends a name, and says which suffix it has.
std::vector<DomainName> names_in(std::string_view input) {
  std::vector<DomainName> names;
  std::string name;
  for (fuzzing::Dice dice(input); !dice.empty() && names.size() < most_names;) {
    const std::size_t octet = dice.next();
    if (octet < 0x80 && name.size() < longest_name) {
      name += letters[octet % letters.size()];
      continue;
    }
    if (auto read = DomainName::from_ascii(name + std::string(ends[octet % ends.size()]))) {
      names.push_back(std::move(*read));
    }
    name.clear();
  }
  return names;
}

void look_at_domains(const DomainName& typed, const std::vector<DomainName>& listed) {
  NearNames index;
  std::vector<std::string> texts;
  for (const DomainName& name : listed) {
    index.add(name, static_cast<std::uint32_t>(texts.size()), suffixes());
    if (!suffixes().is_public_suffix(name)) {
      texts.push_back(name.text());
    }
  }
  std::set<slow_reference::Find> found;
  for (const NearName& near : index.near(typed, suffixes())) {
    found.insert({near.near.text(), near.meant.text(), std::string(name_of(near.slip))});
  }
  std::set<std::string> endings;
  for (std::string_view rest = typed.text(); !rest.empty();) {
    if (suffixes().is_public_suffix(DomainName::kept(rest))) {
      endings.emplace(rest);
    }
    rest.remove_prefix(std::min(rest.find('.'), rest.size() - 1) + 1);
  }
  demand(found == slow_reference::near(typed.text(), texts, endings),
         "the index finds what looking at every name finds");
  for (const NearName& near : index.two_edits_away(typed, suffixes())) {
    demand(index.contains(near.near), "what is near was listed");
  }
}

/// `meant` is `typed` with look-alikes exchanged in one place: the index looks for no more.
bool is_one_exchange(const std::string& typed, const std::string& meant) {
  if (typed.size() == meant.size()) {
    return std::inner_product(typed.begin(), typed.end(), meant.begin(), 0, std::plus<>(),
                              std::not_equal_to<>()) == 1;
  }
  for (const LookalikePair& pair : lookalike_pairs) {
    const std::string longer(pair.longer);
    const std::string shorter(1, pair.shorter);
    for (const auto& [from, to] : {std::pair(longer, shorter), std::pair(shorter, longer)}) {
      for (std::size_t at = typed.find(from); at != std::string::npos;
           at = typed.find(from, at + 1)) {
        if (std::string(typed).replace(at, from.size(), to) == meant) {
          return true;
        }
      }
    }
  }
  return false;
}

/// The stems of the names as local parts at one domain.
void look_at_addresses(const DomainName& typed, const std::vector<DomainName>& listed) {
  const DomainName domain = DomainName::kept("navy.mil");
  const auto mailbox_of = [&](const DomainName& name) {
    const std::string& text = name.text();
    return Mailbox{LocalPart::kept(text.substr(0, text.rfind('.'))), domain};
  };
  NearAddresses index;
  for (const DomainName& name : listed) {
    index.add(mailbox_of(name));
  }
  const Mailbox asked = mailbox_of(typed);
  std::set<std::string> found;
  for (const NearLocalPart& near : index.near(asked)) {
    found.insert(near.local.text());
  }
  for (const DomainName& name : listed) {
    const std::string local = mailbox_of(name).local.text();
    const std::string& own = asked.local.text();
    const auto slip = local_part_slip(own, local);
    const bool is_looked_for = slip && !slip->says_nothing() &&
                               (slip->kind != SlipKind::homoglyph || is_one_exchange(own, local));
    demand(!is_looked_for || found.contains(local),
           "the index finds the addresses that looking at every one finds");
  }
}

}  // namespace

void fuzzing::try_input(std::string_view input) {
  std::vector<DomainName> names = names_in(input);
  if (names.size() < 2) {
    return;
  }
  const DomainName typed = names.front();
  names.erase(names.begin());
  std::ranges::sort(names);
  names.erase(std::unique(names.begin(), names.end()), names.end());
  look_at_domains(typed, names);
  look_at_addresses(typed, names);
}
