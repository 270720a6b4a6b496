// What an answer costs, from the question to the message, with names in random order.
//
// bazel run //authority:answerer_benchmark
//
// SPDX-License-Identifier: Apache-2.0
#include <algorithm>
#include <cstdint>
#include <random>
#include <string>
#include <vector>

#include "absl/strings/ascii.h"
#include "absl/strings/str_cat.h"
#include "authority/answerer.h"
#include "authority/testing/test_zone.h"
#include "benchmark/benchmark.h"
#include "dns/lookup_name.h"
#include "dns/name.h"
#include "dns/rr_type.h"
#include "dns/text/base_encoding.h"
#include "zonec/snapshot/nsec3_hash.h"

namespace strata::authority {
namespace {

constexpr int kHosts = 50'000;
constexpr char kSignature[] =
    "13 2 3600 20380101000000 20200101000000 1 bench.example. "
    "AAECAwQFBgcICQoLDA0ODxAREhMUFRYXGBkaGxwdHh8gISIjJCUmJygpKissLS4vMDEyMzQ1Njc4OTo7PD0+Pw==";

std::string Host(int number) { return absl::StrCat("host", static_cast<uint32_t>(number) * 2654435761u); }

std::string Wire(const std::string& text) { return std::string(dns::Name::FromText(text)->wire()); }

std::string HashText(const std::string& name) {
  const snapshot::Nsec3Hash hash = snapshot::HashForNsec3(Wire(name), {});
  std::string text;
  dns::AppendBaseEncoded(dns::BaseEncoding::kBase32Hex,
                         absl::string_view(reinterpret_cast<const char*>(hash.data()), hash.size()), &text);
  return absl::AsciiStrToLower(text);
}

// Hosts of two addresses, and delegations; signed with one signature an RRset, which is right in size only.
ZoneCatalog MakeCatalog(bool with_nsec3) {
  std::string lines = "@ NS ns\nns A 192.0.2.1\n";
  std::vector<std::string> hashes = {HashText("bench.example.")};
  for (int i = 0; i < kHosts; ++i) {
    const std::string host = Host(i);
    if (i % 10 == 0) {
      absl::StrAppend(&lines, host, " NS ns.", host, "\nns.", host, " A 192.0.2.2\n");
    } else {
      absl::StrAppend(&lines, host, " A 192.0.2.2\n", host, " A 192.0.2.3\n");
      if (with_nsec3) absl::StrAppend(&lines, host, " RRSIG A ", kSignature, "\n");
    }
    if (with_nsec3) hashes.push_back(HashText(absl::StrCat(host, ".bench.example.")));
  }
  if (with_nsec3) {
    absl::StrAppend(&lines, "@ NSEC3PARAM 1 0 0 -\n@ RRSIG SOA ", kSignature, "\n");
    std::sort(hashes.begin(), hashes.end());
    for (size_t i = 0; i < hashes.size(); ++i) {
      absl::StrAppend(&lines, hashes[i], " NSEC3 1 0 0 - ", hashes[(i + 1) % hashes.size()], " A RRSIG\n", hashes[i],
                      " RRSIG NSEC3 ", kSignature, "\n");
    }
  }
  return ZoneCatalog({MakeZone("bench.example.", lines)});
}

// Names of hosts that are no delegations, of delegations, and of nothing.
enum Kind { kHost, kDelegation, kNothing };

std::vector<std::string> Names(Kind kind) {
  std::vector<std::string> names;
  std::mt19937 random(1);
  for (int i = 0; i < 20'000; ++i) {
    const int number = static_cast<int>(random() % (kHosts / 10)) * 10 + (kind == kDelegation ? 0 : 1 + i % 9);
    names.push_back(Wire(absl::StrCat(kind == kNothing      ? "no-"
                                      : kind == kDelegation ? "www."
                                                            : "",
                                      Host(number), ".bench.example.")));
  }
  return names;
}

void Ask(const ZoneCatalog& catalog, const std::vector<std::string>& names, uint16_t type, bool dnssec_ok,
         benchmark::State* state) {
  std::vector<char> buffer(65535);
  dns::LookupName name;
  Question question;
  question.name = &name;
  question.type = type;
  question.rr_class = dns::rr_class::kIN;
  question.max_size = 1221;
  question.dnssec_ok = dnssec_ok;
  size_t next = 0, size = 0;
  for ([[maybe_unused]] auto _ : *state) {
    name.Assign(names[next]);
    next = next + 1 == names.size() ? 0 : next + 1;
    benchmark::DoNotOptimize(AnswerQuestion(catalog, question, buffer.data(), &size));
  }
  state->SetItemsProcessed(static_cast<int64_t>(state->iterations()));
}

void BM_Plain(benchmark::State& state, Kind kind, uint16_t type) {
  static const ZoneCatalog& catalog = *new ZoneCatalog(MakeCatalog(/*with_nsec3=*/false));
  Ask(catalog, Names(kind), type, /*dnssec_ok=*/false, &state);
}
BENCHMARK_CAPTURE(BM_Plain, Answer, kHost, dns::rr_type::kA);
BENCHMARK_CAPTURE(BM_Plain, NoData, kHost, dns::rr_type::kMX);
BENCHMARK_CAPTURE(BM_Plain, NameError, kNothing, dns::rr_type::kA);
BENCHMARK_CAPTURE(BM_Plain, Referral, kDelegation, dns::rr_type::kA);

void BM_Nsec3(benchmark::State& state, Kind kind, uint16_t type) {
  static const ZoneCatalog& catalog = *new ZoneCatalog(MakeCatalog(/*with_nsec3=*/true));
  Ask(catalog, Names(kind), type, /*dnssec_ok=*/true, &state);
}
BENCHMARK_CAPTURE(BM_Nsec3, Answer, kHost, dns::rr_type::kA);
BENCHMARK_CAPTURE(BM_Nsec3, NoData, kHost, dns::rr_type::kMX);
BENCHMARK_CAPTURE(BM_Nsec3, NameError, kNothing, dns::rr_type::kA);
BENCHMARK_CAPTURE(BM_Nsec3, Referral, kDelegation, dns::rr_type::kA);

}  // namespace
}  // namespace strata::authority

// GoogleTest, which makes the test zones, has another one.
BENCHMARK_MAIN();
