// SPDX-License-Identifier: Apache-2.0
#include "zonec/input_file.h"

#include <sys/stat.h>
#include <unistd.h>

#include <fstream>

#include "gmock/gmock.h"
#include "gtest/gtest.h"

namespace strata::zonec {
namespace {

using ::testing::HasSubstr;

std::string TempPath(const std::string& name) { return testing::TempDir() + "/" + name; }

TEST(InputFile, ReadsAllOctets) {
  std::string content(3 << 20, 'x');
  content[5] = '\0';
  std::ofstream(TempPath("big"), std::ios::binary) << content;
  EXPECT_EQ(*ReadInput(TempPath("big")), content);
  EXPECT_EQ(*ReadRegularFile(TempPath("big")), content);
}

TEST(InputFile, ErrorsNameFileAndReason) {
  EXPECT_THAT(std::string(ReadInput("/nowhere/x.zone").status().message()),
              HasSubstr("cannot read /nowhere/x.zone: No such file"));
  EXPECT_THAT(std::string(ReadInput(testing::TempDir()).status().message()), HasSubstr("Is a directory"));
}

TEST(InputFile, ARegularFileIsNoPipe) {
  const std::string pipe = TempPath("pipe");
  ASSERT_EQ(mkfifo(pipe.c_str(), 0600), 0);
  EXPECT_THAT(std::string(ReadRegularFile(pipe).status().message()), HasSubstr("is not a regular file"));
}

TEST(InputFile, SparseFilesDoNotTakeMemory) {
  const std::string sparse = TempPath("sparse");
  std::ofstream(sparse) << "x";
  ASSERT_EQ(truncate(sparse.c_str(), off_t{1} << 40), 0);
  EXPECT_THAT(std::string(ReadRegularFile(sparse).status().message()), HasSubstr("larger than 4 GiB"));
  EXPECT_THAT(std::string(ReadInput(sparse).status().message()), HasSubstr("larger than 4 GiB"));
  unlink(sparse.c_str());
}

}  // namespace
}  // namespace strata::zonec
