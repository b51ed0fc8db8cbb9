// SPDX-License-Identifier: MPL-2.0
// What the ending of the domain may have stood for: a pair of the policy or of the built-in table,
// a slip of an ending that the organisation lists, or an ending glued on behind the whole name.
#include <algorithm>

#include "lookalike/confusable_suffixes.hpp"
#include "verdict/facts.hpp"
#include "verdict/weights.hpp"

namespace recipient_guard {
namespace {

bool ends_with_labels(std::string_view text, std::string_view end) {
  return text.size() > end.size() + 1 && text.ends_with(end) &&
         text[text.size() - end.size() - 1] == '.';
}

std::size_t last_label_size(std::string_view text) {
  return text.size() - (text.rfind('.') + 1);  // npos + 1 is 0
}

class Search {
 public:
  explicit Search(const RecipientFacts& facts)
      : facts_(facts), typed_(facts.read->mailbox), suffixes_(facts.message.snapshots.suffixes) {}

  std::vector<Candidate> run() {
    find_glued();
    find_policy_pairs();
    find_built_in_pairs();
    find_slips_of_listed_endings();
    sort_likeliest_first(found_);
    return std::move(found_);
  }

 private:
  std::string_view text() const { return typed_.domain.text(); }

  std::optional<Candidate> candidate(std::string_view domain_text, SlipKind slip) const {
    const auto domain = DomainName::from_ascii(domain_text);
    if (!domain || *domain == typed_.domain) {
      return std::nullopt;
    }
    Mailbox meant{typed_.local, *domain};
    Standing standing = standing_of(meant, facts_.message);
    const auto registrable = suffixes_.registrable_of(*domain);
    DomainName near = registrable ? DomainName::kept(*registrable) : *domain;
    return Candidate{std::move(meant), std::move(near), slip, std::move(standing)};
  }

  void keep(Candidate candidate) {
    const auto same = [&](const Candidate& other) {
      return other.meant.domain == candidate.meant.domain;
    };
    if (std::none_of(found_.begin(), found_.end(), same)) {
      weigh_meant(candidate);
      found_.push_back(std::move(candidate));
    }
  }

  void weigh_meant(Candidate& candidate) const {
    if (candidate.standing.named()) {
      candidate.weigh("covered_by_name", weights::covered_by_name);
    }
    if (candidate.standing.domain_known) {
      candidate.weigh("known_domain", weights::known_domain);
    }
    if (candidate.standing.known) {
      candidate.weigh("person_known", weights::person_known);
    }
  }

  /// The slip between the two ends, told as the kind that the whole names have.
  SlipKind kind_of(std::string_view meant) const {
    const auto domain = DomainName::from_ascii(meant);
    const auto slip = domain ? slip_between(typed_.domain, *domain, suffixes_) : std::nullopt;
    return slip ? slip->kind : SlipKind::suffix;
  }

  /// The typed domain with its end `typed`, or the whole of it, replaced; where `meant` stands
  /// before that end already (navy.mil.ml), the end is glued on and what stands before it was
  /// meant.
  std::string put_right(std::string_view meant, std::string_view typed) const {
    if (text() == typed) {
      return std::string(meant);
    }
    const std::string_view before = text().substr(0, text().size() - typed.size() - 1);
    std::string right(before);
    if (!ends_with_labels(before, meant)) {
      right += '.';
      right += meant;
    }
    return right;
  }

  bool is_ended_by_equal_terms(Candidate& candidate) const {
    const EqualTerms terms = equal_terms(facts_, candidate);
    candidate.both_known = terms == EqualTerms::by_user;
    return terms == EqualTerms::by_organisation;
  }

  /// The last label, or the last two (com.cn), may be what is glued on, whatever the public suffix
  /// list says of the outcome.
  void find_glued() {
    std::size_t end = text().size();
    for (int labels = 1; labels <= 2; ++labels) {
      const std::size_t dot = text().rfind('.', end - 1);
      if (dot == std::string_view::npos || dot == 0) {
        return;
      }
      end = dot;
      find_glued_behind(text().substr(0, end));
    }
  }

  void find_glued_behind(std::string_view before) {
    const auto domain = DomainName::from_ascii(before);
    if (!domain || domain->label_count() < 2 || !suffixes_.top_level_exists(*domain) ||
        suffixes_.is_public_suffix(*domain)) {
      return;
    }
    auto found = candidate(before, SlipKind::suffix);
    if (!found || is_built_in_name(facts_)) {
      return;
    }
    // Where the outcome is an ordinary name below an ending (x.com.cn) only a name is enough; what
    // is registered there is none where it is of the meant ending (x.nhs.uk.com).
    const auto registered = suffixes_.registrable_of(typed_.domain);
    const std::size_t meant_ending = before.size() - suffixes_.suffix_of(*domain).size();
    const bool is_of_ending = registered && text().size() - registered->size() >= meant_ending;
    const std::size_t suffix_size = suffixes_.suffix_of(typed_.domain).size();
    const bool is_ordinary = before.size() + 1 + suffix_size > text().size() && !is_of_ending;
    const Standing& standing = found->standing;
    const bool is_name =
        standing.named_by_organisation() || standing.trusted || standing.domain_known;
    const bool holds = is_ordinary ? is_name : standing.means_something();
    if (!holds || is_ended_by_equal_terms(*found)) {
      return;
    }
    found->weigh("glued", weights::glued);
    if (is_ordinary) {
      const std::string_view stem =
          before.substr(0, before.size() - 1 - suffixes_.suffix_of(*domain).size());
      found->weigh("length_below_ending", weights::length_below_ending, last_label_size(stem));
      if (stem.find('.') != stem.npos) {
        found->weigh("shared_subdomain", weights::shared_subdomain);
      }
    }
    keep(*std::move(found));
  }

  void find_policy_pairs() {
    for (const ConfusablePair& pair : facts_.policy().confusable) {
      const bool off = pair.verdict == PolicyVerdict::off || pair.verdict == PolicyVerdict::allow;
      const std::string& typed = pair.typed.text();
      if (off || !(text() == typed || ends_with_labels(text(), typed))) {
        continue;
      }
      const std::string right = put_right(pair.meant.text(), typed);
      auto found = candidate(right, kind_of(right));
      if (found) {
        found->pair = &pair;
        found->weigh("policy_pair", weights::certain);
        // A glued ending found before is this pair as well, and the pair decides its verdict.
        std::erase_if(found_, [&](const Candidate& other) {
          return other.meant.domain == found->meant.domain;
        });
        keep(*std::move(found));
      }
    }
  }

  bool policy_replaces(const ConfusableSuffix& row) const {
    const auto& pairs = facts_.policy().confusable;
    return std::any_of(pairs.begin(), pairs.end(), [&](const ConfusablePair& pair) {
      return pair.meant.text() == row.meant && pair.typed.text() == row.typed;
    });
  }

  void find_built_in_pairs() {
    for (const ConfusableSuffix& row : confusable_suffixes()) {
      if (!ends_with_labels(text(), row.typed) || policy_replaces(row)) {
        continue;
      }
      if (row.rank > 0 && suffixes_.suffix_of(typed_.domain) != row.typed) {
        continue;
      }
      const std::string right = put_right(row.meant, row.typed);
      auto found = candidate(right, SlipKind::suffix);
      if (!found || !found->standing.means_something() ||
          (row.needs_name && !found->standing.named()) || is_ended_by_equal_terms(*found) ||
          (is_built_in_name(facts_) && !found->standing.known)) {
        continue;
      }
      found->slip = kind_of(right);
      found->weigh("pair", weights::pair);
      const auto stem = text().substr(0, text().size() - row.typed.size() - 1);
      found->weigh("length_before_ending", weights::length_before_ending, last_label_size(stem));
      if (row.rank > 0) {
        found->weigh("pair_rank", weights::pair_rank * row.rank);
      }
      keep(*std::move(found));
    }
  }

  /// mi, mill, and a lost dot (navymil) where `mil` is listed: an ending that does not exist, or no
  /// ending at all, one slip from one that the organisation lists.
  void find_slips_of_listed_endings() {
    for (const DomainName& ending : facts_.policy().near_names.public_suffixes()) {
      if (ends_with_labels(text(), ending.text())) {
        continue;
      }
      keep_slip_of_ending(with_lost_dot(ending), ending.label_count());
      keep_slip_of_ending(with_ending_put_right(ending), 0);
    }
  }

  /// `lost_dot_labels`: of the ending behind a lost dot, else 0.
  void keep_slip_of_ending(const std::optional<std::string>& right, std::size_t lost_dot_labels) {
    auto found = right ? candidate(*right, SlipKind::suffix) : std::nullopt;
    const bool holds = found && found->standing.means_something() && !is_built_in_name(facts_) &&
                       !is_ended_by_equal_terms(*found);
    if (!holds) {
      return;
    }
    found->slip = kind_of(*right);
    found->weigh("slip_of_ending", weights::slip_of_ending);
    const auto labels = found->meant.domain.labels();
    if (lost_dot_labels > 0 && labels.size() > lost_dot_labels + 1 &&
        labels[labels.size() - 1 - lost_dot_labels].size() <= 1) {
      found->weigh("lost_dot_of_short_label", weights::lost_dot_of_short_label);
    }
    keep(*std::move(found));
  }

  /// The listed ending stands there, but no dot before it: navymil.
  std::optional<std::string> with_lost_dot(const DomainName& ending) const {
    const std::string_view meant = ending.text();
    const bool no_such_suffix = !suffixes_.top_level_exists(typed_.domain);
    const std::size_t dot_at = text().size() - std::min(text().size(), meant.size() + 1);
    const bool dot_lost =
        dot_at > 0 && text().ends_with(meant) && text()[dot_at] != '.' && text()[dot_at] != '-';
    const std::size_t first_label = meant.find('.');
    const bool long_ending = first_label != std::string_view::npos && first_label >= min_lost_dot;
    if (!dot_lost || (!no_such_suffix && !long_ending)) {
      return std::nullopt;
    }
    return std::string(text().substr(0, dot_at + 1)) + "." + std::string(meant);
  }

  /// One slip in the ending itself, which gives none that exists: navy.mi, navy.mill.
  std::optional<std::string> with_ending_put_right(const DomainName& ending) const {
    std::size_t begin = text().size();
    for (std::size_t i = 0; i < ending.label_count(); ++i) {
      const std::size_t dot = text().rfind('.', begin - 1);
      if (dot == std::string_view::npos || dot == 0) {
        return std::nullopt;
      }
      begin = dot;
    }
    const auto end = DomainName::from_ascii(text().substr(begin + 1));
    if (!end || (suffixes_.is_public_suffix(*end) && suffixes_.top_level_exists(*end)) ||
        !slip_between(*end, ending, suffixes_)) {
      return std::nullopt;
    }
    return std::string(text().substr(0, begin + 1)) + std::string(ending.text());
  }

  static constexpr std::size_t min_lost_dot = 3;  // cabinetofficegov.uk, not fooco.uk

  const RecipientFacts& facts_;
  const Mailbox& typed_;
  const PublicSuffixes& suffixes_;
  std::vector<Candidate> found_;
};

}  // namespace

std::vector<Candidate> ending_candidates(const RecipientFacts& facts) {
  return Search(facts).run();
}

}  // namespace recipient_guard
