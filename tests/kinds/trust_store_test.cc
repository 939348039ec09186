#include <string>

#include "collector/base/json.h"
#include "tests/kinds/kind_fixture.h"
#include "tests/support/certificate.h"

namespace casepack {
namespace {

using bundle::Outcome;
using tests::List;

base::Timestamp Days(int days) {
  return std::chrono::time_point_cast<base::Duration>(std::chrono::system_clock::now()) +
         std::chrono::hours(24 * days);
}

struct TrustStoreKind : tests::KindTest {
  base::Json Look(const std::vector<std::string>& wanted,
                  const std::vector<std::string>& unverified = {}) {
    auto got = Collect("trust_store", {{"stores", List({"/etc/ssl/all.crt", "/etc/pki/*.pem"})},
                                       {"wanted", List(wanted)},
                                       {"unverified_wanted", List(unverified)}});
    outcome_ = got.row.outcome;
    auto json = base::ParseJson(got.members["trust_store.json"]);
    EXPECT_TRUE(json) << got.members["trust_store.json"];
    return json ? *json : base::Json();
  }
  static std::string State(const base::Json& json, size_t row) {
    return json.Find("wanted")->array()->at(row).StringOr("state", "(none)");
  }

  const tests::MadeCertificate root_ = tests::MakeCertificate("Good Root", Days(-10), Days(1000));
  const tests::MadeCertificate old_ = tests::MakeCertificate("Old Root", Days(-100), Days(-1));
  const tests::MadeCertificate near_ = tests::MakeCertificate("Near Root", Days(-100), Days(10));
  const tests::MadeCertificate early_ = tests::MakeCertificate("Early Root", Days(5), Days(99));
  Outcome outcome_ = Outcome::kFailed;
};

TEST_F(TrustStoreKind, FindsRootsByTheirSubject) {
  tree_.Write("etc/ssl/all.crt", "# roots\n" + root_.pem + old_.pem);
  tree_.Write("etc/pki/more.pem", near_.pem + early_.pem + root_.pem);
  const base::Json json = Look({"good = CN=Good Root", "old = CN=Old Root", "near = CN=Near Root",
                                "early = CN=Early Root", "part = CN=Good", "CN=Good Root"},
                               {"gone = CN=Other Root"});
  EXPECT_EQ(State(json, 0), "present");
  EXPECT_EQ(State(json, 1), "expired");
  EXPECT_EQ(State(json, 2), "expires_soon");
  EXPECT_EQ(State(json, 3), "not_yet_valid");
  EXPECT_EQ(State(json, 4), "missing") << "a part of a name is another name";
  EXPECT_EQ(State(json, 6), "missing");
  const auto& rows = *json.Find("wanted")->array();
  EXPECT_EQ(rows[0].StringOr("subject", ""), "CN=Good Root");
  EXPECT_TRUE(*rows[0].Find("verified")->boolean());
  EXPECT_FALSE(*rows[6].Find("verified")->boolean());
  EXPECT_EQ(json.StringOr("state", ""), "incomplete");
  EXPECT_EQ(json.IntegerOr("certificates", -1), 4);
  EXPECT_EQ(json.IntegerOr("present_count", -1), 2);
  EXPECT_EQ(json.IntegerOr("missing_count", -1), 3);
  EXPECT_EQ(json.IntegerOr("expired_count", -1), 1);
  EXPECT_EQ(json.Find("stores")->array()->at(0).IntegerOr("expired", -1), 1);
}

TEST_F(TrustStoreKind, FindsRootsByTheirFingerprint) {
  tree_.Write("etc/ssl/all.crt", root_.pem);
  const base::Json first = Look({"good = CN=Good Root"});
  const base::Json& row = first.Find("wanted")->array()->at(0);
  std::string upper;
  for (const char c : row.StringOr("sha256", "")) {
    if (upper.size() % 3 == 2) upper += ':';
    upper += static_cast<char>(std::toupper(static_cast<unsigned char>(c)));
  }
  const base::Json json =
      Look({"a = " + upper, "b=" + row.StringOr("sha1", ""), "c = " + std::string(64, 'a')});
  EXPECT_EQ(State(json, 0), "present");
  EXPECT_EQ(State(json, 1), "present");
  EXPECT_EQ(State(json, 2), "missing");
  EXPECT_EQ(Look({"a = " + upper}).StringOr("state", ""), "complete");
}

TEST_F(TrustStoreKind, ARootThatHoldsCountsBeforeItsOldOne) {
  const auto renewed = tests::MakeCertificate("Old Root", Days(-1), Days(1000));
  tree_.Write("etc/ssl/all.crt", old_.pem + renewed.pem);
  EXPECT_EQ(State(Look({"x = CN=Old Root"}), 0), "present");
}

TEST_F(TrustStoreKind, IsUnknownWithoutAStore) {
  const base::Json json = Look({"good = CN=Good Root"});
  EXPECT_EQ(json.StringOr("state", ""), "unknown");
  EXPECT_EQ(State(json, 0), "unknown");
  EXPECT_TRUE(json.Find("missing_count")->is_null());
  tree_.Write("etc/ssl/all.crt", "");
  EXPECT_EQ(State(Look({"good = CN=Good Root"}), 0), "unknown") << "an empty bundle is none";
}

TEST_F(TrustStoreKind, SaysWhatItMayNotRead) {
  tree_.Write("etc/ssl/all.crt", root_.pem);
  ASSERT_EQ(chmod(tree_.Path("etc/ssl/all.crt").c_str(), 0), 0);
  as_nobody_ = true;
  const base::Json json = Look({"good = CN=Good Root"});
  EXPECT_EQ(State(json, 0), "unknown");
  EXPECT_EQ(outcome_, Outcome::kPartial);
}

TEST_F(TrustStoreKind, DamagedBlocksAreCounted) {
  tree_.Write("etc/ssl/all.crt",
              root_.pem + "-----BEGIN CERTIFICATE-----\nAAAA\n-----END CERTIFICATE-----\n");
  const base::Json json = Look({"good = CN=Good Root"});
  EXPECT_EQ(json.Find("stores")->array()->at(0).IntegerOr("damaged", -1), 1);
  EXPECT_EQ(json.StringOr("state", ""), "complete");
}

TEST_F(TrustStoreKind, ForeseesTheBundles) {
  tree_.Write("etc/pki/more.pem", root_.pem);
  const kinds::Preview preview = Plan("trust_store", {{"stores", List({"/etc/pki/*.pem"})}});
  ASSERT_EQ(preview.steps.size(), 1U);
  EXPECT_EQ(preview.steps[0].what, "/etc/pki/more.pem");
}

}  // namespace
}  // namespace casepack
