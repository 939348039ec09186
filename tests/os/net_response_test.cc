#include "collector/os/net_response.h"

#include <gtest/gtest.h>

#include <algorithm>

namespace casepack::os {
namespace {

using State = ResponseReader::State;

constexpr size_t kMost = 1000;

// The body of the whole answer, or "!" and why there is none; the same however it is cut.
std::string Read(const std::string& text, bool ended = true) {
  std::string told;
  for (const size_t piece : {text.size() + 1, size_t{1}, size_t{3}}) {
    ResponseReader reader(kMost);
    for (size_t at = 0; at < text.size(); at += piece)
      reader.Feed(std::string_view(text).substr(at, piece));
    const State state = ended ? reader.End() : reader.Feed({});
    std::string now = state == State::kMore  ? "!more"
                      : state == State::kBad ? "!" + reader.reason()
                                             : reader.response().body;
    if (piece > text.size()) told = now;
    EXPECT_EQ(now, told) << "pieces of " << piece << " of " << text.substr(0, 80);
  }
  return told;
}

std::string Ok(const std::string& headers, const std::string& body) {
  return "HTTP/1.1 200 OK\r\n" + headers + "\r\n" + body;
}

TEST(NetResponse, TellsStatusHeadersAndBody) {
  ResponseReader reader(kMost);
  EXPECT_EQ(reader.Feed("HTTP/1.1 429 Too Many\r\nRetry-After:  7 \r\nX:\r\nContent-Length: 2\r\n"),
            State::kMore);
  EXPECT_EQ(reader.Feed("\r\nhi and what nobody asked for"), State::kWhole);
  EXPECT_EQ(reader.response().status, 429);
  EXPECT_EQ(reader.response().Header("retry-after"), "7");
  EXPECT_EQ(reader.response().Header("x"), "");
  EXPECT_EQ(reader.response().Header("not-there"), "");
  EXPECT_EQ(reader.response().body, "hi");
}

TEST(NetResponse, KnowsWhereABodyEnds) {
  EXPECT_EQ(Read(Ok("Content-Length: 5\r\n", "hello"), false), "hello");
  EXPECT_EQ(Read(Ok("Content-Length: 0005\r\nContent-Length: 0005\r\n", "hello"), false), "hello");
  EXPECT_EQ(Read(Ok("Content-Length: 0\r\n", ""), false), "");
  EXPECT_EQ(Read(Ok("", "until the end")), "until the end");
  EXPECT_EQ(Read(Ok("", "until the end"), false), "!more");
  EXPECT_EQ(Read("HTTP/1.1 204 No Content\r\n\r\n", false), "");
  EXPECT_EQ(Read("HTTP/1.1 200\r\nContent-Length: 1\r\n\r\nx", false), "x");
  EXPECT_EQ(Read("HTTP/1.1 100 Continue\r\n\r\n" + Ok("Content-Length: 1\r\n", "x"), false), "x");
}

TEST(NetResponse, JoinsChunks) {
  const std::string chunked = "Transfer-Encoding: Chunked\r\n";
  EXPECT_EQ(Read(Ok(chunked, "3\r\nabc\r\nA;x=y\r\n0123456789\r\n0\r\n\r\n"), false),
            "abc0123456789");
  EXPECT_EQ(Read(Ok(chunked, "1\r\na\r\n0\r\nTrailer: x\r\n\r\n"), false), "a");
  EXPECT_EQ(Read(Ok(chunked, "0\r\n\r\n"), false), "");
  EXPECT_EQ(Read(Ok(chunked, "3\r\nabc\r\n")), "!cut_short");
  for (const char* bad : {"g\r\n", "\r\n", "3\nabc", "-1\r\na", "0x3\r\nabc", "3\r\nabcd\r\n",
                          "1234567890123456\r\n", "3;\x01\r\nabc\r\n"})
    EXPECT_EQ(Read(Ok(chunked, bad)), "!bad_chunk") << bad;
  EXPECT_EQ(Read(Ok(chunked, std::string(2000, '0'))), "!bad_chunk");
  std::string trailers = "0\r\n";
  for (int i = 0; i < 30; ++i)
    trailers += "X: " + std::string(500, 'x') + "\r\n";
  EXPECT_EQ(Read(Ok(chunked, trailers)), "!bad_chunk");
}

TEST(NetResponse, RefusesWhatReadersUnderstandDifferently) {
  const std::string length = "Content-Length: 5\r\n";
  EXPECT_EQ(Read(Ok(length + "Content-Length: 6\r\n", "hello!")), "!bad_length");
  EXPECT_EQ(Read(Ok(length + "Transfer-Encoding: chunked\r\n", "hello")), "!bad_length");
  for (const char* bad : {"+5", "-5", "5, 5", "0x5", "", "5 5"})
    EXPECT_EQ(Read(Ok("Content-Length: " + std::string(bad) + "\r\n", "hello")), "!bad_length")
        << bad;
  EXPECT_EQ(Read(Ok("Transfer-Encoding: gzip, chunked\r\n", "")), "!encoded");
  EXPECT_EQ(Read(Ok("Content-Encoding: gzip\r\n" + length, "hello")), "!encoded");
  EXPECT_EQ(Read(Ok("Content-Encoding: identity\r\n" + length, "hello")), "hello");
  EXPECT_EQ(Read(Ok("Content-Length : 5\r\n", "hello")), "!bad_header");
  EXPECT_EQ(Read(Ok("A: b\r\n c\r\n", "")), "!bad_header");
  EXPECT_EQ(Read(Ok("A: b\nB: c\r\n", "")), "!bad_header");
  EXPECT_EQ(Read(Ok("no colon\r\n", "")), "!bad_header");
  EXPECT_EQ(Read(Ok(": nameless\r\n", "")), "!bad_header");
}

TEST(NetResponse, IsNotTakenInByOtherTalk) {
  EXPECT_EQ(Read("SSH-2.0-OpenSSH_9.2\r\n", false), "!not_http");
  EXPECT_EQ(Read("<html>", false), "!not_http");
  EXPECT_EQ(Read("HTTP/2 200\r\n\r\n"), "!not_http");
  EXPECT_EQ(Read("HTTP/1.1 99 Low\r\n\r\n"), "!not_http");
  EXPECT_EQ(Read("HTTP/1.1 2000 High\r\n\r\n"), "!not_http");
  EXPECT_EQ(Read("HTTP/1.1 101 Switching\r\n\r\n"), "!not_http");
  EXPECT_EQ(Read("HTTP/1.1 200 \x1b[31m\r\n\r\n"), "!not_http");
  EXPECT_EQ(Read(""), "!cut_short");
  EXPECT_EQ(Read("HTTP/1.1 200 OK\r\nContent-Length: 5\r\n"), "!cut_short");
  std::string patient;
  for (int i = 0; i < 10; ++i)
    patient += "HTTP/1.1 102 Wait\r\n\r\n";
  EXPECT_EQ(Read(patient), "!not_http");
}

TEST(NetResponse, IsBounded) {
  EXPECT_EQ(Read(Ok("Content-Length: 1001\r\n", "")), "!too_large");
  EXPECT_EQ(Read(Ok("Content-Length: 99999999999999999999999999\r\n", "")), "!too_large");
  EXPECT_EQ(Read(Ok("Transfer-Encoding: chunked\r\n", "3e9\r\n")), "!too_large");
  EXPECT_EQ(Read(Ok("Transfer-Encoding: chunked\r\n",
                    "3e8\r\n" + std::string(1000, 'x') + "\r\n1\r\nx\r\n")),
            "!too_large");
  EXPECT_EQ(Read(Ok("", std::string(1001, 'x'))), "!too_large");
  std::string slow;
  for (int i = 0; i < 900; ++i)
    slow += "1;" + std::string(20, 'y') + "\r\nx\r\n";
  EXPECT_EQ(Read(Ok("Transfer-Encoding: chunked\r\n", slow + "0\r\n\r\n")), "!too_large");
  EXPECT_EQ(Read(Ok("", std::string(1000, 'x'))), std::string(1000, 'x'));
  EXPECT_EQ(Read(Ok("X: " + std::string(40000, 'x') + "\r\n", "")), "!bad_header");
  std::string many;
  for (int i = 0; i < 101; ++i)
    many += "X: y\r\n";
  EXPECT_EQ(Read(Ok(many, "")), "!bad_header");
}

}  // namespace
}  // namespace casepack::os
