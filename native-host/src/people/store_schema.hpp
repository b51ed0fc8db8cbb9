// SPDX-License-Identifier: MPL-2.0
// The tables of the people store and how an older file becomes a newer one. Inner part of the
// store.
#pragma once

#include "people/store_database.hpp"
#include "system/error.hpp"

namespace recipient_guard {

/// What this program writes: the number of migrations.
int store_schema_version();

enum class SchemaState {
  ready,
  empty,  ///< read only, and nothing was ever written there
};

/// Brings the tables to this program's version, all at once or not at all. A file of a newer
/// version, or of another program, is store_unavailable and stays untouched.
Result<SchemaState> prepare_schema(Database& database);

}  // namespace recipient_guard
