// Counts allocations: a UDP query that is answered by a backend of this process makes none.
//
// SPDX-License-Identifier: Apache-2.0
#include <atomic>
#include <cstddef>
#include <cstdlib>
#include <memory>
#include <new>
#include <string>
#include <utility>

#include "base/testing/fake_clock.h"
#include "dns/edns.h"
#include "frontend/policy/cookie_secrets.h"
#include "frontend/policy/response_limiter.h"
#include "frontend/query/query_handler.h"
#include "frontend/query/server_identity.h"
#include "frontend/testing/fake_backend.h"
#include "frontend/testing/fake_transport.h"
#include "frontend/testing/messages.h"
#include "gtest/gtest.h"

namespace {
std::atomic<int> allocations{0};

void* Allocate(size_t size) {
  ++allocations;
  void* memory = std::malloc(size);
  if (memory == nullptr) std::abort();
  return memory;
}
}  // namespace

void* operator new(size_t size) { return Allocate(size); }
void* operator new[](size_t size) { return Allocate(size); }
void operator delete(void* memory) noexcept { std::free(memory); }
void operator delete[](void* memory) noexcept { std::free(memory); }
void operator delete(void* memory, size_t) noexcept { std::free(memory); }
void operator delete[](void* memory, size_t) noexcept { std::free(memory); }

namespace strata::frontend {
namespace {

using testing::AnswerTo;
using testing::EdnsQuery;
using testing::FakeBackend;
using testing::FakeTransport;
using testing::Wire;
using testing::Zones;

class AllocationTest : public ::testing::Test {
 protected:
  AllocationTest() {
    zones_.Publish(Zones({{"test.", 1}}));
    backend_.set_events(handler_.replica_events());
    handler_.AddReplica(&backend_);
    backend_.GoUp();
    transport_.keep = false;
  }

  // Of a thousand times `query`, once it has been seen.
  int AllocationsOf(const std::string& query) {
    const Client client = transport_.MakeClient();
    const auto ask = [&] {
      for (int i = 0; i < 100; ++i) handler_.OnMessage(query, client);
      handler_.Flush();
      handler_.OnTick();
    };
    ask();
    const int before = allocations;
    for (int i = 0; i < 10; ++i) ask();
    return allocations - before;
  }

  base::testing::FakeClock clock_;
  PublishedZones zones_;
  FakeTransport transport_{true};
  FakeBackend backend_;
  // With all that looks at a query.
  static QueryHandler::Options Options() {
    QueryHandler::Options options;
    options.intake.cookie_secrets = std::make_shared<const PublishedCookieSecrets>();
    options.intake.identity =
        std::make_shared<const ServerIdentity>(ServerIdentity::Options{.id = "ns1", .version = "1", .nsid = "ns1"});
    ResponseLimiterOptions limits;
    limits.responses_per_second = 100;
    auto limiter = std::make_shared<ResponseLimiter>(limits);
    options.sender.limiter = limiter;
    options.intake.limiter = std::move(limiter);
    return options;
  }

  QueryHandler handler_{Options(), zones_, clock_};
};

TEST_F(AllocationTest, CountsAtAll) {
  const int before = allocations;
  const std::string text(1000, 'x');
  EXPECT_GT(allocations, before);
}

TEST_F(AllocationTest, AnsweredQuery) {
  const std::string answer = AnswerTo("www.a.test.", dns::rr_type::kA, 500);
  backend_.on_submit = [&](const BackendQuery& query) { backend_.Answer(query.id, answer); };
  EXPECT_EQ(AllocationsOf(Wire(EdnsQuery("wWw.A.test.", 1232))), 0);
  EXPECT_GT(transport_.commits, 100);
  EXPECT_LT(transport_.commits, 1100) << "some were limited, which allocates no more";
}

TEST_F(AllocationTest, CookieAndIdentity) {
  const std::string answer = AnswerTo("www.a.test.");
  backend_.on_submit = [&](const BackendQuery& query) { backend_.Answer(query.id, answer); };
  dns::Message query = EdnsQuery("www.a.test.", 1232);
  query.edns->options = {{dns::edns_option::kCookie, "12345678"}, {dns::edns_option::kNsid, ""}};
  EXPECT_EQ(AllocationsOf(Wire(query)), 0);
}

TEST_F(AllocationTest, TruncatedAnswer) {
  const std::string answer = AnswerTo("www.a.test.", dns::rr_type::kA, 5000);
  backend_.on_submit = [&](const BackendQuery& query) { backend_.Answer(query.id, answer); };
  EXPECT_EQ(AllocationsOf(Wire(EdnsQuery("www.a.test.", 1232))), 0);
}

TEST_F(AllocationTest, RefusedNameAndGarbage) {
  EXPECT_EQ(AllocationsOf(Wire(EdnsQuery("b.example.", 1232))), 0);
  EXPECT_EQ(AllocationsOf("twelve octets and no more sense"), 0);
}

// Its deadline passes: what an attack on an authority that hangs costs.
TEST_F(AllocationTest, QueryThatIsNeverAnswered) {
  backend_.on_submit = [](const BackendQuery&) {};
  const std::string query = Wire(EdnsQuery("a.test.", 1232));
  const Client client = transport_.MakeClient();
  const int before = allocations;
  for (int i = 0; i < 10; ++i) {
    for (int j = 0; j < 50; ++j) handler_.OnMessage(query, client);
    clock_.Advance(absl::Seconds(3));
    handler_.OnTick();
    backend_.GoUp();
  }
  EXPECT_EQ(allocations - before, 0);
  EXPECT_EQ(handler_.pending(), 0u);
}

}  // namespace
}  // namespace strata::frontend
