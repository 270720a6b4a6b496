// SPDX-License-Identifier: Apache-2.0
#include "standalone/local_backends.h"

namespace strata::standalone {

LocalBackends::LocalBackends(const LocalServices& services, base::EventLoop* loop, const frontend::WorkerEvents& events)
    : loop_(*loop), authority_(*services.catalog, events.authorities) {
  if (services.cache != nullptr) cache_ = std::make_unique<LocalCache>(services.cache, loop, events.members);
  if (services.resolver != nullptr) {
    recursor_ = std::make_unique<LocalRecursor>(services.resolver, loop, events.recursors);
  }
}

std::vector<frontend::BackendGroup::NamedMember> LocalBackends::members() {
  if (cache_ == nullptr) return {};
  return {{"local", cache_.get()}};
}

std::vector<frontend::BackendGroup::NamedRecursor> LocalBackends::recursors() {
  if (recursor_ == nullptr) return {};
  return {{"local", recursor_.get()}};
}

void LocalBackends::RunOnce(absl::Duration timeout) {
  loop_.RunOnce(timeout);
  if (recursor_ != nullptr) recursor_->Poll();
  // After the recursor: what its answers filled.
  if (cache_ != nullptr) cache_->Poll();
}

}  // namespace strata::standalone
