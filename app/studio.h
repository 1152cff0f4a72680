#pragma once
// Starts the window: command line, language, theme, and the modes that only make pictures or measure.
#include <chrono>
#include <functional>
#include <memory>

#include "app/pages/explore/face_canvas.h"
#include "core/api/backend.h"

namespace emc {

// Returns the exit code. `processStart` is taken as early as possible in main(). makeCanvas empty = the drawn face.
int runStudio(int argc, char** argv, std::chrono::steady_clock::time_point processStart,
              const std::function<std::unique_ptr<Backend>()>& makeBackend, const FaceCanvasFactory& makeCanvas = {});

} // namespace emc
