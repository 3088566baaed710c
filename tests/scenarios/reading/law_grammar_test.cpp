#include "scenarios/reading/law_grammar.hpp"

#include <catch2/catch.hpp>

#include <string>

using namespace shakedown;
using namespace shakedown::chance;
using namespace shakedown::reading;

namespace {

Law lawOf(std::string const& text) {
    auto const parsed = parseDistribution(text);
    INFO((parsed.ok() ? "" : parsed.errors().front().message));
    REQUIRE(parsed.ok());
    return parsed.value().law();
}

Diagnostic errorOf(std::string const& text) {
    auto const parsed = parseDistribution(text);
    CAPTURE(text);
    REQUIRE_FALSE(parsed.ok());
    return parsed.errors().front();
}

} // namespace

TEST_CASE("every law is read in the form of the reference page", "[reading][law]") {
    CHECK(lawOf("3ms") == Law(Constant{0.003}));
    CHECK(lawOf("constant(3ms)") == Law(Constant{0.003}));
    CHECK(lawOf("exponential(5ms)") == Law(Exponential{0.005}));
    CHECK(lawOf("uniform(1ms, 4ms)") == Law(Uniform{0.001, 0.004}));
    CHECK(lawOf("normal(10ms, 2ms)") == Law(Normal{0.010, 0.002}));
    CHECK(lawOf("lognormal(median 8ms, p99 60ms)") == Law(lognormalFromP99(0.008, 0.060)));
    CHECK(lawOf("lognormal(median 8ms, sigma 1)") == Law(Lognormal{0.008, 1}));
    CHECK(lawOf("gamma(mean 5ms, cv 2)") == Law(Gamma{0.005, 2}));
    CHECK(lawOf("weibull(scale 10ms, shape 2)") == Law(Weibull{0.010, 2}));
    CHECK(lawOf("pareto(min 10ms, shape 2.5)") == Law(Pareto{0.010, 2.5}));
    CHECK(lawOf("hyperexponential(90% 1ms, 10% 20ms)")
          == Law(Hyperexponential{{{0.9, 0.001}, {0.1, 0.020}}}));
    CHECK(lawOf("empirical(file.csv)") == Law(Empirical{"file.csv", nullptr}));
    CHECK(lawForms().size() == 11);
    for (auto const& form : lawForms()) {
        CAPTURE(form);
        CHECK(parseDistribution(form).ok());
    }
}

TEST_CASE("the words before parameters may be left out, and spaces are free", "[reading][law]") {
    CHECK(lawOf("lognormal(8ms, 60ms)") == lawOf("lognormal(median 8ms, p99 60ms)"));
    CHECK(lawOf("lognormal(8ms, 1)") == lawOf("lognormal(median 8ms, sigma 1)"));
    CHECK(lawOf("gamma(5ms, 2)") == lawOf("gamma(mean 5ms, cv 2)"));
    CHECK(lawOf("pareto(10ms,2.5)") == lawOf("pareto(min 10ms, shape 2.5)"));
    CHECK(lawOf("uniform( 1ms ,  4ms )") == lawOf("uniform(1ms, 4ms)"));
}

TEST_CASE("what is wrong with a law is told at its place", "[reading][law]") {
    struct Case {
        char const* text;
        char const* code;
        int column;
        char const* message;
    };
    Case const cases[] = {
        {"exponental(5ms)", "E107", 1, "no distribution is called 'exponental'"},
        {"exponential", "E107", 12, "'exponential' needs its parameters in ( )"},
        {"exponential(5ms", "E107", 12, "this '(' is not closed"},
        {"exponential(5)", "E104", 13, "a duration needs its unit: '5'"},
        {"exponential()", "E104", 13, "a duration is expected, not ''"},
        {"exponential(1ms, 2ms)", "E107", 13, "'exponential' takes 1 parameter, not 2"},
        {"exponential(none)", "E104", 13, "'none' is no duration here"},
        {"exponential(-5ms)", "E107", 13, "a parameter of a distribution cannot be negative"},
        {"uniform(4ms, 1ms)", "E107", 14, "the lower bound is above the upper one"},
        {"uniform(4ms)", "E107", 9, "'uniform' takes 2 parameters, not 1"},
        {"lognormal(median 60ms, p99 8ms)", "E107", 24, "the p99 is below the median"},
        {"lognormal(median 0ms, p99 8ms)", "E107", 11, "the median of a lognormal law is above 0"},
        {"lognormal(mean 8ms, p99 9ms)", "E107", 11, "'median' is expected here, not 'mean'"},
        {"weibull(scale 1ms, shape 0)", "E107", 20, "the shape of a Weibull law is above 0"},
        {"pareto(min 1ms, shape 0)", "E107", 17, "the shape of a Pareto law is above 0"},
        {"pareto(min 1ms, shape 2s)", "E104", 24, "a bare number stands here, without 's'"},
        {"gamma(mean 5ms, cv -1)", "E107", 20, "a parameter of a distribution cannot be negative"},
        {"hyperexponential(90% 1ms, 20% 1ms)", "E107", 18,
         "the shares of the branches add up to 110%, not to 100%"},
        {"hyperexponential(90 1ms, 10 1ms)", "E104", 18, "a share needs its unit: '90'"},
        {"hyperexponential(100%)", "E107", 18, "a share and a mean are expected"},
        {"empirical()", "E107", 11, "a file is expected"},
        {"-5ms", "E107", 1, "a duration that is drawn cannot be negative"},
        {"none", "E104", 1, "'none' is no duration here"},
        {"nan", "E104", 1, "a duration is expected, not 'nan'"},
        {"exponential(5ms) ", "E107", 12, "this '(' is not closed"},
    };
    for (auto const& one : cases) {
        CAPTURE(one.text);
        auto const error = errorOf(one.text);
        CHECK(error.code == one.code);
        CHECK(error.place.column == one.column);
        CHECK(error.message == one.message);
    }
}

TEST_CASE("a mixture has shares between 0 and all", "[reading][law]") {
    CHECK(errorOf("hyperexponential(150% 1ms, -50% 2ms)").code == "E107");
    std::string many = "hyperexponential(";
    for (int i = 0; i < 17; ++i) {
        many += std::string(i > 0 ? ", " : "") + "5% 1ms";
    }
    CHECK(errorOf(many + ")").message == "at most 16 branches");
}

TEST_CASE("a law that is written is read as exactly the same", "[reading][law]") {
    for (char const* const text :
         {"3ms", "exponential(5ms)", "uniform(1ms, 4ms)", "normal(10ms, 2ms)",
          "lognormal(median 8ms, p99 60ms)", "lognormal(median 8ms, sigma 1)",
          "gamma(mean 5ms, cv 2)", "weibull(scale 10ms, shape 2)", "pareto(min 10ms, shape 2.5)",
          "hyperexponential(90% 1ms, 10% 20ms)", "empirical(file.csv)",
          "exponential(0.1234567891234567ms)", "normal(333.333us, 1.1us)",
          "hyperexponential(33.3% 1ms, 33.3% 2ms, 33.4% 3ms)"}) {
        CAPTURE(text);
        auto const law = parseDistribution(text).value();
        CHECK(parseDistribution(reading::toText(law)).value() == law);
    }
    CHECK(reading::toText(parseDistribution("lognormal(8ms, 60ms)").value())
          == "lognormal(median 8ms, p99 60ms)");
    CHECK(reading::toText(parseDistribution("constant(3000us)").value()) == "3ms");
}

TEST_CASE("a wait that depends on load has a base and a slope", "[reading][law]") {
    CHECK(isLoadDependent("load_dependent(1ms, 100us)"));
    auto const wait = parseLoadDependent("load_dependent(1ms, 100us)");
    REQUIRE(wait.ok());
    CHECK(wait.value().base == Duration::milliseconds(1));
    CHECK(wait.value().slope == Duration::microseconds(100));
    CHECK(reading::toText(wait.value()) == "load_dependent(1ms, 100us)");
    CHECK_FALSE(parseLoadDependent("load_dependent(1ms)").ok());
    CHECK_FALSE(parseLoadDependent("load_dependent").ok());
    CHECK_FALSE(parseLoadDependent("load_dependent(1ms, -1us)").ok());
    CHECK_FALSE(parseLoadDependent("load_dependently(1ms, 1us)").ok());
}
