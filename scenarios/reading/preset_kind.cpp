#include "scenarios/reading/preset_kind.hpp"

#include "scenarios/reading/preset_text.hpp"

namespace shakedown::reading {

namespace {

using model::PresetChoice;

// The dialects in their order, then none.
class PresetKind : public WordKind {
public:
    PresetKind() : WordKind(words()) {}

    // Each word with its library, so that an editor shows what it stands for.
    Json schema(Definitions& definitions) const override {
        return definitions.refer("preset", [] {
            Json choices = Json::array();
            for (auto const& preset : model::presets()) {
                choices.push_back(Json{{"const", model::toText(preset.dialect)},
                                       {"title", preset.library},
                                       {"description", summaryOf(preset)}});
            }
            choices.push_back(Json{{"const", "none"},
                                   {"description", "Takes back the preset of a weaker rule."}});
            return Json{{"oneOf", std::move(choices)}};
        });
    }

protected:
    void store(std::size_t word, void* value) const override {
        auto& choice = *static_cast<PresetChoice*>(value);
        choice = word < model::presets().size() ? PresetChoice(model::presets()[word].dialect)
                                                : std::nullopt;
    }
    std::size_t load(void const* value) const override {
        auto const& choice = *static_cast<PresetChoice const*>(value);
        return choice ? static_cast<std::size_t>(*choice) : model::presets().size();
    }

private:
    static std::vector<std::string> words() {
        std::vector<std::string> list;
        for (auto const& preset : model::presets()) {
            list.emplace_back(model::toText(preset.dialect));
        }
        list.emplace_back("none");
        return list;
    }
};

} // namespace

Of<PresetChoice> presetChoice() {
    return {std::make_shared<PresetKind>()};
}

} // namespace shakedown::reading
