#include "reports/why/blast.hpp"

#include <catch2/catch.hpp>

#include "tests/reports/why/shop_course.hpp"

using namespace shakedown;
using namespace shakedown::why;
using namespace shakedown::tests;

namespace {

Blast blastOf(ShopRecord const& r) {
    return why::blastOf(r.course(), tell(r.course()));
}

} // namespace

TEST_CASE("who suffered is struck by the share of what went wrong", "[why][blast]") {
    auto const blast = blastOf(slowAutos());
    CHECK(blast.loadsInAll == 2);
    CHECK(blast.servicesInAll == 2);
    REQUIRE(blast.loads.size() == 1); // buyers sent nothing
    CHECK(blast.loads[0].name == "visitors");
    CHECK(blast.loads[0].share() == Approx(0.5).margin(0.04));
    REQUIRE(blast.services.size() == 1); // no call to autos failed
    CHECK(blast.services[0].name == "site");
}

TEST_CASE("owners are struck by all their services together", "[why][blast]") {
    auto header = shopHeader();
    header.owners = {"web-team", "web-team"};
    ShopRecord r(header);
    r.until(10, calm()).begins(10, autosSlow).until(20, jammed()).until(60, calm());
    auto const blast = blastOf(r);
    REQUIRE(blast.owners.size() == 1);
    CHECK(blast.owners[0].all.name == "web-team");
    CHECK(blast.owners[0].services == std::vector<std::string>{"site"});
    CHECK(blast.owners[0].all.share() < blast.services[0].share());
}

TEST_CASE("services without an owner strike nobody's", "[why][blast]") {
    auto header = shopHeader();
    header.owners = {"", ""};
    ShopRecord unnamed(header);
    unnamed.until(10, jammed());
    CHECK(blastOf(unnamed).owners.empty());
    header.owners.clear(); // an older record
    ShopRecord older(header);
    older.until(10, jammed());
    CHECK(blastOf(older).owners.empty());
    CHECK(blastOf(older).services.size() == 1);
}

TEST_CASE("the hardest struck comes first, equally struck in the order of names", "[why][blast]") {
    auto row = jammed(30);
    row.loads[buyers] = {10, 1, 0, 0, 9, 0, 1, {}, {}, {}};
    ShopRecord r;
    r.until(10, row);
    CHECK(blastOf(r).loads.at(0).name == "buyers");
    row.loads[buyers] = {100, 70, 0, 0, 30, 0, 70, {}, {}, {}};
    ShopRecord even;
    even.until(10, row);
    CHECK(blastOf(even).loads.at(0).name == "visitors");
    CHECK(blastOf(even).loads.at(1).name == "buyers");
}

TEST_CASE("less than a hundredth is not struck", "[why][blast]") {
    auto row = jammed(50);
    row.loads[buyers] = {1000, 991, 0, 0, 9, 0, 991, {}, {}, {}};
    ShopRecord r;
    r.until(10, row);
    CHECK(blastOf(r).loads.size() == 1);
}

TEST_CASE("what failed outside of the time of suffering does not count", "[why][blast]") {
    auto stray = calm();
    stray.calls[siteToAutos].failures = 50;
    ShopRecord r;
    r.until(8, stray).until(10, calm()).begins(10, autosSlow).until(20, jammed());
    r.ends(20, autosSlow).until(60, calm());
    auto const blast = blastOf(r);
    REQUIRE(blast.services.size() == 1);
    CHECK(blast.services[0].name == "site");
}

TEST_CASE("where nobody suffered nobody is struck", "[why][blast]") {
    ShopRecord r;
    r.until(10, calm());
    CHECK(blastOf(r).loads.empty());
    CHECK(blastOf(r).services.empty());
    CHECK(blastOf(r).owners.empty());
}

TEST_CASE("no more attempts go wrong than were made", "[why][blast]") {
    auto row = jammed();
    row.calls[visitorsToSite].attempts = 10; // answers to earlier attempts
    ShopRecord r;
    r.until(10, row);
    CHECK(blastOf(r).services.at(0).share() == 1);
}
