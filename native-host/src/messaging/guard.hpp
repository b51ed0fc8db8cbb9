// SPDX-License-Identifier: MPL-2.0
// What the requests mean: one text in, one text out, with the state of one connection in between.
// Knows nothing of frames and pipes. docs/PROTOCOL, "Requests".
#pragma once

#include <cstdint>
#include <filesystem>
#include <functional>
#include <optional>
#include <string>
#include <string_view>

#include "diagnosis/file_tree.hpp"
#include "messaging/contact_requests.hpp"
#include "messaging/contacts.hpp"
#include "messaging/host_facts.hpp"
#include "messaging/protocol.hpp"
#include "messaging/recorder.hpp"
#include "messaging/remembered_checks.hpp"
#include "verdict/judge.hpp"

namespace recipient_guard {

class Guard {
 public:
  /// What the guard reads of the world around it; all of it outlives the guard.
  struct Surroundings {
    const PolicySource& policy;
    const WellKnownNames& well_known;
    const PublicSuffixes& suffixes;
    std::function<std::int64_t()> now;  ///< Unix seconds
    std::function<bool()> replaced;     ///< another program stands where this one was started
    PeopleStore* people = nullptr;      ///< null: contacts are kept in memory for this run
    AuditRecord* audit = nullptr;       ///< null: no record is kept
    const FileTree* machine = nullptr;  ///< null: status does not look at the installation
    std::optional<std::filesystem::path> program{};      ///< the file that this process runs
    KeyboardLayouts keyboards = KeyboardLayouts::all();  ///< the person's
  };

  explicit Guard(Surroundings surroundings);

  /// Answers one request, whatever it is; at most max_answer_octets. Never throws.
  std::string answer(std::string_view request);
  /// What of the last request nobody needs to wait for: it is remembered, and its memory given
  /// back. To be called once the answer is out; the next answer() begins with it otherwise. Never
  /// throws.
  void finish();

 private:
  Result<std::string> follow(Request& request);
  Result<std::string> hello(Request& request);
  Result<std::string> check(Request& request);
  Result<std::string> decision(Request& request);
  Result<std::string> sent(Request& request);
  Result<std::string> unguarded(Request& request);
  Result<std::string> status(Request& request);

  Result<std::string> check_anew(std::string key, const std::string* renews, Message message);
  /// A check that was answered and is not remembered yet.
  struct Unfinished {
    RememberedCheck check;
    Message message;  ///< as it was asked
    Judgement open;
  };
  /// What became of a decision; as recorded and kept of docs/PROTOCOL.
  struct Taken {
    std::optional<bool> recorded;
    bool kept = false;
  };
  void record_sending(RememberedCheck& check, Message& message);
  Result<Taken> take_down(const RememberedCheck& check, bool send,
                          const std::vector<Action>& actions);
  Result<std::string> decide_to_send(RememberedCheck& check, Message message, Taken taken);
  Result<Judgement> judge_now(const Message& message) const;
  Result<bool> learn_from(const Message& message, const Conversation* conversation);
  HostFacts host_facts() const;
  void set_time(Message& message) const;

  Surroundings surroundings_;
  Contacts contacts_;
  ContactRequests contact_requests_;
  RememberedChecks checks_;
  Recorder recorder_;
  std::optional<Request> request_;  // the last one
  std::optional<Unfinished> unfinished_;
  Counts counts_;
  std::int64_t started_ = 0;
  std::string extension_version_;  // as it told in hello
};

}  // namespace recipient_guard
