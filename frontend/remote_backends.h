// The backends of one worker that are other processes.
//
// SPDX-License-Identifier: Apache-2.0
#ifndef STRATA_FRONTEND_REMOTE_BACKENDS_H_
#define STRATA_FRONTEND_REMOTE_BACKENDS_H_

#include <memory>
#include <string>
#include <vector>

#include "frontend/answer_inbox.h"
#include "frontend/backend_group.h"
#include "frontend/backend_stream.h"
#include "frontend/completion_thread.h"

namespace strata::frontend {

class RemoteBackends : public BackendGroup {
 public:
  // `authorities` are gRPC targets that CheckTarget() returned.
  RemoteBackends(const std::vector<std::string>& authorities, int worker, base::EventLoop* loop, BackendEvents* events);
  ~RemoteBackends() override;

  std::vector<Backend*> replicas() override;
  void Poll() override;

 private:
  AnswerInbox inbox_;
  std::vector<StreamEvent> events_;
  std::vector<std::unique_ptr<BackendStream>> streams_;
  // After the streams: it ends first, and then nothing of theirs is under way.
  std::unique_ptr<CompletionThread> completions_;
};

}  // namespace strata::frontend

#endif  // STRATA_FRONTEND_REMOTE_BACKENDS_H_
