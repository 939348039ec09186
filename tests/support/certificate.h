// Certificates made for a test: self-signed, with the name and the times that it wants.
#pragma once

#include <string>
#include <string_view>

#include "collector/base/time.h"

namespace casepack::tests {

struct MadeCertificate {
  std::string der;
  std::string pem;
};

// Subject and issuer are "CN=<name>".
MadeCertificate MakeCertificate(const std::string& name, base::Timestamp not_before,
                                base::Timestamp not_after);

}  // namespace casepack::tests
