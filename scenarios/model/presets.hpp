#pragma once

#include <functional>
#include <string>
#include <string_view>
#include <vector>

#include "scenarios/model/call_policy.hpp"

/// What libraries do to a call when nothing is configured, and the values they publish for what is
/// configured in part: `preset: hystrix`, `dialect: envoy`. Each value stands once, beside its
/// source; the policies below and the reference page are made from these rows.
namespace shakedown::model {

/// One key of a call policy as a library publishes it.
struct PresetValue {
    std::string key; // as in a file: "circuit_breaker.open_for"
    std::function<void(CallPolicy&)> set;
    std::string source;
    std::string when = {}; // for people, where it is not said by the list it stands in
};

/// What the library publishes and a call policy has no key for.
struct PresetFact {
    std::string text;
    std::string source;
};

struct Preset {
    Dialect dialect;
    std::string library;                // name and version
    std::vector<PresetValue> always;    // holds for every call
    std::vector<PresetValue> written;   // keys not said of a pattern that is there
    std::vector<PresetValue> otherwise; // the same, for the other kind of a pattern: its `when`
    std::vector<PresetFact> facts = {};
};

/// All presets, in the order of the dialects; each dialect has one.
std::vector<Preset> const& presets();
Preset const& presetOf(Dialect dialect);

/// What the library does with nothing configured: scalars, and patterns that are there without a
/// word on their keys.
CallPolicy const& alwaysOf(Dialect dialect);
/// Every pattern the library has, with its published values. A key it does not have stays empty.
CallPolicy const& publishedBy(Dialect dialect);
/// The values of the other kind of a pattern: a bulkhead with (or without) threads of its own, a
/// retry budget that is written instead of built in.
CallPolicy const& publishedOtherwise(Dialect dialect);

} // namespace shakedown::model
