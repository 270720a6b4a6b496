// One client's stream of queries, answered where they arrive.
//
// SPDX-License-Identifier: Apache-2.0
#ifndef STRATA_AUTHORITY_RESOLVE_STREAM_H_
#define STRATA_AUTHORITY_RESOLVE_STREAM_H_

#include <grpcpp/grpcpp.h>

#include <memory>

#include "authority/answer_outbox.h"
#include "authority/zone_catalog.h"
#include "dns/lookup_name.h"
#include "proto/resolve/v1/resolve.grpc.pb.h"

namespace strata::authority {

// What the streams of one completion queue share. All of it is used by the queue's one thread only.
struct ResolveQueue {
  resolve::v1::ResolveService::AsyncService* service;
  grpc::ServerCompletionQueue* completions;
  PublishedCatalog::View catalog;
  std::unique_ptr<char[]> buffer;  // 65535 octets, for the answer being made
  dns::LookupName name;            // of the question being answered
  bool stopping = false;           // the completion queue takes no more operations
};

// A call of ResolveService.Resolve, from waiting for a client to the end of its stream. It owns itself: Accept() makes
// one, which makes its own successor when a client comes, and deletes itself when the last of its operations has
// completed. Runs on the thread of its completion queue only.
class ResolveStream {
 public:
  // What completes: the completion queue's tags point to these.
  struct Operation {
    ResolveStream* stream;
    void (ResolveStream::*done)(bool ok);
  };

  // Waits for the next client. `queue` outlives the stream.
  static void Accept(ResolveQueue* queue) { new ResolveStream(queue); }

  // To be called with what the completion queue returns.
  static void Complete(void* tag, bool ok);

 private:
  explicit ResolveStream(ResolveQueue* queue);

  void OnAccepted(bool ok);
  void OnMetadataSent(bool ok);
  void OnRead(bool ok);
  void OnWritten(bool ok);
  void OnFinished(bool ok);

  // Answers what was read, as long as the outbox takes it, then reads on.
  void AnswerQueries();
  void Answer(const resolve::v1::Query& query);
  void Read();
  void WriteOrFinish();

  ResolveQueue& queue_;
  grpc::ServerContext context_;
  grpc::ServerAsyncReaderWriter<resolve::v1::AnswerBatch, resolve::v1::QueryBatch> stream_;
  resolve::v1::QueryBatch queries_;
  int next_query_ = 0;  // of queries_, to be answered
  AnswerOutbox outbox_;
  std::unique_ptr<resolve::v1::AnswerBatch> sending_;  // what is being written
  int outstanding_ = 0;                                // operations that have not completed
  bool reading_ = false;
  bool writing_ = false;
  bool ended_ = false;  // no more queries will come
  bool broken_ = false;
  bool finishing_ = false;
  Operation accepted_{this, &ResolveStream::OnAccepted};
  Operation metadata_sent_{this, &ResolveStream::OnMetadataSent};
  Operation read_{this, &ResolveStream::OnRead};
  Operation written_{this, &ResolveStream::OnWritten};
  Operation finished_{this, &ResolveStream::OnFinished};
};

}  // namespace strata::authority

#endif  // STRATA_AUTHORITY_RESOLVE_STREAM_H_
