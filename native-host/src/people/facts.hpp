// SPDX-License-Identifier: MPL-2.0
// What the user's people learn, as plain values: of one message that left, of answers given, of
// entries trusted. The same facts go into the People in memory and into the lasting store.
#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <variant>
#include <vector>

#include "address/mailbox.hpp"
#include "address/public_suffix.hpp"
#include "people/people.hpp"

namespace recipient_guard {

/// A message to more recipients says nothing of who belongs together.
inline constexpr std::size_t most_in_a_group = 50;
inline constexpr std::size_t max_kept_name_octets = 256;

struct WrittenTo {
  Mailbox mailbox;
  std::string name;  ///< as shown beside the address, UTF-8; may be empty
  Sending sending = Sending::right;
};

struct SettledQuestion {
  std::string reason;   ///< name_of() of the code
  std::string subject;  ///< settled_subject(): a domain, the key of an address, a list or group
};

/// An address, or a domain and all below it.
struct TrustEntry {
  std::variant<Mailbox, DomainName> of;

  std::string text() const;
  /// `bob@navy.mil` or `navy.mil`; a public suffix is no entry, nor is what cannot be read.
  static std::optional<TrustEntry> read(std::string_view text, const PublicSuffixes& suffixes);
};

struct Trusted {
  TrustEntry entry;
  std::int64_t time = 0;  ///< when it was trusted, Unix seconds
  std::string source;     ///< from where: "review", "settings", "command", "import" ..
};

/// Things that hold together: they become known all at once, or none of them.
struct Facts {
  std::int64_t time = 0;              ///< of the message or answer, Unix seconds
  std::vector<WrittenTo> written_to;  ///< each address once
  std::vector<Mailbox> answered;      ///< the user answered mail from them
  std::vector<SettledQuestion> settled;
  std::vector<Trusted> trusted;

  bool empty() const {
    return written_to.empty() && answered.empty() && settled.empty() && trusted.empty();
  }
};

/// Those of `facts` who belong together: written to rightly, two or more, in a message to at most
/// most_in_a_group; else empty. Who was questioned and sent to all the same may not belong there.
std::vector<const WrittenTo*> company_of(const Facts& facts);

/// Takes `facts` into `people`, for a run that keeps nothing.
void apply(const Facts& facts, People& people, const PublicSuffixes& suffixes);

}  // namespace recipient_guard
