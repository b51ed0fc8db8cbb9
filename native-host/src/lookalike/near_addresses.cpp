// SPDX-License-Identifier: MPL-2.0
#include "lookalike/near_addresses.hpp"

#include <algorithm>
#include <array>

#include "address/utf8.hpp"
#include "lookalike/skeleton.hpp"

namespace recipient_guard {
namespace {

// A polynomial hash modulo 2^64: of a text changed in one place it follows from those of the parts.
constexpr std::uint64_t base = 0x9e3779b97f4a7c15ULL;
constexpr std::string_view alphabet = "abcdefghijklmnopqrstuvwxyz0123456789._-'";

constexpr std::uint64_t octet(char c) {
  return static_cast<unsigned char>(c) + 1ULL;
}

std::uint64_t hash_of(std::string_view text, std::uint64_t before = 0) {
  for (const char c : text) {
    before = before * base + octet(c);
  }
  return before;
}

std::uint32_t print_of(std::uint64_t local, std::uint64_t domain) {
  std::uint64_t mixed = local ^ (domain * 0xd6e8feb86659fd93ULL);
  mixed ^= mixed >> 32U;
  mixed *= 0xd6e8feb86659fd93ULL;
  mixed ^= mixed >> 32U;
  const auto print = static_cast<std::uint32_t>(mixed);
  return print == 0 ? 1 : print;
}

/// Spreads the prints evenly over so many places, without a division.
std::size_t place_of(std::uint32_t print, std::size_t places) {
  return static_cast<std::size_t>((std::uint64_t{print} * places) >> 32U);
}

std::string_view local_of_key(std::string_view key) {
  return key.substr(0, key.rfind('@'));
}

/// One slip leaves one half of a local part as it was meant. `letters`: of the whole.
enum class Half : std::uint64_t { front = 1, back = 2 };
std::uint32_t print_of_half(std::string_view half, Half side, std::size_t letters,
                            std::uint64_t domain) {
  const std::uint64_t mark = letters * 4 + static_cast<std::uint64_t>(side);
  return print_of(hash_of(half) ^ (mark * 0xa24baed4963ee407ULL), domain);
}

/// The hashes of a text in which a stretch is replaced.
class Replacing {
 public:
  explicit Replacing(std::string_view text)
      : text_(text), before_(text.size() + 1, 0), powers_(text.size() + 1, 1) {
    for (std::size_t i = 0; i < text.size(); ++i) {
      before_[i + 1] = before_[i] * base + octet(text[i]);
      powers_[i + 1] = powers_[i] * base;
    }
  }

  std::uint64_t hash(std::size_t at, std::size_t length, std::string_view with) const {
    const std::size_t rest = text_.size() - at - length;
    const std::uint64_t tail = before_.back() - before_[at + length] * powers_[rest];
    return hash_of(with, before_[at]) * powers_[rest] + tail;
  }
  std::string text(std::size_t at, std::size_t length, std::string_view with) const {
    return std::string(text_.substr(0, at)).append(with).append(text_.substr(at + length));
  }

 private:
  std::string_view text_;
  std::vector<std::uint64_t> before_;
  std::vector<std::uint64_t> powers_;
};

/// All that one slip could have made `local` of: calls visit(at, length, with) for each, where
/// `with` lives as long as `reversed`, the octets of `local` from behind.
template <typename Visit>
void each_replacement(std::string_view local, std::string_view reversed, Visit&& visit) {
  for (std::size_t at = 0; at <= local.size(); ++at) {
    for (std::size_t i = 0; i < alphabet.size(); ++i) {
      visit(at, 0, alphabet.substr(i, 1));
      if (at < local.size()) {
        visit(at, 1, alphabet.substr(i, 1));
      }
    }
    if (at < local.size()) {
      visit(at, 1, std::string_view());
    }
    if (at + 1 < local.size()) {
      // Read from behind, the text holds every pair of neighbours swapped.
      visit(at, 2, reversed.substr(local.size() - at - 2, 2));
    }
  }
  for (const LookalikePair& pair : lookalike_pairs) {
    const std::string_view shorter(&pair.shorter, 1);
    for (std::size_t at = local.find(pair.longer); at != std::string_view::npos;
         at = local.find(pair.longer, at + 1)) {
      visit(at, pair.longer.size(), shorter);
    }
    for (std::size_t at = local.find(shorter); at != std::string_view::npos;
         at = local.find(shorter, at + 1)) {
      visit(at, 1, pair.longer);
    }
  }
}

/// The local part that people read where letters of another script stand in it.
std::string latin_twin(std::string_view local) {
  std::u32string points;
  for (std::size_t at = 0; at < local.size();) {
    const CodePoint point = code_point_at(local, at);
    points += point.value;
    at += point.length;
  }
  std::string twin;
  for (const char32_t point : latin_twin_of(points)) {
    append_utf8(twin, point);
  }
  return twin;
}

}  // namespace

void NearAddresses::add(const Mailbox& mailbox) {
  const std::string key = mailbox.key();
  const std::uint64_t domain = hash_of(mailbox.domain.text());
  const std::string_view local = local_of_key(key);
  const std::size_t middle = local.size() / 2;
  insert(print_of(hash_of(local), domain));
  insert(print_of_half(local.substr(0, middle), Half::front, local.size(), domain));
  insert(print_of_half(local.substr(middle), Half::back, local.size(), domain));
  insert(print_of(0, domain));  // somebody is known there
}

void NearAddresses::reserve(std::size_t addresses) {
  grow(addresses * 4);  // three prints each
}

void NearAddresses::insert(std::uint32_t print) {
  if ((used_ + 1) * 3 > slots_.size() * 2) {
    grow(std::max<std::size_t>(16, slots_.size() * 2));
  }
  std::size_t at = place_of(print, slots_.size());
  while (slots_[at] != 0) {
    if (slots_[at] == print) {
      return;
    }
    at = at + 1 == slots_.size() ? 0 : at + 1;
  }
  slots_[at] = print;
  ++used_;
}

bool NearAddresses::holds(std::uint32_t print) const {
  std::size_t at = place_of(print, slots_.size());
  while (slots_[at] != 0) {
    if (slots_[at] == print) {
      return true;
    }
    at = at + 1 == slots_.size() ? 0 : at + 1;
  }
  return false;
}

void NearAddresses::grow(std::size_t slots) {
  if (slots <= slots_.size()) {
    return;
  }
  const std::vector<std::uint32_t> old = std::move(slots_);
  slots_.assign(slots, 0);
  used_ = 0;
  for (const std::uint32_t print : old) {
    if (print != 0) {
      insert(print);
    }
  }
}

std::vector<std::string> NearAddresses::guesses(std::string_view local,
                                                std::uint64_t domain) const {
  struct Probe {
    std::uint32_t print;
    std::uint32_t first;  // what stands at its place
    std::uint16_t at;
    std::uint16_t length;
    std::string_view with;
  };
  std::vector<Probe> probes;
  const std::string reversed(local.rbegin(), local.rend());
  const Replacing replacing(local);
  // By letters more or less than typed, plus one: is somebody of so many there with that half?
  std::array<bool, 3> has_front{};
  std::array<bool, 3> has_back{};
  for (std::size_t i = 0; i < 3; ++i) {
    const std::size_t letters = local.size() + i - 1;
    const std::size_t middle = letters / 2;
    const std::size_t rest = letters - middle;
    has_front[i] = middle <= local.size() &&
                   holds(print_of_half(local.substr(0, middle), Half::front, letters, domain));
    has_back[i] = rest <= local.size() && holds(print_of_half(local.substr(local.size() - rest),
                                                              Half::back, letters, domain));
  }
  each_replacement(local, reversed, [&](std::size_t at, std::size_t length, std::string_view with) {
    const std::size_t letters = local.size() - length + with.size();
    const std::size_t middle = letters / 2;
    const std::size_t i = letters + 1 - local.size();
    const bool in_back = at >= middle;
    const bool in_front = at + with.size() <= middle;
    if ((in_back && !has_front[i]) || (!in_back && in_front && !has_back[i])) {
      return;
    }
    probes.push_back({print_of(replacing.hash(at, length, with), domain), 0,
                      static_cast<std::uint16_t>(at), static_cast<std::uint16_t>(length), with});
  });
  // Most places are far away in memory. Read side by side, before any is decided upon, a thousand
  // take the time of a hundred.
  for (Probe& probe : probes) {
    probe.first = slots_[place_of(probe.print, slots_.size())];
  }
  std::vector<std::string> found;
  for (const Probe& probe : probes) {
    if (probe.first != 0 && (probe.first == probe.print || holds(probe.print))) {
      found.push_back(replacing.text(probe.at, probe.length, probe.with));
    }
  }
  if (!is_ascii(local)) {
    std::string twin = latin_twin(local);
    if (holds(print_of(hash_of(twin), domain))) {
      found.push_back(std::move(twin));
    }
  }
  std::sort(found.begin(), found.end());
  found.erase(std::unique(found.begin(), found.end()), found.end());
  return found;
}

std::vector<NearLocalPart> NearAddresses::near(const Mailbox& typed) const {
  std::vector<NearLocalPart> found;
  const std::uint64_t domain = hash_of(typed.domain.text());
  if (slots_.empty() || !holds(print_of(0, domain))) {
    return found;
  }
  const std::string key = typed.key();
  const std::string_view local = local_of_key(key);
  for (const std::string& guess : guesses(local, domain)) {
    auto meant = LocalPart::from_text(guess);
    auto slip = meant ? local_part_slip(local, guess) : std::nullopt;
    if (slip && !slip->says_nothing()) {
      found.push_back({std::move(*meant), std::move(*slip)});
    }
  }
  return found;
}

}  // namespace recipient_guard
