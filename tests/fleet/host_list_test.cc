#include "collector/fleet/host_list.h"

#include <gtest/gtest.h>

namespace casepack::fleet {
namespace {

std::string Names(std::string_view text) {
  std::string names;
  for (const ListedHost& host : ParseHostList(text)) {
    names += host.name;
    for (const auto& [key, value] : host.values)
      names += " " + key + "=" + value;
    names += "|";
  }
  return names;
}

TEST(HostList, EachFormInWhichPeopleKeepOne) {
  const std::pair<std::string, const char*> cases[] = {
      {"web01\nweb02\r\n\n# comment\n  db01 \n", "web01|web02|db01|"},
      {"web01 site=tokyo tier=web\nweb02 nonsense site=osaka\n",
       "web01 site=tokyo tier=web|web02 site=osaka|"},
      {"host,site\nweb01,tokyo\n\"web,02\",\"osaka\"\n", "web01 site=tokyo|web,02 site=osaka|"},
      {"site;Hostname\r\ntokyo;web01\r\n", "web01 site=tokyo|"},
      {"\xEF\xBB\xBF名前,プラットフォーム\nweb01,Linux\n", "web01 プラットフォーム=Linux|"},
      {"Name,Display,Host Name\nvm-17,x,web01\n", "web01 Name=vm-17 Display=x|"},
      {R"(["web01","web02"])", "web01|web02|"},
      {R"({"computers":[{"ID":7,"displayName":"Web","hostName":"web01","platform":"Linux"},
          {"displayName":"only"},{"ID":9}]})",
       "web01 platform=Linux|only|"},
      // CP932: ホスト名,場所 / web01,東京
      {"\x83\x7a\x83\x58\x83\x67\x96\xbc,\x8f\xea\x8f\x8a\nweb01,\x93\x8c\x8b\x9e\n",
       "web01 場所=東京|"},
      {"", ""},
      {"  \n\n", ""},
      {"{", ""},
      {"# x\n\r\r x=y\n.\nweb01\n", "web01|"},
  };
  for (const auto& [text, names] : cases)
    EXPECT_EQ(Names(text), names) << text;
}

TEST(HostNames, FindsWhateverTheCaseOrTheDomain) {
  HostNames names;
  names.Add("Web01", 1);
  names.Add("db01.tokyo.example.com", 2);
  names.Add("app.tokyo", 3);
  names.Add("app.osaka", 4);
  names.Add("192.0.2.7", 5);
  EXPECT_EQ(names.Find("web01"), 1U);
  EXPECT_EQ(names.Find("WEB01.example.com."), 1U);
  EXPECT_EQ(names.Find("db01"), 2U);
  EXPECT_EQ(names.Find("db01.osaka.example.com"), HostNames::kNone);  // another domain
  EXPECT_EQ(names.Find("app"), HostNames::kNone);                     // which of the two?
  EXPECT_EQ(names.Find("app.osaka"), 4U);
  EXPECT_EQ(names.Find("192"), HostNames::kNone);
  EXPECT_EQ(names.Find(""), HostNames::kNone);
}

}  // namespace
}  // namespace casepack::fleet
