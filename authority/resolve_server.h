// Serves ResolveService: a thread and a completion queue for each worker.
//
// SPDX-License-Identifier: Apache-2.0
#ifndef STRATA_AUTHORITY_RESOLVE_SERVER_H_
#define STRATA_AUTHORITY_RESOLVE_SERVER_H_

#include <grpcpp/grpcpp.h>

#include <memory>
#include <thread>
#include <vector>

#include "authority/resolve_stream.h"
#include "authority/zone_catalog.h"
#include "proto/resolve/v1/resolve.grpc.pb.h"

namespace strata::authority {

// The completion-queue API, and not the callback one: a stream's work runs on the thread that polls for it, without a
// hop (docs/decisions/0004).
//
//   ResolveServer resolve(catalog, workers);
//   resolve.AddTo(&builder);
//   auto server = builder.BuildAndStart();
//   resolve.Start();
//   …
//   server->Shutdown(deadline);
//   resolve.Stop();
class ResolveServer {
 public:
  // `catalog` outlives the server.
  ResolveServer(const PublishedCatalog& catalog, int workers) : catalog_(catalog), workers_(workers) {}
  ~ResolveServer() { Stop(); }

  void AddTo(grpc::ServerBuilder* builder);
  // REQUIRES: the builder's server was started.
  void Start();
  // Ends the threads. REQUIRES: the server was shut down. More than once is fine.
  void Stop();

 private:
  const PublishedCatalog& catalog_;
  const int workers_;
  resolve::v1::ResolveService::AsyncService service_;
  std::vector<std::unique_ptr<grpc::ServerCompletionQueue>> completions_;
  std::vector<std::unique_ptr<ResolveQueue>> queues_;
  std::vector<std::thread> threads_;
};

}  // namespace strata::authority

#endif  // STRATA_AUTHORITY_RESOLVE_SERVER_H_
