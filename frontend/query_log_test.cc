// Tests of the line that each query leaves in the log.
//
// SPDX-License-Identifier: Apache-2.0
#include "frontend/query_log.h"

#include <cstring>
#include <string>

#include "base/socket_address.h"
#include "dns/message.h"
#include "frontend/response.h"
#include "frontend/testing/fake_transport.h"
#include "frontend/testing/messages.h"
#include "gmock/gmock.h"
#include "gtest/gtest.h"

namespace strata::frontend {
namespace {

using ::testing::AllOf;
using testing::AnswerTo;
using testing::FakeTransport;
using ::testing::HasSubstr;
using testing::Parse;
using testing::Wire;

// What is logged for `answer` to a client at `peer`.
std::string Line(const std::string& answer, bool is_datagram, absl::string_view peer = "192.0.2.7:4242") {
  FakeTransport transport(is_datagram);
  Client client = transport.MakeClient();
  const auto address = base::SocketAddress::FromText(peer);
  if (address.ok()) {
    std::memcpy(&client.peer, address->sockaddr_ptr(), address->sockaddr_size());
    client.peer_size = address->sockaddr_size();
  }
  ::testing::internal::CaptureStderr();
  LogAnswer(client, answer);
  return ::testing::internal::GetCapturedStderr();
}

TEST(QueryLogTest, WhoAskedWhatAndWhatWasSaid) {
  const std::string answer = AnswerTo("WWW.a.test.", dns::rr_type::kMX);
  EXPECT_THAT(Line(answer, true),
              AllOf(HasSubstr("client=192.0.2.7:4242"), HasSubstr("transport=udp"), HasSubstr("name=WWW.a.test."),
                    HasSubstr("type=MX"), HasSubstr("rcode=NOERROR"), HasSubstr("answers=1"),
                    HasSubstr("truncated=false"), HasSubstr("bytes=" + std::to_string(answer.size()))));
  EXPECT_THAT(Line(answer, false, "[2001:db8::1]:53"),
              AllOf(HasSubstr("client=[2001:db8::1]:53"), HasSubstr("transport=tcp")));
}

TEST(QueryLogTest, TruncatedRefusal) {
  dns::Message message = Parse(AnswerTo("a.test."));
  message.truncated = true;
  message.rcode = dns::rcode::kRefused;
  EXPECT_THAT(Line(Wire(message), true), AllOf(HasSubstr("rcode=REFUSED"), HasSubstr("truncated=true")));
}

TEST(QueryLogTest, MalformedQuery) {
  char out[512];
  const size_t size = WriteError(QueryEcho(), dns::rcode::kFormErr, nullptr, 1232, out);
  EXPECT_THAT(Line(std::string(out, size), true, "no address"),
              AllOf(HasSubstr("client=-"), HasSubstr("name=-"), HasSubstr("type=-"), HasSubstr("rcode=FORMERR")));
}

}  // namespace
}  // namespace strata::frontend
