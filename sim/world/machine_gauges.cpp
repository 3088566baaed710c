#include <algorithm>

#include "sim/world/world.hpp"

namespace shakedown::world {

namespace {

// Since the last look: a host is crowded when its cores are full (the first share) and its work
// gets less than the second share of what it wants, until it gets the third again.
constexpr double fullAbove = 0.98;
constexpr double crowdedBelow = 2.0 / 3;
constexpr double relievedAbove = 0.9;

double share(double part, double whole) {
    return whole > 0 ? part / whole : 0;
}

} // namespace

std::vector<measure::HostCounters> World::hostCounters() const {
    std::vector<measure::HostCounters> hosts(plan_.names.hosts.size());
    if (machines_ == nullptr)
        return hosts;
    for (MachineId m = 0; m < hosts.size(); ++m) {
        auto const use = machines_->useOf(m);
        double const cores = plan_.hosting->blueprint.machines[m].cores;
        hosts[m] = {use.got, use.wanted, cores * (now() - SimTime()).inSeconds(),
                    machines_->energyOf(m), std::vector<double>(services_.size())};
    }
    for (auto const& replica : replicas_)
        hosts[machineOf(replica.index)].usedBy[replica.service] +=
            machines_->useBy(replica.host).got;
    return hosts;
}

std::vector<measure::LinkCounters> World::linkCounters() const {
    std::vector<measure::LinkCounters> links(plan_.names.links.size());
    if (machines_ != nullptr)
        for (LinkId l = 0; l < links.size(); ++l) {
            auto const traffic = machines_->trafficOf(l);
            links[l] = {traffic.carried, traffic.capacity};
        }
    return links;
}

void World::addHostDifference(verdict::WindowEvidence& sum, WindowStart const& start) const {
    auto const hosts = hostCounters();
    sum.hosts.resize(hosts.size());
    for (std::size_t m = 0; m < hosts.size(); ++m) {
        auto& host = sum.hosts[m];
        host.used += hosts[m].used - start.hosts[m].used;
        host.wanted += hosts[m].wanted - start.hosts[m].wanted;
        host.capacity += hosts[m].capacity - start.hosts[m].capacity;
        host.joules += hosts[m].joules - start.hosts[m].joules;
        host.usedBy.resize(services_.size());
        for (std::size_t s = 0; s < services_.size(); ++s)
            host.usedBy[s] += hosts[m].usedBy[s] - start.hosts[m].usedBy[s];
    }
    auto const links = linkCounters();
    sum.links.resize(links.size());
    for (std::size_t l = 0; l < links.size(); ++l) {
        sum.links[l].carried += links[l].carried - start.links[l].carried;
        sum.links[l].capacity += links[l].capacity - start.links[l].capacity;
    }
}

void World::addMachines(record::Interval& interval) {
    auto const hosts = hostCounters();
    intervalHosts_.resize(hosts.size());
    for (std::size_t m = 0; m < hosts.size(); ++m) {
        auto const& then = intervalHosts_[m];
        double const length = hosts[m].capacity - then.capacity;
        double const cores = plan_.hosting->blueprint.machines[m].cores;
        interval.hosts.push_back({share(hosts[m].used - then.used, length),
                                  share((hosts[m].wanted - then.wanted) * cores, length)});
    }
    intervalHosts_ = hosts;
    auto const links = linkCounters();
    intervalLinks_.resize(links.size());
    for (std::size_t l = 0; l < links.size(); ++l)
        interval.links.push_back({share(links[l].carried - intervalLinks_[l].carried,
                                        links[l].capacity - intervalLinks_[l].capacity)});
    intervalLinks_ = links;
}

// Who used most of a crowded host since the last look, and who missed most.
void World::lookForCrowds() {
    auto const hosts = hostCounters();
    lookedAtHosts_.resize(hosts.size());
    lookedAtReplicas_.resize(replicas_.size());
    std::vector<std::vector<platform::Use>> by(hosts.size(),
                                               std::vector<platform::Use>(services_.size()));
    for (auto const& replica : replicas_) {
        auto const use = machines_->useBy(replica.host);
        auto& then = lookedAtReplicas_[replica.index];
        auto& sum = by[machineOf(replica.index)][replica.service];
        sum.got += use.got - then.got;
        sum.wanted += use.wanted - then.wanted;
        then = use;
    }
    for (std::uint32_t m = 0; m < hosts.size(); ++m) {
        double const used = hosts[m].used - lookedAtHosts_[m].used;
        double const wanted = hosts[m].wanted - lookedAtHosts_[m].wanted;
        bool const isFull = used >= fullAbove * (hosts[m].capacity - lookedAtHosts_[m].capacity);
        bool& isCrowded = hosting_.machines[m].isCrowded;
        if (!isCrowded && isFull && used < crowdedBelow * wanted) {
            isCrowded = true;
            auto const user = std::max_element(
                by[m].begin(), by[m].end(),
                [](platform::Use const& a, platform::Use const& b) { return a.got < b.got; });
            auto const missed = [](platform::Use const& u) { return u.wanted - u.got; };
            auto const waiting = std::max_element(
                by[m].begin(), by[m].end(), [&](platform::Use const& a, platform::Use const& b) {
                    return missed(a) < missed(b);
                });
            emitTurningPoint(record::HostCrowded{
                m, static_cast<std::uint32_t>(user - by[m].begin()), share(user->got, used),
                static_cast<std::uint32_t>(waiting - by[m].begin()),
                share(missed(*waiting), waiting->wanted)});
        } else if (isCrowded && used >= relievedAbove * wanted) {
            isCrowded = false;
            emitTurningPoint(record::HostRelieved{m});
        }
    }
    lookedAtHosts_ = hosts;
}

} // namespace shakedown::world
