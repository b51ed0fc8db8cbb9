// SPDX-License-Identifier: MPL-2.0
// Words of a marking in the subject or in the name of an attachment: whole words, after NFKC (UAX
// #15) and without case, any run of blanks, dashes and underscores alike, the longest word first.
#include <algorithm>
#include <cstddef>
#include <map>
#include <set>
#include <string>
#include <vector>

#include "address/characters.hpp"
#include "verdict/checks/checks.hpp"

namespace recipient_guard {
namespace {

struct LongestFirst {
  bool operator()(const std::string& a, const std::string& b) const {
    return a.size() == b.size() ? a < b : a.size() > b.size();
  }
};
/// Each word, as comparable_words() makes it, with the markings that have it: there may be several.
using MarkingWords = std::map<std::string, std::vector<const Marking*>, LongestFirst>;

MarkingWords words_in(bool Marking::*place, const Policy& policy) {
  MarkingWords words;
  for (const Marking& marking : policy.markings) {
    for (const std::string& word : marking.*place ? marking.words : std::vector<std::string>()) {
      words[comparable_words(word)].push_back(&marking);
    }
  }
  words.erase(std::string());
  return words;
}

bool is_word_at(std::string_view text, std::size_t at, std::size_t length) {
  return !ends_in_letter_or_digit(text.substr(0, at)) &&
         !begins_with_letter_or_digit(text.substr(at + length));
}

// What a longer word covers is not read again: TOP SECRET is not SECRET.
void find_words(const std::string& text, const MarkingWords& words,
                std::set<const Marking*>& found) {
  std::vector<std::size_t> covered_to(text.size());  // from each place on, by words found
  for (const auto& [word, markings] : words) {
    for (std::size_t at = text.find(word); at != std::string::npos; at = text.find(word, at + 1)) {
      const std::size_t end = at + word.size();
      if (covered_to[at] < end && is_word_at(text, at, word.size())) {
        found.insert(markings.begin(), markings.end());
        for (std::size_t place = at; place < end; ++place) {
          covered_to[place] = std::max(covered_to[place], end);
        }
      }
    }
  }
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
  return marking.only.covering(reading).has_value();
}

}  // namespace

std::vector<Finding> check_marking(const MessageFacts& facts) {
  const Policy& policy = facts.policy();
  std::vector<Finding> findings;
  if (policy.markings.empty()) {
    return findings;
  }
  std::set<const Marking*> found;
  find_words(comparable_words(facts.message.subject), words_in(&Marking::in_subject, policy),
             found);
  const MarkingWords words = words_in(&Marking::in_attachments, policy);
  for (const std::string& name : facts.message.attachments) {
    find_words(comparable_words(name), words, found);
  }
  for (const Marking& marking : policy.markings) {
    if (!found.contains(&marking)) {
      continue;
    }
    const auto verdict = verdict_for(Reason::marking, policy,
                                     verdict_of(marking.otherwise.value_or(PolicyVerdict::warn)));
    if (!verdict) {
      continue;
    }
    Finding finding;
    finding.reason = Reason::marking;
    finding.verdict = *verdict;
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
