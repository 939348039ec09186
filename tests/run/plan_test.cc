#include "collector/run/plan.h"

#include <gtest/gtest.h>

#include "tests/support/temp_tree.h"

namespace casepack::run {
namespace {

manifest::Item MakeItem(const std::string& id) {
  manifest::Item item;
  item.id = id;
  item.kind = "file";
  return item;
}

class PlanTest : public testing::Test {
 protected:
  PlanTest() {
    tree_.Write("etc/here", "x");
    host_ = std::move(*os::OpenHost({tree_.root(), os::NetworkMounts::kLeaveAlone}));
    manifest::Manifest host;
    host.items = {MakeItem("host.b"), MakeItem("host.a"), MakeItem("host.heavy")};
    host.items[2].consent = manifest::Consent::kAsk;
    manifest::Manifest product;
    product.product = "deep-security";
    product.when.exists = {"/etc/here"};
    product.items = {MakeItem("agent.status"), MakeItem("agent.gone"), MakeItem("agent.windows")};
    product.items[1].when.exists = {"/etc/here", "/etc/gone"};
    product.items[2].when.platforms = {"windows"};
    manifests_ = {host, product};
  }

  // "id" or "id!reason" of each planned item.
  std::vector<std::string> Plan(const Selection& selection) {
    const auto plan = MakePlan(manifests_, selection, *host_);
    if (!plan) return {plan.error().message().key};
    std::vector<std::string> rows;
    for (const auto& planned : plan->items) {
      EXPECT_NE(planned.kind, nullptr);
      rows.push_back(planned.item->id +
                     (planned.skipped.key.empty() ? "" : "!" + planned.skipped.key));
    }
    return rows;
  }

  tests::TempTree tree_;
  std::unique_ptr<os::Host> host_;
  std::vector<manifest::Manifest> manifests_;
};

using Rows = std::vector<std::string>;

TEST_F(PlanTest, TakesWhatApplies) {
  EXPECT_EQ(Plan({}),
            (Rows{"agent.status", "host.a", "host.b", "host.heavy!run.plan.needs_consent"}));
}

TEST_F(PlanTest, AProductThatIsNotThereIsNotListed) {
  manifests_[1].when.exists = {"/opt/ds_agent"};
  EXPECT_EQ(Plan({}), (Rows{"host.a", "host.b", "host.heavy!run.plan.needs_consent"}));
}

TEST_F(PlanTest, Selects) {
  Selection selection;
  selection.product = "none";
  selection.consent = Ask::kAlreadyYes;
  EXPECT_EQ(Plan(selection), (Rows{"host.a", "host.b", "host.heavy"}));
  selection.skip = {"host.b"};
  EXPECT_EQ(Plan(selection), (Rows{"host.a", "host.b!run.plan.skipped", "host.heavy"}));
  selection = {};
  selection.only = {"*.a", "agent.*"};
  EXPECT_EQ(Plan(selection), (Rows{"agent.status", "host.a"}));
}

TEST_F(PlanTest, APackageIsMadeAndEventsAreTakenOnlyWhenTheUserSaidSo) {
  manifests_[0].items = {MakeItem("host.events"), MakeItem("host.make")};
  manifests_[0].items[0].kind = "event_file";
  manifests_[0].items[1].kind = "diagnostic_package";
  manifests_[0].items[1].consent = manifest::Consent::kAsk;
  EXPECT_EQ(Plan({}), Rows{"agent.status"});
  Selection selection;
  selection.diagnostic_package = DiagnosticPackage::kCreate;
  EXPECT_EQ(Plan(selection), (Rows{"agent.status", "host.make!run.plan.needs_consent"}));
  selection.consent = Ask::kAlreadyYes;
  manifests_[0].items[0].options.Set("paths", std::vector<std::string>{"/a"});
  EXPECT_EQ(Plan(selection), (Rows{"agent.status", "host.events", "host.make"}));
  manifests_[0].items[1].kind = "diagnostic_package_content";
  EXPECT_EQ(Plan(selection), (Rows{"agent.status", "host.events"}));
  selection.diagnostic_package = DiagnosticPackage::kEmbed;
  EXPECT_EQ(Plan(selection), (Rows{"agent.status", "host.events", "host.make"}));
}

TEST_F(PlanTest, RefusesWordsThatNameNothing) {
  Selection selection;
  selection.only = {"host.c*"};
  EXPECT_EQ(Plan(selection), (Rows{"run.plan.unknown_item"}));
  selection = {};
  selection.skip = {"hots.a"};
  const auto plan = MakePlan(manifests_, selection, *host_);
  ASSERT_FALSE(plan);
  const std::pair<std::string, std::string> nearest{"nearest", "host.a"};
  EXPECT_EQ(plan.error().message().args.back(), nearest);
  selection = {};
  selection.product = "deep-securty";
  EXPECT_EQ(Plan(selection), (Rows{"run.plan.unknown_product"}));
}

}  // namespace
}  // namespace casepack::run
