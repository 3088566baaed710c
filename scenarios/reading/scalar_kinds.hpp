#pragma once

#include <cstdint>
#include <limits>
#include <span>
#include <string>

#include "scenarios/chance/distribution.hpp"
#include "scenarios/model/enum_names.hpp"
#include "scenarios/reading/kind.hpp"
#include "scenarios/vocabulary/quantities.hpp"
#include "scenarios/vocabulary/time.hpp"

/// The kinds of single values.
namespace shakedown::reading {

/// Bounds in base units (seconds, per second, 1 for 100 %), both included.
struct Bounds {
    double least = 0;
    double most = std::numeric_limits<double>::infinity();
};
constexpr Bounds atLeast(double least) {
    return {least, std::numeric_limits<double>::infinity()};
}
constexpr Bounds anyNumber() {
    return {-std::numeric_limits<double>::infinity(), std::numeric_limits<double>::infinity()};
}

/// Keeps sums of counts within an int64 everywhere; counts are never above it.
inline constexpr double largestCount = 1e9;
/// The bounds for people; that a quantity is not negative goes without saying.
std::string rangeText(Bounds bounds, std::string (*print)(double));
/// A text with a "${variable}" may stand for any single value in the JSON Schema.
inline constexpr auto variablePattern = R"(\$\{[^}]+\})";

enum class NoneWord : std::uint8_t { Refused, Allowed };

/// A whole number.
Of<int> count(Bounds bounds = atLeast(0));
Of<std::uint64_t> seedNumber();
/// A bare number that may have a fraction.
Of<double> number(Bounds bounds = atLeast(0));
Of<bool> flag();
Of<Duration> duration(NoneWord none = NoneWord::Refused, Bounds bounds = atLeast(0));
Of<Rate> rate();
Of<Bytes> bytes();
Of<Bandwidth> bandwidth();
/// A share between 0 and `most`.
Of<Ratio> share(double most = 1);
/// A duration that varies.
Of<chance::Distribution> varying();
/// Any text, for people to read.
Of<std::string> text();
/// A name of something in the document: "service", "fault".
Of<std::string> nameOf(std::string const& what);
Of<model::EndpointName> endpointName();
Of<model::CallName> callName();

/// One of a closed set of words, kept as its position in the set.
class WordKind : public Kind {
public:
    explicit WordKind(std::vector<std::string> words) : words_(std::move(words)) {}
    void read(Node const& node, void* value, Reading& reading) const override;
    std::optional<Node> write(void const* value) const override;
    Json schema(Definitions& definitions) const override;
    std::string name() const override;

protected:
    virtual void store(std::size_t word, void* value) const = 0;
    virtual std::size_t load(void const* value) const = 0;

private:
    std::vector<std::string> words_;
};

template <class E>
class EnumKind : public WordKind {
public:
    EnumKind() : WordKind(wordsOf()) {}

protected:
    void store(std::size_t word, void* value) const override {
        *static_cast<E*>(value) = model::namesOf<E>()[word].value;
    }
    std::size_t load(void const* value) const override {
        auto const names = model::namesOf<E>();
        for (std::size_t i = 0; i < names.size(); ++i) {
            if (names[i].value == *static_cast<E const*>(value)) {
                return i;
            }
        }
        return 0;
    }

private:
    static std::vector<std::string> wordsOf() {
        std::vector<std::string> words;
        for (auto const& named : model::namesOf<E>()) {
            words.emplace_back(named.name);
        }
        return words;
    }
};

template <class E>
Of<E> word() {
    return {std::make_shared<EnumKind<E>>()};
}

} // namespace shakedown::reading
