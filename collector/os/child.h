// One child process, leader of its own process group, and our ends of its output. Whoever
// holds it owns the process: a child that is still alive when the Child goes is killed
// with its group, and never waited for. One thread.
#pragma once

#include "collector/base/result.h"
#include "collector/os/command.h"
#include "collector/os/handle.h"

namespace casepack::os {

class Child {
 public:
  static base::Result<Child> Start(const Command& command);
  ~Child();
  Child(Child&& other) noexcept;
  Child& operator=(Child&& other) = delete;
  Child(const Child&) = delete;
  Child& operator=(const Child&) = delete;

  // Our ends of its standard output and error; they do not block.
  Handle out;
  Handle err;

  // True once it has exited. It stays a zombie until Reap, so that neither its number nor
  // its group's can be another's by the time that they get a signal.
  [[nodiscard]] bool Exited() const;
  void SignalGroup(int number) const;
  // Only after Exited(): its exit status or signal and what it cost.
  Exit Reap();
  // Leaves a process that cannot be killed to the system.
  void Abandon() { pid_ = -1; }

 private:
  Child() = default;
  int pid_ = -1;
};

}  // namespace casepack::os
