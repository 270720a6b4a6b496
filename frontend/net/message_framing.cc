// SPDX-License-Identifier: Apache-2.0
#include "frontend/net/message_framing.h"

#include <algorithm>

#include "dns/header.h"

namespace strata::frontend {
namespace {

// A connection between messages keeps no more memory than this: enough for a query that was cut off, so that the next
// one costs no allocation.
constexpr size_t kMaxKeptCapacity = 512;

// Size octets included; 0 when they are not there.
size_t FramedSize(absl::string_view octets) {
  return octets.size() < kMessageSizeOctets ? 0 : kMessageSizeOctets + dns::GetU16(octets, 0);
}

}  // namespace

bool MessageFraming::CompleteKept(size_t size) {
  const size_t have = rest_of_kept().size();
  if (have >= size) return true;
  const size_t count = std::min(size - have, taken_.size());
  kept_.append(taken_.data(), count);
  taken_.remove_prefix(count);
  return have + count == size;
}

std::optional<absl::string_view> MessageFraming::Next() {
  if (consumed_ < kept_.size()) {
    if (!CompleteKept(kMessageSizeOctets)) return std::nullopt;
    const size_t framed = FramedSize(rest_of_kept());
    if (!CompleteKept(framed)) return std::nullopt;
    const absl::string_view message = rest_of_kept().substr(kMessageSizeOctets, framed - kMessageSizeOctets);
    consumed_ += framed;
    return message;
  }
  const size_t framed = FramedSize(taken_);
  if (framed == 0 || taken_.size() < framed) return std::nullopt;
  const absl::string_view message = taken_.substr(kMessageSizeOctets, framed - kMessageSizeOctets);
  taken_.remove_prefix(framed);
  return message;
}

void MessageFraming::Keep() {
  if (consumed_ == kept_.size()) {
    kept_.clear();
    consumed_ = 0;
  } else if (consumed_ > kept_.size() / 2) {
    kept_.erase(0, consumed_);
    consumed_ = 0;
  }
  kept_.append(taken_.data(), taken_.size());
  taken_ = {};
  if (kept_.empty() && kept_.capacity() > kMaxKeptCapacity) kept_.shrink_to_fit();
}

bool MessageFraming::has_message() const {
  const absl::string_view kept = rest_of_kept();
  if (kept.empty()) {
    const size_t framed = FramedSize(taken_);
    return framed != 0 && taken_.size() >= framed;
  }
  if (buffered() < kMessageSizeOctets) return false;
  const char size[] = {kept[0], kept.size() > 1 ? kept[1] : taken_[0]};
  return buffered() >= FramedSize(absl::string_view(size, sizeof size));
}

}  // namespace strata::frontend
