// SPDX-License-Identifier: Apache-2.0
#include "standalone/local_authority.h"

#include <memory>
#include <string>
#include <utility>
#include <vector>

#include "dns/header.h"
#include "dns/lookup_name.h"
#include "dns/name.h"
#include "dns/rr_type.h"
#include "gmock/gmock.h"
#include "gtest/gtest.h"
#include "zonec/compile.h"

namespace strata::standalone {
namespace {

class OwnedOctets : public authority::ZoneOctets {
 public:
  explicit OwnedOctets(std::string octets) : octets_(std::move(octets)) {}
  absl::string_view octets() const override { return octets_; }
  bool damaged() const override { return false; }

 private:
  std::string octets_;
};

std::shared_ptr<const authority::ZoneCatalog> CatalogOf(const std::string& zone_text) {
  auto storage = std::make_shared<OwnedOctets>(zonec::Compile("example.test", zone_text, {}).snapshot);
  const auto reader = snapshot::SnapshotReader::Open(storage->octets());
  EXPECT_TRUE(reader.ok()) << reader.status();
  std::vector<std::shared_ptr<const authority::Zone>> zones;
  zones.push_back(std::make_shared<const authority::Zone>(authority::Zone{*reader, storage}));
  return std::make_shared<const authority::ZoneCatalog>(std::move(zones));
}

constexpr char kZone[] =
    "$TTL 60\n@ SOA ns.x. root.x. 1 2 3 4 5\n@ NS ns.x.\nwww A 192.0.2.1\nwww A 192.0.2.2\nwww TXT x\n";

class LocalAuthorityTest : public testing::Test, protected frontend::BackendEvents {
 protected:
  struct Heard {
    uint32_t id;
    uint16_t rcode;
    int answers;  // -1: no message
    int authorities = 0;
  };

  void OnAnswer(frontend::Backend* backend, const frontend::BackendAnswer& answer) override {
    EXPECT_EQ(backend, &authority_);
    if (answer.wire.empty()) return heard_.push_back({answer.id, answer.rcode, -1});
    heard_.push_back({answer.id, static_cast<uint16_t>(dns::GetU16(answer.wire, dns::kFlagsOffset) & dns::kRcodeMask),
                      dns::GetU16(answer.wire, dns::kAnCountOffset), dns::GetU16(answer.wire, dns::kNsCountOffset)});
    options_ = std::string(answer.options);
    flags_ = dns::GetU16(answer.wire, dns::kFlagsOffset);
  }
  void OnAlive(frontend::Backend*) override {}
  void OnUp(frontend::Backend*) override { ADD_FAILURE() << "it is never away"; }
  void OnServing(frontend::Backend*, bool) override {}
  void OnDown(frontend::Backend*) override { ADD_FAILURE() << "it is never away"; }

  LocalAuthorityTest() { query_.max_size = 65535; }

  // The answer comes during the call.
  Heard Ask(const std::string& name, uint16_t type) {
    const std::string wire(dns::Name::FromText(name)->wire());
    const dns::LookupName lookup(wire);
    query_.id = ++last_id_;
    query_.name = &lookup;
    query_.type = type;
    query_.rr_class = dns::rr_class::kIN;
    heard_.clear();
    authority_.Submit(query_);
    EXPECT_EQ(heard_.size(), 1u);
    EXPECT_EQ(heard_.front().id, last_id_);
    return heard_.front();
  }

  authority::PublishedCatalog catalog_;
  LocalAuthority authority_{catalog_, this};
  frontend::BackendQuery query_;
  uint32_t last_id_ = 100;
  std::vector<Heard> heard_;
  uint16_t flags_ = 0;
  std::string options_;
};

TEST_F(LocalAuthorityTest, AnswersDuringTheCall) {
  catalog_.Publish(CatalogOf(kZone));
  EXPECT_TRUE(authority_.up());
  EXPECT_EQ(Ask("www.example.test.", dns::rr_type::kA).answers, 2);
  EXPECT_EQ(Ask("none.example.test.", dns::rr_type::kA).rcode, dns::rcode::kNXDomain);
  authority_.Flush();
  authority_.Break();
  EXPECT_EQ(heard_.size(), 1u) << "it owes nothing";
}

TEST_F(LocalAuthorityTest, AnswersFromTheNewestCatalog) {
  EXPECT_EQ(Ask("www.example.test.", dns::rr_type::kA).rcode, dns::rcode::kRefused);
  EXPECT_EQ(heard_.front().answers, -1) << "no message: somebody else may know";
  catalog_.Publish(CatalogOf(kZone));
  EXPECT_EQ(Ask("www.example.test.", dns::rr_type::kA).answers, 2);
  catalog_.Publish(CatalogOf("$TTL 60\n@ SOA ns.x. root.x. 2 2 3 4 5\n@ NS ns.x.\nwww A 192.0.2.3\n"));
  EXPECT_EQ(Ask("www.example.test.", dns::rr_type::kA).answers, 1);
  catalog_.Publish(std::make_shared<const authority::ZoneCatalog>());
  EXPECT_EQ(Ask("www.example.test.", dns::rr_type::kA).rcode, dns::rcode::kRefused);
}

TEST_F(LocalAuthorityTest, HandsOnWhatTheQueryAsksFor) {
  catalog_.Publish(CatalogOf(kZone));
  EXPECT_EQ(Ask("www.example.test.", dns::rr_type::kANY).answers, 3);
  query_.minimal_any = true;
  EXPECT_LT(Ask("www.example.test.", dns::rr_type::kANY).answers, 3);
  query_.max_size = 40;
  EXPECT_EQ(Ask("www.example.test.", dns::rr_type::kA).answers, 0);
  EXPECT_NE(flags_ & dns::kTc, 0);
}

TEST_F(LocalAuthorityTest, ProofsAndTheZonesVersionAreForWhoWantsThem) {
  catalog_.Publish(
      CatalogOf("$TTL 60\n@ SOA ns.x. root.x. 258 2 3 4 5\n@ NS ns.x.\n@ NSEC www A\nwww A 192.0.2.3\n"
                "www NSEC @ A NSEC\n"));
  EXPECT_EQ(Ask("none.example.test.", dns::rr_type::kA).authorities, 1);
  EXPECT_EQ(options_, "");
  query_.dnssec_ok = true;
  query_.want_zoneversion = true;
  EXPECT_GT(Ask("none.example.test.", dns::rr_type::kA).authorities, 1);
  EXPECT_EQ(options_, std::string("\0\x13\0\6\2\0\0\0\1\2", 10));
}

}  // namespace
}  // namespace strata::standalone
