#include "chaos-agent/control/native_settings.hpp"

#include <set>

namespace shakedown::control {

namespace {

void checkTokens(NativeSettings const& settings, std::vector<std::string>& flaws) {
    std::set<std::string> names;
    std::set<std::string> hashes;
    for (TokenHash const& token : settings.tokens) {
        if (token.name.empty())
            flaws.emplace_back("tokens: each needs a name");
        else if (!names.insert(token.name).second)
            flaws.push_back("tokens: two are named '" + token.name + "'");
        if (!isSha256(token.sha256))
            flaws.push_back("tokens: the sha256 of '" + token.name
                            + "' must be 64 hexadecimal digits, in small letters");
        else if (!hashes.insert(token.sha256).second)
            flaws.push_back("tokens: '" + token.name + "' is another token again");
    }
}

} // namespace

std::vector<std::string> flawsOf(NativeSettings const& settings) {
    std::vector<std::string> flaws;
    checkTokens(settings, flaws);
    if (settings.http && !proxy::isLoopback(*settings.http))
        flaws.push_back("http: " + settings.http->text()
                        + " can be reached from other hosts; off this host only https is spoken");
    if (settings.http && settings.tokens.empty())
        flaws.emplace_back("http: needs tokens; a loopback address is open to every user");
    if (settings.https && !settings.tls)
        flaws.emplace_back("https: needs tls.certificate and tls.key");
    bool const knowsCertificates =
        settings.tls && !settings.tls->clientAuthority.empty() && !settings.certificates.empty();
    if (settings.https && settings.tokens.empty() && !knowsCertificates)
        flaws.emplace_back("https: needs tokens, or certificates and tls.client_authority");
    if (!settings.certificates.empty() && (!settings.tls || settings.tls->clientAuthority.empty()))
        flaws.emplace_back("certificates: need tls.client_authority, which signs them");
    return flaws;
}

} // namespace shakedown::control
