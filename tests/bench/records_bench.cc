// How fast lines and their times are read, beside memchr over the same text.
#include <benchmark/benchmark.h>

#include <cstring>
#include <string>

#include "collector/records/cutter.h"

namespace casepack::records {
namespace {

const base::Timestamp kStart = *base::ParseUtc("2026-11-22T00:00:00Z");

std::string Log(const char* form) {
  std::string text;
  for (int i = 0; text.size() < (16U << 20U); ++i) {
    const std::string iso = base::FormatUtc(kStart + std::chrono::seconds(i / 5));
    if (std::string(form) == "rfc3164") {
      text += "Nov 22 " + iso.substr(11, 8);
    } else if (std::string(form) == "ds_agent") {
      text += iso.substr(0, 10) + " " + iso.substr(11, 8) + ".505346 [+0100]:";
    } else {
      text += iso;
    }
    text += " host app[1234]: GET /item/42 from 192.0.2.7 took 31 ms, and more of it\n";
  }
  return text;
}

void Cut(benchmark::State& state, const char* form) {
  const std::string text = Log(form);
  const Zone zone = *Zone::FromPosix("CET-1CEST,M3.5.0,M10.5.0/3");
  const Span span{kStart, kStart + std::chrono::minutes(5)};
  for (auto _ : state) {
    FormatSet formats;
    formats.Learn(std::string_view(text).substr(0, 32768), base::Timestamp::max());
    uint64_t kept = 0;
    Cutter cutter(Encoding::kBytes, formats, Timeline(zone, kStart), span,
                  [&](std::string_view bytes) {
                    kept += bytes.size();
                    return base::Status();
                  });
    for (size_t at = 0; at < text.size(); at += 262144)
      (void)cutter.Feed(std::string_view(text).substr(at, 262144));
    (void)cutter.Finish();
    benchmark::DoNotOptimize(kept);
  }
  state.SetBytesProcessed(static_cast<int64_t>(state.iterations() * text.size()));
}

void Memchr(benchmark::State& state) {
  const std::string text = Log("iso8601");
  for (auto _ : state) {
    size_t lines = 0;
    const char* at = text.data();
    const char* const end = at + text.size();
    while ((at = static_cast<const char*>(std::memchr(at, '\n', static_cast<size_t>(end - at)))) !=
           nullptr) {
      ++lines;
      ++at;
    }
    benchmark::DoNotOptimize(lines);
  }
  state.SetBytesProcessed(static_cast<int64_t>(state.iterations() * text.size()));
}

BENCHMARK(Memchr);
BENCHMARK_CAPTURE(Cut, iso8601, "iso8601");
BENCHMARK_CAPTURE(Cut, ds_agent, "ds_agent");
BENCHMARK_CAPTURE(Cut, rfc3164, "rfc3164");

}  // namespace
}  // namespace casepack::records

BENCHMARK_MAIN();
