// What a record function takes and makes.
//
// SPDX-License-Identifier: Apache-2.0
#ifndef STRATA_ZONEC_PYZONE_RECORDS_RECORD_FUNCTION_H_
#define STRATA_ZONEC_PYZONE_RECORDS_RECORD_FUNCTION_H_

#include <cstdint>
#include <string>
#include <vector>

#include "dns/rdata_schema.h"

namespace strata::zonec::pyzone {

// A parameter stands for one field of the RDATA.
struct RecordParameter {
  std::string name;
  std::string other_name;  // may be used as well; may be empty
  dns::RdataField field;
  enum class Presence : uint8_t {
    kRequired,
    kZero,      // is 0 when it is left out
    kOptional,  // the field may be missing
    kRest,      // takes all that is left by place
  };
  Presence presence = Presence::kRequired;
};

struct RecordFunction {
  enum class Form : uint8_t {
    kFields,   // the RDATA is made of the parameters' fields
    kGeneric,  // RR(owner, type, text)
    kNoForm,   // the type has no fields here
    kMeta,     // no record of a zone
  };
  Form form = Form::kFields;
  uint16_t type = 0;
  std::vector<RecordParameter> parameters;  // owner and ttl are left out
};

}  // namespace strata::zonec::pyzone

#endif  // STRATA_ZONEC_PYZONE_RECORDS_RECORD_FUNCTION_H_
