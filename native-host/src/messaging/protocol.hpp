// SPDX-License-Identifier: MPL-2.0
// Requests and answers as text: docs/PROTOCOL, "Requests" and "Errors".
#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <variant>

#include "document/json.hpp"
#include "system/error.hpp"

namespace recipient_guard {

inline constexpr std::int64_t protocol_version = 1;

struct Request {
  std::int64_t id = 0;
  std::string op;
  JsonValue body;  ///< the whole object
};

/// A request that cannot be followed; `id` where it could be read.
struct Refusal {
  std::optional<std::int64_t> id;
  Error error;
};

/// Reads one request. Errors: bad_json, bad_request, bad_version; the first that holds is told.
std::variant<Request, Refusal> read_request(std::string_view text);

/// What went wrong in reading JSON, as an error of the wire: a doubled key is a bad request, the
/// rest is bad JSON.
Error error_of(const JsonFault& fault);

/// `{"v":1,"id":7,"ok":RESULT}`; `result` is JSON.
std::string good_answer(std::int64_t id, std::string_view result);
/// `{"v":1,"id":7,"error":{..}}`, id null where it is not known.
std::string error_answer(std::optional<std::int64_t> id, const Error& error);
/// `{"code":..,"text":..}`
std::string error_object(const Error& error);

}  // namespace recipient_guard
