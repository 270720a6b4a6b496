// SPDX-License-Identifier: Apache-2.0
#include "frontend/backends/backend_stream.h"

#include <algorithm>

namespace strata::frontend {
namespace {

// What a query takes beside its name.
constexpr size_t kQueryBytes = 40;

}  // namespace

void BackendStream::Submit(const BackendQuery& question) {
  ++owed_;
  const absl::string_view name = question.name->wire();
  resolve::v1::Query* query = stream_.Add(kQueryBytes + name.size(), prompt_);
  query->set_id(question.id);
  query->set_name(name.data(), name.size());
  query->set_type(question.type);
  query->set_rr_class(question.rr_class);
  query->set_recursion_desired(question.recursion_desired);
  query->set_dnssec_ok(question.dnssec_ok);
  query->set_checking_disabled(question.checking_disabled);
  query->set_max_size(question.max_size);
  // 0 says that there is no limit.
  if (question.time_left != absl::InfiniteDuration()) {
    query->set_deadline_ms(static_cast<uint32_t>(std::max<int64_t>(absl::ToInt64Milliseconds(question.time_left), 1)));
  }
  query->set_minimal_any(question.minimal_any);
  query->set_want_zoneversion(question.want_zoneversion);
}

void BackendStream::OnReplies(const resolve::v1::AnswerBatch& batch) {
  events_.OnAlive(this);
  BackendAnswer answer;
  for (const resolve::v1::Answer& from : batch.answers()) {
    if (owed_ > 0) --owed_;
    answer.id = from.id();
    answer.wire = absl::string_view(from.wire().data(), from.wire().size());
    answer.rcode = static_cast<uint16_t>(from.rcode());
    answer.options = absl::string_view(from.options().data(), from.options().size());
    answer.has_extended_error = from.has_extended_error();
    if (answer.has_extended_error) {
      answer.extended_error = static_cast<uint16_t>(from.extended_error().info_code());
      const std::string& text = from.extended_error().extra_text();
      answer.extended_error_text = absl::string_view(text.data(), text.size());
    }
    events_.OnAnswer(this, answer);
  }
}

}  // namespace strata::frontend
