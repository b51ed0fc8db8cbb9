// SPDX-License-Identifier: MPL-2.0
#include "lookalike/near_keys.hpp"

#include <array>
#include <string>

#include "address/mailbox.hpp"
#include "lookalike/skeleton.hpp"

namespace recipient_guard {
namespace {

constexpr std::uint64_t base = 0x9e3779b97f4a7c15;

/// What a character makes of a hash that is a polynomial in `base`: so that the hash of a name
/// without its n-th character comes from the hashes of what stands before and behind it.
struct Step {
  std::uint64_t times = base;
  std::uint64_t plus = 0;
};

constexpr std::uint64_t after(std::uint64_t hash, const Step& step) {
  return hash * step.times + step.plus;
}

constexpr Step step_of(char32_t c) {
  return {base, std::uint64_t{c} + 1};
}

/// Of the characters that one character becomes in a skeleton.
Step skeleton_step(char32_t c) {
  Step all{1, 0};
  for (const char32_t written : skeleton_of(std::u32string_view(&c, 1))) {
    const Step one = step_of(written);
    all = {all.times * one.times, after(all.plus, one)};
  }
  return all;
}

/// Spreads the polynomial over all bits (the finaliser of MurmurHash3).
constexpr std::uint64_t mixed(std::uint64_t h) {
  h ^= h >> 33;
  h *= 0xff51afd7ed558ccd;
  h ^= h >> 33;
  h *= 0xc4ceb9fe1a85ec53;
  h ^= h >> 33;
  return h;
}

using AsciiSteps = std::array<Step, 128>;

const AsciiSteps& skeleton_steps() {
  static const AsciiSteps steps = [] {
    AsciiSteps all;
    for (char32_t c = 0; c < all.size(); ++c) {
      all[c] = skeleton_step(c);
    }
    return all;
  }();
  return steps;
}

/// A name in ASCII, as nearly all are, is read where it stands.
struct Octets {
  std::string_view text;
  const AsciiSteps& skeletons = skeleton_steps();
  std::size_t size() const { return text.size(); }
  std::uint64_t operator[](std::size_t at) const { return static_cast<unsigned char>(text[at]); }
  Step skeleton(std::uint64_t c) const { return skeletons[c]; }
};

struct CodePoints {
  std::u32string_view text;
  std::size_t size() const { return text.size(); }
  std::uint64_t operator[](std::size_t at) const { return text[at]; }
  static Step skeleton(std::uint64_t c) { return skeleton_step(static_cast<char32_t>(c)); }
};

enum class Name { listed, typed };

template <typename Characters>
void add_keys(const Characters& name, Name kind, std::vector<std::uint64_t>& keys) {
  std::array<std::uint64_t, max_domain_octets + 1> before;  // NOLINT: filled as far as read
  before[0] = 0;
  std::uint64_t skeleton = 0;
  std::uint64_t without_marks = 0;
  std::size_t dots = 0;
  std::size_t hyphens = 0;
  std::size_t stem_end = 0;  // behind the last dot
  std::size_t stem_before = 0;
  for (std::size_t i = 0; i < name.size(); ++i) {
    const std::uint64_t c = name[i];
    const Step step{base, c + 1};
    before[i + 1] = after(before[i], step);
    skeleton = after(skeleton, name.skeleton(c));
    if (c == '.') {
      ++dots;
      stem_before = stem_end;
      stem_end = i + 1;
    } else if (c == '-') {
      ++hyphens;
    } else {
      without_marks = after(without_marks, step);
    }
  }
  const std::uint64_t whole = before[name.size()];
  keys.push_back(mixed(whole));
  if (skeleton != whole) {
    keys.push_back(mixed(skeleton));
  }
  if (dots > 0) {
    keys.push_back(mixed(before[stem_end]));
  }
  if (dots != 1 || hyphens != 0) {  // with one dot alone a shortened form is without marks
    keys.push_back(mixed(without_marks));
  }
  const std::size_t positions = kind == Name::listed && dots > 0 ? stem_end : name.size();
  // From right to left, so that the hash of the part behind and its power grow as we go.
  std::uint64_t behind = 0;
  std::uint64_t power = 1;
  std::uint64_t next = 0;
  for (std::size_t i = name.size(); i-- > 0;) {
    const std::uint64_t c = name[i];
    if (i < positions && c != next) {  // one of two alike stands for both
      keys.push_back(mixed(before[i] * power + behind));
    }
    behind += (c + 1) * power;
    power *= base;
    next = c;
  }
  // A dot typed for a character of the last label moves the stem's end: navy.m.l.
  if (kind == Name::typed && stem_before > 0) {
    keys.push_back(mixed(before[stem_before]));
  }
}

/// Calls visit() with the name's characters, its A-labels in Unicode.
template <typename Visit>
auto with_characters(std::string_view name, Visit&& visit) {
  if (name.find("xn--") == std::string_view::npos) {
    return visit(Octets{name});
  }
  const std::u32string characters = characters_of(DomainName::kept(name));
  return visit(CodePoints{std::u32string_view(characters).substr(0, max_domain_octets)});
}

}  // namespace

std::uint64_t key_of_name(std::string_view name) {
  return with_characters(name, [](const auto& characters) {
    std::uint64_t hash = 0;
    for (std::size_t i = 0; i < characters.size(); ++i) {
      hash = after(hash, {base, characters[i] + 1});
    }
    return mixed(hash);
  });
}

std::uint64_t key_below(std::string_view registrable) {
  std::uint64_t hash = step_of(U'.').plus;
  for (const char c : registrable) {
    hash = after(hash, step_of(static_cast<unsigned char>(c)));
  }
  return mixed(hash);
}

void add_keys_of_listed(std::string_view name, std::vector<std::uint64_t>& keys) {
  with_characters(name, [&](const auto& characters) { add_keys(characters, Name::listed, keys); });
}

void add_keys_of_typed(std::string_view name, std::vector<std::uint64_t>& keys) {
  with_characters(name, [&](const auto& characters) { add_keys(characters, Name::typed, keys); });
}

}  // namespace recipient_guard
