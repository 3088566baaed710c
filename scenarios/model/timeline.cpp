#include "scenarios/model/timeline.hpp"

namespace shakedown::model {

Place placeOf(std::string const& word, Mentions const& mentions, Place const& otherwise) {
    for (auto const& mention : mentions) {
        if (mention.text == word) {
            return mention.place;
        }
    }
    for (auto const& mention : mentions) {
        auto const offset = mention.text.find(word);
        if (offset != std::string::npos && !word.empty()) {
            Place place = mention.place;
            place.column += static_cast<int>(offset);
            return place;
        }
    }
    return otherwise;
}

} // namespace shakedown::model
