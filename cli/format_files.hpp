#pragma once

#include <filesystem>
#include <fstream>
#include <memory>
#include <string>
#include <vector>

#include "reports/formats/format_writer.hpp"
#include "scenarios/vocabulary/diagnostic.hpp"

namespace shakedown::cli {

/// The files of other formats in the folder of a run: they take its moments as they come.
class FormatFiles {
public:
    /// An error says which cannot be written.
    static Result<FormatFiles> open(std::filesystem::path const& folder,
                                    std::vector<formats::Format> const& formats);

    std::vector<record::MomentSink*> sinks() const;
    /// Writes what is left; the messages say what could not be.
    Diagnostics finish(formats::Results const& results);
    std::vector<std::string> paths() const;

private:
    struct File {
        std::filesystem::path path;
        std::unique_ptr<std::ofstream> stream; // the writer keeps a reference
        std::unique_ptr<formats::FormatWriter> writer;
    };
    std::vector<File> files_;
};

} // namespace shakedown::cli
