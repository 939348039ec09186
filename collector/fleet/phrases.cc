#include "collector/fleet/phrases.h"

#include <fmt/format.h>

#include <array>
#include <cmath>

#include "collector/base/utf8.h"

namespace casepack::fleet {

using report::Language;
using report::Words;

namespace {

std::string Number(uint64_t number) { return fmt::to_string(number); }

}  // namespace

std::string Joined(const std::vector<std::string>& texts) {
  std::string out;
  for (const std::string& text : texts)
    out += (out.empty() ? "" : ", ") + text;
  return out;
}

std::string ReadingText(Reading reading, const Words& words, Language language) {
  static constexpr std::array<const char*, kReadings> kKeys{
      "fleet.reading.read",    "fleet.reading.missing", "fleet.reading.denied",
      "fleet.reading.foreign", "fleet.reading.broken",  "fleet.reading.encrypted",
      "fleet.reading.newer",   "fleet.reading.failed",  "fleet.reading.duplicate",
      "fleet.reading.older"};
  return words.Text(language, kKeys.at(static_cast<size_t>(reading)));
}

std::string DimensionText(const std::string& by, const Words& words, Language language) {
  static constexpr std::array<std::pair<std::string_view, const char*>, 10> kNames{{
      {"version", "fleet.by.version"},
      {"build", "fleet.by.build"},
      {"os", "fleet.by.os"},
      {"kernel", "fleet.by.kernel"},
      {"relay", "fleet.by.relay"},
      {"manager", "fleet.by.manager"},
      {"role", "fleet.by.role"},
      {"site", "fleet.by.site"},
      {"casepack", "fleet.by.casepack"},
      {"cause", "fleet.by.cause"},
  }};
  for (const auto& [name, key] : kNames) {
    if (name == by) return words.Text(language, key);
  }
  return base::Visible(by);
}

std::string WhyNone(const Report& report, const Words& words, Language language) {
  const Separators& separators = report.separators;
  const auto say = [&](const base::Message& message) { return words.Render(language, message); };
  switch (separators.why) {
    case Separators::Why::kNoAffected:
      return say({"fleet.text.no_affected", {{"states", Joined(report.states.affected)}}});
    case Separators::Why::kNoHealthy:
      return say({"fleet.text.no_healthy", {{"states", Joined(report.states.healthy)}}});
    case Separators::Why::kTooFew:
      return say(
          {"fleet.text.too_few",
           {{"affected", Number(separators.affected)}, {"healthy", Number(separators.healthy)}}});
    default:
      return say({"fleet.text.no_separator", {{"count", Number(separators.tests)}}});
  }
}

std::string FormatLogP(double log_p) {
  const double log10 = log_p / std::log(10.0);
  if (log10 > -4) return fmt::format("{:.2g}", std::exp(log_p));
  double exponent = std::floor(log10);
  double digit = std::round(std::pow(10.0, log10 - exponent));
  if (digit >= 10) {
    digit = 1;
    exponent += 1;
  }
  return fmt::format("{:.0f}e{:.0f}", digit, exponent);
}

std::string Sentence(const Table& table, const Separator& separator, const Words& words,
                     Language language) {
  std::string traits;
  for (const Trait& trait : separator.traits) {
    if (!traits.empty()) traits += words.Text(language, "fleet.text.and");
    traits += base::Visible(TextOf(table, trait));
  }
  const Split& split = separator.split;
  return words.Render(language, {"fleet.text.sentence",
                                 {{"with", Number(split.affected_with)},
                                  {"affected", Number(split.affected())},
                                  {"facts", traits},
                                  {"healthy_with", Number(split.healthy_with)},
                                  {"healthy", Number(split.healthy())}}});
}

}  // namespace casepack::fleet
