// SPDX-License-Identifier: MPL-2.0
// Words of a marking in the subject or in the name of an attachment: whole words, after NFKC (UAX
// #15) and without case, any run of blanks, dashes and underscores alike, the longest word first.
#include <algorithm>
#include <cstddef>
#include <string>

#include "address/characters.hpp"
#include "verdict/checks/checks.hpp"

namespace recipient_guard {
namespace {

struct MarkingWord {
  std::string text;  // as comparable() makes it
  const Marking* marking = nullptr;
};

bool is_word_at(std::string_view text, std::size_t at, std::size_t length) {
  return !ends_in_letter_or_digit(text.substr(0, at)) &&
         !begins_with_letter_or_digit(text.substr(at + length));
}

// What a longer word covers is not read again: TOP SECRET is not SECRET.
void find_words(std::string text, bool in_subject, const std::vector<MarkingWord>& words,
                std::vector<const Marking*>& found) {
  for (const MarkingWord& word : words) {
    if (!(in_subject ? word.marking->in_subject : word.marking->in_attachments)) {
      continue;
    }
    for (std::size_t at = text.find(word.text); at != std::string::npos;
         at = text.find(word.text, at + 1)) {
      if (is_word_at(text, at, word.text.size())) {
        found.push_back(word.marking);
        text.replace(at, word.text.size(), word.text.size(), '\n');
      }
    }
  }
}

std::vector<MarkingWord> words_of(const Policy& policy) {
  std::vector<MarkingWord> words;
  for (const Marking& marking : policy.markings) {
    for (const std::string& word : marking.words) {
      std::string text = comparable_words(word);
      if (!text.empty()) {
        words.push_back({std::move(text), &marking});
      }
    }
  }
  std::stable_sort(words.begin(), words.end(), [](const MarkingWord& a, const MarkingWord& b) {
    return a.text.size() > b.text.size();
  });
  return words;
}

// Whoever cannot be read, and whoever stands in a list that cannot be seen, may be anybody.
bool may_go_to(const Recipient& recipient, const Marking& marking) {
  if (recipient.field == Field::reply_to) {
    return true;
  }
  if (!recipient.text) {
    return false;
  }
  if (recipient.field == Field::newsgroup || recipient.field == Field::followup_to) {
    return trim_spaces(*recipient.text).empty();
  }
  const Reading reading = read_recipient(*recipient.text);
  if (std::holds_alternative<EmptyGroup>(reading)) {
    return true;
  }
  const auto* const read = std::get_if<ReadMailbox>(&reading);
  return read != nullptr && marking.only.covers(read->mailbox);
}

}  // namespace

std::vector<Finding> check_marking(const MessageFacts& facts) {
  const Policy& policy = facts.policy();
  std::vector<Finding> findings;
  if (policy.markings.empty()) {
    return findings;
  }
  const std::vector<MarkingWord> words = words_of(policy);
  std::vector<const Marking*> found;
  find_words(comparable_words(facts.message.subject), true, words, found);
  for (const std::string& name : facts.message.attachments) {
    find_words(comparable_words(name), false, words, found);
  }
  for (const Marking& marking : policy.markings) {
    if (std::find(found.begin(), found.end(), &marking) == found.end()) {
      continue;
    }
    Finding finding;
    finding.reason = Reason::marking;
    finding.verdict = verdict_of(marking.otherwise).value_or(Verdict::warn);
    finding.marking = marking.name;
    finding.rule = policy.shown(marking.source);
    const auto& recipients = facts.message.recipients;
    for (std::size_t index = 0; index < recipients.size(); ++index) {
      if (!may_go_to(recipients[index], marking)) {
        finding.recipients.push_back(index);
      }
    }
    if (!finding.recipients.empty()) {
      findings.push_back(std::move(finding));
    }
  }
  return findings;
}

}  // namespace recipient_guard
