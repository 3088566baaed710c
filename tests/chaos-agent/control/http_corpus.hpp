#pragma once

#include <string>
#include <vector>

namespace shakedown::tests {

struct CorpusRequest {
    std::string title;
    std::string bytes;
};

// The requests of llhttp's corpus that it calls malformed, more than 30. None, with a WARN, if
// there are no samples.
std::vector<CorpusRequest> malformedRequests();

// Before the mistake there may be whole requests; the last answer counts. None is a refusal too.
bool isRefusedInTheEnd(std::string const& answers);

} // namespace shakedown::tests
