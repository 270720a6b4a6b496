// The file that tells a machine its resolvers (resolv.conf(5)).
//
// SPDX-License-Identifier: Apache-2.0
#ifndef STRATA_RECURSOR_CORE_RESOLV_CONF_H_
#define STRATA_RECURSOR_CORE_RESOLV_CONF_H_

#include "absl/strings/string_view.h"
#include "recursor/core/forward_settings.h"
#include "recursor/core/line_problem.h"

namespace strata::recursor {

// Reads it as glibc does: at most three `nameserver` lines, 127.0.0.1 if there is none; of `options` timeout:n (at most
// 30 s), attempts:n (at most 5), rotate and use-vc; the last one counts. Unlike glibc, a number that makes no sense is
// noted and left out, and without attempts:n a server is asked three times, not twice: our first try is short.
//
// Without meaning here, and no mistake: search, domain and ndots, which complete names before they get here; sortlist
// and the options about order, reloading, parallel queries, EDNS and DNSSEC: all of these are done or decided already,
// for each question. Never fails: any other line is noted and left out.
ForwardSettings ParseResolvConf(absl::string_view text, LineProblems* problems);

}  // namespace strata::recursor

#endif  // STRATA_RECURSOR_CORE_RESOLV_CONF_H_
