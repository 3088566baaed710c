#include "scenarios/reading/law_grammar.hpp"

#include <array>
#include <cmath>
#include <optional>
#include <span>

#include "scenarios/reading/codes.hpp"
#include "scenarios/reading/quantity_grammar.hpp"
#include "scenarios/reading/shifted.hpp"
#include "scenarios/vocabulary/quantity_text.hpp"

namespace shakedown::reading {

namespace {

using namespace chance;

enum class Takes { Span, Number };

struct Parameter {
    std::string_view name;
    Takes takes;
};

/// A law with fixed parameters. The name before a value ("median 8ms") may be left out.
struct Form {
    std::string_view name;
    std::vector<Parameter> parameters;
    std::string_view example;
    Result<Law> (*make)(std::span<double const> values);
};

struct Piece {
    std::string_view text;
    std::size_t offset;
};

Diagnostic badLaw(std::size_t offset, std::string message, std::string hint = {}) {
    return textError(codes::badDistribution, offset, std::move(message), std::move(hint));
}

Piece trimmed(Piece piece) {
    while (!piece.text.empty() && piece.text.front() == ' ') {
        piece.text.remove_prefix(1);
        ++piece.offset;
    }
    while (!piece.text.empty() && piece.text.back() == ' ') {
        piece.text.remove_suffix(1);
    }
    return piece;
}

std::vector<Piece> splitAtCommas(Piece whole) {
    std::vector<Piece> pieces;
    std::size_t start = 0;
    for (std::size_t i = 0; i <= whole.text.size(); ++i) {
        if (i == whole.text.size() || whole.text[i] == ',') {
            pieces.push_back(trimmed({whole.text.substr(start, i - start), whole.offset + start}));
            start = i + 1;
        }
    }
    return pieces;
}

template <class T>
Result<T> fail(Diagnostic finding) {
    return Result<T>(std::move(finding));
}

std::vector<Form> const& forms() {
    static std::vector<Form> const table = {
        {"constant",
         {{"value", Takes::Span}},
         "constant(3ms)",
         [](std::span<double const> v) { return Result<Law>(Constant{v[0]}); }},
        {"exponential",
         {{"mean", Takes::Span}},
         "exponential(5ms)",
         [](std::span<double const> v) { return Result<Law>(Exponential{v[0]}); }},
        {"uniform",
         {{"low", Takes::Span}, {"high", Takes::Span}},
         "uniform(1ms, 4ms)",
         [](std::span<double const> v) {
             return v[0] <= v[1] ? Result<Law>(Uniform{v[0], v[1]})
                                 : fail<Law>(badLaw(0, "the lower bound is above the upper one"));
         }},
        {"normal",
         {{"mean", Takes::Span}, {"deviation", Takes::Span}},
         "normal(10ms, 2ms)",
         [](std::span<double const> v) {
             return Result<Law>(Normal{v[0], v[1]});
         }},
        {"gamma",
         {{"mean", Takes::Span}, {"cv", Takes::Number}},
         "gamma(mean 5ms, cv 2)",
         [](std::span<double const> v) {
             return Result<Law>(Gamma{v[0], v[1]});
         }},
        {"weibull",
         {{"scale", Takes::Span}, {"shape", Takes::Number}},
         "weibull(scale 10ms, shape 2)",
         [](std::span<double const> v) {
             return v[1] > 0 ? Result<Law>(Weibull{v[0], v[1]})
                             : fail<Law>(badLaw(0, "the shape of a Weibull law is above 0"));
         }},
        {"pareto",
         {{"min", Takes::Span}, {"shape", Takes::Number}},
         "pareto(min 10ms, shape 2.5)",
         [](std::span<double const> v) {
             return v[1] > 0 ? Result<Law>(Pareto{v[0], v[1]})
                             : fail<Law>(badLaw(0, "the shape of a Pareto law is above 0"));
         }},
    };
    return table;
}

constexpr std::string_view lognormalExample = "lognormal(median 8ms, p99 60ms)";
constexpr std::string_view hyperExample = "hyperexponential(90% 1ms, 10% 20ms)";
constexpr std::string_view empiricalExample = "empirical(file.csv)";

// `median 8ms` gives 8ms; another name than the parameter's is refused.
Result<double> parameterValue(Piece piece, Parameter const& parameter, std::string_view example) {
    auto const space = piece.text.find(' ');
    if (space != std::string_view::npos) {
        if (piece.text.substr(0, space) != parameter.name) {
            return badLaw(piece.offset,
                          "'" + std::string(parameter.name) + "' is expected here, not '"
                              + std::string(piece.text.substr(0, space)) + "'",
                          "write " + std::string(example));
        }
        piece = trimmed({piece.text.substr(space), piece.offset + space});
    }
    auto const value =
        parameter.takes == Takes::Span ? parseSeconds(piece.text) : parseNumber(piece.text);
    if (!value) {
        return shifted(value.errors().front(), piece.offset);
    }
    if (value.value() < 0) {
        return badLaw(piece.offset, "a parameter of a distribution cannot be negative");
    }
    return value.value();
}

Result<std::vector<double>> parameterValues(Piece inside, std::span<Parameter const> parameters,
                                            std::string_view name, std::string_view example) {
    auto const pieces = splitAtCommas(inside);
    if (pieces.size() != parameters.size()) {
        return badLaw(inside.offset,
                      "'" + std::string(name) + "' takes " + std::to_string(parameters.size())
                          + (parameters.size() == 1 ? " parameter" : " parameters") + ", not "
                          + std::to_string(pieces.size()),
                      "write " + std::string(example));
    }
    std::vector<double> values;
    for (std::size_t i = 0; i < pieces.size(); ++i) {
        auto const value = parameterValue(pieces[i], parameters[i], example);
        if (!value) {
            return value.errors();
        }
        values.push_back(value.value());
    }
    return values;
}

Result<Distribution> lognormal(Piece inside) {
    auto const pieces = splitAtCommas(inside);
    bool const bySigma =
        pieces.size() == 2
        && (pieces[1].text.starts_with("sigma")
            || pieces[1].text.find_first_not_of("0123456789.") == std::string_view::npos);
    std::array<Parameter, 2> const parameters{
        {{"median", Takes::Span},
         bySigma ? Parameter{"sigma", Takes::Number} : Parameter{"p99", Takes::Span}}};
    auto const values = parameterValues(inside, parameters, "lognormal", lognormalExample);
    if (!values) {
        return values.errors();
    }
    double const median = values.value()[0];
    double const second = values.value()[1];
    if (median <= 0) {
        return badLaw(pieces[0].offset, "the median of a lognormal law is above 0");
    }
    if (bySigma) {
        return Distribution(Law(Lognormal{median, second}));
    }
    if (second < median) {
        return badLaw(pieces[1].offset, "the p99 is below the median", "exchange the two numbers?");
    }
    return Distribution(Law(lognormalFromP99(median, second)));
}

Result<Hyperexponential::Branch> branch(Piece piece) {
    auto const space = piece.text.find(' ');
    if (space == std::string_view::npos) {
        return badLaw(piece.offset, "a share and a mean are expected",
                      "write " + std::string(hyperExample));
    }
    auto const share = parseRatio(piece.text.substr(0, space));
    if (!share) {
        return shifted(share.errors().front(), piece.offset);
    }
    if (share.value() < Ratio()) {
        return badLaw(piece.offset, "a share cannot be negative");
    }
    auto const mean = parameterValue(trimmed({piece.text.substr(space), piece.offset + space}),
                                     {"mean", Takes::Span}, hyperExample);
    if (!mean) {
        return mean.errors();
    }
    return Hyperexponential::Branch{share.value().value(), mean.value()};
}

Result<Distribution> hyperexponential(Piece inside) {
    constexpr std::size_t mostBranches = 16;
    auto const pieces = splitAtCommas(inside);
    if (pieces.size() > mostBranches) {
        return badLaw(inside.offset, "at most 16 branches");
    }
    Hyperexponential law;
    double sum = 0;
    for (auto const& piece : pieces) {
        auto const one = branch(piece);
        if (!one) {
            return one.errors();
        }
        law.branches.push_back(one.value());
        sum += one.value().share;
    }
    if (std::fabs(sum - 1) > 1e-9) {
        return badLaw(inside.offset, "the shares of the branches add up to "
                                         + shakedown::toText(Ratio::of(std::round(sum * 1e6) / 1e6))
                                         + ", not to 100%");
    }
    return Distribution(Law(std::move(law)));
}

Result<Distribution> empirical(Piece inside, EmpiricalFile const& open) {
    std::string const file(trimmed(inside).text);
    if (file.empty()) {
        return badLaw(inside.offset, "a file is expected",
                      "write " + std::string(empiricalExample));
    }
    if (!open) {
        return Distribution(Law(Empirical{file, nullptr}));
    }
    auto values = open(file);
    if (!values) {
        return shifted(values.errors().front(), inside.offset);
    }
    return Distribution(Law(values.value()));
}

std::vector<std::string> lawNames() {
    std::vector<std::string> names{"lognormal", "hyperexponential", "empirical"};
    for (auto const& form : forms()) {
        names.emplace_back(form.name);
    }
    return names;
}

struct Application {
    std::string_view name;
    Piece inside;
};

// Splits `name(inside)`.
Result<Application> application(std::string_view text) {
    auto const bracket = text.find('(');
    if (text.back() != ')') {
        return badLaw(bracket, "this '(' is not closed",
                      "inside [ ] and { } a value with a comma is quoted");
    }
    return Application{trimmed({text.substr(0, bracket), 0}).text,
                       {text.substr(bracket + 1, text.size() - bracket - 2), bracket + 1}};
}

std::string exampleOf(std::string const& law) {
    for (auto const& form : forms()) {
        if (form.name == law) {
            return "write " + std::string(form.example);
        }
    }
    return {};
}

} // namespace

Result<Distribution> parseDistribution(std::string_view text, EmpiricalFile const& open) {
    if (text.find('(') == std::string_view::npos) {
        for (auto const& name : lawNames()) {
            if (text == name) {
                return badLaw(text.size(), "'" + name + "' needs its parameters in ( )",
                              exampleOf(name));
            }
        }
        auto const seconds = parseSeconds(text);
        if (!seconds) {
            return seconds.errors();
        }
        if (seconds.value() < 0) {
            return badLaw(0, "a duration that is drawn cannot be negative");
        }
        return Distribution(Law(Constant{seconds.value()}));
    }
    auto const parts = application(text);
    if (!parts) {
        return parts.errors();
    }
    auto const& [name, inside] = parts.value();
    if (name == "lognormal") {
        return lognormal(inside);
    }
    if (name == "hyperexponential") {
        return hyperexponential(inside);
    }
    if (name == "empirical") {
        return empirical(inside, open);
    }
    for (auto const& form : forms()) {
        if (form.name != name) {
            continue;
        }
        auto const values = parameterValues(inside, form.parameters, form.name, form.example);
        if (!values) {
            return values.errors();
        }
        auto const law = form.make(values.value());
        return law ? Result<Distribution>(Distribution(law.value()))
                   : Result<Distribution>(
                       shifted(law.errors().front(), splitAtCommas(inside).back().offset));
    }
    auto const nearest = nearestWord(std::string(name), lawNames());
    return badLaw(0, "no distribution is called '" + std::string(name) + "'",
                  nearest ? "did you mean '" + *nearest + "'?"
                          : "see the reference page for the known ones");
}

bool isLoadDependent(std::string_view text) {
    return text.starts_with("load_dependent");
}

Result<model::LoadDependent> parseLoadDependent(std::string_view text) {
    constexpr std::string_view example = "load_dependent(1s, 10ms)";
    if (text.find('(') == std::string_view::npos) {
        return badLaw(text.size(), "'load_dependent' needs its parameters in ( )",
                      "write " + std::string(example));
    }
    auto const parts = application(text);
    if (!parts) {
        return parts.errors();
    }
    if (parts.value().name != "load_dependent") {
        return badLaw(0, "'load_dependent' is expected", "write " + std::string(example));
    }
    std::array<Parameter, 2> const parameters{{{"base", Takes::Span}, {"slope", Takes::Span}}};
    auto const values =
        parameterValues(parts.value().inside, parameters, "load_dependent", example);
    if (!values) {
        return values.errors();
    }
    return model::LoadDependent{Duration::fromSeconds(values.value()[0]),
                                Duration::fromSeconds(values.value()[1])};
}

std::vector<std::string> lawForms() {
    std::vector<std::string> examples;
    for (auto const& form : forms()) {
        examples.emplace_back(form.example);
    }
    for (auto const example : {lognormalExample, std::string_view("lognormal(median 8ms, sigma 1)"),
                               hyperExample, empiricalExample}) {
        examples.emplace_back(example);
    }
    return examples;
}

} // namespace shakedown::reading
