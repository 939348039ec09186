#include "redaction/quick_look.h"

#include <gtest/gtest.h>

#include <array>
#include <string>
#include <vector>

#include "redaction/finder.h"
#include "redaction/rule_check.h"
#include "redaction/ruleset.h"
#include "tests/redaction/corpus.h"
#include "tests/redaction/mixed_text.h"

namespace casepack::redaction {
namespace {

// Where the finder finds something (or changes its mind about the line), the quick look
// must have said yes. Asked at every trigger, in the order of the scanner.
class Comparison {
 public:
  explicit Comparison(const EnginePtr& engine) : engine_(engine), quick_(Finder(*engine).Quick()) {}

  // False at the first mistake, which is told.
  bool Check(const std::string& text) {
    // Readable on both sides, and not of another colour than the text.
    const std::string all =
        std::string(QuickLook::kBehind, '\n') + text + std::string(QuickLook::kAhead + 64, '\n');
    const size_t begin = QuickLook::kBehind;
    const size_t end = begin + text.size();
    const std::string before(kTriggerContext, '\0');
    TriggerBlocks blocks;
    Finder finder(*engine_);
    View view{all, 0, 0, true};
    for (size_t at = begin; at < end; ++at) {
      const size_t from = at / 64 * 64;
      if (at == begin || at == from) {
        const char* context = from == 0 ? before.data() : all.data() + from - kTriggerContext;
        FindTriggersPortable(all.data() + from, std::min<size_t>(64, end - from), context, &blocks);
      }
      if (((blocks.words[0] | blocks.others[0]) >> (at % 64) & 1) == 0) continue;
      const QuickLook::Line line = finder.line();
      uint64_t fresh = 0;
      uint64_t always = 0;
      Standing standing;
      quick_.Worthwhile(all.data() + from, blocks, 1, {&fresh, &always, &standing, 0});
      const uint64_t worthwhile = line.named || line.command ? always : fresh;
      const bool may = (worthwhile >> (at % 64) & 1) != 0 && quick_.MayFind(all.data() + at, line);
      size_t floor = view.floor;
      std::vector<Match> found;
      finder.At(view, at, &floor, &found);
      ++asked_;
      yes_ += may ? 1 : 0;
      const QuickLook::Line after = finder.line();
      const bool matters = !found.empty() || floor != view.floor || after.named != line.named ||
                           after.command != line.command;
      if (matters && !may) {
        ADD_FAILURE() << "no at " << at - begin << " (`" << all.substr(at, 20) << "`), found "
                      << (found.empty() ? "a change of the line" : found[0].id) << " in\n"
                      << text;
        return false;
      }
    }
    return true;
  }

  [[nodiscard]] double ShareOfYes() const {
    return static_cast<double>(yes_) / static_cast<double>(asked_);
  }

 private:
  EnginePtr engine_;
  QuickLook quick_;
  uint64_t asked_ = 0;
  uint64_t yes_ = 0;
};

TEST(QuickLook, NeverNoWhereSomethingIsFoundInGeneratedTexts) {
  for (const EnginePtr& engine : {testing::RenamingEngine(), casepack::tests::TestEngine()}) {
    Comparison comparison(engine);
    for (uint64_t seed = 0; seed < 3000; ++seed) {
      ASSERT_TRUE(comparison.Check(testing::MixedText(seed, 40))) << seed;
      ASSERT_TRUE(comparison.Check(testing::Generator(seed).Text(20))) << seed;
    }
  }
}

TEST(QuickLook, NeverNoWhereSomethingIsFoundInExamples) {
  for (const EnginePtr& engine : {testing::RenamingEngine(), casepack::tests::TestEngine()}) {
    Comparison comparison(engine);
    for (const Rule& rule : engine->rules().rules()) {
      for (const std::string& example : rule.examples)
        comparison.Check("x " + ParseExample(example).text + "\n" + ParseExample(example).text);
    }
  }
}

TEST(QuickLook, NeverNoInTheCorpusAndMostlyThere) {
  testing::CorpusOptions options;
  options.bytes = 200'000;
  const testing::Corpus corpus = testing::MakeCorpus(options);
  EngineOptions renamed = testing::EverythingRenamed();
  renamed.known = testing::CorpusNames();
  Comparison with_names(casepack::tests::EngineWith(renamed));
  EXPECT_TRUE(with_names.Check(corpus.text));
  Comparison secrets(casepack::tests::TestEngine());
  EXPECT_TRUE(secrets.Check(corpus.text));
  // It is there to send nearly all away.
  EXPECT_LT(secrets.ShareOfYes(), 0.2);
}

// A word whose rules want other bytes behind it is not looked at.
TEST(QuickLook, WordsThatCannotGoOn) {
  const EnginePtr engine = casepack::tests::TestEngine();
  const QuickLook quick = Finder(*engine).Quick();
  const auto words = [&](std::string text) {
    text += std::string(64 - text.size() + QuickLook::kAhead, '\n');
    const std::string before(kTriggerContext, '\0');
    TriggerBlocks blocks;
    FindTriggersPortable(text.data(), 64, before.data(), &blocks);
    uint64_t fresh = 0;
    uint64_t always = 0;
    Standing standing;
    quick.Worthwhile(text.data(), blocks, 1, {&fresh, &always, &standing, 0});
    EXPECT_EQ(standing.hits()->size(), __builtin_popcountll(fresh)) << text;
    return fresh;
  };
  EXPECT_EQ(words("a ghp_0123456789abcdef0123"), uint64_t{1} << 2);
  EXPECT_EQ(words("a ghp_!123456789abcdef0123"), 0U);
  EXPECT_EQ(words("ghp_! ghp_0123456789abcdef0123 ghp_;"), uint64_t{1} << 6);
}

// Names of every length, blanks of every length before the separator.
TEST(QuickLook, LongNamesAndManyBlanks) {
  Comparison comparison(casepack::tests::TestEngine());
  for (const char* separator : {"=", ":", ": ", "%3D", "=>", "\":\"", "\\\":\\\""}) {
    for (size_t length = 0; length < 300; length += 3) {
      comparison.Check("x " + std::string(length, 'a') + "_password" + separator + "GEHEIM");
      comparison.Check("x password" + std::string(length, '_') + separator + "GEHEIM");
      comparison.Check("x password" + std::string(length * 3, ' ') + separator + "GEHEIM");
    }
  }
  for (size_t length = 0; length < 300; length += 3) {
    comparison.Check("<" + std::string(length, 'a') + "Password>GEHEIM</x>");
    comparison.Check("<Password a=\"" + std::string(length, 'b') + "\">GEHEIM</Password>");
    comparison.Check("--" + std::string(length, 'a') + "-password GEHEIM");
    comparison.Check("\n" + std::string(length, ' ') + "bindpw GEHEIM");
  }
}

// Every kind of blank may stand before the word that begins a line.
TEST(QuickLook, LinesThatBeginWithBlanks) {
  Comparison comparison(casepack::tests::TestEngine());
  for (const char* blank : {"\xe3\x80\x80", "\xc2\xa0", "\xff\x81\xc0", "\t", " ", "\x1b[31m"}) {
    for (size_t count = 1; count < 40; ++count) {
      std::string blanks;
      for (size_t i = 0; i < count; ++i)
        blanks += blank;
      EXPECT_TRUE(comparison.Check("x\n" + blanks + "rootpw GEHEIM\n")) << count;
      EXPECT_TRUE(comparison.Check("x\n " + blanks + "rootpw GEHEIM\n")) << count;
    }
  }
}

}  // namespace
}  // namespace casepack::redaction
