// SPDX-License-Identifier: Apache-2.0
#include "authority/resolve_stream.h"

#include <algorithm>
#include <utility>

#include "authority/answerer.h"
#include "dns/edns.h"
#include "dns/name.h"
#include "dns/rr_type.h"

namespace strata::authority {

using resolve::v1::Query;

namespace {

constexpr uint32_t kMaxU16 = 0xffff;
// What fits every client (RFC 1035 §4.2.1), and holds header and question whatever they are.
constexpr uint32_t kMinAnswerSize = 512;

}  // namespace

ResolveStream::ResolveStream(ResolveQueue* queue) : queue_(*queue), stream_(&context_) {
  outstanding_ = 1;
  queue_.service->RequestResolve(&context_, &stream_, queue_.completions, queue_.completions, &accepted_);
}

void ResolveStream::Complete(void* tag, bool ok) {
  auto* operation = static_cast<Operation*>(tag);
  ResolveStream* stream = operation->stream;
  --stream->outstanding_;
  // Once the queue is shut down gRPC aborts at any new operation; what is outstanding completes by itself.
  if (!stream->queue_.stopping) (stream->*operation->done)(ok);
  if (stream->outstanding_ == 0) delete stream;
}

void ResolveStream::OnAccepted(bool ok) {
  if (!ok) return;  // the server shuts down
  Accept(&queue_);
  ++outstanding_;
  stream_.SendInitialMetadata(&metadata_sent_);
}

void ResolveStream::OnMetadataSent(bool ok) {
  broken_ = !ok;
  if (ok) {
    Read();
  } else {
    WriteOrFinish();
  }
}

void ResolveStream::Read() {
  ++outstanding_;
  reading_ = true;
  stream_.Read(&queries_, &read_);
}

void ResolveStream::OnRead(bool ok) {
  reading_ = false;
  if (!ok) {
    ended_ = true;
    WriteOrFinish();
    return;
  }
  next_query_ = 0;
  AnswerQueries();
}

void ResolveStream::AnswerQueries() {
  queue_.catalog.Refresh();
  while (next_query_ < queries_.queries_size() && !outbox_.full()) Answer(queries_.queries(next_query_++));
  // The write goes out before the read is asked for: a client with one query waits for nothing else.
  WriteOrFinish();
  if (next_query_ == queries_.queries_size() && !reading_ && !ended_ && !broken_) Read();
}

void ResolveStream::Answer(const Query& query) {
  Question question;
  const absl::string_view name(query.name().data(), query.name().size());
  size_t size = 0;
  AnswerOutcome outcome = AnswerOutcome::kNotOurs;
  const bool valid =
      !name.empty() && dns::WireNameSize(name) == name.size() && query.type() <= kMaxU16 && query.rr_class() <= kMaxU16;
  if (valid) {
    queue_.name.Assign(name);
    question.name = &queue_.name;
    question.type = static_cast<uint16_t>(query.type());
    question.rr_class = static_cast<uint16_t>(query.rr_class());
    if (query.max_size() != 0) question.max_size = std::max(query.max_size(), kMinAnswerSize);
    question.minimal_any = query.minimal_any();
    outcome = AnswerQuestion(*queue_.catalog, question, queue_.buffer.get(), &size);
  }
  const bool answered = outcome == AnswerOutcome::kAnswered;
  auto* answer = outbox_.Add(query.id(), absl::string_view(queue_.buffer.get(), answered ? size : 0));
  if (answered) return;
  if (outcome == AnswerOutcome::kDamaged) {
    answer->set_rcode(dns::rcode::kServFail);
    answer->mutable_extended_error()->set_info_code(dns::extended_error::kInvalidData);
    answer->mutable_extended_error()->set_extra_text("zone data cannot be read");
    return;
  }
  answer->set_rcode(valid ? dns::rcode::kRefused : dns::rcode::kFormErr);
}

void ResolveStream::WriteOrFinish() {
  if (writing_ || finishing_) return;
  if (!broken_ && !outbox_.empty()) {
    sending_ = outbox_.Take();
    ++outstanding_;
    writing_ = true;
    stream_.Write(*sending_, &written_);
    return;
  }
  if ((ended_ || broken_) && !reading_) {
    finishing_ = true;
    ++outstanding_;
    stream_.Finish(grpc::Status::OK, &finished_);
  }
}

void ResolveStream::OnWritten(bool ok) {
  writing_ = false;
  broken_ = broken_ || !ok;
  outbox_.Recycle(std::move(sending_));
  if (next_query_ < queries_.queries_size() && !reading_ && !ended_ && !broken_) {
    AnswerQueries();
  } else {
    WriteOrFinish();
  }
}

void ResolveStream::OnFinished(bool) {}

}  // namespace strata::authority
