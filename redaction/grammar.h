// Everything this redactor knows by heart: names, shapes and words, as plain tables.
//
// A rule id appears in the output as [REDACTED:id] and in the index of a bundle as a
// count, so ids are stable. Sources are the public documentation of the thing named.
#pragma once

#include <array>
#include <cstddef>
#include <cstdint>
#include <string_view>

namespace casepack::redaction {

inline constexpr std::string_view kMarkerStart = "[REDACTED:";

namespace id {
inline constexpr std::string_view kPassword = "password";
inline constexpr std::string_view kSecret = "secret";
inline constexpr std::string_view kToken = "token";
inline constexpr std::string_view kApiKey = "api-key";
inline constexpr std::string_view kPrivateKey = "private-key";
inline constexpr std::string_view kCredentials = "credentials";
inline constexpr std::string_view kAuthorization = "authorization";
inline constexpr std::string_view kSession = "session";
inline constexpr std::string_view kCookie = "cookie";
inline constexpr std::string_view kActivationCode = "activation-code";
inline constexpr std::string_view kTenantId = "tenant-id";
inline constexpr std::string_view kCommunity = "snmp-community";
inline constexpr std::string_view kUrlPassword = "url-password";
inline constexpr std::string_view kCommandPassword = "command-password";
inline constexpr std::string_view kPasswordHash = "password-hash";
inline constexpr std::string_view kJwt = "jwt";
inline constexpr std::string_view kOversizeToken = "oversize-token";
inline constexpr std::string_view kNotText = "not-text";
}  // namespace id

// How sure a name makes us, and so which values may stay beside it.
enum class Strength : uint8_t {
  kPassword,  // everything but a placeholder goes, "summer" and "1" too
  kKey,       // the same, and the path of a key file stays
  kToken,     // a number of a few digits stays ("token: 5")
  kVague,     // also a plain word or a path stays ("auth: pam", "credentials=/etc/cifs")
};

enum class Place : uint8_t {
  kAnywhere,  // "dbpassword2", unless a harmless word follows
  kEnd,       // last in the name, whatever stands before: "clientsecret"
  kWordEnd,   // last, and a word of its own: "keystorePass", not "bypass"
  kWhole,     // the whole name
};

struct NameRule {
  std::string_view word;  // lower case, without separators
  std::string_view id;
  Strength strength;
  Place place;
};

inline constexpr std::array kNameRules = {
    NameRule{"password", id::kPassword, Strength::kPassword, Place::kAnywhere},
    NameRule{"passwd", id::kPassword, Strength::kPassword, Place::kAnywhere},
    NameRule{"passphrase", id::kPassword, Strength::kPassword, Place::kAnywhere},
    NameRule{"passcode", id::kPassword, Strength::kPassword, Place::kEnd},
    NameRule{"pass", id::kPassword, Strength::kPassword, Place::kWordEnd},
    NameRule{"keystorepass", id::kPassword, Strength::kPassword, Place::kEnd},
    NameRule{"truststorepass", id::kPassword, Strength::kPassword, Place::kEnd},
    NameRule{"keypass", id::kPassword, Strength::kPassword, Place::kEnd},
    NameRule{"storepass", id::kPassword, Strength::kPassword, Place::kEnd},
    NameRule{"dbpass", id::kPassword, Strength::kPassword, Place::kEnd},
    NameRule{"userpass", id::kPassword, Strength::kPassword, Place::kEnd},
    NameRule{"rootpass", id::kPassword, Strength::kPassword, Place::kEnd},
    NameRule{"adminpass", id::kPassword, Strength::kPassword, Place::kEnd},
    NameRule{"bindpass", id::kPassword, Strength::kPassword, Place::kEnd},
    NameRule{"smtppass", id::kPassword, Strength::kPassword, Place::kEnd},
    NameRule{"proxypass", id::kPassword, Strength::kPassword, Place::kEnd},
    NameRule{"requirepass", id::kPassword, Strength::kPassword, Place::kEnd},
    NameRule{"pgpass", id::kPassword, Strength::kPassword, Place::kEnd},
    NameRule{"sshpass", id::kPassword, Strength::kPassword, Place::kEnd},
    NameRule{"pwd", id::kPassword, Strength::kPassword, Place::kEnd},
    NameRule{"bindpw", id::kPassword, Strength::kPassword, Place::kEnd},
    NameRule{"rootpw", id::kPassword, Strength::kPassword, Place::kEnd},
    NameRule{"userpw", id::kPassword, Strength::kPassword, Place::kEnd},
    NameRule{"pw", id::kPassword, Strength::kPassword, Place::kWordEnd},
    NameRule{"psk", id::kPassword, Strength::kPassword, Place::kWordEnd},
    NameRule{"wpapsk", id::kPassword, Strength::kPassword, Place::kEnd},
    NameRule{"presharedkey", id::kPassword, Strength::kPassword, Place::kEnd},
    NameRule{"secretkeybase", id::kSecret, Strength::kKey, Place::kEnd},
    NameRule{"secretkey", id::kSecret, Strength::kKey, Place::kEnd},
    NameRule{"secretstring", id::kSecret, Strength::kKey, Place::kEnd},
    NameRule{"secrets", id::kSecret, Strength::kVague, Place::kWordEnd},
    NameRule{"secret", id::kSecret, Strength::kKey, Place::kEnd},
    NameRule{"apikey", id::kApiKey, Strength::kKey, Place::kEnd},
    NameRule{"apikeys", id::kApiKey, Strength::kKey, Place::kEnd},
    NameRule{"accesskey", id::kApiKey, Strength::kKey, Place::kEnd},
    NameRule{"accountkey", id::kApiKey, Strength::kKey, Place::kEnd},
    NameRule{"authkey", id::kApiKey, Strength::kKey, Place::kEnd},
    NameRule{"encryptionkey", id::kApiKey, Strength::kKey, Place::kEnd},
    NameRule{"signingkey", id::kApiKey, Strength::kKey, Place::kEnd},
    NameRule{"masterkey", id::kApiKey, Strength::kKey, Place::kEnd},
    NameRule{"masterauth", id::kApiKey, Strength::kKey, Place::kEnd},
    NameRule{"privatekey", id::kPrivateKey, Strength::kKey, Place::kEnd},
    NameRule{"clientkeydata", id::kPrivateKey, Strength::kKey, Place::kEnd},
    NameRule{"token", id::kToken, Strength::kToken, Place::kEnd},
    NameRule{"credential", id::kCredentials, Strength::kVague, Place::kEnd},
    NameRule{"credentials", id::kCredentials, Strength::kVague, Place::kEnd},
    NameRule{"authorization", id::kAuthorization, Strength::kVague, Place::kEnd},
    NameRule{"auth", id::kAuthorization, Strength::kVague, Place::kWordEnd},
    NameRule{"sessionid", id::kSession, Strength::kToken, Place::kEnd},
    NameRule{"sessid", id::kSession, Strength::kToken, Place::kEnd},
    NameRule{"sessionkey", id::kSession, Strength::kToken, Place::kEnd},
    NameRule{"session", id::kSession, Strength::kVague, Place::kWordEnd},
    NameRule{"connectsid", id::kSession, Strength::kToken, Place::kEnd},
    NameRule{"cookie", id::kCookie, Strength::kVague, Place::kWordEnd},
    // Deep Security: `dsa_control -a ... "tenantID:<GUID>" "token:<GUID>"`, the unattended
    // answer file's LicenseScreen.License.-1.
    NameRule{"tenantid", id::kTenantId, Strength::kToken, Place::kEnd},
    NameRule{"activationcode", id::kActivationCode, Strength::kKey, Place::kEnd},
    NameRule{"licensekey", id::kActivationCode, Strength::kKey, Place::kEnd},
    NameRule{"productkey", id::kActivationCode, Strength::kKey, Place::kEnd},
    NameRule{"licensescreenlicense", id::kActivationCode, Strength::kKey, Place::kAnywhere},
    NameRule{"rocommunity", id::kCommunity, Strength::kKey, Place::kEnd},
    NameRule{"rwcommunity", id::kCommunity, Strength::kKey, Place::kEnd},
    NameRule{"snmpcommunity", id::kCommunity, Strength::kKey, Place::kEnd},
    NameRule{"communitystring", id::kCommunity, Strength::kKey, Place::kEnd},
};

// Written exactly so: "sid" is a Windows SID, a Snort rule or a database, "sID" the
// session of the Deep Security manager's web services.
inline constexpr NameRule kSidRule = {"sid", id::kSession, Strength::kToken, Place::kWhole};
inline constexpr std::string_view kSidName = "sID";

// What makes "passwordAuthentication" a setting: the beginning of what follows the word.
inline constexpr std::array<std::string_view, 42> kHarmlessAfterPassword = {
    "auth",       "file",    "path",     "policy",   "length",   "minlen",   "maxlen",
    "expir",      "changed", "changea",  "age",      "maxage",   "minage",   "lastset",
    "lastchange", "prompt",  "field",    "type",     "encod",    "format",   "algorithm",
    "attempt",    "retr",    "required", "enabled",  "disabled", "strength", "quality",
    "provider",   "manager", "reset",    "command",  "count",    "lockout",  "complex",
    "history",    "warn",    "inactive", "callback", "less",     "timeout",  "tries",
};

// What may follow another word without taking its meaning: "api_key_old", "token_base64".
inline constexpr std::array<std::string_view, 21> kTailWords = {
    "old",  "new",       "value", "text",    "base64",   "b64",     "hash",
    "enc",  "encrypted", "plain", "raw",     "str",      "string",  "data",
    "prod", "dev",       "test",  "current", "previous", "default", "id1",
};

// Names that only look secret: sudoers tags and limits.
inline constexpr std::array<std::string_view, 3> kHarmlessNames = {"nopasswd", "passwdtries",
                                                                   "passwdtimeout"};

// Headers whose value is the rest of the line (RFC 9110, RFC 6265; Deep Security's API).
struct HeaderRule {
  std::string_view name;  // lower case, without separators
  std::string_view id;
};
inline constexpr std::array kHeaders = {
    HeaderRule{"authorization", id::kAuthorization},
    HeaderRule{"proxyauthorization", id::kAuthorization},
    HeaderRule{"cookie", id::kCookie},
    HeaderRule{"setcookie", id::kCookie},
    HeaderRule{"xapikey", id::kApiKey},
    HeaderRule{"apisecretkey", id::kApiKey},
    HeaderRule{"xauthtoken", id::kToken},
};

// Schemes of RFC 9110 (and common ones beside it): they stay readable, what follows goes.
inline constexpr std::array<std::string_view, 8> kAuthSchemes = {
    "Basic", "Bearer", "Digest", "Negotiate", "NTLM", "Token", "ApiKey", "AWS4-HMAC-SHA256"};

enum class Charset : uint8_t { kBase64Url, kDotted };

// What begins the tokens of tokens.cc: JWT, PEM in base64.
inline constexpr std::array<std::string_view, 2> kTokenBegins = {"eyJ", "LS0tLS1CRUdJTi"};

// Base64 of "-----BEGIN ", unless a certificate or a public key begins there.
inline constexpr std::string_view kPemBase64 = "LS0tLS1CRUdJTi";
inline constexpr std::array<std::string_view, 3> kPemBase64Public = {"BDRVJUSUZJ", "BQVUJMSUM",
                                                                     "BUUlVTVEVE"};

// Programs whose short options carry secrets (their --help; dsa_control per the agent's
// command-line reference). The flag's letter says how: see options.cc.
struct CommandRule {
  std::string_view name;
  std::string_view pairs;     // -u user:password
  std::string_view secrets;   // -p password
  std::string_view attached;  // -ppassword
};
inline constexpr std::array kCommands = {
    CommandRule{"dsa_control", "uw", "p", ""}, CommandRule{"dsa_query", "uw", "p", ""},
    CommandRule{"curl", "uU", "", ""},         CommandRule{"sshpass", "", "p", "p"},
    CommandRule{"mysql", "", "", "p"},         CommandRule{"mysqldump", "", "", "p"},
    CommandRule{"mysqladmin", "", "", "p"},    CommandRule{"mariadb", "", "", "p"},
};

// Configuration lines `word value`, the word first on its line (ldap.conf(5),
// snmpd.conf(5), redis.conf, kickstart, interfaces(5) with wpasupplicant).
struct LineRule {
  std::string_view word;
  std::string_view id;
  bool alone;  // only when the value is the last word on the line
};
inline constexpr std::array kLineRules = {
    LineRule{"bindpw", id::kPassword, false},
    LineRule{"rootbindpw", id::kPassword, false},
    LineRule{"rootpw", id::kPassword, false},
    LineRule{"requirepass", id::kPassword, false},
    LineRule{"masterauth", id::kPassword, false},
    LineRule{"rocommunity", id::kCommunity, false},
    LineRule{"rwcommunity", id::kCommunity, false},
    LineRule{"rocommunity6", id::kCommunity, false},
    LineRule{"rwcommunity6", id::kCommunity, false},
    LineRule{"wpa-psk", id::kPassword, false},
    LineRule{"wpa-passphrase", id::kPassword, false},
    LineRule{"password", id::kPassword, true},
    LineRule{"passphrase", id::kPassword, true},
    LineRule{"secret", id::kSecret, true},
};

// nsswitch.conf(5): services that may follow `passwd:`.
inline constexpr std::array<std::string_view, 13> kNameServices = {
    "files", "systemd", "compat", "sss", "db",     "nis",     "nisplus",
    "ldap",  "winbind", "cache",  "dns", "hesiod", "altfiles"};

// Values that hide nothing.
inline constexpr std::array<std::string_view, 19> kEmptyWords = {
    "null",   "nil",    "none",     "undefined", "empty",     "true",  "false",
    "yes",    "no",     "on",       "off",       "n/a",       "unset", "(null)",
    "(none)", "<null>", "redacted", "chauthtok", "[redacted]"};

}  // namespace casepack::redaction
