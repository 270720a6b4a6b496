// Queries as ready-made packets, so that sending one is a copy and an ID.
//
// The load generator has an encoder of its own on purpose: it shares no code with the server that it measures.
//
// SPDX-License-Identifier: Apache-2.0
#ifndef STRATA_BENCH_QUERY_PACKET_H_
#define STRATA_BENCH_QUERY_PACKET_H_

#include <cstddef>
#include <cstdint>
#include <istream>
#include <optional>
#include <string>
#include <vector>

#include "absl/status/statusor.h"
#include "absl/strings/string_view.h"

namespace strata::bench {

struct QueryOptions {
  bool recursion_desired = false;
  // The UDP payload size in the OPT record; no OPT record without it.
  std::optional<uint16_t> edns_udp_size = std::nullopt;
  // Ignored without an OPT record.
  bool dnssec_ok = false;
};

struct QueryPacket {
  // The wire form with ID 0.
  std::string bytes;
  // Where the question section ends.
  size_t question_end = 0;

  // True if `answer` is a response to this question (QR set, same bytes in the question section), whatever its ID.
  bool IsAnsweredBy(absl::string_view answer) const;
};

// `name` is absolute, with or without a final dot, and without escapes. `type` is a mnemonic that the encoder knows,
// or TYPEn (RFC 3597). INVALID_ARGUMENT says which part is wrong.
absl::StatusOr<QueryPacket> EncodeQuery(absl::string_view name, absl::string_view type, const QueryOptions& options);

// Reads one "name type" a line; empty lines and lines that begin with '#' are skipped. An error names the line. A
// file without any query is an error too.
absl::StatusOr<std::vector<QueryPacket>> ReadQueries(std::istream& in, const QueryOptions& options);

}  // namespace strata::bench

#endif  // STRATA_BENCH_QUERY_PACKET_H_
