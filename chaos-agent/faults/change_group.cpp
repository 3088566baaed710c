#include "chaos-agent/faults/change_group.hpp"

#include "chaos-agent/system/group_value.hpp"

namespace shakedown::injectors {

namespace {

std::string fileOf(ChangeGroup const& change) {
    return change.folder.path + "/" + change.file;
}

system::Found<std::string> valueOf(ChangeGroup const& change) {
    return system::valueIn(change.folder, change.file);
}

} // namespace

system::Failed applyChange(ChangeGroup const& change) {
    auto const now = valueOf(change);
    if (auto const* failure = std::get_if<system::Failure>(&now))
        return *failure;
    auto const* value = std::get_if<std::string>(&now);
    if (value == nullptr)
        return system::Failure{change.folder.path + " is not there any more"};
    if (*value != change.before)
        return system::Failure{fileOf(change) + " is '" + *value + "' by now, and was '"
                               + change.before + "' when the fault was planned"};
    return system::setValueIn(change.folder, change.file, change.during);
}

// Another value than ours is somebody's who changed it meanwhile: his, not ours to take back.
system::Failed revertChange(ChangeGroup const& change) {
    auto const now = valueOf(change);
    if (auto const* failure = std::get_if<system::Failure>(&now))
        return *failure;
    auto const* value = std::get_if<std::string>(&now);
    if (value == nullptr || *value != change.during)
        return {};
    return system::setValueIn(change.folder, change.file, change.before);
}

Verdict isChangeApplied(ChangeGroup const& change) {
    auto const now = valueOf(change);
    if (auto const* failure = std::get_if<system::Failure>(&now))
        return {Verdict::Is::NotYet, failure->why};
    auto const* value = std::get_if<std::string>(&now);
    if (value == nullptr)
        return {Verdict::Is::NotSo, change.folder.path + " is gone"};
    if (*value != change.during)
        return {Verdict::Is::NotSo, fileOf(change) + " is '" + *value + "'"};
    return {};
}

Verdict isChangeReverted(ChangeGroup const& change) {
    auto const now = valueOf(change);
    if (auto const* failure = std::get_if<system::Failure>(&now))
        return {Verdict::Is::NotYet, failure->why};
    auto const* value = std::get_if<std::string>(&now);
    if (value != nullptr && *value == change.during)
        return {Verdict::Is::NotSo, fileOf(change) + " is still '" + *value + "'"};
    return {};
}

protocol::PlannedStep wordsOfChange(ChangeGroup const& change) {
    return {"write '" + change.during + "' to " + fileOf(change) + ", which is '" + change.before
                + "'",
            "write '" + change.before + "' to it, unless somebody else wrote to it"};
}

} // namespace shakedown::injectors
