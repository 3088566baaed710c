#pragma once

#include <memory>
#include <string>

#include "gui/session/record_stream.hpp"
#include "gui/session/run_index.hpp"
#include "reports/record/fan_out.hpp"
#include "reports/why/explanation.hpp"
#include "scenarios/vocabulary/diagnostic.hpp"

namespace shakedown::gui {

/// A run as the app holds it: every instant of its record, and what explains it. It grows by
/// `feed`; nothing in it changes that was there.
class Run {
public:
    Run() : everyone_({&index_, &course_}), stream_(everyone_) {}
    Run(Run const&) = delete;
    Run& operator=(Run const&) = delete;

    /// False once the record cannot be read any further; see error().
    bool feed(std::string_view bytes) { return stream_.feed(bytes); }
    std::string const& error() const { return stream_.error(); }
    /// No more will come, and the record does not end as one does.
    bool isCut() const { return stream_.isCut() || !index_.ended(); }

    RunIndex const& index() const { return index_; }
    /// Why it went as it did, as far as the record goes. Takes time with the size of the record.
    why::Explanation explain(why::Subject subject = {}) const {
        return why::explanationOf(course_, subject);
    }

private:
    RunIndex index_;
    why::Course course_;
    record::FanOut everyone_;
    RecordStream stream_;
};

/// The record of a run, by its folder or by the file itself; a record cut short is read as far as
/// it goes. Errors name the file.
Result<std::unique_ptr<Run>> loadRun(std::string const& path);
/// The file of the record of a run: the folder's record.ndjson, or the file itself.
std::string recordFileOf(std::string const& path);

} // namespace shakedown::gui
