// Any question gets an answer that parses, repeats it, and keeps to its size.
//
// SPDX-License-Identifier: Apache-2.0
#include <cstdint>
#include <cstdlib>
#include <memory>
#include <vector>

#include "absl/strings/string_view.h"
#include "authority/answerer.h"
#include "authority/testing/test_zone.h"
#include "dns/lookup_name.h"
#include "dns/message.h"
#include "dns/name.h"

namespace strata::authority {

void Require(bool holds) {
  if (!holds) std::abort();
}

const ZoneCatalog& Zones() {
  static const ZoneCatalog& zones = *new ZoneCatalog({MakeZone("e.", R"(
    @ NS n.s
    @ MX 1 a
    a A 192.0.2.1
    a AAAA 2001:db8::1
    c CNAME a
    l CNAME l
    o CNAME x.f.
    d DNAME t
    r DNAME r.r
    *.w CNAME a
    *.t MX 1 a
    s NS n.s
    s NS n.z
    n.s A 192.0.2.2
    z NS n.z
    n.z A 192.0.2.3
    x.y.z.v TXT deep)"),
                                                      MakeZone("f.", "x CNAME c.e.\n* TXT wild")});
  return zones;
}

// Two octets of type, two of size, one of options, then a name.
void Answer(absl::string_view input) {
  if (input.size() < 6) return;
  auto octet = [&input](size_t at) { return static_cast<uint8_t>(input[at]); };
  const absl::string_view wire = input.substr(5);
  if (dns::WireNameSize(wire) != wire.size()) return;
  const dns::LookupName name(wire);
  Question question;
  question.name = &name;
  question.type = static_cast<uint16_t>(octet(0) << 8 | octet(1));
  question.rr_class = 1;
  question.max_size = 300 + (octet(2) << 8 | octet(3)) % 65000;
  question.minimal_any = (octet(4) & 1) != 0;
  std::vector<char> buffer(question.max_size);
  size_t size = 0;
  if (AnswerQuestion(Zones(), question, buffer.data(), &size) != AnswerOutcome::kAnswered) return;
  Require(size <= question.max_size);
  const absl::StatusOr<dns::Message> message = dns::ParseMessage(absl::string_view(buffer.data(), size));
  Require(message.ok() && message->questions.size() == 1);
  Require(message->questions[0] == dns::Question{*dns::Name::FromWire(wire), question.type, question.rr_class});
}

}  // namespace strata::authority

extern "C" int LLVMFuzzerTestOneInput(const uint8_t* data, size_t size) {
  strata::authority::Answer(absl::string_view(reinterpret_cast<const char*>(data), size));
  return 0;
}
