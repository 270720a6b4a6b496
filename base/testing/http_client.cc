// SPDX-License-Identifier: Apache-2.0
#include "base/testing/http_client.h"

#include <sys/socket.h>
#include <unistd.h>

#include <cerrno>
#include <cstring>
#include <utility>
#include <vector>

#include "absl/strings/ascii.h"
#include "absl/strings/numbers.h"
#include "absl/strings/str_cat.h"
#include "absl/strings/str_split.h"
#include "gtest/gtest.h"

namespace strata::base::testing {

HttpConnection::HttpConnection(const SocketAddress& server)
    : fd_(socket(server.family(), SOCK_STREAM | SOCK_CLOEXEC, 0)) {
  EXPECT_EQ(connect(fd_, server.sockaddr_ptr(), server.sockaddr_size()), 0)
      << server.ToText() << ": " << std::strerror(errno);
}

HttpConnection::~HttpConnection() { close(fd_); }

bool HttpConnection::Send(absl::string_view octets) {
  while (!octets.empty()) {
    const ssize_t sent = send(fd_, octets.data(), octets.size(), MSG_NOSIGNAL);
    if (sent < 0) return false;
    octets.remove_prefix(static_cast<size_t>(sent));
  }
  return true;
}

std::string HttpConnection::ReadAll() {
  std::string text;
  char buffer[4096];
  while (true) {
    const ssize_t size = read(fd_, buffer, sizeof(buffer));
    if (size <= 0) return text;
    text.append(buffer, static_cast<size_t>(size));
  }
}

HttpResponse ParseHttpResponse(absl::string_view text) {
  HttpResponse response;
  const std::pair<absl::string_view, absl::string_view> parts = absl::StrSplit(text, absl::MaxSplits("\r\n\r\n", 1));
  const std::vector<absl::string_view> lines = absl::StrSplit(parts.first, "\r\n");
  const std::vector<absl::string_view> status_line = absl::StrSplit(lines[0], absl::MaxSplits(' ', 2));
  if (status_line.size() < 3 || !absl::SimpleAtoi(status_line[1], &response.status)) return {};
  for (size_t i = 1; i < lines.size(); ++i) {
    const std::pair<absl::string_view, absl::string_view> header = absl::StrSplit(lines[i], absl::MaxSplits(": ", 1));
    response.headers.emplace(absl::AsciiStrToLower(header.first), std::string(header.second));
  }
  response.body = std::string(parts.second);
  return response;
}

HttpResponse HttpGet(const SocketAddress& server, absl::string_view path) {
  HttpConnection connection(server);
  connection.Send(absl::StrCat("GET ", path, " HTTP/1.1\r\nHost: ", server.ToText(), "\r\n\r\n"));
  return ParseHttpResponse(connection.ReadAll());
}

}  // namespace strata::base::testing
