// Tests that nothing is lost either way.
//
// SPDX-License-Identifier: Apache-2.0
#include "base/grpc_status.h"

#include <string>

#include "absl/strings/cord.h"
#include "gmock/gmock.h"
#include "gtest/gtest.h"

namespace strata::base {
namespace {

absl::Status ThereAndBack(const absl::Status& status) { return ToAbslStatus(ToGrpcStatus(status)); }

TEST(GrpcStatus, KeepsEveryCodeAndMessage) {
  for (int code = 1; code <= 16; ++code) {
    const absl::Status status(static_cast<absl::StatusCode>(code), "bücher\n");
    const grpc::Status grpc_status = ToGrpcStatus(status);
    EXPECT_EQ(grpc_status.error_code(), code);
    EXPECT_EQ(grpc_status.error_message(), "bücher\n");
    EXPECT_EQ(ToAbslStatus(grpc_status), status);
  }
  EXPECT_EQ(grpc::NOT_FOUND, ToGrpcStatus(absl::NotFoundError("")).error_code());
}

TEST(GrpcStatus, CodesThatGrpcDoesNotKnowAreUnknown) {
  EXPECT_EQ(ToGrpcStatus(absl::Status(static_cast<absl::StatusCode>(99), "x")).error_code(), grpc::UNKNOWN);
}

TEST(GrpcStatus, OkIsOk) {
  EXPECT_TRUE(ToGrpcStatus(absl::OkStatus()).ok());
  EXPECT_TRUE(ToAbslStatus(grpc::Status::OK).ok());
}

TEST(GrpcStatus, KeepsPayloads) {
  absl::Status status = absl::InternalError("disk");
  status.SetPayload("type.example/b", absl::Cord(absl::string_view("\0\xFF", 2)));
  status.SetPayload("type.example/a", absl::Cord(""));
  EXPECT_EQ(ThereAndBack(status), status);
  EXPECT_EQ(ToGrpcStatus(ThereAndBack(status)).error_details(), ToGrpcStatus(status).error_details());
}

TEST(GrpcStatus, DetailsHaveTheFormOfTheRicherErrorModel) {
  absl::Status status = absl::NotFoundError("no");
  status.SetPayload("t", absl::Cord("v"));
  // google.rpc.Status{code: 5 message: "no" details{type_url: "t" value: "v"}}
  EXPECT_EQ(ToGrpcStatus(status).error_details(), "\x08\x05\x12\x02no\x1a\x06\x0a\x01t\x12\x01v");
}

TEST(GrpcStatus, KeepsDetailsOfOtherForms) {
  for (const std::string details :
       {"just text", "\x1a\x05x", "\x08", "\x1a\x02\xFF\xFF", "\x1a\x03\x0a\x01t\x1a\x03\x0a\x01t"}) {
    const grpc::Status status(grpc::UNAVAILABLE, "away", details);
    const absl::Status kept = ToAbslStatus(status);
    EXPECT_EQ(*kept.GetPayload(kOpaqueDetails), details);
    EXPECT_EQ(ToGrpcStatus(kept).error_details(), details);
  }
}

}  // namespace
}  // namespace strata::base
