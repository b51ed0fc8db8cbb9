// SPDX-License-Identifier: MPL-2.0
#include "organisation/policy_source.hpp"

#include <algorithm>
#include <mutex>

#include "organisation/policy_folder.hpp"

namespace recipient_guard {
namespace {

/// A set that changes while it is read is read again so often.
constexpr int most_tries = 3;

bool looks_the_same(const std::vector<Watched>& files) {
  return std::none_of(files.begin(), files.end(), looks_different);
}

std::int64_t last_change(const std::vector<Watched>& files) {
  std::int64_t last_ns = 0;
  for (const Watched& file : files) {
    if (file.look && file.look->kind == FileKind::regular) {
      last_ns = std::max(last_ns, file.look->modified_ns);
    }
  }
  return last_ns / 1'000'000'000;
}

}  // namespace

struct PolicySource::Impl {
  Options options;

  std::mutex refreshing;  // guards the two below: one refresh at a time
  bool was_read = false;
  PolicySet last;  // as last read, without its policy

  mutable std::mutex shown;  // guards what others ask for
  std::shared_ptr<const Policy> policy;
  std::vector<Error> faults;
  std::vector<std::string> remarks;
  std::int64_t changed_at = 0;

  bool must_read() {
    if (!was_read || !looks_the_same(last.watched)) {
      return true;
    }
    // The file system's clock may have hidden a change that came right after the reading.
    return std::any_of(last.watched.begin(), last.watched.end(), [](const Watched& file) {
      return file.look && changed_just_now(*file.look) && holds_different(file);
    });
  }

  void read() {
    PolicySet set;
    for (int tries = 0; tries < most_tries; ++tries) {
      set = read_policy_set(options, *options.suffixes);
      if (looks_the_same(set.watched)) {
        break;
      }
      if (tries + 1 == most_tries) {
        set.policy.reset();
        set.faults.push_back(
            {ErrorCode::bad_policy, "the policy documents changed while they were being read"});
      }
    }
    const std::lock_guard<std::mutex> lock(shown);
    if (set.policy) {
      policy = std::move(set.policy);
    }
    faults = set.faults;
    remarks = set.remarks;
    changed_at = last_change(set.watched);
    set.policy.reset();
    last = std::move(set);
    was_read = true;
  }
};

PolicySource::PolicySource(Options options) : impl_(std::make_unique<Impl>()) {
  impl_->options = std::move(options);
  if (!impl_->options.suffixes) {
    impl_->options.suffixes = std::make_shared<const PublicSuffixes>();
  }
  refresh();
}

PolicySource::~PolicySource() = default;

void PolicySource::refresh() {
  const std::lock_guard<std::mutex> lock(impl_->refreshing);
  try {
    if (impl_->must_read()) {
      impl_->read();
    }
  } catch (const std::exception&) {
    const std::lock_guard<std::mutex> shown(impl_->shown);
    impl_->was_read = false;
    impl_->faults = {{ErrorCode::input_output, "the memory does not suffice for the policy"}};
  }
}

std::shared_ptr<const Policy> PolicySource::policy() const {
  const std::lock_guard<std::mutex> lock(impl_->shown);
  return impl_->policy;
}

std::optional<Error> PolicySource::error() const {
  const std::lock_guard<std::mutex> lock(impl_->shown);
  return impl_->faults.empty() ? std::nullopt : std::optional(impl_->faults.front());
}

std::vector<Error> PolicySource::errors() const {
  const std::lock_guard<std::mutex> lock(impl_->shown);
  return impl_->faults;
}

std::vector<std::string> PolicySource::remarks() const {
  const std::lock_guard<std::mutex> lock(impl_->shown);
  return impl_->remarks;
}

std::int64_t PolicySource::changed_at() const {
  const std::lock_guard<std::mutex> lock(impl_->shown);
  return impl_->changed_at;
}

}  // namespace recipient_guard
