// SPDX-License-Identifier: MPL-2.0
#include "verdict/message.hpp"

#include <algorithm>
#include <array>

namespace recipient_guard {
namespace {

constexpr std::array<std::string_view, 5> kind_names = {"new", "reply", "forward", "redirect",
                                                        "draft"};
constexpr std::array<std::string_view, 6> field_names = {"to",       "cc",          "bcc",
                                                         "reply-to", "followup-to", "newsgroup"};

template <typename Enum, std::size_t size>
std::optional<Enum> value_of(const std::array<std::string_view, size>& names,
                             std::string_view name) {
  const auto* const at = std::find(names.begin(), names.end(), name);
  return at == names.end() ? std::nullopt : std::optional(static_cast<Enum>(at - names.begin()));
}

}  // namespace

std::string_view name_of(MessageKind kind) {
  return kind_names[static_cast<std::size_t>(kind)];
}

std::string_view name_of(Field field) {
  return field_names[static_cast<std::size_t>(field)];
}

std::optional<MessageKind> message_kind_of(std::string_view name) {
  return value_of<MessageKind>(kind_names, name);
}

std::optional<Field> field_of(std::string_view name) {
  return value_of<Field>(field_names, name);
}

}  // namespace recipient_guard
