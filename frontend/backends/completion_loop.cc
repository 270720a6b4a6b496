// SPDX-License-Identifier: Apache-2.0
#include "frontend/backends/completion_loop.h"

#include <grpc/support/time.h>
#include <poll.h>

#include <cstdlib>
#include <vector>

#include "base/grpc_setup.h"
#include "base/log.h"

// What the "poll" engine waits by: a seam for tests of gRPC itself, which no installed header declares. The linker
// notices when it goes; CompletionLoop's constructor, when it is used no more.
extern int (*grpc_poll_function)(pollfd* descriptors, nfds_t count, int timeout_ms);

namespace strata::frontend {
namespace {

// What the next wait of this thread is for, beside gRPC's own descriptors.
struct Wait {
  int fd = -1;
  int timeout_ms = 0;
  bool waited = false;  // one is enough: what follows only looks whether gRPC has more
  bool ready = false;   // `fd`
  std::vector<pollfd> descriptors;
};

thread_local Wait* this_threads_wait = nullptr;

// Takes the place of poll(2) in gRPC. Threads without a Wait see no difference.
int PollBoth(pollfd* descriptors, nfds_t count, int timeout_ms) {
  Wait* wait = this_threads_wait;
  if (wait == nullptr) return poll(descriptors, count, timeout_ms);
  if (wait->waited) {
    for (nfds_t i = 0; i < count; ++i) descriptors[i].revents = 0;
    return 0;
  }
  wait->waited = true;
  // poll(2) leaves out what is negative.
  wait->descriptors.assign(descriptors, descriptors + count);
  wait->descriptors.push_back({wait->fd, POLLIN, 0});
  int ready = poll(wait->descriptors.data(), wait->descriptors.size(), wait->timeout_ms);
  if (ready < 0) return ready;
  for (nfds_t i = 0; i < count; ++i) descriptors[i].revents = wait->descriptors[i].revents;
  wait->ready = wait->descriptors.back().revents != 0;
  return wait->ready ? ready - 1 : ready;
}

// While it lives, the calling thread's polls wait for `fd` too.
class ScopedWait {
 public:
  ScopedWait(int fd, int timeout_ms) {
    static thread_local Wait wait;
    wait.fd = fd;
    wait.timeout_ms = timeout_ms;
    wait.waited = false;
    wait.ready = false;
    this_threads_wait = &wait;
  }
  ~ScopedWait() { this_threads_wait = nullptr; }
  ScopedWait(const ScopedWait&) = delete;
  ScopedWait& operator=(const ScopedWait&) = delete;

  // Polls look and return.
  void DoNotSleep() { this_threads_wait->timeout_ms = 0; }
  bool waited() const { return this_threads_wait->waited; }
  bool ready() const { return this_threads_wait->ready; }
};

}  // namespace

CompletionLoop::Hook::Hook() {
  static const bool once = [] {
    base::SetUpGrpc();
    grpc_poll_function = PollBoth;
    return true;
  }();
  static_cast<void>(once);
}

CompletionLoop::CompletionLoop() {
  const ScopedWait wait(-1, 0);
  Next();
  if (wait.waited()) return;
  base::Log(base::LogLevel::kError, "gRPC polls in another way than this program needs");
  std::abort();
}

CompletionLoop::~CompletionLoop() {
  queue_.Shutdown();
  void* tag = nullptr;
  bool ok = false;
  while (queue_.Next(&tag, &ok)) (*static_cast<Completion*>(tag))(ok);
}

CompletionLoop::Event CompletionLoop::Next() {
  void* tag = nullptr;
  bool ok = false;
  // The deadline has passed: how long is waited is for PollBoth() to say.
  if (queue_.AsyncNext(&tag, &ok, gpr_inf_past(GPR_CLOCK_REALTIME)) != grpc::CompletionQueue::GOT_EVENT) {
    return Event::kNone;
  }
  return (*static_cast<Completion*>(tag))(ok) ? Event::kSomethingToDo : Event::kNothingToDo;
}

void CompletionLoop::RunOnce(base::EventLoop* loop, absl::Duration timeout) {
  bool ready = false;
  {
    ScopedWait wait(loop->fd(), base::EventLoop::ToMilliseconds(timeout));
    Event event = Event::kNothingToDo;
    // Reports what had completed before, then waits once, and reports what has come.
    while (event != Event::kNone) {
      event = Next();
      if (event == Event::kSomethingToDo) wait.DoNotSleep();
    }
    // gRPC does not always wait when it has nothing to report: then nobody looked at the descriptors.
    ready = wait.ready() || !wait.waited();
  }
  if (ready) loop->RunOnce(absl::ZeroDuration());
}

}  // namespace strata::frontend
