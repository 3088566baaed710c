#pragma once

#include <memory>
#include <string_view>

#include "scenarios/vectors/vectors.hpp"
#include "sim/replay/arguments.hpp"

namespace shakedown::replay {

/// One machine under the steps of one vector.
class Player {
public:
    Player() = default;
    Player(Player const&) = delete;
    Player& operator=(Player const&) = delete;
    virtual ~Player() = default;

    /// Does one step and tells what is seen after it: an object of the decision and every part of
    /// the state that an expectation may name. Throws Unplayable, or Refusal (seen as `error`).
    virtual vectors::Value play(vectors::Step const& step) = 0;
    /// The state alone, after a step that was refused.
    virtual vectors::Value seen() const { return vectors::Value::object(); }
    /// Whether play() itself does the step `times` times (served_by of n requests is one answer);
    /// else replay() calls it so often.
    virtual bool repeats(std::string_view /*verb*/) const { return false; }
    /// Whether an expectation holds after every repetition, not only after the last.
    virtual bool holdsAlways(std::string_view key) const { return key == "allowed"; }
    /// How far a number may be from what is expected; relative, or absolute if the second is set.
    struct Tolerance {
        double relative = 1e-4;
        double absolute = 0;
    };
    virtual Tolerance tolerance(std::string_view /*key*/) const { return {}; }
};

/// Throws Unplayable: the suite's players of this dialect do not know the verb.
[[noreturn]] inline void refuseVerb(vectors::Step const& step) {
    throw Unplayable("'" + step.verb + "' is no verb of this dialect");
}

/// Makes the player of a vector; null: its dialect is not offered. Throws Unplayable, or Refusal
/// where the library refuses the configuration.
using MakePlayer = std::unique_ptr<Player> (*)(vectors::Vector const& vector);

} // namespace shakedown::replay
