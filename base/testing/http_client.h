// A plain HTTP client for tests of the admin pages: one request a connection, blocking.
//
// SPDX-License-Identifier: Apache-2.0
#ifndef STRATA_BASE_TESTING_HTTP_CLIENT_H_
#define STRATA_BASE_TESTING_HTTP_CLIENT_H_

#include <map>
#include <string>

#include "absl/strings/string_view.h"
#include "base/socket_address.h"

namespace strata::base::testing {

struct HttpResponse {
  int status = 0;                              // 0: there was none
  std::map<std::string, std::string> headers;  // names in lower case
  std::string body;
};

// A connected TCP socket, closed with the object. Fails the test if nobody listens.
class HttpConnection {
 public:
  explicit HttpConnection(const SocketAddress& server);
  ~HttpConnection();
  HttpConnection(const HttpConnection&) = delete;
  HttpConnection& operator=(const HttpConnection&) = delete;

  // False if the server has closed.
  bool Send(absl::string_view octets);
  // All until the server closes.
  std::string ReadAll();
  int fd() const { return fd_; }

 private:
  const int fd_;
};

// Reads what ReadAll() gave.
HttpResponse ParseHttpResponse(absl::string_view text);

// GET `path`.
HttpResponse HttpGet(const SocketAddress& server, absl::string_view path);

}  // namespace strata::base::testing

#endif  // STRATA_BASE_TESTING_HTTP_CLIENT_H_
