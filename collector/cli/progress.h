// A run as the person at the terminal sees it: one line on standard error that is written
// over. Nothing at all where standard error is no terminal.
#pragma once

#include <string>
#include <vector>

#include "collector/cli/console.h"
#include "collector/run/observer.h"

namespace casepack::cli {

class Progress : public run::Observer {
 public:
  enum class Show { kNothing, kLine };
  Progress(const Console& console, Show show) : console_(console), show_(show) {}
  ~Progress() override { Clear(); }
  Progress(const Progress&) = delete;
  Progress& operator=(const Progress&) = delete;

  void Started(const manifest::Item& item) override;
  void Finished(const bundle::ItemRow& row, size_t done, size_t total) override;
  void Sealing() override;
  void Clear();

 private:
  void Draw(const std::string& text);
  const Console& console_;
  Show show_;
  bool drawn_ = false;
  size_t done_ = 0;
  size_t total_ = 0;
  std::vector<std::pair<std::string, std::string>> running_;  // id, title
};

}  // namespace casepack::cli
