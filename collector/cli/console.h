// The only place that prints. Data goes to standard output, talk to standard error; an
// error is one line "casepack: error: what, where" and a hint what to do.
//
// One thread. Owns nothing; the words outlive it.
#pragma once

#include <string>
#include <string_view>

#include "collector/base/result.h"
#include "collector/report/words.h"

namespace casepack::cli {

class Console {
 public:
  Console(const report::Words& words, report::Language language)
      : words_(words), language_(language) {}

  [[nodiscard]] const report::Words& words() const { return words_; }
  [[nodiscard]] report::Language language() const { return language_; }
  void set_language(report::Language language) { language_ = language; }

  [[nodiscard]] std::string Text(std::string_view key) const { return words_.Text(language_, key); }
  [[nodiscard]] std::string Render(const base::Message& message) const {
    return words_.Render(language_, message);
  }

  // As it is. False once standard output takes no more.
  bool Out(std::string_view text);
  void OutLine(std::string_view text);
  void ErrLine(std::string_view text);

  // The message, then its hint: the catalogue's "<key>.hint" if there is one, and "did
  // you mean" for a message that has found a nearest word.
  void Error(const base::Message& message);

  // False once standard output could not take what was printed.
  [[nodiscard]] bool Flush();
  // It could not because nobody reads any more (EPIPE).
  [[nodiscard]] bool reader_gone() const { return reader_gone_; }
  // The caller had closed it.
  [[nodiscard]] bool closed() const { return closed_; }

 private:
  void NoteFailure();  // by errno

  const report::Words& words_;
  report::Language language_;
  bool reader_gone_ = false;
  bool closed_ = false;
};

}  // namespace casepack::cli
