// One service process as a worker sees it, be it at the end of a stream or in this process.
//
// SPDX-License-Identifier: Apache-2.0
#ifndef STRATA_FRONTEND_BACKENDS_BACKEND_H_
#define STRATA_FRONTEND_BACKENDS_BACKEND_H_

#include <cstdint>

#include "absl/strings/string_view.h"
#include "absl/time/time.h"
#include "dns/lookup_name.h"

namespace strata::frontend {

// A question on its way to a backend. `name` outlives the call it is handed to.
struct BackendQuery {
  uint32_t id = 0;  // the caller's; the answer brings it back
  const dns::LookupName* name = nullptr;
  uint16_t type = 0;
  uint16_t rr_class = 0;
  bool recursion_desired = false;
  bool dnssec_ok = false;
  bool checking_disabled = false;
  bool minimal_any = false;
  bool want_zoneversion = false;
  uint16_t max_size = 0;  // what fits the client, without our OPT record; 0: no limit
  // InfiniteDuration: as long as the backend itself allows.
  absl::Duration time_left = absl::InfiniteDuration();
};

// What a backend says to a query.
struct BackendAnswer {
  uint32_t id = 0;
  // A whole message without OPT, or empty.
  absl::string_view wire;
  // Where `wire` is empty.
  uint16_t rcode = 0;
  uint16_t extended_error = 0;
  absl::string_view extended_error_text;
  bool has_extended_error = false;
  // EDNS options in wire form, which go to the client.
  absl::string_view options;
};

class Backend;

// What happens to a backend. Called on the worker's thread only.
class BackendEvents {
 public:
  virtual ~BackendEvents() = default;
  // An answer, perhaps late or for a query that was given up: the id tells. Its views are good during the call.
  virtual void OnAnswer(Backend* backend, const BackendAnswer& answer) = 0;
  // It lives, whether or not it has answers.
  virtual void OnAlive(Backend* backend) = 0;
  // The backend answers from now on.
  virtual void OnUp(Backend* backend) = 0;
  // By its health service: when not `serving` it drains, that is, it answers what it was asked and is about to leave.
  // With or without a stream; it is taken for serving until it says otherwise.
  virtual void OnServing(Backend* backend, bool serving) = 0;
  // It does no more: what it was sent and has not answered will not be.
  virtual void OnDown(Backend* backend) = 0;
};

// Used by its worker's thread only.
class Backend {
 public:
  virtual ~Backend() = default;

  virtual bool up() const = 0;
  // REQUIRES: up(). The query may wait until Flush(); the answer may come during the call.
  virtual void Submit(const BackendQuery& query) = 0;
  // Sends what was submitted.
  virtual void Flush() = 0;
  // Gives the connection up because it hangs: OnDown() is called before this returns, and OnUp() when a new one stands.
  virtual void Break() = 0;
};

}  // namespace strata::frontend

#endif  // STRATA_FRONTEND_BACKENDS_BACKEND_H_
