#pragma once

#include <filesystem>
#include <stdexcept>
#include <string>

#include <sys/un.h>

#include "chaos-agent/control/native_listeners.hpp"
#include "tests/chaos-agent/control/certificates.hpp"
#include "tests/chaos-agent/control/native_stand.hpp"
#include "tests/chaos-agent/proxy/loop.hpp"
#include "tests/chaos-agent/proxy/peers.hpp"

namespace shakedown::tests {

// A folder that everybody may enter, gone with this.
class OpenFolder {
public:
    OpenFolder() {
        std::string name = (std::filesystem::temp_directory_path() / "listeners-XXXXXX").string();
        if (mkdtemp(name.data()) == nullptr) {
            throw std::runtime_error("no folder");
        }
        path = name;
        std::filesystem::permissions(path, std::filesystem::perms(0755));
    }
    ~OpenFolder() {
        std::error_code ignored;
        std::filesystem::remove_all(path, ignored);
    }
    OpenFolder(OpenFolder const&) = delete;
    OpenFolder& operator=(OpenFolder const&) = delete;

    std::filesystem::path path;
};

inline Peer connectedToUnix(std::string const& path) {
    Peer peer(socket(AF_UNIX, SOCK_STREAM | SOCK_CLOEXEC, 0));
    sockaddr_un address{};
    address.sun_family = AF_UNIX;
    path.copy(address.sun_path, sizeof address.sun_path - 1);
    if (connect(peer.descriptor(), reinterpret_cast<sockaddr*>(&address), sizeof address) != 0) {
        throw std::runtime_error("cannot connect to " + path);
    }
    return peer;
}

inline std::string head(std::string const& method, std::string const& path,
                        std::string const& token = "") {
    return method + " " + path + " HTTP/1.1\r\nHost: agent\r\n"
           + (token.empty() ? "" : "Authorization: Bearer " + token + "\r\n");
}
// A whole request without a body, the last of its connection.
inline std::string get(std::string const& path, std::string const& token = "") {
    return head("GET", path, token) + "Connection: close\r\n\r\n";
}
inline std::string post(std::string const& path, std::string const& token,
                        std::string const& body) {
    return head("POST", path, token) + "Content-Type: application/json\r\nContent-Length: "
           + std::to_string(body.size()) + "\r\nConnection: close\r\n\r\n" + body;
}

inline bool isStatus(std::string const& answer, int status) {
    return answer.starts_with("HTTP/1.1 " + std::to_string(status) + " ");
}

struct ListenersWith {
    control::HttpLimits limits = {};
    control::TlsFiles::ClientCertificate certificates = control::TlsFiles::ClientCertificate::Asked;
    std::map<uid_t, safety::Role> users = {};
};

// The listeners of the native API on real sockets, with a keeper that does nothing.
class ListenerStand {
public:
    explicit ListenerStand(ListenersWith const& with = {}) {
        settings = testSettings();
        settings.unixPath = (folder.path / "agent.socket").string();
        settings.users = with.users;
        settings.http = proxy::Address{"127.0.0.1", 0};
        settings.https = proxy::Address{"127.0.0.1", 0};
        auto const own = authority.sign("agent");
        settings.tls =
            control::TlsFiles{own.certificate, own.key, authority.file(), with.certificates};
        settings.certificates = {{"desk", safety::Role::Inject}};
        loop.on([&] {
            api_ = std::make_unique<control::NativeApi>(keeper, settings, [] { return someTime; });
            listeners_ =
                std::make_unique<control::NativeListeners>(loop.io(), *api_, settings, with.limits);
            auto const flaws = listeners_->open();
            if (!flaws.empty()) {
                throw std::runtime_error(flaws[0]);
            }
            httpPort = listeners_->httpAddress()->port;
            httpsPort = listeners_->httpsAddress()->port;
        });
    }
    ~ListenerStand() {
        loop.on([&] {
            listeners_.reset();
            api_.reset();
        });
    }

    Peer overHttp() const { return Peer::connectedTo(httpPort); }
    Peer overUnix() const { return connectedToUnix(settings.unixPath); }
    std::string askHttp(std::string const& bytes) const {
        Peer peer = overHttp();
        peer.send(bytes);
        return peer.readToEnd();
    }
    std::string askUnix(std::string const& bytes) const {
        Peer peer = overUnix();
        peer.send(bytes);
        return peer.readToEnd();
    }
    bool empties() {
        auto const count = [&] { return loop.on([&] { return listeners_->connectionCount(); }); };
        for (int tries = 0; tries < 1000; ++tries) {
            if (count() == 0) {
                return true;
            }
            std::this_thread::sleep_for(Milliseconds(10));
        }
        return false;
    }
    std::size_t denials() {
        return loop.on([&] { return keeper.denied.size(); });
    }

    OpenFolder folder;
    Authority authority{folder.path, "ours"};
    FakeKeeper keeper; // touched in the loop only
    control::NativeSettings settings;
    std::uint16_t httpPort = 0;
    std::uint16_t httpsPort = 0;
    Loop loop;

private:
    std::unique_ptr<control::NativeApi> api_;
    std::unique_ptr<control::NativeListeners> listeners_;
};

} // namespace shakedown::tests
