// SPDX-License-Identifier: MPL-2.0
// Errors as values: the one enum of error codes and the small Result<T> that carries them.
//
// Each code has one row in error.cpp: its name on the wire (docs/PROTOCOL), what the user can do,
// whether asking again can help, and the exit status of a command that ends with it. The enum is
// append-only: names and meanings never change.
#pragma once

#include <string>
#include <string_view>
#include <utility>
#include <variant>

namespace recipient_guard {

enum class ErrorCode {
  // Answers of the native host.
  bad_frame,
  too_large,
  bad_json,
  bad_request,
  bad_version,
  unknown_op,
  key_reused,
  unknown_key,
  not_permitted,
  policy_unavailable,
  store_unavailable,
  busy,
  cannot_record,
  internal,
  // Ends of a command.
  usage,
  bad_data,
  no_input,
  unavailable,
  cannot_create,
  input_output,
  no_permission,
  bad_policy,
};

struct ErrorTraits {
  std::string_view wire_name;  ///< "bad-frame"
  std::string_view advice;     ///< one English sentence for the person who meets it
  bool retry;                  ///< the same request may succeed a little later
  int exit_status;             ///< after sysexits.h
};

/// The row of `code`; every code has one.
const ErrorTraits& traits_of(ErrorCode code);

/// What went wrong: `text` says what and where in words ("FILE:2:2: unknown key ..").
struct Error {
  ErrorCode code = ErrorCode::internal;
  std::string text;
};

/// Either a value or an Error. Reading the side that is not there is a programming error.
template <typename T>
class [[nodiscard]] Result {
 public:
  Result(T value) : content_(std::in_place_index<0>, std::move(value)) {}
  Result(Error error) : content_(std::in_place_index<1>, std::move(error)) {}

  explicit operator bool() const { return content_.index() == 0; }
  T& operator*() & { return std::get<0>(content_); }
  const T& operator*() const& { return std::get<0>(content_); }
  T&& operator*() && { return std::get<0>(std::move(content_)); }
  T* operator->() { return &std::get<0>(content_); }
  const T* operator->() const { return &std::get<0>(content_); }
  const Error& error() const { return std::get<1>(content_); }

 private:
  std::variant<T, Error> content_;
};

/// Success has nothing to say.
struct Done {};

}  // namespace recipient_guard
