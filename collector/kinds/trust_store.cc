// trust_store: which of the wanted root certificates are in the host's own trust store, and
// until when they hold. Found by fingerprint or by subject in the bundles that the
// distributions keep; which roots are wanted and where bundles lie, the manifest says. One
// JSON document. Where no bundle can be read the answer is "unknown".
#include <algorithm>
#include <cctype>
#include <map>
#include <optional>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include "collector/kinds/kind.h"
#include "collector/os/certificate.h"
#include "collector/os/glob.h"
#include "collector/os/read.h"

namespace casepack::kinds {

extern const Kind kTrustStoreKind;

namespace {

using base::Code;
using base::Json;
using base::Status;
using manifest::FieldType;
using manifest::Presence;
using os::CertificateData;

constexpr manifest::Field kFields[] = {
    {"stores", FieldType::kTextList, Presence::kRequired},
    {"wanted", FieldType::kTextList, Presence::kOptional},
    {"unverified_wanted", FieldType::kTextList, Presence::kOptional},
    {"soon", FieldType::kDuration, Presence::kOptional, "720h"},
};

constexpr size_t kMaxBundle = 8U << 20U;
constexpr size_t kMaxBundles = 50;

// One root that should be there: "name = fingerprint" or "name = a part of its subject".
struct Root {
  std::string name;
  std::string value;  // lower-case hex without colons, or the text of a subject
  bool verified = true;
};

bool IsFingerprint(std::string_view text) {
  return (text.size() == 40 || text.size() == 64) &&
         text.find_first_not_of("0123456789abcdef") == std::string_view::npos;
}

Root ParseRoot(std::string_view text, bool verified) {
  Root root;
  root.verified = verified;
  const size_t equals = std::min(text.find('='), text.size());
  root.name = os::Trim(text.substr(0, equals));
  const std::string_view value =
      equals < text.size() ? os::Trim(text.substr(equals + 1)) : root.name;
  std::string hex;
  for (const char c : value) {
    if (c != ':') hex += static_cast<char>(std::tolower(static_cast<unsigned char>(c)));
  }
  root.value = IsFingerprint(hex) ? hex : std::string(value);
  return root;
}

std::vector<Root> WantedRoots(const Context& context) {
  std::vector<Root> roots;
  for (const char* option : {"wanted", "unverified_wanted"}) {
    if (!context.options.Has(option)) continue;
    for (const std::string& text : context.options.TextList(option))
      roots.push_back(ParseRoot(text, std::string_view(option) == "wanted"));
  }
  return roots;
}

// Whole parts of a subject in RFC 2253's form: of "CN=A,O=B" both, but not "CN=A" in
// "CN=A B".
bool HasPart(std::string_view subject, std::string_view part) {
  for (size_t at = subject.find(part); at != std::string_view::npos;
       at = subject.find(part, at + 1)) {
    const size_t end = at + part.size();
    const bool begins = at == 0 || subject[at - 1] == ',';
    const bool ends = end == subject.size() || subject[end] == ',';
    if (begins && ends) return true;
  }
  return false;
}

bool Matches(const Root& root, const CertificateData& certificate) {
  if (root.value.empty()) return false;
  if (!IsFingerprint(root.value)) return HasPart(certificate.subject, root.value);
  return certificate.sha256 == root.value || certificate.sha1 == root.value;
}

// "present", or why it does not help.
const char* StateOf(const CertificateData& certificate, base::Timestamp now, base::Duration soon) {
  if (certificate.not_after && *certificate.not_after < now) return "expired";
  if (certificate.not_before && *certificate.not_before > now) return "not_yet_valid";
  // Compared as spans: a time far away plus a span might not be one any more.
  if (certificate.not_after && *certificate.not_after - now < soon) return "expires_soon";
  return "present";
}

// The stores together, each certificate once.
class Roots {
 public:
  void Read(const Context& context, bundle::Entry& entry) {
    for (const std::string& pattern : context.options.TextList("stores")) {
      static_cast<void>(os::Glob(
          context.host, pattern, {.deadline = context.deadline}, [&](const os::Found& found) {
            ReadOne(context, found.path, entry);
            return stores_.array()->size() < kMaxBundles && !context.deadline.Expired();
          }));
    }
  }

  [[nodiscard]] bool any() const { return read_ > 0; }
  [[nodiscard]] size_t size() const { return certificates_.size(); }
  Json TakeStores() { return std::move(stores_); }

  // The best of those that match: one that holds before one that does not.
  [[nodiscard]] const CertificateData* Find(const Root& root, base::Timestamp now) const {
    const CertificateData* best = nullptr;
    for (const auto& [fingerprint, certificate] : certificates_) {
      if (!Matches(root, certificate)) continue;
      const bool better = best == nullptr || best->not_after < certificate.not_after;
      if (better) best = &certificate;
      if (std::string_view(StateOf(certificate, now, {})) == "present") return &certificate;
    }
    return best;
  }

 private:
  void ReadOne(const Context& context, const std::string& path, bundle::Entry& entry) {
    Json row;
    row.Set("path", path);
    const auto text = os::ReadFile(context.host, path, kMaxBundle);
    if (!text) {
      entry.Note(path, text.error());
      row.Set("readable", false);
      stores_.Push(std::move(row));
      return;
    }
    entry.CountRead(text->size());
    os::PemCertificates read = os::CertificatesOf(*text);
    const base::Timestamp now = context.host.Now();
    const auto expired = std::count_if(
        read.certificates.begin(), read.certificates.end(),
        [&](const CertificateData& one) { return one.not_after && *one.not_after < now; });
    row.Set("readable", true);
    row.Set("bytes", uint64_t{text->size()});
    row.Set("certificates", uint64_t{read.certificates.size()});
    row.Set("expired", int64_t{expired});
    row.Set("damaged", uint64_t{read.damaged});
    // An empty bundle is no store in which a root could be missing.
    if (!read.certificates.empty()) ++read_;
    for (CertificateData& certificate : read.certificates)
      certificates_.try_emplace(certificate.sha256, std::move(certificate));
    stores_.Push(std::move(row));
  }

  std::map<std::string, CertificateData> certificates_;  // by SHA-256
  Json stores_{Json::Array()};
  size_t read_ = 0;
};

struct Answer {
  Json rows{Json::Array()};
  Json missing{Json::Array()};
  uint64_t present = 0;
  uint64_t expired = 0;
  uint64_t soon = 0;
};

Answer Look(const Context& context, const std::vector<Root>& wanted, const Roots& roots) {
  Answer answer;
  const base::Timestamp now = context.host.Now();
  for (const Root& root : wanted) {
    Json row;
    row.Set("name", root.name);
    row.Set("verified", root.verified);
    const CertificateData* found = roots.Find(root, now);
    std::string state = roots.any() ? "missing" : "unknown";
    if (found != nullptr) {
      state = StateOf(*found, now, context.options.Duration("soon"));
      const Json described = os::DescribeCertificate(*found, now);
      for (const Json::Member& member : *described.object())
        row.Set(member.name, member.value);
    }
    answer.present += state == "present" || state == "expires_soon" ? 1 : 0;
    answer.expired += state == "expired" ? 1 : 0;
    answer.soon += state == "expires_soon" ? 1 : 0;
    if (state == "missing") answer.missing.Push(root.name);
    row.Set("state", state);
    answer.rows.Push(std::move(row));
  }
  return answer;
}

std::string Summary(const Answer& answer, size_t wanted, const Roots& roots) {
  if (!roots.any()) return "unknown";
  if (wanted == 0) return "none_wanted";
  return answer.present == wanted ? "complete" : "incomplete";
}

Status Run(const Context& context, bundle::Entry& entry) {
  const std::vector<Root> wanted = WantedRoots(context);
  Roots roots;
  roots.Read(context, entry);
  Answer answer = Look(context, wanted, roots);
  Json json;
  json.Set("state", Summary(answer, wanted.size(), roots));
  json.Set("certificates", uint64_t{roots.size()});
  json.Set("wanted_count", uint64_t{wanted.size()});
  // Of a store that could not be read nothing is known, and none missing least of all.
  const auto count = [&](uint64_t number) { return roots.any() ? Json(number) : Json(); };
  json.Set("present_count", count(answer.present));
  json.Set("missing_count", count(answer.missing.array()->size()));
  json.Set("expired_count", count(answer.expired));
  json.Set("expires_soon_count", count(answer.soon));
  json.Set("missing", std::move(answer.missing));
  json.Set("wanted", std::move(answer.rows));
  json.Set("stores", roots.TakeStores());
  ASSIGN_OR_RETURN(bundle::MemberWriter member,
                   entry.Open({"trust_store.json", {}, context.host.Now()}));
  RETURN_IF_ERROR(member.Document(json));
  return member.Close();
}

Status Foresee(const Context& context, Preview& preview) {
  for (const std::string& pattern : context.options.TextList("stores")) {
    static_cast<void>(os::Glob(
        context.host, pattern, {.deadline = context.deadline}, [&](const os::Found& found) {
          preview.steps.push_back({Preview::Act::kRead, found.path, found.info.size});
          return preview.steps.size() < kMaxBundles;
        }));
  }
  preview.bytes = std::min<uint64_t>(16U << 10U, context.limits.max_bytes);
  return {};
}

}  // namespace

const Kind kTrustStoreKind = {
    "trust_store",
    kFields,
    {.timeout = std::chrono::seconds(20), .max_bytes = 512U << 10U, .max_files = 1},
    &Run,
    &Foresee,
};

}  // namespace casepack::kinds
