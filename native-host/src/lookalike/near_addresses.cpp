// SPDX-License-Identifier: MPL-2.0
#include "lookalike/near_addresses.hpp"

#include <algorithm>
#include <array>
#include <span>

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

/// base to the power of each length that a local part may have.
constexpr std::array<std::uint64_t, max_local_part_octets + 2> powers = [] {
  std::array<std::uint64_t, max_local_part_octets + 2> all{1};
  for (std::size_t i = 1; i < all.size(); ++i) {
    all[i] = all[i - 1] * base;
  }
  return all;
}();

constexpr std::uint32_t often = std::uint32_t{1} << print_bits;

/// A bit for each letter and mark, one for all digits and one for everything else.
constexpr std::array<std::uint32_t, 256> letter_bits = [] {
  std::array<std::uint32_t, 256> bits{};
  bits.fill(std::uint32_t{1} << 31U);
  for (unsigned letter = 0; letter < 26; ++letter) {
    bits['a' + letter] = std::uint32_t{1} << letter;
  }
  for (unsigned char digit = '0'; digit <= '9'; ++digit) {
    bits[digit] = std::uint32_t{1} << 26U;
  }
  bits['.'] = std::uint32_t{1} << 27U;
  bits['_'] = std::uint32_t{1} << 28U;
  bits['-'] = std::uint32_t{1} << 29U;
  bits['\''] = std::uint32_t{1} << 30U;
  return bits;
}();

std::uint32_t letters_of(std::string_view text) {
  std::uint32_t letters = 0;
  for (const char c : text) {
    letters |= letter_bits[static_cast<unsigned char>(c)];
  }
  return letters;
}

std::uint32_t print_of(std::uint64_t local, std::uint64_t domain) {
  std::uint64_t mixed = local ^ (domain * 0xd6e8feb86659fd93ULL);
  mixed ^= mixed >> 32U;
  mixed *= 0xd6e8feb86659fd93ULL;
  mixed ^= mixed >> 32U;
  const auto print = static_cast<std::uint32_t>(mixed) & ~often;
  return print == 0 ? 1 : print;
}

std::string_view local_of_key(std::string_view key) {
  return key.substr(0, key.rfind('@'));
}

constexpr std::size_t thirds = 3;

/// Where third number `third` of so many letters begins; it ends where the next one begins.
constexpr std::size_t begin_of(std::size_t third, std::size_t letters) {
  return letters * third / thirds;
}

/// Of a local part of so many letters without one third.
std::uint32_t print_of_rest(std::uint64_t before, std::uint64_t behind, std::size_t third,
                            std::size_t letters, std::uint64_t domain) {
  const std::uint64_t mark = letters * thirds + third + 1;
  return print_of((before * 0x9fb21c651e98df25ULL) ^ behind ^ (mark * 0xa24baed4963ee407ULL),
                  domain);
}

/// The hashes of a local part and of its stretches. At most max_local_part_octets.
class PartHashes {
 public:
  explicit PartHashes(std::string_view text) : size_(text.size()) {
    before_[0] = 0;
    for (std::size_t i = 0; i < size_; ++i) {
      before_[i + 1] = before_[i] * base + octet(text[i]);
    }
  }

  std::uint64_t whole() const { return before_[size_]; }
  /// With `length` octets at `at` replaced.
  std::uint64_t replaced(std::size_t at, std::size_t length, std::string_view with) const {
    return hash_of(with, before_[at]) * powers[size_ - at - length] + behind(at + length);
  }
  /// Of what stands before `end`.
  std::uint64_t before(std::size_t end) const { return before_[end]; }
  /// Of what stands from `begin` on.
  std::uint64_t behind(std::size_t begin) const {
    return whole() - before_[begin] * powers[size_ - begin];
  }

 private:
  std::size_t size_;
  std::array<std::uint64_t, max_local_part_octets + 1> before_;  // NOLINT: filled as far as read
};

/// What one slip of a kind that has few outcomes could have made `local` of: calls visit(at,
/// length, with) for each, where `with` lives as long as `reversed`, the octets of `local` from
/// behind.
template <typename Visit>
void each_plain_replacement(std::string_view local, std::string_view reversed, Visit&& visit) {
  for (std::size_t at = 0; at < local.size(); ++at) {
    visit(at, 1, std::string_view());
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

}  // namespace

struct NearAddresses::Probe {
  std::uint32_t print;
  std::uint16_t at;
  std::uint16_t length;
  bool is_taken;  // PrintTable
  std::string_view with;
};

void NearAddresses::add(const Mailbox& mailbox) {
  const std::string key = mailbox.key();
  Filling(*this).add(local_of_key(key), mailbox.domain.text());
}

void NearAddresses::Filling::add(std::string_view folded_local, std::string_view domain) {
  if (waiting_wholes_ + most_wholes > wholes_.size() ||
      waiting_rests_ + most_rests > rests_.size()) {
    insert_waiting();
  }
  if (domain != last_domain_) {
    last_domain_ = domain;
    domain_hash_ = hash_of(domain);
    wholes_[waiting_wholes_++] = {print_of(0, domain_hash_)};  // somebody is known there
  }
  const PartHashes hashes(folded_local);
  wholes_[waiting_wholes_++] = {print_of(hashes.whole(), domain_hash_)};
  const std::size_t letters = folded_local.size();
  for (std::size_t third = 0; third < thirds; ++third) {
    const std::size_t begin = begin_of(third, letters);
    const std::size_t end = begin_of(third + 1, letters);
    if (begin < end) {
      rests_[waiting_rests_++] = {
          print_of_rest(hashes.before(begin), hashes.behind(end), third, letters, domain_hash_),
          letters_of(folded_local.substr(begin, end - begin))};
    }
  }
}

void NearAddresses::Filling::insert_waiting() {
  into_.wholes_.make_room_for(waiting_wholes_);
  into_.rests_.make_room_for(waiting_rests_);
  const std::span wholes(wholes_.data(), waiting_wholes_);
  const std::span rests(rests_.data(), waiting_rests_);
  for (const Whole& whole : wholes) {
    into_.wholes_.prefetch(whole.print);
  }
  for (const Rest& rest : rests) {
    into_.rests_.prefetch(rest.print);
  }
  for (const Whole& whole : wholes) {
    into_.wholes_.slot_for(whole.print) = whole;
  }
  for (const Rest& rest : rests) {
    Rest& slot = into_.rests_.slot_for(rest.print);
    slot.print = slot.print == 0 ? rest.print : rest.print | often;
    slot.letters |= rest.letters;
  }
  waiting_wholes_ = 0;
  waiting_rests_ = 0;
}

void NearAddresses::reserve(std::size_t addresses) {
  wholes_.make_room_for(addresses);
  rests_.make_room_for(addresses * thirds);
}

std::vector<NearAddresses::Probe> NearAddresses::probes(std::string_view local,
                                                        std::string_view reversed,
                                                        std::uint64_t domain,
                                                        Typed knowledge) const {
  std::vector<Probe> probes;
  probes.reserve(4 * local.size());
  const PartHashes hashes(local);
  const auto visit = [&](std::size_t at, std::size_t length, std::string_view with) {
    probes.push_back({print_of(hashes.replaced(at, length, with), domain),
                      static_cast<std::uint16_t>(at), static_cast<std::uint16_t>(length), false,
                      with});
  };
  each_plain_replacement(local, reversed, visit);
  // Another letter, or one more: in a third of the meant one, where somebody shares the rest.
  for (std::size_t more = 0; more < 2; ++more) {
    const std::size_t letters = local.size() + more;
    const bool is_own = more == 0 && knowledge == Typed::was_added;
    for (std::size_t third = 0; third < thirds; ++third) {
      const std::size_t begin = begin_of(third, letters);
      const std::size_t end = begin_of(third + 1, letters);
      if (begin == end) {
        continue;
      }
      const Rest* const rest = rests_.find(
          print_of_rest(hashes.before(begin), hashes.behind(end - more), third, letters, domain));
      if (rest == nullptr || (is_own && (rest->print & often) == 0)) {
        continue;
      }
      for (std::size_t i = 0; i < alphabet.size(); ++i) {
        const std::string_view letter = alphabet.substr(i, 1);
        if ((rest->letters & letters_of(letter)) == 0) {
          continue;
        }
        for (std::size_t at = begin; at < end; ++at) {
          visit(at, 1 - more, letter);
        }
      }
    }
  }
  return probes;
}

std::vector<std::string> NearAddresses::guesses(std::string_view local, std::uint64_t domain,
                                                Typed knowledge) const {
  const std::string reversed(local.rbegin(), local.rend());
  std::vector<Probe> tried = probes(local, reversed, domain, knowledge);
  // Most places are far away in memory. Read side by side, before any is decided upon, a hundred
  // take the time of ten.
  for (Probe& probe : tried) {
    probe.is_taken = wholes_.is_taken(probe.print);
  }
  std::vector<std::string> found;
  for (const Probe& probe : tried) {
    if (probe.is_taken && wholes_.find(probe.print) != nullptr) {
      std::string text(local.substr(0, probe.at));
      found.push_back(text.append(probe.with).append(local.substr(probe.at + probe.length)));
    }
  }
  if (!is_ascii(local)) {
    // What people read where letters of another script stand in it.
    std::string twin = utf8_of(latin_twin_of(code_points_of(local)));
    if (wholes_.find(print_of(hash_of(twin), domain)) != nullptr) {
      found.push_back(std::move(twin));
    }
  }
  std::sort(found.begin(), found.end());
  found.erase(std::unique(found.begin(), found.end()), found.end());
  if (found.size() > most_near_addresses) {
    found.resize(most_near_addresses);
  }
  return found;
}

std::vector<NearLocalPart> NearAddresses::near(const Mailbox& typed, Typed knowledge) const {
  std::vector<NearLocalPart> found;
  const std::uint64_t domain = hash_of(typed.domain.text());
  if (wholes_.empty() || wholes_.find(print_of(0, domain)) == nullptr) {
    return found;
  }
  const std::string key = typed.key();
  const std::string_view local = local_of_key(key);
  for (const std::string& guess : guesses(local, domain, knowledge)) {
    auto meant = LocalPart::from_text(guess);
    auto slip = meant ? local_part_slip(local, guess) : std::nullopt;
    if (slip && !slip->says_nothing()) {
      found.push_back({std::move(*meant), std::move(*slip)});
    }
  }
  return found;
}

}  // namespace recipient_guard
