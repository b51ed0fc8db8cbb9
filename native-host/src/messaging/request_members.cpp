// SPDX-License-Identifier: MPL-2.0
#include "messaging/request_members.hpp"

#include <utility>

#include "messaging/message_reader.hpp"
#include "organisation/quoting.hpp"

namespace recipient_guard {
namespace {

constexpr std::size_t max_key_octets = 128;

}  // namespace

std::string needed_key(const Fields& fields, std::string_view name) {
  std::string key = fields.needed_text(name);
  if (key.empty() || key.size() > max_key_octets) {
    fields.complain(name, "a text of 1 to 128 octets is needed here");
  }
  return key;
}

std::string_view read_mode(const Fields& fields) {
  const std::string* mode = fields.text("mode");
  if (mode != nullptr && *mode != "now" && *mode != "later") {
    fields.complain("mode", in_quotes(*mode) + " is none of now, later");
  }
  return mode != nullptr && *mode == "later" ? "later" : "now";
}

Message needed_message(const Fields& fields, Complaints& complaints) {
  JsonValue* const message = fields.needed_object("message");
  return message == nullptr
             ? Message()
             : read_message(std::move(*message), fields.way_to("message"), complaints);
}

}  // namespace recipient_guard
