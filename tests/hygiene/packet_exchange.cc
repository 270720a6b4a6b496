// SPDX-License-Identifier: Apache-2.0
#include "tests/hygiene/packet_exchange.h"

#include <algorithm>
#include <functional>
#include <memory>

#include "absl/status/statusor.h"
#include "absl/time/clock.h"
#include "absl/time/time.h"
#include "dns/header.h"
#include "dns/rr_type.h"
#include "tests/cluster/dns_client.h"
#include "tests/hygiene/wire_parts.h"

namespace strata::tests {
namespace {

constexpr uint16_t kMarkerId = 65535;
// What servers' sockets hold; and connections that may wait to be accepted: BIND allows 10, and whoever is beyond that
// tries again after a second.
constexpr size_t kUdpBatch = 40, kTcpBatch = 8;
// How long a reply may take after that to the marker behind its packet.
constexpr absl::Duration kGrace = absl::Milliseconds(250);
constexpr int kMarkerTries = 6;

std::string Marker(absl::string_view name) {
  return MakeQuery(name, dns::rr_type::kA, {.id = kMarkerId, .udp_payload_size = 0});
}

bool IsMarker(absl::string_view reply) { return reply.size() >= 2 && dns::GetU16(reply, 0) == kMarkerId; }

// One packet over UDP, or one connection.
class Attempt {
 public:
  virtual ~Attempt() = default;
  virtual void Send(absl::string_view marker, Exchanged* exchanged) = 0;
  virtual void ReceiveUntilMarker(absl::string_view marker, Exchanged* exchanged) = 0;
  // What else comes.
  virtual void ReceiveLate(absl::Duration timeout, Exchanged* exchanged) = 0;
};

class UdpAttempt : public Attempt {
 public:
  explicit UdpAttempt(uint16_t port) : client_(port) {}

  void Send(absl::string_view marker, Exchanged* exchanged) override {
    client_.Send(exchanged->sent);
    client_.Send(marker);
  }

  void ReceiveUntilMarker(absl::string_view marker, Exchanged* exchanged) override {
    for (int tries = 0; tries < kMarkerTries;) {
      const absl::StatusOr<std::string> reply = client_.Receive(absl::Seconds(1));
      if (!reply.ok()) {
        ++tries;
        client_.Send(marker);
      } else if (IsMarker(*reply)) {
        return;
      } else {
        exchanged->replies.push_back(*reply);
      }
    }
    exchanged->hung = true;
  }

  void ReceiveLate(absl::Duration timeout, Exchanged* exchanged) override {
    const absl::StatusOr<std::string> reply = client_.Receive(timeout);
    if (reply.ok() && !IsMarker(*reply)) exchanged->replies.push_back(*reply);
  }

 private:
  UdpClient client_;
};

class StreamAttempt : public Attempt {
 public:
  StreamAttempt(uint16_t port, bool half_close) : client_(port), half_close_(half_close) {}

  void Send(absl::string_view marker, Exchanged* exchanged) override {
    client_.SendOctets(exchanged->sent);
    if (half_close_) {
      client_.CloseSending();
    } else {
      client_.Send(marker);
    }
  }

  void ReceiveUntilMarker(absl::string_view, Exchanged* exchanged) override {
    while (true) {
      const absl::StatusOr<std::string> reply = client_.Receive();
      if (!reply.ok()) {
        exchanged->closed = absl::IsOutOfRange(reply.status());
        exchanged->hung = !exchanged->closed;
        return;
      }
      if (IsMarker(*reply)) return;
      exchanged->replies.push_back(*reply);
    }
  }

  void ReceiveLate(absl::Duration timeout, Exchanged* exchanged) override {
    if (exchanged->closed || exchanged->hung) return;
    const absl::StatusOr<std::string> reply = client_.Receive(timeout);
    if (reply.ok()) exchanged->replies.push_back(*reply);
  }

 private:
  TcpClient client_;
  const bool half_close_;
};

using MakeAttempt = std::function<std::unique_ptr<Attempt>(size_t index)>;

struct Plan {
  size_t batch_size;
  ExchangePace pace;
  std::string marker;
};

void RunBatch(const MakeAttempt& make, absl::string_view marker, const std::vector<size_t>& batch,
              std::vector<Exchanged>* all) {
  std::vector<std::unique_ptr<Attempt>> attempts;
  for (const size_t index : batch) {
    (*all)[index].hung = false;
    attempts.push_back(make(index));
    attempts.back()->Send(marker, &(*all)[index]);
  }
  for (size_t i = 0; i < batch.size(); ++i) attempts[i]->ReceiveUntilMarker(marker, &(*all)[batch[i]]);
  // The first that waits, waits for all.
  absl::Duration grace = kGrace;
  for (size_t i = 0; i < batch.size(); ++i) {
    Exchanged* exchanged = &(*all)[batch[i]];
    if (!exchanged->replies.empty() || exchanged->closed) continue;
    attempts[i]->ReceiveLate(grace, exchanged);
    if (exchanged->replies.empty()) grace = absl::ZeroDuration();
  }
}

// Those that have no reply after one round get another.
std::vector<Exchanged> Run(const MakeAttempt& make, const Plan& plan, std::vector<Exchanged> all) {
  // A server that counts by the second sees no more than it may, wherever its seconds begin.
  const size_t batch_size = std::clamp<size_t>(plan.pace.packets_per_second / 4, 1, plan.batch_size);
  for (int round = 0; round < 2; ++round) {
    std::vector<size_t> left;
    for (size_t i = 0; i < all.size(); ++i) {
      if (all[i].replies.empty() && !all[i].closed) left.push_back(i);
    }
    for (size_t begin = 0; begin < left.size(); begin += batch_size) {
      const absl::Time started = absl::Now();
      const std::vector<size_t> batch(&left[begin], &left[begin] + std::min(batch_size, left.size() - begin));
      RunBatch(make, plan.marker, batch, &all);
      absl::SleepFor(started + batch.size() * absl::Seconds(1) / plan.pace.packets_per_second - absl::Now());
    }
  }
  return all;
}

std::vector<Exchanged> WithIds(const std::vector<std::string>& packets) {
  std::vector<Exchanged> all(packets.size());
  for (size_t i = 0; i < packets.size(); ++i) {
    all[i].sent = packets[i];
    if (packets[i].size() >= 2) dns::SetU16(all[i].sent.data(), 0, static_cast<uint16_t>(i + 1));
  }
  return all;
}

}  // namespace

std::vector<Exchanged> ExchangeUdp(uint16_t port, absl::string_view marker, const std::vector<std::string>& packets,
                                   ExchangePace pace) {
  return Run([port](size_t) { return std::make_unique<UdpAttempt>(port); }, {kUdpBatch, pace, Marker(marker)},
             WithIds(packets));
}

std::vector<Exchanged> ExchangeTcp(uint16_t port, absl::string_view marker, const std::vector<std::string>& packets,
                                   ExchangePace pace) {
  std::vector<Exchanged> all = WithIds(packets);
  for (Exchanged& exchanged : all) exchanged.sent = Framed(exchanged.sent);
  all = Run([port](size_t) { return std::make_unique<StreamAttempt>(port, false); }, {kTcpBatch, pace, Marker(marker)},
            std::move(all));
  for (Exchanged& exchanged : all) exchanged.sent.erase(0, 2);
  return all;
}

std::vector<Exchanged> ExchangeStreams(uint16_t port, absl::string_view marker, const std::vector<StreamCase>& streams,
                                       ExchangePace pace) {
  std::vector<Exchanged> all(streams.size());
  for (size_t i = 0; i < streams.size(); ++i) all[i].sent = streams[i].octets;
  return Run([&](size_t i) { return std::make_unique<StreamAttempt>(port, streams[i].half_close); },
             {kTcpBatch, pace, Marker(marker)}, std::move(all));
}

}  // namespace strata::tests
