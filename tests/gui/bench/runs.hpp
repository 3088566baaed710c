#pragma once

#include <memory>
#include <string>

#include "gui/session/run.hpp"

/// What the desktop app is measured with.
namespace shakedown::bench {

/// Bare calls stand a slow service; guarded ones (timeouts, retries, breakers) make a collapse of
/// it that is seen everywhere.
enum class Calls { Bare, Guarded };
/// A system in tiers with `services`, three calls each, under load; one slow service in it.
std::string graphText(int services, Calls calls);
/// Its record, as a file has it.
std::string recordOf(std::string const& scenario, record::Level level);
std::unique_ptr<gui::Run> runOf(std::string const& record);

/// A record whose charts have a million points.
std::string longRecord();
/// A request with so many attempts, in three depths.
record::Request wideRequest(std::uint32_t attempts);

/// A scenario of about half a million events, and a timeout in it.
std::string half();
inline constexpr auto halfKnob = "calls.a -> b.timeout";

} // namespace shakedown::bench
