#pragma once

/// Time as somebody waits it.
namespace shakedown::bench {

/// From before the program is started until its topology has been painted for the first time; the
/// program is this one, started again to do what shakedown-gui does. Median of several.
void reportFirstPicture();
/// Does that; `since` is the start in nanoseconds of the steady clock. An exit code.
int showFirstPicture(char const* scenario, char const* since);
/// From a changed scenario of half a million events until its record, simulated by a child process,
/// is a curve beside the first. At level sampled: at level summary a record has no curves.
void reportSecondFuture();
/// From a key in the editor until the squiggle is there.
void reportSquiggle();

} // namespace shakedown::bench
