#include <QApplication>

#include "tests/gui/runner.hpp"

// The application of this suite, without a display, and gone before its statics are.
int main(int count, char** words) {
    qputenv("QT_QPA_PLATFORM", "offscreen");
    int one = 1;
    QApplication const application(one, words);
    return shakedown::tests::runSuite(count, words);
}
