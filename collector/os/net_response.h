// An answer of HTTP/1.1 (RFC 9112) read from a server that may be hostile: strict where
// readers differ from one another, and bounded before memory is used. Whatever is not
// plain and within its bounds is refused with one word. Pure; one thread.
#pragma once

#include <cstdint>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

namespace casepack::os {

struct HttpResponse {
  int status = 0;
  std::vector<std::pair<std::string, std::string>> headers;  // names in small letters
  std::string body;

  // The first of that name, or empty.
  [[nodiscard]] std::string_view Header(std::string_view name) const;
};

class ResponseReader {
 public:
  explicit ResponseReader(size_t max_body) : max_body_(max_body) {}

  enum class State { kMore, kWhole, kBad };
  // What came; behind the end of the answer nothing is looked at any more.
  State Feed(std::string_view bytes);
  // The server ended the connection, in order: the end of an answer that has no length.
  State End();

  // Of kBad: "not_http", "bad_header", "bad_length", "bad_chunk", "encoded" (nobody asked
  // for that), "too_large", "cut_short".
  [[nodiscard]] const std::string& reason() const { return reason_; }
  [[nodiscard]] const HttpResponse& response() const { return response_; }
  HttpResponse TakeResponse() { return std::move(response_); }

 private:
  enum class Part { kHead, kLength, kUntilEnd, kChunkSize, kChunk, kChunkEnd, kTrailer, kOver };

  State Bad(const char* reason);
  State Whole();
  bool Step(std::string_view& bytes);
  bool TakeHead(std::string_view& bytes);
  bool HeadIsWhole();
  bool StatusLine(std::string_view line);
  bool HeaderLine(std::string_view line);
  bool Framing();
  bool LengthOf(std::string_view text);
  // A line up to its CR LF in line_; false while it is not whole, or when it is bad.
  bool TakeLine(std::string_view& bytes);
  bool ChunkSize();
  bool TakeBody(std::string_view& bytes);

  size_t max_body_;
  Part part_ = Part::kHead;
  State state_ = State::kMore;
  std::string reason_;
  std::string line_;        // the head, or the line of a chunk, as far as it came
  uint64_t left_ = 0;       // of the body or the chunk
  size_t trailers_ = 0;     // their bytes
  size_t chunk_lines_ = 0;  // their bytes, with the trailers
  int interim_ = 0;         // answers of 1xx so far
  HttpResponse response_;
};

}  // namespace casepack::os
