// zone_test: tests zones against a file of expected answers.
//
// SPDX-License-Identifier: Apache-2.0
#include <cstdio>
#include <cstdlib>
#include <string>
#include <vector>

#include "authority/zone_test/zone_test_command.h"

int main(int argc, char** argv) {
  strata::authority::ZoneTestEnvironment environment;
  const auto variable = [](const char* name) { return std::string(std::getenv(name) ? std::getenv(name) : ""); };
  environment.source_root = variable("BUILD_WORKSPACE_DIRECTORY");
  environment.test_target = variable("TEST_TARGET");
  return strata::authority::RunZoneTest(std::vector<std::string>(argv + 1, argv + argc), environment);
}
