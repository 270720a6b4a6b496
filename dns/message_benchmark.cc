// What the steps of a query cost: reading it, making its name ready for lookup, writing the answer; and whole messages.
//
// bazel run //dns:message_benchmark
//
// SPDX-License-Identifier: Apache-2.0
#include <array>
#include <cstdint>
#include <string>
#include <utility>
#include <vector>

#include "absl/strings/str_cat.h"
#include "absl/strings/string_view.h"
#include "benchmark/benchmark.h"
#include "dns/edns.h"
#include "dns/header.h"
#include "dns/lookup_name.h"
#include "dns/message.h"
#include "dns/name.h"
#include "dns/query.h"
#include "dns/record.h"
#include "dns/rr_type.h"
#include "dns/wire_writer.h"

namespace strata::dns {
namespace {

// Names as they come: an apex, a host, a host with long labels, an IPv6 reverse name (34 labels).
constexpr const char* kNames[] = {
    "example.com.",
    "www.Example.com.",
    "a-rather-long-host-name.with-a-long-subdomain.department.example.co.uk.",
    "b.a.9.8.7.6.5.4.3.2.1.0.0.0.0.0.0.0.0.0.0.0.0.0.8.b.d.0.1.0.0.2.ip6.arpa.",
};

std::string Wire(absl::string_view text) { return std::string(Name::FromText(text)->wire()); }

std::string QueryPacket(absl::string_view name, bool edns) {
  std::array<char, 512> buffer;
  WireWriter writer(buffer.data(), buffer.size());
  writer.WriteU16(0x1234);
  writer.WriteU16(kRd);
  writer.WriteU16(1);
  writer.WriteU32(0);
  writer.WriteU16(edns ? 1 : 0);
  writer.WriteBytes(Wire(name));
  writer.WriteU16(rr_type::kA);
  writer.WriteU16(rr_class::kIN);
  std::string packet(writer.message());
  if (edns) {
    std::string options;
    AppendEdnsOption(edns_option::kCookie, "8octets!", &options);
    Edns opt;
    opt.udp_payload_size = 1232;
    opt.options = options;
    AppendOptRecord(opt, &packet);
  }
  return packet;
}

void BM_LookupNameAssign(benchmark::State& state) {
  const std::string wire = Wire(kNames[state.range(0)]);
  LookupName name;
  for ([[maybe_unused]] auto _ : state) {
    name.Assign(wire);
    benchmark::DoNotOptimize(name.Hash());
  }
  state.SetLabel(kNames[state.range(0)]);
}
BENCHMARK(BM_LookupNameAssign)->DenseRange(0, 3);

void BM_ParseQuery(benchmark::State& state) {
  const std::string packet = QueryPacket(kNames[state.range(0)], state.range(1) != 0);
  Query query;
  for ([[maybe_unused]] auto _ : state) {
    benchmark::DoNotOptimize(ParseQuery(packet, &query));
    benchmark::DoNotOptimize(query.name.Hash());
  }
  state.SetLabel(absl::StrCat(kNames[state.range(0)], state.range(1) != 0 ? " with OPT" : ""));
}
BENCHMARK(BM_ParseQuery)->ArgsProduct({{0, 1, 2, 3}, {0, 1}});

// The owner repeats the question; NS names share its zone; glue repeats the NS names.
void BM_WriteReferral(benchmark::State& state) {
  const std::string question = Wire("www.example.com.");
  const std::string zone = Wire("example.com.");
  std::vector<std::string> servers;
  servers.reserve(static_cast<size_t>(state.range(0)));
  for (int i = 0; i < state.range(0); ++i) servers.push_back(Wire(absl::StrCat("ns", i, ".dns.example.com.")));
  std::array<char, 4096> buffer;
  for ([[maybe_unused]] auto _ : state) {
    WireWriter writer(buffer.data(), buffer.size());
    for (int i = 0; i < 6; ++i) writer.WriteU16(0);
    writer.WriteName(question);
    writer.WriteU32(0x00010001);
    for (const std::string& server : servers) {
      writer.WriteName(zone);
      writer.WriteU32(0x00020001);
      writer.WriteU32(3600);
      const size_t length_at = writer.size();
      writer.WriteU16(0);
      writer.WriteName(server);
      writer.PatchU16(length_at, static_cast<uint16_t>(writer.size() - length_at - 2));
    }
    for (const std::string& server : servers) {
      writer.WriteName(server);
      writer.WriteU32(0x00010001);
      writer.WriteU32(3600);
      writer.WriteU16(4);
      writer.WriteU32(0xc0000201);
    }
    benchmark::DoNotOptimize(writer.message().data());
    benchmark::ClobberMemory();
  }
  state.SetItemsProcessed(state.iterations() * (3 * state.range(0) + 1));  // names
}
BENCHMARK(BM_WriteReferral)->Arg(1)->Arg(2)->Arg(4)->Arg(13);

// Names that a stranger may choose so that each is like every other until its last label.
void BM_WriteLookalikeNames(benchmark::State& state) {
  const auto labels = static_cast<int>(state.range(0));
  std::vector<std::string> names;
  for (int i = 0; i < 200; ++i) {
    std::string text;
    for (int j = 1; j < labels; ++j) text += "a.";
    names.push_back(Wire(absl::StrCat(text, i + 100, ".")));
  }
  std::vector<char> buffer(65535);
  for ([[maybe_unused]] auto _ : state) {
    WireWriter writer(buffer.data(), buffer.size());
    for (int i = 0; i < 6; ++i) writer.WriteU16(0);
    for (const std::string& name : names) writer.WriteName(name);
    benchmark::DoNotOptimize(writer.message().data());
    benchmark::ClobberMemory();
  }
  state.SetItemsProcessed(state.iterations() * 200);
}
BENCHMARK(BM_WriteLookalikeNames)->Arg(2)->Arg(8)->Arg(32)->Arg(120);

Record MakeRecord(absl::string_view owner, uint16_t type, std::string rdata) {
  Record record;
  record.owner = Name::FromText(owner).value();
  record.type = type;
  record.ttl = 3600;
  record.rdata = std::move(rdata);
  return record;
}

// An answer of `addresses` addresses, with the zone's servers behind it, as a recursor receives it.
Message AnswerMessage(int64_t addresses) {
  Message message;
  message.response = true;
  message.questions.push_back({Name::FromText("www.example.com.").value(), rr_type::kA, rr_class::kIN});
  for (int64_t i = 0; i < addresses; ++i) {
    message.answer.push_back(MakeRecord("www.example.com.", rr_type::kA, absl::StrCat(1000 + i)));
  }
  for (const char* server : {"ns1.example.com.", "ns2.example.com."}) {
    message.authority.push_back(MakeRecord("example.com.", rr_type::kNS, Wire(server)));
    message.additional.push_back(MakeRecord(server, rr_type::kA, "abcd"));
  }
  message.edns.emplace();
  return message;
}

void BM_ParseMessage(benchmark::State& state) {
  const std::string wire = SerializeMessage(AnswerMessage(state.range(0))).value();
  for ([[maybe_unused]] auto _ : state) benchmark::DoNotOptimize(ParseMessage(wire));
}
BENCHMARK(BM_ParseMessage)->Arg(1)->Arg(10);

void BM_SerializeMessage(benchmark::State& state) {
  const Message message = AnswerMessage(state.range(0));
  for ([[maybe_unused]] auto _ : state) benchmark::DoNotOptimize(SerializeMessage(message));
}
BENCHMARK(BM_SerializeMessage)->Arg(1)->Arg(10);

}  // namespace
}  // namespace strata::dns

BENCHMARK_MAIN();
