// A cache member that does what its test says.
//
// SPDX-License-Identifier: Apache-2.0
#ifndef STRATA_FRONTEND_TESTING_FAKE_CACHE_MEMBER_H_
#define STRATA_FRONTEND_TESTING_FAKE_CACHE_MEMBER_H_

#include <cstdint>
#include <string>
#include <utility>
#include <vector>

#include "frontend/backends/cache_member.h"

namespace strata::frontend::testing {

// Keeps what it was told until the test replies. Not thread-safe.
class FakeCacheMember : public CacheMember {
 public:
  struct Filled {
    LeaseToken token;
    std::string wire;
    uint16_t rcode;
  };

  // `events` outlives the member.
  explicit FakeCacheMember(CacheMemberEvents* events = nullptr, bool up = true) : events_(events), up_(up) {}
  void set_events(CacheMemberEvents* events) { events_ = events; }

  bool up() const override { return up_; }
  void Lookup(const CacheLookup& lookup) override {
    lookups.push_back(lookup);
    names.emplace_back(lookup.name->wire());
  }
  void Peek(const CacheLookup& lookup) override { peeks.push_back(lookup); }
  void Fill(const LeaseToken& token, const BackendAnswer& answer) override {
    fills.push_back({token, std::string(answer.wire), answer.rcode});
  }
  void Renew(const LeaseToken& token) override { renewals.push_back(token); }
  void Release(const LeaseToken& token) override { releases.push_back(token); }
  void Flush() override { ++flushes; }
  void Break() override {
    ++breaks;
    GoDown();
  }

  void GoUp() {
    up_ = true;
    events_->OnUp(this);
  }
  void GoDown() {
    up_ = false;
    events_->OnDown(this);
  }

  static LeaseToken Token(char octet) {
    LeaseToken token;
    token.fill(octet);
    return token;
  }
  void Hit(uint32_t id, const std::string& wire) {
    CacheReply reply;
    reply.kind = CacheReply::Kind::kHit;
    reply.answer.id = id;
    reply.answer.wire = wire;
    Reply(reply);
  }
  void Park(uint32_t id) {
    CacheReply reply;
    reply.kind = CacheReply::Kind::kParked;
    reply.answer.id = id;
    Reply(reply);
  }
  // 0: without a lease.
  void Miss(uint32_t id, char token = 0) {
    CacheReply reply;
    reply.answer.id = id;
    reply.has_token = token != 0;
    reply.token = Token(token);
    Reply(reply);
  }
  // A heartbeat.
  void Beat() { events_->OnAlive(this); }
  void Reply(const CacheReply& reply) {
    events_->OnAlive(this);
    events_->OnReply(this, reply);
  }

  std::vector<CacheLookup> lookups;  // the names are not good any more
  std::vector<CacheLookup> peeks;
  std::vector<std::string> names;  // of the lookups, in wire form
  std::vector<Filled> fills;
  std::vector<LeaseToken> renewals, releases;
  int flushes = 0;
  int breaks = 0;

 private:
  CacheMemberEvents* events_;
  bool up_;
};

}  // namespace strata::frontend::testing

#endif  // STRATA_FRONTEND_TESTING_FAKE_CACHE_MEMBER_H_
