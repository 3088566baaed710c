#include <iostream>
#include <memory>

#include "cli/command.hpp"

namespace shakedown::cli {

namespace {

std::string words(CLI::App const& app) {
    std::string out;
    for (auto const* sub : app.get_subcommands({}))
        out += sub->get_name() + " ";
    return out;
}

std::string flagsOf(CLI::App const& app) {
    std::string out;
    for (auto const* option : app.get_options())
        for (auto const& name : option->get_lnames())
            out += "--" + name + " ";
    return out;
}

std::string bashScript(CLI::App const& app) {
    std::string out = "_shakedown() {\n    local word=${COMP_WORDS[COMP_CWORD]} flags=\"\"\n"
                      "    if [ \"$COMP_CWORD\" -eq 1 ]; then\n"
                      "        COMPREPLY=($(compgen -W \""
                      + words(app)
                      + "\" -- \"$word\"))\n        return\n    fi\n"
                        "    case ${COMP_WORDS[1]} in\n";
    for (auto const* sub : app.get_subcommands({}))
        out += "    " + sub->get_name() + ") flags=\"" + flagsOf(*sub) + "\" ;;\n";
    out += "    esac\n    COMPREPLY=($(compgen -W \"$flags\" -- \"$word\") "
           "$(compgen -f -- \"$word\"))\n}\ncomplete -o filenames -F _shakedown shakedown\n";
    return out;
}

std::string roff(std::string text) {
    for (std::size_t i = 0; (i = text.find('-', i)) != std::string::npos; i += 2)
        text.replace(i, 1, "\\-");
    return text;
}

std::string manPage(CLI::App const& app) {
    std::string out = ".TH SHAKEDOWN 1\n.SH NAME\nshakedown \\- " + roff(app.get_description())
                      + "\n.SH SYNOPSIS\n.B shakedown\nCOMMAND [OPTION...]\n.SH COMMANDS\n";
    for (auto const* sub : app.get_subcommands({})) {
        out += ".SS " + sub->get_name() + "\n" + roff(sub->get_description()) + "\n";
        for (auto const* option : sub->get_options())
            out += ".TP\n.B " + roff(option->get_name(false, true)) + "\n"
                   + roff(option->get_description()) + "\n";
    }
    return out + ".SH EXIT STATUS\n" + roff(app.get_footer()) + "\n";
}

} // namespace

void addCompletions(CLI::App& app, Common&, Exit&) {
    auto* completions = app.add_subcommand("completions", "print a completion script for bash");
    completions->callback([&app] { std::cout << bashScript(app); });
    auto* man = app.add_subcommand("man", "print the manual page (roff)");
    man->callback([&app] { std::cout << manPage(app); });
}

} // namespace shakedown::cli
