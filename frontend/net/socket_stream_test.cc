// Tests of a socket as a stream of octets.
//
// SPDX-License-Identifier: Apache-2.0
#include "frontend/net/socket_stream.h"

#include <fcntl.h>
#include <sys/socket.h>
#include <unistd.h>

#include <cerrno>
#include <string>

#include "gtest/gtest.h"

namespace strata::frontend {
namespace {

using State = OctetStream::State;

class SocketStreamTest : public ::testing::Test {
 protected:
  SocketStreamTest() {
    int fds[2];
    EXPECT_EQ(socketpair(AF_UNIX, SOCK_STREAM | SOCK_NONBLOCK, 0, fds), 0);
    stream_ = std::make_unique<SocketStream>(fds[0]);
    other_ = fds[1];
  }
  ~SocketStreamTest() override { close(other_); }

  std::unique_ptr<SocketStream> stream_;
  int other_;
  char buffer_[100];
};

TEST_F(SocketStreamTest, ReadsWhatIsThere) {
  EXPECT_EQ(stream_->Read(buffer_, sizeof buffer_).state, State::kBlocked);
  ASSERT_EQ(write(other_, "abc", 3), 3);
  const auto moved = stream_->Read(buffer_, sizeof buffer_);
  EXPECT_EQ(moved.state, State::kOpen);
  EXPECT_EQ(std::string(buffer_, moved.octets), "abc");
  shutdown(other_, SHUT_WR);
  EXPECT_EQ(stream_->Read(buffer_, sizeof buffer_).state, State::kEnded);
}

TEST_F(SocketStreamTest, WritesAnyNumberOfSlices) {
  char one[] = "one", other[] = "other";
  const iovec slices[] = {{one, 3}, {other, 5}};
  EXPECT_EQ(stream_->Write(slices, 2).octets, 8u);
  EXPECT_EQ(stream_->Write(slices, 1).octets, 3u);
  const ssize_t got = read(other_, buffer_, sizeof buffer_);
  EXPECT_EQ(std::string(buffer_, static_cast<size_t>(got)), "oneotherone");
}

TEST_F(SocketStreamTest, WritesUntilItIsFull) {
  std::string octets(1 << 20, 'x');
  const iovec slice = {octets.data(), octets.size()};
  OctetStream::Moved moved;
  while ((moved = stream_->Write(&slice, 1)).state == State::kOpen) EXPECT_GT(moved.octets, 0u);
  EXPECT_EQ(moved.state, State::kBlocked);
}

TEST_F(SocketStreamTest, OtherEndIsGone) {
  close(other_);
  other_ = -1;
  char octet = 'x';
  const iovec slice = {&octet, 1};
  EXPECT_EQ(stream_->Write(&slice, 1).state, State::kFailed) << "and no signal";
}

TEST_F(SocketStreamTest, CloseGivesTheDescriptorBack) {
  const int fd = stream_->fd();
  stream_->Close(/*reset=*/true);
  EXPECT_EQ(fcntl(fd, F_GETFD), -1);
  EXPECT_EQ(errno, EBADF);
  stream_.reset();  // not twice
}

}  // namespace
}  // namespace strata::frontend
