#include "chaos-agent/control/expiry.hpp"

#include <charconv>
#include <chrono>

namespace shakedown::control {

namespace {

// Reads from the front of a text, or stays failed.
class Scanner {
public:
    explicit Scanner(std::string_view text) : rest_(text) {}

    int digits(std::size_t count) {
        int value = 0;
        for (std::size_t i = 0; i < count; ++i) {
            bool const isDigit = i < rest_.size() && rest_[i] >= '0' && rest_[i] <= '9';
            ok_ = ok_ && isDigit;
            value = value * 10 + (isDigit ? rest_[i] - '0' : 0);
        }
        rest_.remove_prefix(std::min(count, rest_.size()));
        return value;
    }
    char oneOf(std::string_view wanted) {
        if (rest_.empty() || wanted.find(rest_[0]) == wanted.npos) {
            ok_ = false;
            return 0;
        }
        char const c = rest_[0];
        rest_.remove_prefix(1);
        return c;
    }
    void skipFraction() {
        if (!rest_.starts_with('.'))
            return;
        rest_.remove_prefix(1);
        digits(1);
        while (!rest_.empty() && rest_[0] >= '0' && rest_[0] <= '9')
            rest_.remove_prefix(1);
    }
    bool isDone() const { return ok_ && rest_.empty(); }

private:
    std::string_view rest_;
    bool ok_ = true;
};

} // namespace

std::optional<std::int64_t> parseExpiry(std::string_view text) {
    std::int64_t seconds = 0;
    auto const [end, error] = std::from_chars(text.data(), text.data() + text.size(), seconds);
    if (error == std::errc() && end == text.data() + text.size())
        return seconds >= 0 ? std::optional(seconds) : std::nullopt;

    using namespace std::chrono;
    Scanner scan(text);
    int const years = scan.digits(4);
    scan.oneOf("-");
    int const months = scan.digits(2);
    scan.oneOf("-");
    int const days_ = scan.digits(2);
    scan.oneOf("Tt");
    int const hour = scan.digits(2);
    scan.oneOf(":");
    int const minute = scan.digits(2);
    scan.oneOf(":");
    int const second = scan.digits(2);
    scan.skipFraction();
    char const zone = scan.oneOf("Zz+-");
    int offset = 0;
    if (zone == '+' || zone == '-') {
        int const hours_ = scan.digits(2);
        scan.oneOf(":");
        int const minutes_ = scan.digits(2);
        if (hours_ > 23 || minutes_ > 59)
            return {};
        offset = (hours_ * 60 + minutes_) * (zone == '+' ? 60 : -60);
    }
    year_month_day const date{year(years), month(static_cast<unsigned>(months)),
                              day(static_cast<unsigned>(days_))};
    if (!scan.isDone() || !date.ok() || hour > 23 || minute > 59 || second > 60)
        return {};
    std::int64_t const days = sys_days(date).time_since_epoch().count();
    std::int64_t const result = ((days * 24 + hour) * 60 + minute) * 60 + second - offset;
    return result >= 0 ? std::optional(result) : std::nullopt;
}

} // namespace shakedown::control
