// SPDX-License-Identifier: MPL-2.0
#include "messaging/protocol.hpp"

#include <utility>

#include "address/utf8.hpp"
#include "messaging/json_writer.hpp"

namespace recipient_guard {
namespace {

// What an error quotes came from outside and may be megabytes long.
constexpr std::size_t max_error_octets = 2000;

std::string at_place(const JsonFault& fault) {
  return "line " + std::to_string(fault.place.line) + ", column " +
         std::to_string(fault.place.column) + ": " + fault.text;
}

std::optional<std::int64_t> id_of(const JsonValue& body) {
  const JsonValue* id = body.find("id");
  return id != nullptr && id->integer() != nullptr ? std::optional(*id->integer()) : std::nullopt;
}

JsonWriter& begin_answer(JsonWriter& json, std::optional<std::int64_t> id) {
  json.begin_object().member("v", protocol_version).key("id");
  return id ? json.value(*id) : json.null();
}

}  // namespace

Error error_of(const JsonFault& fault) {
  const bool doubled = fault.kind == JsonFault::Kind::doubled_key;
  return {doubled ? ErrorCode::bad_request : ErrorCode::bad_json, at_place(fault)};
}

std::variant<Request, Refusal> read_request(std::string_view text) {
  auto read = read_json_without_places(text);
  if (const auto* fault = std::get_if<JsonFault>(&read)) {
    return Refusal{id_of(fault->rest), error_of(*fault)};
  }
  auto& body = std::get<JsonValue>(read);
  if (body.object() == nullptr) {
    return Refusal{
        std::nullopt,
        {ErrorCode::bad_request, "a request is an object, not " + std::string(body.kind())}};
  }
  const std::optional<std::int64_t> id = id_of(body);
  // First of all the version: in another one everything else may mean something else.
  const JsonValue* version = body.find("v");
  if (version == nullptr || version->integer() == nullptr ||
      *version->integer() != protocol_version) {
    return Refusal{id,
                   {ErrorCode::bad_version,
                    "this host speaks version 1 of the protocol, and "
                    "each request says so: \"v\":1"}};
  }
  if (!id) {
    return Refusal{id, {ErrorCode::bad_request, "id: a whole number is needed here"}};
  }
  const JsonValue* op = body.find("op");
  if (op == nullptr || op->text() == nullptr) {
    return Refusal{id, {ErrorCode::bad_request, "op: the name of a request is needed here"}};
  }
  std::string name = *op->text();
  return Request{*id, std::move(name), std::move(body)};
}

std::string good_answer(std::int64_t id, std::string_view result) {
  std::string out;
  out.reserve(result.size() + 48);
  JsonWriter json(out);
  begin_answer(json, id).key("ok").raw(result).end_object();
  return out;
}

std::string error_answer(std::optional<std::int64_t> id, const Error& error) {
  std::string out;
  JsonWriter json(out);
  begin_answer(json, id);
  json.key("error").begin_object();
  json.member("code", traits_of(error.code).wire_name)
      .member("text", utf8_prefix(error.text, max_error_octets));
  json.member("retry", traits_of(error.code).retry).end_object().end_object();
  return out;
}

std::string error_object(const Error& error) {
  std::string out;
  JsonWriter json(out);
  json.begin_object().member("code", traits_of(error.code).wire_name);
  json.member("text", utf8_prefix(error.text, max_error_octets)).end_object();
  return out;
}

}  // namespace recipient_guard
