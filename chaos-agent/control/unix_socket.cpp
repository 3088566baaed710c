#include "chaos-agent/control/unix_socket.hpp"

#include <cerrno>
#include <cstring>

#include <sys/socket.h>
#include <sys/stat.h>
#include <sys/un.h>
#include <unistd.h>

namespace shakedown::control {

using proxy::error_code;
using Protocol = proxy::asio::local::stream_protocol;

namespace {

constexpr std::chrono::milliseconds backOffFor(100);
constexpr int backlog = 1024;
constexpr mode_t mode = S_IRUSR | S_IWUSR | S_IRGRP | S_IWGRP;
// The kernel refuses more supplementary groups than that (NGROUPS_MAX).
constexpr std::size_t groupsAtMost = 65'536;

proxy::Refusal cannotListen(std::string const& path, std::string const& why) {
    return {proxy::Refusal::Reason::CannotListen, "listen unix " + path + ": " + why};
}

bool isShortage(error_code error) {
    using namespace boost::system::errc;
    return error == too_many_files_open || error == too_many_files_open_in_system
           || error == no_buffer_space || error == not_enough_memory;
}

// Takes away the file of a listener that is gone. Why it may not, or empty.
std::string makeRoomAt(std::string const& path, proxy::asio::any_io_executor const& executor) {
    struct stat file {};
    if (lstat(path.c_str(), &file) != 0)
        return errno == ENOENT ? "" : std::strerror(errno);
    if (!S_ISSOCK(file.st_mode))
        return "there is something else than a socket";
    UnixSocket probe(executor);
    error_code error;
    probe.open(Protocol(), error);
    if (!error)
        probe.non_blocking(true, error); // a full backlog must not hold us
    if (!error)
        probe.connect(Protocol::endpoint(path), error);
    if (error != boost::system::errc::connection_refused)
        return "somebody listens there already";
    return unlink(path.c_str()) == 0 ? "" : std::strerror(errno);
}

std::vector<gid_t> groupsOf(int descriptor) {
    std::vector<gid_t> groups(64);
    auto size = static_cast<socklen_t>(groups.size() * sizeof(gid_t));
    if (getsockopt(descriptor, SOL_SOCKET, SO_PEERGROUPS, groups.data(), &size) != 0) {
        if (errno != ERANGE || size > groupsAtMost * sizeof(gid_t))
            return {};
        groups.resize(size / sizeof(gid_t)); // now as many as there are
        if (getsockopt(descriptor, SOL_SOCKET, SO_PEERGROUPS, groups.data(), &size) != 0)
            return {};
    }
    groups.resize(size / sizeof(gid_t));
    return groups;
}

} // namespace

UnixListener::UnixListener(proxy::asio::io_context& io, OnClient onClient)
    : acceptor_(io), backOff_(io), onClient_(std::move(onClient)) {}

proxy::Refused UnixListener::open(std::string const& path, std::optional<gid_t> group) {
    if (path.empty() || path.size() >= sizeof(sockaddr_un::sun_path) || path[0] != '/')
        return cannotListen(path, "a socket has an absolute path of at most "
                                      + std::to_string(sizeof(sockaddr_un::sun_path) - 1)
                                      + " bytes");
    if (auto const why = makeRoomAt(path, acceptor_.get_executor()); !why.empty())
        return cannotListen(path, why);
    if (auto refused = bind(path, group)) {
        close();
        return refused;
    }
    return {};
}

proxy::Refused UnixListener::bind(std::string const& path, std::optional<gid_t> group) {
    error_code error;
    acceptor_.open(Protocol(), error);
    // The file is made with the mode of the socket, less the umask: at no moment is it too open.
    if (!error && fchmod(acceptor_.native_handle(), mode) != 0)
        return cannotListen(path, std::strerror(errno));
    if (!error)
        acceptor_.bind(Protocol::endpoint(path), error);
    if (error)
        return cannotListen(path, error.message());
    path_ = path;
    if (group && lchown(path.c_str(), static_cast<uid_t>(-1), *group) != 0)
        return cannotListen(path,
                            std::string("cannot give it to its group: ") + std::strerror(errno));
    if (chmod(path.c_str(), mode) != 0)
        return cannotListen(path, std::strerror(errno));
    acceptor_.listen(backlog, error);
    if (error)
        return cannotListen(path, error.message());
    return {};
}

void UnixListener::accept() {
    acceptor_.async_accept([self = shared_from_this()](error_code error, UnixSocket client) {
        self->onAccepted(error, std::move(client));
    });
}

void UnixListener::onAccepted(error_code error, UnixSocket client) {
    if (!acceptor_.is_open())
        return;
    if (isShortage(error)) {
        backOff_.expires_after(backOffFor);
        backOff_.async_wait([self = shared_from_this()](error_code cancelled) {
            if (!cancelled && self->acceptor_.is_open())
                self->accept();
        });
        return;
    }
    if (!error)
        onClient_(std::move(client));
    if (acceptor_.is_open())
        accept();
}

void UnixListener::close() {
    error_code ignored;
    acceptor_.close(ignored);
    backOff_.cancel();
    onClient_ = nullptr;
    if (!path_.empty())
        unlink(std::exchange(path_, {}).c_str());
}

std::optional<PeerIdentity> identityOf(UnixSocket& socket) {
    ucred who{};
    socklen_t size = sizeof who;
    if (getsockopt(socket.native_handle(), SOL_SOCKET, SO_PEERCRED, &who, &size) != 0)
        return {};
    auto groups = groupsOf(socket.native_handle());
    groups.push_back(who.gid);
    return PeerIdentity{PeerIdentity::Via::Unix,
                        "uid " + std::to_string(who.uid),
                        PeerIdentity::Process{who.uid, std::move(groups)},
                        {}};
}

} // namespace shakedown::control
