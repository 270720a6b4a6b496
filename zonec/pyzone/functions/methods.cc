// SPDX-License-Identifier: Apache-2.0
#include "zonec/pyzone/functions/methods.h"

#include <initializer_list>

#include "absl/strings/str_cat.h"

namespace strata::zonec::pyzone {

Value FindMethod(Value object, absl::string_view name, Run* run) {
  for (const absl::Span<const MethodRow> rows : {TextMethods(), ContainerMethods()}) {
    for (const MethodRow& row : rows) {
      // A bytes has the methods of a str, but for the few that make no sense.
      const bool fits = row.kind == object.kind() ||
                        (row.kind == Kind::kStr && object.Is(Kind::kBytes) && name != "format" && name != "encode");
      if (fits && row.name == name) return run->NewMethod({&row, object});
    }
  }
  return run->Fail(absl::StrCat(KindName(object.kind()), " has no `", name, "` in this language"));
}

}  // namespace strata::zonec::pyzone
