// SPDX-License-Identifier: Apache-2.0
#include "zonec/checks/signed/verification.h"

#include <algorithm>
#include <atomic>
#include <optional>
#include <thread>

#include "absl/strings/str_cat.h"
#include "dns/name.h"
#include "dns/rr_type.h"
#include "zonec/checks/signed/public_key.h"
#include "zonec/checks/signed/repeated_finding.h"
#include "zonec/snapshot/canonical_rrset.h"

namespace strata::zonec {
namespace {

using snapshot::ZoneTree;

constexpr size_t kJobsAtATime = 32;

// Keys of one tag that are tried for a signature. Two are rare; a zone of many that are alike on purpose would have
// each signature tried by each key (CVE-2023-50387), and validators give up sooner.
constexpr size_t kMaxKeysOfOneTag = 8;

struct Job {
  const ZoneTree::RRset* covered;
  uint32_t record;  // the RRSIG
};

enum class Verdict : char { kWrong, kRight, kGivenUp };

void Append16(size_t value, std::string* out) {
  out->push_back(static_cast<char>(value >> 8));
  out->push_back(static_cast<char>(value));
}

// What one thread has for itself.
class Verifier {
 public:
  explicit Verifier(const SignedZone& zone) : zone_(zone) {
    for (const ZoneKey& key : zone.keys) keys_.push_back(PublicKey::Make(key.algorithm, key.public_key));
  }

  // Several keys may have one tag, so one that fails is not the end (RFC 4035 §5.3.1).
  Verdict Verify(const Job& job) {
    const absl::string_view rdata = zone_.checked.record(job.record).rdata();
    const Signature s = ReadSignature(rdata);
    WriteMessage(job, rdata, s);
    size_t tried = 0;
    for (size_t i = 0; i < keys_.size(); ++i) {
      const ZoneKey& key = zone_.keys[i];
      if (key.tag != s.key_tag || key.algorithm != s.algorithm || !key.IsForZone()) continue;
      if (tried++ == kMaxKeysOfOneTag) return Verdict::kGivenUp;
      if (keys_[i] && keys_[i]->Verify(message_, s.signature)) return Verdict::kRight;
    }
    return Verdict::kWrong;
  }

 private:
  // RFC 4034 §3.1.8.1. The owner is the one that is there, which may be a wildcard, and nothing is expanded.
  void WriteMessage(const Job& job, absl::string_view rdata, const Signature& s) {
    const ZoneTree& tree = zone_.checked.tree;
    rrset_.Assign(*job.covered, tree);
    const absl::string_view fields = rdata.substr(0, 18);
    message_.assign(fields.data(), fields.size());
    message_ += dns::ToLowerAscii(s.signer);
    const absl::string_view owner = tree.nodes()[job.covered->node].name;
    for (const snapshot::CanonicalRRset::Member& member : rrset_.members()) {
      message_.append(owner.data(), owner.size());
      Append16(job.covered->type, &message_);
      Append16(tree.zone().rr_class(), &message_);
      message_.append(rdata.data() + 4, 4);  // the original TTL
      Append16(member.canonical.size(), &message_);
      message_.append(member.canonical.data(), member.canonical.size());
    }
  }

  const SignedZone& zone_;
  std::vector<std::optional<PublicKey>> keys_;
  snapshot::CanonicalRRset rrset_;
  std::string message_;
};

bool HasKey(const SignedZone& zone, const Signature& s) {
  return std::any_of(zone.keys.begin(), zone.keys.end(), [&](const ZoneKey& key) {
    return key.tag == s.key_tag && key.algorithm == s.algorithm && key.IsForZone();
  });
}

std::vector<Job> Jobs(const SignedZone& zone, RepeatedFindings* unknown) {
  const ZoneTree& tree = zone.checked.tree;
  std::vector<Job> jobs;
  for (const ZoneTree::RRset& rrset : tree.rrsets()) {
    if (rrset.type != dns::rr_type::kRRSIG) continue;
    const ZoneTree::RRset* const covered = tree.FindRRset(rrset.node, rrset.covers);
    if (covered == nullptr || !IsSignedData(tree, *covered)) continue;
    for (const uint32_t record : rrset.records) {
      const Signature s = ReadSignature(zone.checked.record(record).rdata());
      if (!CanVerify(s.algorithm)) {
        unknown->Add(Severity::kWarning, zone.checked.position(record), "signature-not-verified", s.algorithm, [&] {
          return absl::StrCat("signatures of algorithm ", AlgorithmText(s.algorithm), " are not verified");
        });
      } else if (HasKey(zone, s)) {
        jobs.push_back({covered, record});
      }
    }
  }
  return jobs;
}

// The verdict of each job. Every thread writes those of its own jobs only.
std::vector<Verdict> VerifyAll(const SignedZone& zone, const std::vector<Job>& jobs) {
  std::vector<Verdict> verdicts(jobs.size());
  std::atomic<size_t> next = 0;
  const auto work = [&] {
    Verifier verifier(zone);
    for (;;) {
      const size_t first = next.fetch_add(kJobsAtATime);
      if (first >= jobs.size()) return;
      const size_t end = std::min(first + kJobsAtATime, jobs.size());
      for (size_t i = first; i < end; ++i) verdicts[i] = verifier.Verify(jobs[i]);
    }
  };
  const size_t cores = std::clamp(std::thread::hardware_concurrency(), 1u, 16u);
  std::vector<std::thread> threads;
  for (size_t i = 1; i < cores && i * kJobsAtATime < jobs.size(); ++i) threads.emplace_back(work);
  work();
  for (std::thread& thread : threads) thread.join();
  return verdicts;
}

}  // namespace

void CheckVerification(const SignedZone& zone, Diagnostics* diagnostics) {
  RepeatedFindings unknown;
  const std::vector<Job> jobs = Jobs(zone, &unknown);
  const std::vector<Verdict> verdicts = VerifyAll(zone, jobs);
  for (size_t i = 0; i < jobs.size(); ++i) {
    if (verdicts[i] == Verdict::kRight) continue;
    const Signature s = ReadSignature(zone.checked.record(jobs[i].record).rdata());
    if (verdicts[i] == Verdict::kGivenUp) {
      constexpr uint32_t kNoAlgorithm = 1 << 16;  // causes of the other kind are algorithms
      const uint32_t cause = kNoAlgorithm | s.key_tag;
      unknown.Add(Severity::kWarning, zone.checked.position(jobs[i].record), "signature-not-verified", cause, [&] {
        return absl::StrCat("of the keys with tag ", s.key_tag, " only ", kMaxKeysOfOneTag,
                            " were tried; validators do not try more either: replace keys until few share a tag");
      });
      continue;
    }
    diagnostics->Error(
        zone.checked.position(jobs[i].record), "signature-wrong",
        absl::StrCat("the signature of ", NameAndType(zone.checked.tree.nodes()[jobs[i].covered->node].name, s.covers),
                     " by key ", s.key_tag, " is not right: the records or the signature have changed"));
  }
  unknown.Report(diagnostics);
}

}  // namespace strata::zonec
