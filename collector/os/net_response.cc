#include "collector/os/net_response.h"

#include <algorithm>

namespace casepack::os {
namespace {

constexpr size_t kMaxHead = 32U << 10U;
constexpr size_t kMaxHeaders = 100;
constexpr size_t kMaxLine = 1024;  // the size of a chunk and its extensions, a trailer
constexpr size_t kMaxTrailers = 8U << 10U;
// Lines of chunks: this much and an eighth of the body's bound. A server that sends letter
// by letter would have us read six bytes for each one taken.
constexpr size_t kMaxChunkLines = 4U << 10U;
constexpr int kMaxInterim = 4;
constexpr std::string_view kHeadEnd = "\r\n\r\n";

bool IsDigit(char c) { return c >= '0' && c <= '9'; }

bool IsTokenLetter(char c) {
  constexpr std::string_view kMarks = "!#$%&'*+-.^_`|~";
  return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || IsDigit(c) ||
         kMarks.find(c) != std::string_view::npos;
}

bool IsToken(std::string_view text) {
  return !text.empty() && std::all_of(text.begin(), text.end(), IsTokenLetter);
}

// Of a field's value or a reason phrase: no control character but the tab.
bool IsFieldText(std::string_view text) {
  return std::all_of(text.begin(), text.end(), [](char c) {
    const auto byte = static_cast<unsigned char>(c);
    return byte == '\t' || (byte >= 0x20 && byte != 0x7F);
  });
}

std::string Small(std::string_view text) {
  std::string small(text);
  for (char& c : small)
    c = c >= 'A' && c <= 'Z' ? static_cast<char>(c + 32) : c;
  return small;
}

std::string_view Blankless(std::string_view text) {
  const size_t begin = text.find_first_not_of(" \t");
  if (begin == std::string_view::npos) return {};
  return text.substr(begin, text.find_last_not_of(" \t") - begin + 1);
}

int HexDigit(char c) {
  if (IsDigit(c)) return c - '0';
  if (c >= 'a' && c <= 'f') return c - 'a' + 10;
  return c >= 'A' && c <= 'F' ? c - 'A' + 10 : -1;
}

}  // namespace

std::string_view HttpResponse::Header(std::string_view name) const {
  for (const auto& [given, value] : headers) {
    if (given == name) return value;
  }
  return {};
}

ResponseReader::State ResponseReader::Bad(const char* reason) {
  state_ = State::kBad;
  reason_ = reason;
  return state_;
}

ResponseReader::State ResponseReader::Whole() {
  part_ = Part::kOver;
  state_ = State::kWhole;
  return state_;
}

ResponseReader::State ResponseReader::Feed(std::string_view bytes) {
  while (state_ == State::kMore && !bytes.empty() && Step(bytes)) {
  }
  return state_;
}

ResponseReader::State ResponseReader::End() {
  if (state_ != State::kMore) return state_;
  return part_ == Part::kUntilEnd ? Whole() : Bad("cut_short");
}

// False when it needs more, or when it is over.
bool ResponseReader::Step(std::string_view& bytes) {
  switch (part_) {
    case Part::kHead:
      return TakeHead(bytes) && HeadIsWhole();
    case Part::kLength:
    case Part::kUntilEnd:
    case Part::kChunk:
      return TakeBody(bytes);
    case Part::kChunkSize:
      return TakeLine(bytes) && ChunkSize();
    case Part::kChunkEnd:
      if (!TakeLine(bytes)) return false;
      if (!line_.empty()) return Bad("bad_chunk"), false;
      part_ = Part::kChunkSize;
      return true;
    case Part::kTrailer:
      if (!TakeLine(bytes)) return false;
      if (line_.empty()) return Whole(), false;
      trailers_ += line_.size();
      line_.clear();
      return trailers_ <= kMaxTrailers || (Bad("bad_chunk"), false);
    case Part::kOver:
      break;
  }
  return false;
}

// Takes up to the empty line and nothing behind it.
bool ResponseReader::TakeHead(std::string_view& bytes) {
  const size_t before = line_.size();
  const size_t from = before < kHeadEnd.size() ? 0 : before - kHeadEnd.size() + 1;
  line_.append(bytes.substr(0, kMaxHead + 1 - before));
  const size_t end = line_.find(kHeadEnd, from);
  if (end == std::string::npos) {
    // What does not begin as one will not become one: no need to wait for all of it.
    constexpr std::string_view kBegin = "HTTP/1.";
    const size_t known = std::min(line_.size(), kBegin.size());
    if (line_.compare(0, known, kBegin, 0, known) != 0) return Bad("not_http"), false;
    if (line_.size() > kMaxHead) return Bad("bad_header"), false;
    bytes = {};
    return false;
  }
  bytes.remove_prefix(end + kHeadEnd.size() - before);
  line_.resize(end + 2);  // each line with its end
  return true;
}

bool ResponseReader::HeadIsWhole() {
  response_ = {};
  std::string_view rest = line_;
  bool first = true;
  while (!rest.empty()) {
    const size_t end = rest.find("\r\n");
    const std::string_view line = rest.substr(0, end);
    rest.remove_prefix(end + 2);
    if (!(first ? StatusLine(line) : HeaderLine(line))) return false;
    first = false;
  }
  line_.clear();
  if (response_.status >= 200) return Framing();
  const bool fine = response_.status != 101 && ++interim_ <= kMaxInterim;
  return fine || (Bad("not_http"), false);
}

bool ResponseReader::StatusLine(std::string_view line) {
  const bool shaped = line.size() >= 12 && line.starts_with("HTTP/1.") && IsDigit(line[7]) &&
                      line[8] == ' ' && IsDigit(line[9]) && IsDigit(line[10]) &&
                      IsDigit(line[11]) && (line.size() == 12 || line[12] == ' ');
  if (!shaped || !IsFieldText(line)) return Bad("not_http"), false;
  response_.status = (line[9] - '0') * 100 + (line[10] - '0') * 10 + (line[11] - '0');
  return response_.status >= 100 || (Bad("not_http"), false);
}

bool ResponseReader::HeaderLine(std::string_view line) {
  const size_t colon = line.find(':');
  const bool fine = colon != std::string_view::npos && IsToken(line.substr(0, colon)) &&
                    IsFieldText(line.substr(colon + 1)) && response_.headers.size() < kMaxHeaders;
  if (!fine) return Bad("bad_header"), false;
  response_.headers.emplace_back(Small(line.substr(0, colon)),
                                 std::string(Blankless(line.substr(colon + 1))));
  return true;
}

// Two lengths, or a length and chunks, are how answers are smuggled: no guess is made.
bool ResponseReader::Framing() {
  std::string_view length;
  bool has_length = false;
  bool chunked = false;
  for (const auto& [name, value] : response_.headers) {
    if (name == "content-length") {
      if (has_length && value != length) return Bad("bad_length"), false;
      has_length = true;
      length = value;
    } else if (name == "transfer-encoding") {
      if (chunked || Small(value) != "chunked") return Bad("encoded"), false;
      chunked = true;
    } else if (name == "content-encoding" && Small(value) != "identity") {
      return Bad("encoded"), false;
    }
  }
  if (has_length && chunked) return Bad("bad_length"), false;
  if (response_.status == 204 || response_.status == 304) return Whole(), false;
  if (has_length) return LengthOf(length);
  part_ = chunked ? Part::kChunkSize : Part::kUntilEnd;
  left_ = max_body_;
  return true;
}

bool ResponseReader::LengthOf(std::string_view text) {
  if (text.empty() || !std::all_of(text.begin(), text.end(), IsDigit)) {
    return Bad("bad_length"), false;
  }
  text.remove_prefix(std::min(text.find_first_not_of('0'), text.size()));
  constexpr size_t kDigits = 18;  // of what a number of 64 bits holds for sure
  if (text.size() > kDigits) return Bad("too_large"), false;
  left_ = 0;
  for (const char c : text)
    left_ = left_ * 10 + static_cast<uint64_t>(c - '0');
  if (left_ > max_body_) return Bad("too_large"), false;
  if (left_ == 0) return Whole(), false;
  part_ = Part::kLength;
  response_.body.reserve(left_);
  return true;
}

bool ResponseReader::TakeLine(std::string_view& bytes) {
  const size_t end = std::min(bytes.find('\n'), bytes.size());
  if (line_.size() + end > kMaxLine) return Bad("bad_chunk"), false;
  line_.append(bytes.substr(0, end));
  chunk_lines_ += end;
  if (chunk_lines_ > kMaxChunkLines + kMaxTrailers + max_body_ / 8) return Bad("too_large"), false;
  if (end == bytes.size()) {
    bytes = {};
    return false;
  }
  bytes.remove_prefix(end + 1);
  if (line_.empty() || line_.back() != '\r') return Bad("bad_chunk"), false;
  line_.pop_back();
  return IsFieldText(line_) || (Bad("bad_chunk"), false);
}

bool ResponseReader::ChunkSize() {
  const size_t digits = std::min(line_.find_first_of(" \t;"), line_.size());
  constexpr size_t kDigits = 15;
  if (digits == 0 || digits > kDigits) return Bad("bad_chunk"), false;
  left_ = 0;
  for (size_t i = 0; i < digits; ++i) {
    const int digit = HexDigit(line_[i]);
    if (digit < 0) return Bad("bad_chunk"), false;
    left_ = left_ * 16 + static_cast<uint64_t>(digit);
  }
  line_.clear();
  if (left_ > max_body_ - response_.body.size()) return Bad("too_large"), false;
  part_ = left_ == 0 ? Part::kTrailer : Part::kChunk;
  return true;
}

bool ResponseReader::TakeBody(std::string_view& bytes) {
  if (part_ == Part::kUntilEnd && bytes.size() > left_) return Bad("too_large"), false;
  const auto taken = static_cast<size_t>(std::min<uint64_t>(bytes.size(), left_));
  response_.body.append(bytes.substr(0, taken));
  bytes.remove_prefix(taken);
  left_ -= taken;
  if (part_ == Part::kUntilEnd || left_ > 0) return true;
  if (part_ == Part::kLength) return Whole(), false;
  part_ = Part::kChunkEnd;
  return true;
}

}  // namespace casepack::os
