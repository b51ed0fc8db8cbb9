// SPDX-License-Identifier: MPL-2.0
#include "verdict/describe.hpp"

#include <array>
#include <string_view>
#include <utility>

#include "lookalike/confusable_suffixes.hpp"

namespace recipient_guard {
namespace {

std::string domain_of(const RecipientJudgement& recipient) {
  const std::size_t at = recipient.shown.rfind('@');
  return at == std::string::npos || recipient.address.empty() ? recipient.shown
                                                              : recipient.shown.substr(at + 1);
}

/// "; bob@navy.mil was probably meant", or the choice of two or three, or nothing.
std::string meant_clause(const Finding& finding) {
  if (finding.meant.empty()) {
    return {};
  }
  if (finding.meant.size() == 1) {
    return "; " + finding.meant.front() + " was probably meant";
  }
  std::string clause = "; one of these may have been meant: ";
  for (std::size_t i = 0; i < finding.meant.size(); ++i) {
    clause += (i == 0 ? "" : ", ") + finding.meant[i];
  }
  return clause;
}

std::string_view words_for(SlipKind slip) {
  constexpr std::array<std::string_view, 12> words = {
      "looks the same",
      "differs in a digit",
      "has a letter doubled",
      "lacks one of a doubled letter",
      "has two letters swapped",
      "has a dot too few, too many or in another place",
      "has a hyphen too few or too many",
      "lacks a letter",
      "has a letter too many",
      "has a wrong letter",
      "has another ending",
      "differs in more than one place"};
  return words[static_cast<std::size_t>(slip)];
}

/// Why a text is not one plain mailbox, by the fault's name (address/reader.hpp).
std::string_view words_for_fault(std::string_view fault) {
  constexpr std::array words = std::to_array<std::pair<std::string_view, std::string_view>>({
      {"empty", "it is empty"},
      {"not-utf8", "it is no valid text"},
      {"control-character", "it holds a control character, a tab or a line end"},
      {"invisible-character", "it holds an invisible character"},
      {"encoded-word", "an encoded word stands in the address itself"},
      {"several-mailboxes", "it holds more than one address"},
      {"no-at-sign", "it has no at sign"},
      {"several-at-signs", "it has more than one at sign"},
      {"comment", "a comment stands inside the address"},
      {"quoted-local-part", "the part before the at sign is quoted"},
      {"route", "it names a route"},
      {"address-literal", "it ends in the number of a machine"},
      {"trailing-dot", "it ends in a dot"},
      {"bad-local-part", "the part before the at sign holds what it may not"},
      {"local-part-too-long", "the part before the at sign is too long"},
      {"bad-domain", "the domain is no valid name"},
      {"label-too-long", "a part of the domain is too long"},
      {"domain-too-long", "the domain is too long"},
      {"readings-differ", "Thunderbird would send it to another address than stands here"},
      {"bad-form", "it is not well formed"},
  });
  for (const auto& [name, text] : words) {
    if (name == fault) {
      return text;
    }
  }
  return "it is not well formed";
}

std::string describe_ending(const Finding& finding, const RecipientJudgement& recipient) {
  const std::string domain = domain_of(recipient);
  const std::size_t dot = domain.rfind('.');
  const std::string ending = dot == std::string::npos ? domain : domain.substr(dot + 1);
  std::string text = domain + " ends in ." + ending;
  const std::string_view place = known_as(ending);
  if (!place.empty()) {
    text += " (" + std::string(place) + ")";
  }
  return text + meant_clause(finding);
}

std::string describe_near(const Finding& finding, const RecipientJudgement& recipient) {
  std::string text = domain_of(recipient);
  if (finding.near.empty() || !finding.slip) {
    return text + " holds characters that look like others" + meant_clause(finding);
  }
  if (*finding.slip == SlipKind::homoglyph) {
    return text + " looks the same as " + finding.near + " and is not" + meant_clause(finding);
  }
  text += " " + std::string(words_for(*finding.slip)) + ", compared with " + finding.near;
  return text + meant_clause(finding);
}

}  // namespace

std::string describe(const Finding& finding, const RecipientJudgement& recipient) {
  const std::string domain = domain_of(recipient);
  switch (finding.reason) {
    case Reason::unreadable_address:
      return "This cannot be read as one plain address: " +
             std::string(words_for_fault(finding.detail)) + meant_clause(finding);
    case Reason::blocked_by_organisation:
      return "Mail to " + (recipient.address.empty() ? std::string("this address") : domain) +
             " is blocked by your organisation";
    case Reason::asked_by_organisation:
      return "Your organisation wants to be sure each time mail goes to this address";
    case Reason::not_on_allowlist:
      return "This address is on no list of your organisation";
    case Reason::confusable_suffix:
      return describe_ending(finding, recipient);
    case Reason::homoglyph_domain:
    case Reason::lookalike_domain:
      return describe_near(finding, recipient);
    case Reason::lookalike_address:
      return "This address is nearly that of somebody known" + meant_clause(finding);
    case Reason::known_elsewhere:
      return "This person is known at another domain" + meant_clause(finding);
    case Reason::misleading_name:
      return "The name shows somebody else than the address" + meant_clause(finding);
    case Reason::unusual_address:
      return "The part before the at sign is unusual: few servers accept such an address";
    case Reason::no_such_suffix:
      return "The ending of " + domain + " does not exist" + meant_clause(finding);
    case Reason::unknown_members:
      return "The members of the list " + recipient.shown + " cannot be seen";
    case Reason::odd_one_out:
      return "This address does not belong with the others" + meant_clause(finding);
    case Reason::new_in_reply:
      return "Nobody of " + domain + " took part in what you answer";
    case Reason::reply_diverted:
      return "The answer would go to another place than its author's address" +
             meant_clause(finding);
    case Reason::posting:
      return "This goes to a group or a public list";
    case Reason::marking:
    case Reason::visible_crowd:
      break;
  }
  return describe(finding);
}

std::string describe(const Finding& finding) {
  if (finding.reason == Reason::marking) {
    return "A message marked " + finding.marking + " may not go to these recipients";
  }
  if (finding.reason == Reason::visible_crowd) {
    return "Many outsiders see each other's addresses in To and Cc; Bcc was probably meant";
  }
  return std::string(name_of(finding.reason));
}

}  // namespace recipient_guard
