#include <string>
#include <string_view>

#include "collector/base/json.h"
#include "tests/kinds/kind_fixture.h"
#include "tests/support/certificate.h"

namespace casepack {
namespace {

using bundle::Outcome;
using tests::List;
using tests::MadeCertificate;
using namespace std::string_literals;

const std::string kVariables = "sys/firmware/efi/efivars/";
const std::string kGlobal = "-8be4df61-93ca-11d2-aa0d-00e098032b8c";
const std::string kDatabase = kVariables + "db-d719b2cb-3d3a-4596-a3bc-dad00e67656f";
const std::string kShim = "-605dab50-e046-4300-abb6-3dd810dd8b23";
const std::string kAttributes = "\x06\0\0\0"s;

std::string Number(size_t value) {
  std::string bytes;
  for (int i = 0; i < 4; ++i)
    bytes += static_cast<char>(value >> (8U * static_cast<unsigned>(i)) & 255U);
  return bytes;
}

// EFI_SIGNATURE_LIST with one signature.
std::string SignatureList(std::string_view type, std::string_view data,
                          std::string_view header = {}) {
  std::string list(type);
  list += Number(28 + header.size() + 16 + data.size());
  list += Number(header.size());
  list += Number(16 + data.size());
  list += header;
  list += std::string(16, 'o');
  list += data;
  return list;
}
const std::string kX509("\xa1\x59\xc0\xa5\xe4\x94\xa7\x4a\x87\xb5\xab\x15\x5c\x2b\xf0\x72", 16);
const std::string kSha256("\x26\x16\xc4\xc1\x4c\x50\x92\x40\xac\xa9\x41\xf9\x36\x93\x43\x28", 16);

base::Timestamp Days(int days) {
  return std::chrono::time_point_cast<base::Duration>(std::chrono::system_clock::now()) +
         std::chrono::hours(24 * days);
}

struct SecureBootKind : tests::KindTest {
  void Variable(const std::string& name, const std::string& value) const {
    tree_.Write(kVariables + name, kAttributes + value);
  }
  void Efi(char on) const {
    Variable("SecureBoot" + kGlobal, std::string(1, on));
    Variable("SetupMode" + kGlobal, "\0"s);
  }
  base::Json Document(tests::Collected* told = nullptr) {
    auto got = Collect("secure_boot", {{"certificates", List({"/opt/agent/*.der"})}});
    EXPECT_EQ(got.row.outcome, Outcome::kOk);
    auto json = base::ParseJson(got.members["secure_boot.json"]);
    EXPECT_TRUE(json) << got.members["secure_boot.json"];
    if (told != nullptr) *told = got;
    return json ? *json : base::Json();
  }
  static std::string In(const base::Json& json, const char* name) {
    return json.StringOr(name, "(none)");
  }

  const MadeCertificate good_ = tests::MakeCertificate("Vendor 2", Days(-10), Days(100));
  const MadeCertificate old_ = tests::MakeCertificate("Vendor 1", Days(-100), Days(-10));
  const MadeCertificate other_ = tests::MakeCertificate("Somebody else", Days(-10), Days(100));
};

TEST_F(SecureBootKind, IsUnknownWithoutEfiAndNeverOff) {
  tree_.Write("sys/firmware/acpi/x", "");
  const base::Json json = Document();
  EXPECT_EQ(In(json, "secure_boot"), "unknown");
  EXPECT_EQ(In(json, "reason"), "no_efi");
  EXPECT_EQ(In(json, "setup_mode"), "unknown");
  EXPECT_EQ(In(json, "wanted_state"), "none");
}

TEST_F(SecureBootKind, AnImageOfADiskSaysNothingOfTheFirmware) {
  const base::Json json = Document();
  EXPECT_EQ(In(json, "secure_boot"), "unknown");
  EXPECT_EQ(In(json, "reason"), "not_running");
}

TEST_F(SecureBootKind, IsUnknownWhereTheVariablesAreNotMounted) {
  tree_.Folder("sys/firmware/efi/efivars");
  EXPECT_EQ(In(Document(), "reason"), "not_mounted");
  Variable("Other" + kGlobal, "x");
  EXPECT_EQ(In(Document(), "reason"), "no_variable");
}

TEST_F(SecureBootKind, ReadsTheSwitches) {
  Efi('\1');
  Variable("MokSBStateRT" + kShim, "\1"s);
  tree_.Write("sys/kernel/security/lockdown", "none [integrity] confidentiality\n");
  tree_.Write("sys/module/module/parameters/sig_enforce", "Y\n");
  base::Json json = Document();
  EXPECT_EQ(In(json, "secure_boot"), "on");
  EXPECT_TRUE(json.Find("reason")->is_null());
  EXPECT_EQ(In(json, "setup_mode"), "off");
  EXPECT_EQ(In(json, "shim_validation"), "off");
  EXPECT_EQ(In(*json.Find("kernel"), "lockdown"), "integrity");
  EXPECT_TRUE(*json.Find("kernel")->Find("module_signatures_enforced")->boolean());
  Efi('\0');
  EXPECT_EQ(In(Document(), "secure_boot"), "off");
  Efi('\7');
  json = Document();
  EXPECT_EQ(In(json, "secure_boot"), "unknown");
  EXPECT_EQ(In(json, "reason"), "unreadable");
}

TEST_F(SecureBootKind, FindsTheShippedKeyAmongThoseEnrolled) {
  Efi('\1');
  tree_.Write("opt/agent/a.der", good_.der);
  tree_.Write("opt/agent/b.der", old_.der);
  tree_.Write(kDatabase, kAttributes + SignatureList(kX509, other_.der));
  Variable("MokListRT" + kShim,
           SignatureList(kSha256, std::string(32, 'h')) + SignatureList(kX509, good_.der, "head"));
  const base::Json json = Document();
  EXPECT_EQ(In(json, "wanted_state"), "enrolled");
  EXPECT_EQ(json.IntegerOr("wanted_count", -1), 2);
  EXPECT_EQ(json.IntegerOr("wanted_enrolled_count", -1), 1);
  EXPECT_EQ(In(json, "shim_validation"), "on");
  const auto& wanted = *json.Find("wanted")->array();
  ASSERT_EQ(wanted.size(), 2U);
  EXPECT_EQ(In(wanted[0], "path"), "/opt/agent/a.der");
  EXPECT_EQ(In(wanted[0], "subject"), "CN=Vendor 2");
  EXPECT_TRUE(*wanted[0].Find("enrolled")->boolean());
  EXPECT_FALSE(*wanted[0].Find("expired")->boolean());
  EXPECT_FALSE(*wanted[1].Find("enrolled")->boolean());
  EXPECT_TRUE(*wanted[1].Find("expired")->boolean());
  const auto& stores = *json.Find("stores")->array();
  EXPECT_EQ(In(stores[1], "name"), "MokListRT");
  EXPECT_EQ(stores[1].IntegerOr("others", -1), 1);
  const auto& enrolled = *json.Find("enrolled")->array();
  ASSERT_EQ(enrolled.size(), 2U);
  EXPECT_EQ(In(enrolled[0], "store"), "db");
  EXPECT_EQ(In(enrolled[1], "sha256"), In(wanted[0], "sha256"));
  EXPECT_EQ(In(enrolled[1], "sha256").size(), 64U);
}

TEST_F(SecureBootKind, TellsMissingFromExpiredFromUnknown) {
  Efi('\1');
  tree_.Write("opt/agent/b.der", old_.der);
  Variable("MokListRT" + kShim, SignatureList(kX509, other_.der));
  EXPECT_EQ(In(Document(), "wanted_state"), "missing");
  Variable("MokListRT" + kShim, SignatureList(kX509, old_.der));
  EXPECT_EQ(In(Document(), "wanted_state"), "expired");
  // A damaged list may hide it: that is not "missing".
  Variable("MokListRT" + kShim, SignatureList(kX509, other_.der) + "rest");
  const base::Json json = Document();
  EXPECT_EQ(In(json, "wanted_state"), "unknown");
  EXPECT_TRUE(json.Find("wanted")->array()->at(0).Find("enrolled")->is_null());
}

TEST_F(SecureBootKind, IsUnknownWhereTheKeysMayNotBeRead) {
  Efi('\1');
  tree_.Write("opt/agent/a.der", good_.der);
  Variable("MokListRT" + kShim, SignatureList(kX509, other_.der));
  ASSERT_EQ(chmod(tree_.Path(kVariables + "MokListRT" + kShim).c_str(), 0), 0);
  as_nobody_ = true;
  const base::Json json = Document();
  EXPECT_EQ(In(json, "wanted_state"), "unknown");
  EXPECT_EQ(In(json.Find("stores")->array()->at(1), "state"), "denied");
}

TEST_F(SecureBootKind, ReadsALongListInItsPartsAndTheKernelsCopyFirst) {
  Efi('\1');
  tree_.Write("opt/agent/a.der", good_.der);
  Variable("MokListRT" + kShim, SignatureList(kX509, other_.der));
  Variable("MokListRT1" + kShim, SignatureList(kX509, good_.der));
  EXPECT_EQ(In(Document(), "wanted_state"), "enrolled");
  tree_.Write("sys/firmware/efi/mok-variables/MokListRT", SignatureList(kX509, other_.der));
  EXPECT_EQ(In(Document(), "wanted_state"), "missing");
}

TEST_F(SecureBootKind, HostileListsEndTheReading) {
  Efi('\1');
  const std::string good = SignatureList(kX509, other_.der);
  const std::string lists[] = {
      good + kX509 + Number(0xffffffff) + Number(0) + Number(20),
      good + kX509 + Number(28) + Number(0) + Number(0),
      good + kX509 + Number(28) + Number(0xffffffff) + Number(20),
      good + kX509 + Number(60) + Number(0) + Number(17) + std::string(32, 'x'),
      good + "short",
  };
  for (const std::string& list : lists) {
    tree_.Write(kDatabase, kAttributes + list);
    const base::Json json = Document();
    EXPECT_EQ(json.Find("enrolled")->array()->size(), 1U);
    const base::Json& store = json.Find("stores")->array()->at(0);
    const bool told = In(store, "state") == "damaged" || store.IntegerOr("unreadable", 0) > 0;
    EXPECT_TRUE(told);
  }
}

TEST_F(SecureBootKind, NotesAShippedFileThatIsNoCertificate) {
  Efi('\1');
  tree_.Write("opt/agent/a.der", "");
  auto got = Collect("secure_boot", {{"certificates", List({"/opt/agent/*.der"})}});
  EXPECT_EQ(got.row.outcome, Outcome::kPartial);
  EXPECT_EQ(got.Notes("kinds.secure_boot.no_certificate"),
            std::vector<std::string>{"/opt/agent/a.der"});
}

TEST_F(SecureBootKind, ForeseesWhatItReads) {
  Efi('\1');
  tree_.Write("opt/agent/a.der", good_.der);
  const kinds::Preview preview =
      Plan("secure_boot", {{"certificates", List({"/opt/agent/*.der"})}});
  ASSERT_EQ(preview.steps.size(), 3U);
  EXPECT_EQ(preview.steps[2].what, "/opt/agent/a.der");
}

}  // namespace
}  // namespace casepack
