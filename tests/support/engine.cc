#include "tests/support/engine.h"

#include "collector/manifest/builtin.h"
#include "collector/manifest/rule_parse.h"

namespace casepack::tests {

const std::shared_ptr<const redaction::Ruleset>& BuiltinRules() {
  static const std::shared_ptr<const redaction::Ruleset> rules = [] {
    std::vector<redaction::Rule> all;
    for (const auto& file : manifest::BuiltinRuleFiles()) {
      for (redaction::Rule& rule : manifest::ParseRules(file.name, file.text).rules)
        all.push_back(std::move(rule));
    }
    return redaction::Ruleset::Compile(std::move(all), redaction::CompileRules::kWhenNeeded,
                                       nullptr);
  }();
  return rules;
}

const redaction::EnginePtr& TestEngine() {
  static const redaction::EnginePtr engine = EngineWith({});
  return engine;
}

redaction::EnginePtr EngineWith(redaction::EngineOptions options) {
  return std::make_shared<redaction::Engine>(BuiltinRules(), std::move(options));
}

}  // namespace casepack::tests
