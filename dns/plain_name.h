// Domain names in presentation form as nearly all are written: without escapes.
//
// SPDX-License-Identifier: Apache-2.0
#ifndef STRATA_DNS_PLAIN_NAME_H_
#define STRATA_DNS_PLAIN_NAME_H_

#include <cstddef>

#include "absl/strings/string_view.h"
#include "dns/name.h"

namespace strata::dns {

// Room for a name in wire form, and for octets behind it that are looked at together with its last ones.
struct NameBuffer {
  static constexpr size_t kRoomBehind = 16;

  char octets[kMaxNameSize + kRoomBehind];
};

// What Name::FromText() makes of `text`, but allocates nothing: the size of the wire form in `*buffer`. 0 when `text`
// has an escape, is "@" or ".", or is no name; Name::FromText() then says which. `origin` is in wire form.
size_t ReadPlainName(absl::string_view text, absl::string_view origin, NameBuffer* buffer);

}  // namespace strata::dns

#endif  // STRATA_DNS_PLAIN_NAME_H_
