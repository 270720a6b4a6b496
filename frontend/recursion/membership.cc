// SPDX-License-Identifier: Apache-2.0
#include "frontend/recursion/membership.h"

#include <algorithm>
#include <utility>

#include "absl/strings/match.h"
#include "absl/strings/str_cat.h"
#include "base/status_macros.h"
#include "frontend/backends/backend_channel.h"
#include "frontend/recursion/shard_selector.h"

namespace strata::frontend {
namespace {

class StaticMembership : public Membership {
 public:
  explicit StaticMembership(std::vector<MemberAddress> members) : members_(std::move(members)) {}
  std::vector<MemberAddress> Current() const override { return members_; }

 private:
  const std::vector<MemberAddress> members_;
};

absl::StatusOr<MemberAddress> ParseMember(const std::string& text, uint16_t default_port, bool may_leave) {
  for (const char* source : {"file:", "dns+members:", "etcd:"}) {
    if (absl::StartsWith(text, source)) {
      return absl::InvalidArgumentError(absl::StrCat(
          "--cache=", text, ": members can only be listed so far, as in --cache=a=192.0.2.1:5301,b=192.0.2.2:5301"));
    }
  }
  const size_t equals = text.find('=');
  MemberAddress member;
  if (equals != std::string::npos) member.name = text.substr(0, equals);
  const std::string address = equals == std::string::npos ? text : text.substr(equals + 1);
  if (equals == 0) return absl::InvalidArgumentError(absl::StrCat("--cache=", text, ": the member's name is empty"));
  STRATA_ASSIGN_OR_RETURN(member.target, CheckTarget(address, default_port, may_leave, "cache"));
  if (member.name.empty()) member.name = member.target;
  return member;
}

}  // namespace

absl::StatusOr<std::unique_ptr<Membership>> MakeMembership(const std::vector<std::string>& list, uint16_t default_port,
                                                           bool may_leave) {
  std::vector<MemberAddress> members;
  for (const std::string& text : list) {
    STRATA_ASSIGN_OR_RETURN(MemberAddress member, ParseMember(text, default_port, may_leave));
    const bool known =
        std::any_of(members.begin(), members.end(), [&](const MemberAddress& m) { return m.name == member.name; });
    if (known) return absl::InvalidArgumentError(absl::StrCat("--cache=", text, ": two members of that name"));
    members.push_back(std::move(member));
  }
  if (members.size() > ShardSelector::kMaxShards) {
    return absl::InvalidArgumentError(absl::StrCat("--cache: at most ", ShardSelector::kMaxShards, " members"));
  }
  return std::make_unique<StaticMembership>(std::move(members));
}

}  // namespace strata::frontend
