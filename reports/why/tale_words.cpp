#include "reports/why/tale_words.hpp"

#include "reports/record/number_text.hpp"

namespace shakedown::why {

std::string listed(std::vector<std::string> const& names) {
    std::string text;
    for (std::size_t i = 0; i < names.size(); ++i) {
        text += (i == 0 ? "" : i + 1 == names.size() ? " and " : ", ") + names[i];
    }
    return text;
}

std::string percentText(double share) {
    return record::significant(share * 100, 2) + " %";
}

std::string secondsText(Duration d) {
    return record::significant(d.inSeconds(), 3) + " s";
}

} // namespace shakedown::why
