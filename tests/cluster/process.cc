// SPDX-License-Identifier: Apache-2.0
#include "tests/cluster/process.h"

#include <fcntl.h>
#include <sched.h>
#include <signal.h>
#include <stdlib.h>
#include <sys/prctl.h>
#include <sys/wait.h>
#include <unistd.h>

#include <cstdio>
#include <functional>

#include "absl/strings/match.h"
#include "absl/strings/str_cat.h"
#include "absl/strings/str_join.h"
#include "absl/strings/str_split.h"
#include "absl/time/clock.h"
#include "tests/cluster/files.h"

namespace strata::tests {
namespace {

constexpr absl::Duration kPoll = absl::Milliseconds(5);

// Debian's servers are in the sbin folders, which a user's PATH may lack.
constexpr absl::string_view kServerFolders = "/usr/sbin:/sbin";

[[noreturn]] void Die(const char* what) {
  perror(what);
  abort();
}

// The file that execv() needs.
std::string FindProgram(const std::string& program) {
  if (absl::StrContains(program, "/")) return program;
  const char* path = getenv("PATH");
  const std::string folders = absl::StrCat(path == nullptr ? "/usr/bin:/bin" : path, ":", kServerFolders);
  for (absl::string_view folder : absl::StrSplit(folders, ':')) {
    const std::string file = absl::StrCat(folder, "/", program);
    if (access(file.c_str(), X_OK) == 0) return file;
  }
  return "";
}

// Only what is safe in the child of a process with threads.
[[noreturn]] void BecomeChild(char* const* argv, int out, int err, int network_namespace, pid_t parent) {
  prctl(PR_SET_PDEATHSIG, SIGKILL);
  if (getppid() != parent) _exit(127);  // It died before that took effect.
  if (network_namespace >= 0 && setns(network_namespace, CLONE_NEWNET) != 0) _exit(127);
  dup2(out, STDOUT_FILENO);
  dup2(err, STDERR_FILENO);
  execv(argv[0], argv);
  _exit(127);
}

bool PollUntil(absl::Duration timeout, const std::function<bool()>& condition) {
  const absl::Time end = absl::Now() + timeout;
  while (!condition()) {
    if (absl::Now() >= end) return condition();
    absl::SleepFor(kPoll);
  }
  return true;
}

}  // namespace

Process::Process(const std::vector<std::string>& command, const std::string& output, int network_namespace)
    : command_(command), stdout_path_(absl::StrCat(output, ".out")), stderr_path_(absl::StrCat(output, ".err")) {
  std::vector<std::string> words = command;
  words[0] = FindProgram(command[0]);
  std::vector<char*> argv;
  for (std::string& word : words) argv.push_back(word.data());
  argv.push_back(nullptr);
  const int out = open(stdout_path_.c_str(), O_CREAT | O_TRUNC | O_WRONLY | O_CLOEXEC, 0600);
  const int err = open(stderr_path_.c_str(), O_CREAT | O_TRUNC | O_WRONLY | O_CLOEXEC, 0600);
  if (out < 0 || err < 0) Die(output.c_str());
  const pid_t parent = getpid();
  pid_ = fork();
  if (pid_ < 0) Die("fork");
  if (pid_ == 0) BecomeChild(argv.data(), out, err, network_namespace, parent);
  close(out);
  close(err);
}

Process::~Process() { Kill(); }

void Process::Signal(int signal) {
  if (running()) kill(pid_, signal);
}

void Process::Kill() {
  if (!running()) return;
  kill(pid_, SIGKILL);
  WaitForExit(absl::InfiniteDuration());
}

bool Process::running() { return !WaitForExit(absl::ZeroDuration()).has_value(); }

std::optional<int> Process::WaitForExit(absl::Duration timeout) {
  PollUntil(timeout, [this] {
    int status = 0;
    if (!exit_code_.has_value() && waitpid(pid_, &status, WNOHANG) == pid_) {
      exit_code_ = WIFEXITED(status) ? WEXITSTATUS(status) : 128 + WTERMSIG(status);
    }
    return exit_code_.has_value();
  });
  return exit_code_;
}

bool Process::WaitForText(const std::string& file, absl::string_view text, absl::Duration timeout) {
  bool found = false;
  PollUntil(timeout, [&] {
    // In this order: what it wrote before it ended counts.
    const bool ended = !running();
    found = absl::StrContains(ReadFile(file), text);
    return found || ended;
  });
  return found;
}

bool Process::WaitForStdout(absl::string_view text, absl::Duration timeout) {
  return WaitForText(stdout_path_, text, timeout);
}

bool Process::WaitForStderr(absl::string_view text, absl::Duration timeout) {
  return WaitForText(stderr_path_, text, timeout);
}

bool Process::WaitUntilReady(absl::Duration timeout) { return WaitForStdout("ready ", timeout); }

std::string Process::Stdout() const { return ReadFile(stdout_path_); }
std::string Process::Stderr() const { return ReadFile(stderr_path_); }

std::string Process::Describe() {
  const std::string state = running() ? "runs" : absl::StrCat("exit code ", *exit_code_);
  return absl::StrCat(absl::StrJoin(command_, " "), "\n", state, "\n--- stdout\n", Stdout(), "--- stderr\n", Stderr());
}

Finished RunToEnd(const std::vector<std::string>& command, const std::string& output, int network_namespace) {
  Process process(command, output, network_namespace);
  const std::optional<int> code = process.WaitForExit(absl::Seconds(30));
  return {code.value_or(-1), process.Stdout(), process.Stderr()};
}

bool IsInstalled(const std::string& program) { return !FindProgram(program).empty(); }

}  // namespace strata::tests
