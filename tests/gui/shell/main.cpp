#define CATCH_CONFIG_RUNNER
#include <catch2/catch.hpp>

#include <QApplication>

// The application of this suite, without a display, and gone before its statics are.
int main(int count, char** words) {
    qputenv("QT_QPA_PLATFORM", "offscreen");
    int one = 1;
    QApplication const application(one, words);
    return Catch::Session().run(count, words);
}
