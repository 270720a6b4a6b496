// SPDX-License-Identifier: Apache-2.0
#include "recursor/net/testing/label_server.h"

#include <cstddef>
#include <cstdint>
#include <utility>

#include "absl/strings/match.h"
#include "absl/strings/numbers.h"
#include "absl/strings/str_cat.h"
#include "absl/strings/strip.h"
#include "dns/header.h"

namespace strata::recursor::testing {
namespace {

constexpr absl::string_view kOpt("\0\0\x29\x10\0\0\0\0\0\0\0", kOptSize);

// The label at `at`, which is moved behind it.
std::string TakeLabel(absl::string_view message, size_t* at) {
  const size_t size = static_cast<uint8_t>(message[*at]);
  std::string label(message.substr(*at + 1, size));
  *at += 1 + size;
  return label;
}

std::string WithoutOpt(absl::string_view message) {
  std::string result(message);
  if (!absl::ConsumeSuffix(&message, kOpt)) return result;
  result.resize(message.size());
  dns::SetU16(result.data(), dns::kArCountOffset, 0);
  return result;
}

std::string Header(absl::string_view message) {
  std::string header(message.substr(0, dns::kHeaderSize));
  dns::SetU16(header.data(), dns::kQdCountOffset, 0);
  dns::SetU16(header.data(), dns::kArCountOffset, 0);
  return header;
}

std::string WithFlags(absl::string_view message, uint16_t flip) {
  std::string result(message);
  dns::SetU16(result.data(), dns::kFlagsOffset, dns::GetU16(message, dns::kFlagsOffset) ^ flip);
  return result;
}

std::string WithOctet(absl::string_view message, size_t at, char flip) {
  std::string result(message);
  result[at] ^= flip;
  return result;
}

}  // namespace

LabelServer::LabelServer(base::EventLoop* loop) : server_(loop) {
  server_.set_behaviour([this](const FakeQuery& query) { Answer(query); });
}

std::string LabelServer::ProperReply(absl::string_view query) { return ReplyTo(query) + "proper"; }

std::string LabelServer::BadReply(absl::string_view label, absl::string_view query) {
  static constexpr std::pair<absl::string_view, int> kRcodes[] = {
      {"servfail", 2}, {"nxdomain", 3}, {"notimp", 4}, {"refused", 5}, {"formerr-opt", 1}};
  for (const auto& [name, rcode] : kRcodes) {
    if (label == name) return ReplyTo(query, rcode);
  }
  const std::string reply = ReplyTo(query);
  if (label == "formerr-noopt") return WithoutOpt(ReplyTo(query, 1));
  if (label == "formerr-noq") return Header(ReplyTo(query, 1));
  if (label == "tc") return WithFlags(reply, dns::kTc);
  if (label == "case") return WithOctet(reply, dns::kHeaderSize + 1, 0x20);
  if (label == "wrongq") return WithOctet(reply, dns::kHeaderSize + 1, 1);
  if (label == "wrongid") return WithOctet(reply, 1, 1);
  if (label == "notresp") return WithFlags(reply, dns::kQr);
  if (label == "opcode") return WithFlags(reply, 4 << dns::kOpcodeShift);
  if (label == "short") return reply.substr(0, dns::kHeaderSize - 1);
  size_t size;
  if (absl::ConsumePrefix(&label, "big-") && absl::SimpleAtoi(label, &size)) {
    return reply + std::string(size - reply.size(), 'x');
  }
  return "";
}

void LabelServer::Answer(const FakeQuery& query) {
  const std::vector<FakeQuery> late = std::exchange(late_, {});
  for (const FakeQuery& earlier : late) server_.Reply(earlier, ProperReply(earlier.message));
  size_t at = dns::kHeaderSize;
  const std::string label = TakeLabel(query.message, &at);
  const bool only = TakeLabel(query.message, &at) == "only";
  const std::string bad = BadReply(label, query.message);
  if (label == "drop") return;
  if (label == "late") return late_.push_back(query);
  if (label == "close") return query.tcp() ? server_.Close(query) : void();
  if (label == "slowtcp") {
    std::string framed = absl::StrCat(std::string(1, '\0'), " ", ProperReply(query.message));
    framed[1] = static_cast<char>(framed.size() - 2);
    for (const char octet : framed) server_.Write(query, absl::string_view(&octet, 1));
    return;
  }
  if (label == "wrongport") server_.ReplyFromElsewhere(query, ReplyTo(query.message));
  if (label == "zero" || !bad.empty()) server_.Reply(query, bad);
  if (!only) server_.Reply(query, ProperReply(query.message));
}

std::string QueryWithOpt(absl::string_view name) {
  std::string query = absl::StrCat(QueryFor(name), kOpt);
  dns::SetU16(query.data(), dns::kArCountOffset, 1);
  return query;
}

}  // namespace strata::recursor::testing
