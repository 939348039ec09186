#include "redaction/processor.h"

#include <gtest/gtest.h>

#include <fstream>
#include <sstream>
#include <string>
#include <vector>

namespace casepack::redaction {
namespace {

// What the kernel says of it.
bool HasFlags(const std::vector<std::string>& wanted) {
  std::ifstream file("/proc/cpuinfo");
  std::string line;
  while (std::getline(file, line) && line.rfind("flags", 0) != 0) {
  }
  const std::string flags = line + " ";
  for (const std::string& flag : wanted) {
    if (flags.find(" " + flag + " ") == std::string::npos) return false;
  }
  return true;
}

TEST(Processor, SaysWhatTheKernelSays) {
  EXPECT_EQ(HasAvx2(), HasFlags({"avx2", "bmi1", "bmi2", "popcnt"}));
  EXPECT_EQ(HasAvx512(), HasFlags({"avx2", "bmi1", "bmi2", "popcnt", "avx512f", "avx512bw",
                                   "avx512dq", "avx512vl", "avx512vbmi", "avx512_vbmi2", "gfni"}));
  EXPECT_EQ(GathersFast(), HasAvx512() && HasFlags({"avx512_fp16"}));
}

}  // namespace
}  // namespace casepack::redaction
