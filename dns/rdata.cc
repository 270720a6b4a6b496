// SPDX-License-Identifier: Apache-2.0
#include "dns/rdata.h"

#include <optional>

#include "dns/name.h"
#include "dns/rdata_field.h"
#include "dns/rdata_schema.h"

namespace strata::dns {
namespace {

bool Matches(const RdataSchema& schema, absl::string_view rdata) {
  size_t at = 0;
  for (const RdataField* field = schema.fields; field->kind != FieldKind::kNone; ++field) {
    // Most fields, without the way through RdataFieldSize().
    if (const size_t fixed = FixedFieldSize(field->kind); fixed != 0) {
      if (rdata.size() - at < fixed) return false;
      at += fixed;
      continue;
    }
    const std::optional<size_t> size = RdataFieldSize(field->kind, rdata, at);
    if (!size) return false;
    at += *size;
  }
  return at == rdata.size();
}

constexpr size_t kMaxRdataSize = 65535;

// Of a type whose names may be compressed.
void ReadCompressedRdata(const RdataSchema& schema, size_t size, WireReader* reader, std::string* rdata) {
  const size_t start = rdata->size();
  reader->PushLimit(size);
  const absl::string_view message = reader->message().substr(0, reader->position() + reader->remaining());
  for (const RdataField* field = schema.fields; field->kind != FieldKind::kNone; ++field) {
    if (field->kind == FieldKind::kName) {
      reader->ReadName(rdata);
      continue;
    }
    const std::optional<size_t> field_size = RdataFieldSize(field->kind, message, reader->position());
    if (!field_size) return reader->Fail();
    const absl::string_view octets = reader->ReadBytes(*field_size);
    rdata->append(octets.data(), octets.size());
  }
  reader->PopLimit();
  // A name that was compressed may have grown the whole beyond what a length field can say.
  if (rdata->size() - start > kMaxRdataSize) reader->Fail();
}

}  // namespace

void ReadRdata(uint16_t type, size_t size, WireReader* reader, std::string* rdata) {
  const RdataSchema* schema = FindRdataSchema(type);
  if (schema != nullptr && schema->names >= NameRule::kDecompress) {
    return ReadCompressedRdata(*schema, size, reader, rdata);
  }
  const absl::string_view octets = reader->ReadBytes(size);
  if (schema != nullptr && !Matches(*schema, octets)) return reader->Fail();
  rdata->append(octets.data(), octets.size());
}

bool IsValidRdata(uint16_t type, absl::string_view rdata) {
  const RdataSchema* schema = FindRdataSchema(type);
  return schema == nullptr || Matches(*schema, rdata);
}

std::string CanonicalRdata(uint16_t type, absl::string_view rdata) {
  std::string canonical(rdata);
  const RdataSchema* schema = FindRdataSchema(type);
  if (schema == nullptr || schema->names < NameRule::kLowercase) return canonical;
  size_t at = 0;
  for (const RdataField* field = schema->fields; field->kind != FieldKind::kNone; ++field) {
    const std::optional<size_t> size = RdataFieldSize(field->kind, rdata, at);
    if (!size) break;
    if (IsOneName(field->kind)) {
      canonical.replace(at, *size, ToLowerAscii(rdata.substr(at, *size)));
    }
    at += *size;
  }
  return canonical;
}

}  // namespace strata::dns
