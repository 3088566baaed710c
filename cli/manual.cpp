#include <iostream>

#include "cli/command.hpp"

namespace shakedown::cli {

namespace {

// Text in roff: a dash is a minus, a backslash is itself, no line begins with a command.
std::string roff(std::string const& text) {
    std::string out;
    for (char const c : text) {
        bool const beginsLine = out.empty() || out.back() == '\n';
        if (beginsLine && (c == '.' || c == '\''))
            out += "\\&";
        if (c == '-')
            out += "\\-";
        else if (c == '\\')
            out += "\\e";
        else
            out += c;
    }
    return out;
}

// "-o,--output TEXT" from "-o,--output" and what it takes.
std::string termOf(CLI::Option const& option) {
    std::string const name = option.get_name(false, true);
    bool const takesValue = !option.get_positional() && option.get_items_expected_max() > 0;
    return takesValue ? name + " " + option.get_type_name() : name;
}

std::string optionsOf(CLI::App const& app) {
    std::string out;
    for (auto const* option : app.get_options()) {
        out += ".TP\n.B " + roff(termOf(*option)) + "\n" + roff(option->get_description()) + "\n";
        if (!option->get_envname().empty())
            out += ".br\nEnvironment: " + option->get_envname() + ".\n";
    }
    return out;
}

// Lines of the footer stay lines.
std::string lines(std::string const& text) {
    std::string out;
    for (char const c : roff(text)) {
        out += c;
        if (c == '\n')
            out += ".br\n";
    }
    return out;
}

std::string manPage(CLI::App const& app) {
    std::string out = ".TH SHAKEDOWN 1 \"\" \"shakedown " SHAKEDOWN_VERSION
                      "\" \"User Commands\"\n.SH NAME\nshakedown \\- "
                      + roff(app.get_description())
                      + "\n.SH SYNOPSIS\n.B shakedown\nCOMMAND [OPTION...]\n.SH OPTIONS\n"
                      + optionsOf(app) + ".SH COMMANDS\n";
    for (auto const* sub : app.get_subcommands({}))
        if (!sub->get_group().empty()) // others are hidden
            out += ".SS " + sub->get_name() + "\n" + roff(sub->get_description()) + "\n"
                   + optionsOf(*sub);
    return out + ".SH EXIT STATUS\n" + lines(app.get_footer()) + "\n";
}

} // namespace

void addManual(CLI::App& app, Common&, Exit&) {
    auto* command = app.add_subcommand("man", "print the manual page (roff)");
    command->callback([&app] { std::cout << manPage(app); });
}

} // namespace shakedown::cli
