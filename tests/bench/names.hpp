// SPDX-License-Identifier: MPL-2.0
// Made-up names in any number, the same in each run: what the benchmarks list and ask for.
#pragma once

#include <cstdint>
#include <string>
#include <string_view>

namespace recipient_guard::bench {

/// Different for each `number` below 2^24; `.com` for about half of them.
std::string domain_name(std::uint32_t number);

/// One of twenty people at a domain; different for each `number` below 2^24.
std::string address(std::uint32_t number);

/// `name` with one slip in it (a character left out, put in, replaced, two swapped), chosen by
/// `dice`; its first and last characters stay.
std::string with_slip(std::string name, std::uint64_t dice);

/// What is asked for the `number`-th time: an address of a list of `listed`, each other one with a
/// slip in the local part or in the domain.
std::string query(std::uint32_t number, std::uint32_t listed);

/// Spreads a number over 64 bits; the same number gives the same bits.
std::uint64_t spread(std::uint64_t number);

}  // namespace recipient_guard::bench
