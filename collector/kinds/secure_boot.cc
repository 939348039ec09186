// secure_boot: whether the firmware checks what is booted, which keys are enrolled, and
// whether the certificates that a product ships for its kernel modules are among them, by
// fingerprint. One JSON document. Read from the variables of EFI as the kernel shows them;
// no tool is run. Where there is no EFI, or we may not look, the answer is "unknown" with
// its reason, and never "off".
#include <algorithm>
#include <optional>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include "collector/kinds/kind.h"
#include "collector/kinds/secure_boot_store.h"
#include "collector/os/certificate.h"
#include "collector/os/glob.h"
#include "collector/os/read.h"

namespace casepack::kinds {

extern const Kind kSecureBootKind;

namespace {

using base::Code;
using base::Json;
using base::Status;
using manifest::FieldType;
using manifest::Presence;
using os::CertificateData;

constexpr manifest::Field kFields[] = {
    {"certificates", FieldType::kTextList, Presence::kOptional},
};

constexpr const char* kFirmware = "/sys/firmware/efi";
constexpr const char* kVariables = "/sys/firmware/efi/efivars";
// The kernel's own copy of what shim hands over, whole where a variable would be too small.
constexpr const char* kMokVariables = "/sys/firmware/efi/mok-variables";
// EFI_GLOBAL_VARIABLE, EFI_IMAGE_SECURITY_DATABASE, SHIM_LOCK.
constexpr const char* kGlobal = "8be4df61-93ca-11d2-aa0d-00e098032b8c";
constexpr const char* kDatabase = "d719b2cb-3d3a-4596-a3bc-dad00e67656f";
constexpr const char* kShim = "605dab50-e046-4300-abb6-3dd810dd8b23";

constexpr size_t kAttributes = 4;  // in front of each variable's value in efivars
constexpr size_t kMaxVariable = 1U << 20U;
constexpr size_t kMaxCertificate = 64U << 10U;
constexpr size_t kMaxWanted = 100;
constexpr int kMokParts = 10;  // MokListRT, MokListRT1, ... of a long list

std::string VariablePath(std::string_view name, const char* guid) {
  return std::string(kVariables) + "/" + std::string(name) + "-" + guid;
}

base::Result<std::string> ReadVariable(const Context& context, const std::string& path) {
  ASSIGN_OR_RETURN(std::string text, os::ReadFile(context.host, path, kMaxVariable));
  if (text.size() < kAttributes) return Status(Code::kInvalid, {"kinds.secure_boot.damaged", {}});
  return text.substr(kAttributes);
}

// "on", "off", or "unknown" with a reason.
struct Switch {
  std::string state = "unknown";
  std::string reason;
};

Switch ReadSwitch(const Context& context, std::string_view name, const char* guid) {
  const auto value = ReadVariable(context, VariablePath(name, guid));
  if (!value) {
    switch (value.error().code()) {
      case Code::kMissing:
        return {"unknown", "no_variable"};
      case Code::kDenied:
        return {"unknown", "denied"};
      default:
        return {"unknown", "unreadable"};
    }
  }
  if (*value == std::string_view("\0", 1)) return {"off", {}};
  if (*value == std::string_view("\1", 1)) return {"on", {}};
  return {"unknown", "unreadable"};
}

// --- the stores

struct Store {
  std::string name;
  std::string state = "absent";  // present, absent, denied, damaged
  uint64_t others = 0;
  std::vector<CertificateData> certificates;
  uint64_t unreadable = 0;  // entries that say they are certificates and are none
};

void AddLists(std::string_view bytes, Store& store) {
  const secure_boot::SignatureStore lists = secure_boot::ParseSignatureLists(bytes);
  if (store.state == "absent") store.state = "present";
  if (lists.damaged) store.state = "damaged";
  store.others += lists.others;
  for (const std::string& der : lists.certificates) {
    if (auto certificate = os::CertificateOfDer(der)) {
      store.certificates.push_back(std::move(*certificate));
    } else {
      ++store.unreadable;
    }
  }
}

// False: there is no such part.
bool AddPart(const base::Result<std::string>& bytes, Store& store) {
  if (bytes) {
    AddLists(*bytes, store);
    return true;
  }
  if (bytes.error().code() == Code::kMissing) return false;
  store.state = bytes.error().code() == Code::kDenied ? "denied" : "damaged";
  return true;
}

Store ReadDatabase(const Context& context) {
  Store store;
  store.name = "db";
  AddPart(ReadVariable(context, VariablePath("db", kDatabase)), store);
  return store;
}

// The machine owner's keys. shim writes the list in parts when a variable holds no more.
Store ReadOwnersList(const Context& context) {
  Store store;
  store.name = "MokListRT";
  const std::string whole = std::string(kMokVariables) + "/" + store.name;
  if (AddPart(os::ReadFile(context.host, whole, kMaxVariable), store)) return store;
  for (int part = 0; part < kMokParts; ++part) {
    const std::string name = store.name + (part == 0 ? "" : std::to_string(part));
    if (!AddPart(ReadVariable(context, VariablePath(name, kShim)), store)) break;
  }
  return store;
}

Json DescribeStore(const Store& store) {
  Json json;
  json.Set("name", store.name);
  json.Set("state", store.state);
  json.Set("certificates", uint64_t{store.certificates.size()});
  json.Set("unreadable", store.unreadable);
  json.Set("others", store.others);
  return json;
}

// --- what is wanted

struct Wanted {
  std::string path;
  CertificateData certificate;
};

std::vector<Wanted> ReadWanted(const Context& context, bundle::Entry& entry) {
  std::vector<Wanted> all;
  if (!context.options.Has("certificates")) return all;
  for (const std::string& pattern : context.options.TextList("certificates")) {
    const auto each = [&](const os::Found& found) {
      if (all.size() >= kMaxWanted) return false;
      const auto text = os::ReadFile(context.host, found.path, kMaxCertificate);
      if (!text) {
        entry.Note(found.path, text.error());
        return true;
      }
      entry.CountRead(text->size());
      os::PemCertificates read = os::CertificatesOf(*text, kMaxWanted - all.size());
      if (read.certificates.empty()) {
        entry.Note(found.path, {"kinds.secure_boot.no_certificate", {}});
      }
      for (CertificateData& certificate : read.certificates)
        all.push_back({found.path, std::move(certificate)});
      return true;
    };
    // Where nothing is shipped there is nothing to compare: the document says so.
    static_cast<void>(os::Glob(context.host, pattern, {.deadline = context.deadline}, each));
  }
  return all;
}

// Whether every key that is enrolled could be seen.
bool AllSeen(const std::vector<Store>& stores) {
  bool any = false;
  for (const Store& store : stores) {
    any = any || store.state == "present";
    if (store.state == "denied" || store.state == "damaged") return false;
  }
  return any;
}

struct Comparison {
  Json rows{Json::Array()};
  std::string state;  // enrolled, expired, missing, unknown, none
  uint64_t enrolled = 0;
};

Comparison Compare(const std::vector<Wanted>& all, const std::vector<Store>& stores,
                   base::Timestamp now) {
  Comparison result;
  uint64_t valid = 0;
  const bool seen = AllSeen(stores);
  for (const Wanted& wanted : all) {
    Json in{Json::Array()};
    for (const Store& store : stores) {
      const bool has = std::any_of(
          store.certificates.begin(), store.certificates.end(),
          [&](const auto& certificate) { return certificate.sha256 == wanted.certificate.sha256; });
      if (has) in.Push(store.name);
    }
    const bool enrolled = !in.array()->empty();
    Json row = os::DescribeCertificate(wanted.certificate, now);
    const bool expired = wanted.certificate.not_after && *wanted.certificate.not_after < now;
    row.Set("path", wanted.path);
    row.Set("enrolled", enrolled || seen ? Json(enrolled) : Json());
    row.Set("stores", std::move(in));
    result.rows.Push(std::move(row));
    result.enrolled += enrolled ? 1 : 0;
    valid += enrolled && !expired ? 1 : 0;
  }
  if (all.empty()) {
    result.state = "none";
  } else if (valid > 0) {
    result.state = "enrolled";
  } else if (!seen) {
    result.state = "unknown";
  } else {
    result.state = result.enrolled > 0 ? "expired" : "missing";
  }
  return result;
}

Json Enrolled(const std::vector<Store>& stores, base::Timestamp now) {
  Json all{Json::Array()};
  for (const Store& store : stores) {
    for (const CertificateData& certificate : store.certificates) {
      Json row = os::DescribeCertificate(certificate, now);
      row.Set("store", store.name);
      all.Push(std::move(row));
    }
  }
  return all;
}

// --- the kernel's side: what it demands of modules, with EFI or without

Json KernelSide(const Context& context) {
  Json json;
  // "none [integrity] confidentiality": the one in brackets holds, kernel_lockdown(7).
  const auto lockdown = os::ReadFile(context.host, "/sys/kernel/security/lockdown", 256);
  Json mode;
  if (lockdown) {
    const size_t open = lockdown->find('[');
    const size_t close = lockdown->find(']', open);
    if (close != std::string::npos) mode = lockdown->substr(open + 1, close - open - 1);
  }
  json.Set("lockdown", std::move(mode));
  const auto enforce = os::ReadFile(context.host, "/sys/module/module/parameters/sig_enforce", 16);
  json.Set("module_signatures_enforced", enforce ? Json(os::Trim(*enforce) == "Y") : Json());
  return json;
}

Switch SecureBoot(const Context& context) {
  const bool live = context.host.Identity().is_running;
  if (!context.host.Stat(kFirmware, os::Links::kNever)) {
    const bool sees = live || context.host.Stat("/sys/firmware", os::Links::kNever).has_value();
    return {"unknown", sees ? "no_efi" : "not_running"};
  }
  Switch secure_boot = ReadSwitch(context, "SecureBoot", kGlobal);
  if (secure_boot.reason != "no_variable") return secure_boot;
  bool any = false;
  static_cast<void>(
      context.host.List(kVariables, os::Links::kNever, [&](std::string_view /*name*/) {
        any = true;
        return false;
      }));
  if (!any) secure_boot.reason = "not_mounted";
  return secure_boot;
}

// Where its owner switched shim's checks off (mokutil --disable-validation), it says 1;
// where not, mostly nothing.
std::string ShimValidation(const Context& context, const std::vector<Store>& stores) {
  const Switch off = ReadSwitch(context, "MokSBStateRT", kShim);
  if (off.state != "unknown") return off.state == "on" ? "off" : "on";
  const bool shim = std::any_of(stores.begin(), stores.end(), [](const Store& store) {
    return store.name == "MokListRT" && store.state == "present";
  });
  return shim && off.reason == "no_variable" ? "on" : "unknown";
}

Status Run(const Context& context, bundle::Entry& entry) {
  const base::Timestamp now = context.host.Now();
  const Switch secure_boot = SecureBoot(context);
  const std::vector<Store> stores{ReadDatabase(context), ReadOwnersList(context)};
  const std::vector<Wanted> wanted = ReadWanted(context, entry);
  Comparison compared = Compare(wanted, stores, now);

  Json json;
  json.Set("secure_boot", secure_boot.state);
  json.Set("reason", secure_boot.reason.empty() ? Json() : Json(secure_boot.reason));
  json.Set("setup_mode", ReadSwitch(context, "SetupMode", kGlobal).state);
  json.Set("shim_validation", ShimValidation(context, stores));
  json.Set("kernel", KernelSide(context));
  json.Set("wanted_state", compared.state);
  json.Set("wanted_count", uint64_t{wanted.size()});
  json.Set("wanted_enrolled_count", compared.enrolled);
  json.Set("wanted", std::move(compared.rows));
  Json rows{Json::Array()};
  for (const Store& store : stores)
    rows.Push(DescribeStore(store));
  json.Set("stores", std::move(rows));
  json.Set("enrolled", Enrolled(stores, now));
  ASSIGN_OR_RETURN(bundle::MemberWriter member, entry.Open({"secure_boot.json", {}, now}));
  RETURN_IF_ERROR(member.Document(json));
  return member.Close();
}

Status Foresee(const Context& context, Preview& preview) {
  for (const std::string& path :
       {VariablePath("SecureBoot", kGlobal), VariablePath("SetupMode", kGlobal),
        VariablePath("db", kDatabase), VariablePath("MokListRT", kShim)}) {
    if (auto info = context.host.Stat(path, os::Links::kNever)) {
      preview.steps.push_back({Preview::Act::kRead, path, info->size});
    }
  }
  if (!context.options.Has("certificates")) return {};
  for (const std::string& pattern : context.options.TextList("certificates")) {
    static_cast<void>(os::Glob(
        context.host, pattern, {.deadline = context.deadline}, [&](const os::Found& found) {
          preview.steps.push_back({Preview::Act::kRead, found.path, found.info.size});
          return preview.steps.size() < Preview::kMaxSteps;
        }));
  }
  preview.bytes = std::min<uint64_t>(16U << 10U, context.limits.max_bytes);
  return {};
}

}  // namespace

const Kind kSecureBootKind = {
    "secure_boot",
    kFields,
    {.timeout = std::chrono::seconds(15), .max_bytes = 512U << 10U, .max_files = 1},
    &Run,
    &Foresee,
};

}  // namespace casepack::kinds
