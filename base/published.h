// A value that one thread replaces and many read.
//
// SPDX-License-Identifier: Apache-2.0
#ifndef STRATA_BASE_PUBLISHED_H_
#define STRATA_BASE_PUBLISHED_H_

#include <atomic>
#include <cstdint>
#include <memory>
#include <mutex>
#include <utility>

namespace strata::base {

// Holds the current version of an immutable T; never null. Thread-safe. A reader on a hot path keeps a View: refreshing
// it is one atomic load unless something was published, where std::atomic<shared_ptr> would take a lock and touch a
// shared counter every time.
template <typename T>
class Published {
 public:
  Published() : current_(std::make_shared<const T>()) {}

  // Returns the value that was there before. Readers let go of it one by one, and the last one destroys it: who does
  // not want that to be a reader keeps it for as long as others do.
  std::shared_ptr<const T> Publish(std::shared_ptr<const T> value) {
    const std::lock_guard<std::mutex> lock(mutex_);
    current_.swap(value);
    version_.fetch_add(1, std::memory_order_release);
    return value;
  }

  std::shared_ptr<const T> Current() const {
    const std::lock_guard<std::mutex> lock(mutex_);
    return current_;
  }

  // One reader's pointer to the value. Not thread-safe: each thread has its own. Outlived by the Published.
  class View {
   public:
    explicit View(const Published& published) : published_(published) { Refresh(); }

    // The newest value, alive until the next call.
    const T& Refresh() {
      const uint64_t version = published_.version_.load(std::memory_order_acquire);
      if (version != version_) {
        value_ = published_.Current();
        version_ = version;
      }
      return *value_;
    }

    // As of the last Refresh().
    const T& operator*() const { return *value_; }
    const T* operator->() const { return value_.get(); }

   private:
    const Published& published_;
    uint64_t version_ = 0;
    std::shared_ptr<const T> value_;
  };

 private:
  mutable std::mutex mutex_;  // guards current_
  std::shared_ptr<const T> current_;
  std::atomic<uint64_t> version_{1};
};

}  // namespace strata::base

#endif  // STRATA_BASE_PUBLISHED_H_
