// SPDX-License-Identifier: Apache-2.0
#include "frontend/net/receive_backlog.h"

#include <linux/sock_diag.h>
#include <netinet/in.h>
#include <unistd.h>

#include <algorithm>
#include <array>
#include <cstring>
#include <utility>

#include "frontend/net/listen_options.h"

namespace strata::frontend {
namespace {

// What the age of the oldest is brought to when it was too high; well below it, there may be more.
constexpr absl::Duration kAimedAge = absl::Milliseconds(75);
constexpr absl::Duration kLowAge = absl::Milliseconds(50);
// How often the buffer's size is changed, and by how much at the most.
constexpr absl::Duration kAdjustPeriod = ReceiveBacklog::kMaxAge;
constexpr double kLeastFactor = 1.0 / 16;
constexpr double kGrowth = 1.5;
// What a small query takes of a buffer, for the kernel's own needs above all.
constexpr double kDatagramMemory = 768;

// Whoever opened the socket may have been allowed more than we are.
bool MaySet(int size) {
  const int fd = socket(AF_INET, SOCK_DGRAM | SOCK_CLOEXEC, 0);
  if (fd < 0) return false;
  SetReceiveBuffer(fd, size);
  const bool same = ReceiveBufferOf(fd) == size;
  close(fd);
  return same;
}

}  // namespace

void ReceiveBacklog::Update(int datagrams, bool full) {
  if (!full && !watching_) {
    full_ = false;
    return;
  }
  const base::MonotonicTime now = clock_.MonotonicNow();
  if (full) last_full_ = now;
  if (watching_) {
    if (absl::FromChrono(now - adjusted_) >= kAdjustPeriod) AdjustBuffer(now);
    // Either there was nothing to be refused, or what is in the whole buffer is fresh in spite of that.
    if (absl::FromChrono(now - std::min(last_full_, last_old_)) >= kRelief) Watch(false, now);
  } else if (!full_) {
    since_ = now;
    read_ = 0;
  } else {
    read_ += datagrams;
    const absl::Duration time = absl::FromChrono(now - since_);
    if (time >= kPressure) {
      if (!unsupported_ && TakesLong(time)) Watch(true, now);
      since_ = now;
      read_ = 0;
    }
  }
  full_ = full;
}

// Whether what is in the buffer takes more than half of kMaxAge to be read, if `read_` datagrams took `time`.
bool ReceiveBacklog::TakesLong(absl::Duration time) const {
  std::array<uint32_t, SK_MEMINFO_VARS> figures{};
  socklen_t size = sizeof figures;
  if (getsockopt(fd_, SOL_SOCKET, SO_MEMINFO, figures.data(), &size) != 0) return true;
  const double waiting = figures[SK_MEMINFO_RMEM_ALLOC] / kDatagramMemory;
  return waiting * time > kLowAge * static_cast<double>(read_);
}

void ReceiveBacklog::Watch(bool on, base::MonotonicTime now) {
  const int value = on ? 1 : 0;
  unsupported_ = setsockopt(fd_, SOL_SOCKET, SO_TIMESTAMPNS, &value, sizeof value) != 0;
  watching_ = on && !unsupported_;
  if (watching_) {
    buffer_ = ReceiveBufferOf(fd_);
    whole_buffer_ = MaySet(buffer_) ? buffer_ : 0;
    oldest_ = absl::ZeroDuration();
    adjusted_ = now;
    last_old_ = now;
  } else if (buffer_ < whole_buffer_) {
    SetBuffer(whole_buffer_);
  }
}

// What was read since the last time tells how long the buffer takes to be read; with the size that it had before,
// perhaps, so it is not shrunk to less than a fraction at once.
void ReceiveBacklog::AdjustBuffer(base::MonotonicTime now) {
  adjusted_ = now;
  const absl::Duration oldest = std::exchange(oldest_, absl::ZeroDuration());
  if (oldest >= kLowAge || buffer_ < whole_buffer_) last_old_ = now;
  if (oldest > kMaxAge) {
    const double factor = std::max(absl::FDivDuration(kAimedAge, oldest), kLeastFactor);
    SetBuffer(std::max(static_cast<int>(buffer_ * factor), std::min(kMinBuffer, whole_buffer_)));
  } else if (oldest < kLowAge && buffer_ < whole_buffer_) {
    SetBuffer(static_cast<int>(std::min<double>(buffer_ * kGrowth, whole_buffer_)));
  }
}

void ReceiveBacklog::SetBuffer(int size) {
  if (whole_buffer_ == 0 || size == buffer_) return;
  buffer_ = size;
  SetReceiveBuffer(fd_, size);
}

bool ReceiveBacklog::IsTooOld(const msghdr& message) {
  // The macros take what they only read as if they changed it.
  auto* const header = const_cast<msghdr*>(&message);  // NOLINT(cppcoreguidelines-pro-type-const-cast)
  for (cmsghdr* control = CMSG_FIRSTHDR(header); control != nullptr; control = CMSG_NXTHDR(header, control)) {
    if (control->cmsg_level != SOL_SOCKET || control->cmsg_type != SCM_TIMESTAMPNS) continue;
    timespec came{};
    std::memcpy(&came, CMSG_DATA(control), sizeof came);
    const absl::Duration age = now_ - absl::TimeFromTimespec(came);
    oldest_ = std::max(oldest_, age);
    return age > kMaxAge;
  }
  return false;
}

}  // namespace strata::frontend
