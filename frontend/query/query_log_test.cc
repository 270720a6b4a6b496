// SPDX-License-Identifier: Apache-2.0
#include "frontend/query/query_log.h"

#include <cstring>
#include <string>

#include "absl/strings/string_view.h"
#include "base/log.h"
#include "base/socket_address.h"
#include "dns/header.h"
#include "dns/rr_type.h"
#include "frontend/net/transport.h"
#include "gmock/gmock.h"
#include "gtest/gtest.h"

namespace strata::frontend {
namespace {

using ::testing::EndsWith;
using ::testing::HasSubstr;
using ::testing::IsEmpty;

class NoTransport : public Transport {
 public:
  explicit NoTransport(bool is_datagram) : is_datagram_(is_datagram) {}
  Protocol protocol() const override { return is_datagram_ ? Protocol::kUdp : Protocol::kTcp; }
  char* Prepare() override { return nullptr; }
  void Commit(const Client&, size_t) override {}
  void Flush() override {}

 private:
  const bool is_datagram_;
};

// The line for `answer`, to a client at `peer`.
std::string Line(const std::string& peer, bool is_datagram, absl::string_view answer, uint16_t rcode) {
  NoTransport transport(is_datagram);
  const auto address = base::SocketAddress::FromText(peer);
  Client client;
  client.transport = &transport;
  std::memcpy(&client.peer, address->sockaddr_ptr(), address->sockaddr_size());
  client.peer_size = address->sockaddr_size();
  testing::internal::CaptureStderr();
  LogAnswer(client, answer, rcode);
  return testing::internal::GetCapturedStderr();
}

// Header and question; `name` in wire form.
std::string Answer(uint16_t flags, uint16_t answers, absl::string_view name, uint16_t type) {
  std::string message(dns::kHeaderSize, '\0');
  dns::SetU16(message.data(), dns::kFlagsOffset, flags);
  dns::SetU16(message.data(), dns::kQdCountOffset, 1);
  dns::SetU16(message.data(), dns::kAnCountOffset, answers);
  message.append(name.data(), name.size());
  const size_t at = message.size();
  message.append(4, '\0');
  dns::SetU16(message.data(), at, type);
  dns::SetU16(message.data(), at + 2, dns::rr_class::kIN);
  return message;
}

constexpr absl::string_view kName("\3wWw\7example\0", 13);

TEST(QueryLog, SaysWhoAskedWhatAndWhatWasAnswered) {
  const std::string answer = Answer(dns::kQr, 2, kName, dns::rr_type::kA);
  EXPECT_THAT(Line("192.0.2.7:4321", true, answer, dns::rcode::kNoError),
              EndsWith("level=info msg=query client=192.0.2.7:4321 transport=udp name=wWw.example. type=A "
                       "rcode=NOERROR answers=2 truncated=false bytes=29\n"));
  EXPECT_THAT(Line("[2001:db8::1]:53", false, Answer(dns::kQr | dns::kTc, 0, kName, 65280), dns::rcode::kNXDomain),
              EndsWith("client=[2001:db8::1]:53 transport=tcp name=wWw.example. type=TYPE65280 rcode=NXDOMAIN "
                       "answers=0 truncated=true bytes=29\n"));
}

TEST(QueryLog, TheRoot) {
  EXPECT_THAT(Line("192.0.2.7:1", true, Answer(dns::kQr, 0, absl::string_view("\0", 1), 2), 0), HasSubstr(" name=. "));
}

TEST(QueryLog, AMalformedQueryHasNoQuestion) {
  EXPECT_THAT(Line("192.0.2.7:1", true, std::string(dns::kHeaderSize, '\0'), dns::rcode::kFormErr),
              HasSubstr("name=- type=- rcode=FORMERR answers=0"));
}

// Its low four bits, all that the header holds, are those of NOERROR.
TEST(QueryLog, ExtendedRcodes) {
  EXPECT_THAT(Line("192.0.2.7:1", true, Answer(dns::kQr, 0, kName, 1), dns::rcode::kBadVers),
              HasSubstr("rcode=BADVERS"));
}

TEST(QueryLog, ANameCannotForgeALine) {
  const std::string line =
      Line("192.0.2.7:1", true, Answer(dns::kQr, 0, absl::string_view("\x0f\n rcode=X \"\\\x1b\xff.\0", 17), 1), 0);
  EXPECT_EQ(line.find('\n'), line.size() - 1);
  EXPECT_EQ(line.find(" rcode=X "), line.rfind(" rcode=X ")) << line;
  EXPECT_EQ(line.find('\x1b'), std::string::npos);
  EXPECT_THAT(line, HasSubstr("name=\""));
}

TEST(QueryLog, IsSilentWhereInfoIs) {
  base::SetLogLevel(base::LogLevel::kWarning);
  EXPECT_THAT(Line("192.0.2.7:1", true, Answer(dns::kQr, 0, kName, 1), 0), IsEmpty());
  base::SetLogLevel(base::LogLevel::kInfo);
}

}  // namespace
}  // namespace strata::frontend
