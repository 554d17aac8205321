// How confidential something is.
#pragma once

namespace pmo {

enum class Confidentiality : unsigned char { open, internal, confidential, secret };

}  // namespace pmo
