// What the server tells of itself to those who ask: CHAOS questions (RFC 4892) and NSID (RFC 5001).
//
// SPDX-License-Identifier: Apache-2.0
#ifndef STRATA_FRONTEND_QUERY_SERVER_IDENTITY_H_
#define STRATA_FRONTEND_QUERY_SERVER_IDENTITY_H_

#include <cstddef>
#include <cstdint>
#include <optional>
#include <string>

#include "absl/strings/string_view.h"
#include "dns/lookup_name.h"

namespace strata::frontend {

// Immutable: thread-safe.
class ServerIdentity {
 public:
  // One character string of a TXT record; a response with it fits anywhere.
  static constexpr size_t kMaxTextSize = 128;

  struct Options {
    // "id.server." and "hostname.bind."; empty: REFUSED.
    std::string id;
    // "version.server." and "version.bind."; empty: REFUSED.
    std::string version;
    // Octets, at most kMaxNsidSize; empty: the option is ignored.
    std::string nsid;
  };

  // Tells nothing.
  ServerIdentity() : ServerIdentity(Options()) {}
  // What is too long is cut.
  explicit ServerIdentity(const Options& options);

  // The answer section for a question of class CH, one TXT record whose owner is a pointer to the question; nullopt:
  // there is nothing of that name and type to tell. As NSD has it: types TXT and ANY, TTL 0.
  std::optional<absl::string_view> Answer(const dns::LookupName& name, uint16_t type) const;

  absl::string_view nsid() const { return nsid_; }

 private:
  std::string id_record_;
  std::string version_record_;
  std::string nsid_;
};

}  // namespace strata::frontend

#endif  // STRATA_FRONTEND_QUERY_SERVER_IDENTITY_H_
