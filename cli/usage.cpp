#include "cli/usage.hpp"

#include <algorithm>

#include "scenarios/vocabulary/diagnostic.hpp"

namespace shakedown::cli {

namespace {

std::vector<std::string> commandNames(CLI::App const& app) {
    std::vector<std::string> names;
    for (auto const* sub : app.get_subcommands({}))
        if (!sub->get_group().empty()) // others are hidden
            names.push_back(sub->get_name());
    return names;
}

void addFlags(CLI::App const& app, std::vector<std::string>& flags) {
    for (auto const* option : app.get_options()) {
        for (auto const& name : option->get_lnames())
            flags.push_back("--" + name);
        for (auto const& name : option->get_snames())
            flags.push_back("-" + name);
    }
}

bool isAmong(std::string const& word, std::vector<std::string> const& list) {
    return std::find(list.begin(), list.end(), word) != list.end();
}

std::string suggestion(std::string const& word, std::vector<std::string> const& list) {
    auto const near = nearestWord(word, list);
    return near ? "; did you mean '" + *near + "'?" : "";
}

std::string joined(std::vector<std::string> const& list) {
    std::string text;
    for (auto const& word : list)
        text += (text.empty() ? "" : ", ") + word;
    return text;
}

// The first word that is no flag; the value of --color is none of it.
std::string commandIn(std::vector<std::string> const& words) {
    for (std::size_t i = 0; i < words.size(); ++i) {
        if (words[i] == "--color")
            ++i;
        else if (!words[i].starts_with('-'))
            return words[i];
    }
    return "";
}

// A flag that neither the command nor the program has.
std::string unknownFlag(std::vector<std::string> const& words,
                        std::vector<std::string> const& flags) {
    for (auto const& word : words) {
        std::string const flag = word.substr(0, word.find('='));
        bool const isFlag = flag.starts_with("--") && flag.size() > 2;
        if (isFlag && !isAmong(flag, flags))
            return flag;
    }
    return "";
}

// "--color: blue not in {auto,always,never}", "--jobs: Value 0 not in range 1 to 1024".
std::string refusedValue(std::string const& text) {
    auto const colon = text.find(": ");
    auto const notIn = text.find(" not in ");
    if (colon == std::string::npos || notIn == std::string::npos || notIn < colon)
        return text;
    std::string value = text.substr(colon + 2, notIn - colon - 2);
    if (value.starts_with("Value "))
        value = value.substr(6);
    std::string allowed = text.substr(notIn + 8);
    if (allowed.starts_with("range "))
        allowed = allowed.substr(6);
    std::string list;
    for (char const c : allowed)
        list += c == '{' || c == '}' ? "" : c == ',' ? ", " : std::string(1, c);
    return text.substr(0, colon) + " takes " + list + ", not '" + value + "'";
}

std::string sentenceOf(CLI::ParseError const& error) {
    std::string const text = error.what();
    constexpr std::string_view missing = " is required";
    constexpr std::string_view conversion = "Could not convert: ";
    constexpr std::string_view unexpected = "The following argument was not expected: ";
    if (text.ends_with(missing))
        return text.substr(0, text.size() - missing.size()) + " is missing";
    if (text.starts_with(conversion)) {
        std::string const rest = text.substr(conversion.size());
        auto const equals = rest.find(" = ");
        return rest.substr(0, equals) + " does not take '"
               + (equals == std::string::npos ? "" : rest.substr(equals + 3)) + "'";
    }
    if (text.starts_with(unexpected))
        return "'" + text.substr(unexpected.size()) + "' was not expected here";
    return refusedValue(text);
}

} // namespace

std::string usageMessage(CLI::App const& app, CLI::ParseError const& error,
                         std::vector<std::string> const& words) {
    auto const commands = commandNames(app);
    std::string const command = commandIn(words);
    std::string const help =
        "Try 'shakedown " + (isAmong(command, commands) ? command + " " : "") + "--help'.\n";
    if (command.empty())
        return "shakedown: which command? " + joined(commands) + "\n" + help;
    if (!isAmong(command, commands))
        return "shakedown: there is no command '" + command + "'" + suggestion(command, commands)
               + "\n" + help;
    std::vector<std::string> flags;
    addFlags(app, flags);
    addFlags(*app.get_subcommand(command), flags);
    if (std::string const flag = unknownFlag(words, flags); !flag.empty())
        return "shakedown: '" + command + "' has no flag '" + flag + "'" + suggestion(flag, flags)
               + "\n" + help;
    return "shakedown: " + sentenceOf(error) + "\n" + help;
}

} // namespace shakedown::cli
