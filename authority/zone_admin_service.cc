// SPDX-License-Identifier: Apache-2.0
#include "authority/zone_admin_service.h"

#include <string>
#include <vector>

#include "absl/cleanup/cleanup.h"
#include "absl/strings/str_cat.h"
#include "base/grpc_status.h"
#include "base/status_macros.h"
#include "dns/lookup_name.h"
#include "dns/name.h"

namespace strata::authority {
namespace {

constexpr size_t kZonesAPage = 500;

void Write(const SnapshotStore::ZoneState& state, v1::ZoneState* out) {
  out->set_origin(state.origin);
  out->set_active(static_cast<uint32_t>(state.history.active_index()));
  for (const ZoneVersion& version : state.history.versions()) {
    v1::ZoneVersion* to = out->add_versions();
    to->set_serial(version.serial);
    to->set_identity(version.identity);
    to->set_checksum(version.checksum);
    to->set_records(version.records);
    to->set_size_bytes(version.size);
    to->set_activated_unix_ms(version.activated_unix_ms);
    to->set_file(version.file);
  }
}

// In lower case; empty stays empty.
absl::StatusOr<std::string> OriginOf(const std::string& wire) {
  if (wire.empty()) return wire;
  if (dns::WireNameSize(wire) != wire.size()) return absl::InvalidArgumentError("the origin is no name in wire form");
  return std::string(dns::LookupName(wire).wire());
}

}  // namespace

grpc::Status ZoneAdminService::ListZones(grpc::ServerContext* context, const v1::ListZonesRequest* request,
                                         grpc::ServerWriter<v1::ListZonesPage>* stream) {
  const absl::StatusOr<std::string> wanted = OriginOf(request->origin());
  if (!wanted.ok()) return base::ToGrpcStatus(wanted.status());
  if (!wanted->empty()) {
    const absl::StatusOr<SnapshotStore::ZoneState> zone = store_.FindZone(*wanted);
    if (!zone.ok()) return base::ToGrpcStatus(zone.status());
    v1::ListZonesPage page;
    Write(*zone, page.add_zones());
    stream->Write(page);
    return grpc::Status::OK;
  }
  std::string after;
  while (!context->IsCancelled()) {
    const std::vector<SnapshotStore::ZoneState> zones = store_.Zones(after, kZonesAPage);
    if (zones.empty()) break;
    after = zones.back().origin;
    v1::ListZonesPage page;
    for (const SnapshotStore::ZoneState& zone : zones) Write(zone, page.add_zones());
    if (!stream->Write(page)) break;
  }
  return grpc::Status::OK;
}

absl::StatusOr<SnapshotStore::Change> ZoneAdminService::Receive(grpc::ServerReader<v1::PushSnapshotRequest>* stream) {
  STRATA_ASSIGN_OR_RETURN(IncomingCopy copy, IncomingCopy::Create(store_.options().state));
  std::string origin;
  uint64_t size = 0;
  bool first = true;
  for (v1::PushSnapshotRequest request; stream->Read(&request); first = false) {
    if (first) {
      STRATA_ASSIGN_OR_RETURN(origin, OriginOf(request.expected_origin()));
    }
    size += request.octets().size();
    if (size > kMaxPushedBytes) return absl::InvalidArgumentError("the snapshot has more than 2 GiB, which none has");
    STRATA_RETURN_IF_ERROR(copy.Append(request.octets()));
  }
  return store_.Push(std::move(copy), origin);
}

grpc::Status ZoneAdminService::PushSnapshot(grpc::ServerContext* context,
                                            grpc::ServerReader<v1::PushSnapshotRequest>* stream,
                                            v1::PushSnapshotResponse* response) {
  const absl::Cleanup leave = [this] { --pushes_; };
  if (++pushes_ > kMaxPushes) {
    return base::ToGrpcStatus(absl::ResourceExhaustedError("too many snapshots are being pushed; try again"));
  }
  const absl::StatusOr<SnapshotStore::Change> change = Receive(stream);
  // Who is gone does not learn of it: what it sent is not whole, perhaps.
  if (!change.ok()) return base::ToGrpcStatus(change.status());
  if (change->changed) announce_();
  Write(change->zone, response->mutable_zone());
  response->set_changed(change->changed);
  return grpc::Status::OK;
}

grpc::Status ZoneAdminService::RollBackZone(grpc::ServerContext* context, const v1::RollBackZoneRequest* request,
                                            v1::RollBackZoneResponse* response) {
  const absl::StatusOr<std::string> origin = OriginOf(request->origin());
  if (!origin.ok()) return base::ToGrpcStatus(origin.status());
  if (origin->empty()) return base::ToGrpcStatus(absl::InvalidArgumentError("no zone is named"));
  const absl::StatusOr<SnapshotStore::Change> change = store_.RollBack(*origin, request->checksum());
  if (!change.ok()) return base::ToGrpcStatus(change.status());
  if (change->changed) announce_();
  Write(change->zone, response->mutable_zone());
  response->set_changed(change->changed);
  return grpc::Status::OK;
}

}  // namespace strata::authority
