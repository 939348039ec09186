#include "collector/run/needles.h"

#include <gtest/gtest.h>

namespace casepack::run {
namespace {

using records::Encoding;

manifest::Evidence Offline() {
  manifest::Evidence evidence;
  evidence.texts = {"オフライン"};
  evidence.ids = {"74"};
  evidence.anchors = {"ID: "};
  return evidence;
}

std::vector<uint64_t> At(Encoding encoding, const std::string& text) {
  const manifest::Evidence evidence = Offline();
  const Needles needles({&evidence}, encoding);
  std::vector<uint64_t> at;
  for (const Hit& hit : needles.In(text, text.size(), 100))
    at.push_back(hit.at);
  return at;
}

TEST(Needles, AreFoundInTheEncodingOfTheLog) {
  EXPECT_EQ(At(Encoding::kBytes, "x オフライン"), std::vector<uint64_t>{102});
  EXPECT_EQ(At(Encoding::kBytes, "x \x83I\x83t\x83\x89\x83\x43\x83\x93"),
            std::vector<uint64_t>{102});
  for (const Encoding encoding : {Encoding::kUtf16Le, Encoding::kUtf16Be}) {
    const std::string wide = records::FromUtf8(encoding, "x オフライン, ID: 74.");
    EXPECT_EQ(At(encoding, wide), (std::vector<uint64_t>{118, 104}));
    EXPECT_TRUE(At(encoding, records::FromUtf8(encoding, "ID: 740")).empty());
  }
}

TEST(Needles, ANumberEndsWhereItEnds) {
  EXPECT_EQ(At(Encoding::kBytes, "ID: 740 ID: 74"), std::vector<uint64_t>{108});
  const manifest::Evidence evidence = Offline();
  const Needles needles({&evidence}, Encoding::kBytes);
  EXPECT_TRUE(needles.In("ID: 74", 0, 0).empty()) << "begins behind what is asked for";
}

}  // namespace
}  // namespace casepack::run
