// SPDX-License-Identifier: MPL-2.0
// Two names, one a line, as domains and as local parts: whatever they are, a slip from one to the
// other is a slip back.
#include <optional>
#include <string>

#include "address/characters.hpp"
#include "address/idna.hpp"
#include "address/utf8.hpp"
#include "fuzzing.hpp"
#include "lookalike/domain_slip.hpp"
#include "lookalike/local_part_slip.hpp"
#include "lookalike/skeleton.hpp"
#include "lookalike/two_edits.hpp"

using namespace recipient_guard;
using fuzzing::demand;

namespace {

/// The kind that leads back.
SlipKind turned(SlipKind kind) {
  switch (kind) {
    case SlipKind::doubled:
      return SlipKind::undoubled;
    case SlipKind::undoubled:
      return SlipKind::doubled;
    case SlipKind::deletion:
      return SlipKind::insertion;
    case SlipKind::insertion:
      return SlipKind::deletion;
    default:
      return kind;
  }
}

template <typename Slip>
void look_at(const std::optional<Slip>& there, const std::optional<Slip>& back, bool equal) {
  demand(there.has_value() == back.has_value(), "a slip has a way back");
  demand(!there || !equal, "a name is no slip of itself");
  demand(!there || turned(there->kind) == back->kind, "the way back is of the kind turned round");
  demand(!there || !name_of(there->kind).empty(), "a slip has a name");
}

std::optional<DomainName> domain_in(std::string_view text) {
  auto read = to_domain_name(text);
  auto* const mapped = std::get_if<MappedDomain>(&read);
  return mapped == nullptr ? std::nullopt : std::optional(mapped->name);
}

void look_at_domains(const DomainName& a, const DomainName& b) {
  static const PublicSuffixes suffixes;
  const auto slip = slip_between(a, b, suffixes);
  look_at(slip, slip_between(b, a, suffixes), a == b);
  demand(is_two_edits(a.text(), b.text()) == is_two_edits(b.text(), a.text()),
         "two edits are two edits back");
  (void)shape_of_two_edits(a, b, suffixes);
  for (const DomainName& parent : comparable_parents(a, suffixes)) {
    demand(parent == a || a.is_below(parent), "a parent lies above");
  }
  const std::u32string look = skeleton_of(characters_of(a));
  demand(skeleton_of(look) == look, "a skeleton is its own");
}

}  // namespace

void fuzzing::try_input(std::string_view input) {
  const auto lines = lines_of_input(input, 2);
  if (lines.size() < 2 || !is_utf8(input) || has_control(lines[0]) || has_control(lines[1])) {
    return;
  }
  const auto a = domain_in(lines[0]);
  const auto b = domain_in(lines[1]);
  if (a && b) {
    look_at_domains(*a, *b);
  }
  const auto local_a = LocalPart::from_text(lines[0]);
  const auto local_b = LocalPart::from_text(lines[1]);
  if (local_a && local_b) {
    look_at(local_part_slip(local_a->folded(), local_b->folded()),
            local_part_slip(local_b->folded(), local_a->folded()), *local_a == *local_b);
  }
}
