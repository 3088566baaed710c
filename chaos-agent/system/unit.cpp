#include "chaos-agent/system/unit.hpp"

#include <charconv>

#include "chaos-agent/system/program.hpp"

namespace shakedown::system {

Got<pid_t> mainProcessOf(std::string const& unit) {
    constexpr char const* systemctl = "/usr/bin/systemctl";
    auto const got = run({systemctl, "show", "--property=MainPID", "--value", "--", unit}, "",
                         Duration::seconds(2));
    if (auto const* failure = std::get_if<Failure>(&got))
        return *failure;
    auto const& finished = std::get<Finished>(got);
    pid_t number = 0;
    std::from_chars(finished.output.data(), finished.output.data() + finished.output.size(),
                    number);
    if (finished.status != 0 || number <= 1)
        return Failure{"unit " + unit + " has no running process"};
    return number;
}

} // namespace shakedown::system
