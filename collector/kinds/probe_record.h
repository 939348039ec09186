// A report as the JSON that goes into the bundle. probe.cc's own header.
#pragma once

#include <cmath>
#include <string>
#include <string_view>

#include "collector/base/json.h"
#include "collector/os/net_verdict.h"

namespace casepack::kinds {

inline double Milliseconds(base::Duration span) {
  return std::round(std::chrono::duration<double, std::milli>(span).count() * 10) / 10;
}

inline std::string_view StateName(os::LayerState state) {
  switch (state) {
    case os::LayerState::kOk:
      return "ok";
    case os::LayerState::kFailed:
      return "failed";
    case os::LayerState::kNotPermitted:
      return "not_permitted";
    case os::LayerState::kSkipped:
      break;
  }
  return "skipped";
}

inline base::Json LayerJson(const os::Layer& layer) {
  base::Json json;
  json.Set("state", StateName(layer.state));
  if (!layer.reason.empty()) json.Set("reason", layer.reason);
  if (layer.state != os::LayerState::kSkipped) json.Set("ms", Milliseconds(layer.took));
  return json;
}

inline void SetText(base::Json& json, const char* name, const std::string& value) {
  if (!value.empty()) json.Set(name, value);
}

inline base::Json TextsJson(const std::vector<std::string>& texts) {
  base::Json list{base::Json::Array()};
  for (const std::string& text : texts)
    list.Push(text);
  return list;
}

inline base::Json NameJson(const os::NameView& view) {
  base::Json json = LayerJson(view);
  SetText(json, "server", view.server);
  if (!view.addresses.empty()) json.Set("addresses", TextsJson(view.addresses));
  return json;
}

inline base::Json DnsJson(const os::DnsLayer& layer) {
  base::Json json = LayerJson(layer);
  if (layer.reason == "is_address") return json;
  json.Set("system", NameJson(layer.system));
  base::Json direct{base::Json::Array()};
  for (const os::NameView& view : layer.direct)
    direct.Push(NameJson(view));
  json.Set("direct", std::move(direct));
  json.Set("differ", layer.differ);
  return json;
}

inline base::Json ReachJson(const os::ReachLayer& layer) {
  base::Json json = LayerJson(layer);
  base::Json attempts{base::Json::Array()};
  for (const os::Attempt& attempt : layer.attempts) {
    base::Json one = LayerJson(attempt);
    one.Set("address", attempt.address);
    one.Set("family", attempt.address.find(':') == std::string::npos ? "ipv4" : "ipv6");
    SetText(one, "source", attempt.source);
    SetText(one, "interface", attempt.interface);
    attempts.Push(std::move(one));
  }
  if (!layer.attempts.empty()) json.Set("attempts", std::move(attempts));
  return json;
}

inline base::Json CertificateJson(const os::Certificate& certificate) {
  base::Json json;
  json.Set("subject", certificate.subject);
  json.Set("issuer", certificate.issuer);
  json.Set("not_before", certificate.not_before);
  json.Set("not_after", certificate.not_after);
  json.Set("sha256", certificate.sha256);
  if (!certificate.names.empty()) json.Set("names", TextsJson(certificate.names));
  return json;
}

inline base::Json TlsJson(const os::TlsLayer& layer) {
  base::Json json = LayerJson(layer);
  SetText(json, "protocol", layer.protocol);
  SetText(json, "cipher", layer.cipher);
  SetText(json, "client_certificate", layer.client_certificate);
  if (!layer.problems.empty()) json.Set("problems", TextsJson(layer.problems));
  base::Json chain{base::Json::Array()};
  for (const os::Certificate& certificate : layer.chain)
    chain.Push(CertificateJson(certificate));
  if (!layer.chain.empty()) json.Set("chain", std::move(chain));
  return json;
}

inline base::Json HttpJson(const os::HttpLayer& layer) {
  base::Json json = LayerJson(layer);
  if (layer.status != 0) json.Set("status", layer.status);
  SetText(json, "server", layer.server);
  if (layer.date) json.Set("date", base::FormatUtc(*layer.date));
  return json;
}

inline base::Json NtpJson(const os::NtpLayer& layer) {
  base::Json json = LayerJson(layer);
  if (layer.stratum != 0) json.Set("stratum", layer.stratum);
  if (layer.offset) json.Set("offset_ms", Milliseconds(*layer.offset));
  return json;
}

// Layers that nobody asked for are left out.
inline base::Json LayersJson(const os::ProbeReport& report) {
  base::Json json;
  const auto set = [&json](const char* name, const os::Layer& layer, base::Json value) {
    if (layer.reason != "not_asked") json.Set(name, std::move(value));
  };
  set("dns", report.dns, DnsJson(report.dns));
  set("icmp", report.icmp, ReachJson(report.icmp));
  set("tcp", report.tcp, ReachJson(report.tcp));
  set("proxy", report.proxy, HttpJson(report.proxy));
  set("tls", report.tls, TlsJson(report.tls));
  set("http", report.http, HttpJson(report.http));
  set("ntp", report.ntp, NtpJson(report.ntp));
  return json;
}

// "ok", "refused", "skipped": what a fact is read from.
inline base::Json FactsJson(const os::ProbeReport& report) {
  base::Json json;
  for (const auto& [name, layer] : os::LayersOf(report)) {
    if (layer->reason == "not_asked") continue;
    const bool told = layer->state == os::LayerState::kFailed && !layer->reason.empty();
    json.Set(std::string(name), told ? std::string_view(layer->reason) : StateName(layer->state));
  }
  return json;
}

}  // namespace casepack::kinds
