#include <iostream>
#include <memory>

#include "cli/command.hpp"
#include "reports/formats/format.hpp"

namespace shakedown::cli {

namespace {

std::vector<CLI::App const*> commandsOf(CLI::App const& app) {
    std::vector<CLI::App const*> commands;
    for (auto const* sub : app.get_subcommands({}))
        if (!sub->get_group().empty()) // others are hidden
            commands.push_back(sub);
    return commands;
}

std::string words(CLI::App const& app) {
    std::string out;
    for (auto const* sub : commandsOf(app))
        out += (out.empty() ? "" : " ") + sub->get_name();
    return out;
}

std::string flagsOf(CLI::App const& app) {
    std::string out;
    for (auto const* option : app.get_options())
        for (auto const& name : option->get_lnames())
            out += (out.empty() ? "--" : " --") + name;
    return out;
}

// "otlp chrome ...".
std::string formatList() {
    std::string out;
    for (auto const& row : formats::allFormats)
        out += (out.empty() ? "" : " ") + std::string(row.word);
    return out;
}

// What both shells share: the words of $1 (the word being written), $2 (the one before it) and the
// command line so far. The scenario on the line gives names for --set and --fault.
std::string wordsFunction(CLI::App const& app) {
    std::string out = R"sh(_shakedown_words() {
    local before=$1 command=$2 file="" word
    shift 2
    for word in "$@"; do
        case $word in *.yaml|*.yml) file=$word ;; esac
    done
    case $before in
    --color) echo "auto always never"; return ;;
    --record) echo "summary intervals sampled full"; return ;;
    --as|--also) echo ")sh"
                      + formatList() + R"sh("; return ;;
    --set|--set-a|--set-b) [ -n "$file" ] && shakedown complete-names "$file" 2>/dev/null; return ;;
    --fault) [ -n "$file" ] && shakedown complete-names --plain "$file" 2>/dev/null; return ;;
    esac
    case $command in
)sh";
    std::string const common = flagsOf(app);
    for (auto const* sub : commandsOf(app)) {
        std::string const more = sub->get_name() == "completions" ? " bash zsh fish" : "";
        out += "    " + sub->get_name() + ") echo \"" + flagsOf(*sub) + " " + common + more
               + "\" ;;\n";
    }
    return out + "    *) echo \"" + words(app) + " " + common + "\" ;;\n    esac\n}\n";
}

std::string bashScript(CLI::App const& app) {
    return "# bash completion: eval \"$(shakedown completions bash)\"\n" + wordsFunction(app)
           + R"sh(_shakedown() {
    local word=${COMP_WORDS[COMP_CWORD]} before=${COMP_WORDS[COMP_CWORD-1]} command=""
    [ "$COMP_CWORD" -gt 1 ] && command=${COMP_WORDS[1]}
    COMPREPLY=($(compgen -W "$(_shakedown_words "$before" "$command" "${COMP_WORDS[@]}")" -- "$word"))
    case $before in --set|--set-a|--set-b|--fault) compopt -o nospace 2>/dev/null; return ;; esac
    [ -n "$command" ] && COMPREPLY+=($(compgen -f -- "$word"))
}
complete -o filenames -F _shakedown shakedown
)sh";
}

std::string zshScript(CLI::App const& app) {
    return "#compdef shakedown\n# zsh completion: eval \"$(shakedown completions zsh)\"\n"
           + wordsFunction(app) + R"sh(_shakedown() {
    local before=${words[CURRENT-1]} command=""
    (( CURRENT > 2 )) && command=${words[2]}
    local -a found
    found=(${=$(_shakedown_words "$before" "$command" "${words[@]}")})
    case $before in --set|--set-a|--set-b|--fault) compadd -S '' -- $found; return ;; esac
    compadd -- $found
    [[ -n $command ]] && _files
}
compdef _shakedown shakedown
)sh";
}

std::string quotedForFish(std::string const& text) {
    std::string out = "'";
    for (char const c : text)
        out += c == '\'' || c == '\\' ? std::string("\\") + c : std::string(1, c);
    return out + "'";
}

std::string fishOptions(CLI::App const& app, std::string const& condition) {
    std::string out;
    for (auto const* option : app.get_options())
        for (auto const& name : option->get_lnames())
            out += "complete -c shakedown " + condition + "-l " + name + " -d "
                   + quotedForFish(option->get_description()) + "\n";
    return out;
}

std::string fishScript(CLI::App const& app) {
    std::string out = "# fish completion: shakedown completions fish | source\n"
                      "function __shakedown_file\n"
                      "    string match -r -- '\\S+\\.ya?ml' (commandline -p) | tail -n 1\nend\n"
                      + fishOptions(app, "");
    for (auto const* sub : commandsOf(app)) {
        std::string const& name = sub->get_name();
        out += "complete -c shakedown -n __fish_use_subcommand -f -a " + name + " -d "
               + quotedForFish(sub->get_description()) + "\n";
        out += fishOptions(*sub, "-n '__fish_seen_subcommand_from " + name + "' ");
    }
    std::string const run = "complete -c shakedown -n '__fish_seen_subcommand_from run' ";
    out += run + "-l set -x -a '(shakedown complete-names (__shakedown_file) 2>/dev/null)'\n";
    out += run
           + "-l fault -x -a '(shakedown complete-names --plain (__shakedown_file) 2>/dev/null)'\n";
    out += run + "-l record -x -a 'summary intervals sampled full'\n";
    out += run + "-l also -x -a '" + formatList() + "'\n";
    out += "complete -c shakedown -n '__fish_seen_subcommand_from export' -l as -x -a '"
           + formatList() + "'\n";
    std::string const compare = "complete -c shakedown -n '__fish_seen_subcommand_from compare' ";
    for (std::string const flag : {"set-a", "set-b"})
        out += compare + "-l " + flag
               + " -x -a '(shakedown complete-names (__shakedown_file) 2>/dev/null)'\n";
    return out
           + "complete -c shakedown -n '__fish_seen_subcommand_from completions' -f -a 'bash zsh "
             "fish'\n";
}

} // namespace

void addCompletions(CLI::App& app, Common&, Exit& exit) {
    auto* command = app.add_subcommand("completions", "print a completion script for a shell");
    auto shell = std::make_shared<std::string>("bash");
    command->add_option("SHELL", *shell, "bash (the default), zsh or fish");
    command->callback([&app, &exit, shell] {
        if (*shell == "bash") {
            std::cout << bashScript(app);
        } else if (*shell == "zsh") {
            std::cout << zshScript(app);
        } else if (*shell == "fish") {
            std::cout << fishScript(app);
        } else {
            std::cerr << "shakedown: no completions for '" << *shell
                      << "'; there are bash, zsh and fish\n";
            exit = Exit::Usage;
        }
    });
}

} // namespace shakedown::cli
