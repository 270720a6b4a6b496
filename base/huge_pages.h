// Memory for large tables in large pages: fewer page faults while they grow, and fewer misses of the TLB while they are
// read at random.
//
// SPDX-License-Identifier: Apache-2.0
#ifndef STRATA_BASE_HUGE_PAGES_H_
#define STRATA_BASE_HUGE_PAGES_H_

#include <cstddef>
#include <new>
#include <vector>

namespace strata::base {

// Asks the kernel to back the memory by large pages. A hint (madvise(2), MADV_HUGEPAGE): nothing happens where large
// pages are switched off, or for memory of a few megabytes.
void AdviseHugePages(void* memory, size_t size);

// Gives the memory's pages back before it is freed: for a large table that is moved piece by piece. What they held is
// lost.
void ReleasePages(void* memory, size_t size);

// std::allocator that gives the hint.
template <typename T>
struct HugePageAllocator {
  using value_type = T;

  HugePageAllocator() = default;
  template <typename U>
  HugePageAllocator(const HugePageAllocator<U>&) {}  // NOLINT(google-explicit-constructor): allocators convert

  T* allocate(size_t count) {
    void* const memory = ::operator new(count * sizeof(T));
    AdviseHugePages(memory, count * sizeof(T));
    return static_cast<T*>(memory);
  }
  void deallocate(T* memory, size_t) { ::operator delete(memory); }

  friend bool operator==(const HugePageAllocator&, const HugePageAllocator&) { return true; }
};

template <typename T>
using HugePageVector = std::vector<T, HugePageAllocator<T>>;

// Gives the pages of a table back from its front on, while it is read for the last time.
class FrontRelease {
 public:
  // The entries before `count` will not be read any more. Never mind how often it is called.
  template <typename T>
  void Before(size_t count, HugePageVector<T>* table) {
    const size_t read = count * sizeof(T);
    if (read - released_ < kPiece) return;
    const size_t size = read / kPiece * kPiece - released_;
    ReleasePages(reinterpret_cast<char*>(table->data()) + released_, size);
    released_ += size;
  }

 private:
  static constexpr size_t kPiece = size_t{4} << 20;

  size_t released_ = 0;  // octets
};

}  // namespace strata::base

#endif  // STRATA_BASE_HUGE_PAGES_H_
