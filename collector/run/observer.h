// Who watches a run: progress on a terminal, lines in a log, nobody. One of the three
// virtual seams of the program.
#pragma once

#include <cstddef>

#include "collector/bundle/index.h"
#include "collector/manifest/manifest.h"

namespace casepack::run {

class Observer {
 public:
  virtual ~Observer() = default;
  // From the thread that called RunItems, one call at a time.
  virtual void Started(const manifest::Item& item) = 0;
  virtual void Finished(const bundle::ItemRow& row, size_t done, size_t total) = 0;
  virtual void Sealing() = 0;
};

class NoObserver : public Observer {
 public:
  void Started(const manifest::Item&) override {}
  void Finished(const bundle::ItemRow&, size_t, size_t) override {}
  void Sealing() override {}
};

}  // namespace casepack::run
