// SPDX-License-Identifier: MPL-2.0
// Names taken by themselves: which let in half the world, and which are slips of others.
#include <algorithm>
#include <array>
#include <future>
#include <thread>

#include "organisation/lint_findings.hpp"

namespace recipient_guard {
namespace {

/// Labels of endings below which a registry lets in its own kind only: an entry of them is no more
/// than it says.
constexpr std::array<std::string_view, 22> closed_labels{
    "mil",        "gov",       "edu",    "int",  "ac",   "gob",  "gouv",   "go",
    "gub",        "govt",      "gv",     "gc",   "nhs",  "mod",  "police", "sch",
    "parliament", "judiciary", "govern", "arpa", "bund", "admin"};

bool is_closed(const DomainName& name) {
  const auto labels = name.labels();
  return std::any_of(labels.begin(), labels.end(), [](std::string_view label) {
    return std::find(closed_labels.begin(), closed_labels.end(), label) != closed_labels.end();
  });
}

bool is_reserved(const DomainName& name) {
  // RFC 2606: names that nobody can register.
  const auto last = name.labels().back();
  return last == "example" || last == "test" || last == "invalid" || last == "localhost";
}

/// The shortest name of which a slip says something: below, most names are near others.
constexpr std::size_t least_letters = 4;
/// A name that shares all but one of its letters with more listed ones is one of a series (shop1,
/// shop2 ..), of which none is a slip; comparing each with all the others would take minutes.
constexpr std::size_t most_beside = 20;
/// The work of spelling is shared by so many threads at most.
constexpr unsigned most_threads = 4;

struct Misspelt {
  std::size_t number = 0;
  std::string meant;
  SourcePlace meant_at;
  bool is_built_in = false;
};

class Spelling {
 public:
  Spelling(const Policy& policy, const PublicSuffixes& suffixes, const WellKnownNames& well_known)
      : policy_(policy), suffixes_(suffixes), well_known_(well_known) {}

  /// What the entry of that number is a slip of.
  std::optional<Misspelt> look_at(std::size_t number) const {
    const Rule rule = policy_.rules.rule(number);
    if (rule.kind == RuleKind::block || rule.entry.form == EntryForm::verbatim) {
      return std::nullopt;
    }
    if (rule.entry.mailbox) {
      if (auto found = near_address(number, rule)) {
        return found;
      }
    }
    return near_domain(number, rule);
  }

 private:
  static bool says_something(const NearName& near) {
    const SlipShape& shape = near.shape;
    return near.slip != SlipKind::digits && shape.name_length >= least_letters &&
           !shape.number_at_end && !shape.body_code && !shape.country_code;
  }

  /// Of two near entries the one that was listed for its own sake is right: own and protect before
  /// allow, then what stands first.
  bool speaks_against(std::size_t number, const Rule& rule, const NearRule& other) const {
    const bool is_allow = rule.kind == RuleKind::allow;
    const bool other_is_allow = other.list == NearList::allow;
    if (is_allow != other_is_allow) {
      return is_allow;
    }
    const SourcePlace& a = other.rule.source;
    const SourcePlace& b = rule.source;
    if (!(a == b)) {
      return a.document != b.document ? a.document < b.document : a.line < b.line;
    }
    // Both in one line: the entries before this one there.
    for (std::size_t before = number; before-- > 0;) {
      const Rule earlier = policy_.rules.rule(before);
      if (!(earlier.source == b)) {
        return false;
      }
      if (earlier.entry.text == other.rule.entry.text) {
        return true;
      }
    }
    return false;
  }

  std::optional<Misspelt> near_domain(std::size_t number, const Rule& rule) const {
    const DomainName& domain = rule.entry.domain ? *rule.entry.domain : rule.entry.mailbox->domain;
    if (suffixes_.is_public_suffix(domain) || well_known_.covering(domain) != nullptr) {
      return std::nullopt;
    }
    const NearQuery query(domain, suffixes_);
    for (const NearName& near : well_known_.near_names().near(query)) {
      if (says_something(near)) {
        return Misspelt{number, near.near.text(), {}, true};
      }
    }
    if (policy_.near_names.compared(query) > most_beside) {
      return std::nullopt;
    }
    for (const NearName& near : policy_.near_names.near(query)) {
      const NearRule other = policy_.near_rule(near.id);
      if (says_something(near) && speaks_against(number, rule, other)) {
        return Misspelt{number, near.near.text(), other.rule.source, false};
      }
    }
    return std::nullopt;
  }

  std::optional<Misspelt> near_address(std::size_t number, const Rule& rule) const {
    const Mailbox& mailbox = *rule.entry.mailbox;
    for (const NearLocalPart& near : policy_.near_addresses.near(mailbox)) {
      const Mailbox other{near.local, mailbox.domain};
      auto listed = policy_.rules.covering(other);
      NearList list = listed && listed->kind == RuleKind::own ? NearList::own : NearList::allow;
      if (!listed || !listed->names_address() || listed->kind == RuleKind::block) {
        listed = policy_.protect.covering(other);
        list = NearList::protect;
      }
      // A fingerprint may be another's by chance.
      const bool is_listed =
          listed && listed->names_address() && key_of(std::string(listed->text)) == other.key();
      if (is_listed && near.slip.length >= least_letters &&
          speaks_against(number, rule, {list, made_of(*listed)})) {
        return Misspelt{number, std::string(listed->text), listed->source, false};
      }
    }
    return std::nullopt;
  }

  const Policy& policy_;
  const PublicSuffixes& suffixes_;
  const WellKnownNames& well_known_;
};

/// A share of the entries, in their order; no more than anybody is told of.
std::vector<Misspelt> look_through(const Spelling& spelling, std::size_t from, std::size_t to) {
  std::vector<Misspelt> found;
  for (std::size_t i = from; i < to && found.size() <= max_lint_findings; ++i) {
    if (auto one = spelling.look_at(i)) {
      found.push_back(*std::move(one));
    }
  }
  return found;
}

}  // namespace

void lint_breadth(const Policy& policy, const PublicSuffixes& suffixes,
                  const WellKnownNames& well_known, LintFindings& findings) {
  for (std::size_t i = 0; i < policy.rules.size(); ++i) {
    const Rule rule = policy.rules.rule(i);
    if (rule.kind == RuleKind::block || !rule.entry.domain || is_closed(*rule.entry.domain) ||
        is_reserved(*rule.entry.domain)) {
      continue;
    }
    const std::string& name = rule.entry.domain->text();
    if (suffixes.is_public_suffix(*rule.entry.domain)) {
      findings.add(LintCode::over_broad, policy, rule.source,
                   quoted(rule) + " is a public suffix: it allows names that anybody can register",
                   "List the names meant, such as \"partner." + name + "\".");
    } else if (well_known.is_mail_provider(*rule.entry.domain)) {
      findings.add(LintCode::over_broad, policy, rule.source,
                   quoted(rule) + " is a mail provider: anybody may have an address there",
                   "List the addresses meant, such as \"somebody@" + name + "\".");
    }
  }
}

void lint_spelling(const Policy& policy, const PublicSuffixes& suffixes,
                   const WellKnownNames& well_known, LintFindings& findings) {
  const Spelling spelling(policy, suffixes, well_known);
  const std::size_t count = policy.rules.size();
  constexpr std::size_t worth_a_thread = 10'000;
  const std::size_t threads =
      std::min<std::size_t>({std::max(1U, std::thread::hardware_concurrency()), most_threads,
                             count / worth_a_thread + 1});
  std::vector<std::future<std::vector<Misspelt>>> shares;
  const std::size_t share = (count + threads - 1) / threads;
  for (std::size_t i = 0; i < threads; ++i) {
    // The first share is this thread's own: a short list needs no other.
    const auto how = i == 0 ? std::launch::deferred : std::launch::async;
    shares.push_back(std::async(how, [&, i] {
      return look_through(spelling, std::min(i * share, count), std::min((i + 1) * share, count));
    }));
  }
  for (auto& found : shares) {
    for (const Misspelt& one : found.get()) {
      const Rule rule = policy.rules.rule(one.number);
      const std::string where = one.is_built_in ? "the built-in list" : policy.shown(one.meant_at);
      findings.add(LintCode::misspelt, policy, rule.source,
                   quoted(rule) + " looks like a slip of \"" + one.meant + "\" (" + where + ")",
                   "Look whether it is right; if not, mend it or take it out: it lets the slip "
                   "pass.");
    }
  }
}

}  // namespace recipient_guard
