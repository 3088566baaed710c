#include "chaos-agent/program/native_config.hpp"

#include <charconv>
#include <limits>

#include <grp.h>
#include <pwd.h>

#include "chaos-agent/control/expiry.hpp"
#include "chaos-agent/program/target_config.hpp"

namespace shakedown::agent {

namespace {

using control::NativeSettings;
using safety::Role;

constexpr char const* socketUnlessTold = "/run/shakedown-agent/agent.sock";

std::optional<Role> roleNamed(std::string const& name) {
    for (auto const role : {Role::Read, Role::Halt, Role::Inject, Role::Admin})
        if (name == nameOf(role))
            return role;
    return {};
}

std::optional<Role> roleOf(ConfigReader& reader, std::string const& field) {
    std::string const name = reader.text(field);
    auto const role = roleNamed(name);
    if (!role)
        reader.complain(field, "must be a role: read, halt, inject or admin");
    return role;
}

// A number, or the name of a user or a group of this host.
template <class Id, class Lookup>
std::optional<Id> idOf(std::string const& text, Lookup const& lookup) {
    std::uint32_t number = 0;
    auto const [end, error] = std::from_chars(text.data(), text.data() + text.size(), number);
    if (error == std::errc() && end == text.data() + text.size())
        return static_cast<Id>(number);
    return lookup(text);
}

std::optional<gid_t> groupOf(std::string const& text) {
    return idOf<gid_t>(text, [](std::string const& name) -> std::optional<gid_t> {
        auto const* entry = getgrnam(name.c_str());
        return entry == nullptr ? std::nullopt : std::optional<gid_t>(entry->gr_gid);
    });
}

std::optional<uid_t> userOf(std::string const& text) {
    return idOf<uid_t>(text, [](std::string const& name) -> std::optional<uid_t> {
        auto const* entry = getpwnam(name.c_str());
        return entry == nullptr ? std::nullopt : std::optional<uid_t>(entry->pw_uid);
    });
}

control::TlsFiles tlsOf(ConfigReader& reader) {
    control::TlsFiles files;
    files.certificate = reader.text("certificate");
    files.key = reader.text("key");
    files.clientAuthority = reader.text("client_authority");
    std::string const wanted = reader.text("client_certificate", "asked");
    if (wanted == "required")
        files.clientCertificate = control::TlsFiles::ClientCertificate::Required;
    else if (wanted != "asked")
        reader.complain("client_certificate", "must be asked or required");
    reader.noMore();
    return files;
}

void readListen(ConfigReader& reader, NativeSettings& native) {
    native.unixPath = reader.text("unix");
    if (!native.unixPath.empty() && !native.unixPath.starts_with('/'))
        reader.complain("unix", "must be an absolute path");
    if (std::string const group = reader.text("unix_group"); !group.empty()) {
        native.unixGroup = groupOf(group);
        if (!native.unixGroup)
            reader.complain("unix_group", "there is no group '" + group + "' on this host");
    }
    native.http = readAddress(reader, "http");
    native.https = readAddress(reader, "https");
    if (auto tls = reader.object("tls"))
        native.tls = tlsOf(*tls);
    reader.noMore();
}

control::TokenHash tokenOf(ConfigReader& reader) {
    control::TokenHash token;
    token.name = reader.text("name");
    token.sha256 = reader.text("sha256");
    token.role = roleOf(reader, "role").value_or(Role::Read);
    if (std::string const expires = reader.text("expires"); !expires.empty()) {
        token.expires = control::parseExpiry(expires);
        if (!token.expires)
            reader.complain("expires", "must be a date as RFC 3339 writes it, such as"
                                       " 2026-12-31T23:59:59Z, or Unix time in seconds");
    }
    reader.noMore();
    return token;
}

// Roles by name: {"desk": "inject"}.
template <class Key, class KeyOf>
void readRoles(ConfigReader& file, std::string const& field, std::map<Key, Role>& roles,
               std::string const& what, KeyOf const& keyOf) {
    auto reader = file.object(field);
    if (!reader)
        return;
    for (auto const& name : reader->names()) {
        auto const key = keyOf(name);
        auto const role = roleOf(*reader, name);
        if (!key)
            reader->complain(name, "there is no such " + what + " on this host");
        else if (role)
            roles[*key] = *role;
    }
}

} // namespace

NativeSettings readNative(ConfigReader& file) {
    NativeSettings native;
    if (auto listen = file.object("listen"))
        readListen(*listen, native);
    else
        native.unixPath = socketUnlessTold;
    for (auto& reader : file.listed("tokens"))
        native.tokens.push_back(tokenOf(reader));
    readRoles(file, "certificates", native.certificates, "certificate",
              [](std::string const& name) { return std::optional<std::string>(name); });
    readRoles(file, "users", native.users, "user", userOf);
    readRoles(file, "groups", native.groups, "group", groupOf);
    for (auto const& flaw : flawsOf(native))
        file.complain("listen", flaw);
    return native;
}

} // namespace shakedown::agent
