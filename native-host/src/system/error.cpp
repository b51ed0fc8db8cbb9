// SPDX-License-Identifier: MPL-2.0
#include "system/error.hpp"

#include <array>
#include <cstddef>

namespace recipient_guard {
namespace {

struct Row {
  ErrorCode code;
  ErrorTraits traits;
};

constexpr std::array rows{
    Row{ErrorCode::bad_frame,
        {"bad-frame", "Thunderbird and the host do not speak the same format; restart Thunderbird.",
         false, 65}},
    Row{ErrorCode::too_large,
        {"too-large", "The message has more recipients than one request may hold; split it.", false,
         65}},
    Row{ErrorCode::bad_json,
        {"bad-json", "The request is not valid JSON; update the extension.", false, 65}},
    Row{ErrorCode::bad_request,
        {"bad-request", "The request has a missing or wrong part; update the extension.", false,
         65}},
    Row{ErrorCode::bad_version,
        {"bad-version", "Extension and host are of different versions; update the older one.",
         false, 65}},
    Row{ErrorCode::unknown_op,
        {"unknown-op", "The host does not know this request; update the host.", false, 65}},
    Row{ErrorCode::key_reused,
        {"key-reused", "Every check needs a new key; press Send again.", false, 65}},
    Row{ErrorCode::unknown_key,
        {"unknown-key", "The host no longer knows this check; press Send again.", false, 65}},
    Row{ErrorCode::not_permitted,
        {"not-permitted", "The policy does not leave this choice to you.", false, 77}},
    Row{ErrorCode::policy_unavailable,
        {"policy-unavailable", "The organisation's policy cannot be read; tell your administrator.",
         false, 78}},
    Row{ErrorCode::store_unavailable,
        {"store-unavailable", "Your contacts cannot be read or written; see the diagnosis.", false,
         69}},
    Row{ErrorCode::busy, {"busy", "Somebody else is writing; try again.", true, 69}},
    Row{ErrorCode::cannot_record,
        {"cannot-record", "The record cannot be written, so a block cannot be overridden.", true,
         74}},
    Row{ErrorCode::internal,
        {"internal", "This is a fault of Recipient Guard; please report it.", false, 69}},
    Row{ErrorCode::usage, {"usage", "See --help.", false, 64}},
    Row{ErrorCode::bad_data, {"bad-data", "Mend the input and try again.", false, 65}},
    Row{ErrorCode::no_input, {"no-input", "Check the path.", false, 66}},
    Row{ErrorCode::unavailable, {"unavailable", "Try again later.", true, 69}},
    Row{ErrorCode::cannot_create, {"cannot-create", "Check the folder and its rights.", false, 73}},
    Row{ErrorCode::input_output, {"input-output", "Check the disk.", true, 74}},
    Row{ErrorCode::no_permission, {"no-permission", "Check owner and rights.", false, 77}},
    Row{ErrorCode::bad_policy, {"bad-policy", "Mend the policy document.", false, 78}},
};

constexpr bool in_order_of_the_enum() {
  for (std::size_t i = 0; i < rows.size(); ++i) {
    if (static_cast<std::size_t>(rows[i].code) != i) {
      return false;
    }
  }
  return true;
}
static_assert(in_order_of_the_enum());
static_assert(rows.size() == static_cast<std::size_t>(ErrorCode::bad_policy) + 1);

}  // namespace

const ErrorTraits& traits_of(ErrorCode code) {
  return rows[static_cast<std::size_t>(code)].traits;
}

}  // namespace recipient_guard
