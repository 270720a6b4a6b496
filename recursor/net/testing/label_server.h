// A server of bad manners: the first label of the name that is asked for says which.
//
// SPDX-License-Identifier: Apache-2.0
#ifndef STRATA_RECURSOR_NET_TESTING_LABEL_SERVER_H_
#define STRATA_RECURSOR_NET_TESTING_LABEL_SERVER_H_

#include <string>
#include <vector>

#include "absl/strings/string_view.h"
#include "base/event_loop.h"
#include "recursor/net/testing/fake_server.h"

namespace strata::recursor::testing {

// Labels, each followed by the proper reply, unless the second label is "only":
//
//   servfail refused notimp nxdomain   that rcode
//   formerr-opt formerr-noopt          FORMERR, with and without an OPT record
//   formerr-noq                        FORMERR, a header without question
//   tc                                 TC is set
//   big-N                              N octets in all
//   case wrongq wrongid                another letter case in the question, another question, another ID
//   wrongport                          from another port
//   notresp opcode                     QR is clear, another opcode
//   zero short                         no octet, eleven octets
//
// and, without a proper reply after them:
//
//   drop                               nothing
//   late                               the reply comes when the next query has come, before that one's
//   close                              the connection is closed (TCP)
//   slowtcp                            the reply octet by octet (TCP)
//
// Whatever else is asked gets the proper reply, which is ProperReply().
class LabelServer {
 public:
  explicit LabelServer(base::EventLoop* loop);

  FakeServer& server() { return server_; }
  const base::SocketAddress& address() const { return server_.address(); }

  static std::string ProperReply(absl::string_view query);
  // What comes first for `label`, if it is one of those that are followed by the proper reply, and not by way of
  // another port.
  static std::string BadReply(absl::string_view label, absl::string_view query);

 private:
  void Answer(const FakeQuery& query);

  FakeServer server_;
  std::vector<FakeQuery> late_;
};

// The empty OPT record that QueryWithOpt() ends with.
inline constexpr size_t kOptSize = 11;
std::string QueryWithOpt(absl::string_view name);

}  // namespace strata::recursor::testing

#endif  // STRATA_RECURSOR_NET_TESTING_LABEL_SERVER_H_
