// Messages in a stream of octets, each behind its size in two octets (RFC 1035 §4.2.2, RFC 7766 §8).
//
// SPDX-License-Identifier: Apache-2.0
#ifndef STRATA_FRONTEND_NET_MESSAGE_FRAMING_H_
#define STRATA_FRONTEND_NET_MESSAGE_FRAMING_H_

#include <cstddef>
#include <optional>
#include <string>

#include "absl/strings/string_view.h"

namespace strata::frontend {

inline constexpr size_t kMessageSizeOctets = 2;
inline constexpr size_t kMaxMessageSize = 65535;

// Cuts a stream into messages. Whole messages are read where the caller has them; only what is cut off is copied.
// Between messages it holds next to no memory. Pure.
//
//   framing.Take(octets);
//   while (const auto message = framing.Next()) Handle(*message);
//   framing.Keep();  // `octets` may go
class MessageFraming {
 public:
  // Octets as they arrive, in any pieces. They stay where they are until Keep(). REQUIRES: nothing taken is unkept.
  void Take(absl::string_view octets) { taken_ = octets; }

  // The next whole message, good until the next call; nullopt when it is not all there.
  std::optional<absl::string_view> Next();

  // Copies what Next() has not given out, so that it will later.
  void Keep();

  // Whether Next() would give one.
  bool has_message() const;
  // Whether a message, or part of one, has come and was not given out.
  bool mid_message() const { return buffered() > 0; }
  size_t buffered() const { return kept_.size() - consumed_ + taken_.size(); }

 private:
  absl::string_view rest_of_kept() const { return absl::string_view(kept_).substr(consumed_); }
  // Moves octets from taken_ to kept_ until the first message there has `size` octets. False when they do not suffice.
  bool CompleteKept(size_t size);

  std::string kept_;
  size_t consumed_ = 0;  // of kept_
  absl::string_view taken_;
};

// Writes the octets that stand before a message of `size` octets.
inline void WriteMessageSize(size_t size, char* out) {
  out[0] = static_cast<char>(size >> 8);
  out[1] = static_cast<char>(size);
}

}  // namespace strata::frontend

#endif  // STRATA_FRONTEND_NET_MESSAGE_FRAMING_H_
