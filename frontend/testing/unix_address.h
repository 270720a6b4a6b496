// Addresses of unix sockets for tests.
//
// SPDX-License-Identifier: Apache-2.0
#ifndef STRATA_FRONTEND_TESTING_UNIX_ADDRESS_H_
#define STRATA_FRONTEND_TESTING_UNIX_ADDRESS_H_

#include <stdlib.h>
#include <unistd.h>

#include <string>

namespace strata::frontend::testing {

// A folder of its own under /tmp, since the folders of Bazel's sandbox are too long for socket addresses. Removed in
// the end, as servers remove their sockets.
class SocketFolder {
 public:
  SocketFolder() { (void)!mkdtemp(path_.data()); }
  ~SocketFolder() { rmdir(path_.c_str()); }
  SocketFolder(const SocketFolder&) = delete;
  SocketFolder& operator=(const SocketFolder&) = delete;

  // "unix:/tmp/…/NAME"
  std::string Address(const std::string& name) const { return "unix:" + path_ + "/" + name; }

 private:
  std::string path_ = "/tmp/strataXXXXXX";
};

}  // namespace strata::frontend::testing

#endif  // STRATA_FRONTEND_TESTING_UNIX_ADDRESS_H_
