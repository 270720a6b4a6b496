// How many octets of our memory the stream connections hold: unsent answers and unfinished messages.
//
// SPDX-License-Identifier: Apache-2.0
#ifndef STRATA_FRONTEND_NET_STREAM_LOAD_H_
#define STRATA_FRONTEND_NET_STREAM_LOAD_H_

#include <array>
#include <bit>
#include <cstddef>

#include "frontend/net/linked_list.h"

namespace strata::frontend {

class StreamConnection;

// Single-threaded; every call takes constant time.
class StreamLoad {
 public:
  // A connection's place here.
  class Place {
   public:
    explicit Place(StreamConnection* connection) : link_(connection) {}

   private:
    friend class StreamLoad;
    ListLink<StreamConnection> link_;
    size_t octets_ = 0;
  };

  // The connection holds `octets` now.
  void Set(Place* place, size_t octets) {
    if (octets == place->octets_) return;
    total_ += octets - place->octets_;
    if (octets == 0) {
      place->link_.Unlink();
    } else if (!place->link_.linked() || std::bit_width(octets) != std::bit_width(place->octets_)) {
      by_width_[std::bit_width(octets)].PushBack(&place->link_);
    }
    place->octets_ = octets;
  }

  // Of all connections.
  size_t total() const { return total_; }

  // One that holds the most, to a factor of two, and of those the first that came to it; nullptr: none holds any.
  StreamConnection* Heaviest() const {
    for (size_t width = by_width_.size(); width-- > 0;) {
      if (!by_width_[width].empty()) return by_width_[width].front();
    }
    return nullptr;
  }

 private:
  std::array<LinkedList<StreamConnection>, 8 * sizeof(size_t) + 1> by_width_;  // by the octets' width in bits
  size_t total_ = 0;
};

}  // namespace strata::frontend

#endif  // STRATA_FRONTEND_NET_STREAM_LOAD_H_
