// SPDX-License-Identifier: Apache-2.0
#include "frontend/net/outbox.h"

namespace strata::frontend {

void Outbox::Add(Chain* chain, size_t size) {
  WriteMessageSize(size, buffer_.get() + used_);
  const auto framed = static_cast<uint32_t>(kMessageSizeOctets + size);
  const auto last = static_cast<int32_t>(slices_.size()) - 1;
  if (chain->last == last && last >= 0) {
    // Right behind the connection's last one.
    slices_.back().size += framed;
  } else {
    slices_.push_back({static_cast<uint32_t>(used_), framed, -1});
    (chain->last < 0 ? chain->first : slices_[chain->last].next) = last + 1;
    chain->last = last + 1;
  }
  chain->octets += framed;
  used_ += framed;
}

int Outbox::Slices(const Chain& chain, iovec* out, int max) const {
  int count = 0;
  for (int32_t i = chain.first; i >= 0 && count < max; i = slices_[i].next) {
    out[count++] = {buffer_.get() + slices_[i].offset, slices_[i].size};
  }
  return count;
}

void Outbox::Pop(Chain* chain, size_t count) {
  chain->octets -= count;
  while (chain->first >= 0 && count >= slices_[chain->first].size) {
    count -= slices_[chain->first].size;
    chain->first = slices_[chain->first].next;
  }
  if (chain->first < 0) {
    chain->last = -1;
    return;
  }
  slices_[chain->first].offset += static_cast<uint32_t>(count);
  slices_[chain->first].size -= static_cast<uint32_t>(count);
}

void Outbox::Clear() {
  used_ = 0;
  slices_.clear();
}

}  // namespace strata::frontend
