// Tests that what a cache does is on the page.
//
// SPDX-License-Identifier: Apache-2.0
#include "cache/cache_metrics.h"

#include <string>

#include "absl/strings/str_cat.h"
#include "absl/time/time.h"
#include "base/testing/fake_clock.h"
#include "cache/testing/recording_client.h"
#include "cache/testing/test_response.h"
#include "dns/lookup_name.h"
#include "dns/rr_type.h"
#include "gmock/gmock.h"

namespace strata::cache {
namespace {

using ::strata::cache::testing::AddressResponse;
using ::strata::cache::testing::RecordingClient;
using ::strata::cache::testing::WireName;
using ::testing::HasSubstr;

class CacheMetricsTest : public ::testing::Test {
 protected:
  static AnswerCache::Options Small() {
    AnswerCache::Options options;
    options.memory_bytes = 1 << 20;
    return options;
  }

  Reply Lookup(absl::string_view name, RecordingClient* client) {
    name_.Assign(WireName(name));
    return cache_.Lookup(client, 0, AddressKey(), &wire_);
  }
  Reply Peek(absl::string_view name) {
    name_.Assign(WireName(name));
    return cache_.Peek(AddressKey(), &wire_);
  }
  Key AddressKey() const {
    Key key;
    key.name = &name_;
    key.type = dns::rr_type::kA;
    key.rr_class = dns::rr_class::kIN;
    return key;
  }
  bool Fill(RecordingClient* client, const LeaseToken& token, const std::string& wire) {
    Answer answer;
    answer.wire = wire;
    return cache_.Fill(client, token, answer);
  }
  // "sample value", such as `entries 1`.
  void Expect(absl::string_view sample) {
    base::MetricsWriter writer;
    WriteCacheMetrics(cache_, &writer);
    EXPECT_TRUE(writer.status().ok()) << writer.status();
    EXPECT_THAT(writer.text(), HasSubstr(absl::StrCat("\nstrata_cache_", sample, "\n")));
  }

  base::testing::FakeClock clock_;
  AnswerCache cache_{Small(), clock_};
  RecordingClient client_, other_;
  dns::LookupName name_;
  std::string wire_;
};

TEST_F(CacheMetricsTest, Lookups) {
  const Reply miss = Lookup("www.example.", &client_);
  Lookup("www.example.", &other_);
  Peek("www.example.");
  ASSERT_TRUE(Fill(&client_, miss.token, AddressResponse("www.example.", 300).Wire()));
  Lookup("www.example.", &client_);
  Lookup("www.example.", &client_);
  Peek("www.example.");
  Expect("lookups_total{result=\"hit\"} 2");
  Expect("lookups_total{result=\"miss\"} 1");
  Expect("lookups_total{result=\"parked\"} 1");
  Expect("peeks_total{result=\"hit\"} 1");
  Expect("peeks_total{result=\"miss\"} 1");
  Expect("fills_total{result=\"stored\"} 1");
  Expect("entries 1");
  Expect("limit_bytes 1048576");
}

TEST_F(CacheMetricsTest, Fills) {
  const LeaseToken token = Lookup("www.example.", &client_).token;
  EXPECT_FALSE(Fill(&other_, token, AddressResponse("www.example.", 300).Wire()));
  EXPECT_FALSE(Fill(&client_, token, AddressResponse("ftp.example.", 300).Wire()));
  EXPECT_TRUE(Fill(&client_, token, AddressResponse("www.example.", 0).Wire()));
  Answer failure;
  failure.rcode = dns::rcode::kServFail;
  EXPECT_TRUE(cache_.Fill(&client_, Lookup("www.example.", &client_).token, failure));
  Expect("fills_total{result=\"refused_without_lease\"} 1");
  Expect("fills_total{result=\"refused_another_question\"} 1");
  Expect("fills_total{result=\"not_cacheable\"} 1");
  Expect("fills_total{result=\"failure\"} 1");
  Expect("fills_total{result=\"stored\"} 0");
}

TEST_F(CacheMetricsTest, Leases) {
  const LeaseToken token = Lookup("a.example.", &client_).token;
  Lookup("a.example.", &other_);
  Lookup("b.example.", &client_);
  Expect("leases 2");
  Expect("parked_lookups 1");
  clock_.Advance(absl::Milliseconds(900));
  cache_.Renew(&client_, token);
  clock_.Advance(absl::Milliseconds(900));
  cache_.Tick();
  cache_.Release(&client_, token);
  Expect("lease_events_total{event=\"granted\"} 2");
  Expect("lease_events_total{event=\"renewed\"} 1");
  Expect("lease_events_total{event=\"expired\"} 1");
  Expect("lease_events_total{event=\"released\"} 1");
  Expect("lease_events_total{event=\"handed_over\"} 1");
  Expect("leases 1");
}

TEST_F(CacheMetricsTest, WhatIsTooMuch) {
  // More than may be parked for one name.
  constexpr int kCrowd = 8 * 1024;
  for (int i = 0; i < kCrowd + 3; ++i) Lookup("www.example.", &client_);
  Expect("limit_reached_total{limit=\"parked\"} 2");
  // More than there is memory for.
  for (int i = 0; i < 10000; ++i) {
    const std::string name = absl::StrCat("n", i, ".example.");
    const LeaseToken token = Lookup(name, &client_).token;
    Fill(&client_, token, AddressResponse(name, 300).Wire());
  }
  EXPECT_GT(cache_.statistics().store.evictions, 0u);
  Expect(absl::StrCat("evictions_total ", cache_.statistics().store.evictions));
  const size_t stored = cache_.statistics().entries;
  clock_.Advance(absl::Seconds(300));
  for (int i = 0; i < 10000; ++i) Peek(absl::StrCat("n", i, ".example."));
  Expect(absl::StrCat("expired_total ", stored));
  Expect("entries 0");
}

}  // namespace
}  // namespace strata::cache
