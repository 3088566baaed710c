#pragma once

#include <functional>
#include <string>

namespace shakedown::control {

/// An answer without an end. It is asked for what comes next whenever the peer has taken what came
/// before, so that nothing is kept for a slow one.
class Feed {
public:
    virtual ~Feed() = default;

    /// What comes next, of bounded size; empty if there is nothing now.
    virtual std::string next() = 0;
    /// `onMore` is called, in the thread of the server, when there may be something again.
    virtual void onMore(std::function<void()> onMore) = 0;
};

} // namespace shakedown::control
