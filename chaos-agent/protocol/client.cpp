#include "chaos-agent/protocol/client.hpp"

#include <algorithm>

#include "chaos-agent/protocol/client_token.hpp"
#include "chaos-agent/protocol/event_text.hpp"
#include "chaos-agent/protocol/fault_json.hpp"

namespace shakedown::protocol {

using nlohmann::json;

namespace {

constexpr std::size_t wordAtMost = 128;

ClientError refusalIn(HttpAnswer const& answer) {
    json const body = json::parse(answer.body, nullptr, false);
    auto const* error = body.is_object() && body.contains("error") ? &body["error"] : nullptr;
    bool const isOurs = error != nullptr && error->is_object() && error->contains("code")
                        && (*error)["code"].is_string() && error->contains("message")
                        && (*error)["message"].is_string();
    if (!isOurs)
        return {ClientError::Kind::Unreadable,
                "what answers with status " + std::to_string(answer.status) + " is no agent",
                answer.status, ""};
    return {ClientError::Kind::Refused, (*error)["message"], answer.status, (*error)["code"]};
}

ClientError unreadable(std::string const& why) {
    return {ClientError::Kind::Unreadable, "the answer cannot be read: " + why, 0, ""};
}

// The JSON of an answer that is no refusal.
OrError<json> contentOf(std::variant<HttpAnswer, NoAnswer> const& outcome) {
    if (auto const* none = std::get_if<NoAnswer>(&outcome))
        return ClientError{ClientError::Kind::Unreachable, none->why, 0, ""};
    auto const& answer = std::get<HttpAnswer>(outcome);
    if (answer.status / 100 != 2)
        return refusalIn(answer);
    json body = json::parse(answer.body, nullptr, false);
    if (body.is_discarded())
        return unreadable("it is no JSON");
    return body;
}

template <class T>
OrError<T> readAs(OrError<json> const& content, Read<T> (*read)(json const&)) {
    if (auto const* error = std::get_if<ClientError>(&content))
        return *error;
    auto value = read(std::get<json>(content));
    if (auto const* flaw = std::get_if<Unreadable>(&value))
        return unreadable(flaw->why);
    return std::get<T>(std::move(value));
}

Read<std::string> readText(json const& value) {
    if (!value.is_string())
        return Unreadable{"a text is missing"};
    return value.get<std::string>();
}

// Every entry of the list of that name.
template <class T>
OrError<std::vector<T>> readEach(OrError<json> const& content, char const* name,
                                 Read<T> (*read)(json const&)) {
    if (auto const* error = std::get_if<ClientError>(&content))
        return *error;
    json const& body = std::get<json>(content);
    if (!body.is_object() || !body.contains(name) || !body[name].is_array())
        return unreadable(std::string("'") + name + "' is missing");
    std::vector<T> values;
    for (json const& entry : body[name]) {
        auto value = read(entry);
        if (auto const* flaw = std::get_if<Unreadable>(&value))
            return unreadable(flaw->why);
        values.push_back(std::get<T>(std::move(value)));
    }
    return values;
}

// Whether a word may stand in a target or a field as it is.
bool isWord(std::string const& word) {
    return !word.empty() && word.size() <= wordAtMost
           && std::all_of(word.begin(), word.end(), [](char c) {
                  return (c >= '0' && c <= '9') || (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z')
                         || c == '-' || c == '_' || c == '.' || c == ':';
              });
}

ClientError badWord(char const* what) {
    return {ClientError::Kind::Settings,
            std::string(what) + " is 1 to 128 letters, digits, '-', '_', '.' or ':'", 0, ""};
}

} // namespace

OrError<Client> Client::make(ClientSettings const& settings) {
    auto const address = parseAgentAddress(settings.address);
    if (auto const* why = std::get_if<std::string>(&address))
        return ClientError{ClientError::Kind::Settings, *why, 0, ""};
    auto const token = readToken(settings.tokenFile);
    if (auto const* why = std::get_if<std::string>(&token))
        return ClientError{ClientError::Kind::Settings, *why, 0, ""};
    if (settings.tls.certificate.empty() != settings.tls.key.empty())
        return ClientError{ClientError::Kind::Settings,
                           "a certificate needs its key, and a key its certificate", 0, ""};
    Client client;
    client.address_ = std::get<AgentAddress>(address);
    client.token_ = std::get<Token>(token).text;
    client.tls_ = settings.tls;
    client.limits_ = settings.limits;
    return client;
}

HttpAsk Client::ask(char const* method, std::string target) const {
    HttpAsk ask{method, std::move(target), "", {}};
    if (!token_.empty())
        ask.fields.emplace_back("Authorization", "Bearer " + token_);
    return ask;
}

OrError<PlanReport> Client::plan(FaultRequest const& request) const {
    auto asked = ask("POST", "/v1/plans");
    asked.body = toJson(request).dump();
    return readAs(contentOf(exchange(address_, tls_, asked, limits_)), readPlan);
}

OrError<FaultReport> Client::start(FaultRequest const& request, std::string const& key) const {
    if (!key.empty() && !isWord(key))
        return badWord("a key");
    auto asked = ask("POST", "/v1/faults");
    asked.body = toJson(request).dump();
    if (!key.empty())
        asked.fields.emplace_back("Idempotency-Key", key);
    return readAs(contentOf(exchange(address_, tls_, asked, limits_)), readReport);
}

OrError<FaultReport> Client::renew(std::string const& id) const {
    if (!isWord(id))
        return badWord("the id of a fault");
    return readAs(
        contentOf(exchange(address_, tls_, ask("POST", "/v1/faults/" + id + "/lease"), limits_)),
        readReport);
}

OrError<FaultReport> Client::stop(std::string const& id) const {
    if (!isWord(id))
        return badWord("the id of a fault");
    return readAs(contentOf(exchange(address_, tls_, ask("DELETE", "/v1/faults/" + id), limits_)),
                  readReport);
}

OrError<FaultReport> Client::get(std::string const& id) const {
    if (!isWord(id))
        return badWord("the id of a fault");
    return readAs(contentOf(exchange(address_, tls_, ask("GET", "/v1/faults/" + id), limits_)),
                  readReport);
}

OrError<std::vector<FaultReport>> Client::list() const {
    return readEach(contentOf(exchange(address_, tls_, ask("GET", "/v1/faults"), limits_)),
                    "faults", readReport);
}

OrError<std::vector<std::string>> Client::targets() const {
    return readEach(contentOf(exchange(address_, tls_, ask("GET", "/v1/targets"), limits_)),
                    "targets", readText);
}

OrError<std::vector<Capability>> Client::capabilities() const {
    return readEach(contentOf(exchange(address_, tls_, ask("GET", "/v1/capabilities"), limits_)),
                    "capabilities", readCapability);
}

OrError<Halt> Client::halted() const {
    return readAs(contentOf(exchange(address_, tls_, ask("GET", "/v1/halt"), limits_)), readHalt);
}

OrError<Halt> Client::halt(std::string const& reason) const {
    auto asked = ask("PUT", "/v1/halt");
    asked.body = toJson(HaltOrder{reason}).dump(-1, ' ', false, json::error_handler_t::replace);
    return readAs(contentOf(exchange(address_, tls_, asked, limits_)), readHalt);
}

OrError<Halt> Client::release() const {
    return readAs(contentOf(exchange(address_, tls_, ask("DELETE", "/v1/halt"), limits_)),
                  readHalt);
}

OrError<std::vector<std::string>> Client::audit(std::size_t count) const {
    return readEach(
        contentOf(exchange(address_, tls_, ask("GET", "/v1/audit?count=" + std::to_string(count)),
                           limits_)),
        "lines", readText);
}

OrError<std::uint64_t>
Client::events(std::uint64_t after, std::chrono::milliseconds within,
               std::function<Follow(AgentEvent const&)> const& onEvent) const {
    auto asked = ask("GET", "/v1/events");
    asked.fields.emplace_back("Last-Event-ID", std::to_string(after));
    EventText text;
    std::uint64_t last = after;
    std::string flaw;
    auto const onPiece = [&](std::string_view piece) {
        auto const taken = text.take(piece);
        if (auto const* why = std::get_if<std::string>(&taken)) {
            flaw = *why;
            return Follow::End;
        }
        for (AgentEvent const& event : std::get<std::vector<AgentEvent>>(taken)) {
            last = event.number;
            if (onEvent(event) == Follow::End)
                return Follow::End;
        }
        return Follow::On;
    };
    auto const outcome = follow(address_, tls_, asked, {within, limits_.answerAtMost}, onPiece);
    if (!flaw.empty())
        return unreadable(flaw);
    if (auto const* none = std::get_if<NoAnswer>(&outcome))
        return ClientError{ClientError::Kind::Unreachable, none->why, 0, ""};
    auto const& answer = std::get<HttpAnswer>(outcome);
    if (answer.status != 200)
        return refusalIn(answer);
    return last;
}

} // namespace shakedown::protocol
