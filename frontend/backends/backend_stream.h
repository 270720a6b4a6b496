// An authority or a recursor at the end of a gRPC stream.
//
// SPDX-License-Identifier: Apache-2.0
#ifndef STRATA_FRONTEND_BACKENDS_BACKEND_STREAM_H_
#define STRATA_FRONTEND_BACKENDS_BACKEND_STREAM_H_

#include <string>

#include "frontend/backends/backend.h"
#include "frontend/backends/backend_target.h"
#include "frontend/backends/client_stream.h"

namespace strata::frontend {

// Turns queries to messages and answers back; the stream does the rest. Its worker's thread uses it.
class BackendStream : public Backend, private ClientStreamEvents<ResolveProtocol> {
 public:
  using Stream = ClientStream<ResolveProtocol>;

  // As ClientStream's. `events` outlives the stream's last event. `prompt`: it answers at once, as an authority does.
  BackendStream(const BackendTarget& target, int worker, bool prompt, CompletionLoop* completions,
                BackendEvents* events)
      : prompt_(prompt), events_(*events), stream_(target, worker, completions, this) {}

  Stream& stream() { return stream_; }

  bool up() const override { return stream_.up(); }
  void Submit(const BackendQuery& query) override;
  void Flush() override { stream_.Flush(); }
  void Break() override { stream_.Break(); }

 private:
  void OnStreamUp() override { events_.OnUp(this); }
  void OnStreamDown() override {
    owed_ = 0;
    events_.OnDown(this);
  }
  bool owed() const override { return owed_ > 0; }
  void OnReplies(const resolve::v1::AnswerBatch& batch) override;

  const bool prompt_;
  BackendEvents& events_;
  int owed_ = 0;  // queries without an answer
  Stream stream_;
};

}  // namespace strata::frontend

#endif  // STRATA_FRONTEND_BACKENDS_BACKEND_STREAM_H_
