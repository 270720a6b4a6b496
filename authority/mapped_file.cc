// SPDX-License-Identifier: Apache-2.0
#include "authority/mapped_file.h"

#include <fcntl.h>
#include <signal.h>
#include <sys/mman.h>
#include <sys/stat.h>
#include <unistd.h>

#include <cerrno>
#include <cstdint>
#include <cstring>
#include <mutex>
#include <vector>

#include "absl/cleanup/cleanup.h"
#include "absl/strings/str_cat.h"

namespace strata::authority {
namespace {

// What the signal handler knows of a mapping. It may look at any slot at any time, so all of it is atomic and no slot
// is ever freed.
struct GuardSlot {
  std::atomic<char*> start{nullptr};  // nullptr: the slot is free
  std::atomic<size_t> size{0};
  std::atomic<std::atomic<bool>*> damaged{nullptr};
};

constexpr int kSlotsAChunk = 4096;
constexpr int kChunks = MappedFile::kMaxGuarded / kSlotsAChunk;
std::atomic<GuardSlot*> g_chunks[kChunks];
struct sigaction g_previous_action;

GuardSlot* SlotOf(uintptr_t address) {
  for (std::atomic<GuardSlot*>& chunk : g_chunks) {
    GuardSlot* slots = chunk.load(std::memory_order_acquire);
    if (slots == nullptr) return nullptr;
    for (int i = 0; i < kSlotsAChunk; ++i) {
      const char* start = slots[i].start.load(std::memory_order_acquire);
      if (start == nullptr) continue;
      const auto offset = address - reinterpret_cast<uintptr_t>(start);
      if (offset < slots[i].size.load(std::memory_order_relaxed)) return &slots[i];
    }
  }
  return nullptr;
}

// Async-signal-safe: atomics and mmap(2) only. Only the thread that reads a mapping faults in it, and what it reads is
// kept alive by it.
void OnBusError(int, siginfo_t* info, void*) {
  GuardSlot* slot = SlotOf(reinterpret_cast<uintptr_t>(info->si_addr));
  if (slot != nullptr) {
    slot->damaged.load()->store(true);
    if (mmap(slot->start.load(), slot->size.load(), PROT_READ, MAP_PRIVATE | MAP_ANONYMOUS | MAP_FIXED, -1, 0) !=
        MAP_FAILED)
      return;
  }
  // Not ours: as if this handler were not there. The access is repeated on return.
  sigaction(SIGBUS, &g_previous_action, nullptr);
}

void InstallHandlerOnce() {
  static std::once_flag once;
  std::call_once(once, [] {
    struct sigaction action {};
    action.sa_sigaction = OnBusError;
    action.sa_flags = SA_SIGINFO | SA_NODEFER;
    sigemptyset(&action.sa_mask);
    sigaction(SIGBUS, &action, &g_previous_action);
  });
}

std::mutex g_slots_mutex;       // guards what follows
int g_slots_used = 0;           // slots below were taken at least once
std::vector<int> g_free_slots;  // of these, the ones that are free again

// The number of the slot taken, or -1 when all are.
int TakeSlot(void* start, size_t size, std::atomic<bool>* damaged) {
  const std::lock_guard<std::mutex> lock(g_slots_mutex);
  int number = g_slots_used;
  if (!g_free_slots.empty()) {
    number = g_free_slots.back();
    g_free_slots.pop_back();
  } else if (g_slots_used == MappedFile::kMaxGuarded) {
    return -1;
  } else {
    ++g_slots_used;
  }
  std::atomic<GuardSlot*>& chunk = g_chunks[number / kSlotsAChunk];
  // Chunks stay until the process ends: a handler may be looking at them.
  if (chunk.load() == nullptr) chunk.store(new GuardSlot[kSlotsAChunk]);
  GuardSlot& slot = chunk.load()[number % kSlotsAChunk];
  slot.size.store(size);
  slot.damaged.store(damaged);
  slot.start.store(static_cast<char*>(start));
  return number;
}

void FreeSlot(int number) {
  if (number < 0) return;
  g_chunks[number / kSlotsAChunk].load()[number % kSlotsAChunk].start.store(nullptr);
  const std::lock_guard<std::mutex> lock(g_slots_mutex);
  g_free_slots.push_back(number);
}

absl::Status Failed(absl::string_view action, const std::string& path) {
  return absl::ErrnoToStatus(errno, absl::StrCat("cannot ", action, " ", path));
}

}  // namespace

absl::StatusOr<std::unique_ptr<MappedFile>> MappedFile::Open(const std::string& path) {
  const int fd = open(path.c_str(), O_RDONLY | O_CLOEXEC);
  if (fd < 0) return Failed("open", path);
  const absl::Cleanup close_fd = [fd] { close(fd); };
  struct stat status {};
  if (fstat(fd, &status) != 0) return Failed("stat", path);
  if (!S_ISREG(status.st_mode)) return absl::InvalidArgumentError("not a regular file");
  if (status.st_size == 0) return absl::InvalidArgumentError("the file is empty");
  const auto size = static_cast<size_t>(status.st_size);
  void* start = mmap(nullptr, size, PROT_READ, MAP_SHARED, fd, 0);
  if (start == MAP_FAILED) return Failed("map", path);
  InstallHandlerOnce();
  std::unique_ptr<MappedFile> file(new MappedFile(start, size));
  file->guard_slot_ = TakeSlot(start, size, &file->damaged_);
  return file;
}

MappedFile::~MappedFile() {
  FreeSlot(guard_slot_);
  munmap(start_, size_);
}

}  // namespace strata::authority
