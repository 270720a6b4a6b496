// SPDX-License-Identifier: Apache-2.0
#include "base/event_loop.h"

#include <sys/epoll.h>
#include <sys/eventfd.h>
#include <unistd.h>

#include <cstdlib>

namespace strata::base {
namespace {

constexpr int kMaxEvents = 64;

// Only a process out of descriptors or memory, at its start, fails here.
int Require(int fd) {
  if (fd < 0) std::abort();
  return fd;
}

void Control(int epoll_fd, int operation, int fd, uint32_t events, EventSource* source) {
  epoll_event event{};
  event.events = events;
  event.data.ptr = source;
  Require(epoll_ctl(epoll_fd, operation, fd, &event));
}

}  // namespace

EventLoop::EventLoop()
    : epoll_fd_(Require(epoll_create1(EPOLL_CLOEXEC))), wake_fd_(Require(eventfd(0, EFD_CLOEXEC | EFD_NONBLOCK))) {
  Control(epoll_fd_, EPOLL_CTL_ADD, wake_fd_, EPOLLIN, nullptr);
}

EventLoop::~EventLoop() {
  close(wake_fd_);
  close(epoll_fd_);
}

void EventLoop::Add(int fd, uint32_t events, EventSource* source) {
  Control(epoll_fd_, EPOLL_CTL_ADD, fd, events, source);
}

void EventLoop::Change(int fd, uint32_t events, EventSource* source) {
  Control(epoll_fd_, EPOLL_CTL_MOD, fd, events, source);
}

void EventLoop::Remove(int fd) { Control(epoll_fd_, EPOLL_CTL_DEL, fd, 0, nullptr); }

int EventLoop::ToMilliseconds(absl::Duration timeout) {
  if (timeout == absl::InfiniteDuration()) return -1;
  return static_cast<int>(absl::ToInt64Milliseconds(absl::Ceil(timeout, absl::Milliseconds(1))));
}

void EventLoop::RunOnce(absl::Duration timeout) {
  epoll_event events[kMaxEvents];
  const int ready = epoll_wait(epoll_fd_, events, kMaxEvents, ToMilliseconds(timeout));
  for (int i = 0; i < ready; ++i) {
    auto* source = static_cast<EventSource*>(events[i].data.ptr);
    if (source != nullptr) {
      source->OnReady(events[i].events);
      continue;
    }
    uint64_t count = 0;
    (void)!read(wake_fd_, &count, sizeof count);
  }
}

void EventLoop::Wake() {
  const uint64_t one = 1;
  (void)!write(wake_fd_, &one, sizeof one);
}

}  // namespace strata::base
