#include "sim/world/program.hpp"

#include <algorithm>
#include <limits>

namespace shakedown::world {

namespace {

// Turns nested steps into a flat program; jumps are patched once their goal is known.
class ProgramWriter {
public:
    ProgramWriter(Compiler& compiler, std::uint32_t service)
        : compiler_(compiler), plan_(planOf(compiler)), service_(service) {}

    std::uint32_t here() const { return static_cast<std::uint32_t>(plan_.ops.size()); }
    Duration expected() const { return Duration::fromSeconds(expectedSeconds_); }

    void add(model::Steps const& steps) {
        for (auto const& step : steps)
            std::visit([&](auto const& what) { addStep(what, step.place); }, step.what);
    }
    void end() { emit(OpCode::End); }

private:
    std::uint32_t emit(OpCode code, std::uint32_t a = 0, std::uint32_t b = 0) {
        Op op;
        op.code = code;
        op.loop = static_cast<std::uint8_t>(loopDepth_);
        op.step = static_cast<std::uint16_t>(std::min<std::uint32_t>(nextStep_++, 65'535));
        op.a = a;
        op.b = b;
        op.onFail = nothing;
        plan_.ops.push_back(op);
        return here() - 1;
    }
    std::uint32_t law(model::Distribution const& d) {
        Law wanted(d);
        expect(wanted.mean());
        auto const known = std::find(plan_.laws.begin(), plan_.laws.end(), wanted);
        auto const index = static_cast<std::uint32_t>(known - plan_.laws.begin());
        if (known == plan_.laws.end())
            plan_.laws.push_back(std::move(wanted));
        return index;
    }
    void expect(Duration mean) {
        if (!mean.isNone())
            expectedSeconds_ += mean.inSeconds() * weight_;
    }

    void addStep(model::Work const& s, Place const&) { emit(OpCode::Work, law(s.amount)); }
    void addStep(model::Wait const& s, Place const&) {
        if (auto const* d = std::get_if<model::Distribution>(&s.span)) {
            emit(OpCode::Wait, law(*d));
            return;
        }
        auto const& by = std::get<model::LoadDependent>(s.span);
        plan_.loadWaits.push_back({by.base, by.slope});
        expect(by.base);
        emit(OpCode::WaitByLoad, static_cast<std::uint32_t>(plan_.loadWaits.size() - 1));
    }
    void addStep(model::Call const& s, Place const& place) {
        auto const site = addServiceSite(compiler_, service_, s, place);
        emit(OpCode::Call, site.value_or(0));
    }
    void addStep(model::Parallel const& s, Place const&) {
        Fork fork;
        fork.need =
            static_cast<std::uint32_t>(s.need.value_or(static_cast<int>(s.branches.size())));
        fork.when = s.when;
        auto const index = static_cast<std::uint32_t>(plan_.forks.size());
        plan_.forks.push_back(fork);
        emit(OpCode::Fork, index);
        std::uint32_t const skip = emit(OpCode::Jump);
        int const outerDepth = loopDepth_;
        for (auto const& branch : s.branches) {
            std::uint32_t const first = here();
            loopDepth_ = 0; // a branch is a strand with registers of its own
            add(branch);
            Op const& only = plan_.ops[first];
            bool const isLoneCall =
                here() == first + 1 && only.code == OpCode::Call && only.onFail == nothing;
            end();
            plan_.forks[index].branches.push_back({first, isLoneCall});
        }
        loopDepth_ = outerDepth;
        plan_.ops[skip].b = here();
    }
    void addStep(model::Choose const& s, Place const&) {
        auto const index = static_cast<std::uint32_t>(plan_.choices.size());
        plan_.choices.emplace_back();
        emit(OpCode::Choose, index);
        std::vector<std::uint32_t> jumps;
        double sum = 0;
        double const outerWeight = weight_;
        for (auto const& option : s.options) {
            sum += option.p.value();
            plan_.choices[index].upTo.push_back(sum);
            plan_.choices[index].goTo.push_back(here());
            weight_ = outerWeight * option.p.value();
            add(option.steps);
            jumps.push_back(emit(OpCode::Jump));
        }
        weight_ = outerWeight;
        plan_.choices[index].otherwise = here();
        for (auto const jump : jumps)
            plan_.ops[jump].b = here();
    }
    void addStep(model::Repeat const& s, Place const& place) {
        if (loopDepth_ >= static_cast<int>(loopRegisters)) {
            refuse(compiler_, "repeat is nested more than 4 deep", place);
            return;
        }
        std::uint32_t const begin = emit(OpCode::LoopBegin, static_cast<std::uint32_t>(s.times));
        double const outerWeight = weight_;
        weight_ *= s.times;
        ++loopDepth_;
        std::uint32_t const body = here();
        add(s.steps);
        --loopDepth_;
        weight_ = outerWeight;
        emit(OpCode::LoopEnd, 0, body);
        plan_.ops[begin].b = here();
    }
    // A hit with a fixed share jumps over the steps of a miss.
    void addStep(model::Cache const& s, Place const&) {
        double const hit = s.hit.value_or(Ratio::of(0)).value();
        auto const index = static_cast<std::uint32_t>(plan_.choices.size());
        plan_.choices.emplace_back();
        emit(OpCode::Choose, index);
        plan_.choices[index].otherwise = here();
        double const outerWeight = weight_;
        weight_ *= 1 - hit;
        add(s.miss);
        weight_ = outerWeight;
        plan_.choices[index].upTo.push_back(hit);
        plan_.choices[index].goTo.push_back(here());
    }
    void addStep(model::Publish const& s, Place const& place) {
        refuse(compiler_, "publishing to topic '" + s.topic + "' is not simulated yet", place);
    }
    void addStep(model::Fail const& s, Place const&) {
        plan_.shares.push_back(s.share.value());
        emit(OpCode::Fail, static_cast<std::uint32_t>(plan_.shares.size() - 1));
    }
    void addStep(model::Reply const&, Place const&) { emit(OpCode::Reply); }
    // body; jump over; landing: degrade. Whatever fails in the body goes to the landing.
    void addStep(model::Optional const& s, Place const&) {
        std::uint32_t const first = here();
        add(s.steps);
        std::uint32_t const last = here();
        std::uint32_t const jump = emit(OpCode::Jump);
        std::uint32_t const landing = emit(OpCode::Degrade);
        plan_.ops[jump].b = here();
        for (std::uint32_t i = first; i < last; ++i)
            if (plan_.ops[i].onFail == nothing && !isInBranch(i, first, last))
                plan_.ops[i].onFail = landing;
    }
    // Ops of parallel branches fail their own strand; the fork op then fails in this one.
    bool isInBranch(std::uint32_t op, std::uint32_t first, std::uint32_t last) const {
        for (std::uint32_t i = first; i < last; ++i) {
            if (plan_.ops[i].code != OpCode::Fork)
                continue;
            std::uint32_t const after = plan_.ops[i + 1].b == 0 ? last : plan_.ops[i + 1].b;
            if (op > i + 1 && op < after)
                return true;
        }
        return false;
    }

    Compiler& compiler_;
    Plan& plan_;
    std::uint32_t service_;
    std::uint32_t nextStep_ = 1;
    int loopDepth_ = 0;
    double weight_ = 1;
    double expectedSeconds_ = 0;
};

} // namespace

Program compileProgram(Compiler& compiler, std::uint32_t service, model::Endpoint const& endpoint) {
    ProgramWriter writer(compiler, service);
    std::uint32_t const entry = writer.here();
    writer.add(endpoint.steps);
    writer.end();
    return {entry, writer.expected()};
}

} // namespace shakedown::world
