#include "sim/platform/simgrid/sharing_meter.hpp"

#include <algorithm>

namespace shakedown::platform {

std::size_t SharingMeter::addProcess() {
    processes_.emplace_back();
    return processes_.size() - 1;
}

double SharingMeter::shareAt(SimTime now) const {
    double const each = pieces_ <= cores_ ? 1.0 : static_cast<double>(cores_) / pieces_;
    return share_ + (now - updated_).inSeconds() * each;
}

Use SharingMeter::grown(Process const& process, SimTime now) const {
    Use use = process.use;
    use.got += process.pieces * (shareAt(now) - process.shareSince);
    use.wanted += process.pieces * (now - process.since).inSeconds();
    return use;
}

void SharingMeter::change(std::size_t index, int by, SimTime now) {
    Process& process = processes_[index];
    process.use = grown(process, now);
    use_ = use(now);
    share_ = shareAt(now);
    updated_ = now;
    process.shareSince = share_;
    process.since = now;
    process.pieces += by;
    pieces_ += by;
}

Use SharingMeter::useBy(std::size_t process, SimTime now) const {
    return grown(processes_[process], now);
}

Use SharingMeter::use(SimTime now) const {
    double const passed = (now - updated_).inSeconds();
    return {use_.got + passed * std::min(pieces_, cores_), use_.wanted + passed * pieces_};
}

} // namespace shakedown::platform
