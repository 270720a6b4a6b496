// Lists of tags as DKIM and DMARC records hold them: "v=DKIM1; k=rsa; p=MIGf…" (RFC 6376 §3.2).
//
// SPDX-License-Identifier: Apache-2.0
#ifndef STRATA_ZONEC_CHECKS_TAG_LIST_H_
#define STRATA_ZONEC_CHECKS_TAG_LIST_H_

#include <string>
#include <vector>

#include "absl/status/statusor.h"
#include "absl/strings/string_view.h"

namespace strata::zonec {

struct Tag {
  absl::string_view name;
  absl::string_view value;
};

// The tags in order, as views of `text`, without the white space around names and values; the last may end with a
// semicolon. Fails on what is no list, and on a name that comes twice.
absl::StatusOr<std::vector<Tag>> ParseTagList(absl::string_view text);

// nullptr: there is none of this name.
const Tag* FindTag(const std::vector<Tag>& tags, absl::string_view name);

// For messages: at most 60 octets of `text`, in quotation marks.
std::string Quoted(absl::string_view text);

}  // namespace strata::zonec

#endif  // STRATA_ZONEC_CHECKS_TAG_LIST_H_
