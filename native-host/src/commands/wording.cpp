// SPDX-License-Identifier: MPL-2.0
#include "commands/wording.hpp"

#include <algorithm>
#include <string_view>
#include <vector>

#include "address/characters.hpp"
#include "address/reader.hpp"

namespace recipient_guard {
namespace {

constexpr std::string_view indent = "       ";

std::string_view colour_of(Verdict verdict) {
  switch (verdict) {
    case Verdict::allow:
      return "\033[32m";
    case Verdict::warn:
      return "\033[33m";
    case Verdict::block:
      return "\033[1;31m";
  }
  return "";
}

std::string heading(Verdict verdict, bool watch, Colour colour) {
  std::string word = watch && verdict != Verdict::allow ? "would " : "";
  word += name_of(verdict);
  if (colour == Colour::on) {
    word = std::string(colour_of(verdict)) + word + "\033[0m";
  }
  return word + (verdict == Verdict::warn ? "   " : "  ");
}

// Who is meant, with the form on the wire where the eye could be deceived.
std::string name_for_person(const RecipientJudgement& recipient) {
  std::string name = escape_for_display(recipient.shown());
  if (!recipient.address.empty() && recipient.address != recipient.shown()) {
    name += " (" + escape_for_display(recipient.address) + ")";
  }
  return name;
}

std::string either(const std::vector<std::string>& addresses) {
  std::string text;
  for (std::size_t i = 0; i < addresses.size(); ++i) {
    text += i == 0 ? "" : i + 1 == addresses.size() ? " or " : ", ";
    text += escape_for_display(addresses[i]);
  }
  return text;
}

void add_findings(std::string& text, const std::vector<Finding>& findings) {
  std::vector<std::string> meant;
  for (const auto& finding : findings) {
    text += indent;
    text += sentence_on(finding);
    text += " [" + std::string(name_of(finding.reason));
    text += finding.rule.empty() ? "]\n" : ", " + escape_for_display(finding.rule) + "]\n";
    for (const auto& address : finding.meant) {
      if (std::find(meant.begin(), meant.end(), address) == meant.end()) {
        meant.push_back(address);
      }
    }
  }
  if (!meant.empty()) {
    text += indent;
    text += "Did you mean " + either(meant) + "?\n";
  }
}

std::string near_to(const Finding& finding, std::string_view otherwise) {
  return finding.near.empty() ? std::string(otherwise) : escape_for_display(finding.near);
}

/// As the page's helpIn() chooses: the language with its country, without it, English, any.
std::string_view text_for(std::string_view locale,
                          const std::map<std::string, std::string>& by_language) {
  std::string tag = ascii_lower(locale.substr(0, locale.find_first_of(".@")));
  std::replace(tag.begin(), tag.end(), '_', '-');
  for (const std::string& wanted : {tag, tag.substr(0, tag.find('-')), std::string("en")}) {
    for (const auto& [language, text] : by_language) {
      if (!text.empty() && ascii_lower(language) == wanted) {
        return text;
      }
    }
  }
  const auto any = std::find_if(by_language.begin(), by_language.end(),
                                [](const auto& one) { return !one.second.empty(); });
  return any == by_language.end() ? std::string_view() : any->second;
}

}  // namespace

std::string sentence_on(const Finding& finding) {
  switch (finding.reason) {
    case Reason::unreadable_address:
      return "It cannot be read as one plain address" +
             (finding.detail.empty() ? "" : " (" + finding.detail + ")");
    case Reason::blocked_by_organisation:
      return "The organisation blocks mail to it";
    case Reason::asked_by_organisation:
      return "The organisation wants each mail to it confirmed";
    case Reason::not_on_allowlist:
      return "It is on no list of the organisation";
    case Reason::confusable_suffix:
      return "Its ending is easily mistyped for that of " + near_to(finding, "another name");
    case Reason::homoglyph_domain:
      return "Its domain looks the same as " + near_to(finding, "another") +
             ", written with other characters";
    case Reason::lookalike_domain:
      return "Its domain is one slip away from " + near_to(finding, "another");
    case Reason::lookalike_address:
      return "It is one slip away from somebody known at that domain";
    case Reason::known_elsewhere:
      return "This person is known at " + near_to(finding, "another domain");
    case Reason::misleading_name:
      return "The name shown belongs to another address";
    case Reason::unusual_address:
      return "The part before the @ is unusual";
    case Reason::no_such_suffix:
      return "Its top-level domain does not exist";
    case Reason::unknown_members:
      return "It is a list whose members cannot be seen";
    case Reason::odd_one_out:
      return "It does not belong with the other recipients";
    case Reason::new_in_reply:
      return "It is new in this reply, from an organisation that had no part in it";
    case Reason::reply_diverted:
      return "The answer would go elsewhere than to its author";
    case Reason::posting:
      return "It posts to a newsgroup or a public list";
    case Reason::marking:
      return "A message marked " + escape_for_display(finding.marking) +
             " may not go to these recipients";
    case Reason::visible_crowd:
      return "Many outsiders would see each other's addresses; Bcc was probably meant";
  }
  return "It is questioned";
}

std::string in_words(const Judgement& judgement, Colour colour) {
  std::string text;
  for (const auto& recipient : judgement.recipients) {
    text += heading(recipient.verdict, judgement.watch, colour);
    text += name_for_person(recipient) + "\n";
    add_findings(text, recipient.findings);
  }
  for (const auto& finding : judgement.findings) {
    text += heading(finding.verdict, judgement.watch, colour) + "the message as a whole\n";
    add_findings(text, {finding});
  }
  return text;
}

std::string help_in_words(const Judgement& judgement, std::string_view locale) {
  const std::string_view help = text_for(locale, judgement.help);
  std::string text;
  for (std::size_t at = 0; at < help.size();) {
    const std::size_t end = std::min(help.find('\n', at), help.size());
    text += text.empty() ? "Help:  " : indent;
    text += escape_for_display(help.substr(at, end - at)) + "\n";
    at = end + 1;
  }
  return text;
}

}  // namespace recipient_guard
