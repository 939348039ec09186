#include "collector/records/time_format.h"

namespace casepack::records {
namespace {

// Marks as in deep-security.md; each with a line that it is for.
constexpr TimeFormat kFormats[] = {
    // RFC 3339 and ISO 8601, ds_agent.log with and without its offset, ds_am.log, CBS and
    // setupact, log4j, dpkg, dmesg --time-format iso:
    // 2025-07-26 14:34:47.505346 [+0100]: [Cmd/5] | Received command GetEvents
    {"iso8601", "%[%Y-%m-%d%T%H:%M%s%f%z"},
    // <165>1 2003-10-11T22:14:15.003Z host app (RFC 5424)
    {"rfc5424", "%<%Y-%m-%dT%H:%M:%S%f%z"},
    // Oct 11 22:14:15 host su: (RFC 3164)
    {"rfc3164", "%<%b %d %H:%M:%S%f"},
    // 2025/05/03 06:47:22:746 +0000 [11038:...] (ds_am-icrc.log), AMSP's install log, nginx
    {"slashes", "%[%Y/%m/%d%T%H:%M%s%f%p%z"},
    // 20211130T103145Z, ISO 8601's basic format
    {"iso8601_basic", "%[%DT%h%f%z"},
    // 192.0.2.1 - - [10/Oct/2000:13:55:36 -0700] "GET /" (Apache's and nginx's access log)
    {"access_log", "%>%d/%b/%Y:%H:%M:%S%f%z"},
    // [Wed Oct 11 14:32:52.123456 2000] (Apache's error log, ctime)
    {"ctime", "%[%a %b %d %H:%M:%S%f %Y"},
    {"ctime_zone", "%[%a %b %d %H:%M:%S%z %Y"},
    // Nov 22, 2026 1:02:03 PM com.example.Main run (java.util.logging); with and without AM
    // and PM in what a Deep Security Manager exports
    {"java_util", "%[%b %d, %Y %H:%M%s%f%p%z"},
    {"java_util_comma", "%[%b %d, %Y, %H:%M%s%f%p%z"},
    // 22-Nov-2026 10:02:03.123 INFO [main] (Tomcat), 22 Nov 2026 10:02:03,123 (log4j)
    {"day_month_dash", "%[%d-%b-%Y %H:%M:%S%f%z"},
    {"day_month", "%[%d %b %Y %H:%M:%S%f%z"},
    {"rfc5322", "%[%a, %d %b %Y %H:%M%s%f%z"},
    // 11月 22, 2026 1:02:03 午後 com.example.Main run (java.util.logging in Japanese), 11 22,
    // 2026 1:02:03 午後 (the same before Java 9), 22-11月-2026 10:02:03.123 (Tomcat)
    {"java_util_japanese", "%[%m%2%d, %Y %H:%M%s%f%p%z"},
    {"java_util_number", "%[%m %d, %Y %H:%M:%S%f%p%z"},
    {"day_month_japanese", "%[%d-%m%2-%Y %H:%M:%S%f%z"},
    // 2021年6月30日 10:51:05, 2021年 6月 30日 水曜日 10:51:05 JST (date), 2021年6月30日(水)
    // 午後1:02
    {"japanese", "%[%Y%1%m%2%d%3%p%H:%M%s%f%p%z"},
    // 2021年6月30日 10時51分05秒
    {"japanese_long", "%[%Y%1%m%2%d%3%p%H%4%5%6"},
    // 22.11.2026 10:02:03
    {"dots", "%[%d.%m.%Y %H:%M:%S%f"},
    // 21/06/30 10:51 (in Deep Security's events), 06/30/2021 10:51:05 AM
    {"short_slashes", "%[%y/%m/%d %H:%M%s%f"},
    {"american", "%[%m/%d/%Y %H:%M%s%f%p"},
    // 211130 10:31:45 (MySQL)
    {"short_basic", "%[%y%m%d %H:%M:%S%f"},
    // {"time": "2026-11-22T10:02:03Z", ...}, {"ts": 1700000000.123, ...}
    {"json", "%k%Y-%m-%d%T%H:%M:%S%f%z"},
    {"json_epoch", "%k%E"},
    // type=SYSCALL msg=audit(1364481363.243:24287): (auditd)
    {"audit", "type=%(%E"},
    // 1700000000.123456 host kernel: and milliseconds, microseconds, nanoseconds
    {"epoch", "%[%E"},
    // INFO  2026-11-22 10:02:03,123 [main]; Start-Date: 2026-11-22  10:02:03 (apt)
    {"level_first", "%w%Y-%m-%d%T%H:%M:%S%f%z"},
};

}  // namespace

std::span<const TimeFormat> TimeFormats() { return kFormats; }

const TimeFormat* FindTimeFormat(std::string_view name) {
  for (const TimeFormat& format : kFormats) {
    if (format.name == name) return &format;
  }
  return nullptr;
}

std::optional<Dated> DateOfLine(std::string_view line) {
  for (const TimeFormat& format : kFormats) {
    if (const auto stamp = ReadStamp(format.layout, line)) return Dated{*stamp, &format};
  }
  return std::nullopt;
}

std::optional<Dated> DateOfField(std::string_view field) {
  for (const TimeFormat& format : kFormats) {
    const auto stamp = ReadStamp(format.layout, field);
    if (stamp && stamp->end == field.size()) return Dated{*stamp, &format};
  }
  return std::nullopt;
}

}  // namespace casepack::records
