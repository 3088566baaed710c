#include "chaos-agent/control/gatekeeper.hpp"

#include <optional>

#include <boost/beast/core/string.hpp>
#include <unistd.h>

namespace shakedown::control {

using safety::Caller;
using safety::Role;

namespace {

constexpr std::size_t tokenAtMost = 512;

std::optional<std::string> bearerOf(std::string const& authorization) {
    constexpr std::string_view scheme = "bearer ";
    if (authorization.size() <= scheme.size()
        || !boost::beast::iequals(authorization.substr(0, scheme.size()),
                                  boost::beast::string_view(scheme.data(), scheme.size())))
        return {};
    std::size_t const begin = authorization.find_first_not_of(' ', scheme.size());
    if (begin == std::string::npos || authorization.size() - begin > tokenAtMost)
        return {};
    return authorization.substr(begin);
}

} // namespace

Gatekeeper::Gatekeeper(NativeSettings const& settings, std::function<std::int64_t()> unixNow)
    : settings_(settings), unixNow_(std::move(unixNow)) {}

std::variant<Caller, Denial> Gatekeeper::whoAsks(Request const& request) const {
    if (!request.authorization.empty())
        return byToken(request);
    if (request.peer.process)
        return byUser(*request.peer.process);
    if (request.peer.certificate)
        return byCertificate(*request.peer.certificate);
    return Denial{401, "nobody known at " + request.peer.address, "a token is needed"};
}

std::variant<Caller, Denial> Gatekeeper::byToken(Request const& request) const {
    auto const bearer = bearerOf(request.authorization);
    auto const* token = bearer ? findToken(settings_.tokens, *bearer) : nullptr;
    if (token == nullptr)
        return Denial{401, "a wrong token at " + request.peer.address, "the token is not known"};
    if (token->expires && unixNow_() >= *token->expires)
        return Denial{401,
                      "token " + token->name + ", which has expired, at " + request.peer.address,
                      "the token has expired"};
    return Caller{"token " + token->name, token->role};
}

std::variant<Caller, Denial> Gatekeeper::byUser(PeerIdentity::Process const& process) const {
    std::string const name = "uid " + std::to_string(process.uid);
    if (process.uid == 0 || process.uid == geteuid())
        return Caller{name, Role::Admin};
    std::optional<Role> role;
    if (auto const user = settings_.users.find(process.uid); user != settings_.users.end())
        role = user->second;
    for (gid_t const id : process.groups)
        if (auto const group = settings_.groups.find(id); group != settings_.groups.end())
            role = role ? std::max(*role, group->second) : group->second;
    if (!role)
        return Denial{403, name, "this user has no role here"};
    return Caller{name, *role};
}

std::variant<Caller, Denial> Gatekeeper::byCertificate(std::string const& name) const {
    auto const found = settings_.certificates.find(name);
    if (found == settings_.certificates.end())
        return Denial{403, "certificate CN=" + name, "this certificate has no role here"};
    return Caller{"certificate CN=" + name, found->second};
}

} // namespace shakedown::control
