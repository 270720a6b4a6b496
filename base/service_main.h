// What the main() of every service begins with: flags, then the configuration, and how either can be wrong.
//
// SPDX-License-Identifier: Apache-2.0
#ifndef STRATA_BASE_SERVICE_MAIN_H_
#define STRATA_BASE_SERVICE_MAIN_H_

#include <string>

#include "absl/status/status.h"
#include "absl/strings/string_view.h"
#include "base/command_line.h"
#include "google/protobuf/message.h"

namespace strata::base {

// Reads the file (if one is named) into `*config` and the flags over it. Exits the process with kExitConfig, or
// kExitUsage for a flag, after telling the operator what is wrong.
void LoadConfigurationOrExit(const CommandLine& line, const std::string& file, google::protobuf::Message* config);

// Ends the process, with a message on stderr: what the operator gave cannot work. kExitConfig where it came by a file,
// or where nothing that was given is wrong (FailedPrecondition: something is missing); else kExitUsage.
[[noreturn]] void ExitWithBadConfiguration(const absl::Status& status, const std::string& file);

// Lets the process open as many files and sockets as its hard limit allows. The soft one is 1024 on most systems, for
// the sake of programs that use select(2); connections and queries to upstream servers would soon be short of sockets.
void RaiseOpenFilesLimit();

// Ends the process with status 1: it was called rightly and cannot do its work.
[[noreturn]] void ExitWithFailure(const absl::Status& status);

}  // namespace strata::base

#endif  // STRATA_BASE_SERVICE_MAIN_H_
