// A message for people.
//
// SPDX-License-Identifier: Apache-2.0
#ifndef STRATA_DNS_MESSAGE_TEXT_H_
#define STRATA_DNS_MESSAGE_TEXT_H_

#include <string>

#include "dns/message.h"

namespace strata::dns {

// Laid out as dig does: header, EDNS, then the sections that are not empty; records as RecordToText(). Whatever the
// message holds, only printable ASCII, tabs and newlines come out.
std::string MessageToText(const Message& message);

}  // namespace strata::dns

#endif  // STRATA_DNS_MESSAGE_TEXT_H_
