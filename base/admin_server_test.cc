// Tests over real connections: pages, other methods, garbage, clients that are slow or many, a port in use.
//
// SPDX-License-Identifier: Apache-2.0
#include "base/admin_server.h"

#include <signal.h>
#include <sys/socket.h>

#include <deque>
#include <random>
#include <string>
#include <utility>

#include "absl/strings/str_cat.h"
#include "absl/time/clock.h"
#include "base/testing/http_client.h"
#include "gmock/gmock.h"
#include "gtest/gtest.h"

namespace strata::base {
namespace {

using ::testing::HasSubstr;
using testing::HttpConnection;
using testing::HttpGet;
using testing::HttpResponse;
using testing::ParseHttpResponse;
using ::testing::StartsWith;

SocketAddress Loopback(uint16_t port) { return *SocketAddress::FromText(absl::StrCat("127.0.0.1:", port)); }

// A server whose readiness the test sets beforehand.
std::unique_ptr<AdminServer> StartServer(const AdminLimits& limits = {}, Readiness readiness = {}) {
  signal(SIGPIPE, SIG_IGN);
  AdminPages pages;
  pages.readiness = [readiness] { return readiness; };
  pages.metrics = [](MetricsWriter* writer) {
    writer->Family("strata_tester_scrapes_total", MetricType::kCounter, "Scrapes.");
    writer->Sample({}, 1);
  };
  auto server = AdminServer::Start(Loopback(0), "tester", std::move(pages), limits);
  EXPECT_TRUE(server.ok()) << server.status();
  return *std::move(server);
}

HttpResponse Ask(const AdminServer& server, absl::string_view request) {
  HttpConnection connection(server.address());
  connection.Send(request);
  return ParseHttpResponse(connection.ReadAll());
}

TEST(AdminServer, ServesThePages) {
  const auto server = StartServer();
  EXPECT_NE(server->address().port(), 0);
  const HttpResponse metrics = HttpGet(server->address(), "/metrics");
  EXPECT_EQ(metrics.status, 200);
  EXPECT_THAT(metrics.headers.at("content-type"), StartsWith("text/plain; version=0.0.4"));
  EXPECT_EQ(metrics.headers.at("content-length"), absl::StrCat(metrics.body.size()));
  EXPECT_THAT(metrics.body, HasSubstr("\nstrata_tester_scrapes_total 1\n"));
  EXPECT_EQ(HttpGet(server->address(), "/healthz").body, "ok\n");
  EXPECT_EQ(HttpGet(server->address(), "/readyz").body, "ready\n");
  EXPECT_EQ(HttpGet(server->address(), "/").status, 200);
  EXPECT_EQ(HttpGet(server->address(), "/healthz?verbose=1").status, 200);
  EXPECT_EQ(HttpGet(server->address(), "/favicon.ico").status, 404);
}

TEST(AdminServer, SaysWhyItIsNotReady) {
  const auto server = StartServer({}, Readiness{{"no zone is loaded"}});
  const HttpResponse ready = HttpGet(server->address(), "/readyz");
  EXPECT_EQ(ready.status, 503);
  EXPECT_EQ(ready.headers.at("content-type"), "application/json");
  EXPECT_EQ(ready.body, "{\"ready\":false,\"reasons\":[\"no zone is loaded\"]}\n");
}

TEST(AdminServer, HeadIsGetWithoutTheBody) {
  const auto server = StartServer();
  const HttpResponse head = Ask(*server, "HEAD /healthz HTTP/1.1\r\nHost: x\r\n\r\n");
  EXPECT_EQ(head.status, 200);
  EXPECT_EQ(head.headers.at("content-length"), "3");
  EXPECT_EQ(head.body, "");
}

TEST(AdminServer, ServesHttp10) {
  const auto server = StartServer();
  EXPECT_EQ(Ask(*server, "GET /healthz HTTP/1.0\r\n\r\n").body, "ok\n");
}

TEST(AdminServer, ReadsARequestInPieces) {
  const auto server = StartServer();
  HttpConnection connection(server->address());
  for (const char c : absl::string_view("GET /healthz HTTP/1.1\r\nHost: x\r\n\r\n")) {
    ASSERT_TRUE(connection.Send(absl::string_view(&c, 1)));
  }
  EXPECT_EQ(ParseHttpResponse(connection.ReadAll()).body, "ok\n");
}

TEST(AdminServer, OnlyReads) {
  const auto server = StartServer();
  for (const char* method : {"POST", "PUT", "DELETE", "OPTIONS", "PATCH", "TRACE"}) {
    const HttpResponse response =
        Ask(*server, absl::StrCat(method, " /metrics HTTP/1.1\r\nHost: x\r\nContent-Length: 0\r\n\r\n"));
    EXPECT_EQ(response.status, 405) << method;
    EXPECT_EQ(response.headers.at("allow"), "GET, HEAD") << method;
  }
  EXPECT_EQ(Ask(*server, "BREW /metrics HTTP/1.1\r\nHost: x\r\n\r\n").status, 501);
}

TEST(AdminServer, RefusesWhatIsTooLarge) {
  const auto server = StartServer();
  const std::string large(100000, 'x');
  for (const std::string& request : {
           absl::StrCat("GET /", large, " HTTP/1.1\r\n\r\n"),
           absl::StrCat("GET / HTTP/1.1\r\nX: ", large, "\r\n\r\n"),
           absl::StrCat("POST / HTTP/1.1\r\nContent-Length: 100000\r\n\r\n", large),
           absl::StrCat("POST / HTTP/1.1\r\nContent-Length: 18446744073709551615\r\n\r\n"),
           absl::StrCat("POST / HTTP/1.1\r\nTransfer-Encoding: chunked\r\n\r\nffffffff\r\n", large),
       }) {
    HttpConnection connection(server->address());
    connection.Send(request);  // which the server may end early
    const int status = ParseHttpResponse(connection.ReadAll()).status;
    EXPECT_TRUE(status == 0 || status >= 400) << status << " for " << request.substr(0, 60);
  }
  EXPECT_EQ(HttpGet(server->address(), "/healthz").status, 200);
}

TEST(AdminServer, SurvivesGarbage) {
  const auto server = StartServer();
  std::minstd_rand random(1);
  for (int i = 0; i < 200; ++i) {
    std::string garbage(random() % 600, '\0');
    for (char& c : garbage) c = static_cast<char>(random());
    if (i % 2 == 0) garbage.insert(0, "GET /metrics HTTP/1.1\r\n");
    HttpConnection connection(server->address());
    connection.Send(garbage);
    shutdown(connection.fd(), SHUT_WR);
    connection.ReadAll();
  }
  EXPECT_EQ(HttpGet(server->address(), "/healthz").status, 200);
}

TEST(AdminServer, AClientThatSaysNothingIsDropped) {
  AdminLimits limits;
  limits.idle_timeout = absl::Milliseconds(100);
  const auto server = StartServer(limits);
  HttpConnection connection(server->address());
  connection.Send("GET /met");
  EXPECT_EQ(connection.ReadAll(), "");
}

TEST(AdminServer, AClientThatTricklesIsDropped) {
  AdminLimits limits;
  limits.lifetime = absl::Milliseconds(300);
  const auto server = StartServer(limits);
  HttpConnection connection(server->address());
  connection.Send("GET /healthz HTTP/1.1\r\nX-Long: ");
  // Far less often than the idle timeout, and never done.
  while (connection.Send("x")) absl::SleepFor(absl::Milliseconds(5));
  EXPECT_EQ(connection.ReadAll(), "");
}

TEST(AdminServer, ManyClientsThatSayNothingOnlyDelayTheRest) {
  AdminLimits limits;
  limits.max_connections = 4;
  limits.lifetime = absl::Milliseconds(300);
  const auto server = StartServer(limits);
  std::deque<HttpConnection> silent;
  for (int i = 0; i < 20; ++i) silent.emplace_back(server->address());
  EXPECT_EQ(HttpGet(server->address(), "/healthz").body, "ok\n") << "after five lifetimes";
}

TEST(AdminServer, OneRequestAConnection) {
  const auto server = StartServer();
  HttpConnection connection(server->address());
  const std::string request = "GET /healthz HTTP/1.1\r\nHost: x\r\n\r\n";
  connection.Send(request + request);
  const std::string answer = connection.ReadAll();
  EXPECT_EQ(ParseHttpResponse(answer).headers.at("connection"), "close");
  EXPECT_EQ(answer.find("HTTP/1.1 200", 1), std::string::npos);
}

TEST(AdminServer, EndsWithClientsConnected) {
  auto server = StartServer();
  HttpConnection idle(server->address());
  HttpConnection half(server->address());
  half.Send("GET /met");
  EXPECT_EQ(HttpGet(server->address(), "/healthz").status, 200);
  const SocketAddress address = server->address();
  server.reset();
  EXPECT_EQ(idle.ReadAll(), "");
  EXPECT_EQ(half.ReadAll(), "");
  EXPECT_TRUE(AdminServer::Start(address, "tester", {}).ok()) << "the port is free again";
}

TEST(AdminServer, DoesNotShareAPort) {
  const auto first = StartServer();
  const auto second = AdminServer::Start(first->address(), "tester", {});
  EXPECT_EQ(second.status().code(), absl::StatusCode::kAlreadyExists);
  EXPECT_EQ(second.status().message(),
            absl::StrCat("--admin_listen: cannot listen on ", first->address().ToText(),
                         ": another process listens there; choose another port, or 0 for any that is free"));
}

TEST(AdminServer, SaysWhyItCannotListen) {
  const auto elsewhere = AdminServer::Start(*SocketAddress::FromText("192.0.2.1:0"), "tester", {});
  EXPECT_THAT(std::string(elsewhere.status().message()),
              HasSubstr("--admin_listen: cannot listen on 192.0.2.1:0: this machine does not have that IP address"));
}

TEST(AdminServer, ServesOnIpv6) {
  const auto server = AdminServer::Start(*SocketAddress::FromText("[::1]:0"), "tester", {});
  ASSERT_TRUE(server.ok()) << server.status();
  EXPECT_EQ(HttpGet((*server)->address(), "/healthz").status, 200);
}

}  // namespace
}  // namespace strata::base
