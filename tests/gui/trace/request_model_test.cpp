#include "gui/trace/request_model.hpp"
#include "tests/gui/session/recorded.hpp"

#include <QSignalSpy>

using namespace shakedown;
using gui::RequestFilter;
using gui::RequestModel;

namespace {

SimTime at(double seconds) {
    return SimTime::at(Duration::fromSeconds(seconds));
}

std::string const& recorded() {
    static std::string const text = tests::recordOf(tests::cascade);
    return text;
}

std::shared_ptr<gui::Run> loaded() {
    return tests::runOf(recorded());
}

QString textAt(RequestModel const& model, int row, int column) {
    return model.data(model.index(row, column), Qt::DisplayRole).toString();
}

int countOf(gui::Run const& run, auto const& passes) {
    auto const& requests = run.index().requests();
    return static_cast<int>(std::count_if(requests.begin(), requests.end(), passes));
}

} // namespace

TEST_CASE("the table has every request of the record, in order of time", "[gui][trace]") {
    auto const run = loaded();
    RequestModel model;
    model.setRun(run);
    REQUIRE(model.rowCount() == static_cast<int>(run->index().requests().size()));
    REQUIRE(model.rowCount() > 500);
    for (int row = 1; row < model.rowCount(); ++row)
        REQUIRE(model.requestAt(row - 1).intended <= model.requestAt(row).intended);
    CHECK(textAt(model, 0, RequestModel::Load) == "visitors");
    CHECK(textAt(model, 0, RequestModel::At).endsWith(" s"));
    CHECK(textAt(model, 0, RequestModel::Attempts).toInt() >= 1);
}

TEST_CASE("what does not pass the filter is not shown, what passes is", "[gui][trace]") {
    auto const run = loaded();
    RequestModel model;
    model.setRun(run);
    auto const isBad = [](record::Request const& request) {
        return request.ended == SimTime::never() || request.outcome != measure::Outcome::Ok;
    };
    auto const isInside = [](record::Request const& request) {
        return request.intended >= at(11) && request.intended <= at(14);
    };
    RequestFilter filter;
    filter.which = RequestFilter::Which::NotWell;
    model.setFilter(filter);
    int const bad = countOf(*run, isBad);
    REQUIRE(bad > 100);
    CHECK(model.rowCount() == bad);
    filter.stretch = {at(11), at(14)};
    model.setFilter(filter);
    CHECK(model.rowCount() == countOf(*run, [&](auto const& request) {
              return isBad(request) && isInside(request);
          }));
    CHECK(model.rowCount() > 10);
    model.setFilter({});
    CHECK(model.rowCount() == static_cast<int>(run->index().requests().size()));
}

TEST_CASE("a subject keeps the requests that touched it", "[gui][trace]") {
    // Readers never come to autos.
    std::string text = tests::cascade;
    text.insert(text.find("page: ["), "about: [ work: 1ms ], ");
    text.insert(text.find("faults:"), "  readers: { to: site/about, rate: 20/s }\n");
    std::shared_ptr<gui::Run> const run = tests::runOf(tests::recordOf(text));
    RequestModel model;
    model.setRun(run);
    auto const rowsOf = [&](QString const& subject) {
        RequestFilter filter;
        filter.subject = subject;
        model.setFilter(filter);
        return model.rowCount();
    };
    int const all = static_cast<int>(run->index().requests().size());
    auto const& calls = run->index().header().names.calls;
    auto const call = std::find(calls.begin(), calls.end(), "site -> autos") - calls.begin();
    int const touched = countOf(*run, [&](record::Request const& request) {
        return std::any_of(request.spans.begin(), request.spans.end(),
                           [&](record::Span const& span) { return span.call == call; });
    });
    int const readers = rowsOf("readers");
    REQUIRE(readers > 100);
    CHECK(rowsOf("visitors") == all - readers);
    CHECK(rowsOf("site") == all);
    CHECK(touched <= all - readers);
    CHECK(rowsOf("site -> autos") == touched);
    CHECK(rowsOf("autos") == touched);
    CHECK(rowsOf("nobody") == 0);
}

TEST_CASE("a table that grows is the table of the whole", "[gui][trace]") {
    for (auto const column : {RequestModel::At, RequestModel::Took}) {
        auto const run = std::make_shared<gui::Run>();
        RequestModel growing;
        growing.setRun(run);
        growing.sort(column, Qt::DescendingOrder);
        std::size_t const part = recorded().size() / 7;
        for (std::size_t from = 0; from < recorded().size(); from += part) {
            REQUIRE(run->feed(std::string_view(recorded()).substr(from, part)));
            growing.rowCount() == 0 ? growing.setRun(run) : growing.refresh();
        }
        RequestModel whole;
        whole.setRun(loaded());
        whole.sort(column, Qt::DescendingOrder);
        REQUIRE(growing.rowCount() == whole.rowCount());
        for (int row = 0; row < whole.rowCount(); ++row)
            REQUIRE(growing.numberAt(row) == whole.numberAt(row));
    }
}

TEST_CASE("the longest requests come first when that is asked", "[gui][trace]") {
    RequestModel model;
    model.setRun(loaded());
    model.sort(RequestModel::Took, Qt::DescendingOrder);
    auto const took = [&](int row) {
        auto const& request = model.requestAt(row);
        return request.ended == SimTime::never() ? Duration::none()
                                                 : request.ended - request.intended;
    };
    for (int row = 1; row < model.rowCount(); ++row)
        REQUIRE(took(row - 1) >= took(row));
}

TEST_CASE("an outcome has a sign beside its word", "[gui][trace]") {
    RequestModel model;
    model.setRun(loaded());
    RequestFilter filter;
    filter.which = RequestFilter::Which::NotWell;
    auto const sign = [&] {
        return qvariant_cast<QIcon>(
                   model.data(model.index(0, RequestModel::Outcome), Qt::DecorationRole))
            .pixmap(14)
            .toImage();
    };
    auto const well = sign();
    CHECK(textAt(model, 0, RequestModel::Outcome) == "ok");
    model.setFilter(filter);
    CHECK(textAt(model, 0, RequestModel::Outcome) != "ok");
    CHECK(textAt(model, 0, RequestModel::Outcome) != "timed_out");
    CHECK(textAt(model, 0, RequestModel::Cause).contains("autos"));
    CHECK(sign() != well);
}
