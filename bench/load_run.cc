// See load_run.h.
//
// SPDX-License-Identifier: Apache-2.0
#include "bench/load_run.h"

#include <algorithm>
#include <limits>
#include <memory>

#include "base/status_macros.h"
#include "bench/load_socket.h"
#include "bench/loopback_socket.h"

namespace strata::bench {
namespace {

using Sockets = std::vector<std::unique_ptr<LoadSocket>>;

absl::StatusOr<Sockets> OpenSockets(const std::vector<QueryPacket>& queries, const LoadOptions& options) {
  const size_t window = std::max<size_t>(options.window, 1);
  const size_t count = std::clamp<size_t>(options.sockets, 1, window);
  Sockets sockets;
  for (size_t i = 0; i < count; ++i) {
    STRATA_ASSIGN_OR_RETURN(const int fd, ConnectLoopback(options.port));
    // The shares add up to the window.
    const size_t share = window * (i + 1) / count - window * i / count;
    sockets.push_back(std::make_unique<LoadSocket>(fd, share, std::max<size_t>(options.batch, 1), queries));
  }
  return sockets;
}

bool AnyInFlight(const Sockets& sockets) {
  return std::any_of(sockets.begin(), sockets.end(), [](const auto& socket) { return socket->in_flight() > 0; });
}

// Gives up overdue queries; looks for them a few times per timeout only.
class Overdue {
 public:
  Overdue(int64_t timeout, int64_t now) : timeout_(timeout), next_(now + timeout) {}

  void GiveUp(const Sockets& sockets, int64_t now, LoadReport& report) {
    if (now < next_) return;
    next_ = now + timeout_ / 8;
    for (const auto& socket : sockets) socket->GiveUpSentBefore(now - timeout_, report);
  }

 private:
  const int64_t timeout_;
  int64_t next_;
};

// What is due to be sent.
class Pace {
 public:
  // Without a rate, everything always is.
  Pace(std::optional<double> rate, int64_t now) : rate_(rate), start_(now) {}

  size_t Due(int64_t now, uint64_t sent) {
    if (!rate_.has_value()) return std::numeric_limits<size_t>::max();
    const double scheduled = static_cast<double>(now - start_) * *rate_ / 1e9 - skipped_;
    const double late = scheduled - static_cast<double>(sent);
    const double surplus = late - *rate_ * kMaxLateSeconds;
    if (surplus > 0) skipped_ += surplus;
    return static_cast<size_t>(std::max(std::min(late, late - surplus), 0.0));
  }

 private:
  static constexpr double kMaxLateSeconds = 0.005;

  const std::optional<double> rate_;
  const int64_t start_;
  double skipped_ = 0;
};

}  // namespace

absl::StatusOr<LoadReport> RunLoad(const std::vector<QueryPacket>& queries, const LoadOptions& options) {
  STRATA_ASSIGN_OR_RETURN(const Sockets sockets, OpenSockets(queries, options));
  constexpr uint64_t kUnlimited = std::numeric_limits<uint64_t>::max();
  QueryCursor cursor(queries.size(), options.passes.has_value() ? *options.passes * queries.size() : kUnlimited);
  LoadReport report;
  const int64_t start = MonotonicNow();
  const int64_t end = options.passes.has_value() ? std::numeric_limits<int64_t>::max()
                                                 : start + absl::ToInt64Nanoseconds(options.duration);
  Overdue overdue(absl::ToInt64Nanoseconds(options.timeout), start);
  Pace pace(options.rate, start);
  int64_t now = start;
  while (now < end && cursor.left() > 0) {
    for (const auto& socket : sockets) {
      const int64_t sending = MonotonicNow();
      socket->Send(cursor, sending, pace.Due(sending, report.sent), report);
      socket->Receive(report);
    }
    now = MonotonicNow();
    overdue.GiveUp(sockets, now, report);
  }
  while (AnyInFlight(sockets)) {
    for (const auto& socket : sockets) socket->Receive(report);
    overdue.GiveUp(sockets, MonotonicNow(), report);
  }
  report.seconds = static_cast<double>(MonotonicNow() - start) / 1e9;
  return report;
}

}  // namespace strata::bench
