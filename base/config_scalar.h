// One scalar of a configuration file into one field of a message, by the field's type. Part of config_file.
//
// SPDX-License-Identifier: Apache-2.0
#ifndef STRATA_BASE_CONFIG_SCALAR_H_
#define STRATA_BASE_CONFIG_SCALAR_H_

#include <string>

#include "absl/strings/string_view.h"
#include "google/protobuf/descriptor.h"
#include "google/protobuf/message.h"

namespace strata::base {

// Whether values of `field` are written as scalars: all but messages, and google.protobuf.Duration.
bool IsScalarField(const google::protobuf::FieldDescriptor& field);

// What a value of `field` looks like, for messages: "an integer from 0 to 65535", "one of minimal, full".
std::string DescribeScalar(const google::protobuf::FieldDescriptor& field);

// Sets (or adds to, if repeated) `field` of `message` to what `text` says. False, and nothing changed, if `text`
// is no value of it. REQUIRES: IsScalarField(*field).
bool StoreScalar(absl::string_view text, const google::protobuf::FieldDescriptor* field,
                 google::protobuf::Message* message);

}  // namespace strata::base

#endif  // STRATA_BASE_CONFIG_SCALAR_H_
