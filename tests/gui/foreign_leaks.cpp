// What GLib, which Qt loads, allocates once and never gives back is not ours. The leak sanitizer
// asks for this by name; nothing else does.
extern "C" char const* __lsan_default_suppressions();
extern "C" char const* __lsan_default_suppressions() {
    return "leak:libglib-2.0\n";
}
