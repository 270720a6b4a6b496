// The recursor inside the process: a backend without a stream.
//
// SPDX-License-Identifier: Apache-2.0
#ifndef STRATA_STANDALONE_LOCAL_RECURSOR_H_
#define STRATA_STANDALONE_LOCAL_RECURSOR_H_

#include <deque>
#include <memory>
#include <string>
#include <vector>

#include "base/event_loop.h"
#include "frontend/backends/backend.h"
#include "recursor/resolver.h"
#include "standalone/kept_answer.h"
#include "standalone/loop_inbox.h"

namespace strata::standalone {

// One worker's view of the resolver that all workers share. Questions leave with Flush(), answers come with Poll().
// Used by its worker's thread.
class LocalRecursor : public frontend::Backend {
 public:
  // All outlive it. `loop` is woken when Poll() has something to do.
  LocalRecursor(recursor::Resolver* resolver, base::EventLoop* loop, frontend::BackendEvents* events);
  ~LocalRecursor() override;

  bool up() const override { return true; }
  void Submit(const frontend::BackendQuery& query) override;
  void Flush() override;
  // There is no other one to ask.
  void Break() override {}

  // Delivers what was resolved.
  void Poll();

 private:
  // The resolver keeps it until it owes nothing more.
  class Client;

  recursor::Resolver& resolver_;
  frontend::BackendEvents& events_;
  const std::shared_ptr<Client> client_;
  std::vector<recursor::ResolverQuestion> gathered_;
  std::deque<std::string> names_;  // that gathered_ views
  std::vector<KeptAnswer> taken_;
};

}  // namespace strata::standalone

#endif  // STRATA_STANDALONE_LOCAL_RECURSOR_H_
