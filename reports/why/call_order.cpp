#include "reports/why/call_order.hpp"

namespace shakedown::why {

using record::nobody;

std::vector<std::uint32_t> calleesFirst(Course const& course) {
    std::size_t const services = course.header().names.services.size();
    std::vector<std::uint32_t> order;
    enum class Seen : unsigned char { Not, Open, Done };
    std::vector<Seen> seen(services, Seen::Not);
    for (std::uint32_t root = 0; root < services; ++root) {
        std::vector<std::uint32_t> stack{root};
        while (!stack.empty()) {
            std::uint32_t const s = stack.back();
            if (seen[s] == Seen::Not) {
                seen[s] = Seen::Open;
                for (std::uint32_t const call : course.callsOf(s)) {
                    std::uint32_t const to = course.routes()[call].to;
                    if (to != nobody && seen[to] == Seen::Not) {
                        stack.push_back(to);
                    }
                }
                continue;
            }
            stack.pop_back();
            if (seen[s] == Seen::Open) {
                seen[s] = Seen::Done;
                order.push_back(s);
            }
        }
    }
    return order;
}

std::vector<std::vector<std::uint32_t>> loadsInto(Course const& course,
                                                  std::vector<std::uint32_t> const& order) {
    std::size_t const services = course.header().names.services.size();
    std::vector<std::vector<std::uint32_t>> into(services);
    for (std::uint32_t load = 0; load < course.header().names.loads.size(); ++load) {
        std::vector<bool> reached(services, false);
        for (auto const& route : course.routes()) {
            if (route.fromLoad == load && route.to != nobody) {
                reached[route.to] = true;
            }
        }
        for (auto s = order.rbegin(); s != order.rend(); ++s) {
            if (!reached[*s]) {
                continue;
            }
            into[*s].push_back(load);
            for (std::uint32_t const call : course.callsOf(*s)) {
                if (course.routes()[call].to != nobody) {
                    reached[course.routes()[call].to] = true;
                }
            }
        }
    }
    return into;
}

} // namespace shakedown::why
