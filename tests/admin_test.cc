// The admin pages of each binary: what Prometheus's own checker says of /metrics, what is counted, who is ready.
//
// SPDX-License-Identifier: Apache-2.0
#include <cstdlib>
#include <string>

#include "absl/strings/str_cat.h"
#include "absl/time/clock.h"
#include "base/testing/http_client.h"
#include "gmock/gmock.h"
#include "gtest/gtest.h"
#include "tests/cluster/admin_client.h"
#include "tests/cluster/cluster.h"
#include "tests/cluster/dns_client.h"
#include "tests/cluster/files.h"
#include "tests/cluster/process.h"
#include "tests/upstream/upstream.h"

namespace strata::tests {
namespace {

using base::testing::HttpGet;
using base::testing::HttpResponse;
using ::testing::Contains;
using ::testing::HasSubstr;
using ::testing::Key;
using ::testing::Not;
using ::testing::StartsWith;

constexpr uint16_t kA = dns::rr_type::kA;
constexpr uint16_t kAaaa = dns::rr_type::kAAAA;

constexpr char kZone[] =
    "$TTL 300\n@ SOA ns hostmaster 1 7200 900 1209600 300\n@ NS ns\nns A 192.0.2.1\nwww A 192.0.2.80\n";

// The processes of a cluster with admin pages.
struct AdminProcess {
  std::string name;     // in the cluster
  std::string service;  // as it calls itself
};
const AdminProcess kProcesses[] = {
    {"authority0", "authority"}, {"cache0", "cache"}, {"recursor0", "recursor"}, {"frontend0", "frontend"}};

// All of them, with the zone a.test.; other names are answered by `upstream_`.
class AdminTest : public testing::Test {
 protected:
  AdminTest() { cluster_.WriteZone("a.test", kZone); }
  void SetUp() override { ASSERT_TRUE(cluster_.StartAll()); }

  static ClusterShape Shape(const Upstream& upstream) {
    ClusterShape shape;
    shape.caches = 1;
    shape.recursors = 1;
    shape.recursor_flags = {"--forward=" + upstream.address()};
    shape.admin = true;
    return shape;
  }

  void Ask(const std::string& name, uint16_t type = kA, uint16_t rcode = dns::rcode::kNoError) {
    const absl::StatusOr<dns::Message> answer = tests::Ask(cluster_.port(), name, type, {.recursion_desired = true});
    ASSERT_TRUE(answer.ok()) << name << answer.status();
    EXPECT_EQ(answer->rcode, rcode) << name;
  }
  base::SocketAddress Admin(const std::string& name) { return cluster_.AdminAddress(name); }
  MetricSamples Metrics(const std::string& name) { return ReadMetrics(Admin(name)); }

  const Upstream upstream_;
  Cluster cluster_{Shape(upstream_)};
};

TEST_F(AdminTest, EachProcessHasThePages) {
  for (const AdminProcess& process : kProcesses) {
    SCOPED_TRACE(process.name);
    const base::SocketAddress admin = Admin(process.name);
    EXPECT_EQ(HttpGet(admin, "/healthz").body, "ok\n");
    EXPECT_EQ(HttpGet(admin, "/readyz").body, "ready\n");
    EXPECT_THAT(HttpGet(admin, "/").body, StartsWith("strata " + process.service + " "));
    EXPECT_EQ(HttpGet(admin, "/nothing").status, 404);
    const HttpResponse metrics = HttpGet(admin, "/metrics");
    EXPECT_THAT(metrics.headers.at("content-type"), StartsWith("text/plain; version=0.0.4"));
    EXPECT_THAT(metrics.body, HasSubstr("strata_build_info{service=\"" + process.service + "\""));
    EXPECT_THAT(cluster_.LogOf(process.name), HasSubstr("msg=\"admin listening\" address=" + admin.ToText()));
  }
}

TEST_F(AdminTest, PrometheusHasNothingToSayAgainstTheMetrics) {
  if (!IsInstalled("promtool")) {
    ASSERT_EQ(getenv("CI"), nullptr) << "promtool is missing: run tools/packages test";
    GTEST_SKIP() << "promtool is not installed: tools/packages test brings it";
  }
  // With some samples of each kind.
  Ask("www.a.test.");
  Ask("www.elsewhere.test.");
  Ask("nx.elsewhere.test.", kA, dns::rcode::kNXDomain);
  for (const AdminProcess& process : kProcesses) {
    SCOPED_TRACE(process.name);
    const std::string file = cluster_.folder().Path("metrics");
    WriteFile(file, HttpGet(Admin(process.name), "/metrics").body);
    const Finished check =
        RunToEnd({"sh", "-c", "promtool check metrics <\"$0\"", file}, cluster_.folder().Path("promtool"));
    EXPECT_EQ(check.exit_code, 0);
    EXPECT_EQ(check.out, "");
    EXPECT_EQ(check.err, "");
  }
}

TEST_F(AdminTest, TheAuthorityCountsWhatItAnswers) {
  for (int i = 0; i < 3; ++i) Ask("www.a.test.");
  Ask("nowhere.a.test.", kAaaa, dns::rcode::kNXDomain);
  MetricSamples metrics = Metrics("authority0");
  EXPECT_EQ(metrics["strata_authority_queries_total{type=\"A\"}"], 3);
  EXPECT_EQ(metrics["strata_authority_queries_total{type=\"AAAA\"}"], 1);
  EXPECT_EQ(metrics["strata_authority_answers_total{rcode=\"NOERROR\"}"], 3);
  EXPECT_EQ(metrics["strata_authority_answers_total{rcode=\"NXDOMAIN\"}"], 1);
  EXPECT_EQ(metrics["strata_authority_zones"], 1);
  EXPECT_EQ(metrics["strata_authority_zone_records"], 4);
  EXPECT_EQ(metrics["strata_authority_batch_requests_sum"], 4);
  EXPECT_GE(metrics["strata_authority_streams"], 1);

  WriteFile(cluster_.SnapshotPath("broken"), "no snapshot");
  EXPECT_EQ(AwaitMetric(Admin("authority0"), "strata_authority_snapshots_refused_total", 1), 1);
}

TEST_F(AdminTest, TheCacheCountsHitsAndMisses) {
  for (int i = 0; i < 5; ++i) Ask("www.elsewhere.test.");
  MetricSamples metrics = Metrics("cache0");
  EXPECT_EQ(metrics["strata_cache_lookups_total{result=\"miss\"}"], 1);
  EXPECT_EQ(metrics["strata_cache_lookups_total{result=\"hit\"}"], 4);
  EXPECT_EQ(metrics["strata_cache_fills_total{result=\"stored\"}"], 1);
  EXPECT_EQ(metrics["strata_cache_lease_events_total{event=\"granted\"}"], 1);
  EXPECT_EQ(metrics["strata_cache_entries"], 1);
  EXPECT_EQ(metrics["strata_cache_limit_bytes"], 256 << 20);
  EXPECT_GT(metrics["strata_cache_stored_bytes"], 0);
}

TEST_F(AdminTest, TheRecursorCountsWhatItAsksAndIsTold) {
  const std::string server = absl::StrCat("{server=\"", upstream_.address(), "\"}");
  Ask("www.elsewhere.test.");
  Ask("nx.elsewhere.test.", kA, dns::rcode::kNXDomain);
  Ask("many-100.elsewhere.test.");  // by TCP
  Ask("spoofed.elsewhere.test.");
  // An answer is on its way before what made it is done with.
  const absl::Time end = absl::Now() + absl::Seconds(10);
  while (Metrics("recursor0")["strata_recursor_in_flight"] != 0) ASSERT_LT(absl::Now(), end);
  MetricSamples metrics = Metrics("recursor0");
  EXPECT_EQ(metrics["strata_recursor_queries_total{type=\"A\"}"], 4);
  EXPECT_EQ(metrics["strata_recursor_answers_total{rcode=\"NOERROR\"}"], 3);
  EXPECT_EQ(metrics["strata_recursor_answers_total{rcode=\"NXDOMAIN\"}"], 1);
  EXPECT_EQ(metrics["strata_recursor_resolution_duration_seconds_count"], 4);
  EXPECT_GE(metrics["strata_recursor_upstream_queries_total{proto=\"udp\"}"], 4);
  EXPECT_EQ(metrics["strata_recursor_upstream_fallbacks_total{reason=\"truncated\"}"], 1);
  EXPECT_GE(metrics["strata_recursor_upstream_queries_total{proto=\"tcp\"}"], 1);
  EXPECT_GE(metrics["strata_recursor_upstream_discarded_total{proto=\"udp\"}"], 1) << "the forgeries";
  EXPECT_EQ(metrics["strata_recursor_server_up" + server], 1);
  EXPECT_GT(metrics["strata_recursor_server_round_trip_seconds" + server], 0);
  EXPECT_THAT(metrics, Contains(Key("strata_recursor_server_silences_total" + server)));
}

TEST_F(AdminTest, TheFrontendCountsItsClients) {
  for (int i = 0; i < 3; ++i) Ask("www.elsewhere.test.");
  Ask("nowhere.a.test.", kAaaa, dns::rcode::kNXDomain);
  ASSERT_TRUE(AskTcp(cluster_.port(), "www.a.test.", kA).ok());
  UdpClient(cluster_.port()).Send("no query");
  const base::SocketAddress admin = Admin("frontend0");
  EXPECT_EQ(AwaitMetric(admin, "strata_frontend_dropped_total{reason=\"no_query\"}", 1), 1);
  MetricSamples metrics = ReadMetrics(admin);
  EXPECT_EQ(metrics["strata_frontend_requests_total{proto=\"udp\",family=\"1\",type=\"A\"}"], 3);
  EXPECT_EQ(metrics["strata_frontend_requests_total{proto=\"udp\",family=\"1\",type=\"AAAA\"}"], 1);
  EXPECT_EQ(metrics["strata_frontend_requests_total{proto=\"tcp\",family=\"1\",type=\"A\"}"], 1);
  EXPECT_EQ(metrics["strata_frontend_responses_total{proto=\"udp\",rcode=\"NOERROR\"}"], 3);
  EXPECT_EQ(metrics["strata_frontend_responses_total{proto=\"udp\",rcode=\"NXDOMAIN\"}"], 1);
  EXPECT_EQ(metrics["strata_frontend_request_duration_seconds_count{proto=\"udp\"}"], 4);
  EXPECT_EQ(metrics["strata_frontend_backend_queries_total{kind=\"authority\"}"], 2);
  EXPECT_EQ(metrics["strata_frontend_backend_queries_total{kind=\"recursor\"}"], 1);
  EXPECT_EQ(metrics["strata_frontend_cache_lookups_total{result=\"hit\"}"], 2);
  EXPECT_EQ(metrics["strata_frontend_tcp_accepted_total"], 1);
  EXPECT_EQ(metrics["strata_frontend_zones"], 1);
  EXPECT_EQ(metrics["strata_frontend_pending_queries"], 0);
}

TEST_F(AdminTest, AFrontendIsReadyAsLongAsItCanAsk) {
  const base::SocketAddress admin = Admin("frontend0");
  EXPECT_EQ(HttpGet(admin, "/readyz").status, 200);
  cluster_.authority(0).Kill();
  ASSERT_GE(AwaitMetric(admin, "strata_frontend_backend_streams_lost_total{kind=\"authority\"}", 1), 1);
  const absl::Time end = absl::Now() + absl::Seconds(20);
  HttpResponse ready = HttpGet(admin, "/readyz");
  while (ready.status == 200 && absl::Now() < end) ready = HttpGet(admin, "/readyz");
  EXPECT_EQ(ready.status, 503);
  EXPECT_THAT(ready.body, HasSubstr("none of these can be reached"));
  EXPECT_THAT(ready.body, HasSubstr(cluster_.AuthorityAddress(0)));
}

TEST(StrataAdminTest, StrataTellsOfAllItsParts) {
  const Upstream upstream;
  Cluster cluster({.admin = true});
  const std::string zone = cluster.folder().Path("a.test.zone");
  WriteFile(zone, kZone);
  Process& strata =
      cluster.StartStrata({"--bindzone=" + zone, "--cache", "--forward=" + upstream.address(), "--workers=1"});
  ASSERT_TRUE(strata.WaitUntilReady()) << strata.Describe();
  for (const char* name : {"www.a.test.", "www.elsewhere.test.", "www.elsewhere.test."}) {
    ASSERT_TRUE(tests::Ask(cluster.port(), name, kA, {.recursion_desired = true}).ok());
  }
  const base::SocketAddress admin = cluster.AdminAddress("strata");
  EXPECT_EQ(HttpGet(admin, "/readyz").status, 200);
  MetricSamples metrics = ReadMetrics(admin);
  EXPECT_EQ(metrics["strata_frontend_responses_total{proto=\"udp\",rcode=\"NOERROR\"}"], 3);
  EXPECT_EQ(metrics["strata_frontend_zones"], 1);
  EXPECT_EQ(metrics["strata_cache_lookups_total{result=\"hit\"}"], 1);
  EXPECT_EQ(metrics["strata_recursor_queries_total{type=\"A\"}"], 1);
}

TEST(ReadinessTest, AnAuthorityIsReadyOnceItHasAZone) {
  Cluster cluster({.frontends = 0, .admin = true});
  ASSERT_TRUE(cluster.StartAll());
  const base::SocketAddress admin = cluster.AdminAddress("authority0");
  const HttpResponse before = HttpGet(admin, "/readyz");
  EXPECT_EQ(before.status, 503);
  EXPECT_EQ(before.headers.at("content-type"), "application/json");
  EXPECT_EQ(before.body,
            absl::StrCat("{\"ready\":false,\"reasons\":[\"no zone is loaded from ", cluster.snapshots(), "\"]}\n"));
  EXPECT_EQ(HttpGet(admin, "/healthz").status, 200) << "it runs all the same";

  cluster.WriteZone("a.test", kZone);
  EXPECT_EQ(AwaitMetric(admin, "strata_authority_zones", 1), 1);
  EXPECT_EQ(HttpGet(admin, "/readyz").status, 200);
}

TEST(ReadinessTest, ARecursorWhoseServersAreSilentIsNotReady) {
  const Upstream upstream;
  Cluster cluster(
      {.authorities = 0, .recursors = 1, .admin = true, .recursor_flags = {"--forward=" + upstream.address()}});
  ASSERT_TRUE(cluster.StartAll());
  const base::SocketAddress admin = cluster.AdminAddress("recursor0");
  EXPECT_EQ(HttpGet(admin, "/readyz").status, 200);
  UdpClient client(cluster.port());
  ASSERT_TRUE(client.Send(MakeQuery("silent.test.", kA, {.recursion_desired = true})));
  const std::string silences =
      absl::StrCat("strata_recursor_server_silences_total{server=\"", upstream.address(), "\"}");
  EXPECT_GE(AwaitMetric(admin, silences, 1), 1);
  EXPECT_EQ(ReadMetrics(admin)[absl::StrCat("strata_recursor_server_up{server=\"", upstream.address(), "\"}")], 0);
  const HttpResponse ready = HttpGet(admin, "/readyz");
  EXPECT_EQ(ready.status, 503);
  EXPECT_THAT(ready.body, HasSubstr("no upstream server replies: " + upstream.address()));
}

TEST(AdminAddressTest, APortInUseIsAnErrorThatNamesTheFlag) {
  const TemporaryFolder folder;
  const std::string flag = absl::StrCat("--admin_listen=", UnusedPort());
  Process first({Runfile("cache/cache"), "--listen=unix:" + folder.Path("first.sock"), flag}, folder.Path("first"));
  ASSERT_TRUE(first.WaitUntilReady()) << first.Describe();
  const Finished second =
      RunToEnd({Runfile("cache/cache"), "--listen=unix:" + folder.Path("second.sock"), flag}, folder.Path("second"));
  EXPECT_EQ(second.exit_code, 1);
  EXPECT_THAT(second.err, HasSubstr("--admin_listen: cannot listen on 127.0.0.1:"));
  EXPECT_THAT(second.err, HasSubstr("another process listens there; choose another port"));
}

TEST(AdminAddressTest, WithoutTheFlagNobodyListens) {
  const TemporaryFolder folder;
  Process cache({Runfile("cache/cache"), "--listen=unix:" + folder.Path("sock")}, folder.Path("cache"));
  ASSERT_TRUE(cache.WaitUntilReady()) << cache.Describe();
  EXPECT_THAT(cache.Stderr(), Not(HasSubstr("admin listening")));
}

}  // namespace
}  // namespace strata::tests
