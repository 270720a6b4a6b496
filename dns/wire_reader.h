// Bounded reads from a DNS message (RFC 1035 §4).
//
// SPDX-License-Identifier: Apache-2.0
#ifndef STRATA_DNS_WIRE_READER_H_
#define STRATA_DNS_WIRE_READER_H_

#include <cstddef>
#include <cstdint>
#include <string>

#include "absl/strings/string_view.h"

namespace strata::dns {

// Reads big-endian integers, octet runs and names from `message`, which must outlive the reader.
//
// Failure is sticky: after the first read that does not fit, every later one returns zero or empty
// and ok() stays false, so that a parser is straight-line code with one check at its end. No read
// ever goes outside the bytes, whatever they hold.
class WireReader {
 public:
  // `message` starts at the header: compression pointers count from there.
  explicit WireReader(absl::string_view message, size_t position = 0)
      : message_(message), end_(message.size()), position_(position) {
    if (position_ > end_) Fail();
  }

  uint8_t ReadU8();
  uint16_t ReadU16();
  uint32_t ReadU32();
  // A view into the message.
  absl::string_view ReadBytes(size_t count);

  // Appends the name here, uncompressed, to `*wire`. Pointers may only go backwards (each to before
  // the name part it ends), which bounds the work; RFC 1035 §4.1.4.
  void ReadName(std::string* wire);
  // The same, but a pointer is a failure (RFC 3597 §4: types that must not be compressed).
  void ReadUncompressedName(std::string* wire);
  // Steps over a name without following its pointer.
  void SkipName();

  // Confines reading to the next `count` octets (an RDATA field) until PopLimit(); pointers may still
  // lead anywhere before. Does not nest. PopLimit() fails when not all of it was read.
  void PushLimit(size_t count);
  void PopLimit();

  // Marks the input as malformed.
  void Fail() {
    ok_ = false;
    position_ = end_;
  }

  bool ok() const { return ok_; }
  size_t position() const { return position_; }
  // Octets left before the limit or the end.
  size_t remaining() const { return end_ - position_; }
  bool AtEnd() const { return position_ == end_; }
  absl::string_view message() const { return message_; }

 private:
  bool Need(size_t count) {
    if (count <= end_ - position_) return true;
    Fail();
    return false;
  }

  absl::string_view message_;
  size_t end_;
  size_t position_;
  bool ok_ = true;
};

}  // namespace strata::dns

#endif  // STRATA_DNS_WIRE_READER_H_
