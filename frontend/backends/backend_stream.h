// An authority or a recursor at the end of a gRPC stream.
//
// SPDX-License-Identifier: Apache-2.0
#ifndef STRATA_FRONTEND_BACKENDS_BACKEND_STREAM_H_
#define STRATA_FRONTEND_BACKENDS_BACKEND_STREAM_H_

#include <string>

#include "frontend/backends/backend.h"
#include "frontend/backends/client_stream.h"

namespace strata::frontend {

// Turns queries to messages and answers back; the stream does the rest. Its worker's thread uses it.
class BackendStream : public Backend, private ClientStreamEvents<ResolveProtocol> {
 public:
  using Stream = ClientStream<ResolveProtocol>;

  // As ClientStream's. `events` outlives the stream's last event.
  BackendStream(const std::string& target, int worker, CompletionThread* completions, StreamInbox* inbox,
                BackendEvents* events)
      : events_(*events), stream_(target, worker, completions, inbox, this) {}

  Stream& stream() { return stream_; }

  bool up() const override { return stream_.up(); }
  void Submit(const BackendQuery& query) override;
  void Flush() override { stream_.Flush(); }
  void Break() override { stream_.Break(); }

 private:
  void OnStreamUp() override { events_.OnUp(this); }
  void OnStreamDown() override { events_.OnDown(this); }
  void OnReplies(const resolve::v1::AnswerBatch& batch) override;

  BackendEvents& events_;
  Stream stream_;
};

}  // namespace strata::frontend

#endif  // STRATA_FRONTEND_BACKENDS_BACKEND_STREAM_H_
