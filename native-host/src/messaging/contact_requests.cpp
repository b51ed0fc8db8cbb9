// SPDX-License-Identifier: MPL-2.0
#include "messaging/contact_requests.hpp"

#include <algorithm>
#include <array>
#include <memory>
#include <string_view>
#include <utility>
#include <variant>
#include <vector>

#include "address/reader.hpp"
#include "document/time_text.hpp"
#include "messaging/contact_writer.hpp"
#include "messaging/json_writer.hpp"
#include "messaging/message_reader.hpp"
#include "organisation/quoting.hpp"
#include "verdict/judge.hpp"
#include "verdict/learn.hpp"
#include "verdict/trust_permit.hpp"

namespace recipient_guard {
namespace {

std::string counted(std::string_view what, std::size_t count, std::size_t passed_over) {
  std::string out;
  JsonWriter json(out);
  json.begin_object().member(what, count).member("passed_over", passed_over).end_object();
  return out;
}

/// A list of at most `most` members.
JsonArray* bounded_list(const Fields& fields, std::string_view name, std::size_t most) {
  JsonArray* const list = fields.needed_list(name);
  if (list != nullptr && list->size() > most) {
    fields.complain(name, "holds " + std::to_string(list->size()) + "; " + std::to_string(most) +
                              " are the most at once");
  }
  return list;
}

}  // namespace

std::optional<Result<std::string>> ContactRequests::follow(Request& request) {
  using Follower = Result<std::string> (ContactRequests::*)(Request&);
  struct Row {
    std::string_view op;
    Follower follower;
  };
  static constexpr std::array rows{
      Row{"trust.add", &ContactRequests::add_trust},
      Row{"trust.remove", &ContactRequests::remove_trust},
      Row{"trust.list", &ContactRequests::list_trust},
      Row{"history.learn", &ContactRequests::learn},
      Row{"history.show", &ContactRequests::show},
      Row{"history.forget", &ContactRequests::forget},
      Row{"known.replace", &ContactRequests::replace_known},
  };
  for (const auto& row : rows) {
    if (row.op == request.op) {
      return (this->*row.follower)(request);
    }
  }
  return std::nullopt;
}

Result<PeopleStore*> ContactRequests::store() const {
  if (around_.contacts.store() == nullptr) {
    return Error{ErrorCode::store_unavailable,
                 "no place is known to keep contacts in: this user has no home folder"};
  }
  return around_.contacts.store();
}

Result<std::shared_ptr<const Policy>> ContactRequests::policy_in_force() const {
  auto policy = around_.policy.policy();
  if (policy == nullptr) {
    const auto error = around_.policy.error();
    return Error{ErrorCode::policy_unavailable, error ? error->text : "no policy could be read"};
  }
  return policy;
}

Result<TrustEntry> ContactRequests::read_entry(const Fields& fields) const {
  const std::string text = fields.needed_text("entry");
  auto entry = TrustEntry::read(text, around_.suffixes);
  if (!entry) {
    fields.complain("entry", in_quotes(text) +
                                 " is neither a plain address nor a domain that somebody may own");
    return Error{ErrorCode::bad_request, "entry"};  // the complaint is told, not this
  }
  return std::move(*entry);
}

Result<Trusted> ContactRequests::read_trusted(const Fields& fields, Complaints& complaints) const {
  const auto entry = read_entry(fields);
  const std::string* source = fields.text("source");
  const auto time = fields.whole_number("time");
  if (time && (*time < 1 || *time > latest_time)) {
    fields.complain("time", "Unix seconds are needed here, from 1 up to the year 9999");
  }
  if (source != nullptr && (source->empty() || source->size() > max_trust_source_octets)) {
    fields.complain("source", "a text of 1 to 64 octets is needed here");
  }
  if (complaints.first()) {
    return *complaints.first();
  }
  const auto policy = policy_in_force();
  if (!policy) {
    return policy.error();
  }
  if (const auto why = why_not_trusted(*entry, **policy)) {
    return Error{ErrorCode::not_permitted, fields.way_to("entry").text() + ": " + *why};
  }
  return Trusted{*entry, time.value_or(around_.now()), source == nullptr ? "settings" : *source};
}

Result<std::string> ContactRequests::add_trust(Request& request) {
  Complaints complaints;
  const Fields fields(request.body, {}, complaints);
  if (request.body.find("entries") != nullptr) {
    if (request.body.find("entry") != nullptr) {
      return Error{ErrorCode::bad_request, "entry: stands beside entries; one of them is needed"};
    }
    return add_several(fields, complaints);
  }
  const auto trusted = read_trusted(fields, complaints);
  const auto store = this->store();
  if (!trusted || !store) {
    return trusted ? store.error() : trusted.error();
  }
  // What stands there already keeps its time and source.
  const auto before = (*store)->trusted_entry(trusted->entry);
  if (!before || *before) {
    return before ? Result<std::string>(trusted_json(**before, false)) : before.error();
  }
  Facts facts;
  facts.time = around_.now();
  facts.trusted.push_back(*trusted);
  if (const auto done = around_.contacts.add(facts); !done) {
    return done.error();
  }
  return trusted_json(*trusted, true);
}

Result<std::string> ContactRequests::add_several(const Fields& fields, Complaints& complaints) {
  JsonArray* const list = bounded_list(fields, "entries", max_entries_at_once);
  std::vector<Trusted> entries;
  for (std::size_t i = 0; list != nullptr && i < list->size() && !complaints.first(); ++i) {
    auto trusted =
        read_trusted(Fields((*list)[i], fields.way_to("entries", i), complaints), complaints);
    if (!trusted) {
      return trusted.error();
    }
    entries.push_back(std::move(*trusted));
  }
  if (complaints.first()) {
    return *complaints.first();
  }
  const auto store = this->store();
  if (!store) {
    return store.error();
  }
  const auto added = (*store)->add_trusted(entries);
  if (!added) {
    return added.error();
  }
  return "{\"added\":" + std::to_string(*added) + "}";
}

Result<std::string> ContactRequests::remove_trust(Request& request) {
  Complaints complaints;
  const auto entry = read_entry(Fields(request.body, {}, complaints));
  if (complaints.first()) {
    return *complaints.first();
  }
  const auto store = this->store();
  if (!store) {
    return store.error();
  }
  const auto removed = (*store)->remove_trust(*entry);
  if (!removed) {
    return removed.error();
  }
  return "{\"removed\":" + (*removed ? trusted_json(**removed) : "null") + "}";
}

Result<std::string> ContactRequests::list_trust(Request& request) {
  Complaints complaints;
  const std::string* after = Fields(request.body, {}, complaints).text("after");
  if (complaints.first()) {
    return *complaints.first();
  }
  const auto store = this->store();
  if (!store) {
    return store.error();
  }
  const auto entries = (*store)->trusted();
  if (!entries) {
    return entries.error();
  }
  return trust_list_json(*entries, after == nullptr ? "" : *after, around_.policy.policy().get());
}

Result<std::string> ContactRequests::learn(Request& request) {
  Complaints complaints;
  const Fields fields(request.body, {}, complaints);
  JsonArray* const list = bounded_list(fields, "messages", max_messages_at_once);
  std::vector<Message> messages;
  for (std::size_t i = 0; list != nullptr && i < list->size() && !complaints.first(); ++i) {
    messages.push_back(
        read_message(std::move((*list)[i]), fields.way_to("messages", i), complaints));
  }
  if (complaints.first()) {
    return *complaints.first();
  }
  const auto policy = policy_in_force();
  const auto store = this->store();
  if (!policy || !store) {
    return policy ? store.error() : policy.error();
  }
  if (!(*policy)->history_learn) {
    const std::string place = (*policy)->shown(std::string_view("history.learn"));
    return Error{ErrorCode::not_permitted,
                 "the policy keeps nothing of sent mail" +
                     (place.empty() ? std::string() : " (" + place + ")")};
  }
  const std::int64_t now = around_.now();
  const std::int64_t oldest = now - (*policy)->history_keep_days * seconds_a_day;
  std::vector<Facts> facts;
  around_.contacts.look([&](const People& people) {
    const Snapshots snapshots{**policy, people, around_.well_known, around_.suffixes,
                              around_.keyboards};
    for (Message& message : messages) {
      message.time = message.time == 0 ? now : std::min(message.time, now);
      Facts learned =
          message.time < oldest ? Facts() : learned_from_past(message, judge(message, snapshots));
      if (!learned.empty()) {
        facts.push_back(std::move(learned));
      }
    }
  });
  if (const auto done = around_.contacts.add(facts); !done) {
    return done.error();
  }
  return counted("learned", facts.size(), messages.size() - facts.size());
}

Result<std::string> ContactRequests::show(Request& request) {
  Complaints complaints;
  const Fields fields(request.body, {}, complaints);
  const std::string* address = fields.text("address");
  const auto mailbox = address == nullptr ? std::nullopt : read_address(*address);
  if (address != nullptr && !mailbox) {
    fields.complain("address", in_quotes(*address) + " is no plain address");
  }
  if (complaints.first()) {
    return *complaints.first();
  }
  const auto store = this->store();
  if (!store) {
    return store.error();
  }
  if (!mailbox) {
    const auto sums = (*store)->sums();
    return sums ? Result<std::string>(sums_json(*sums)) : sums.error();
  }
  const auto kept = (*store)->show(*mailbox);
  if (!kept) {
    return kept.error();
  }
  const bool known = around_.contacts.look(
      [&](const People& people) { return people.is_known(*mailbox, around_.now()); });
  return kept_json(*kept, known);
}

Result<std::string> ContactRequests::forget(Request& request) {
  Complaints complaints;
  const Fields fields(request.body, {}, complaints);
  const std::string* address = fields.text("address");
  const bool all = fields.truth("all").value_or(false);
  JsonValue* const settled = fields.object("settled");
  if ((address != nullptr ? 1 : 0) + (all ? 1 : 0) + (settled != nullptr ? 1 : 0) != 1) {
    fields.complain("address", "one of address, all (true) and settled is needed here");
  }
  const auto mailbox = address == nullptr ? std::nullopt : read_address(*address);
  if (address != nullptr && !mailbox) {
    fields.complain("address", in_quotes(*address) + " is no plain address");
  }
  SettledQuestion question;
  if (settled != nullptr) {
    const Fields of_question(*settled, fields.way_to("settled"), complaints);
    question = {of_question.needed_text("code"), of_question.needed_text("subject")};
  }
  if (complaints.first()) {
    return *complaints.first();
  }
  const auto store = this->store();
  if (!store) {
    return store.error();
  }
  Result<bool> forgotten = true;
  if (all) {
    const auto done = (*store)->forget_everything();
    forgotten = done ? Result<bool>(true) : Result<bool>(done.error());
  } else {
    forgotten = mailbox ? (*store)->forget(*mailbox) : (*store)->forget_settled(question);
  }
  if (!forgotten) {
    return forgotten.error();
  }
  return std::string(*forgotten ? "{\"forgotten\":true}" : "{\"forgotten\":false}");
}

Result<std::string> ContactRequests::replace_known(Request& request) {
  Complaints complaints;
  const Fields fields(request.body, {}, complaints);
  const std::string source = fields.needed_text("source");
  if (source.empty() || source.size() > max_source_octets) {
    fields.complain("source", "a text of 1 to 256 octets is needed here");
  }
  JsonArray* const list = bounded_list(fields, "addresses", max_addresses_of_book);
  if (complaints.first()) {
    return *complaints.first();
  }
  std::vector<Mailbox> mailboxes;
  for (const std::string& text : fields.texts("addresses")) {
    if (auto mailbox = read_address(text)) {
      mailboxes.push_back(std::move(*mailbox));
    }
  }
  if (complaints.first()) {
    return *complaints.first();
  }
  const auto store = this->store();
  if (!store) {
    return store.error();
  }
  if (const auto done = (*store)->replace_book(source, mailboxes); !done) {
    return done.error();
  }
  return counted("known", mailboxes.size(), list->size() - mailboxes.size());
}

}  // namespace recipient_guard
