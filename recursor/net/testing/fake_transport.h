// An upstream transport without a network: a test sees what was sent, and says what comes back and when.
//
//   FakeTransport transport(&clock);
//   ... the code under test calls transport.Start(...) ...
//   transport.Reply(0, reply, absl::Milliseconds(3));
//
// or, for whole scenarios, a script and virtual time:
//
//   transport.set_script([](const FakeExchange& exchange) { return ScriptedReply{...}; });
//   transport.Advance(absl::Seconds(1));
//
// SPDX-License-Identifier: Apache-2.0
#ifndef STRATA_RECURSOR_NET_TESTING_FAKE_TRANSPORT_H_
#define STRATA_RECURSOR_NET_TESTING_FAKE_TRANSPORT_H_

#include <cstddef>
#include <functional>
#include <optional>
#include <string>
#include <utility>
#include <vector>

#include "absl/strings/string_view.h"
#include "absl/time/time.h"
#include "base/clock.h"
#include "base/socket_address.h"
#include "base/testing/fake_clock.h"
#include "recursor/net/upstream_transport.h"

namespace strata::recursor::testing {

// One call of Start() and what became of it.
struct FakeExchange {
  ExchangeId id = 0;
  base::SocketAddress server;
  std::string query;  // as it was given, its ID too
  bool tcp = false;
  absl::Duration timeout;
  base::MonotonicTime deadline;  // when Advance() makes it a timeout
  ExchangeHandler* handler = nullptr;
  bool cancelled = false;
  bool ended = false;  // the handler was called

  bool open() const { return !cancelled && !ended; }
};

// What a script has come back, `after` the query was sent: `message`, or the failure. Later than the exchange's
// timeout: it is a timeout.
struct ScriptedReply {
  std::string message = {};
  std::optional<ExchangeFailure> failure = {};
  bool suspicious = false;
  absl::Duration after = {};
};

// Nullopt: nothing comes back, ever.
using UpstreamScript = std::function<std::optional<ScriptedReply>(const FakeExchange&)>;

// Not thread-safe. Handlers may call Start() and Cancel().
class FakeTransport final : public UpstreamTransport {
 public:
  // `clock` outlives this.
  explicit FakeTransport(base::testing::FakeClock* clock) : clock_(*clock) {}

  ExchangeId Start(const base::SocketAddress& server, absl::string_view query, bool tcp, absl::Duration timeout,
                   ExchangeHandler* handler) override;
  void Cancel(ExchangeId id) override;

  // All there ever were, in the order of Start().
  size_t size() const { return exchanges_.size(); }
  const FakeExchange& operator[](size_t index) const { return exchanges_[index].exchange; }
  size_t open_count() const;

  // End an exchange at once. REQUIRE: it is open.
  void Reply(size_t index, absl::string_view message, absl::Duration round_trip);
  void Fail(size_t index, ExchangeFailure failure, bool suspicious);

  // Is asked once for each exchange started from now on; the replies come while Advance() runs.
  void set_script(UpstreamScript script) { script_ = std::move(script); }

  // The clock goes on by `step`; what is due on the way, replies of the script and timeouts, is told in its order, each
  // at its time. A step of zero tells what is due now.
  void Advance(absl::Duration step);

 private:
  struct Entry {
    FakeExchange exchange;
    base::MonotonicTime sent;
    std::optional<ScriptedReply> scripted;
  };

  static base::MonotonicTime DueTime(const Entry& entry);
  void Tell(Entry* entry);

  base::testing::FakeClock& clock_;
  std::vector<Entry> exchanges_;
  UpstreamScript script_;
};

}  // namespace strata::recursor::testing

#endif  // STRATA_RECURSOR_NET_TESTING_FAKE_TRANSPORT_H_
