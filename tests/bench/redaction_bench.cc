// What redaction costs beside what comes after it, on the same bytes in the same run:
// memcpy, zstd -3, libdeflate -6, gzip -6. MB/s of the input, one thread. "best", "sse2" and
// "portable" name the mask scanner alone; for all of a lesser processor's ways, build with
// -DCASEPACK_VECTOR_BITS=256 or 128 and take "best".
#include <benchmark/benchmark.h>
#include <libdeflate.h>
#include <zlib.h>
#include <zstd.h>

#include <cstring>
#include <string>
#include <vector>

#include "redaction/processor.h"
#include "redaction/stream.h"
#include "tests/redaction/corpus.h"
#include "tests/support/engine.h"

namespace {

using namespace casepack;
using redaction::testing::Corpus;
using redaction::testing::CorpusOptions;
using redaction::testing::MakeCorpus;

constexpr size_t kBytes = size_t{64} << 20;
constexpr size_t kPiece = size_t{256} * 1024;

// Dense: one line of seven carries a secret, two a KB, and nearly half of the lines an
// identifier; 13 replacements a KB when those are renamed, too.
const std::string& Dense() {
  static const std::string text = MakeCorpus({1, kBytes, 150, 450}).text;
  return text;
}
// Sparse: a secret in some 14,000 lines of a MiB.
const std::string& Sparse() {
  static const std::string text = [] {
    std::string all;
    for (uint64_t part = 0; all.size() < kBytes; ++part) {
      all += MakeCorpus({2 * part, size_t{1} << 20, 0, 0}).text;
      all += MakeCorpus({2 * part + 1, 1, 1000, 0}).text;
    }
    return all;
  }();
  return text;
}

redaction::EnginePtr Renaming() {
  redaction::EngineOptions options;
  options.pseudonymize = {true, true, true, true, true, true};
  options.known = redaction::testing::CorpusNames();
  return tests::EngineWith(std::move(options));
}

void Redact(benchmark::State& state, const std::string& text, const redaction::EnginePtr& engine,
            redaction::FindTriggers find) {
  uint64_t replaced = 0;
  for (auto _ : state) {
    size_t out = 0;
    redaction::Stream stream(
        engine, [&](std::string_view part) { out += part.size(); }, find);
    for (size_t i = 0; i < text.size(); i += kPiece)
      stream.Feed(std::string_view(text).substr(i, kPiece));
    stream.Finish();
    benchmark::DoNotOptimize(out);
    replaced = 0;
    for (const auto& [rule, count] : stream.counts())
      replaced += count;
  }
  state.SetBytesProcessed(static_cast<int64_t>(state.iterations() * text.size()));
  state.counters["replaced/KB"] =
      static_cast<double>(replaced) * 1024 / static_cast<double>(text.size());
}

void Secrets(benchmark::State& state, const std::string& text, redaction::FindTriggers find) {
  Redact(state, text, tests::TestEngine(), find);
}
void Everything(benchmark::State& state, const std::string& text, redaction::FindTriggers find) {
  Redact(state, text, Renaming(), find);
}

void Triggers(benchmark::State& state, redaction::FindTriggers find) {
  const std::string& text = Dense();
  constexpr size_t kBatch = 64 * redaction::kMostBlocks;
  redaction::TriggerBlocks blocks;
  const char before[redaction::kTriggerContext] = {};
  for (auto _ : state) {
    for (size_t i = 0; i + kBatch <= text.size(); i += kBatch) {
      find(text.data() + i, kBatch, before, &blocks);
      benchmark::ClobberMemory();
    }
  }
  state.SetBytesProcessed(static_cast<int64_t>(state.iterations() * text.size()));
}

void Memcpy(benchmark::State& state, const std::string& text) {
  std::string to(text.size(), '\0');
  for (auto _ : state) {
    std::memcpy(to.data(), text.data(), text.size());
    benchmark::ClobberMemory();
  }
  state.SetBytesProcessed(static_cast<int64_t>(state.iterations() * text.size()));
}

void Zstd(benchmark::State& state, const std::string& text) {
  std::string to(ZSTD_compressBound(text.size()), '\0');
  for (auto _ : state)
    benchmark::DoNotOptimize(ZSTD_compress(to.data(), to.size(), text.data(), text.size(), 3));
  state.SetBytesProcessed(static_cast<int64_t>(state.iterations() * text.size()));
}

void Libdeflate(benchmark::State& state, const std::string& text) {
  libdeflate_compressor* compressor = libdeflate_alloc_compressor(6);
  std::string to(libdeflate_gzip_compress_bound(compressor, text.size()), '\0');
  for (auto _ : state) {
    benchmark::DoNotOptimize(
        libdeflate_gzip_compress(compressor, text.data(), text.size(), to.data(), to.size()));
  }
  libdeflate_free_compressor(compressor);
  state.SetBytesProcessed(static_cast<int64_t>(state.iterations() * text.size()));
}

void Gzip(benchmark::State& state, const std::string& text) {
  std::string to(compressBound(text.size()), '\0');
  for (auto _ : state) {
    uLongf size = to.size();
    compress2(reinterpret_cast<Bytef*>(to.data()), &size,
              reinterpret_cast<const Bytef*>(text.data()), text.size(), 6);
    benchmark::DoNotOptimize(size);
  }
  state.SetBytesProcessed(static_cast<int64_t>(state.iterations() * text.size()));
}

void Register(const char* name, const std::string& (*text)()) {
  const auto add = [&](const std::string& what, auto function, auto... more) {
    benchmark::RegisterBenchmark((std::string(name) + "/" + what).c_str(),
                                 [=](benchmark::State& state) { function(state, text(), more...); })
        ->Unit(benchmark::kMillisecond)
        ->UseRealTime();
  };
  const std::pair<const char*, redaction::FindTriggers> kScanners[] = {
      {"best", redaction::BestTriggers()},
      {"sse2", redaction::FindTriggersSse2},
      {"portable", redaction::FindTriggersPortable}};
  for (const auto& [scanner, find] : kScanners) {
    add(std::string("secrets/") + scanner, Secrets, find);
    add(std::string("everything/") + scanner, Everything, find);
  }
  add("memcpy", Memcpy);
  add("zstd-3", Zstd);
  add("libdeflate-6", Libdeflate);
  add("gzip-6", Gzip);
}

}  // namespace

int main(int argc, char** argv) {
  Register("dense", Dense);
  Register("sparse", Sparse);
  benchmark::RegisterBenchmark("triggers/best",
                               [](auto& s) { Triggers(s, redaction::BestTriggers()); });
  if (redaction::HasAvx2()) {
    benchmark::RegisterBenchmark("triggers/avx2",
                                 [](auto& s) { Triggers(s, redaction::FindTriggersAvx2); });
  }
  benchmark::RegisterBenchmark("triggers/sse2",
                               [](auto& s) { Triggers(s, redaction::FindTriggersSse2); });
  benchmark::Initialize(&argc, argv);
  benchmark::RunSpecifiedBenchmarks();
  return 0;
}
