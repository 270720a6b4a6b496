// How far a compilation has come.
//
// SPDX-License-Identifier: Apache-2.0
#ifndef STRATA_ZONEC_PROGRESS_PROGRESS_H_
#define STRATA_ZONEC_PROGRESS_PROGRESS_H_

#include <cstddef>
#include <cstdint>

namespace strata::zonec {

// What a compilation does, one behind the other.
enum class Phase : uint8_t {
  kRead,   // the input, into memory
  kParse,  // the text, to records
  kOrder,  // the records, by name
  kCheck,
  kBuild,  // the snapshot
  kWrite,  // the snapshot, to disk
};

// Is told how far it is. Called from one thread.
class Progress {
 public:
  virtual ~Progress() = default;

  // The phase before, if there was one, is over.
  virtual void Begin(Phase phase) = 0;
  // Of the present phase `done` of `all` is done, in octets say. Called now and then, not in every phase.
  virtual void Advance(size_t done, size_t all) = 0;
};

// Nobody is told.
class NoProgress final : public Progress {
 public:
  void Begin(Phase) override {}
  void Advance(size_t, size_t) override {}
};

}  // namespace strata::zonec

#endif  // STRATA_ZONEC_PROGRESS_PROGRESS_H_
