#include "collector/os/net_verdict.h"

#include <gtest/gtest.h>

namespace casepack::os {
namespace {

void Set(Layer& layer, LayerState state, const char* reason = "") {
  layer.state = state;
  layer.reason = reason;
}

TEST(NetVerdict, TheFirstLayerThatFailedDecides) {
  ProbeReport report;
  Set(report.dns, LayerState::kOk);
  Set(report.icmp, LayerState::kFailed, "timeout");
  Set(report.tcp, LayerState::kOk);
  Set(report.tls, LayerState::kFailed, "expired");
  Set(report.http, LayerState::kFailed, "closed");
  const Verdict verdict = Judge(ProbeScheme::kHttps, report);
  EXPECT_EQ(verdict.layer, "tls");
  EXPECT_EQ(verdict.reason, "expired");
  EXPECT_EQ(verdict.state, LayerState::kFailed);
}

TEST(NetVerdict, AnEchoCountsOnlyWhereItIsWanted) {
  ProbeReport report;
  Set(report.dns, LayerState::kOk);
  Set(report.icmp, LayerState::kNotPermitted, "not_permitted");
  Set(report.tcp, LayerState::kOk);
  EXPECT_TRUE(Judge(ProbeScheme::kTcp, report).layer.empty());
  EXPECT_EQ(Judge(ProbeScheme::kTcp, report).state, LayerState::kOk);
  EXPECT_EQ(Judge(ProbeScheme::kIcmp, report).layer, "icmp");
  EXPECT_EQ(Judge(ProbeScheme::kIcmp, report).state, LayerState::kNotPermitted);
}

TEST(NetVerdict, WhatWasNotFoundOutIsNotOk) {
  ProbeReport report;
  Set(report.dns, LayerState::kSkipped, "is_address");
  Set(report.tcp, LayerState::kSkipped, "interrupted");
  EXPECT_EQ(Judge(ProbeScheme::kTcp, report).state, LayerState::kSkipped);
  EXPECT_EQ(Judge(ProbeScheme::kTcp, report).layer, "tcp");
  EXPECT_TRUE(Judge(ProbeScheme::kDns, report).layer.empty());
  Set(report.dns, LayerState::kSkipped, "no_getent");
  EXPECT_EQ(Judge(ProbeScheme::kDns, report).layer, "dns");
}

}  // namespace
}  // namespace casepack::os
