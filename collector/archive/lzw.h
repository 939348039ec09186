// compress(1)'s .Z: LZW with codes of 9 to 16 bits. The format has no checksum and no end
// of its own; libarchive's decoder of it recurses on hostile input. For decoder.cc and
// encoder.cc only.
#pragma once

#include <memory>

#include "collector/archive/decoder.h"
#include "collector/archive/encoder.h"

namespace casepack::archive {

std::unique_ptr<Decoder> MakeLzwDecoder();
std::unique_ptr<Encoder> MakeLzwEncoder();

}  // namespace casepack::archive
