// SPDX-License-Identifier: Apache-2.0
#include "zonec/pyzone/values/call.h"

#include <algorithm>
#include <utility>

#include "absl/strings/str_cat.h"

namespace strata::zonec::pyzone {

Parameters::Parameters(absl::string_view function, std::vector<absl::string_view> names, size_t required,
                       const Arguments& arguments, Run* run)
    : values_(names.size()) {
  size_t next = 0;
  for (const Argument& argument : arguments) {
    size_t at = next;
    if (argument.name.empty()) {
      if (next++ >= names.size()) {
        run->Fail(argument.position, "evaluation",
                  absl::StrCat(function, "() takes ", names.size(), names.size() == 1 ? " argument" : " arguments"));
        return;
      }
    } else {
      at = static_cast<size_t>(std::find(names.begin(), names.end(), argument.name) - names.begin());
      if (at == names.size()) {
        run->Fail(argument.position, "evaluation", absl::StrCat(function, "() has no parameter `", argument.name, "`"));
        return;
      }
    }
    if (!values_[at].failed()) {
      run->Fail(argument.position, "evaluation", absl::StrCat("`", names[at], "` is given twice"));
      return;
    }
    values_[at] = argument.value;
  }
  for (size_t i = 0; i < required; ++i) {
    if (!values_[i].failed()) continue;
    run->Fail(absl::StrCat(function, "(): `", names[i], "` is missing"));
    return;
  }
  ok_ = true;
}

}  // namespace strata::zonec::pyzone
