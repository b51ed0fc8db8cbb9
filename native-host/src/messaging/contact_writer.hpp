// SPDX-License-Identifier: MPL-2.0
// What is kept of the user's people -> JSON: docs/PROTOCOL, "trust" and "history". The one writer
// of it, for native messages and for the commands trust and history. What does not fit a frame is
// counted, not told.
#pragma once

#include <cstdint>
#include <optional>
#include <span>
#include <string>

#include "organisation/policy.hpp"
#include "people/store.hpp"

namespace recipient_guard {

/// A page fits a frame; whole is all of it.
enum class ListLength { page, whole };

/// The page of the trusted entries behind `after` (empty: the first), in the store's order.
std::string trust_list_json(std::span<const Trusted> entries, const std::string& after,
                            const Policy* policy, ListLength length = ListLength::page);

/// `{"entry":..,"kind":..,"shown":..,"time":..,"source":..}`; with `added` where given.
std::string trusted_json(const Trusted& trusted, std::optional<bool> added = {});

std::string kept_json(const Kept& kept, bool known);
std::string sums_json(const KeptSums& sums);

/// The domain of `address` in Unicode, all of it safe to show.
std::string shown_address(const std::string& address);

}  // namespace recipient_guard
