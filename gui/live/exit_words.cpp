#include "gui/live/exit_words.hpp"

namespace shakedown::gui {

QString exitWords(int code) {
    switch (code) {
    case 0:
        return "steady before and after, all expectations met";
    case 1:
        return "an expectation failed, or the system is not steady afterwards";
    case 2:
        return "it could not be started as asked";
    case 3:
        return "the scenario is wrong, or cannot be done live";
    case 4:
        return "nothing was checked: no probe, and no expectation that can be measured";
    case 5:
        return "aborted by a condition; all was taken back";
    case 6:
        return "NOT TAKEN BACK: something was not, or nobody says whether it was";
    case 7:
        return "an agent is not there, refused, was halted or was lost";
    case 9:
        return "not steady before; nothing was done";
    case 130:
        return "interrupted; all was taken back";
    case -1:
        return "it was killed, or could not begin; each fault ends with its lease";
    default:
        return QString("an internal error (exit code %1); each fault ends with its lease")
            .arg(code);
    }
}

} // namespace shakedown::gui
