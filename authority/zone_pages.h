// The pages by which an authority tells its zones.
//
// SPDX-License-Identifier: Apache-2.0
#ifndef STRATA_AUTHORITY_ZONE_PAGES_H_
#define STRATA_AUTHORITY_ZONE_PAGES_H_

#include <vector>

#include "authority/zone_catalog.h"
#include "proto/authority/v1/authority.pb.h"

namespace strata::authority {

// A page holds at most this many zones: some 200 kB with the longest names.
inline constexpr int kZonesAPage = 512;

// What a client must hear that was told `told` (nullptr: nothing yet), so that it knows `now`. Ends with a page that is
// marked complete. Empty when nothing changed.
std::vector<v1::ZonePage> PagesBetween(const ZoneCatalog* told, const ZoneCatalog& now);

}  // namespace strata::authority

#endif  // STRATA_AUTHORITY_ZONE_PAGES_H_
