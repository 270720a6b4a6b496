// SPDX-License-Identifier: Apache-2.0
#include "control/command_run.h"

#include <algorithm>
#include <cstdlib>

#include "absl/flags/flag.h"
#include "absl/status/statusor.h"
#include "absl/strings/str_cat.h"
#include "absl/strings/str_join.h"
#include "absl/time/time.h"
#include "base/command_line.h"
#include "base/nearest_name.h"
#include "base/status_macros.h"
#include "base/version.h"
#include "control/request.h"
#include "control/status_command.h"
#include "control/targets.h"
#include "control/usage.h"
#include "control/zone_commands.h"

// What they mean is in usage.h.
ABSL_FLAG(std::vector<std::string>, at, {}, "`ADDRESS`es of servers");
ABSL_FLAG(std::string, zone, "", "the zone that snapshots must be of");
ABSL_FLAG(std::string, to, "", "the version to serve");
ABSL_FLAG(absl::Duration, timeout, absl::Seconds(5), "for a server to answer");
ABSL_FLAG(absl::Duration, interval, absl::Seconds(1), "that rates are of");
ABSL_FLAG(std::string, output, "table", "table or json");

namespace strata::control {
namespace {

constexpr int kFailed = 1;
constexpr int kUnreachable = 2;
// Large snapshots take their time to be sent and verified.
constexpr absl::Duration kPushTimeout = absl::Seconds(60);

using Words = std::vector<std::string>;

std::string Environment(const char* name) {
  const char* value = std::getenv(name);
  return value == nullptr ? "" : value;
}

Words SocketDirectories() {
  Words directories;
  const std::string given = Environment("RUNTIME_DIRECTORY");
  if (!given.empty()) directories.push_back(given.substr(0, given.find(':')));
  directories.push_back("/run/strata");
  return directories;
}

absl::Status Wrong(absl::string_view what) {
  return absl::InvalidArgumentError(absl::StrCat(what, "; stratactl --help tells what there is"));
}

absl::Status Unknown(const std::string& word, const Words& known) {
  const std::string nearest = base::NearestName(word, known);
  return Wrong(
      absl::StrCat("unknown command ", word, nearest.empty() ? "" : absl::StrCat(", did you mean ", nearest, "?")));
}

absl::StatusOr<std::string> Completion(const Words& words) {
  if (words.size() == 2 && words[1] == "bash") return std::string(kBashCompletion);
  if (words.size() == 2 && words[1] == "zsh") return absl::StrCat(kZshPrologue, kBashCompletion);
  if (words.size() == 2 && words[1] == "fish") return std::string(kFishCompletion);
  return Wrong("completion is for one of bash, zsh and fish");
}

absl::StatusOr<Request> MakeRequest() {
  Request request;
  STRATA_ASSIGN_OR_RETURN(request.targets,
                          FindTargets(absl::GetFlag(FLAGS_at), Environment("STRATACTL_AT"), SocketDirectories()));
  request.timeout = absl::GetFlag(FLAGS_timeout);
  if (request.timeout <= absl::ZeroDuration()) return Wrong("--timeout is a time such as 5s");
  return request;
}

absl::StatusOr<Report> RunZone(const base::CommandLine& line, const Words& words) {
  const std::string verb = words.size() > 1 ? words[1] : "";
  const Words operands(words.begin() + std::min<ptrdiff_t>(2, static_cast<ptrdiff_t>(words.size())), words.end());
  if (verb == "list" && operands.size() > 1) return Wrong("zone list takes one zone, or none");
  if (verb == "push" && operands.empty()) return Wrong("zone push takes snapshots, FILE.snap…");
  if (verb == "rollback" && operands.size() != 1) return Wrong("zone rollback takes one zone");
  if (line.WasGiven("to") && verb != "rollback") return Wrong("--to goes with zone rollback");
  if (line.WasGiven("zone") && verb != "push") return Wrong("--zone goes with zone push");
  if (verb.empty()) return Wrong("zone list, zone push or zone rollback?");
  if (verb != "list" && verb != "push" && verb != "rollback") return Unknown(verb, {"list", "push", "rollback"});
  STRATA_ASSIGN_OR_RETURN(Request request, MakeRequest());
  if (verb == "list") return ListZones(request, operands.empty() ? "" : operands[0]);
  if (verb == "rollback") return RollBackZone(request, operands[0], absl::GetFlag(FLAGS_to));
  if (!line.WasGiven("timeout")) request.timeout = kPushTimeout;
  return PushSnapshots(request, operands, absl::GetFlag(FLAGS_zone));
}

absl::StatusOr<Report> RunStatus(const base::CommandLine& line, const Words& words) {
  if (words.size() > 1) return Wrong("status takes nothing further");
  if (absl::GetFlag(FLAGS_interval) < absl::ZeroDuration()) return Wrong("--interval is a time such as 1s");
  STRATA_ASSIGN_OR_RETURN(const Request request, MakeRequest());
  return ShowStatus(request, absl::GetFlag(FLAGS_interval));
}

CommandResult ResultOf(const Report& report, bool json) {
  CommandResult result;
  result.out = json ? report.table.ToJson() : report.table.ToText();
  for (const Report::Failure& failure : report.failures) {
    const bool reached = !absl::IsUnavailable(failure.status) && !absl::IsDeadlineExceeded(failure.status);
    result.exit_code = std::max(result.exit_code, reached ? kFailed : kUnreachable);
    absl::StrAppend(&result.err, "stratactl: ", failure.target, ": ", failure.status.message(), "\n");
  }
  return result;
}

absl::StatusOr<CommandResult> Run(const Words& args) {
  STRATA_ASSIGN_OR_RETURN(
      const base::CommandLine line,
      base::ParseCommandLine(args, {.summary = "", .arguments = "COMMAND", .short_options = {{'o', "output"}}}));
  if (line.help_requested()) return CommandResult{0, std::string(kUsage), ""};
  if (line.version_requested()) return CommandResult{0, absl::StrCat("stratactl ", base::kVersion, "\n"), ""};
  const Words& words = line.arguments();
  if (words.empty()) return Wrong("no command");
  const std::string output = absl::GetFlag(FLAGS_output);
  if (output != "table" && output != "json") return Wrong(absl::StrCat("--output=", output, ": table or json"));
  if (words[0] == "completion") {
    STRATA_ASSIGN_OR_RETURN(std::string script, Completion(words));
    return CommandResult{0, std::move(script), ""};
  }
  if (words[0] != "status" && words[0] != "zone") return Unknown(words[0], {"status", "zone", "completion"});
  STRATA_ASSIGN_OR_RETURN(const Report report, words[0] == "zone" ? RunZone(line, words) : RunStatus(line, words));
  return ResultOf(report, output == "json");
}

}  // namespace

CommandResult RunCommand(const Words& args) {
  absl::StatusOr<CommandResult> result = Run(args);
  if (result.ok()) return *std::move(result);
  return {base::kExitUsage, "", absl::StrCat("stratactl: ", result.status().message(), "\n")};
}

}  // namespace strata::control
