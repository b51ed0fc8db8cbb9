// SPDX-License-Identifier: MPL-2.0
#include "messaging/verdict_writer.hpp"

#include <algorithm>
#include <string_view>
#include <utility>
#include <vector>

#include "address/reader.hpp"
#include "address/utf8.hpp"
#include "messaging/json_writer.hpp"

namespace recipient_guard {
namespace {

// Leaves room in a frame for the envelope, `more` and the findings of the message.
constexpr std::size_t max_recipients_octets = 800 * 1024;
constexpr std::size_t max_help_octets = 8 * 1024;
// What nearly all verdicts fit in.
constexpr std::size_t octets_of_none = 64;
constexpr std::size_t octets_of_some = 2048;

std::string_view name_of(TrustOffer offer) {
  switch (offer) {
    case TrustOffer::none:
      return "none";
    case TrustOffer::address:
      return "address";
    case TrustOffer::domain:
      return "domain";
  }
  return "none";
}

class Writer {
 public:
  Writer(const Judgement& judgement, const VerdictForm& form)
      : judgement_(judgement), form_(form), json_(out_) {
    for (const auto& piece : judgement.evidence) {
      evidence_.push_back(&piece);
    }
    std::stable_sort(evidence_.begin(), evidence_.end(), [](const Evidence* a, const Evidence* b) {
      return a->recipient < b->recipient;
    });
  }

  std::string write() {
    out_.reserve(judgement_.verdict == Verdict::allow ? octets_of_none : octets_of_some);
    json_.begin_object();
    verdict(judgement_.verdict);
    json_.key("recipients").begin_array();
    const std::size_t more = recipients();
    json_.end_array();
    json_.key("findings").begin_array();
    for (const auto& found : judgement_.findings) {
      finding(found, true);
    }
    json_.end_array();
    if (more > 0) {
      json_.member("more", more);
    }
    help();
    if (form_.recorded) {
      json_.member("recorded", *form_.recorded);
    }
    if (form_.kept) {
      json_.member("kept", *form_.kept);
    }
    if (form_.evidence) {
      json_.key("keyboards").begin_array();
      for (const std::string_view layout : names_of(judgement_.keyboards)) {
        json_.value(layout);
      }
      json_.end_array();
    }
    json_.end_object();
    return std::move(out_);
  }

 private:
  // Of a block that still stands after the person's answers.
  void help() {
    if (judgement_.verdict != Verdict::block || judgement_.help.empty()) {
      return;
    }
    json_.key("help").begin_object();
    std::size_t octets = 0;
    for (const auto& [language, text] : judgement_.help) {
      octets += text.size();
      if (octets <= max_help_octets) {
        json_.member(language, text);
      }
    }
    json_.end_object();
  }

  void verdict(Verdict found) {
    const std::string_view name = recipient_guard::name_of(found);
    if (judgement_.watch) {
      json_.member("verdict", recipient_guard::name_of(Verdict::allow)).member("would", name);
    } else {
      json_.member("verdict", name);
    }
  }

  // How many are questioned and not listed.
  std::size_t recipients() {
    std::size_t listed = 0;
    std::size_t more = 0;
    for (const auto& one : judgement_.recipients) {
      const bool all = form_.listing == VerdictForm::Listing::all;
      if (!all && one.findings.empty()) {
        continue;
      }
      if (!all && (listed == max_listed_recipients || out_.size() > max_recipients_octets)) {
        ++more;
        continue;
      }
      recipient(one);
      ++listed;
    }
    return more;
  }

  void recipient(const RecipientJudgement& one) {
    json_.begin_object().member("index", one.index);
    json_.member("field", recipient_guard::name_of(one.field));
    json_.member("address", one.address).member("shown", shown_in_verdict(one));
    verdict(one.verdict);
    json_.key("findings").begin_array();
    for (const auto& found : one.findings) {
      finding(found, false);
    }
    json_.end_array();
    json_.member("override", name_of(one.override)).member("trust", name_of(one.trust));
    if (form_.evidence) {
      evidence_of(one.index);
    }
    json_.end_object();
  }

  void finding(const Finding& found, bool of_message) {
    json_.begin_object().member("code", recipient_guard::name_of(found.reason));
    verdict(found.verdict);
    if (recipient_guard::traits_of(found.reason).proposes_address || !found.meant.empty()) {
      json_.key("meant").begin_array();
      for (const auto& address : found.meant) {
        json_.value(address);
      }
      json_.end_array();
    }
    optional_text("near", found.near);
    if (found.slip) {
      json_.member("slip", recipient_guard::name_of(*found.slip));
    }
    optional_text("rule", found.rule);
    optional_text("marking", found.marking);
    optional_text("detail", found.detail);
    if (of_message) {
      json_.key("recipients").begin_array();
      const std::size_t most = form_.listing == VerdictForm::Listing::all ? found.recipients.size()
                                                                          : max_listed_recipients;
      for (std::size_t i = 0; i < found.recipients.size() && i < most; ++i) {
        json_.value(found.recipients[i]);
      }
      json_.end_array();
      json_.member("override", name_of(found.override));
    }
    json_.end_object();
  }

  void optional_text(std::string_view name, const std::string& text) {
    if (!text.empty()) {
      json_.member(name, text);
    }
  }

  void evidence_of(std::size_t index) {
    json_.key("evidence").begin_array();
    auto piece = std::lower_bound(
        evidence_.begin(), evidence_.end(), index,
        [](const Evidence* one, std::size_t wanted) { return one->recipient < wanted; });
    for (; piece != evidence_.end() && (*piece)->recipient == index; ++piece) {
      evidence(**piece);
    }
    json_.end_array();
  }

  void evidence(const Evidence& piece) {
    json_.begin_object().member("code", recipient_guard::name_of(piece.reason));
    json_.member("score", piece.score).member("threshold", piece.threshold);
    optional_text("near", piece.near);
    optional_text("meant", piece.meant);
    if (piece.slip) {
      json_.member("slip", recipient_guard::name_of(*piece.slip));
    }
    optional_text("cleared_by", piece.cleared_by);
    json_.key("weights").begin_object();
    for (const auto& weight : piece.weights) {
      std::string name(weight.name);
      if (weight.row) {
        name += "[" + std::to_string(*weight.row) + "]";
      }
      json_.member(name, weight.value);
    }
    json_.end_object().end_object();
  }

  const Judgement& judgement_;
  const VerdictForm& form_;
  std::vector<const Evidence*> evidence_;  // in the order of the recipients
  std::string out_;
  JsonWriter json_;
};

}  // namespace

std::string shown_in_verdict(const RecipientJudgement& recipient) {
  return shortened(recipient.shown(), max_shown_octets);
}

std::string name_in_answers(const std::string& named) {
  return read_address(named) ? key_of(named) : named;
}

std::string name_in_answers(const RecipientJudgement& recipient) {
  return recipient.address.empty() ? name_in_answers(shown_in_verdict(recipient))
                                   : key_of(recipient.address);
}

std::string verdict_json(const Judgement& judgement, const VerdictForm& form) {
  return Writer(judgement, form).write();
}

}  // namespace recipient_guard
