// Files locked with a passphrase, to be mailed: a bundle inside an envelope that says how it was locked.
//
//   { "format": "pmo-desk-protected", "version": 2,
//     "key":    { "method": "PBKDF2-HMAC-SHA256", "iterations": 600000, "salt": "<base64, 16 bytes>",
//                 "check": "<base64, 16 bytes: HMAC-SHA-256 of the format's name under the key, cut>" },
//     "packing": "zlib",       before it was locked
//     "cipher": { "method": "AES-256-GCM", "nonce": "<base64, 12 bytes>", "tag": "<base64, 16 bytes>" },
//     "content": "<base64>" }
//
// Version 1 had neither check nor packing; it is still read. The iterations are what OWASP asks of PBKDF2-HMAC-SHA256
// (2023). A reader takes from 100,000 to ten million. A passphrase cannot be recovered.
#pragma once

#include <string>
#include <string_view>

#include "app/model/project.h"

namespace pmo::storage {

bool is_protected(std::string_view file);

inline constexpr int key_rounds = 600'000, least_key_rounds = 100'000;

// Salt and nonce are drawn from the surroundings. Fewer rounds are for tests. Error: error.protection.empty, because nothing
// would ever open the file.
Result<std::string> protect(std::string_view content, std::string_view passphrase, Surroundings& surroundings, int rounds = key_rounds);

// Errors: error.protection.format, .newer, .method, .rounds or .part, by what is wrong with the envelope;
// error.protection.passphrase when the passphrase is another one (version 1: or the content was changed);
// error.protection.damaged when the content was changed.
Result<std::string> unprotect(std::string_view file, std::string_view passphrase);

}  // namespace pmo::storage
