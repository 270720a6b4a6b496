// Tests with real sockets on loopback and in the test's own folder.
//
// SPDX-License-Identifier: Apache-2.0
#include "base/listen_check.h"

#include <sys/socket.h>
#include <sys/stat.h>
#include <sys/un.h>
#include <unistd.h>

#include <cstdlib>
#include <cstring>
#include <fstream>
#include <string>

#include "absl/strings/str_cat.h"
#include "gmock/gmock.h"
#include "gtest/gtest.h"

namespace strata::base {
namespace {

using ::testing::HasSubstr;

std::string Message(const absl::Status& status) { return std::string(status.message()); }

ListenAddress Address(absl::string_view text) { return *ParseListenAddress(text); }

// A listening socket for as long as it lives.
class Listener {
 public:
  explicit Listener(const sockaddr* address, socklen_t size)
      : fd_(socket(address->sa_family, SOCK_STREAM | SOCK_CLOEXEC, 0)) {
    EXPECT_EQ(bind(fd_, address, size), 0) << std::strerror(errno);
    EXPECT_EQ(listen(fd_, 1), 0);
  }
  ~Listener() { close(fd_); }

  SocketAddress address() const {
    sockaddr_storage storage;
    socklen_t size = sizeof(storage);
    getsockname(fd_, reinterpret_cast<sockaddr*>(&storage), &size);
    return *SocketAddress::FromSockaddr(reinterpret_cast<sockaddr*>(&storage), size);
  }

 private:
  const int fd_;
};

class UnixListenTest : public ::testing::Test {
 protected:
  UnixListenTest() {
    // Short, since a socket's path has 107 bytes at most.
    EXPECT_NE(mkdtemp(folder_), nullptr);
    path_ = absl::StrCat(folder_, "/s");
    address_.sun_family = AF_UNIX;
    std::memcpy(address_.sun_path, path_.data(), path_.size());
  }
  ~UnixListenTest() override {
    unlink(path_.c_str());
    rmdir(folder_);
  }

  Listener Listen() { return Listener(reinterpret_cast<sockaddr*>(&address_), sizeof(address_)); }

  char folder_[32] = "/tmp/listen_check.XXXXXX";
  std::string path_;
  sockaddr_un address_{};
};

TEST(ListenAddress, ReadsIpAndUnixAddresses) {
  EXPECT_EQ(Address("127.0.0.1:5303").ToText(), "127.0.0.1:5303");
  EXPECT_EQ(Address("[::1]:0").ToText(), "[::1]:0");
  EXPECT_EQ(Address("unix:/run/s").unix_path, "/run/s");
  EXPECT_EQ(Address("unix:///run/s").unix_path, "/run/s");
  EXPECT_EQ(Address("unix:run/s").ToText(), "unix:run/s");
}

TEST(ListenAddress, NamesTheAcceptedForms) {
  EXPECT_EQ(Message(ParseListenAddress("localhost:53").status()),
            "\"localhost:53\" is not an address; expected IP:PORT or [IPv6]:PORT, or unix:PATH");
  EXPECT_THAT(Message(ParseListenAddress("unix:").status()), HasSubstr("expected unix:PATH"));
  EXPECT_THAT(Message(ParseListenAddress(absl::string_view("unix:\0a", 7)).status()), HasSubstr("expected unix:PATH"));
}

TEST(CheckPlainTextAllowed, KeepsPlainTextOnThisMachine) {
  EXPECT_TRUE(CheckPlainTextAllowed(Address("127.0.0.1:1")).ok());
  EXPECT_TRUE(CheckPlainTextAllowed(Address("[::1]:1")).ok());
  EXPECT_TRUE(CheckPlainTextAllowed(Address("unix:/run/s")).ok());
  for (const char* text : {"0.0.0.0:1", "[::]:1", "192.0.2.1:1"}) {
    const absl::Status status = CheckPlainTextAllowed(Address(text));
    EXPECT_EQ(status.code(), absl::StatusCode::kPermissionDenied);
    EXPECT_THAT(Message(status), HasSubstr(text));
    EXPECT_THAT(Message(status), HasSubstr("--insecure"));
  }
}

TEST(CheckCanListenOnIp, IsFineOnAFreePort) { EXPECT_TRUE(CheckCanListen(Address("127.0.0.1:0")).ok()); }

TEST(CheckCanListenOnIp, APortInUseIsAnError) {
  const SocketAddress any_port = *SocketAddress::FromText("127.0.0.1:0");
  std::string text;
  {
    const Listener listener(any_port.sockaddr_ptr(), any_port.sockaddr_size());
    text = listener.address().ToText();
    const absl::Status status = CheckCanListen(Address(text));
    EXPECT_EQ(status.code(), absl::StatusCode::kAlreadyExists);
    EXPECT_EQ(Message(status), absl::StrCat("cannot listen on ", text, ": another process listens there"));
  }
  EXPECT_TRUE(CheckCanListen(Address(text)).ok());
}

TEST(CheckCanListenOnIp, AForeignAddressIsAnError) {
  EXPECT_EQ(Message(CheckCanListen(Address("192.0.2.1:5303"))),
            "cannot listen on 192.0.2.1:5303: this machine does not have that IP address");
}

TEST_F(UnixListenTest, IsFineWhereNothingIs) { EXPECT_TRUE(CheckCanListen(Address("unix:" + path_)).ok()); }

TEST_F(UnixListenTest, AFolderThatIsMissingIsAnError) {
  const absl::Status status = CheckCanListen(Address(absl::StrCat("unix:", folder_, "/none/s")));
  EXPECT_EQ(status.code(), absl::StatusCode::kNotFound);
  EXPECT_THAT(Message(status), HasSubstr(absl::StrCat("folder ", folder_, "/none/: No such file")));
}

TEST_F(UnixListenTest, ASocketInUseIsAnErrorAndStays) {
  const Listener listener = Listen();
  const absl::Status status = CheckCanListen(Address("unix:" + path_));
  EXPECT_EQ(status.code(), absl::StatusCode::kAlreadyExists);
  EXPECT_EQ(Message(status), absl::StrCat("cannot listen on unix:", path_, ": another process listens there"));
  EXPECT_EQ(access(path_.c_str(), F_OK), 0);
}

TEST_F(UnixListenTest, ASocketThatNobodyListensOnIsRemoved) {
  { const Listener listener = Listen(); }
  ASSERT_EQ(access(path_.c_str(), F_OK), 0);
  EXPECT_TRUE(CheckCanListen(Address("unix:" + path_)).ok());
  EXPECT_NE(access(path_.c_str(), F_OK), 0);
}

TEST_F(UnixListenTest, AFileThatIsNoSocketIsAnErrorAndStays) {
  std::ofstream(path_) << "precious";
  EXPECT_THAT(Message(CheckCanListen(Address("unix:" + path_))), HasSubstr("is not a socket"));
  EXPECT_EQ(access(path_.c_str(), F_OK), 0);
}

TEST_F(UnixListenTest, APathThatIsTooLongIsAnError) {
  EXPECT_THAT(Message(CheckCanListen(Address("unix:/" + std::string(107, 'x')))), HasSubstr("longer than 107 bytes"));
}

}  // namespace
}  // namespace strata::base
