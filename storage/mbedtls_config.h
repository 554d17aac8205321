// What we use of Mbed TLS: SHA-256 for contents, PBKDF2 and AES-256-GCM for protected bundles. Randomness comes from
// the project's surroundings.
#pragma once

#define MBEDTLS_AES_C
#define MBEDTLS_BASE64_C
#define MBEDTLS_CIPHER_C
#define MBEDTLS_GCM_C
#define MBEDTLS_MD_C
#define MBEDTLS_PKCS5_C
#define MBEDTLS_PLATFORM_C
#define MBEDTLS_SHA256_C
