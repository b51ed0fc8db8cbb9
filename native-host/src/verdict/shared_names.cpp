// SPDX-License-Identifier: MPL-2.0
#include "verdict/shared_names.hpp"

#include <algorithm>
#include <array>
#include <string_view>

namespace recipient_guard {
namespace {

// After RFC 2142, and what the large lists of address checkers agree on.
constexpr std::array names = std::to_array<std::string_view>({
    "abuse",
    "accounting",
    "accounts",
    "admin",
    "administration",
    "all",
    "bestellung",
    "billing",
    "bookings",
    "buchhaltung",
    "bureau",
    "careers",
    "compras",
    "contact",
    "contacto",
    "contato",
    "customerservice",
    "daemon",
    "desk",
    "dpo",
    "editor",
    "enquiries",
    "enquiry",
    "events",
    "everyone",
    "feedback",
    "finance",
    "frontdesk",
    "ftp",
    "headoffice",
    "hello",
    "help",
    "helpdesk",
    "hostmaster",
    "hr",
    "info",
    "inquiries",
    "invoices",
    "it",
    "jobs",
    "kontakt",
    "legal",
    "list",
    "mail",
    "mailbox",
    "marketing",
    "media",
    "news",
    "newsletter",
    "no-reply",
    "noc",
    "noreply",
    "office",
    "orders",
    "postmaster",
    "press",
    "privacy",
    "reception",
    "recruitment",
    "reservations",
    "root",
    "sales",
    "secretary",
    "security",
    "service",
    "staff",
    "support",
    "team",
});
static_assert(std::is_sorted(names.begin(), names.end()));

}  // namespace

bool is_shared_name(const LocalPart& local) {
  return std::binary_search(names.begin(), names.end(), std::string_view(local.folded()));
}

}  // namespace recipient_guard
