// SPDX-License-Identifier: MPL-2.0
#include "messaging/guard.hpp"

#include <array>
#include <exception>
#include <memory>
#include <optional>
#include <utility>

#include "address/reader.hpp"
#include "address/utf8.hpp"
#include "diagnosis/doctor.hpp"
#include "messaging/fields.hpp"
#include "messaging/frames.hpp"
#include "messaging/message_reader.hpp"
#include "messaging/request_members.hpp"
#include "messaging/verdict_writer.hpp"
#include "organisation/quoting.hpp"
#include "verdict/learn.hpp"
#include "version.hpp"

namespace recipient_guard {
namespace {

constexpr std::size_t max_version_octets = 40;

// Left out where the policy wants nothing recorded.
std::string_view recorded_member(std::optional<bool> recorded) {
  return !recorded ? "" : *recorded ? ",\"recorded\":true" : ",\"recorded\":false";
}

}  // namespace

Guard::Guard(Surroundings surroundings)
    : surroundings_(std::move(surroundings)),
      contacts_(surroundings_.people, surroundings_.suffixes),
      contact_requests_({contacts_, surroundings_.policy, surroundings_.well_known,
                         surroundings_.suffixes, surroundings_.now, surroundings_.keyboards}),
      recorder_(surroundings_.audit, surroundings_.policy, surroundings_.now) {
  started_ = surroundings_.now();
}

std::string Guard::answer(std::string_view text) {
  finish();
  ++counts_.requests;
  std::optional<std::int64_t> id;
  try {
    auto read = read_request(text);
    if (const auto* refusal = std::get_if<Refusal>(&read)) {
      ++counts_.refused;
      return error_answer(refusal->id, refusal->error);
    }
    request_ = std::get<Request>(std::move(read));
    id = request_->id;
    recorder_.keep_up(surroundings_.now());
    const auto result = follow(*request_);
    std::string answer = result ? good_answer(*id, *result) : "";
    if (result && answer.size() <= max_answer_octets) {
      return answer;
    }
    ++counts_.refused;
    return error_answer(id, result ? Error{ErrorCode::internal, "the answer does not fit a frame"}
                                   : result.error());
  } catch (const std::exception&) {
    ++counts_.refused;
    return error_answer(id, {ErrorCode::internal, "the request could not be followed"});
  }
}

void Guard::finish() {
  request_.reset();
  if (!unfinished_) {
    return;
  }
  auto [check, message, open] = *std::exchange(unfinished_, std::nullopt);
  try {
    check.fingerprint = fingerprint(message);
    check.conversation->asked(open);
    check.allowed = allowed_by(message, std::move(open));
    checks_.add(std::move(check));
  } catch (const std::exception&) {  // NOLINT(bugprone-empty-catch)
    // Memory has run out. A decision under this key will not be known, and the check is asked anew.
  }
}

Result<std::string> Guard::follow(Request& request) {
  using Follower = Result<std::string> (Guard::*)(Request&);
  struct Row {
    std::string_view op;
    Follower follower;
  };
  static constexpr std::array rows{
      Row{"hello", &Guard::hello},         Row{"check", &Guard::check},
      Row{"decision", &Guard::decision},   Row{"sent", &Guard::sent},
      Row{"unguarded", &Guard::unguarded}, Row{"status", &Guard::status},
  };
  for (const auto& row : rows) {
    if (row.op == request.op) {
      return (this->*row.follower)(request);
    }
  }
  if (auto result = contact_requests_.follow(request)) {
    return *std::move(result);
  }
  return Error{ErrorCode::unknown_op, "op: " + in_quotes(request.op) + " is not known here"};
}

Result<std::string> Guard::hello(Request& request) {
  Complaints complaints;
  const std::string* extension = Fields(request.body, {}, complaints).text("extension");
  if (complaints.first()) {
    return *complaints.first();
  }
  extension_version_ = extension == nullptr ? "" : utf8_prefix(*extension, max_version_octets);
  return hello_json(host_facts());
}

Result<std::string> Guard::status(Request&) {
  HostFacts facts = host_facts();
  if (surroundings_.machine == nullptr) {
    return status_json(facts);
  }
  const Diagnosis diagnosis =
      diagnose({*surroundings_.machine, program_version, surroundings_.program, facts.replaced,
                extension_version_, facts.policy, facts.suffixes, facts.people,
                condition_of(facts.audit), surroundings_.now()});
  facts.diagnosis = &diagnosis;
  return status_json(facts);
}

Result<std::string> Guard::check(Request& request) {
  Complaints complaints;
  const Fields fields(request.body, {}, complaints);
  std::string key = needed_key(fields, "key");
  const std::string* renews = fields.text("renews");
  Message message = needed_message(fields, complaints);
  if (complaints.first()) {
    return *complaints.first();
  }
  if (const RememberedCheck* known = checks_.find(key)) {
    if (known->fingerprint == fingerprint(message)) {
      return known->answer;
    }
    return Error{ErrorCode::key_reused, "key: another message was checked with it already"};
  }
  return check_anew(std::move(key), renews, std::move(message));
}

Result<std::string> Guard::check_anew(std::string key, const std::string* renews, Message message) {
  RememberedCheck check;
  check.key = std::move(key);
  check.writing = message.purpose == Purpose::writing;
  const std::int64_t time_told = message.time;
  set_time(message);
  auto judgement = judge_now(message);
  if (!judgement) {
    return judgement.error();
  }
  // An older key that is forgotten, by its age or because the host was started anew, is no fault:
  // what was answered under it is asked once more.
  const RememberedCheck* older = renews == nullptr ? nullptr : checks_.find(*renews);
  check.conversation = older == nullptr ? std::make_shared<Conversation>() : older->conversation;
  check.trail = older == nullptr ? std::make_shared<AuditTrail>() : older->trail;
  Judgement open = check.conversation->with_answers(*std::move(judgement));
  recorder_.asked(*check.trail, check.key, renews == nullptr ? "" : *renews, message, open);
  ++counts_.checks;
  ++(open.verdict == Verdict::allow  ? counts_.allowed
     : open.verdict == Verdict::warn ? counts_.warned
                                     : counts_.blocked);
  check.answer = verdict_json(open, {VerdictForm::Listing::questioned, false, std::nullopt});
  message.time = time_told;
  unfinished_ = {std::move(check), std::move(message), std::move(open)};
  return unfinished_->check.answer;
}

Result<std::string> Guard::decision(Request& request) {
  Complaints complaints;
  const Fields fields(request.body, {}, complaints);
  const std::string key = needed_key(fields, "key");
  const std::string outcome = fields.needed_text("outcome");
  const bool send = outcome == "send";
  if (!send && outcome != "back") {
    fields.complain("outcome", in_quotes(outcome) + " is none of send, back");
  }
  const std::vector<Action> actions = read_actions(fields, complaints);
  Message message;
  if (send || fields.object("message") != nullptr) {
    message = needed_message(fields, complaints);
  }
  if (complaints.first()) {
    return *complaints.first();
  }
  RememberedCheck* check = checks_.find(key);
  if (check == nullptr) {
    return Error{ErrorCode::unknown_key, "key: no check of this key is known (any more)"};
  }
  const auto permitted = check->conversation->permits(actions);
  if (!permitted) {
    return permitted.error();
  }
  if (send) {
    set_time(message);
    record_sending(*check, message);
  }
  const auto taken = take_down(*check, send, actions);
  if (!taken) {
    // Nothing was sent, and what is not taken in is asked again: an overridden block must not hold
    // later, under a key that renews this one, without standing in the record.
    const bool is_asked_again = !send && taken.error().code == ErrorCode::cannot_record;
    return is_asked_again ? Result<std::string>("{}") : taken.error();
  }
  ++counts_.decisions;
  check->conversation->take_in(actions);
  if (!send) {
    return std::string("{}");
  }
  return decide_to_send(*check, std::move(message), *taken);
}

// Only what goes out is recorded: of what was asked while writing the questions come with that.
void Guard::record_sending(RememberedCheck& check, Message& message) {
  message.purpose = Purpose::send;
  if (!check.writing) {
    return;
  }
  if (auto judgement = judge_now(message)) {
    recorder_.asked(*check.trail, check.key, "", message,
                    check.conversation->with_answers(*std::move(judgement)));
    check.writing = false;
  }
}

// Durable before anything is answered. Into the record goes what is sure to be kept, so that a
// repetition after `busy` writes no second line; but before it holds, since an overridden block
// that cannot be recorded teaches nothing. Where the store cannot be used, "it is right" holds for
// this message alone; whoever wants somebody trusted is not told that it was done.
Result<Guard::Taken> Guard::take_down(const RememberedCheck& check, bool send,
                                      const std::vector<Action>& actions) {
  const auto taught = taught_by(check.conversation->answered_right(actions), surroundings_.now(),
                                surroundings_.policy.policy().get());
  if (!taught) {
    return taught.error();
  }
  const Facts& facts = *taught;
  Taken taken;
  bool is_recorded = false;
  const auto record = [&]() -> Result<Done> {
    const auto done =
        recorder_.decided(*check.trail, check.key, send, actions, *check.conversation, facts.time);
    if (!done) {
      return done.error();
    }
    taken.recorded = *done;
    is_recorded = true;
    return Done{};
  };
  auto done = contacts_.add(facts, record);
  taken.kept = static_cast<bool>(done);
  if (!done && done.error().code == ErrorCode::store_unavailable && facts.trusted.empty()) {
    done = is_recorded ? Done{} : record();
  }
  return done ? Result<Taken>(taken) : done.error();
}

Result<std::string> Guard::decide_to_send(RememberedCheck& check, Message message, Taken taken) {
  auto judgement = judge_now(message);
  if (!judgement) {
    return judgement.error();
  }
  const Judgement open = check.conversation->with_answers(*std::move(judgement));
  check.conversation->asked(open);
  check.trail->looked_at(open);
  if (!open.lets_go()) {
    recorder_.asked(*check.trail, check.key, "", message, open);
  }
  check.allowed = allowed_by(message, open);
  check.left = false;
  checks_.changed(check);
  return verdict_json(open, {VerdictForm::Listing::questioned, false, taken.recorded, taken.kept});
}

Result<std::string> Guard::sent(Request& request) {
  Complaints complaints;
  const Fields fields(request.body, {}, complaints);
  const std::string key = needed_key(fields, "key");
  const std::string_view mode = read_mode(fields);
  Message message = needed_message(fields, complaints);
  if (complaints.first()) {
    return *complaints.first();
  }
  set_time(message);
  RememberedCheck* check = checks_.find(key);
  std::optional<bool> matched;
  if (check != nullptr) {
    matched = check->allowed ? left_as_allowed(*check->allowed, destinations_of(message)) : false;
  }
  bool learned = true;
  std::optional<bool> recorded;
  if (check == nullptr || !check->left) {
    if (check != nullptr) {
      record_sending(*check, message);
    }
    const auto kept = learn_from(message, check == nullptr ? nullptr : check->conversation.get());
    if (!kept && kept.error().code != ErrorCode::policy_unavailable) {
      return kept.error();
    }
    learned = kept && *kept;
    ++counts_.sent;
    counts_.mismatched += matched == false ? 1 : 0;
  }
  // What was told once teaches nothing again; a difference is recorded whenever it is told.
  if (check == nullptr || !check->left || matched == false) {
    recorded = recorder_.left(check == nullptr ? nullptr : check->trail.get(), key, message,
                              matched, mode);
  }
  if (check != nullptr) {
    check->left = true;
  }
  std::string out("{\"matched\":");
  out += !matched ? "null" : *matched ? "true" : "false";
  out += recorded_member(recorded);
  out += learned ? ",\"learned\":true}" : ",\"learned\":false}";
  return out;
}

Result<std::string> Guard::unguarded(Request& request) {
  Complaints complaints;
  const Fields fields(request.body, {}, complaints);
  const std::string_view mode = read_mode(fields);
  const std::string* why = fields.text("why");
  const std::vector<Action> actions = read_actions(fields, complaints);
  Message message = needed_message(fields, complaints);
  if (complaints.first()) {
    return *complaints.first();
  }
  set_time(message);
  // A tick on the degraded page says "send it", not "it is right": nobody was shown what was wrong.
  // Without a policy nobody knows what may be kept and recorded: the extension keeps it until then.
  const auto learned = learn_from(message, nullptr);
  if (!learned) {
    return learned.error();
  }
  ++counts_.unguarded;
  std::string out(*learned ? "{\"learned\":true" : "{\"learned\":false");
  out += recorded_member(recorder_.unguarded(message, actions, why == nullptr ? "" : *why, mode));
  out += "}";
  return out;
}

// False: the store cannot be used, and asking again would not help. Errors: busy,
// policy_unavailable.
Result<bool> Guard::learn_from(const Message& message, const Conversation* conversation) {
  const auto judgement = judge_now(message);
  if (!judgement) {
    return judgement.error();
  }
  // Once there is a policy there always is one.
  if (!surroundings_.policy.policy()->history_learn) {
    return true;
  }
  const Judgement open =
      conversation == nullptr ? *judgement : conversation->with_answers(*judgement);
  const auto done = contacts_.add(learned_from(message, *judgement, open));
  if (done || done.error().code == ErrorCode::store_unavailable) {
    return static_cast<bool>(done);
  }
  return done.error();
}

HostFacts Guard::host_facts() const {
  return {surroundings_.policy,
          surroundings_.suffixes,
          counts_,
          checks_.size(),
          surroundings_.now() - started_,
          surroundings_.replaced(),
          contacts_.store(),
          recorder_.record()};
}

Result<Judgement> Guard::judge_now(const Message& message) const {
  const auto policy = surroundings_.policy.policy();
  if (policy == nullptr) {
    const auto error = surroundings_.policy.error();
    return Error{ErrorCode::policy_unavailable, error ? error->text : "no policy could be read"};
  }
  return contacts_.look([&](const People& people) {
    return judge(message, {*policy, people, surroundings_.well_known, surroundings_.suffixes,
                           surroundings_.keyboards});
  });
}

void Guard::set_time(Message& message) const {
  if (message.time == 0) {
    message.time = surroundings_.now();
  }
}

}  // namespace recipient_guard
