#define DOCTEST_CONFIG_IMPLEMENT_WITH_MAIN
#include <doctest/doctest.h>

// How many megabytes are freed before freed memory is used again. The sanitizer's own 256 touch fresh pages nearly all the
// time, which takes a third of a test's time, and tells of no more.
extern "C" const char* __asan_default_options();
extern "C" const char* __asan_default_options() { return "quarantine_size_mb=32"; }
