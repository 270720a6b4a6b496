// Tests of what a supervisor hears.
//
// SPDX-License-Identifier: Apache-2.0
#include "base/supervisor_notice.h"

#include <sys/socket.h>
#include <sys/un.h>
#include <unistd.h>

#include <cstddef>
#include <cstdlib>
#include <cstring>
#include <string>

#include "gtest/gtest.h"

namespace strata::base {
namespace {

// A supervisor's socket of an abstract name.
class Supervisor {
 public:
  Supervisor() : name_("strata-notice-" + std::to_string(getpid())), fd_(socket(AF_UNIX, SOCK_DGRAM, 0)) {
    sockaddr_un address{};
    address.sun_family = AF_UNIX;
    std::memcpy(address.sun_path + 1, name_.data(), name_.size());
    const auto size = static_cast<socklen_t>(offsetof(sockaddr_un, sun_path) + 1 + name_.size());
    EXPECT_EQ(bind(fd_, reinterpret_cast<sockaddr*>(&address), size), 0);
    setenv("NOTIFY_SOCKET", ("@" + name_).c_str(), 1);
  }
  ~Supervisor() {
    unsetenv("NOTIFY_SOCKET");
    close(fd_);
  }
  std::string Heard() const {
    char text[100];
    const ssize_t size = recv(fd_, text, sizeof text, MSG_DONTWAIT);
    return size < 0 ? "nothing" : std::string(text, static_cast<size_t>(size));
  }

 private:
  const std::string name_;
  const int fd_;
};

TEST(SupervisorNoticeTest, IsHeard) {
  const Supervisor supervisor;
  NotifySupervisor("READY=1");
  EXPECT_EQ(supervisor.Heard(), "READY=1");
  EXPECT_EQ(supervisor.Heard(), "nothing");
}

TEST(SupervisorNoticeTest, NobodyIsNoError) {
  unsetenv("NOTIFY_SOCKET");
  NotifySupervisor("READY=1");
  for (const std::string& path : {std::string("/nonexistent/notify"), std::string(), std::string(500, 'x')}) {
    setenv("NOTIFY_SOCKET", path.c_str(), 1);
    NotifySupervisor("READY=1");
  }
  unsetenv("NOTIFY_SOCKET");
}

}  // namespace
}  // namespace strata::base
