// SPDX-License-Identifier: Apache-2.0
#include "control/zone_commands.h"

#include <grpcpp/grpcpp.h>

#include <cerrno>
#include <fstream>
#include <memory>

#include "absl/strings/escaping.h"
#include "absl/strings/str_cat.h"
#include "absl/strings/str_format.h"
#include "absl/time/clock.h"
#include "base/grpc_status.h"
#include "base/status_macros.h"
#include "dns/name.h"
#include "proto/authority/v1/admin.grpc.pb.h"

namespace strata::control {
namespace {

namespace v1 = authority::v1;
using Stub = v1::ZoneAdminService::Stub;

constexpr size_t kPieceBytes = 512 << 10;

std::unique_ptr<Stub> Connect(const std::string& target) {
  return v1::ZoneAdminService::NewStub(grpc::CreateChannel(target, grpc::InsecureChannelCredentials()));
}

void SetDeadline(const Request& request, grpc::ClientContext* context) {
  context->set_deadline(absl::ToChronoTime(absl::Now() + request.timeout));
}

// In wire form; empty stays empty.
absl::StatusOr<std::string> WireOf(const std::string& zone) {
  if (zone.empty()) return zone;
  const absl::StatusOr<dns::Name> name = dns::Name::FromText(zone);
  if (!name.ok()) return absl::InvalidArgumentError(absl::StrCat(zone, " is no zone: ", name.status().message()));
  return std::string(name->wire());
}

std::string SizeText(uint64_t octets) {
  if (octets < 1024) return absl::StrCat(octets, " B");
  double size = static_cast<double>(octets);
  const char* unit = "B";
  for (const char* next : {"KiB", "MiB", "GiB"}) {
    if (size < 1024) break;
    size /= 1024;
    unit = next;
  }
  return absl::StrFormat("%.1f %s", size, unit);
}

std::string TimeText(int64_t unix_ms) {
  return absl::FormatTime("%Y-%m-%dT%H:%M:%SZ", absl::FromUnixMillis(unix_ms), absl::UTCTimeZone());
}

std::string SourceOf(const v1::ZoneVersion& version) { return version.file().empty() ? "pushed" : version.file(); }

bool IsActive(const v1::ZoneState& zone, int version) { return static_cast<uint32_t>(version) == zone.active(); }

void AddZone(const std::string& target, const v1::ZoneState& zone, Table* table) {
  for (int i = 0; i < zone.versions_size(); ++i) {
    if (!IsActive(zone, i)) continue;
    const v1::ZoneVersion& version = zone.versions(i);
    table->Add({dns::WireNameToText(zone.origin()),
                uint64_t{version.serial()},
                version.records(),
                {version.size_bytes(), SizeText(version.size_bytes())},
                TimeText(version.activated_unix_ms()),
                SourceOf(version),
                static_cast<uint64_t>(zone.versions_size()),
                target});
  }
}

void AddVersions(const std::string& target, const v1::ZoneState& zone, Table* table) {
  for (int i = zone.versions_size() - 1; i >= 0; --i) {
    const v1::ZoneVersion& version = zone.versions(i);
    table->Add({absl::BytesToHexString(version.checksum().substr(0, 6)),
                IsActive(zone, i),
                uint64_t{version.serial()},
                version.records(),
                {version.size_bytes(), SizeText(version.size_bytes())},
                TimeText(version.activated_unix_ms()),
                SourceOf(version),
                target});
  }
}

// What is served now, and whether that is something else than before.
void AddChange(const std::string& target, const v1::ZoneState& zone, bool changed, Table* table) {
  if (zone.active() >= static_cast<uint32_t>(zone.versions_size())) return;
  const v1::ZoneVersion& version = zone.versions(static_cast<int>(zone.active()));
  table->Add({dns::WireNameToText(zone.origin()), uint64_t{version.serial()}, changed,
              absl::BytesToHexString(version.checksum().substr(0, 6)), target});
}

Table ChangeTable() { return Table({"zone", "serial", "changed", "version", "server"}); }

grpc::Status Push(const Request& request, const std::string& target, const std::string& octets,
                  const std::string& origin, v1::PushSnapshotResponse* response) {
  grpc::ClientContext context;
  SetDeadline(request, &context);
  const std::unique_ptr<Stub> stub = Connect(target);
  const auto stream = stub->PushSnapshot(&context, response);
  v1::PushSnapshotRequest piece;
  piece.set_expected_origin(origin);
  for (size_t at = 0; at < octets.size(); at += kPieceBytes) {
    piece.set_octets(octets.substr(at, kPieceBytes));
    if (!stream->Write(piece)) break;  // Finish() says why
    piece.clear_expected_origin();
  }
  stream->WritesDone();
  return stream->Finish();
}

absl::StatusOr<std::string> ReadFile(const std::string& path) {
  std::ifstream file(path, std::ios::binary);
  std::string octets{std::istreambuf_iterator<char>(file), {}};
  if (file.is_open() && !file.bad()) return octets;
  return absl::ErrnoToStatus(errno, absl::StrCat("cannot read ", path));
}

}  // namespace

absl::StatusOr<Report> ListZones(const Request& request, const std::string& zone) {
  v1::ListZonesRequest wanted;
  STRATA_ASSIGN_OR_RETURN(*wanted.mutable_origin(), WireOf(zone));
  Report report(zone.empty()
                    ? Table({"zone", "serial", "records", "size", "activated", "from", "versions", "server"})
                    : Table({"version", "active", "serial", "records", "size", "activated", "from", "server"}));
  for (const std::string& target : request.targets) {
    grpc::ClientContext context;
    SetDeadline(request, &context);
    const std::unique_ptr<Stub> stub = Connect(target);
    const auto stream = stub->ListZones(&context, wanted);
    for (v1::ListZonesPage page; stream->Read(&page);) {
      for (const v1::ZoneState& state : page.zones()) {
        (zone.empty() ? AddZone : AddVersions)(target, state, &report.table);
      }
    }
    if (const grpc::Status status = stream->Finish(); !status.ok()) {
      report.failures.push_back({target, base::ToAbslStatus(status)});
    }
  }
  return report;
}

absl::StatusOr<Report> PushSnapshots(const Request& request, const std::vector<std::string>& files,
                                     const std::string& zone) {
  STRATA_ASSIGN_OR_RETURN(const std::string origin, WireOf(zone));
  Report report(ChangeTable());
  std::vector<std::string> snapshots;
  for (const std::string& path : files) {
    STRATA_ASSIGN_OR_RETURN(snapshots.emplace_back(), ReadFile(path));
  }
  for (const std::string& target : request.targets) {
    for (size_t i = 0; i < files.size(); ++i) {
      v1::PushSnapshotResponse response;
      const grpc::Status status = Push(request, target, snapshots[i], origin, &response);
      if (status.ok()) {
        AddChange(target, response.zone(), response.changed(), &report.table);
      } else {
        const absl::Status why = base::ToAbslStatus(status);
        report.failures.push_back({target, absl::Status(why.code(), absl::StrCat(files[i], ": ", why.message()))});
      }
    }
  }
  return report;
}

absl::StatusOr<Report> RollBackZone(const Request& request, const std::string& zone, const std::string& to) {
  v1::RollBackZoneRequest wanted;
  STRATA_ASSIGN_OR_RETURN(*wanted.mutable_origin(), WireOf(zone));
  if (to.size() % 2 != 0 || to.find_first_not_of("0123456789abcdefABCDEF") != std::string::npos) {
    return absl::InvalidArgumentError(
        absl::StrCat("--to=", to, ": a version is named as `stratactl zone list ", zone, "` shows it"));
  }
  wanted.set_checksum(absl::HexStringToBytes(to));
  Report report(ChangeTable());
  for (const std::string& target : request.targets) {
    grpc::ClientContext context;
    SetDeadline(request, &context);
    v1::RollBackZoneResponse response;
    const grpc::Status status = Connect(target)->RollBackZone(&context, wanted, &response);
    if (status.ok()) {
      AddChange(target, response.zone(), response.changed(), &report.table);
    } else {
      report.failures.push_back({target, base::ToAbslStatus(status)});
    }
  }
  return report;
}

}  // namespace strata::control
