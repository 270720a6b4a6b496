// Debian ships no google/rpc/status.proto; its three fields are read and written here:
//   int32 code = 1; string message = 2; repeated google.protobuf.Any details = 3;
//
// SPDX-License-Identifier: Apache-2.0
#include "base/grpc_status.h"

#include <algorithm>
#include <cstdint>
#include <optional>
#include <string>
#include <utility>
#include <vector>

#include "absl/strings/cord.h"
#include "google/protobuf/any.pb.h"
#include "google/protobuf/io/coded_stream.h"
#include "google/protobuf/io/zero_copy_stream_impl_lite.h"

namespace strata::base {
namespace {

using ::google::protobuf::Any;
using ::google::protobuf::io::CodedInputStream;
using ::google::protobuf::io::CodedOutputStream;
using ::google::protobuf::io::StringOutputStream;

// Field number and wire type, as protobuf's encoding joins them.
constexpr uint32_t kCodeTag = 1 << 3 | 0;
constexpr uint32_t kMessageTag = 2 << 3 | 2;
constexpr uint32_t kDetailsTag = 3 << 3 | 2;

void WriteText(uint32_t tag, const std::string& text, CodedOutputStream* out) {
  out->WriteTag(tag);
  out->WriteVarint32(static_cast<uint32_t>(text.size()));
  out->WriteString(text);
}

std::string SerializeDetails(const absl::Status& status, const std::vector<Any>& details) {
  std::string bytes;
  {
    StringOutputStream stream(&bytes);
    CodedOutputStream out(&stream);
    out.WriteTag(kCodeTag);
    out.WriteVarint32(static_cast<uint32_t>(status.code()));
    if (!status.message().empty()) WriteText(kMessageTag, std::string(status.message()), &out);
    for (const Any& detail : details) WriteText(kDetailsTag, detail.SerializeAsString(), &out);
  }
  return bytes;
}

// The details of a google.rpc.Status; nullopt if `bytes` is none.
std::optional<std::vector<Any>> ParseDetails(const std::string& bytes) {
  CodedInputStream in(reinterpret_cast<const uint8_t*>(bytes.data()), static_cast<int>(bytes.size()));
  std::vector<Any> details;
  while (const uint32_t tag = in.ReadTag()) {
    if (tag == kCodeTag) {
      uint64_t code;
      if (!in.ReadVarint64(&code)) return std::nullopt;
      continue;
    }
    uint32_t length;
    std::string text;
    if ((tag != kMessageTag && tag != kDetailsTag) || !in.ReadVarint32(&length) ||
        !in.ReadString(&text, static_cast<int>(length))) {
      return std::nullopt;
    }
    if (tag == kDetailsTag && !details.emplace_back().ParseFromString(text)) return std::nullopt;
  }
  if (!in.ConsumedEntireMessage()) return std::nullopt;
  return details;
}

}  // namespace

grpc::Status ToGrpcStatus(const absl::Status& status) {
  if (status.ok()) return grpc::Status::OK;
  std::vector<Any> details;
  std::optional<std::string> opaque;
  status.ForEachPayload([&](absl::string_view type_url, const absl::Cord& payload) {
    if (type_url == kOpaqueDetails) {
      opaque = std::string(payload);
      return;
    }
    Any& detail = details.emplace_back();
    detail.set_type_url(std::string(type_url));
    detail.set_value(std::string(payload));
  });
  // Abseil's order of payloads is arbitrary; the same status shall give the same bytes.
  std::sort(details.begin(), details.end(), [](const Any& a, const Any& b) { return a.type_url() < b.type_url(); });
  std::string bytes = opaque.value_or("");
  if (!opaque && !details.empty()) bytes = SerializeDetails(status, details);
  // code(), not raw_code(): another number in grpc::StatusCode would be undefined behaviour.
  return grpc::Status(static_cast<grpc::StatusCode>(status.code()), std::string(status.message()), bytes);
}

absl::Status ToAbslStatus(const grpc::Status& status) {
  if (status.ok()) return absl::OkStatus();
  absl::Status result(static_cast<absl::StatusCode>(status.error_code()), status.error_message());
  const std::string bytes = status.error_details();
  if (bytes.empty()) return result;
  absl::Status opaque = result;
  opaque.SetPayload(kOpaqueDetails, absl::Cord(bytes));
  const std::optional<std::vector<Any>> details = ParseDetails(bytes);
  if (!details) return opaque;
  for (const Any& detail : *details) {
    // An absl::Status has one payload a type.
    if (result.GetPayload(detail.type_url())) return opaque;
    result.SetPayload(detail.type_url(), absl::Cord(detail.value()));
  }
  return result;
}

}  // namespace strata::base
