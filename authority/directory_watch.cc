// SPDX-License-Identifier: Apache-2.0
#include "authority/directory_watch.h"

#include <poll.h>
#include <sys/eventfd.h>
#include <sys/inotify.h>
#include <unistd.h>

#include <cerrno>
#include <cstdint>

#include "absl/strings/str_cat.h"

namespace strata::authority {

absl::StatusOr<std::unique_ptr<DirectoryWatch>> DirectoryWatch::Open(const std::string& directory) {
  std::unique_ptr<DirectoryWatch> watch(
      new DirectoryWatch(inotify_init1(IN_CLOEXEC | IN_NONBLOCK), eventfd(0, EFD_CLOEXEC | EFD_NONBLOCK)));
  // A file that is still being written is of no interest until it is closed; IN_CREATE is for links, which are not.
  constexpr uint32_t kEvents = IN_CLOSE_WRITE | IN_MOVED_TO | IN_MOVED_FROM | IN_DELETE | IN_CREATE | IN_ONLYDIR;
  if (watch->inotify_fd_ < 0 || watch->stop_fd_ < 0 ||
      inotify_add_watch(watch->inotify_fd_, directory.c_str(), kEvents) < 0) {
    return absl::ErrnoToStatus(errno, absl::StrCat("cannot watch ", directory));
  }
  return watch;
}

DirectoryWatch::~DirectoryWatch() {
  if (inotify_fd_ >= 0) close(inotify_fd_);
  if (stop_fd_ >= 0) close(stop_fd_);
}

DirectoryWatch::Woken DirectoryWatch::Poll(absl::Duration timeout) {
  pollfd fds[] = {{inotify_fd_, POLLIN, 0}, {stop_fd_, POLLIN, 0}};
  const int ready = poll(fds, 2, static_cast<int>(absl::ToInt64Milliseconds(timeout)));
  if ((fds[1].revents & POLLIN) != 0) return Woken::kStopped;
  if (ready <= 0) return Woken::kTimeout;
  // Which files changed is for a scan to see.
  alignas(inotify_event) char events[4096];
  while (read(inotify_fd_, events, sizeof events) > 0) {
  }
  return Woken::kChange;
}

bool DirectoryWatch::Wait(absl::Duration timeout, absl::Duration settle) {
  Woken woken = Poll(timeout);
  // A steady stream of changes must not keep the first of them waiting for ever.
  for (int i = 0; i < 10 && woken == Woken::kChange; ++i) {
    woken = Poll(settle);
    if (woken == Woken::kTimeout) return true;
  }
  return woken != Woken::kStopped;
}

void DirectoryWatch::Stop() {
  const uint64_t one = 1;
  // Cannot fail: the counter is far from its limit.
  (void)!write(stop_fd_, &one, sizeof one);
}

}  // namespace strata::authority
