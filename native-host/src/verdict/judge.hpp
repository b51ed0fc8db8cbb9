// SPDX-License-Identifier: MPL-2.0
// The judge: a message and snapshots in, a judgement out. Pure: no clock, no files, no state.
#pragma once

#include "address/public_suffix.hpp"
#include "lookalike/keyboards.hpp"
#include "lookalike/well_known.hpp"
#include "organisation/policy.hpp"
#include "people/people.hpp"
#include "verdict/judgement.hpp"
#include "verdict/message.hpp"

namespace recipient_guard {

struct Snapshots {
  const Policy& policy;
  const People& people;
  const WellKnownNames& well_known;
  const PublicSuffixes& suffixes;
  /// Which keys lie side by side for whoever writes.
  KeyboardLayouts keyboards = KeyboardLayouts::all();
};

enum class Trace { off, on };

/// Judges `message`; its time must be set. Never throws but std::bad_alloc.
Judgement judge(const Message& message, const Snapshots& snapshots, Trace trace = Trace::off);

}  // namespace recipient_guard
