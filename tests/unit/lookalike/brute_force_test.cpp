// SPDX-License-Identifier: MPL-2.0
// The index of names, beside looking at every name.
#include <algorithm>
#include <array>
#include <catch2/catch.hpp>
#include <cstdint>
#include <cstdio>
#include <set>
#include <string>
#include <unordered_map>
#include <vector>

#include "lookalike/near_names.hpp"
#include "slow_reference.hpp"

using namespace recipient_guard;

namespace {

constexpr std::size_t listed = 100'000;

std::uint64_t spread(std::uint64_t number) {
  number = (number + 1) * 0x9e3779b97f4a7c15ULL;
  number = (number ^ (number >> 30U)) * 0xbf58476d1ce4e5b9ULL;
  return number ^ (number >> 27U);
}

/// A name of five to ten letters out of twelve: near enough to one another that there are finds.
std::string name_of(std::uint64_t number) {
  constexpr std::string_view letters = "aeilnorstdmc";
  constexpr std::array<std::string_view, 4> ends = {".com", ".org", ".de", ".co.uk"};
  std::uint64_t dice = spread(number);
  std::string name;
  for (std::size_t left = 5 + dice % 6; left > 0; --left) {
    dice = spread(dice);
    name += letters[dice % letters.size()];
  }
  return name.append(ends[spread(dice) % ends.size()]);
}

std::string with_slip(std::string name, std::uint64_t dice) {
  const std::size_t at = 1 + (dice >> 8U) % (name.find('.') - 2);
  const char letter = static_cast<char>('a' + (dice >> 32U) % 26);
  switch (dice % 4) {
    case 0:
      return name.erase(at, 1);
    case 1:
      return name.insert(at, 1, letter);
    case 2:
      name[at] = letter;
      return name;
    default:
      std::swap(name[at - 1], name[at]);
      return name;
  }
}

/// One edit between two texts (Damerau 1964), as plainly as it can be asked.
bool are_one_edit_apart(const std::string& a, const std::string& b) {
  if (a.size() > b.size()) {
    return are_one_edit_apart(b, a);
  }
  std::size_t at = 0;
  while (at < a.size() && a[at] == b[at]) {
    ++at;
  }
  const auto rest_is_equal = [&](std::size_t in_a, std::size_t in_b) {
    return a.compare(std::min(in_a, a.size()), a.npos, b, std::min(in_b, b.size()), b.npos) == 0;
  };
  if (a.size() + 1 == b.size()) {
    return rest_is_equal(at, at + 1);
  }
  const bool swapped = at + 1 < a.size() && a[at] == b[at + 1] && a[at + 1] == b[at];
  return a.size() == b.size() && at < a.size() &&
         (rest_is_equal(at + 1, at + 1) || (swapped && rest_is_equal(at + 2, at + 2)));
}

/// How many of each character, two bits a character: an edit changes one bit or two.
std::uint64_t signature_of(const std::string& text) {
  std::uint64_t signature = 0;
  for (const char c : text) {
    const std::uint64_t bit = std::uint64_t{1} << (2 * (static_cast<unsigned char>(c) % 32U));
    signature |= (signature & bit) != 0 ? bit << 1U : bit;
  }
  return signature;
}

/// Three numbers of which an edit changes each by one at most.
struct Cell {
  std::size_t size, vowels, others;
  static constexpr std::size_t most = 20;
  static std::size_t count(const std::string& text, std::string_view of) {
    return static_cast<std::size_t>(std::count_if(
        text.begin(), text.end(), [&](char c) { return of.find(c) != std::string_view::npos; }));
  }
  explicit Cell(const std::string& text)
      : size(std::min(text.size(), most)),
        vowels(std::min(count(text, "aei"), most)),
        others(std::min(count(text, "nrs"), most)) {}
};

/// Every name looked at, or every one that its length and letters do not rule out: shares nothing
/// with the index.
class Reference {
 public:
  Reference() : cells_((Cell::most + 1) * width * width) {}

  void add(const std::string& name) {
    const auto number = static_cast<std::uint32_t>(names_.size());
    const Cell cell(name);
    cells_[place(cell.size, cell.vowels, cell.others)].push_back({signature_of(name), number});
    looks_[look_of(name)].push_back(number);
    names_.push_back(name);
  }

  enum class Looked { at_all, at_likely };
  /// Whatever is one slip from `typed` or from a domain above it.
  std::set<std::string> near(const std::string& typed, Looked looked) const {
    static const std::set<std::string> endings = {"com", "org", "de", "uk", "co.uk"};
    std::set<std::string> found;
    for (std::size_t begin = 0; begin != std::string::npos && begin < typed.size();) {
      const std::string parent = typed.substr(begin);
      if (!endings.contains(parent)) {
        looked == Looked::at_all ? look_at_all(parent, found) : look_at_likely(parent, found);
      }
      const std::size_t dot = typed.find('.', begin);
      begin = dot == std::string::npos ? dot : dot + 1;
    }
    return found;
  }

 private:
  struct Row {
    std::uint64_t signature;
    std::uint32_t number;
  };
  static constexpr std::size_t width = Cell::most + 1;

  static std::size_t place(std::size_t size, std::size_t vowels, std::size_t others) {
    return (size * width + vowels) * width + others;
  }
  static std::string look_of(const std::string& text) {
    return slow_reference::look_of(slow_reference::unmarked(text));
  }
  /// Looks alike, or differs in nothing but dots and hyphens.
  static bool are_twins(const std::string& a, const std::string& b) {
    return a != b && (slow_reference::look_of(a) == slow_reference::look_of(b) ||
                      slow_reference::unmarked(a) == slow_reference::unmarked(b));
  }

  void look_at_all(const std::string& typed, std::set<std::string>& found) const {
    for (const std::string& name : names_) {
      if (are_one_edit_apart(typed, name) || are_twins(typed, name)) {
        found.insert(name);
      }
    }
  }
  void look_at_likely(const std::string& typed, std::set<std::string>& found) const {
    const Cell cell(typed);
    const std::uint64_t signature = signature_of(typed);
    const auto from = [](std::size_t number) { return number > 0 ? number - 1 : 0; };
    const auto to = [](std::size_t number) { return std::min(number + 1, Cell::most); };
    for (std::size_t size = from(cell.size); size <= to(cell.size); ++size) {
      for (std::size_t vowels = from(cell.vowels); vowels <= to(cell.vowels); ++vowels) {
        for (std::size_t others = from(cell.others); others <= to(cell.others); ++others) {
          scan(cells_[place(size, vowels, others)], signature, typed, found);
        }
      }
    }
    const auto alike = looks_.find(look_of(typed));
    if (alike != looks_.end()) {
      for (const std::uint32_t number : alike->second) {
        if (are_twins(typed, names_[number])) {
          found.insert(names_[number]);
        }
      }
    }
  }
  void scan(const std::vector<Row>& rows, std::uint64_t signature, const std::string& typed,
            std::set<std::string>& found) const {
    for (const Row& row : rows) {
      std::uint64_t bits = row.signature ^ signature;
      bits &= bits - 1;
      bits &= bits - 1;  // no more than two differ where nothing is left
      if (bits == 0 && are_one_edit_apart(typed, names_[row.number])) {
        found.insert(names_[row.number]);
      }
    }
  }

  std::vector<std::string> names_;
  std::vector<std::vector<Row>> cells_;
  std::unordered_map<std::string, std::vector<std::uint32_t>> looks_;
};

struct World {
  PublicSuffixes suffixes;
  NearNames index;
  Reference reference;

  World() {
    index.reserve(listed);
    std::set<std::string> added;
    for (std::uint32_t i = 0; i < listed; ++i) {
      const std::string name = name_of(i);
      index.add(*DomainName::from_ascii(name), i, suffixes);
      if (added.insert(name).second) {
        reference.add(name);
      }
    }
  }
};

const World& world() {
  static const World one;
  return one;
}

/// What a person may type for the `number`-th name: a slip of any kind, a sub-domain now and then.
std::string slip_of(std::uint32_t number) {
  const std::string meant = name_of(number);
  const std::uint64_t dice = spread(number + listed);
  const std::size_t at = 1 + (dice >> 20U) % (meant.find('.') - 1);
  switch ((dice >> 40U) % 12) {
    case 0:
      return std::string(meant).insert(at, 1, '-');
    case 1:
      return std::string(meant).insert(at, 1, '.');
    case 2:
      return slow_reference::replaced(meant, (dice & 1U) != 0 ? "m" : "l",
                                      (dice & 1U) != 0 ? "rn" : "1");
    case 3:
      return "mail." + with_slip(meant, dice);
    default:
      return with_slip(meant, dice);
  }
}

std::set<std::string> found_by_index(const std::string& typed, std::size_t& compared) {
  const DomainName name = *DomainName::from_ascii(typed);
  const NearQuery query(name, world().suffixes);
  compared += world().index.compared(query);
  std::set<std::string> found;
  for (const NearName& near : world().index.near(query)) {
    found.insert(near.near.text());
  }
  return found;
}

/// Of `listed` texts, those for which index and reference answer differently; prints how many names
/// the index looked at.
std::size_t differing(const char* kind, std::string (*typed_of)(std::uint32_t)) {
  std::size_t differ = 0;
  std::size_t compared = 0;
  std::size_t finds = 0;
  for (std::uint32_t i = 0; i < listed; ++i) {
    const std::string typed = typed_of(i);
    const auto expected = world().reference.near(typed, Reference::Looked::at_likely);
    finds += expected.size();
    if (found_by_index(typed, compared) != expected) {
      UNSCOPED_INFO("answers differ for " << typed);
      ++differ;
    }
  }
  const auto each = [](std::size_t sum) { return static_cast<double>(sum) / listed; };
  std::printf("%zu %s of %zu names: %.2f compared, %.2f near, each\n", listed, kind, listed,
              each(compared), each(finds));
  CHECK(compared < 40 * listed);
  return differ;
}

std::string stranger(std::uint32_t number) {
  return name_of(listed * 3 + number);
}

}  // namespace

TEST_CASE("100,000 slips of 100,000 names have the answers of looking at every name", "[large]") {
  CHECK(differing("slips", slip_of) == 0);
}

TEST_CASE("100,000 strangers to 100,000 names have the answers of looking at every name",
          "[large]") {
  CHECK(differing("strangers", stranger) == 0);
}

TEST_CASE("what passes over unlikely names passes over none that is near", "[large]") {
  for (std::uint32_t i = 0; i < 30; ++i) {
    const std::string typed = i % 2 == 0 ? slip_of(i * 997) : stranger(i);
    CAPTURE(typed);
    CHECK(world().reference.near(typed, Reference::Looked::at_likely) ==
          world().reference.near(typed, Reference::Looked::at_all));
  }
}

TEST_CASE("a list made so that all its names answer alike makes no search slow") {
  const PublicSuffixes suffixes;
  NearNames names;
  // All ways to write one name with hyphens or without: without them they are one.
  const std::string letters = "abcdefghijklmno";
  constexpr std::uint32_t ways = 1U << 14U;
  for (std::uint32_t way = 0; way < ways; ++way) {
    std::string name(1, letters[0]);
    for (std::size_t i = 1; i < letters.size(); ++i) {
      name += (way >> (i - 1) & 1U) != 0 ? "-" : "";
      name += letters[i];
    }
    names.add(*DomainName::from_ascii(name + ".com"), way, suffixes);
  }
  CHECK(names.size() == ways);
  const DomainName typed = *DomainName::from_ascii("abcdefghijklmn-p.com");
  const NearQuery query(typed, suffixes);
  CHECK(names.compared(query) <= most_names_a_key * (query.parents().front().keys.size()));
  CHECK(names.near(query).size() <= most_near_names);
  CHECK(names.contains(*DomainName::from_ascii("a-b-c-d-e-f-g-h-i-j-k-l-m-n-o.com")));
}
