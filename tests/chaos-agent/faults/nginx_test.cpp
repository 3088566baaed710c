#include <catch2/catch.hpp>

#include <fstream>

#include "tests/chaos-agent/faults/redirect_stand.hpp"
#include "tests/chaos-agent/system/child.hpp"

// A server and a client that everybody has, neither of them changed: nginx and curl.
using namespace shakedown;
using tests::RedirectStand;
using tests::soon;

namespace {

constexpr char const* nginxProgram = "/usr/sbin/nginx";
constexpr char const* curlProgram = "/usr/bin/curl";

// nginx in the namespace of the service, with a folder of its own.
class Nginx {
public:
    explicit Nginx(std::string const& place) : folder_(tests::freshPath("nginx")) {
        std::filesystem::create_directory(folder_);
        std::string const folder = folder_.string();
        std::ofstream(folder_ / "nginx.conf")
            << "user root; daemon off; worker_processes 1; pid " << folder << "/pid;\n"
            << "error_log " << folder << "/error.log;\n"
            << "events { worker_connections 64; }\n"
            << "http { access_log off; client_body_temp_path " << folder << "/b;\n"
            << "proxy_temp_path " << folder << "/p; fastcgi_temp_path " << folder << "/f;\n"
            << "uwsgi_temp_path " << folder << "/u; scgi_temp_path " << folder << "/s;\n"
            << "server { listen 10.77.0.2:8080; default_type text/plain;\n"
            << "location / { return 200 'hello'; } } }\n";
        std::string const config = folder + "/nginx.conf";
        id_ = fork();
        if (id_ == 0) {
            prctl(PR_SET_PDEATHSIG, SIGTERM);
            execl("/usr/sbin/ip", "ip", "netns", "exec", place.c_str(), nginxProgram, "-e",
                  (folder + "/error.log").c_str(), "-c", config.c_str(), nullptr);
            _exit(127);
        }
    }
    ~Nginx() {
        kill(id_, SIGTERM);
        waitpid(id_, nullptr, 0);
        std::error_code ignored;
        std::filesystem::remove_all(folder_, ignored);
    }
    Nginx(Nginx const&) = delete;
    Nginx& operator=(Nginx const&) = delete;

private:
    std::filesystem::path folder_;
    pid_t id_ = -1;
};

struct Seen {
    int exit = 0;     // of curl (curl(1), EXIT CODES)
    std::string text; // head and body
    double seconds = 0;
};

// Asked from the other end of the wire.
Seen curl(RedirectStand& stand, std::string const& path) {
    auto const got = system::run({"/usr/sbin/ip", "netns", "exec", stand.network().clientName(),
                                  curlProgram, "--silent", "--include", "--max-time", "5",
                                  "--write-out", "\n%{time_total}", "http://10.77.0.2:8080" + path},
                                 "", Duration::seconds(20));
    auto const& finished = std::get<system::Finished>(got);
    auto const line = finished.output.rfind('\n');
    return {finished.status, finished.output.substr(0, line),
            std::stod(finished.output.substr(line + 1))};
}

bool isGood(Seen const& seen) {
    return seen.exit == 0 && seen.text.starts_with("HTTP/1.1 200 ") && seen.text.ends_with("hello");
}

} // namespace

TEST_CASE("nginx and curl, neither changed, get latency, resets and HTTP faults",
          "[faults][redirect]") {
    for (char const* program : {nginxProgram, curlProgram}) {
        if (access(program, X_OK) != 0) {
            WARN("skipped: there is no " << program << " on this host");
            return;
        }
    }
    RedirectStand stand(RedirectStand::Service::None);
    if (!stand.canRun()) {
        return;
    }
    Nginx const nginx(stand.network().serviceName());
    REQUIRE(soon([&] { return isGood(curl(stand, "/")); }));
    std::string const rules = stand.rules();

    protocol::Latency latency;
    latency.delay = Duration::milliseconds(150);
    auto plan = stand.planned(latency);
    stand.apply(plan);
    auto const slow = curl(stand, "/");
    CHECK(isGood(slow));
    CHECK(slow.seconds >= 0.3); // each way
    CHECK(slow.seconds < 0.6);
    stand.revert(plan);
    CHECK(stand.rules() == rules);
    CHECK(curl(stand, "/").seconds < 0.15);

    plan = stand.planned(protocol::Reset{1});
    stand.apply(plan);
    int const exit = curl(stand, "/").exit;
    CHECK((exit == 56 || exit == 7)); // reset while receiving, or before it looked
    stand.revert(plan);
    CHECK(stand.rules() == rules);
    CHECK(isGood(curl(stand, "/")));

    protocol::Http http;
    http.abort = 503;
    http.path = "/orders/*";
    plan = stand.planned(http);
    stand.apply(plan);
    CHECK(curl(stand, "/orders/1").text.starts_with("HTTP/1.1 503 "));
    CHECK(isGood(curl(stand, "/")));
    stand.revert(plan);
    CHECK(stand.rules() == rules);
    CHECK(isGood(curl(stand, "/orders/1")));

    protocol::Http change;
    change.header = "Retry-After: 30";
    change.body = "gone fishing";
    plan = stand.planned(change);
    stand.apply(plan);
    auto const changed = curl(stand, "/");
    CHECK(changed.exit == 0);
    CHECK(changed.text.find("\r\nRetry-After: 30\r\n") != std::string::npos);
    CHECK(changed.text.ends_with("\r\n\r\ngone fishing"));
    stand.revert(plan);
    CHECK(stand.rules() == rules);
    CHECK(isGood(curl(stand, "/")));
}
