#include <sys/inotify.h>
#include <unistd.h>

#include <memory>
#include <string>
#include <thread>
#include <utility>

#include "collector/base/json.h"
#include "tests/kinds/kind_fixture.h"
#include "tests/kinds/scripted_host.h"

namespace casepack {
namespace {

using bundle::Outcome;
using tests::List;
using tests::Span;

constexpr const char* kBoth =
    "nf_tables 311296 0 - Live 0x0000000000000000\n"
    "bmhook 45056 0 - Live 0x0000000000000000 (OE)\n"
    "tmhook 98304 2 bmhook,dsa_filter, Live 0x0000000000000000 (OEK)\n";
constexpr const char* kNeither = "nf_tables 311296 0 - Live 0x0000000000000000\n";

struct KernelModulesKind : tests::KindTest {
  base::Json Look(const tests::OptionList& more = {}) {
    tests::OptionList options{{"modules", List({"tmhook", "bmhook"})},
                              {"optional_modules", List({"gsch"})},
                              {"files", List({"/opt/agent/*/*.ko*"})},
                              {"look_again", Span(std::chrono::milliseconds(120))}};
    options.insert(options.end(), more.begin(), more.end());
    got_ = Collect("kernel_modules", options);
    auto json = base::ParseJson(got_.members["kernel_modules.json"]);
    EXPECT_TRUE(json) << got_.members["kernel_modules.json"];
    return json ? *json : base::Json();
  }
  // A tree that passes for the running machine.
  void Live() {
    wrap_host_ = [this](std::unique_ptr<os::Host> host) {
      return std::make_unique<tests::ScriptedHost>(std::move(host), tests::ScriptedHost::Scripts(),
                                                   &runs_);
    };
  }
  static const base::Json& At(const base::Json& json, std::initializer_list<const char*> path) {
    static const base::Json kNone;
    const base::Json* at = &json;
    for (const char* name : path) {
      at = at->Find(name);
      EXPECT_NE(at, nullptr) << name;
      if (at == nullptr) return kNone;
    }
    return *at;
  }
  static bool Yes(const base::Json& value) {
    return value.boolean() != nullptr && *value.boolean();
  }
  static bool No(const base::Json& value) {
    return value.boolean() != nullptr && !*value.boolean();
  }

  tests::Collected got_;
  tests::ScriptedHost::Runs runs_;
};

TEST_F(KernelModulesKind, TellsOfLoadedModules) {
  tree_.Write("proc/modules", kBoth);
  tree_.Write("sys/module/tmhook/version", "1.2.2129\n");
  tree_.Write("sys/module/tmhook/srcversion", "ABC\n");
  tree_.Write("sys/kernel/livepatch/tmhook/enabled", "1\n");
  tree_.Write("sys/kernel/livepatch/tmhook/transition", "0\n");
  Live();
  const base::Json json = Look();
  EXPECT_EQ(got_.row.outcome, Outcome::kOk);
  EXPECT_EQ(json.IntegerOr("looks", -1), 1) << "both are there: no reason to look again";
  EXPECT_EQ(json.IntegerOr("wanted_loaded_count", -1), 2);
  const base::Json& tmhook = At(json, {"modules", "tmhook"});
  EXPECT_TRUE(Yes(At(tmhook, {"loaded"})));
  EXPECT_EQ(tmhook.StringOr("state", ""), "live");
  EXPECT_EQ(tmhook.IntegerOr("refcount", -1), 2);
  EXPECT_EQ(tmhook.StringOr("version", ""), "1.2.2129");
  EXPECT_EQ(tmhook.StringOr("taints", ""), "OEK");
  EXPECT_EQ(At(tmhook, {"used_by"}).array()->size(), 2U);
  EXPECT_TRUE(Yes(At(tmhook, {"livepatch"})));
  EXPECT_TRUE(Yes(At(tmhook, {"livepatch_enabled"})));
  EXPECT_TRUE(No(At(tmhook, {"livepatch_transition"})));
  EXPECT_TRUE(No(At(json, {"modules", "bmhook", "livepatch"})));
  EXPECT_TRUE(At(json, {"modules", "bmhook", "version"}).is_null());
  EXPECT_TRUE(No(At(json, {"modules", "gsch", "loaded"})));
  EXPECT_TRUE(No(At(json, {"modules", "gsch", "wanted"})));
}

TEST_F(KernelModulesKind, LooksAgainWhenOneIsMissing) {
  tree_.Write("proc/modules", kNeither);
  Live();
  // It changes as soon as it was read once.
  const int watch = inotify_init1(IN_CLOEXEC);
  ASSERT_GE(inotify_add_watch(watch, tree_.Path("proc/modules").c_str(), IN_CLOSE_NOWRITE), 0);
  std::thread reloads([&] {
    alignas(inotify_event) char event[4096];
    EXPECT_GT(read(watch, event, sizeof event), 0);
    tree_.Write("proc/modules", kBoth);
  });
  const base::Json json = Look({{"look_again", Span(std::chrono::milliseconds(900))}});
  reloads.join();
  close(watch);
  EXPECT_EQ(json.IntegerOr("looks", -1), 2);
  const base::Json& tmhook = At(json, {"modules", "tmhook"});
  EXPECT_TRUE(Yes(At(tmhook, {"loaded"})));
  EXPECT_TRUE(No(At(tmhook, {"loaded_first"})));
  EXPECT_TRUE(Yes(At(tmhook, {"loaded_second"})));
  EXPECT_GE(*At(json, {"seconds_between"}).number(), 0.9);
}

TEST_F(KernelModulesKind, MissingTwiceIsMissing) {
  tree_.Write("proc/modules", kNeither);
  Live();
  const base::Json json = Look();
  EXPECT_EQ(json.IntegerOr("looks", -1), 2);
  EXPECT_TRUE(No(At(json, {"modules", "tmhook", "loaded"})));
  EXPECT_TRUE(No(At(json, {"modules", "tmhook", "loaded_second"})));
  EXPECT_EQ(json.IntegerOr("wanted_loaded_count", -1), 0);
}

TEST_F(KernelModulesKind, ACopyOfProcIsLookedAtOnce) {
  tree_.Write("proc/modules", kNeither);
  const base::Json json = Look({{"look_again", Span(std::chrono::hours(1))}});
  EXPECT_EQ(json.IntegerOr("looks", -1), 1);
  EXPECT_TRUE(At(json, {"modules", "tmhook", "loaded_second"}).is_null());
}

TEST_F(KernelModulesKind, KeepsTheFirstLookWhenTimeIsUp) {
  tree_.Write("proc/modules", kNeither);
  Live();
  deadline_ = base::Deadline::After(std::chrono::seconds(3));
  const base::Json json = Look({{"look_again", Span(std::chrono::hours(1))}});
  EXPECT_EQ(got_.row.outcome, Outcome::kTimedOut);
  EXPECT_EQ(json.IntegerOr("looks", -1), 1);
}

TEST_F(KernelModulesKind, AnImageKnowsNothingOfLoadedOnes) {
  const base::Json json = Look();
  EXPECT_EQ(json.IntegerOr("looks", -1), 0);
  EXPECT_TRUE(At(json, {"modules", "tmhook", "loaded"}).is_null());
  EXPECT_TRUE(At(json, {"wanted_loaded_count"}).is_null());
  EXPECT_TRUE(At(json, {"on_disk", "present_for_running_kernel"}).is_null());
}

TEST_F(KernelModulesKind, FindsTheFoldersOfKernels) {
  tree_.Write("proc/modules", kBoth);
  tree_.Write("proc/sys/kernel/osrelease", "6.8.0-85-generic\n");
  tree_.Write("opt/agent/6.8.0-85-generic/tmhook.ko", "code~Module signature appended~\n");
  tree_.Write("opt/agent/6.8.0-85-generic/dsa-filter.ko.xz", "packed");
  tree_.Write("opt/agent/6.8.0-85-generic/bmhook.ko", "");
  tree_.Write("opt/agent/5.4.0-1/tmhook.ko", "unsigned, and longer than the mark of one");
  tree_.Write("opt/agent/5.4.0-1/notes.korea", "no module");
  const base::Json json = Look();
  EXPECT_EQ(json.StringOr("kernel", ""), "6.8.0-85-generic");
  const base::Json& disk = At(json, {"on_disk"});
  EXPECT_TRUE(Yes(At(disk, {"present_for_running_kernel"})));
  EXPECT_EQ(disk.IntegerOr("kernel_count", -1), 2);
  EXPECT_EQ(disk.IntegerOr("empty_files", -1), 1);
  const auto& folders = *At(disk, {"folders"}).array();
  ASSERT_EQ(folders.size(), 2U);
  EXPECT_EQ(folders[0].StringOr("kernel", ""), "5.4.0-1");
  ASSERT_EQ(At(folders[0], {"modules"}).array()->size(), 1U);
  EXPECT_TRUE(No(At(At(folders[0], {"modules"}).array()->at(0), {"signed"})));
  EXPECT_TRUE(Yes(At(folders[1], {"running"})));
  const auto& files = *At(folders[1], {"modules"}).array();
  ASSERT_EQ(files.size(), 3U);
  EXPECT_EQ(files[1].StringOr("name", ""), "dsa_filter");
  EXPECT_TRUE(At(files[1], {"signed"}).is_null());
  EXPECT_TRUE(Yes(At(files[2], {"signed"})));
  EXPECT_TRUE(Yes(At(json, {"modules", "tmhook", "on_disk_for_running_kernel"})));
  EXPECT_TRUE(No(At(json, {"modules", "bmhook", "on_disk_for_running_kernel"}))) << "it is empty";
}

TEST_F(KernelModulesKind, SaysThatThereAreNoneForThisKernel) {
  tree_.Write("proc/modules", kNeither);
  tree_.Write("proc/sys/kernel/osrelease", "6.8.0-86-generic\n");
  tree_.Write("opt/agent/6.8.0-85-generic/tmhook.ko", "x");
  const base::Json json = Look();
  EXPECT_TRUE(No(At(json, {"on_disk", "present_for_running_kernel"})));
  EXPECT_TRUE(No(At(json, {"modules", "tmhook", "on_disk_for_running_kernel"})));
}

TEST_F(KernelModulesKind, StrangeLinesAreNoModules) {
  tree_.Write("proc/modules", "tmhook\n\n tmhook x y\ntmhook - - - -\n\xff\n");
  const base::Json json = Look();
  EXPECT_TRUE(Yes(At(json, {"modules", "tmhook", "loaded"})));
  EXPECT_EQ(At(json, {"modules", "tmhook"}).IntegerOr("size", -1), 0);
}

TEST_F(KernelModulesKind, ForeseesBothPlaces) {
  tree_.Write("proc/modules", kBoth);
  const kinds::Preview preview = Plan(
      "kernel_modules", {{"modules", List({"tmhook"})}, {"files", List({"/opt/agent/*/*.ko"})}});
  ASSERT_EQ(preview.steps.size(), 2U);
  EXPECT_EQ(preview.steps[0].what, "/proc/modules");
  EXPECT_EQ(preview.steps[1].act, kinds::Preview::Act::kList);
}

}  // namespace
}  // namespace casepack
