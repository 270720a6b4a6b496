// Tests of what pressure does to a socket's buffer.
//
// SPDX-License-Identifier: Apache-2.0
#include "frontend/net/receive_backlog.h"

#include <netinet/in.h>
#include <sys/socket.h>
#include <unistd.h>

#include <cstring>

#include "base/testing/fake_clock.h"
#include "gtest/gtest.h"

namespace strata::frontend {
namespace {

constexpr absl::Duration kStep = absl::Milliseconds(1);
constexpr int kWaiting = 80;

class ReceiveBacklogTest : public ::testing::Test {
 protected:
  // More waits in the socket than a test reads in 50 ms.
  ReceiveBacklogTest() {
    sockaddr_in address{};
    address.sin_family = AF_INET;
    address.sin_addr.s_addr = htonl(INADDR_LOOPBACK);
    socklen_t size = sizeof address;
    auto* const generic = reinterpret_cast<sockaddr*>(&address);
    EXPECT_EQ(bind(fd_, generic, size), 0);
    EXPECT_EQ(getsockname(fd_, generic, &size), 0);
    EXPECT_EQ(connect(fd_, generic, size), 0);
    for (int i = 0; i < kWaiting; ++i) EXPECT_EQ(send(fd_, "", 1, 0), 1);
  }
  ~ReceiveBacklogTest() override { close(fd_); }

  bool KernelStampsTime() const {
    int on = 0;
    socklen_t size = sizeof on;
    EXPECT_EQ(getsockopt(fd_, SOL_SOCKET, SO_TIMESTAMPNS, &on, &size), 0);
    return on != 0;
  }

  void ReadFullFor(absl::Duration time) {
    for (absl::Duration passed; passed < time; passed += kStep) {
      backlog_.OnRead(1, /*full=*/true);
      clock_.Advance(kStep);
    }
    backlog_.OnRead(1, /*full=*/true);
  }

  // What a datagram that came then would be found to be.
  bool IsTooOld(absl::Time came) {
    const timespec time = absl::ToTimespec(came);
    alignas(cmsghdr) char buffer[ReceiveBacklog::kControlSize] = {};
    msghdr message{};
    message.msg_control = buffer;
    message.msg_controllen = sizeof buffer;
    cmsghdr* control = CMSG_FIRSTHDR(&message);
    control->cmsg_level = SOL_SOCKET;
    control->cmsg_type = SCM_TIMESTAMPNS;
    control->cmsg_len = CMSG_LEN(sizeof time);
    std::memcpy(CMSG_DATA(control), &time, sizeof time);
    backlog_.StartBatch();
    return backlog_.IsTooOld(message);
  }

  int Buffer() const {
    int size = 0;
    socklen_t length = sizeof size;
    EXPECT_EQ(getsockopt(fd_, SOL_SOCKET, SO_RCVBUF, &size, &length), 0);
    return size / 2;
  }

  // Datagrams of that age come out of a full buffer for some time.
  void ReadAged(absl::Duration age, int periods) {
    for (int i = 0; i < periods; ++i) {
      IsTooOld(clock_.Now() - age);
      clock_.Advance(ReceiveBacklog::kMaxAge);
      backlog_.OnRead(1, /*full=*/true);
    }
  }

  base::testing::FakeClock clock_;
  const int fd_ = socket(AF_INET, SOCK_DGRAM, 0);
  ReceiveBacklog backlog_{fd_, clock_};
};

TEST_F(ReceiveBacklogTest, ABurstIsNoPressure) {
  ReadFullFor(ReceiveBacklog::kPressure - kStep);
  EXPECT_FALSE(backlog_.watching());
  backlog_.OnRead(1, /*full=*/false);
  ReadFullFor(ReceiveBacklog::kPressure - kStep);
  EXPECT_FALSE(backlog_.watching()) << "it was empty between";
  EXPECT_FALSE(KernelStampsTime());
}

TEST_F(ReceiveBacklogTest, NeitherIsWhatIsSoonRead) {
  for (int i = 0; i < 1000; ++i) {
    backlog_.OnRead(10, /*full=*/true);
    clock_.Advance(kStep);
  }
  EXPECT_FALSE(backlog_.watching());
}

TEST_F(ReceiveBacklogTest, WhatStaysFreshIsPressureNoMore) {
  ReadFullFor(ReceiveBacklog::kPressure);
  EXPECT_TRUE(backlog_.watching());
  char octet = 0;
  while (recv(fd_, &octet, 1, MSG_DONTWAIT) > 0) continue;
  ReadFullFor(ReceiveBacklog::kRelief / 2);
  EXPECT_TRUE(backlog_.watching());
  ReadFullFor(ReceiveBacklog::kRelief);
  EXPECT_FALSE(backlog_.watching());
}

TEST_F(ReceiveBacklogTest, WatchesFromPressureToRelief) {
  ReadFullFor(ReceiveBacklog::kPressure);
  EXPECT_TRUE(backlog_.watching());
  EXPECT_TRUE(KernelStampsTime());
  clock_.Advance(ReceiveBacklog::kRelief / 2);
  backlog_.OnRead(1, /*full=*/false);
  EXPECT_TRUE(backlog_.watching());
  backlog_.OnRead(1, /*full=*/true);
  IsTooOld(clock_.Now() - ReceiveBacklog::kMaxAge);
  clock_.Advance(ReceiveBacklog::kRelief - kStep);
  backlog_.OnRead(1, /*full=*/false);
  EXPECT_TRUE(backlog_.watching()) << "it was full less than that ago";
  clock_.Advance(kStep);
  backlog_.OnRead(1, /*full=*/false);
  EXPECT_FALSE(backlog_.watching());
  EXPECT_FALSE(KernelStampsTime());
  ReadFullFor(ReceiveBacklog::kPressure - kStep);
  EXPECT_FALSE(backlog_.watching()) << "anew";
}

TEST_F(ReceiveBacklogTest, WhatWaitedForTooLongIsTooOld) {
  EXPECT_FALSE(IsTooOld(clock_.Now()));
  EXPECT_FALSE(IsTooOld(clock_.Now() - ReceiveBacklog::kMaxAge));
  EXPECT_TRUE(IsTooOld(clock_.Now() - ReceiveBacklog::kMaxAge - kStep));
  EXPECT_FALSE(IsTooOld(clock_.Now() + absl::Hours(1))) << "the clock was set back";
}

TEST_F(ReceiveBacklogTest, WhatHasNoTimeIsFresh) {
  backlog_.StartBatch();
  EXPECT_FALSE(backlog_.IsTooOld(msghdr{}));
}

TEST_F(ReceiveBacklogTest, TheBufferShrinksUntilWhatItHoldsIsFresh) {
  const int whole = 2 * ReceiveBacklog::kMinBuffer;
  if (setsockopt(fd_, SOL_SOCKET, SO_RCVBUFFORCE, &whole, sizeof whole) != 0) {
    setsockopt(fd_, SOL_SOCKET, SO_RCVBUF, &whole, sizeof whole);
  }
  ASSERT_GT(Buffer(), ReceiveBacklog::kMinBuffer) << "net.core.rmem_max is too low for this test";
  const int before = Buffer();
  ReadFullFor(ReceiveBacklog::kPressure);
  ReadAged(ReceiveBacklog::kMaxAge + absl::Milliseconds(10), 1);
  const int shrunk = Buffer();
  EXPECT_LT(shrunk, before);
  ReadAged(ReceiveBacklog::kMaxAge - absl::Milliseconds(10), 5);
  EXPECT_EQ(Buffer(), shrunk) << "well so";
  ReadAged(absl::Seconds(1), 5);
  EXPECT_EQ(Buffer(), ReceiveBacklog::kMinBuffer);
  ReadAged(absl::Milliseconds(1), 1);
  EXPECT_GT(Buffer(), ReceiveBacklog::kMinBuffer);
  ReadAged(absl::Seconds(1), 2);
  EXPECT_EQ(Buffer(), ReceiveBacklog::kMinBuffer);
  clock_.Advance(ReceiveBacklog::kRelief);
  backlog_.OnRead(1, /*full=*/false);
  EXPECT_EQ(Buffer(), before) << "the pressure is gone";
}

TEST_F(ReceiveBacklogTest, AKernelThatCannotTellIsAskedOnce) {
  ReceiveBacklog age(/*fd=*/-1, clock_);
  for (int i = 0; i < 3; ++i) {
    age.OnRead(1, /*full=*/true);
    clock_.Advance(ReceiveBacklog::kPressure);
  }
  EXPECT_FALSE(age.watching());
}

}  // namespace
}  // namespace strata::frontend
