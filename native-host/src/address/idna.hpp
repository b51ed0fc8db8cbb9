// SPDX-License-Identifier: MPL-2.0
// Domain names between Unicode and the wire: IDNA2008 as processed by UTS #46 (non-transitional),
// by libidn2, with the checks that libidn2 leaves out (see docs/ARCHITECTURE).
#pragma once

#include <optional>
#include <string>
#include <string_view>
#include <variant>

#include "address/mailbox.hpp"

namespace recipient_guard {

enum class DomainFault { empty_label, trailing_dot, label_too_long, domain_too_long, not_a_name };

struct MappedDomain {
  DomainName name;
  bool mapped = false;                  ///< see ReadMailbox::domain_mapped
  std::optional<DomainName> deviation;  ///< see ReadMailbox::deviation
};

/// `text` is UTF-8 without NUL and controls (the caller refuses those first; a NUL is refused here
/// too, since a C string would end there).
std::variant<MappedDomain, DomainFault> to_domain_name(std::string_view text);

/// Has labels that to_unicode() looks at.
bool is_international(const DomainName& name);
/// The domain with its A-labels in Unicode; labels that do not convert back stay as they are.
std::string to_unicode(const DomainName& name);

}  // namespace recipient_guard
