#pragma once

/// CPU time of what is painted.
namespace shakedown::bench {

void reportLayout();
/// Frames of the topology while it plays, at 100 services and at 500; beside them plain rectangles
/// and one graphics item a dot, painted in the same run.
void reportFrames();
/// A move of the cursor at 500 services: one view, then the whole window.
void reportScrubbing();
void reportWaterfall();
void reportCharts();

} // namespace shakedown::bench
