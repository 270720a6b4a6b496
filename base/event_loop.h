// A thread's loop over file descriptors (epoll).
//
// SPDX-License-Identifier: Apache-2.0
#ifndef STRATA_BASE_EVENT_LOOP_H_
#define STRATA_BASE_EVENT_LOOP_H_

#include <cstdint>

#include "absl/time/time.h"

namespace strata::base {

// Is told when its descriptor is ready.
class EventSource {
 public:
  virtual ~EventSource() = default;
  // `events` is a set of EPOLLIN, EPOLLOUT, EPOLLHUP, EPOLLERR.
  virtual void OnReady(uint32_t events) = 0;
};

// Used by one thread, except for Wake().
class EventLoop {
 public:
  EventLoop();
  ~EventLoop();
  EventLoop(const EventLoop&) = delete;
  EventLoop& operator=(const EventLoop&) = delete;

  // Level-triggered. `source` lives until Remove(), and through the turn of the loop in which that was called.
  void Add(int fd, uint32_t events, EventSource* source);
  void Change(int fd, uint32_t events, EventSource* source);
  void Remove(int fd);

  // Waits for `timeout` at most (InfiniteDuration: for ever) and tells the sources that are ready. Returns when Wake()
  // was called, too.
  void RunOnce(absl::Duration timeout);

  // Is readable when RunOnce() has something to do: for who waits for that and for something else.
  int fd() const { return epoll_fd_; }
  // A timeout as poll(2) and epoll(7) take it: rounded up, so that a deadline that is 0.4 ms away makes nobody spin.
  static int ToMilliseconds(absl::Duration timeout);

  // Ends the RunOnce() of now, or the next one if none runs. Any thread.
  void Wake();

 private:
  const int epoll_fd_;
  const int wake_fd_;
};

}  // namespace strata::base

#endif  // STRATA_BASE_EVENT_LOOP_H_
