// Responses for tests, written as text.
//
//   TestResponse response;
//   response.question = "www.example. A";
//   response.answer = {"www.example. 300 CNAME web.example.", "web.example. 60 A 192.0.2.1"};
//   cache.Fill(client, token, {response.Wire()});
//
// SPDX-License-Identifier: Apache-2.0
#ifndef STRATA_CACHE_TESTING_TEST_RESPONSE_H_
#define STRATA_CACHE_TESTING_TEST_RESPONSE_H_

#include <cstdint>
#include <string>
#include <vector>

#include "absl/strings/string_view.h"
#include "dns/message.h"

namespace strata::cache::testing {

// As a recursor sends it: RD and RA set, without OPT, of class IN, names compressed. What is no record stops the test's
// program.
struct TestResponse {
  std::string question;  // name and type
  // Owner, TTL, type and RDATA; names are absolute.
  std::vector<std::string> answer, authority, additional;
  uint16_t rcode = 0;

  dns::Message Message() const;
  std::string Wire() const;
};

// "www.example." with one address.
TestResponse AddressResponse(absl::string_view name, uint32_t ttl);
// That there is no such name; the zone is "example.".
TestResponse NegativeResponse(absl::string_view name, uint32_t soa_ttl, uint32_t soa_minimum);

// The smallest and the greatest TTL of a message that is well-formed.
struct TtlRange {
  uint32_t min = 0, max = 0;
};
TtlRange TtlsOf(absl::string_view wire);

// A name's wire form, as it is written.
std::string WireName(absl::string_view text);

}  // namespace strata::cache::testing

#endif  // STRATA_CACHE_TESTING_TEST_RESPONSE_H_
