// The backends of one worker, all inside the process.
//
// SPDX-License-Identifier: Apache-2.0
#ifndef STRATA_STANDALONE_LOCAL_BACKENDS_H_
#define STRATA_STANDALONE_LOCAL_BACKENDS_H_

#include <memory>
#include <vector>

#include "authority/zone_catalog.h"
#include "cache/answer_cache.h"
#include "frontend/backends/backend_group.h"
#include "recursor/resolver.h"
#include "standalone/local_authority.h"
#include "standalone/local_cache.h"
#include "standalone/local_recursor.h"

namespace strata::standalone {

// What the workers share.
struct LocalServices {
  const authority::PublishedCatalog* catalog = nullptr;
  cache::AnswerCache* cache = nullptr;     // or none
  recursor::Resolver* resolver = nullptr;  // or none
};

class LocalBackends : public frontend::BackendGroup {
 public:
  // Everything outlives it.
  LocalBackends(const LocalServices& services, base::EventLoop* loop, const frontend::WorkerEvents& events);

  std::vector<frontend::Backend*> replicas() override { return {&authority_}; }
  std::vector<NamedMember> members() override;
  std::vector<NamedRecursor> recursors() override;
  void RunOnce(absl::Duration timeout) override;

 private:
  base::EventLoop& loop_;
  LocalAuthority authority_;
  std::unique_ptr<LocalCache> cache_;
  std::unique_ptr<LocalRecursor> recursor_;
};

}  // namespace strata::standalone

#endif  // STRATA_STANDALONE_LOCAL_BACKENDS_H_
