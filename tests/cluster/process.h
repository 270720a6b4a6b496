// A program as a child process: started, waited for, signalled, and always gone with the object.
//
// SPDX-License-Identifier: Apache-2.0
#ifndef STRATA_TESTS_CLUSTER_PROCESS_H_
#define STRATA_TESTS_CLUSTER_PROCESS_H_

#include <sys/types.h>

#include <memory>
#include <optional>
#include <string>
#include <vector>

#include "absl/strings/string_view.h"
#include "absl/time/time.h"

namespace strata::tests {

// For tests: what the operating system refuses ends the test process. Used by one thread. The child dies with the
// thread that started it, even if that is killed.
class Process {
 public:
  // `command`: a path, or a name to be found on PATH, and its arguments. stdout and stderr go to the files
  // `output`.out and `output`.err, which are made anew. `network_namespace`: a descriptor of the one to run in, if it
  // is not this process's own.
  Process(const std::vector<std::string>& command, const std::string& output, int network_namespace = -1);
  // Kills what still runs, and reaps it.
  ~Process();
  Process(const Process&) = delete;
  Process& operator=(const Process&) = delete;

  // Sends `signal` to the child if it runs.
  void Signal(int signal);
  // SIGKILL, and waits for the end.
  void Kill();
  bool running();
  // For what /proc knows of it; -1 once it has ended and was reaped.
  pid_t pid() const { return exit_code_.has_value() ? -1 : pid_; }
  // The exit code, or 128 + the signal that ended it (as a shell counts); nothing if it still runs after `timeout`.
  std::optional<int> WaitForExit(absl::Duration timeout);

  // True as soon as stdout, or stderr, holds `text`; false when the child ends or `timeout` passes without.
  bool WaitForStdout(absl::string_view text, absl::Duration timeout);
  bool WaitForStderr(absl::string_view text, absl::Duration timeout);
  // A server of ours answers: it has printed its ready line.
  bool WaitUntilReady(absl::Duration timeout = absl::Seconds(30));

  std::string Stdout() const;
  std::string Stderr() const;
  // Command, exit code if there is one, stdout and stderr: for the message of a test that fails.
  std::string Describe();

 private:
  bool WaitForText(const std::string& file, absl::string_view text, absl::Duration timeout);

  const std::vector<std::string> command_;
  const std::string stdout_path_;
  const std::string stderr_path_;
  pid_t pid_ = -1;
  std::optional<int> exit_code_;
};

// Runs a program to its end (30 s at most) and keeps what it said.
struct Finished {
  int exit_code = -1;
  std::string out;
  std::string err;
};
Finished RunToEnd(const std::vector<std::string>& command, const std::string& output, int network_namespace = -1);

// Whether `program` is on PATH, or where Debian puts servers.
bool IsInstalled(const std::string& program);

}  // namespace strata::tests

#endif  // STRATA_TESTS_CLUSTER_PROCESS_H_
