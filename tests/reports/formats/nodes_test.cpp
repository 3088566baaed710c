#include "reports/formats/nodes.hpp"

#include <catch2/catch.hpp>

#include "tests/reports/record/small_record.hpp"

using namespace shakedown;
using namespace shakedown::formats;

TEST_CASE("calls and endpoints lead to loads and services", "[formats][nodes]") {
    Nodes const nodes(tests::smallHeader().names);
    CHECK(nodes.count() == 4);
    CHECK(nodes.name(nodes.ofLoad(0)) == "visitors");
    CHECK(nodes.name(nodes.ofEndpoint(1)) == "autos");
    CHECK(nodes.callerOf(0) == nodes.ofLoad(0));
    CHECK(nodes.calleeOf(0) == nodes.ofService(0));
    CHECK(nodes.callerOf(1) == nodes.ofService(0));
    CHECK(nodes.calleeOf(1) == nodes.ofService(1));
}

TEST_CASE("a call that names nobody is of unknown ends", "[formats][nodes]") {
    record::Names names;
    names.services = {"site"};
    names.endpoints = {"nobody/page"};
    names.calls = {"no arrow", "nobody -> site/page"};
    Nodes const nodes(names);
    CHECK(nodes.ofEndpoint(0) == nodes.unknown());
    CHECK(nodes.callerOf(0) == nodes.unknown());
    CHECK(nodes.calleeOf(0) == nodes.unknown());
    CHECK(nodes.callerOf(1) == nodes.unknown());
    CHECK(nodes.calleeOf(1) == nodes.ofService(0));
}
