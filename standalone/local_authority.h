// The authority inside the process: a backend without a stream.
//
// SPDX-License-Identifier: Apache-2.0
#ifndef STRATA_STANDALONE_LOCAL_AUTHORITY_H_
#define STRATA_STANDALONE_LOCAL_AUTHORITY_H_

#include <memory>
#include <string>

#include "authority/zone_catalog.h"
#include "frontend/backends/backend.h"

namespace strata::standalone {

// Answers each query while it is submitted, from the catalog of that moment. One for each worker, used by its thread
// only.
class LocalAuthority : public frontend::Backend {
 public:
  // Both outlive it.
  LocalAuthority(const authority::PublishedCatalog& catalog, frontend::BackendEvents* events);

  bool up() const override { return true; }
  void Submit(const frontend::BackendQuery& query) override;
  void Flush() override {}
  // It never owes an answer.
  void Break() override {}

 private:
  authority::PublishedCatalog::View catalog_;
  frontend::BackendEvents& events_;
  std::unique_ptr<char[]> buffer_;
  std::string options_;  // of the answer
};

}  // namespace strata::standalone

#endif  // STRATA_STANDALONE_LOCAL_AUTHORITY_H_
