// A service on base/batch_stream that answers at once, later, or from other threads, as its client says.
//
// SPDX-License-Identifier: Apache-2.0
#ifndef STRATA_BASE_TESTING_ECHO_SESSION_H_
#define STRATA_BASE_TESTING_ECHO_SESSION_H_

#include <atomic>
#include <memory>
#include <mutex>
#include <set>
#include <string>
#include <utility>
#include <vector>

#include "base/batch_session.h"
#include "base/batch_stream_server.h"
#include "base/testing/echo_traits.h"

namespace strata::base::testing {

using EchoPostbox = BatchPostbox<EchoTraits>;
using EchoServer = BatchStreamServer<EchoTraits>;

// What a client's item asks for, as its `command`.
enum EchoCommand : uint32_t {
  kEcho = 0,  // back at once
  kOwe = 1,   // held back until the test settles it
  kGrow = 2,  // a reply of 64000 octets, at once
};

// Where sessions leave what the test, or its threads, answer later. Thread-safe.
class EchoLedger {
 public:
  struct Debt {
    std::shared_ptr<EchoPostbox> postbox;
    uint32_t id = 0;
  };

  void Add(Debt debt) {
    const std::lock_guard<std::mutex> lock(mutex_);
    debts_.push_back(std::move(debt));
  }
  std::vector<Debt> TakeDebts() {
    const std::lock_guard<std::mutex> lock(mutex_);
    return std::exchange(debts_, {});
  }
  void Opened(std::shared_ptr<EchoPostbox> postbox) {
    const std::lock_guard<std::mutex> lock(mutex_);
    postboxes_.insert(std::move(postbox));
    ++opened;
  }
  void Ended(const std::shared_ptr<EchoPostbox>& postbox) {
    const std::lock_guard<std::mutex> lock(mutex_);
    postboxes_.erase(postbox);
    ++ended;
  }
  // Those of open streams.
  std::set<std::shared_ptr<EchoPostbox>> postboxes() const {
    const std::lock_guard<std::mutex> lock(mutex_);
    return postboxes_;
  }

  std::atomic<int> opened{0}, ended{0}, handled{0};
  std::atomic<bool> alive{true};

 private:
  mutable std::mutex mutex_;
  std::vector<Debt> debts_;
  std::set<std::shared_ptr<EchoPostbox>> postboxes_;
};

class EchoSession final : public BatchSession<EchoTraits> {
 public:
  EchoSession(EchoLedger* ledger, std::shared_ptr<EchoPostbox> postbox)
      : ledger_(*ledger), postbox_(std::move(postbox)) {
    ledger_.Opened(postbox_);
  }
  ~EchoSession() override { ledger_.Ended(postbox_); }

  void Handle(const EchoItem& item, BatchOutbox<EchoTraits>* outbox) override {
    ++ledger_.handled;
    if (item.command() == kOwe) {
      postbox_->Owe(1);
      ledger_.Add({postbox_, item.id()});
      return;
    }
    const std::string payload = item.command() == kGrow ? std::string(64000, 'x') : item.payload();
    EchoItem* reply = outbox->Add(payload.size());
    reply->set_id(item.id());
    reply->set_payload(payload);
  }
  bool alive() override { return ledger_.alive; }

 private:
  EchoLedger& ledger_;
  const std::shared_ptr<EchoPostbox> postbox_;
};

// For EchoServer. `ledger` outlives the server.
inline EchoServer::WorkerFactory EchoTo(EchoLedger* ledger) {
  return [ledger]() -> SessionFactory<EchoTraits> {
    return [ledger](const auto& postbox) { return std::make_unique<EchoSession>(ledger, postbox); };
  };
}

}  // namespace strata::base::testing

#endif  // STRATA_BASE_TESTING_ECHO_SESSION_H_
